"""From characters to lines: what is set on one line without a gap, in which direction, and with which spaces.

A gap between columns and a gap inside a line look alike here; `page` tells them apart, and puts lines together.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from bilingual.documents.pdf.shapes import Box
from bilingual.documents.pdf.text import BLANK, HYPHEN, Glyph, Sheet
from bilingual.documents.pieces import latin

GAP = 0.65
"""From this gap on, in heights of the type, two characters may stand in two columns."""

SOME_GAP = 0.3
"""A gap that may turn out to be the one between two columns, when the rest of the page is seen."""

SPACED_GAP = 2.6
"""The same where the file itself has a space between them."""

WORD_GAP = 0.18
"""From this gap on, two Latin letters stand in two words."""

OPENING, CLOSING = "（《“‘「『【〈〔", "，。、；：！？）》”’」』】〉〕"
"""Marks that fill half of a full width; the other half is white, and may hang over the column's edge."""

HALF = 0.5

CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
MIXED = re.compile("(?=([\u4e00-\u9fff] ?[A-Za-z0-9])|([A-Za-z0-9] ?[\u4e00-\u9fff]))")
"""A Chinese character beside a Latin one, with or without a space between."""

LETTERED = re.compile(r"[A-Za-z0-9\u00c0-\u024f][,.;:!?%)\]\"'’”]*$")


class Mark(NamedTuple):
    """A character in the direction of its line: from `left` to `right`, standing at `base`."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    bold: bool
    space: str


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one line. `box` is as high as its type is big, whatever the font says; `upright` lines run downwards.

    `gaps` are the wider gaps between its characters: left, right, and the place in `string` of what follows. A line may
    stand for a "frame", a "picture" or a "grid" (`shape`), whose text is in `inside`; a grid's rules are at `across`
    and `down`. Slanted text has the shape "slant".
    """

    string: str
    box: Box
    base: float
    size: float
    bold: bool = False
    font: str = ""
    upright: bool = False
    inside: tuple[Line, ...] = ()
    shape: str = ""
    gaps: tuple[tuple[float, float, int], ...] = ()
    across: tuple[float, ...] = ()
    down: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is turned so that its main text runs to the right: by `turn` quarters, from its width and height."""

    turn: int
    width: float
    height: float

    def into(self, box: Box) -> Box:
        """A box of the page in the frame."""
        left, top, right, bottom = box
        if self.turn == 1:
            return Box(top, self.width - right, bottom, self.width - left)
        if self.turn == 2:
            return Box(self.width - right, self.height - bottom, self.width - left, self.height - top)
        if self.turn == 3:
            return Box(self.height - bottom, left, self.height - top, right)
        return box

    def back(self, box: Box) -> Box:
        """A box of the frame on the page."""
        inverse = Frame(-self.turn % 4, *((self.height, self.width) if self.turn % 2 else (self.width, self.height)))
        return inverse.into(box)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in the frame."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)


def lines_of(sheet: Sheet) -> tuple[list[Line], Frame]:
    """The lines of a page, in no order that means anything, and the frame their boxes are in."""
    runs = list(upright_runs(sheet.glyphs))
    stacked = {id(glyph) for run in runs for glyph in run}
    turns = Counter(1 if id(g) in stacked else g.turn for g in sheet.glyphs if g.turn < 4)
    main = turns.most_common(1)[0][0] if turns else 0
    frame = Frame(main, sheet.width, sheet.height)
    found: list[Line] = []
    for turn in range(5):
        own = [g for g in sheet.glyphs if g.turn == turn and id(g) not in stacked]
        found.extend(turned(own, turn, frame))
    for run in runs:
        found.extend(turned(run, 1, frame, stacked=True))
    return found if main == 1 else with_stacks(found), frame


def upright_runs(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    """Chinese characters that were set one below the other, three or more."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not below(run[-1], glyph):
            if len(run) >= 3:
                yield run
            run = []
        run = [*run, glyph] if run else [glyph]
    if len(run) >= 3:
        yield run


def below(first: Glyph, second: Glyph) -> bool:
    """Whether the second stands right under the first, both of one size."""
    size = first.size
    if first.turn or second.turn or abs(size - second.size) > 0.1 * size or not CJK.match(second.text):
        return False
    across = (first.left + first.right - second.left - second.right) / 2
    down = (second.top + second.bottom - first.top - first.bottom) / 2
    return abs(across) < 0.35 * size and 0.6 * size < down < 1.7 * size


def turned(glyphs: list[Glyph], turn: int, frame: Frame, *, stacked: bool = False) -> list[Line]:
    """The lines of glyphs that run in one direction, in the coordinates of the frame."""
    if not glyphs:
        return []
    own = Frame(turn % 4, frame.width, frame.height)
    if turn == 4:
        return [slanted(run, frame) for run in slanted_runs(glyphs)]
    marks = [mark_of(glyph, own, stacked=stacked) for glyph in glyphs]
    lines = [line_of(run) for run in close_runs(runs_of(marks))]
    if own.turn == frame.turn:
        return lines
    moved = (replace(line, box=frame.into(own.back(line.box)), upright=True) for line in lines)
    return [replace(line, base=line.box.bottom) for line in moved]


def slanted_runs(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs that the file sets one after the other on a slanted line."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else glyph
        near = math.hypot(glyph.x - last.x, glyph.y - last.y) < 2.5 * glyph.size
        if runs and near and abs(glyph.size - last.size) < 0.1 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def slanted(run: list[Glyph], frame: Frame) -> Line:
    """A slanted line (a stamp, a watermark), which stands apart from the text."""
    lefts, tops, rights, bottoms = zip(*(glyph[1:5] for glyph in run), strict=True)
    box = frame.into(Box(min(lefts), min(tops), max(rights), max(bottoms)))
    string = "".join((" " if glyph.space and at else "") + glyph.text for at, glyph in enumerate(run))
    return Line(string, box, box.bottom, run[0].size, run[0].bold, run[0].font, upright=True, shape="slant")


def mark_of(glyph: Glyph, frame: Frame, *, stacked: bool) -> Mark:
    """The glyph in the direction of its line."""
    rest = (glyph.text, glyph.size, glyph.font, glyph.bold, glyph.space)
    text, size, font, bold, space = rest
    if stacked:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return Mark(text, y - size / 2, y + size / 2, frame.width - x + 0.38 * size, size, font, bold, space)
    box = frame.into(Box(*glyph[1:5]))
    base = frame.into(Box(glyph.x, glyph.y, glyph.x, glyph.y)).bottom
    wide = box.width > 0.8 * size
    left = box.left + HALF * size * (wide and text in OPENING)
    right = box.right - HALF * size * (wide and text in CLOSING)
    return Mark(text, left, max(left, right), base, size, font, bold, space)


def runs_of(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks that the file sets one after the other on one line."""
    runs: list[list[Mark]] = []
    for mark in marks:
        if runs and follows(runs[-1][-1], mark):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def follows(first: Mark, second: Mark) -> bool:
    """Whether the second stands right after the first, raised or lowered at most like a superscript."""
    size = max(first.size, second.size)
    if second[1:4] == first[1:4]:  # letters of one ligature
        return True
    gap = second.left - first.right
    if (
        gap < -0.7 * size
        or abs(first.base - second.base) > (0.2 if abs(first.size - second.size) < 0.5 else 0.5) * size
    ):
        return False
    two_halves = HALF * (first.text in CLOSING and second.text in OPENING)
    return gap < (SPACED_GAP if second.space else GAP + two_halves) * min(first.size, second.size)


def close_runs(runs: list[list[Mark]]) -> list[list[Mark]]:
    """Runs that stand on one line without a gap, put together; the file may set them in any order."""
    rows: list[list[list[Mark]]] = []
    for run in sorted(runs, key=lambda run: run[0].base):
        near = [row for row in rows[-6:] if abs(row[0][0].base - run[0].base) < 0.2 * min(row[0][0].size, run[0].size)]
        near[-1].append(run) if near else rows.append([run])
    closed: list[list[Mark]] = []
    for row in rows:
        row.sort(key=lambda run: run[0].left)
        whole: list[Mark] = []
        for run in row:
            if whole and not (similar(whole[-1], run[0]) and follows(whole[-1], run[0])):
                closed.append(whole)
                whole = []
            whole.extend(run)
        closed.append(whole)
    return closed


def similar(first: Mark, second: Mark) -> bool:
    """Whether the two are of about one size."""
    return 0.6 < first.size / second.size < 1.7


def line_of(run: list[Mark]) -> Line:
    """The marks as a line."""
    size = Counter(round(mark.size, 1) for mark in run).most_common(1)[0][0]
    usual = [mark for mark in run if abs(mark.size - size) < 0.1] or run
    base = median(mark.base for mark in usual)
    box = Box(run[0].left, base - 0.88 * size, max(mark.right for mark in run), base + 0.12 * size)
    bold = sum(mark.bold for mark in run) * 2 > len(run)
    string, gaps = string_of(run)
    return Line(string, box, base, size, bold, Counter(mark.font for mark in run).most_common(1)[0][0], gaps=gaps)


def cut(line: Line, gap: tuple[float, float, int]) -> tuple[Line, Line]:
    """The line as two, that before a gap and that behind it."""
    left, right, at = gap
    first = replace(line, string=line.string[:at].rstrip(BLANK), box=line.box._replace(right=left))
    second = replace(line, string=line.string[at:], box=line.box._replace(left=right))
    return (
        replace(first, gaps=tuple(g for g in line.gaps if g[2] < at)),
        replace(second, gaps=tuple((g[0], g[1], g[2] - at) for g in line.gaps if g[2] > at)),
    )


def string_of(run: list[Mark]) -> tuple[str, tuple[tuple[float, float, int], ...]]:
    """The text of the marks and its gaps, with the spaces of the file and those that Latin words are set apart by.

    Spaces between most of the Chinese characters (as recognition of scanned text writes them) say nothing.
    """
    pairs = list(itertools.pairwise(run))
    chinese = [b for a, b in pairs if CJK.match(a.text) and CJK.match(b.text)]
    scattered = len(chinese) > 5 and sum(bool(mark.space) for mark in chinese) > 0.6 * len(chinese)
    usual = median(b.left - a.right for a, b in pairs) if pairs else 0.0
    parts = [run[0].text]
    gaps = []
    length = len(parts[0])
    for before, mark in pairs:
        both = CJK.match(before.text) and CJK.match(mark.text)
        if (mark.space and not (both and scattered)) or apart(before, mark, usual):
            parts.append("\u3000" if mark.space == "\u3000" else " ")
            length += 1
        if mark.left - before.right > SOME_GAP * mark.size:
            gaps.append((before.right, mark.left, length))
        parts.append(mark.text)
        length += len(mark.text)
    return "".join(parts), tuple(gaps)


def apart(first: Mark, second: Mark, usual: float) -> bool:
    """Whether a gap that no character fills stands for a space: between Latin words, and where the gaps between the
    other characters of the line are much smaller."""
    gap = second.left - first.right
    if latin(second.text[0]) and LETTERED.search(first.text):
        return gap > WORD_GAP * first.size
    marks = first.text in CLOSING or second.text in OPENING
    digits = first.text.isdigit() or second.text.isdigit()
    return not marks and not digits and gap > usual + 0.2 * max(first.size, second.size)


def with_stacks(lines: list[Line]) -> list[Line]:
    """The lines, single characters that stand one below the other (a headline set upright) put together."""
    single = [line for line in lines if len(line.string) == 1 and CJK.match(line.string) and not line.upright]
    taken: set[int] = set()
    stacks: list[list[Line]] = []
    for line in sorted(single, key=lambda line: (line.box.left // 4, line.box.top)):
        last = stacks[-1][-1] if stacks else None
        pitch = (line.base - last.base) / line.size if last else 0
        level = last is not None and abs(last.size - line.size) < 0.1 * line.size
        if last and level and abs(last.box.left - line.box.left) < 0.35 * line.size and 0.8 < pitch < 1.6:
            stacks[-1].append(line)
        else:
            stacks.append([line])
    whole = [stack for stack in stacks if len(stack) >= 3]
    taken = {id(line) for stack in whole for line in stack}
    return [line for line in lines if id(line) not in taken] + [stacked(stack) for stack in whole]


def stacked(stack: list[Line]) -> Line:
    """Characters one below the other as one line."""
    first, last = stack[0], stack[-1]
    box = Box(
        min(line.box.left for line in stack), first.box.top, max(line.box.right for line in stack), last.box.bottom
    )
    string = "".join(line.string for line in stack)
    return replace(first, string=string, box=box, base=last.base, upright=True)


def spaced_scripts(lines: Iterable[Line]) -> tuple[bool, bool]:
    """Whether the text sets a space between Chinese characters and Latin letters, and between them and digits."""
    found: Counter[tuple[bool, bool]] = Counter()
    for line in lines:
        for edge in MIXED.finditer(line.string):
            pair = edge.group(1) or edge.group(2)
            found[any(map(str.isdigit, pair)), " " in pair] += 1
    letters, digits = (found[kind, True] > found[kind, False] for kind in (False, True))
    return letters, digits


def joined_text(first: str, second: str, spaced: tuple[bool, bool] = (False, False)) -> str:
    """The second line's text after the first's: words that a hyphen broke are whole again, Latin words stay apart;
    `spaced` is what `spaced_scripts` says of the document."""
    if first.endswith(HYPHEN):
        return first[:-1] + second
    if re.search("[a-z]-$", first) and re.match("[a-z]", second):
        return first[:-1] + second
    due = LETTERED.search(first) and re.match(r"[A-Za-z0-9\u00c0-\u024f(\[“\"]", second)
    if due:
        return first + second if re.search(r"(?:https?://|www\.)\S*$", first) else f"{first} {second}"
    edge = MIXED.match(first[-1:] + second[:1])
    mixed = edge is not None and spaced[any(map(str.isdigit, edge.group(1) or edge.group(2)))]
    return f"{first} {second}" if mixed else first + second
