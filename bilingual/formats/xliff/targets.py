"""The targets of a unit, put into its file: into the <target> that is there, or into a new one in its proper place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bilingual.formats.xliff.inline import SPANS, Content, local
from bilingual.formats.xliff.markup import opening
from bilingual.formats.xliff.names import SDL, UNKNOWN, XML, tag
from bilingual.formats.xliff.spelling import Native, Speller
from bilingual.formats.xliff.work import Pair, Work

if TYPE_CHECKING:
    from lxml import etree

Natives = dict[tuple[str, str], Native]

MANY = 100
"""In a unit of more segments than this, a code that was moved to another segment is written as a new one."""


def put_targets(work: Work, wrapped: Mapping[int, tuple[str, str]], attributes: Mapping[str, str]) -> None:
    """Write each target that has changed. `wrapped` gives, for the number of a pair, tags to put around its words (a
    comment's); `attributes` are those of a <target> that has to be made (XLIFF 1.2, or of the first pair's)."""
    spoken = [_markup(work, at, wrapped) for at in range(len(work.pairs))]
    if work.dialect == "2":
        for pair, markup in zip(work.pairs, spoken, strict=True):
            if markup is not None:
                _put(work, pair.slot.source, pair.slot.target, markup, {})
        return
    first = work.pairs[0].slot
    changed = any(markup is not None for markup in spoken)
    if first.whole is None and not changed and not attributes:
        return
    if first.parts is None:
        if changed or first.whole is None:
            _put(work, first.source, first.whole, spoken[0] or "", attributes)
        return
    if not any(pair.slot.target is not None and pair.slot.target is not first.whole for pair in work.pairs):
        if changed or first.whole is None:
            _put(work, first.parts, first.whole, _patterned(work, spoken), attributes)
        return
    for pair, markup in zip(work.pairs, spoken, strict=True):
        if markup is None:
            continue
        if pair.slot.target is not None:
            work.page.fill(pair.slot.target, markup)
        elif first.whole is not None:
            start = opening(f"{work.prefix}mrk", [("mtype", "seg"), ("mid", pair.slot.mid)])
            work.page.append(first.whole, f"{start}{markup}</{work.prefix}mrk>")


def _put(
    work: Work,
    before: etree._Element | None,
    target: etree._Element | None,
    markup: str,
    attributes: Mapping[str, str],
) -> None:
    """Fill a <target>, or make one after what comes before it in its unit or segment."""
    if target is not None:
        work.page.fill(target, markup)
        return
    name = f"{work.prefix}target"
    given = dict(_inherited(before)) | dict(attributes)
    made = f"{opening(name, given.items())}{markup}</{name}>"
    if before is not None:
        work.page.after(before, work.page.indent(before) + made)
    else:  # a unit without a source
        work.page.append(work.pairs[0].slot.segment if work.dialect == "2" else work.unit, made)  # type: ignore[arg-type]


def _inherited(source: etree._Element | None) -> dict[str, str]:
    """What a new <target> says because the <source> beside it does: its language, its blanks."""
    if source is None:
        return {}
    given = {}
    file = next(source.iterancestors("{*}file"), None)
    language = str(file.get("target-language", "")) if file is not None else ""
    if source.get(f"{{{XML}}}lang") and tag(language) != UNKNOWN:
        given["xml:lang"] = language
    space = source.get(f"{{{XML}}}space")
    return given | ({"xml:space": str(space)} if space else {})


def _markup(work: Work, at: int, wrapped: Mapping[int, tuple[str, str]]) -> str | None:
    """The words of a target with the file's own codes; None where it stays as it is."""
    pair = work.pairs[at]
    if pair.now.target == pair.was.target and at not in wrapped:
        return None
    speller = Speller(pair.slot.version, work.prefix, _natives(work, pair))
    start, end = wrapped.get(at, ("", ""))
    return f"{start}{speller.spell(pair.now.target)}{end}"


def _natives(work: Work, pair: Pair) -> Natives:
    """How the file writes each code of the unit: as this target does, else this source, else another segment."""
    found: Natives = {}
    _learn(work, [*reversed(pair.slot.contents())], found)
    moved = any((code.id, code.kind) not in found for code in pair.now.target.codes)
    if moved and len(work.pairs) <= MANY:
        _learn(work, [content for other in work.pairs for content in other.slot.contents()], found)
    return found


def _learn(work: Work, contents: Sequence[Content], found: Natives) -> None:
    for content in contents:
        for code, element in zip(content.text.codes, content.elements, strict=True):
            found.setdefault((code.id, code.kind), _native(work, element, code.kind))


def _native(work: Work, element: etree._Element, kind: str) -> Native:
    if local(element) not in SPANS:
        return Native(work.page.markup(element))
    start, end = work.page.tags(element)
    return Native(start if kind == "open" else end, span=True)


def _patterned(work: Work, spoken: list[str | None]) -> str:
    """The content of a new <target>: that of <seg-source>, with our words in its segments."""
    parts = work.pairs[0].slot.parts
    assert parts is not None
    area, pieces = work.page.place(parts), []
    at = area.inner
    for pair, markup in zip(work.pairs, spoken, strict=True):
        assert pair.slot.source is not None
        place = work.page.place(pair.slot.source)
        start, end = work.page.tags(pair.slot.source)
        pieces += [work.page.text[at : place.start], start, markup or "", end]
        at = place.end
    return "".join(pieces) + work.page.text[at : area.closing]


def comments_lost(work: Work) -> dict[int, list[str]]:
    """For the number of each pair, the start tags of Trados' comments that the new target no longer has."""
    found: dict[int, list[str]] = {}
    for at, pair in enumerate(work.pairs):
        kept = {(code.id, code.kind) for code in pair.now.target.codes}
        content = pair.slot.contents()[1]
        for code, element in zip(content.text.codes, content.elements, strict=True):
            marked = code.kind == "open" and element.get(f"{{{SDL}}}cid") is not None
            if marked and (code.id, code.kind) not in kept:
                found.setdefault(at, []).append(work.page.tags(element)[0])
    return found
