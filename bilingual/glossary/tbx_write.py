"""Writing TBX: version 3, style DCA, dialect TBX-Basic; what only we know stands in categories of our own.

A term without `when`, `kind` or `case` is TBX-Basic and nothing else. Specification: ISO 30042:2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from bilingual.bitext import Term
from bilingual.glossary.concepts import Concept, Usage, Word, concept_of
from bilingual.glossary.tbx import OWN
from bilingual.safexml import clean, names

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:iso:std:iso:30042:ed-2"

_XML = "{http://www.w3.org/XML/1998/namespace}"
_STATUS = {
    Usage.PREFERRED: "preferredTerm-admn-sts",
    Usage.ADMITTED: "admittedTerm-admn-sts",
    Usage.FORMER: "supersededTerm-admn-sts",
    Usage.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_NAME = re.compile(r"[^\W\d][\w.-]*")
"""What an XML id may be, near enough: a letter or _, then letters, digits, points and hyphens."""


def write(terms: Iterable[Term], stream: BinaryIO) -> tuple[str, ...]:
    """`terms` as a TBX file; gives back what could not be written."""
    return write_concepts(map(concept_of, terms), stream)


def write_concepts(concepts: Iterable[Concept], stream: BinaryIO) -> tuple[str, ...]:
    """`concepts` as a TBX file; gives back what could not be written."""
    from lxml import etree

    writer = _Writer()
    root = {"type": "TBX-Basic", "style": "dca", f"{_XML}lang": "en"}
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("tbx", root, nsmap={None: NAMESPACE, "xml": _XML[1:-1]}):
            file.write("\n", _header(), "\n")
            with file.element("text"):
                file.write("\n")
                with file.element("body"):
                    for number, concept in enumerate(concepts, 1):
                        file.write("\n", writer.entry(concept, number))
                    file.write("\n")
                file.write("\n")
            file.write("\n")
    stream.write(b"\n")
    return tuple(writer.told)


def _header() -> etree._Element:
    from lxml import etree

    header = etree.Element("tbxHeader")
    description = etree.SubElement(header, "fileDesc")
    etree.SubElement(etree.SubElement(description, "titleStmt"), "title").text = "Glossary"
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = "Written by bilingual."
    return header


class _Writer:
    """Makes entries, each with an id of its own."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._ids: set[str] = set()

    def entry(self, concept: Concept, number: int) -> etree._Element:
        """One <conceptEntry>."""
        from lxml import etree

        entry = etree.Element("conceptEntry", {"id": self._id(concept.id, number)})
        for name, value in self._own(concept, entry.get("id", "")):
            self._add(entry, "admin", value, f"{OWN}{name}")
        for category, texts in (("subjectField", concept.domains), ("definition", concept.definitions)):
            for text in texts:
                self._add(entry, "descrip", text, category)
        for text in concept.references:
            self._add(entry, "admin", text, "source")
        for text in concept.notes:
            self._add(entry, "note", text)
        for language, words in _by_language(concept.words):
            section = etree.SubElement(entry, "langSec", {f"{_XML}lang": language or "und"})
            for word in words:
                self._word(etree.SubElement(section, "termSec"), word)
        etree.indent(entry)
        return entry

    def _word(self, section: etree._Element, word: Word) -> None:
        self._add(section, "term", word.text)
        if word.part_of_speech:
            self._add(section, "termNote", word.part_of_speech, "partOfSpeech")
        if word.abbreviation:
            self._add(section, "termNote", "abbreviation", "termType")
        if word.usage:
            self._add(section, "termNote", _STATUS[word.usage], "administrativeStatus")
        if word.proposed:
            self._add(section, "termNote", "provisionallyProcessed", "processStatus")
        for category, element, texts in (
            ("context", "descrip", word.examples), ("source", "admin", word.references), ("", "note", word.notes),
        ):  # fmt: skip
            for text in texts:
                self._add(section, element, text, category)

    def _id(self, wanted: str, number: int) -> str:
        """`wanted` where XML can have it and no entry has it yet, else one of our own."""
        name = wanted if _NAME.fullmatch(wanted) and clean(wanted)[0] == wanted else f"c{number}"
        while name in self._ids:
            name = f"_{name}"
        self._ids.add(name)
        return name

    def _own(self, concept: Concept, given: str) -> Iterator[tuple[str, str]]:
        if concept.id and concept.id != given:
            yield "id", concept.id
        if concept.kind:
            yield "kind", concept.kind
        if concept.when:
            yield "when", concept.when
        if concept.case:
            yield "case", "yes"
        if concept.keep:
            yield "status", "keep"

    def _add(self, parent: etree._Element, name: str, text: str, category: str = "") -> None:
        from lxml import etree

        element = etree.SubElement(parent, name, {"type": category} if category else {})
        element.text, removed = clean(text)
        if removed:
            self.told.append(f"“{element.text}”: {names(removed)} cannot stand in XML and was left out")
        if re.search(r"[\t\r\n]", element.text):
            element.set(f"{_XML}space", "preserve")


def _by_language(words: Iterable[Word]) -> Iterator[tuple[str, list[Word]]]:
    languages: dict[str, list[Word]] = {}
    for word in words:
        languages.setdefault(word.language, []).append(word)
    yield from languages.items()
