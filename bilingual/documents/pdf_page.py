"""In what order are the lines of a page read? Frames, bands and columns, found by the white between them.

A region is cut into bands where something spans its columns, into columns where white runs down through it, and so on
in each part (a recursive XY-cut). Where no straight cut goes through, blocks of lines are put in order by how they
stand to each other (Breuel, "High performance document layout analysis", 2003).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilingual.bitext import Kind
from bilingual.documents.kinds import own_kind
from bilingual.documents.pdf_frames import with_captions, with_frames
from bilingual.documents.pdf_lines import Line, cut
from bilingual.documents.pdf_rows import GUTTER, around, em, is_table, rows_of, split, white_columns, whole_rows
from bilingual.documents.pdf_text import Box

DEEPEST = 40
"""How often a region is cut at most."""

BIG = 1.22
"""From this size on, relative to the text around, a line is a headline."""

ITEM = re.compile(r"[-*•·●◆■▪○–—①-⑳㉑-㉟]|[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）.、．]?")


@dataclass(frozen=True, slots=True)
class Area:
    """Lines that stand one below the other in one column, read from the top.

    `what` is "text", "table" (a line for each cell; `cells` names them, "B3"), or "picture" (its caption); `frame` is a
    number for the sidebar it stands in, 0 for none.
    """

    lines: tuple[Line, ...]
    left: float
    right: float
    what: str = "text"
    frame: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn on a page besides text."""

    pictures: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()


def areas(lines: list[Line], shapes: Shapes) -> list[Area]:
    """The areas of a page in reading order; every line is in one of them."""
    if not lines:
        return []
    lines = with_frames(lines, shapes.frames)
    lines = with_captions(lines, (*shapes.pictures, *shapes.frames))
    return list(parts(lines, shapes, 0))


def parts(lines: list[Line], shapes: Shapes, depth: int) -> Iterable[Area]:
    """The areas of a region in reading order."""
    lines = unbridged(lines)
    if is_table(lines):
        yield table(lines)
        return
    if len(lines) > 1 and depth < DEEPEST:
        for divide in CUTS:
            found = divide(lines, shapes)
            if len(found) > 1:
                for part in found:
                    yield from parts(part, shapes, depth + 1)
                return
    yield from leaf(lines, shapes, depth)


def unbridged(lines: list[Line]) -> list[Line]:
    """The lines, those cut that reach over the white between two columns only because a mark hangs into it."""
    text = sorted(line.box.width for line in lines if not line.shape)
    usual = text[len(text) // 2] if text else 0.0
    wide = [line for line in lines if line.gaps and line.box.width > 1.3 * usual]
    if not wide or len(wide) * 4 > len(lines):
        return lines
    rest = [line for line in lines if line not in wide and not line.shape]
    whites = white_columns(rest, 0.4 * em(rest))
    if not whites:
        return lines
    return [part for line in lines for part in (cut_at(line, whites) if line in wide else [line])]


def cut_at(line: Line, whites: list[tuple[float, float]]) -> list[Line]:
    """The line, cut where one of its gaps lies over white."""
    for gap in line.gaps:
        if any(left - 0.6 * line.size <= gap[0] and gap[1] <= right + 0.6 * line.size for left, right in whites):
            first, second = cut(line, gap)
            return [first, *cut_at(second, whites)]
    return [line]


def leaf(lines: list[Line], shapes: Shapes, depth: int) -> Iterable[Area]:
    """The areas of one column: its text, parted by the frames and pictures that stand in it."""
    box = around(line.box for line in lines if not line.shape) if any(not line.shape for line in lines) else None
    for shaped, group in itertools.groupby(whole_rows(lines), key=lambda line: line.shape):
        own = list(group)
        if not shaped and box:
            yield Area(tuple(own), box.left, box.right)
        for line in own if shaped else ():
            yield from inside(line, shapes, depth)


def inside(line: Line, shapes: Shapes, depth: int) -> Iterable[Area]:
    """The areas of a frame, or the caption of a picture."""
    if line.shape == "picture":
        rows = whole_rows(line.inside)
        box = around(row.box for row in rows)
        yield Area(tuple(rows), box.left, box.right, "picture")
        return
    lines = with_captions(list(line.inside), shapes.pictures)
    number = round(line.box.left) * 10_000 + round(line.box.top) + 1
    yield from (replace(area, frame=number) for area in parts(lines, shapes, depth + 1))


def table(lines: list[Line]) -> Area:
    """The lines as cells, row by row."""
    size = em(lines)
    columns_ = split(lines, white_columns(lines, GUTTER * size))
    column_of = {id(line): at for at, column in enumerate(columns_) for line in column}
    cells: list[tuple[Line, str]] = []
    for number, row in enumerate(rows_of(lines), start=1):
        for at, group in itertools.groupby(row, key=lambda line: column_of[id(line)]):
            cells.extend((line, f"{letters(at)}{number}") for line in whole_rows(group))
    box = around(line.box for line in lines)
    return Area(tuple(line for line, _ in cells), box.left, box.right, "table", cells=tuple(name for _, name in cells))


def letters(at: int) -> str:
    """The name of a column, as spreadsheets count: A, B, … Z, AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


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


def columns(lines: list[Line], _: Shapes) -> list[list[Line]]:
    """The columns that white runs down between through the whole region. Text runs past pictures and sidebars that
    stand across columns: those come first where they stand at the top, else last."""
    size = em(lines)
    text = [line for line in lines if not line.shape]
    whites = white_columns(text, GUTTER * size)
    across = [line for line in lines if line.shape and any(crosses(line.box, white) for white in whites)]
    found = split([line for line in lines if line not in across], whites)
    merged: list[list[Line]] = []
    for column in found:
        one = merged and not (is_column(merged[-1]) and is_column(column))
        if one and level(merged[-1], column, size):
            merged[-1] = merged[-1] + column
        else:
            merged.append(column)
    if len(merged) < 2:
        return [lines]
    top = min(line.box.top for line in text)
    first = [line for line in across if line.box.top < top]
    return [*([line] for line in first), *merged, *([line] for line in across if line not in first)]


def crosses(box: Box, white: tuple[float, float]) -> bool:
    """Whether the box stands across the white between two columns."""
    return box.left < white[0] and white[1] < box.right


def is_column(lines: list[Line]) -> bool:
    """Whether the lines may be a column of their own: not one line, not only the numbers of a list."""
    if any(line.shape or line.upright for line in lines):
        return True
    if all(ITEM.fullmatch(line.string) for line in lines):
        return False
    return len(rows_of(lines)) > 1


def level(left: list[Line], right: list[Line], size: float) -> bool:
    """Whether each line of the smaller group stands on one line with one of the other."""
    few, many = sorted((left, right), key=len)
    bases = [line.base for line in many]
    return all(any(abs(line.base - base) < 0.35 * size for base in bases) for line in few)


def ruled_bands(lines: list[Line], shapes: Shapes) -> list[list[Line]]:
    """The parts between rules that are drawn across the region."""
    whole = around(line.box for line in lines)
    reach = 0.75 * whole.width
    lines_across = [rule for rule in shapes.rules if rule.width > rule.height and covers(rule, whole) >= reach]
    edges = sorted((rule.top + rule.bottom) / 2 for rule in lines_across)
    edges = [edge for edge in edges if not any(line.box.top + 1 < edge < line.base - 1 for line in lines)]
    found: dict[int, list[Line]] = {}
    for line in lines:
        at = (line.box.top + line.box.bottom) / 2
        found.setdefault(sum(edge < at for edge in edges), []).append(line)
    return [found[at] for at in sorted(found)]


def covers(rule: Box, whole: Box) -> float:
    """How much of the region's width a rule runs along."""
    return min(rule.right, whole.right) - max(rule.left, whole.left)


def headline_bands(lines: list[Line], _: Shapes) -> list[list[Line]]:
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
    rest = [line for line in lines if line not in slab]
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


def bands(lines: list[Line], _: Shapes) -> list[list[Line]]:
    """The parts of a region one above the other: those where white runs down between columns, and the rest."""
    size = em(lines)
    groups: list[list[Line]] = []
    whites: list[list[tuple[float, float]]] = []
    for slab in slabs(lines):
        own = white_columns(slab, GUTTER * size)
        if groups:
            both = shared(whites[-1], own, slab, groups[-1], size)
            if both is not None:
                groups[-1].extend(slab)
                whites[-1] = both
                continue
        groups.append(list(slab))
        whites.append(own)
    return plain_together(groups, whites)


def shared(
    before: list[tuple[float, float]], own: list[tuple[float, float]], slab: list[Line], group: list[Line], size: float
) -> list[tuple[float, float]] | None:
    """The white that runs down through the group and the slab under it; None where the two are set differently."""
    if not before and not own:
        return []
    both = white_columns([*group, *slab], GUTTER * size) if before else []
    return both or None


def plain_together(groups: list[list[Line]], whites: list[list[tuple[float, float]]]) -> list[list[Line]]:
    """The groups, those of one or two lines that only look like columns taken as plain text, and that put together."""
    found: list[list[Line]] = []
    plain_before = False
    for group, white in zip(groups, whites, strict=True):
        plain = not white or (len(rows_of(group)) < 3 and not any(line.shape or line.upright for line in group))
        if plain and plain_before:
            found[-1].extend(group)
        else:
            found.append(group)
        plain_before = plain
    return found


def blocks(lines: list[Line], _: Shapes) -> list[list[Line]]:
    """Blocks of lines in the order that their places tell, where no straight cut goes through the region."""
    if not white_between(lines):
        return [lines]
    made = grown(lines)
    return ordered(made) if len(made) > 1 else [lines]


def white_between(lines: list[Line]) -> bool:
    """Whether there is more than one column anywhere in the region."""
    size = em(lines)
    level_pairs = sum(len(white_columns(row, GUTTER * size)) for row in rows_of(lines))
    return level_pairs >= 3 or len(slabs(lines)) < len(rows_of(lines)) - 2


def grown(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand closely one below the other, in one column and one type."""
    made: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        fitting = [block for block in made if belongs(block[-1], line)]
        if len(fitting) == 1:
            fitting[0].append(line)
        else:
            made.append([line])
    return made


def belongs(above: Line, line: Line) -> bool:
    """Whether the line goes on right under the other in the same column."""
    if above.shape or line.shape or above.upright or line.upright or abs(above.size - line.size) > 0.15 * above.size:
        return False
    overlap = min(above.box.right, line.box.right) - max(above.box.left, line.box.left)
    narrow = min(above.box.width, line.box.width)
    return overlap > 0.5 * narrow and 0 < line.base - above.base < 2.4 * line.size


def ordered(made: list[list[Line]]) -> list[list[Line]]:
    """The blocks, each behind those that must be read before it; of several that may come next, the left upper one."""
    boxes = [around(line.box for line in block) for block in made]
    if len(made) > 400:
        return [made[i] for i in sorted(range(len(made)), key=lambda i: (boxes[i].top, boxes[i].left))]
    before = {i: {j for j in range(len(made)) if j != i and precedes(boxes, j, i)} for i in range(len(made))}
    order: list[int] = []
    left = set(before)
    while left:
        free = [i for i in left if not before[i] & left] or [min(left, key=lambda i: len(before[i] & left))]
        after_last = [i for i in free if order and over(boxes[order[-1]], boxes[i])]
        chosen = min(
            after_last or free,
            key=lambda i: (boxes[i].left, boxes[i].top) if after_last else (boxes[i].top, boxes[i].left),
        )
        order.append(chosen)
        left.discard(chosen)
    return [made[i] for i in order]


def precedes(boxes: list[Box], first: int, second: int) -> bool:
    """Whether one block is read before the other: above it in the same column, or left of it with nothing between that
    spans both."""
    a, b = boxes[first], boxes[second]
    if over(a, b):
        return True
    if over(b, a) or a.right > b.left + 1:
        return False
    return not any(c is not a and c is not b and beside(c, a) and beside(c, b) and between(c, a, b) for c in boxes)


def over(a: Box, b: Box) -> bool:
    """Whether the first stands above the second, in the same column."""
    return beside(a, b) and a.top < b.top


def beside(a: Box, b: Box) -> bool:
    """Whether the two share a part of the page's width."""
    return min(a.right, b.right) - max(a.left, b.left) > 1


def between(c: Box, a: Box, b: Box) -> bool:
    """Whether the first stands, from top to bottom, between the other two."""
    return min(a.top, b.top) < c.top < max(a.top, b.top)


CUTS = (ruled_bands, headline_bands, columns, bands, blocks)
"""The cuts in the order in which they are tried; each gives the parts of a region, one where it does not apply."""
