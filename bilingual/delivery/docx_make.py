"""A new Word document, for what did not come as one: headings, lists, tables and notes from the blocks' kinds."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered, Delivery
from bilingual.delivery.docx_fill import notice_paragraph
from bilingual.delivery.docx_runs import Runs
from bilingual.documents.docx_look import with_properties
from bilingual.documents.ooxml import W
from bilingual.safexml import clean

SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/><w:color w:val="595959"/>'
LOOKS = {Kind.BYLINE: "<w:i/><w:iCs/>", Kind.STAFF: SMALL, Kind.CREDIT: SMALL, Kind.RUNNING_HEAD: SMALL}
"""Run properties of kinds that the template has no style for."""

CENTRED = {Kind.MARK, Kind.CREDIT}
NUMBERED = re.compile(r"(?:[-*•·]|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)、）]|[①-⑳])\s*\S")
"""A list item that has its mark in its own words, and needs no second one."""

CELL = re.compile(r"(?:(\d+):)?([A-Z]{1,3})(\d+)")
WIDEST = 63
"""The most columns a Word table may have."""

HEADS = 3
"""How many running heads a page has room for; more of them stand in the text."""


def make(delivery: Delivery, suffix: str = ".docx") -> bytes:  # noqa: ARG001 (one kind only)
    """A new document: Word's own styles for titles, headings, lists and captions, notes at the end."""
    document = new_document(delivery.title)
    runs = Runs(lambda href: relation(document, href))
    if delivery.notice:
        document.element.body.insert(0, notice_paragraph(delivery.notice))
    heads = list(dict.fromkeys(item for item in delivery.blocks if item.kind is Kind.RUNNING_HEAD))
    as_header = {id(item) for item in heads} if len(heads) <= HEADS else set()
    for table, group in itertools.groupby(delivery.blocks, key=_table):
        items = [item for item in group if id(item) not in as_header and item.kind is not Kind.NOTE]
        if table and items:
            _add_table(document, runs, items)
        else:
            for item in items:
                _add_block(document, runs, item)
    _add_heads(document, [item for item in heads if id(item) in as_header])
    _add_notes(document, runs, [item for item in delivery.blocks if item.kind is Kind.NOTE])
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
        level = min(max(item.block.level, 1), 3)
        name = "List Continue" if NUMBERED.match(item.text.string) else "List Bullet"
        return name if level == 1 else f"{name} {level}"
    return "Caption" if item.kind is Kind.CAPTION else "Normal"


def _add_block(document: Any, runs: Runs, item: Delivered) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph(style=style_for(item))
    if item.kind in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    runs.write(paragraph._p, item.text, LOOKS.get(item.kind, ""))


def _table(item: Delivered) -> str:
    """Which table a block stands in: its number, "" for none."""
    if item.kind is not Kind.CELL or not item.block.locators:
        return ""
    found = CELL.fullmatch(item.block.locators[0].cell or "")
    return (found[1] or "1") if found else ""


def _add_table(document: Any, runs: Runs, items: list[Delivered]) -> None:
    """A table of the cells' rows and columns; those that have no words at all are left out."""
    places = [_place(item) for item in items]
    rows = {row: at for at, row in enumerate(sorted({row for row, _ in places}))}
    columns = {column: min(at, WIDEST - 1) for at, column in enumerate(sorted({column for _, column in places}))}
    table = document.add_table(0, min(len(columns), WIDEST), style="Table Grid")
    cells = [table.add_row().cells for _ in rows]
    for item, (row, column) in zip(items, places, strict=True):
        cell = cells[rows[row]][columns[column]]
        fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
        runs.write(paragraph._p, item.text)
    document.add_paragraph()


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


def _add_notes(document: Any, runs: Runs, notes: list[Delivered]) -> None:
    """The notes, under a line, each with its number."""
    from lxml import etree

    for number, item in enumerate(notes, 1):
        paragraph = document.add_paragraph()
        if number == 1:
            border = etree.SubElement(paragraph._p.get_or_add_pPr(), f"{W}pBdr")
            top = etree.SubElement(border, f"{W}top")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "6"), ("color", "7F7F7F")):
                top.set(f"{W}{name}", value)
        run = etree.SubElement(paragraph._p, f"{W}r")
        run.append(with_properties(None, SMALL))
        etree.SubElement(run, f"{W}t").text = f"[{number}]"
        etree.SubElement(etree.SubElement(paragraph._p, f"{W}r"), f"{W}tab")
        words = Text(item.text.string, tuple(code for code in item.text.codes if code.type != "fnote"))
        runs.write(paragraph._p, words, SMALL)
