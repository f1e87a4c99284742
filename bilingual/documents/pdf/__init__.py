"""PDF: pages to lines, lines to columns and paragraphs, and those that run over a column's or a page's end joined."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Document, Flag, FlagKind, Locator, Span, Template
from bilingual.documents.pdf.blocks import Habits, Paragraph, indents, paragraphs
from bilingual.documents.pdf.flow import joined_up
from bilingual.documents.pdf.kinds import body_size, running, with_kinds
from bilingual.documents.pdf.lines import Frame, Line, lines_of, spaced_scripts
from bilingual.documents.pdf.page import Area, Shapes, areas
from bilingual.documents.pdf.rows import rows_of, usual_pitch, whole_rows
from bilingual.documents.pdf.text import Sheet, opened, sheet
from bilingual.documents.pieces import Piece
from bilingual.documents.text import blocks
from bilingual.errors import InputError
from bilingual.safexml import names

if TYPE_CHECKING:
    from bilingual.documents import Progress

OCR = "run OCR on it first, for example: ocrmypdf -l chi_sim+eng IN.pdf OUT.pdf"


UNREADABLE = 0.05
"""From this share of unreadable characters on, a page as a whole is in doubt."""

LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a page when it is closed."""

    number: int
    lines: list[Line]
    shapes: Shapes
    frame: Frame
    unreadable: int
    outside: int
    more: int

    @property
    def characters(self) -> int:
        """How many characters were read."""
        return sum(len(line.string) for line in self.lines)

    @property
    def height(self) -> float:
        """From top to bottom, in the direction its text runs."""
        return self.frame.size[1]


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in a PDF: blocks in reading order, with the page and the box of each of their parts.

    Raises InputError for one that needs a password, is broken, or has no text at all.
    """
    pages, broken = pages_of(data, name, progress)
    if not any(page.lines for page in pages):
        raise InputError("the PDF has no text: its pages are scanned or drawn", OCR, path=name)
    body = body_size(line for page in pages for line in page.lines)
    spaced = spaced_scripts(line for page in pages for line in page.lines)
    edges = running([(page.lines, page.height) for page in pages])
    found = [p for page, own in zip(pages, edges, strict=True) for p in of_page(page, own, body, spaced)]
    named = with_kinds(found, body)
    text, pieces = pieces_of(named)
    whole = joined_up(named, pieces, spaced)
    template = Template(name, hashlib.sha256(data).hexdigest(), "pdf")
    return Document(name, "zh", text, tuple(blocks(whole)), template, doubts(pages, broken))


def pages_of(data: bytes, name: str, progress: Progress | None) -> tuple[list[Page], list[int]]:
    """Every page's lines and shapes, and the numbers of those that cannot be opened; one page is open at a time."""
    pages: list[Page] = []
    broken: list[int] = []
    with opened(data, name) as pdf:
        count = len(pdf)
        for index in range(count):
            seen = sheet(pdf, index)
            if seen is None:
                broken.append(index + 1)
            else:
                pages.append(page_of(seen))
            if progress is not None:
                progress(index + 1, count)
    return pages, broken


def page_of(seen: Sheet) -> Page:
    """The lines of a page and what is drawn around them."""
    lines, frame = lines_of(seen)
    drawn = (tuple(map(frame.into, boxes)) for boxes in (seen.pictures, seen.frames, seen.rules))
    return Page(seen.number, lines, Shapes(*drawn), frame, seen.unreadable, seen.outside, seen.more)


def of_page(page: Page, edges: set[int], body: float, spaced: tuple[bool, bool]) -> Iterable[Paragraph]:
    """The paragraphs of a page in reading order, running heads before and after the rest."""
    edges = edges | {at for at, line in enumerate(page.lines) if line.shape == "slant"}
    middle = [line for at, line in enumerate(page.lines) if at not in edges]
    outer = [page.lines[at] for at in edges]
    high = [line for line in outer if line.base < page.height / 2]
    low = [line for line in outer if line.base >= page.height / 2]
    inner = areas(middle, page.shapes)
    pitch = usual_pitch([line for area in inner for line in area.lines])
    long = [area for area in inner if len(area.lines) > 3]
    sets_in = sum(indents(area.lines, area.left) for area in long) * 2 > len(long)
    habits = Habits(body, pitch, sets_in, spaced)
    for area in (*edge_areas(high), *inner, *edge_areas(low)):
        for p in paragraphs(area, page.number, habits):
            yield replace(p, box=page.frame.back(p.box))


def edge_areas(lines: list[Line]) -> Iterable[Area]:
    """Each running head by itself, those of one row from the left."""
    for line in whole_rows(line for row in rows_of(lines) for line in row):
        yield Area((line,), line.box.left, line.box.right, "edge")


def pieces_of(found: list[Paragraph]) -> tuple[str, list[Piece]]:
    """The text of a document, a line for each paragraph, and the pieces that lie in it."""
    start = 0
    pieces: list[Piece] = []
    for p in found:
        span = Span(start, start + len(p.string))
        start = span.end + 1
        box = (round(p.box.left, 1), round(p.box.top, 1), round(p.box.right, 1), round(p.box.bottom, 1))
        locator = Locator(page=p.page, box=box, cell=p.cell)
        pieces.append(Piece(p.string, (span,), (locator,), p.kind, p.level, flags=tuple(unknown(p))))
    return "\n".join(p.string for p in found), pieces


def unknown(p: Paragraph) -> Iterable[Flag]:
    """A flag for each run of characters that mean nothing outside their own font, or that were lost."""
    for found in LOST.finditer(p.string):
        reason = f"page {p.page}: the file does not say which characters these are: {names(found.group())}"
        yield Flag(FlagKind.CHARACTERS, reason, Span(*found.span()))


def doubts(pages: list[Page], broken: list[int]) -> tuple[Flag, ...]:
    """What a person must know about the document as a whole."""
    reasons = []
    if broken:
        reasons.append(f"{listed(broken)} cannot be opened, and nothing of it was read")
    if empty := [page.number for page in pages if not page.lines]:
        reasons.append(f"{listed(empty)} without text: if it is scanned, {OCR}")
    if unreadable := [page.number for page in pages if page.unreadable > UNREADABLE * page.characters]:
        reasons.append(
            f"{listed(unreadable)}: the fonts do not say which characters they draw; if it reads wrong, {OCR}"
        )
    if outside := [page.number for page in pages if page.outside]:
        reasons.append(f"{listed(outside)}: text beyond the edge of the page was left out")
    if more := [page.number for page in pages if page.more]:
        reasons.append(f"{listed(more)}: too many characters, the rest was left out")
    return tuple(Flag(FlagKind.SOURCE, reason) for reason in reasons)


def listed(pages: list[int]) -> str:
    """Page numbers for people: "page 3", "pages 1, 4–9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    shown = ", ".join("–".join(map(str, run)) for run in runs)
    return f"page{'s' if len(pages) > 1 else ''} {shown}"
