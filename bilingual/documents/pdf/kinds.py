"""What is each paragraph of a PDF? Headings by the size of their type, running heads by where they come back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bilingual.bitext import Kind
from bilingual.documents.kinds import HEADING_LENGTH, own_kind
from bilingual.documents.pdf.blocks import BULLET, ENDED, Paragraph
from bilingual.documents.pdf.lines import Line
from bilingual.documents.pdf.rows import rows_of

EDGE = 0.14
"""How much of a page's height at its head and at its foot may be a running head."""

HEAD = 1.13
"""From this size on, relative to the body, a short paragraph is a heading."""

SMALL, MARGIN = 0.92, 2.0
"""How small the type of a running head is that stands on one page only, and how far from the text, relative to the
body."""

LONGEST = 80
"""The most characters of a heading, however big its type."""

DATED = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,12}(?:星期|周|第?\s*\d+\s*版)|(?:责任)?编辑.{0,20}第?\s*\d+\s*版"
)
NUMBERS = re.compile(r"\d+|[〇一二三四五六七八九十]+")
NUMBER = re.compile(
    r"[-—–·•|/\s]*(?:第|p\.?|page)?\s*(?:[A-Z]?\d{1,4}|[ivxlcdm]{1,7})(?:\s*(?:/|of|页|頁|版|共)\s*\d{0,4}\s*[页頁版]?)*[-—–·•|\s]*",
    re.IGNORECASE,
)


def running(pages: list[tuple[list[Line], float]]) -> list[set[int]]:
    """For each page (its lines and its height) the lines, by place in the list, that are running heads or page numbers:
    at the edge, and back on another page in the same place; or dated as newspapers are."""
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    found: list[set[int]] = []
    edges = [edge_lines(lines, height) for lines, height in pages]
    for page, ((lines, height), own) in enumerate(zip(pages, edges, strict=True)):
        for at in own:
            for place in places(lines[at], height):
                seen[place].add(page)
    for (lines, height), own in zip(pages, edges, strict=True):
        size = body_size(lines)
        comes_back = {at for at in own if any(len(seen[place]) > 1 for place in places(lines[at], height))}
        numbered = {at for at in own if NUMBER.fullmatch(lines[at].string)}
        dated = {at for at in own if DATED.search(lines[at].string)} | alone_at_the_head(lines, height, size)
        found.append({at for at in comes_back | numbered | dated if lines[at].size < 1.5 * size or at in numbered})
    return found


def alone_at_the_head(lines: list[Line], height: float, size: float) -> set[int]:
    """The lines of the first row where that is a running head even though it comes back nowhere (a single page): small
    type in the top margin, far from what follows, with a number (a date, an issue, a page) and no sentence."""
    rows = rows_of(line for line in lines if not line.upright)
    if len(rows) < 3 or rows[0][0].base > 0.5 * EDGE * height + size:
        return set()
    first, white = rows[0], min(line.box.top for line in rows[1]) - max(line.base for line in rows[0])
    small = all(line.size <= SMALL * size and not ENDED.search(line.string[-3:]) for line in first)
    if not small or white < MARGIN * size or not any(NUMBERS.search(line.string) for line in first):
        return set()
    return {at for at, line in enumerate(lines) if any(line is own for own in first)}


def places(line: Line, height: float) -> Iterable[tuple[str, int]]:
    """What a line says but for its numbers, and about where it stands: the same on two pages for a running head."""
    said = NUMBERS.sub("#", line.string) if len(line.string) > 1 else "#"
    at = line.base if line.base < height / 2 else line.base - height
    return ((said, round(at / 6) + shift) for shift in (0, 1))


def edge_lines(lines: list[Line], height: float) -> set[int]:
    """The lines of the first two rows and the last two, where they stand at the page's edge."""
    number = {id(line): at for at, line in enumerate(lines)}
    rows = rows_of(line for line in lines if not line.upright)
    outer = [*rows[:2], *rows[-2:]]
    high, low = EDGE * height, (1 - EDGE) * height
    return {number[id(line)] for row in outer for line in row if line.base < high or line.base > low}


def body_size(lines: Iterable[Line]) -> float:
    """The size most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.string)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def with_kinds(paragraphs: list[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs with their kinds; headings have their levels."""
    named = [replace(p, kind=kind_of(p, body)) for p in paragraphs]
    return with_levels(named, body)


def kind_of(p: Paragraph, body: float) -> Kind:
    """What a paragraph is by its looks, its place and what it says of itself."""
    if p.what == "edge":
        return Kind.MARK if NUMBER.fullmatch(p.string) or own_kind(p.string) is Kind.MARK else Kind.RUNNING_HEAD
    if p.what == "table":
        return Kind.CELL
    own = own_kind(p.string)
    if p.what == "picture":
        return own if own in {Kind.CREDIT, Kind.MARK} else Kind.CAPTION
    if is_heading(p, body) and own in {Kind.PARAGRAPH, Kind.LIST_ITEM}:
        return Kind.HEADING
    return Kind.LIST_ITEM if own is Kind.PARAGRAPH and BULLET.match(p.string) else own


def is_heading(p: Paragraph, body: float) -> bool:
    """Whether the type is bigger than the body's, or bold, on a short paragraph that is no sentence."""
    if (
        len(p.string) > LONGEST
        or p.string.endswith(("。", "，", ",", "、", "；"))
        or not any(map(str.isalnum, p.string))
    ):
        return False
    if p.size >= HEAD * body or (p.upright and p.size > body):
        return True
    return p.bold and p.lines < 3 and len(p.string) <= HEADING_LENGTH and not ENDED.search(p.string[-3:])


def with_levels(paragraphs: list[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs, the title found (the biggest type of the first page) and headings given levels by their sizes."""
    heads = [p for p in paragraphs if p.kind is Kind.HEADING]
    if not heads:
        return paragraphs
    start = paragraphs[0].page
    on_first = [p for p in heads if p.page == start and not p.frame]
    biggest = max((p.size for p in on_first), default=0.0)
    title = next((p for p in on_first if p.size > 0.93 * biggest), None)
    if title is None or title.size < HEAD * body:
        title = None
    sizes = sorted({round(p.size) for p in heads if p is not title and p.size >= HEAD * body}, reverse=True)[:5]
    found = []
    for p in paragraphs:
        if p is title:
            found.append(replace(p, kind=Kind.TITLE))
        elif p.kind is Kind.HEADING:
            level = next((at for at, size in enumerate(sizes, 1) if round(p.size) >= size), len(sizes) + 1)
            found.append(replace(p, level=level))
        else:
            found.append(p)
    return found
