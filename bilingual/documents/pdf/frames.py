"""What is set apart from the text around it: sidebars in frames, pictures with their captions and credits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilingual.bitext import Kind
from bilingual.documents.kinds import own_kind
from bilingual.documents.pdf.lines import Line, cut
from bilingual.documents.pdf.rows import around, em
from bilingual.documents.pdf.shapes import RULE, Box

MOST_BOXES = 100
"""The most frames and pictures of a page that are looked at."""

MOST_RULES = 1000
"""The most rules of a page that are looked at: a drawing has more, and holds no table."""


def with_frames(lines: list[Line], frames: Iterable[Box]) -> list[Line]:
    """The lines, those inside a frame (a sidebar) put into one line that stands for it."""
    for frame in biggest(frames):
        held = [line for line in lines if frame.holds(middle(line))]
        if is_sidebar(frame, held, lines):
            taken = {id(line) for line in held}
            size = em(held)
            lines = [line for line in lines if id(line) not in taken]
            lines.append(Line("", frame, frame.bottom, size, inside=tuple(held), shape="frame"))
    return lines


def biggest(boxes: Iterable[Box]) -> list[Box]:
    """The biggest boxes, MOST_BOXES at most."""
    return sorted(set(boxes), key=lambda box: -box.width * box.height)[:MOST_BOXES]


def middle(line: Line) -> Box:
    """The line's box, half as high: type may stick out of a frame that holds it."""
    return Box(
        line.box.left, line.box.top + line.size / 4, line.box.right, max(line.box.bottom - line.size / 4, line.box.top)
    )


def is_sidebar(frame: Box, held: list[Line], lines: list[Line]) -> bool:
    """Whether a frame sets its lines apart: some text, but not the page's, and none of it through the frame's edge."""
    size = em(held)
    if len(held) < 2 or len(held) > 0.8 * len(lines) or sum(len(line.string) for line in held) < 12:
        return False
    crossing = any(frame.meets(middle(line)) and not frame.holds(middle(line)) for line in lines)
    return not crossing and frame.width > 6 * size and frame.height > 3 * size


def with_grids(lines: list[Line], rules: Iterable[Box], frames: Iterable[Box]) -> list[Line]:
    """The lines, those in the cells of a grid of rules put into one line that stands for the table."""
    for grid in grids([*rules, *frames]):
        whole = around(grid)
        held = [line for line in lines if whole.holds(middle(line), 3)]
        across, down = edges(grid, 0), edges(grid, 1)
        if not held or len(across) < 3 or len(down) < 3:
            continue
        parts = [part for line in held for part in cut_at_rules(line, beside(line, grid))]
        if len(parts) < 2 or not in_cells(parts, grid, across):
            continue
        taken = {id(line) for line in held}
        lines = [line for line in lines if id(line) not in taken]
        lines.append(
            Line("", whole, whole.bottom, em(parts), inside=tuple(parts), shape="grid", across=across, down=down)
        )
    return lines


def grids(boxes: list[Box]) -> list[list[Box]]:
    """Rules and frames that touch each other, three or more."""
    found: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left))[:MOST_RULES]:
        wide = Box(box.left - 2, box.top - 2, box.right + 2, box.bottom + 2)
        touching = [item for item in found if item[0].meets(wide)]
        found = [item for item in found if item not in touching]
        merged = [box, *(one for _, group in touching for one in group)]
        found.append((around(merged), merged))
    return [group for _, group in found if len(group) >= 3]


def edges(grid: list[Box], side: int) -> tuple[float, ...]:
    """Where the grid's upright (0) or level (1) rules stand; each once."""
    places: list[float] = []
    for box in grid:
        thin = box[side + 2] - box[side] <= RULE
        long = box[3 - side] - box[1 - side] > RULE
        framed = not thin and long
        places += [(box[side] + box[side + 2]) / 2] if thin and long else [box[side], box[side + 2]] * framed
    places.sort()
    return tuple(place for i, place in enumerate(places) if i == 0 or place - places[i - 1] > RULE)


def cut_at_rules(line: Line, across: tuple[float, ...]) -> list[Line]:
    """The line, cut where an upright rule stands in one of its gaps."""
    for gap in line.gaps:
        if any(gap[0] - 1 <= edge <= gap[1] + 1 for edge in across):
            first, second = cut(line, gap)
            return [first, *cut_at_rules(second, across)]
    return [line]


def beside(line: Line, grid: list[Box]) -> tuple[float, ...]:
    """Where the grid's upright rules stand that are drawn as far as the line: cells put together have none inside."""
    level = (line.box.top + line.box.bottom) / 2
    return edges([box for box in grid if box.top - 1 <= level <= box.bottom + 1], 0)


def in_cells(parts: list[Line], grid: list[Box], across: tuple[float, ...]) -> bool:
    """Whether no line runs through a rule, and most would not even if every upright rule ran through the whole grid."""
    wide = [line for line in parts if runs_through(line, across)]
    return len(wide) * 3 <= len(parts) and not any(runs_through(line, beside(line, grid)) for line in wide)


def runs_through(line: Line, across: tuple[float, ...]) -> bool:
    """Whether one of the rules stands inside the line."""
    return any(line.box.left + 1 < edge < line.box.right - 1 for edge in across)


def with_captions(lines: list[Line], shapes: Iterable[Box]) -> list[Line]:
    """The lines, those that stand under or beside a picture as its caption put into one line that stands for it."""
    size = em(lines)
    fonts = Counter(line.font for line in lines if abs(line.size - size) < 0.3)
    usual = fonts.most_common(1)[0][0] if fonts else ""
    for picture in sorted(biggest(shapes), key=lambda box: (box.top, box.left)):
        if any(line.box.meets(picture) for line in lines):
            continue
        found = caption_of(picture, lines, size, usual)
        if found:
            taken = {id(line) for line in found}
            whole = around([picture, *(line.box for line in found)])
            lines = [line for line in lines if id(line) not in taken]
            lines.append(Line("", whole, whole.bottom, em(found), inside=tuple(found), shape="picture"))
    return lines


def caption_of(picture: Box, lines: list[Line], size: float, usual: str) -> list[Line]:
    """The lines of a picture's caption and credit: next to it, within its width or height, and not like body text."""
    near = [line for line in lines if not line.shape and is_beside(picture, line) and not_body(line, size, usual)]
    for side in (1, 2, 3, 4):
        own = sorted((line for line in near if is_beside(picture, line) == side), key=lambda line: line.base)
        if own:
            return together_with(own, lines, size, picture if side == 1 else around([line.box for line in own]))
    return []


def is_beside(picture: Box, line: Line) -> int:
    """On which side of the picture the line stands: 1 below, 2 right, 3 left, 4 above, 0 elsewhere."""
    box, slack = line.box, line.size
    if picture.left - slack <= box.left and box.right <= picture.right + slack:
        if -0.3 * slack <= box.top - picture.bottom < 2 * slack:
            return 1
        return 4 if -0.3 * slack <= picture.top - box.bottom < 1.2 * slack else 0
    if picture.top - slack <= box.top and box.bottom <= picture.bottom + slack:
        if -0.3 * slack <= box.left - picture.right < 2.5 * slack:
            return 2
        return 3 if -0.3 * slack <= picture.left - box.right < 2.5 * slack else 0
    return 0


def not_body(line: Line, size: float, usual: str) -> bool:
    """Whether the line is set smaller than the body or in another type, or says itself that it is a caption."""
    if own_kind(line.string) in {Kind.CAPTION, Kind.CREDIT}:
        return True
    return line.size < 0.94 * size or (line.font != usual and line.size <= size and not line.bold)


def together_with(own: list[Line], lines: list[Line], size: float, within: Box) -> list[Line]:
    """The first lines of a caption, with those that go on under them in the same type."""
    found = list(own)
    for line in sorted((line for line in lines if not line.shape), key=lambda line: line.base):
        last = found[-1]
        close = 0 < line.base - last.base < 1.8 * last.size and abs(line.size - last.size) < 0.05 * last.size
        inside = within.left - size <= line.box.left and line.box.right <= within.right + size
        alike = line.font == last.font and (line.size < 0.94 * size or own_kind(line.string) is Kind.CREDIT)
        if line not in found and close and inside and alike:
            found.append(line)
    return found
