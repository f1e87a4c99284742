"""Lines of a region seen together: their usual size, the rows they stand in, the white between them, tables."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from bilingual.documents.pdf.lines import CJK, CLOSING, HALF, LETTERED, OPENING, Line
from bilingual.documents.pdf.shapes import Box
from bilingual.documents.pieces import latin

GUTTER = 0.75
"""The narrowest white between columns, in heights of the type."""

FAR = 2.2
"""From this gap on, two things on one line have nothing to do with each other."""

NARROW = 6.5
"""The narrowest column of running text, in heights of the type."""

STOPPED = re.compile(r"[，。、；：！？,;:!?”」]$")


def em(lines: Iterable[Line]) -> float:
    """The size most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for one in (line, *line.inside):
            sizes[round(one.size * 2) / 2] += len(one.string)
    return sizes.most_common(1)[0][0] or 1.0 if sizes else 1.0


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines that stand on one line together, from the top, each row from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and not line.upright and abs(rows[-1][0].base - line.base) < 0.35 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def white_columns(lines: Iterable[Line], least: float) -> list[tuple[float, float]]:
    """Where white of that width runs down through the lines."""
    found: list[tuple[float, float]] = []
    reach: float | None = None
    for left, right in sorted((line.box.left, without_mark(line)) for line in lines):
        if reach is not None and left - reach >= least:
            found.append((reach, left))
        reach = right if reach is None else max(reach, right)
    return found


def slabs(lines: list[Line]) -> list[list[Line]]:
    """The lines in groups that white runs across between, from the top."""
    found: list[list[Line]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda line: line.box.top):
        top, bottom = line.box.top + 0.13 * line.size, line.box.bottom - 0.12 * line.size
        if top >= reach - 0.01:
            found.append([])
        found[-1].append(line)
        reach = max(reach, bottom)
    return found


def beside(a: Box, b: Box) -> bool:
    """Whether the two share a part of the page's width."""
    return min(a.right, b.right) - max(a.left, b.left) > 1


def without_mark(line: Line) -> float:
    """Where a line ends but for a mark that may hang over its column's edge."""
    return line.box.right - HALF * line.size * (line.string[-1:] in CLOSING and len(line.string) > 1)


def split(lines: list[Line], whites: Iterable[tuple[float, float]]) -> list[list[Line]]:
    """The lines in columns, from the left."""
    edges = [(left + right) / 2 for left, right in whites]
    found: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        at = (line.box.left + line.box.right) / 2
        found[sum(edge < at for edge in edges)].append(line)
    return [column for column in found if column]


def is_table(lines: list[Line]) -> bool:
    """Whether the lines are cells: in rows that all columns share, and set too short or too narrow for running text."""
    size = em(lines)
    if any(line.shape or line.upright for line in lines):
        return False
    cells = split(lines, white_columns(lines, GUTTER * size))
    rows = rows_of(lines)
    if len(cells) < 2 or len(rows) < 2:
        return False
    full_rows = sum(len(row) > 1 for row in rows)
    if any(sum(len(row) > 1 for row in rows_of(column)) > 0.3 * len(rows) for column in cells):
        return False
    stopped = sum(bool(STOPPED.search(line.string)) for line in lines)
    if full_rows < 2 or full_rows < 0.6 * len(rows) or stopped > 0.3 * len(lines):
        return False
    return sum(is_running(column, size) for column in cells) < 2


def is_running(column: list[Line], size: float) -> bool:
    """Whether a column is wide enough for running text and most of its lines reach across it."""
    width = around(line.box for line in column).width
    return width >= NARROW * size and sum(line.box.width > 0.7 * width for line in column) >= 0.6 * len(column)


def whole_rows(lines: Iterable[Line]) -> list[Line]:
    """The lines from the top, those of one row put together where no wide gap parts them."""
    found: list[Line] = []
    for row in rows_of(lines):
        gaps = [b.box.left - a.box.right for a, b in itertools.pairwise(row)]
        even = len(gaps) > 1 and max(gaps) - min(gaps) < 0.3 * row[0].size
        whole = row[0]
        for line, gap in zip(row[1:], gaps, strict=True):
            size = min(whole.size, line.size)
            if line.shape or whole.shape or gap > FAR * size or abs(whole.size - line.size) > 0.3 * size:
                found.append(whole)
                whole = line
            else:
                marks = HALF * ((whole.string[-1:] in CLOSING) + (line.string[:1] in OPENING))
                whole = side_by_side(whole, line, spaced=not even and gap > (0.9 + 1.4 * marks) * size)
        found.append(whole)
    return found


def side_by_side(left: Line, right: Line, *, spaced: bool) -> Line:
    """Two lines of one row as one; `spaced` says that the gap between them is one between words."""
    chinese = CJK.match(left.string[-1:]) and CJK.match(right.string[:1])
    words = LETTERED.search(left.string) and right.string and latin(right.string[0])
    space = " " if words or (spaced and chinese) else ""
    bold = left.bold if len(left.string) >= len(right.string) else right.bold
    return replace(left, string=left.string + space + right.string, box=around([left.box, right.box]), bold=bold)


def usual_pitch(lines: list[Line]) -> float:
    """From line to line, in heights of the type: the median where lines of one size follow each other."""
    ratios = [
        (b.base - a.base) / a.size
        for a, b in itertools.pairwise(lines)
        if abs(a.size - b.size) < 0.3 and 0.8 * a.size < b.base - a.base < 2.6 * a.size
    ]
    return median(ratios) if ratios else 0.0
