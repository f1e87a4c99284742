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
    Origin,
    OriginKind,
    Span,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.formats.seg import content, held
from bilingual.formats.tmx_names import HEADER, LANG, PARTS, PREFIX, TOOL, iso_date
from bilingual.safexml import elements
from bilingual.serial import loads

if TYPE_CHECKING:
    from lxml import etree

ANY = "*all*"
"""The header's word for "each unit has its own source language"."""

_SINGLE = {
    "state", "block", "span", "locked", "origin", "origin-name", "origin-score", "changed", "source-text",
    "target-text",
}  # fmt: skip
_KNOWN = {"tuid", "changeid", "changedate", LANG, "lang"}


class TmxReader:
    """One pass over a TMX file. After `units` has run out, the header's facts and what was skipped are known.

    `source` and `target` choose the languages (BCP 47, a region may be left out); else they are the header's source
    language and the first other one met.
    """

    def __init__(self, stream: BinaryIO, path: Path | str | None = None, source: str = "", target: str = "") -> None:
        self._stream = stream
        self._path = path
        self.source_language = source
        self.target_language = target
        self.documents: list[Document] = []
        self.metadata: list[tuple[str, str]] = []
        self.skipped: list[int] = []
        """The lines of units without a text in the source language."""

    def bitext(self) -> Bitext:
        """The whole file. Ids that are missing are made up, those that stand twice get a number."""
        seen: Counter[str] = Counter()
        units = []
        for unit in self.units():
            seen[unit.id] += 1
            twice = seen[unit.id] > 1
            units.append(replace(unit, id=f"{unit.id}-{seen[unit.id]}") if twice else unit)
        if self.skipped:
            told = f"{len(self.skipped)} without {self.source_language}, the first on line {self.skipped[0]}"
            self.metadata.append(("skipped", told))
        return Bitext(
            self.source_language, self.target_language, tuple(self.documents), tuple(units), tuple(self.metadata)
        )

    def units(self) -> Iterator[Unit]:
        """Each unit in turn, in constant memory; InputError naming the line where one cannot be read."""
        count = 0
        for element in elements(self._stream, ("{*}header", "{*}tu"), self._path, root="tmx"):
            try:
                if _name(element) == "header":
                    self._header(element)
                    continue
                count += 1
                unit = self._unit(element, count)
            except (ValueError, KeyError) as error:
                line: Any = element.sourceline
                raise InputError(f"cannot be read: {error}", path=self._path, line=line) from error
            if unit is None:
                line = element.sourceline
                self.skipped.append(line)
            else:
                yield unit

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
            if _name(child) != "prop" or not name.startswith(PREFIX):
                self.metadata += [(name or _name(child), value)] if _name(child) else []
            elif name == f"{PREFIX}target-language":
                target = value
            elif name == f"{PREFIX}document":
                parts.append((value, [], []))
            elif name == f"{PREFIX}text" and parts:
                parts[-1][1].append(loads(str, value))
            elif name == f"{PREFIX}block" and parts:
                parts[-1][2].append(loads(Block, value))
            else:
                self.metadata.append(_foreign(name, value))
        if target and not self.target_language:
            self.target_language = target
        self.documents = [
            replace(loads(Document, bare), text="".join(text), blocks=tuple(blocks)) for bare, text, blocks in parts
        ]

    def _unit(self, tu: etree._Element, count: int) -> Unit | None:
        variants = [child for child in tu if _name(child) == "tuv"]
        source = self._pick(variants, "source_language")
        if source is None:
            return None
        variants.remove(source)
        target = self._pick(variants, "target_language")
        foreign = [*_rest(tu), *_rest(source, "source "), *(_rest(target, "target ") if target is not None else ())]
        name = tu.get("tuid") or f"tu{count}"
        return _Tu(tu, foreign).unit(name, _seg(source), _seg(target), _change(target, tu))

    def _pick(self, variants: list[etree._Element], field: str) -> etree._Element | None:
        """The variant in the wanted language, the same region first; where none is wanted yet, the first there is."""
        wanted = getattr(self, field)
        if not wanted and variants:
            setattr(self, field, _language(variants[0]))
            return variants[0]
        for same in (str, _tag, _primary):
            for variant in variants:
                if same(_language(variant)) == same(wanted):
                    return variant
        return None


class _Tu:
    """The notes and properties of a <tu>, sorted into the fields of a unit."""

    def __init__(self, tu: etree._Element, foreign: list[tuple[str, str]]) -> None:
        self.ours: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {name: [] for name, _, _ in PARTS}
        self.notes: list[Note] = []
        self.extra: list[tuple[str, str]] = []
        for child in tu:
            if _name(child) == "note":
                self.notes.append(Note(child.text or ""))
            elif _name(child) == "prop":
                self._take(child.get("type", ""), child.text or "")
        self.extra += foreign

    def _take(self, name: str, value: str) -> None:
        own = name.removeprefix(PREFIX)
        if own in self.parts and own != name:
            self.parts[own].append(value)
        elif own == "note-author" and self.notes:
            self.notes[-1] = replace(self.notes[-1], author=value)
        elif own == "note-when" and self.notes:
            self.notes[-1] = replace(self.notes[-1], when=value)
        elif own in _SINGLE and own != name:
            self.ours[own] = value
        else:
            self.extra.append(_foreign(name, value))

    def unit(self, name: str, source: Text, target: Text, change: Change | None) -> Unit:
        """The unit, with what only we write at its default in another tool's file."""
        ours = self.ours
        parts: dict[str, Any] = {
            field: tuple([loads(kind, value) for value in self.parts[part]])
            for part, field, kind in PARTS
            if self.parts[part]
        }
        start, end = (int(number) for number in ours.get("span", "0 0").split())
        return Unit(
            id=name,
            block=ours.get("block", ""),
            source=_exact(source, ours.get("source-text")),
            target=_exact(target, ours.get("target-text")),
            span=Span(start, end),
            state=State(ours.get("state", "translated" if target.string else "new")),
            locked=ours.get("locked") == "yes",
            origin=self._origin(),
            notes=tuple(self.notes),
            changed=loads(Change, ours["changed"]) if "changed" in ours else change,
            extra=tuple(self.extra),
            **parts,
        )

    def _origin(self) -> Origin | None:
        if "origin" not in self.ours:
            return None
        score = self.ours.get("origin-score")
        return Origin(
            OriginKind(self.ours["origin"]), self.ours.get("origin-name", ""), loads(float, score) if score else None
        )


def _exact(text: Text, kept: str | None) -> Text:
    """The text with the characters XML could not hold, unless somebody has changed the segment since."""
    if kept is None:
        return text
    whole = loads(Text, kept)
    return whole if held(whole) == text else text


def _foreign(name: str, value: str) -> tuple[str, str]:
    """A property that is not ours, or one that had to be wrapped."""
    if name == f"{PREFIX}extra":
        return loads(tuple[str, str], value)
    return name, value


def _change(target: etree._Element | None, tu: etree._Element) -> Change | None:
    for element in (target, tu):
        if element is not None and ("changeid" in element.attrib or "changedate" in element.attrib):
            return Change(element.get("changeid", ""), iso_date(element.get("changedate", "")))
    return None


def _seg(variant: etree._Element | None) -> Text:
    found = next((child for child in variant if _name(child) == "seg"), None) if variant is not None else None
    return content(found) if found is not None else Text("")


def _rest(element: etree._Element, side: str = "") -> list[tuple[str, str]]:
    """Another tool's attributes, and the notes and properties it gave one language only."""
    rest = [(f"{side}{name}", value) for name, value in _attributes(element) if name not in _KNOWN]
    if side and len(element) > 1:
        told = (child for child in element if _name(child) in {"note", "prop"})
        rest += [(f"{side}{child.get('type', 'note')}", child.text or "") for child in told]
    return rest


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


def _tag(language: str) -> str:
    return language.lower().replace("_", "-")


def _primary(language: str) -> str:
    return _tag(language).partition("-")[0]
