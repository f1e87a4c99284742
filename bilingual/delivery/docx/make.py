"""A new Word document, for what did not come as one: headings, lists, tables and notes from the blocks' kinds."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered, Delivery
from bilingual.delivery.docx.fill import notice_paragraph, xml
from bilingual.delivery.docx.lists import Lists
from bilingual.delivery.docx.runs import Runs
from bilingual.delivery.lists import mark_of, number_of
from bilingual.documents.docx.ooxml import W
from bilingual.safexml import clean

if TYPE_CHECKING:
    from lxml import etree

SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/><w:color w:val="595959"/>'
LOOKS = {Kind.BYLINE: "<w:i/><w:iCs/>", Kind.STAFF: SMALL, Kind.CREDIT: SMALL, Kind.RUNNING_HEAD: SMALL}
"""Run properties of kinds that the template has no style for."""

CENTRED = {Kind.MARK, Kind.CREDIT}
NUMBERED = re.compile(r"(?:[-*•·]|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)、）]|[①-⑳])\s*\S")
"""A list item that has its mark in its own words, and needs no second one."""

CELL = re.compile(r"(?:(\d+):)?([A-Z]{1,3})(\d+)")
WIDEST = 63
"""The most columns a Word table may have."""

LINE = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="7F7F7F"/></w:pBdr>'
HEADS = 3
"""How many running heads a page has room for; more of them stand in the text."""


def make(delivery: Delivery, suffix: str = ".docx") -> bytes:  # noqa: ARG001 (one kind only)
    """A new document: Word's own styles for titles, headings, lists and captions, notes at the end."""
    document = new_document(delivery.title)
    page = _Page(document, Runs(lambda href: relation(document, href)))
    if delivery.notice:
        page.add(notice_paragraph(delivery.notice))
    heads = {item.text.string: item for item in delivery.blocks if item.kind is Kind.RUNNING_HEAD}
    above = heads if len(heads) <= HEADS else {}
    tables: dict[str, list[Delivered]] = {}
    for item in delivery.blocks:
        tables.setdefault(_table(item), []).append(item)
    for item in delivery.blocks:
        if table := _table(item):
            page.add_table(tables.pop(table, []))
        elif item.kind is not Kind.NOTE and not (above and item.kind is Kind.RUNNING_HEAD):
            page.add_block(item)
    _add_heads(document, list(above.values()))
    page.add_notes([item for item in delivery.blocks if item.kind is Kind.NOTE])
    return saved(document)


def new_document(title: str) -> Any:
    """An empty document in English, with the title among its properties."""
    import docx

    document = docx.Document()
    document.core_properties.title = clean(title)[0][:255]
    document.core_properties.language = "en-US"
    document.core_properties.author = ""
    document.core_properties.comments = ""
    for language in document.styles.element.iter(f"{W}lang"):
        language.set(f"{W}val", "en-US")
        language.set(f"{W}eastAsia", "zh-CN")
    return document


def relation(document: Any, href: str) -> str:
    """The id of the document's relation to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    return str(document.part.relate_to(clean(href)[0], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def saved(document: Any) -> bytes:
    """The document's file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def style_for(item: Delivered) -> str:
    """The style, among those of python-docx's template, that shows what a block is."""
    if item.kind is Kind.TITLE:
        return "Title"
    if item.kind is Kind.HEADING:
        return f"Heading {min(max(item.block.level, 1), 9)}"
    if item.kind is Kind.LIST_ITEM:
        level, mark = min(max(item.block.level, 1), 3), mark_of(item)
        own = not mark and NUMBERED.match(item.text.string)
        name = "List Continue" if own else "List Number" if number_of(mark) else "List Bullet"
        return name if level == 1 else f"{name} {level}"
    return "Caption" if item.kind is Kind.CAPTION else "Normal"


def _table(item: Delivered) -> str:
    """Which table a block stands in: its number, "" for none."""
    if item.kind is not Kind.CELL or not item.block.locators:
        return ""
    found = CELL.fullmatch(item.block.locators[0].cell or "")
    return (found[1] or "1") if found else ""


def _place(item: Delivered) -> tuple[int, int]:
    found = CELL.fullmatch(item.block.locators[0].cell or "")
    assert found is not None
    column = 0
    for letter in found[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[3]), column


def _add_heads(document: Any, heads: list[Delivered]) -> None:
    """The page's running heads; links in them would need relations of their own, and are words only."""
    header = document.sections[0].header
    for at, item in enumerate(heads):
        paragraph = header.paragraphs[0] if at == 0 else header.add_paragraph()
        Runs(lambda _: "").write(paragraph._p, item.text, SMALL)


class _Page:
    """The body of a new document, written element by element: python-docx looks every style up anew, and takes the
    square of the time for a long table."""

    def __init__(self, document: Any, runs: Runs) -> None:
        self._runs = runs
        self._lists = Lists(document)
        self._end = document.element.body.sectPr
        self._styles = {style.name: style.style_id for style in document.styles}

    def add(self, element: etree._Element) -> None:
        """Put an element at the end."""
        self._end.addprevious(element)

    def add_block(self, item: Delivered) -> None:
        """A paragraph in the style of its kind."""
        if item.kind is Kind.LIST_ITEM:
            properties = self._lists.properties(mark_of(item), item.block.level)
        else:
            properties = '<w:jc w:val="center"/>' if item.kind in CENTRED else ""
        paragraph = self._paragraph(style_for(item), properties)
        self._runs.write(paragraph, item.text, LOOKS.get(item.kind, ""))
        self.add(paragraph)

    def add_table(self, items: list[Delivered]) -> None:
        """A table of the cells' rows and columns; rows and columns that have no words at all are left out."""
        if not items:
            return
        known = sorted({_place(item)[1] for item in items})
        columns = {column: min(at, WIDEST - 1) for at, column in enumerate(known)}
        rows: dict[int, dict[int, list[Delivered]]] = {}
        for item in items:
            row, column = _place(item)
            rows.setdefault(row, {}).setdefault(columns[column], []).append(item)
        count = max(columns.values()) + 1
        style = self._styles["Table Grid"]
        table = xml(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
            f"<w:tblGrid>{'<w:gridCol/>' * count}</w:tblGrid></w:tbl>"
        )
        for _, cells in sorted(rows.items()):
            table.append(self._row([cells.get(at, []) for at in range(count)]))
        self.add(table)
        self.add(self._paragraph("Normal"))

    def add_notes(self, notes: list[Delivered]) -> None:
        """The notes, under a line, each with its number."""
        for number, item in enumerate(notes, 1):
            paragraph = self._paragraph("Normal", LINE if number == 1 else "")
            codes = tuple(code for code in item.text.codes if code.type != "fnote")  # its own mark, in the old file
            self._runs.write(paragraph, Text(f"[{number}]\t"), SMALL)
            self._runs.write(paragraph, Text(item.text.string, codes), SMALL)
            self.add(paragraph)

    def _row(self, cells: list[list[Delivered]]) -> etree._Element:
        row = xml("<w:tr/>")
        for items in cells:
            cell = xml('<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr></w:tc>')
            for item in items:
                paragraph = self._paragraph("Normal")
                self._runs.write(paragraph, item.text)
                cell.append(paragraph)
            if not items:
                cell.append(self._paragraph("Normal"))
            row.append(cell)
        return row

    def _paragraph(self, style: str, properties: str = "") -> etree._Element:
        return xml(f'<w:p><w:pPr><w:pStyle w:val="{self._styles[style]}"/>{properties}</w:pPr></w:p>')
