"""In what order are the lines of a page read? Frames, bands and columns, found by the white between them.

A region is cut into bands where something spans its columns, into columns where white runs down through it, and so on
in each part (a recursive XY-cut). `order` has the case where no straight cut goes through.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from bilingual.documents.pdf.frames import with_captions, with_frames, with_grids
from bilingual.documents.pdf.headlines import headline_bands
from bilingual.documents.pdf.lines import Line, cut
from bilingual.documents.pdf.order import blocks
from bilingual.documents.pdf.rows import GUTTER, around, em, is_table, rows_of, slabs, split, white_columns, whole_rows
from bilingual.documents.pdf.shapes import RULE, Box

DEEPEST = 40
"""How often a region is cut at most."""

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
    lines = with_grids(lines, shapes.rules, shapes.frames)
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
        for divide in (partial(ruled_bands, rules=shapes.rules), *CUTS):
            found = divide(lines)
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
    taken = set(map(id, wide))
    rest = [line for line in lines if id(line) not in taken and not line.shape]
    whites = white_columns(rest, 0.4 * em(rest))
    if not whites:
        return lines
    return [part for line in lines for part in (cut_at(line, whites) if id(line) in taken else [line])]


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
    if line.shape == "grid":
        yield ruled_table(line)
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


def ruled_table(grid: Line) -> Area:
    """The cells of a table whose rules are drawn, row by row; a cell of several lines has one name for them all."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in grid.inside:
        x, y = (line.box.left + line.box.right) / 2, (line.box.top + line.box.bottom) / 2
        place = (sum(edge < y for edge in grid.down), max(0, sum(edge < x for edge in grid.across) - 1))
        cells.setdefault(place, []).append(line)
    named = [
        (line, f"{letters(column)}{row}") for (row, column), own in sorted(cells.items()) for line in whole_rows(own)
    ]
    lines, names = zip(*named, strict=True)
    return Area(lines, grid.box.left, grid.box.right, "table", cells=names)


def letters(at: int) -> str:
    """The name of a column, as spreadsheets count: A, B, … Z, AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def columns(lines: list[Line]) -> list[list[Line]]:
    """The columns that white runs down between through the whole region. Text runs past pictures and sidebars that
    stand across columns: those come first where they stand at the top, else last."""
    size = em(lines)
    text = [line for line in lines if not line.shape]
    whites = white_columns(text, GUTTER * size)
    across = [line for line in lines if line.shape and any(crosses(line.box, white) for white in whites)]
    taken = set(map(id, across))
    found = split([line for line in lines if id(line) not in taken], whites)
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


def ruled_bands(lines: list[Line], rules: Iterable[Box]) -> list[list[Line]]:
    """The parts between rules that are drawn across the region."""
    whole = around(line.box for line in lines)
    reach = 0.75 * whole.width
    lines_across = [rule for rule in rules if rule.height <= RULE < rule.width and covers(rule, whole) >= reach]
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


def bands(lines: list[Line]) -> list[list[Line]]:
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


CUTS = (headline_bands, columns, bands, blocks)
"""The cuts in the order in which they are tried, after that at rules; each gives the parts of a region, one where it
does not apply."""
