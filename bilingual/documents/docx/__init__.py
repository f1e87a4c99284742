"""Word documents: their paragraphs, tables, notes and running heads in reading order.

`slots` is the one walk over a file: `read` makes the document of it, and the writer of `delivery` puts the English
into the same slots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Document, Flag, FlagKind, Kind, Locator
from bilingual.documents import Progress, kinds
from bilingual.documents.docx.inline import DROPPED, UNSEEN, Fields, fields_of
from bilingual.documents.docx.numbering import Numbering, numbering_of
from bilingual.documents.docx.ooxml import MC, Package, Relation, W
from bilingual.documents.docx.pages import english_page
from bilingual.documents.docx.styles import Styles, styles_of, value_in
from bilingual.documents.docx.text import Inline, read_paragraph
from bilingual.documents.found import Found, document_of
from bilingual.documents.pieces import Piece

if TYPE_CHECKING:
    from lxml import etree

TRANSPARENT = {f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent")}
BOX = f"{W}txbxContent"
NO_PLACE = DROPPED | {f"{W}p", f"{W}t"}
"""Inside which no text box can hang on the paragraph around it."""

SETTLED = {Kind.RUNNING_HEAD, Kind.NOTE, Kind.CELL}


@dataclass(slots=True)
class Slot:
    """A paragraph that is read: what was found, the element, and what its codes stand for. `twins` are the same words
    in other headers."""

    found: Found
    paragraph: etree._Element
    inline: Inline
    part: str
    twins: list[Slot] = field(default_factory=list)


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in a Word file. Raises InputError for what is no .docx, is protected, broken or not safe to open."""
    package = Package(data, name)
    found = [slot.found for slot in slots(package)[0]]
    if progress:
        progress(1, 1)
    return document_of(name, data, "docx", found, flags=_flags(package, empty=not found))


def slots(package: Package) -> tuple[list[Slot], list[Slot]]:
    """Every paragraph with words: the body's, then notes, then headers and footers, each of the same words once.

    Apart from them those that only count pages, which are no blocks.
    """
    styles = styles_of(package)
    walk = _Walk(package, styles, numbering_of(package, styles))
    found = with_headings(walk.story(package.main))
    for kind in ("footnotes", "endnotes"):
        for part in package.related(kind):
            found += walk.story(part, Kind.NOTE)
    heads: dict[object, Slot] = {}
    for kind in ("header", "footer"):
        for part in package.related(kind):
            for slot in walk.story(part, Kind.RUNNING_HEAD):
                text = slot.found.text
                key = (text.string, tuple((c.position, c.id, c.kind, c.type, c.data) for c in text.codes))
                first = heads.setdefault(key, slot)
                if first is not slot:
                    first.twins.append(slot)
    return found + list(heads.values()), walk.pages


def with_headings(body: list[Slot]) -> list[Slot]:
    """The slots; where no style says what is a heading, what the lines themselves say of it, as in a plain text."""
    if any(slot.found.kind in {Kind.TITLE, Kind.HEADING} for slot in body):
        return body
    lines = [slot for slot in body if slot.found.kind not in {Kind.CELL, Kind.LIST_ITEM}]
    pieces = [Piece(slot.found.text.string, (), (), slot.found.kind) for slot in lines]
    for slot, piece in zip(lines, kinds.with_headings(pieces), strict=True):
        if slot.found.kind is Kind.PARAGRAPH:
            slot.found = replace(slot.found, kind=piece.kind, level=piece.level)
    return body


@dataclass(slots=True)
class _Walk:
    """Goes through the parts of a package; counts tables over all of them, and paragraphs in each."""

    package: Package
    styles: Styles
    numbering: Numbering
    tables: int = 0
    paragraphs: int = 0
    part: str = ""
    pages: list[Slot] = field(default_factory=list)
    fields: Fields = field(default_factory=lambda: Fields({}))
    relations: dict[str, Relation] = field(default_factory=dict)

    def story(self, part: str, kind: Kind = Kind.PARAGRAPH) -> list[Slot]:
        """The slots of one part; `kind` is what all its paragraphs are, PARAGRAPH where they speak for themselves."""
        root, tables, pages = self.package.tree(part), self.tables, len(self.pages)
        self.numbering.restart()
        self.part, self.paragraphs = part, 0
        self.fields, self.relations = fields_of(root), self.package.relations(part)
        found = list(self._story(root, kind))
        if any(kept for _, kept in self.fields.opened):  # a field that ends where nobody reads would swallow the rest
            self.tables, self.paragraphs, self.fields = tables, 0, Fields({})
            self.numbering.restart()
            del self.pages[pages:]
            found = list(self._story(root, kind))
        return found

    def _story(self, root: etree._Element, kind: Kind) -> Iterator[Slot]:
        if kind is Kind.NOTE:
            for note in root:
                if note.get(f"{W}type", "normal") == "normal":
                    yield from self._blocks(note, kind)
        else:
            yield from self._blocks(root if kind is Kind.RUNNING_HEAD else root.find(f"{W}body"), kind)

    def _blocks(self, container: etree._Element | None, kind: Kind, cell: str | None = None) -> Iterator[Slot]:
        for child in container if container is not None else ():
            if child.tag == f"{W}p":
                yield from self._paragraph(child, kind, cell)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, kind)
            elif child.tag == f"{W}sdt":
                yield from self._blocks(child.find(f"{W}sdtContent"), kind, cell)
            elif child.tag in TRANSPARENT:
                yield from self._blocks(child, kind, cell)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._blocks(child.find(f"{MC}Choice"), kind, cell)

    def _paragraph(self, paragraph: etree._Element, kind: Kind, cell: str | None) -> Iterator[Slot]:
        self.paragraphs += 1
        inline = read_paragraph(paragraph, self.styles, self.fields, self.relations)
        marker = self.numbering.marker(paragraph, self.styles)
        string = inline.text.string
        if string:
            own, level = (kind, 0) if kind in SETTLED else self._kind(paragraph, string)
            part = "" if self.part == self.package.main else self.part
            locator = Locator(paragraph=self.paragraphs, cell=cell, part=part)
            lost = "\ufffd" in string
            flags = (
                (Flag(FlagKind.CHARACTERS, "U+FFFD: a character was lost before the file came to us"),) if lost else ()
            )
            marker = marker if own is Kind.LIST_ITEM else ""
            slot = Slot(Found(own, inline.text, locator, level, flags, marker), paragraph, inline, self.part)
            if kind is Kind.RUNNING_HEAD and english_page(inline.text):
                self.pages.append(slot)
            else:
                yield slot
        for box in text_boxes(paragraph):
            yield from self._blocks(box, Kind.PARAGRAPH if kind is Kind.CELL else kind)

    def _kind(self, paragraph: etree._Element, string: str) -> tuple[Kind, int]:
        kind, level = self.styles.kind(paragraph)
        if kind is Kind.PARAGRAPH:
            own = kinds.own_kind(string)
            kind = kind if own is Kind.LIST_ITEM else own
        return kind, level

    def _table(self, table: etree._Element, kind: Kind) -> Iterator[Slot]:
        """The cells, row by row; one that is merged with the cell above it is not read again."""
        self.tables += 1
        number = f"{self.tables}:" if self.tables > 1 else ""
        for row, tr in enumerate(_children(table, f"{W}tr"), 1):
            column = _number(tr.find(f"{W}trPr"), "gridBefore", 0)
            for tc in _children(tr, f"{W}tc"):
                properties = tc.find(f"{W}tcPr")
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                if merge is None or merge.get(f"{W}val") == "restart":
                    cell = f"{number}{column_name(column)}{row}"
                    yield from self._blocks(tc, Kind.CELL if kind is Kind.PARAGRAPH else kind, cell)
                column += _number(properties, "gridSpan", 1)


def text_boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes that hang on this paragraph itself, each once."""
    return [box for box in paragraph.iter(BOX) if _hangs_on(box, paragraph)]


def _hangs_on(box: etree._Element, paragraph: etree._Element) -> bool:
    for above in box.iterancestors():
        if above is paragraph:
            return True
        if above.tag in UNSEEN or above.tag in NO_PLACE:
            return False
    return False


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a tag, also those inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in TRANSPARENT:
            yield from _children(child, tag)


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    value = value_in(properties, name)
    return min(int(value), 1000) if value.isdecimal() else default


def column_name(column: int) -> str:
    """A column's letters, as in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _flags(package: Package, *, empty: bool) -> tuple[Flag, ...]:
    """What a person should know of the file as a whole."""
    body = package.tree(package.main)
    names = "\n".join(package.infos)
    settings = [r for part in package.related("settings") for r in package.relations(part).values()]
    template = any(relation.external and relation.kind == "attachedTemplate" for relation in settings)
    told = (
        ("vbaProject" in names, "the file holds macros: they were not run, and a delivered document leaves them out"),
        (
            bool(template),
            "the file asks for a template from elsewhere: it was not fetched, and is left out of delivery",
        ),
        (
            any(next(body.iter(f"{W}{tag}"), None) is not None for tag in ("ins", "del", "moveFrom", "moveTo")),
            "the file has tracked changes: insertions are read, deletions are not",
        ),
        (
            next(body.iter(f"{W}altChunk"), None) is not None,
            "a part of another file is included (altChunk), and is not read: open the file in Word and save it again",
        ),
        (
            "word/diagrams/data" in names or "word/charts/chart" in names,
            "words inside diagrams and charts are not read: translate them in the delivered file",
        ),
        (empty, "there are no words in this document; if its pages are pictures, run OCR on them first"),
    )
    return tuple(Flag(FlagKind.SOURCE, reason) for holds, reason in told if holds)
