"""From lines to paragraphs: where one ends, by indents, spacing, short last lines and the looks of the type."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bilingual.bitext import Kind
from bilingual.documents.kinds import own_kind
from bilingual.documents.pdf.lines import CJK, Line, joined_text
from bilingual.documents.pdf.page import Area
from bilingual.documents.pdf.rows import around, em, usual_pitch
from bilingual.documents.pdf.shapes import Box
from bilingual.documents.pdf.text import HYPHEN

INDENT = 0.8
"""From this much on, in heights of the type, a line is set in."""

SHORT = 1.6
"""A line that lacks this much of its column's width, in heights of the type, does not reach the edge."""

ENDED = re.compile(r"[。！？!?…；;：:.][”’」』)）】》\"']*$")
BULLET = re.compile(
    r"(?:[-*•·●◆■▪○]\s?|[(（]\d{1,3}[)）]|\d{1,3}[.、．](?!\d)|[①-⑳㉑-㉟]|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\S"
)
APART = frozenset({Kind.BYLINE, Kind.CREDIT, Kind.STAFF})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that read as one, on one page and in one column.

    `begins` says whether the first line looks like a paragraph's first (set in where paragraphs are), None where the
    column does not tell; `full` whether the last line reaches the column's edge; `first` whether nothing stands above
    it in its area. `level` is 0 until the headings of the whole document are known.
    """

    string: str
    box: Box
    size: float
    bold: bool
    page: int
    lines: int = 1
    upright: bool = False
    what: str = "text"
    frame: int = 0
    cell: str | None = None
    first: bool = False
    begins: bool | None = None
    full: bool = False
    kind: Kind = Kind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The edges of a column and how its lines follow each other, in heights of the type; `sets_in` says whether it
    marks a paragraph by setting its first line in."""

    left: float
    right: float
    size: float
    pitch: float
    sets_in: bool
    picture: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page sets its text: its size, from line to line in heights of the type, whether it sets paragraphs in;
    whether the document has spaces between Chinese characters and Latin letters, and digits."""

    size: float
    pitch: float
    sets_in: bool
    spaced: tuple[bool, bool]


def paragraphs(area: Area, page: int, habits: Habits) -> Iterable[Paragraph]:
    """The paragraphs of an area; `habits` are those of its page and document."""
    if area.what == "table":
        named = zip(area.lines, area.cells, strict=True)
        for cell, group_ in itertools.groupby(named, key=lambda pair: pair[1]):
            yield paragraph([line for line, _ in group_], area, page, None, habits, cell=cell)
        return
    own = usual_pitch(list(area.lines))
    column = Column(
        area.left,
        right_edge(area),
        max(em(area.lines), habits.size if area.what == "text" else 0),
        own or habits.pitch or 1.6,
        indents(area.lines, area.left) or habits.sets_in,
        area.what == "picture",
    )
    group: list[Line] = []
    first = True
    for line in area.lines:
        if group and starts(group, line, column):
            yield paragraph(group, area, page, column, habits, first=first)
            group, first = [], False
        group.append(line)
    if group:
        yield paragraph(group, area, page, column, habits, first=first)


def right_edge(area: Area) -> float:
    """Where most of the longest lines end: a mark may hang over the edge."""
    size = max(line.size for line in area.lines)
    near = Counter(round(2 * (area.right - line.box.right) / size) for line in area.lines)
    steps = [(count, -step) for step, count in near.items() if step <= 3]
    return area.right + max(steps)[1] * size / 2 if steps and max(steps)[0] > 1 else area.right


def indents(lines: Iterable[Line], left: float) -> bool:
    """Whether some lines are set in by about two characters, and more are not."""
    own = [line for line in lines if not line.upright]
    set_in = sum(INDENT * line.size < line.box.left - left < 3.2 * line.size for line in own)
    flush = sum(abs(line.box.left - left) < 0.5 * line.size for line in own)
    return 0 < set_in <= flush + 1 and flush > 0


def paragraph(
    lines: list[Line],
    area: Area,
    page: int,
    column: Column | None,
    habits: Habits,
    *,
    first: bool = False,
    cell: str | None = None,
) -> Paragraph:
    """The lines as one paragraph."""
    string = lines[0].string
    for line in lines[1:]:
        string = joined_text(string, line.string, habits.spaced)
    head, tail = lines[0], lines[-1]
    begins = head.box.left - column.left > INDENT * head.size if column and column.sets_in else None
    full = column is not None and column.right - tail.box.right < SHORT * tail.size
    inside = string[:-1].replace(HYPHEN, "") + string[-1:]
    return Paragraph(
        inside,
        around(line.box for line in lines),
        max(lines, key=lambda line: len(line.string)).size,
        all(line.bold for line in lines),
        page,
        len(lines),
        head.upright,
        area.what,
        area.frame,
        cell,
        first,
        begins,
        full,
    )


def starts(group: list[Line], line: Line, column: Column) -> bool:
    """Whether a new paragraph starts with the line under these."""
    last, size = group[-1], line.size
    pitch = line.base - last.base
    if line.upright or last.upright or abs(last.size - size) > 0.07 * size or pitch < 0.5 * size:
        return True
    if last.bold != line.bold and (len(group) == 1 or not line.bold) and last.font != line.font:
        return True
    if size > 1.1 * column.size:  # a headline goes on as long as its type does
        return pitch > 2 * size
    short = column.right - last.box.right > SHORT * size
    far = pitch > max(1.15 * column.pitch, column.pitch + 0.35) * size
    return far or by_words(group, line, column, short=short) or by_indent(group, line, column, short=short)


def by_words(group: list[Line], line: Line, column: Column, *, short: bool) -> bool:
    """Whether the line is a byline or a credit, or begins with the mark of a list item."""
    last = group[-1].string
    if (short or column.picture) and {own_kind(line.string), own_kind(last)} & APART:
        return True
    listed = short or bool(BULLET.match(group[0].string))
    return bool(BULLET.match(line.string)) and listed and bool(ENDED.search(last[-3:]))


def by_indent(group: list[Line], line: Line, column: Column, *, short: bool) -> bool:
    """Whether the line's left edge, or the white behind the line above it, says that a new paragraph starts."""
    last, size = group[-1], line.size
    by = line.box.left - last.box.left
    if centred(last, column) and centred(line, column):
        return False
    ended = bool(ENDED.search(last.string[-3:]))
    if by > INDENT * size:  # set in further than the line above: new, but for a list item's second line
        hanging = len(group) == 1 and BULLET.match(last.string) and not short
        return not hanging
    set_in = line.box.left - column.left > INDENT * size
    if set_in and column.sets_in and abs(by) < 0.5 * size and (len(group) == 1 or ended):
        return short or ended
    if by < -INDENT * size and len(group) > 1:
        return ended or short
    return short and (ended or (gap_for_more(last, line, column) and not column.picture))


def gap_for_more(last: Line, line: Line, column: Column) -> bool:
    """Whether the next line's first word would have fitted on the line above."""
    room = column.right - last.box.right
    word = re.match(r"[!-~]+", line.string)
    need = 0.55 * len(word.group()) * line.size if word else 1.0 * line.size
    return room > need + 1.8 * line.size and bool(CJK.match(line.string) or word)


def centred(line: Line, column: Column) -> bool:
    """Whether the line stands in the middle of its column, white on both sides."""
    before, after = line.box.left - column.left, column.right - line.box.right
    return before > 1.2 * line.size and abs(before - after) < 0.8 * line.size
