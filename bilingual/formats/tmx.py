"""TMX 1.4b: the exchange format of translation memories, and the form in which everything we know survives.

Source and target stand where every tool looks for them; what TMX has no place for stands in properties of ours
(`x-bilingual-…`), plain where people read them, canonical JSON where they have parts. So the store can be rebuilt from
the file. Only what a person did carries a name and a date, so equal bitexts have equal bytes.
Specification: TMX 1.4b (LISA OSCAR).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.bitext import Bitext, Text, Unit
from bilingual.formats.seg import clean_text, fill, held
from bilingual.formats.tmx_names import HEADER, LANG, PARTS, PREFIX, TOOL, iso_date, tmx_date
from bilingual.safexml import clean, names
from bilingual.serial import dumps

if TYPE_CHECKING:
    from lxml import etree

DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
CHUNK = 1 << 20
"""A document's text goes into properties of at most this many code points: parsers limit the length of one."""


class Tmx:
    """TMX 1.4b, complete: what `write` was given comes back from `read`."""

    name = "tmx"
    suffixes: tuple[str, ...] = (".tmx",)
    holds = frozenset(field.name for field in fields(Unit))

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The bitext in our own or another tool's file, UTF-8 or UTF-16; of several languages the first pair."""
        from bilingual.formats.tmx_reader import TmxReader

        return TmxReader(stream, path).bitext()

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """UTF-8 without BOM, one unit at a time; says which units had characters that XML cannot hold.

        Those are left out of the segment; a property keeps the exact text, so that reading it again loses nothing.
        """
        from lxml import etree

        from bilingual import __version__

        header = HEADER | {"creationtool": TOOL, "creationtoolversion": __version__}
        warnings: list[str] = []
        with etree.xmlfile(stream, encoding="UTF-8") as file:
            file.write_declaration(doctype=DOCTYPE)
            with file.element("tmx", version="1.4"):
                file.write("\n")
                with file.element("header", header | {"srclang": clean(bitext.source_language)[0]}):
                    for name, value in _header_properties(bitext):
                        file.write("\n  ", _property(name, value))
                    file.write("\n")
                file.write("\n")
                with file.element("body"):
                    for unit in bitext.units:
                        element, removed = _tu(unit, bitext)
                        if removed:
                            warnings.append(f"unit {unit.id}: {names(removed)} cannot stand in XML and was left out")
                        file.write("\n", element)
                    file.write("\n")
        stream.write(b"\n")
        return tuple(warnings)


def _header_properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    yield f"{PREFIX}target-language", bitext.target_language
    yield from map(_extra, bitext.metadata)
    for document in bitext.documents:
        yield f"{PREFIX}document", dumps(replace(document, text="", blocks=()))
        for start in range(0, len(document.text), CHUNK):
            yield f"{PREFIX}text", dumps(document.text[start : start + CHUNK])
        for block in document.blocks:
            yield f"{PREFIX}block", dumps(block)


def _extra(pair: tuple[str, str]) -> tuple[str, str]:
    """What another tool said, under its own name where XML can hold it and it cannot be taken for ours."""
    name, value = pair
    plain = name and not name.startswith(PREFIX) and not clean(name)[1] and not clean(value)[1]
    return pair if plain else (f"{PREFIX}extra", dumps(pair))


def _property(name: str, value: str) -> etree._Element:
    from lxml import etree

    element = etree.Element("prop", {"type": name})
    element.text = value if value.isprintable() else clean(value)[0]
    return element


def _tu(unit: Unit, bitext: Bitext) -> tuple[etree._Element, str]:
    """A unit as a <tu>, and what had to be left out of its segments."""
    from lxml import etree

    tu = etree.Element("tu", tuid=clean(unit.id)[0])
    source, gone = clean_text(unit.source)
    target, lost = clean_text(unit.target)
    exact = [(f"{PREFIX}source-text", unit.source)] if gone or held(unit.source) != unit.source else []
    exact += [(f"{PREFIX}target-text", unit.target)] if lost or held(unit.target) != unit.target else []
    _notes(tu, unit)
    for name, value in _unit_properties(unit):
        tu.append(_property(name, value))
    for name, text in exact:
        tu.append(_property(name, dumps(text)))
    _tuv(tu, bitext.source_language, source, {})
    _tuv(tu, bitext.target_language, target, _changed(unit))
    tu.text = "\n  "
    for child in tu:
        child.tail = "\n  "
    tu[-1].tail = "\n"
    return tu, gone + lost


def _notes(tu: etree._Element, unit: Unit) -> None:
    """Each note, and after it who wrote it and when."""
    from lxml import etree

    for note in unit.notes:
        etree.SubElement(tu, "note").text = clean(note.text)[0]
        if note.author:
            tu.append(_property(f"{PREFIX}note-author", note.author))
        if note.when:
            tu.append(_property(f"{PREFIX}note-when", note.when))


def _unit_properties(unit: Unit) -> Iterator[tuple[str, str]]:
    yield f"{PREFIX}state", unit.state.value
    if unit.block:
        yield f"{PREFIX}block", unit.block
    if unit.span.start or unit.span.end:
        yield f"{PREFIX}span", f"{unit.span.start} {unit.span.end}"
    if unit.locked:
        yield f"{PREFIX}locked", "yes"
    if unit.origin:
        yield f"{PREFIX}origin", unit.origin.kind.value
        if unit.origin.name:
            yield f"{PREFIX}origin-name", unit.origin.name
        if unit.origin.score is not None:
            yield f"{PREFIX}origin-score", dumps(unit.origin.score)
    if unit.changed and iso_date(tmx_date(unit.changed.when)) != unit.changed.when:
        yield f"{PREFIX}changed", dumps(unit.changed)
    for name, field, _ in PARTS:
        for part in getattr(unit, field):
            yield f"{PREFIX}{name}", dumps(part)
    yield from map(_extra, unit.extra)


def _changed(unit: Unit) -> dict[str, str]:
    """Who changed the unit and when: only people have a name here."""
    if unit.changed is None:
        return {}
    date = tmx_date(unit.changed.when)
    return ({"changedate": date} if date else {}) | {"changeid": clean(unit.changed.by)[0]}


def _tuv(tu: etree._Element, language: str, text: Text, attributes: dict[str, str]) -> None:
    from lxml import etree

    tuv = etree.SubElement(tu, "tuv", {LANG: clean(language)[0]} | attributes)
    fill(etree.SubElement(tuv, "seg"), text)
