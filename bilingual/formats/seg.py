"""A text with its inline codes as the content of a TMX <seg>, and back.

A pair of codes is <bpt>…<ept>, a lone one of a pair <it>, a code by itself <ph> (TMX 1.4b, section "Content Markup").
`x` carries the code's own id; `i` only ties a <bpt> to its <ept>, as the standard wants it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bilingual.bitext import Code, Text
from bilingual.errors import InputError
from bilingual.formats.xml_text import attribute, escaped
from bilingual.safexml import clean, parse

if TYPE_CHECKING:
    from lxml import etree


def clean_text(text: Text) -> tuple[Text, str]:
    """`text` as XML can hold it, its codes still in their places, and the characters that were left out."""
    string, removed = clean(text.string)
    if not text.codes:
        return (Text(string), removed) if removed else (text, "")
    codes = []
    for code in text.codes:
        name, data, meaning = clean(code.id), clean(code.data), clean(code.type)
        position = len(clean(text.string[: code.position])[0]) if removed else code.position
        codes.append(replace(code, position=position, id=name[0], data=data[0], type=meaning[0]))
        removed += name[1] + data[1] + meaning[1]
    return Text(string, tuple(codes)), removed


def held(text: Text) -> Text:
    """The text as it comes back out of a <seg>: without what XML cannot hold, and without where its links lead; the
    end of a pair has the type of its beginning."""
    whole = clean_text(text)[0]
    if not whole.codes:
        return whole
    codes, opened = [], {}
    partners = _partners(whole.codes)
    for index, code in enumerate(whole.codes):
        pair = partners.get(index)
        if code.kind == "open":
            opened[pair] = code.type
        ends = code.kind == "close" and pair is not None
        codes.append(replace(code, href="", type=opened[pair] if ends else code.type))
    return Text(whole.string, tuple(codes))


def markup(text: Text) -> str:
    """`text`, which must be clean, as the content of a <seg>."""
    if not text.codes:
        return escaped(text.string)
    at, pieces = 0, []
    partners = _partners(text.codes)
    for index, code in enumerate(text.codes):
        pieces.append(escaped(text.string[at : code.position]))
        pieces.append(_element(code, partners.get(index)))
        at = max(at, code.position)
    pieces.append(escaped(text.string[at:]))
    return "".join(pieces)


_HELD = {
    "bpt": frozenset({"i", "x", "type"}),
    "ept": frozenset({"i"}),
    "it": frozenset({"pos", "x", "type"}),
    "ph": frozenset({"x", "type"}),
}
"""The elements in a <seg> that a code holds whole, with the attributes it holds."""


def spelling(seg: etree._Element) -> str:
    """A <seg> as its file spells it, where that says more than the codes of `content`: <hi>, <sub>, <ut>, `assoc`,
    what no specification knows; empty where they hold everything."""
    from lxml import etree

    for child in seg:
        held_whole = _HELD.get(child.tag, frozenset())
        if len(child) or not held_whole.issuperset(cast("list[str]", child.keys())) or not held_whole:
            return etree.tostring(seg, encoding="unicode", with_tail=False)
    return ""


def spelled(text: Text, kept: str) -> str:
    """The <seg> in `kept` (of `spelling`), if it is one that still says `text`; empty where somebody has changed it."""
    from lxml import etree

    try:
        seg = parse(kept.encode("utf-8", "replace"))
    except InputError:
        return ""
    written = etree.tostring(seg, encoding="unicode")
    return written if seg.tag == "seg" and not seg.keys() and content(seg) == text else ""


def content(seg: etree._Element) -> Text:
    """The text and the codes in a <seg>, our own or another tool's."""
    if not len(seg):
        return Text(seg.text or "")
    codes: list[Code] = []
    pieces: list[str] = []
    names: dict[str, str] = {}
    for number, highlight in enumerate(seg.iter("{*}hi"), 1):
        highlight.set("x", highlight.get("x") or f"hi{number}")
    length = 0
    for item in _walk(seg):
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
        else:
            codes.append(_code(*item, length, names, len(codes)))
    return Text("".join(pieces), tuple(codes))


def _partners(codes: tuple[Code, ...]) -> dict[int, int]:
    """For the index of each code of a pair, the number of its pair, from 1."""
    waiting: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for index, code in enumerate(codes):
        if code.kind == "open":
            waiting.setdefault(code.id, []).append(index)
        elif code.kind == "close" and waiting.get(code.id):
            pairs.append((waiting[code.id].pop(), index))
    return {index: number for number, pair in enumerate(sorted(pairs), 1) for index in pair}


def _element(code: Code, pair: int | None) -> str:
    name, told = "ph", [("x", code.id)]
    if code.kind != "empty" and pair is None:
        name, told = "it", [("pos", "begin" if code.kind == "open" else "end"), ("x", code.id)]
    elif code.kind == "open":
        name, told = "bpt", [("i", str(pair)), ("x", code.id)]
    elif code.kind != "empty":
        name, told = "ept", [("i", str(pair))]
    if code.type and name != "ept":
        told.append(("type", code.type))
    attributes = "".join(f' {key}="{attribute(value)}"' for key, value in told)
    return f"<{name}{attributes}>{escaped(code.data)}</{name}>"


def _walk(parent: etree._Element) -> Iterator[str | tuple[etree._Element, str]]:
    """The words of a <seg> and its code elements, each with what it does ("open", "close", "empty")."""
    if parent.text:
        yield parent.text
    for child in parent:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "hi":  # a highlight is a pair of codes around words
            yield child, "open"
            yield from _walk(child)
            yield child, "close"
        elif name in {"bpt", "ept", "it", "ph", "ut"}:
            yield child, _role(name, child.get("pos", ""))
        elif name:
            yield from _walk(child)
        if child.tail:
            yield child.tail


def _role(name: str, pos: str) -> str:
    if name == "it":
        return "close" if pos == "end" else "open"
    return {"bpt": "open", "ept": "close"}.get(name, "empty")


def _code(element: etree._Element, kind: str, position: int, names: dict[str, str], count: int) -> Code:
    name = element.tag.rpartition("}")[2]
    pair = element.get("i") or ""
    own = names.get(pair, pair) if name == "ept" else str(element.get("x", pair or str(count + 1)))
    if name == "bpt":
        names[pair] = own
    data = "" if name == "hi" else "".join(map(str, element.itertext()))
    meaning = names.get(f"type {pair}", "") if name == "ept" else str(element.get("type", ""))
    if name == "bpt":
        names[f"type {pair}"] = meaning
    return Code(position, own, kind, data, meaning)
