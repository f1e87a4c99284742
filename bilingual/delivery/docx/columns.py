"""A Word document of two columns, for reading side by side: a row a sentence, Chinese left and English right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered, Delivery, Pair
from bilingual.delivery.docx.fill import notice_paragraph, xml
from bilingual.delivery.docx.make import new_document, relation, saved
from bilingual.delivery.docx.runs import CHINESE, ENGLISH, Runs
from bilingual.delivery.lists import with_marks

if TYPE_CHECKING:
    from lxml import etree

WIDTH = 7000
"""Of a column, in twentieths of a point: two of them fill a sheet of A4 that lies on its side."""

UNREVIEWED_FILL = "FFF2CC"
HEAD_FILL = "D9E2F3"
LEGEND = "Shaded sentences have not been reviewed by a person."
SIZES = {Kind.TITLE: '<w:b/><w:bCs/><w:sz w:val="30"/><w:szCs w:val="30"/>', Kind.HEADING: "<w:b/><w:bCs/>"}
SMALL = '<w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
QUIET = {Kind.CREDIT, Kind.STAFF, Kind.RUNNING_HEAD, Kind.NOTE, Kind.CAPTION, Kind.MARK}


def side_by_side(delivery: Delivery) -> bytes:
    """The document's sentences in two columns; headings are bold, what nobody has reviewed is shaded."""
    document = new_document(delivery.title)
    _lay_down(document)
    body = document.element.body
    notices = [delivery.notice] if delivery.notice else []
    if delivery.shows_state and any(not pair.reviewed for item in delivery.blocks for pair in item.pairs):
        notices.append(LEGEND)
    for at, words in enumerate(notices):
        body.insert(at, notice_paragraph(words))
    table = xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{2 * WIDTH}" w:type="dxa"/>'
        f'<w:tblBorders>{_edges()}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{WIDTH}"/><w:gridCol w:w="{WIDTH}"/></w:tblGrid></w:tbl>'
    )
    body.insert(len(notices), table)
    sides = [Runs(lambda href: relation(document, href), language) for language in (CHINESE, ENGLISH)]
    head = Pair(Text("Chinese"), Text("English"), reviewed=True)
    _add_row(table, sides, head, "<w:b/><w:bCs/>", head=True)
    for item in delivery.blocks:
        properties = SIZES.get(item.kind, SMALL if item.kind in QUIET else "")
        for pair in _pairs(item):
            _add_row(table, sides, pair if delivery.shows_state else replace(pair, reviewed=True), properties)
    return saved(document)


def _pairs(item: Delivered) -> Iterator[Pair]:
    """The sentences of a block; itself, as it is, where there is nothing to translate."""
    if item.pairs:
        yield from with_marks(item)
    elif item.block.text.string:
        yield Pair(item.block.text, item.text, reviewed=True)


def _lay_down(document: Any) -> None:
    """Turn the sheet (A4) on its side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(20)


def _edges() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>' for side in sides)


def _add_row(table: etree._Element, sides: list[Runs], pair: Pair, properties: str, *, head: bool = False) -> None:
    """A row that no page end divides; the head comes again on every page."""
    row = xml(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr></w:tr>")
    fill = HEAD_FILL if head else "" if pair.reviewed else UNREVIEWED_FILL
    for side, text, shade in zip(sides, (pair.source, pair.target), (fill if head else "", fill), strict=True):
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
        cell = xml(
            f'<w:tc><w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/>{shading}</w:tcPr>'
            '<w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p></w:tc>'
        )
        side.write(cell[-1], text, properties)
        row.append(cell)
    table.append(row)
