"""Which lines are a headline over several columns? Those in big type that nothing stands beside."""

from __future__ import annotations

from bilingual.bitext import Kind
from bilingual.documents.kinds import own_kind
from bilingual.documents.pdf.lines import Line
from bilingual.documents.pdf.rows import GUTTER, around, beside, em, rows_of, slabs, split, white_columns
from bilingual.documents.pdf.shapes import Box

BIG = 1.22
"""From this size on, relative to the text around, a line is a headline."""


def headline_bands(lines: list[Line]) -> list[list[Line]]:
    """The parts that a headline over several columns parts, though it may be no wider than one of them; what stands
    between it and the columns (a byline) is a part too."""
    size = em(lines)
    whole = around(line.box for line in lines)
    found: list[list[Line]] = [[]]
    heads = 0
    top = True
    for slab in slabs(lines):
        if is_headline(slab, lines, whole, size, top=top):
            if heads and goes_on(found, slab):
                found[-2].extend(slab)
            else:
                found.extend((slab, []))
            heads += 1
            top = True
        elif top and is_under_headline(slab, whole):
            found.extend((slab, []))
        else:
            found[-1].extend(slab)
            top = False
    found = [part for part in found if part]
    return found if heads and has_columns(found, size) else [lines]


def goes_on(found: list[list[Line]], slab: list[Line]) -> bool:
    """Whether the slab is the next line of the headline above."""
    if found[-1] or len(found) < 2:
        return False
    last = found[-2][-1]
    return abs(last.size - slab[0].size) < 0.05 * last.size and slab[0].base - last.base < 2 * last.size


def is_headline(slab: list[Line], lines: list[Line], whole: Box, size: float, *, top: bool) -> bool:
    """Whether the lines are one headline over all columns: in big type, and nothing beside it."""
    if any(line.size < BIG * size or line.upright or line.shape for line in slab) or parted(slab):
        return False
    return top or spans(slab, whole) or clear(slab, lines, size)


def is_under_headline(slab: list[Line], whole: Box) -> bool:
    """Whether the lines stand between a headline and its columns: one line, in the middle or a byline."""
    line = slab[0]
    if len(slab) > 1 or line.shape or line.upright:
        return False
    return in_middle(line.box, whole) or own_kind(line.string) is Kind.BYLINE


def spans(slab: list[Line], whole: Box) -> bool:
    """Whether the slab stands in the middle of the region, or over most of it."""
    box = around(line.box for line in slab)
    return in_middle(box, whole) or box.width > 0.6 * whole.width


def parted(slab: list[Line]) -> bool:
    """Whether the slab is of several headlines side by side, each over its own columns."""
    size = max(line.size for line in slab)
    sides = split(slab, white_columns(slab, GUTTER * size))
    return sum(sum(len(line.string) for line in side) > 2 for side in sides) > 1


def clear(slab: list[Line], lines: list[Line], size: float) -> bool:
    """Whether the other columns of the region have nothing beside the slab, but something well above and below it."""
    own = around(line.box for line in slab)
    taken = set(map(id, slab))
    rest = [line for line in lines if id(line) not in taken]
    text = [line for line in rest if not line.shape and line.size < BIG * size]
    reaches = (15 * size, 30 * size, 60 * size, float("inf"))
    nearby = ([line for line in text if abs(line.base - own.bottom) < reach] for reach in reaches)
    sides = next((cut for near in nearby if len(cut := split(near, white_columns(near, GUTTER * size))) > 1), [])
    others = [box for side in sides if not beside(box := around(line.box for line in side), own)]
    return bool(others) and all(white_beside(box, rest, own, slab[0].size) >= own.height + size for box in others)


def white_beside(column: Box, lines: list[Line], own: Box, size: float) -> float:
    """How much white a column has beside a headline; 0 where it begins or ends there, or has a headline of its own."""
    inside = [line for line in lines if beside(line.box, column)]
    above = [line for line in inside if line.box.top + line.box.bottom < own.top + own.bottom]
    below = [line for line in inside if line.box.top + line.box.bottom >= own.top + own.bottom]
    if not above or not below:
        return 0.0
    last, first = max(above, key=lambda line: line.box.bottom), min(below, key=lambda line: line.box.top)
    headed = any(line.size >= 0.85 * size and not line.shape for line in (last, first))
    return 0.0 if headed else first.box.top - last.box.bottom


def in_middle(box: Box, whole: Box) -> bool:
    """Whether the box stands in the middle of the region, white on both sides."""
    off = (box.left + box.right - whole.left - whole.right) / 2
    return abs(off) < 0.03 * whole.width and box.width < 0.96 * whole.width


def has_columns(found: list[list[Line]], size: float) -> bool:
    """Whether any of the parts is set in columns."""
    texts = ([line for line in part if not line.shape] for part in found)
    return any(len(rows_of(text)) > 2 and white_columns(text, GUTTER * size) for text in texts)
