"""Reading TMX, our own and other tools', one unit at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from bilingual.bitext import (
    Bitext,
    Block,
    Change,
    Document,
    Note,
    Span,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.formats.seg import content, held, spelling
from bilingual.formats.tmx_names import HEADER, LANG, PARTS, PREFIX, TOOL, iso_date
from bilingual.formats.tmx_plain import KEPT, NOTE, NOWHERE, STATES, PlainUnits, made_by, noted, origin
from bilingual.languages import primary, tag
from bilingual.safexml import elements
from bilingual.serial import loads

if TYPE_CHECKING:
    from lxml import etree

ANY = "*all*"
"""The header's word for "each unit has its own source language"."""

_SINGLE = frozenset(
    f"{PREFIX}{name}"
    for name in (
        *("state", "block", "span", "locked", "origin", "origin-name", "origin-score", "changed"),
        *("source-text", "target-text", "original"),
    )
)
_ORIGIN = frozenset(f"{PREFIX}{name}" for name in ("block", "origin", "origin-name", "origin-score"))
_PARTS = {f"{PREFIX}{name}": (field, kind) for name, field, kind in PARTS}
_NAMES = frozenset({"prop", "tuv", "note", "seg"})
_KNOWN = frozenset({LANG, "lang"})


class TmxReader:
    """One pass over a TMX file. After `units` has run out, the header's facts and what was skipped are known.

    `source` and `target` choose the languages (BCP 47, a region may be left out); else they are the header's source
    language and the first other one met.
    """

    def __init__(self, stream: BinaryIO, path: Path | str | None = None, source: str = "", target: str = "") -> None:
        self._plain = PlainUnits(stream)
        self._path = path
        self.source_language = source
        self.target_language = target
        self.documents: list[Document] = []
        self.metadata: list[tuple[str, str]] = []
        self.skipped = 0
        """How many units have no text in the source language; the line of the first is `first_skipped`."""
        self.first_skipped = 0
        self._begun = bool(source)
        self._count = 0
        self._kept: list[str] | None = None
        self._usual = "", ""
        self._pairs: dict[tuple[str, ...], tuple[int | None, int | None]] = {}

    def bitext(self) -> Bitext:
        """The whole file. Ids that are missing are made up, those that stand twice get a number."""
        self._kept = []
        units = [*_distinct([*self.units()])]
        if self.skipped:
            told = f"{self.skipped} without {self.source_language}, the first on line {self.first_skipped}"
            self.metadata += [("skipped", told), *(("unit", spelled) for spelled in self._kept)]
        return Bitext(
            self.source_language, self.target_language, tuple(self.documents), tuple(units), tuple(self.metadata)
        )

    def units(self) -> Iterator[Unit]:
        """Each unit in turn, in constant memory; InputError naming the line where one cannot be read."""
        for element in elements(cast("BinaryIO", self._plain), ("{*}header", "{*}tu"), self._path, root="tmx"):
            self._count += 1
            try:
                unit = self._plain.unit(*self._usual) or self._other(element)
            except (ValueError, KeyError) as error:
                line: Any = element.sourceline
                raise InputError(f"cannot be read: {error}", path=self._path, line=line) from error
            if unit:
                yield unit

    def _other(self, element: etree._Element) -> Unit | None:
        """The unit in an element that is no plain one; None where it is the header, or a unit to be skipped."""
        if _local(element.tag) == "header":
            self._header(element)
            self._count -= 1
            return None
        self._plain.past()
        unit = self._unit(element, self._count)
        if unit is None:
            self.skipped += 1
            self.first_skipped = self.first_skipped or cast("int", element.sourceline)
            if self._kept is not None:
                self._kept.append(_xml(element))
        return unit

    def _header(self, header: etree._Element) -> None:
        declared = header.get("srclang", "")
        if not self.source_language and declared.lower() != ANY:
            self.source_language = declared
        ours = header.get("creationtool") == TOOL
        if not ours:
            known = {"srclang", *(name for name, value in HEADER.items() if header.get(name) == value)}
            self.metadata += [(name, value) for name, value in _attributes(header) if name not in known]
        target = ""
        parts: list[tuple[str, list[str], list[Block]]] = []
        for child in header:
            name, value = child.get("type", ""), child.text or ""
            if _name(child) in {"prop", "note"} and not name.startswith(PREFIX):
                self.metadata += [(name or _name(child), value), *_more(child)]
            elif _name(child) != "prop":
                self.metadata += [(_name(child), _xml(child))] if _name(child) else []
            elif name == f"{PREFIX}target-language":
                target = value
            elif name == f"{PREFIX}document":
                parts.append((value, [], []))
            elif name == f"{PREFIX}text" and parts:
                parts[-1][1].append(loads(str, value))
            elif name == f"{PREFIX}block" and parts:
                parts[-1][2].append(loads(Block, value))
            else:
                self.metadata.append(loads(tuple[str, str], value) if name == f"{PREFIX}extra" else (name, value))
        if target and not self.target_language:
            self.target_language = target
        self.documents = [
            replace(loads(Document, bare), text="".join(text), blocks=tuple(blocks)) for bare, text, blocks in parts
        ]

    def _unit(self, tu: etree._Element, count: int) -> Unit | None:
        """The unit in a <tu>; None where it has no text in the source language. Everything else in it survives."""
        found = _Tu()
        variants: list[etree._Element] = []
        for child in cast("Any", tu)[:]:
            name = child.tag if child.tag in _NAMES else _local(child.tag)
            if name == "prop":
                found.take(child.get("type", ""), child.text or "")
                found.extra += _more(child)
            elif name == "tuv":
                variants.append(child)
            elif name == "note":
                found.notes.append(Note(child.text or ""))
                found.extra += _more(child)
            elif name:
                found.extra.append((name, _xml(child)))
        source, target = self._pair(tuple([variant.get(LANG) or variant.get("lang") or "" for variant in variants]))
        if source is None:
            return None
        found.attributes("", tu)
        text = found.variant("source ", variants[source])
        other = found.variant("target ", variants[target]) if target is not None else Text("")
        if len(variants) > 2 or target is None:
            kept = (variant for at, variant in enumerate(variants) if at not in {source, target})
            found.extra += [(f"variant {_language(variant)}", _xml(variant)) for variant in kept]
        return found.unit(found.facts.get("tuid") or f"tu{count}", text, other)

    def _pair(self, languages: tuple[str, ...]) -> tuple[int | None, int | None]:
        """Which of a unit's variants are its source and its target; worked out once for each set of languages."""
        if languages not in self._pairs:
            if len(self._pairs) > KEPT:
                self._pairs.clear()
            source = self._pick(languages, "source_language")
            if source is None and languages and not self._begun:  # the header may be wrong about its own file
                self.source_language = ""
                source = self._pick(languages, "source_language")
            self._begun = self._begun or source is not None
            others = tuple("" if at == source else language for at, language in enumerate(languages))
            target = self._pick(others, "target_language", source) if source is not None else None
            self._pairs[languages] = source, target
            if (source, target) == (0, 1) and len(languages) == 2 and all(languages):
                self._usual = languages[0], languages[1]
        return self._pairs[languages]

    def _pick(self, languages: tuple[str, ...], field: str, taken: int | None = None) -> int | None:
        """The variant in the wanted language, the same region first; where none is wanted yet, the first there is."""
        free = [at for at in range(len(languages)) if at != taken]
        wanted = getattr(self, field)
        if not wanted and free:
            setattr(self, field, languages[free[0]])
            return free[0]
        for same in (str, tag, primary):
            for at in free:
                if same(languages[at]) == same(wanted):
                    return at
        return None


class _Tu:
    """What stands in a <tu>, sorted into the fields of a unit."""

    __slots__ = ("change", "extra", "facts", "notes", "ours", "parts", "segments")

    def __init__(self) -> None:
        self.ours: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {}
        self.notes: list[Note] = []
        self.extra: list[tuple[str, str]] = []
        self.segments: list[tuple[str, str]] = []
        self.facts: dict[str, str] = {}
        self.change: dict[str, dict[str, str]] = {}

    def take(self, name: str, value: str) -> None:
        """A property, ours or another tool's."""
        if name in _SINGLE:
            self.ours[name] = value
        elif name in _PARTS:
            self.parts.setdefault(name, []).append(value)
        elif name in NOTE and self.notes:
            self.notes[-1] = noted(self.notes[-1], name, value)
        elif name == f"{PREFIX}extra":
            self.extra.append(loads(tuple[str, str], value))
        else:
            self.extra.append((name, value))

    def attributes(self, side: str, element: etree._Element) -> None:
        """The attributes of a <tu> or <tuv>: who changed it and when stands apart, what we do not know survives."""
        for name, value in _attributes(element):
            if name in {"changeid", "changedate"}:
                self.change.setdefault(side, {})[name] = value
            elif name == "tuid" or (name, side) == ("creationid", "target "):
                self.facts[name] = value
            elif name not in _KNOWN:
                self.extra.append((f"{side}{name}", value))

    def variant(self, side: str, variant: etree._Element) -> Text:
        """The text of a variant; its notes and properties are kept with those of the unit."""
        self.attributes(side, variant)
        text, found = Text(""), False
        for child in variant:
            name = child.tag if child.tag in _NAMES else _local(child.tag)
            if name == "seg" and not found:
                own = spelling(child)
                self.segments += [(f"{side}seg", own)] if own else []
                text, found = content(child), True
            elif name == "prop":
                self.extra += [(f"{side}{child.get('type', '')}", child.text or ""), *_more(child, side)]
            elif name == "note":
                self.notes.append(Note(child.text or ""))
                self.extra += _more(child, side)
            elif name:
                self.extra.append((f"{side}{name}", _xml(child)))
        return text

    def changed(self) -> Change | None:
        """Who changed the target, else the unit; when only the source's change is told, that survives as it is."""
        if not self.change:
            return None
        chosen = next((side for side in ("target ", "") if side in self.change), None)
        for side, facts in self.change.items():
            if side != chosen:
                self.extra += [(f"{side}{name}", value) for name, value in facts.items()]
        if chosen is None:
            return None
        told = self.change[chosen]
        return Change(told.get("changeid", ""), iso_date(told.get("changedate", "")))

    def unit(self, name: str, source: Text, target: Text) -> Unit:
        """The unit, with what only we write at its default in another tool's file."""
        ours, change = self.ours, self.changed()
        made = origin(ours) if ours else None
        if "creationid" in self.facts and not made_by(self.facts["creationid"], made):
            self.extra.append(("target creationid", self.facts["creationid"]))
        self.extra += self.segments  # at the end: the segment of a written file comes after its properties
        state = ours.pop(f"{PREFIX}state", "")
        unit = Unit(
            name, ours.get(f"{PREFIX}block", ""), source, target, NOWHERE,
            STATES[state] if state in STATES else State(state or ("translated" if target.string else "new")),
            False, made, (), (), (), tuple(self.notes), (), change, (), (),
            tuple(self.extra),
        )  # fmt: skip
        return self._complete(unit) if ours.keys() - _ORIGIN or self.parts else unit

    def _complete(self, unit: Unit) -> Unit:
        """With the fields that most units have not."""
        ours, fields = self.ours, cast("dict[str, Any]", {})
        if f"{PREFIX}span" in ours:
            start, end = (int(number) for number in ours[f"{PREFIX}span"].split())
            fields["span"] = Span(start, end)
        if f"{PREFIX}changed" in ours:
            fields["changed"] = loads(Change, ours[f"{PREFIX}changed"])
        if f"{PREFIX}original" in ours:
            fields["original"] = loads(Text, ours[f"{PREFIX}original"])
        for part, values in self.parts.items():
            field, kind = _PARTS[part]
            fields[field] = tuple([loads(kind, value) for value in values])
        return replace(
            unit,
            source=_exact(unit.source, ours.get(f"{PREFIX}source-text")),
            target=_exact(unit.target, ours.get(f"{PREFIX}target-text")),
            locked=ours.get(f"{PREFIX}locked") == "yes",
            **fields,
        )


def _exact(text: Text, kept: str | None) -> Text:
    """The text with the characters XML could not hold, unless somebody has changed the segment since."""
    if kept is None:
        return text
    whole = loads(Text, kept)
    return whole if held(whole) == text else text


def _xml(element: etree._Element) -> str:
    """An element as it is spelled in its file."""
    from lxml import etree

    return etree.tostring(element, encoding="unicode", with_tail=False)


def _more(element: etree._Element, side: str = "") -> list[tuple[str, str]]:
    """What a note or a property says of itself: its language, its encoding."""
    name = element.get("type") or _name(element)
    told = (pair for pair in _attributes(element) if pair[0] != "type")
    return [(f"{side}{name} {key.replace(LANG, 'xml:lang')}", value) for key, value in told]


def _distinct(units: list[Unit]) -> Iterator[Unit]:
    """Units with an id each of their own: the first keeps it, the others get a number that nothing else has."""
    taken, numbers = {unit.id for unit in units}, Counter[str]()
    for unit in units:
        name = unit.id
        while name in taken and numbers[unit.id]:
            numbers[unit.id] += 1
            name = f"{unit.id}-{numbers[unit.id]}"
        numbers[unit.id] = numbers[unit.id] or 1
        taken.add(name)
        yield unit if name == unit.id else replace(unit, id=name)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", element.items())


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return _local(cast("Hashable", element.tag))


@cache
def _local(tag: Hashable) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _language(variant: etree._Element) -> str:
    return str(variant.get(LANG) or variant.get("lang") or "")
