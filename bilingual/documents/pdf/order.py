"""In what order are blocks read that no straight cut parts? By how they stand to each other.

After Breuel, "High performance document layout analysis", 2003.
"""

from __future__ import annotations

from bilingual.documents.pdf.lines import Line
from bilingual.documents.pdf.rows import GUTTER, around, beside, em, rows_of, slabs, white_columns
from bilingual.documents.pdf.shapes import Box

MOST_OPEN = 100
"""How many blocks, of those that began last, a line may go on in."""


def blocks(lines: list[Line]) -> list[list[Line]]:
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
        fitting = [block for block in made[-MOST_OPEN:] if belongs(block[-1], line)]
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


def between(c: Box, a: Box, b: Box) -> bool:
    """Whether the first stands, from top to bottom, between the other two."""
    return min(a.top, b.top) < c.top < max(a.top, b.top)
