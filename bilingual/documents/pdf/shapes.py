"""What is drawn on a page besides text: pictures, frames and rules, as somebody sees them who looks at the page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

MOST_SHAPES = 4_000
"""The most drawn things of one page that are looked at: a map has a hundred thousand lines, and none tells anything."""

MOST_SEGMENTS = 400
"""The most lines of one path that are looked at."""

PICTURE = 36.0
"""The least width and height, in points, of a picture or a box that has something to do with the layout."""

RULE = 3.0
"""The thickest that a rule is."""


class Box(NamedTuple):
    """Left, top, right, bottom in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, other: Box, slack: float = 2.0) -> bool:
        """Whether the other lies inside, but for `slack` points."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class View:
    """From a PDF's coordinates to those of a reader, who sees the page turned by `turn` quarters, its top at 0."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is seen."""
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        if self.turn == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box is seen."""
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def shapes(page: Any, view: View) -> tuple[tuple[Box, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Pictures, frames (boxes with something in them or not) and rules of a page, the first MOST_SHAPES of them; an
    outline too small for a frame is among the rules (the cells of a table may be drawn one by one)."""
    from pypdfium2 import raw

    pictures: list[Box] = []
    frames: list[Box] = []
    rules: list[Box] = []
    whole = Box(0, 0, *view.size)
    for i in range(min(raw.FPDFPage_CountObjects(page), MOST_SHAPES)):
        item = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(item)
        box = bounds(raw, item, view) if kind in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH} else None
        if box is None or not box.meets(whole):
            continue
        lines = list(straight(raw, item, view)) if kind == raw.FPDF_PAGEOBJ_PATH else []
        if lines:
            rules.extend(lines)
        elif min(box.width, box.height) <= RULE:
            rules.append(box)
        elif min(box.width, box.height) >= PICTURE and not box.holds(whole, 20):
            (pictures if kind == raw.FPDF_PAGEOBJ_IMAGE else frames).append(box)
        elif kind == raw.FPDF_PAGEOBJ_PATH and min(box.width, box.height) < PICTURE and outlined(raw, item):
            rules.append(box)
    return tuple(dict.fromkeys(pictures)), tuple(dict.fromkeys(frames)), tuple(rules)


def bounds(raw: Any, item: Any, view: View) -> Box | None:
    """The box of a drawn thing, None where it has none."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides) or not all(math.isfinite(side.value) for side in sides):
        return None
    return view.box(*(side.value for side in sides))


def outlined(raw: Any, path: Any) -> bool:
    """Whether the path's line is drawn."""
    filled, stroked = ctypes.c_int(), raw.FPDF_BOOL()
    return bool(raw.FPDFPath_GetDrawMode(path, filled, stroked)) and bool(stroked.value)


def straight(raw: Any, path: Any, view: View) -> Iterator[Box]:
    """The rules of a path that draws several, each apart from the others (a grid drawn at once); nothing for others."""
    count = raw.FPDFPath_CountSegments(path)
    if not 4 <= count <= MOST_SEGMENTS or count % 2:
        return
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    points: list[tuple[float, float]] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        wanted = (raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO)[i % 2]
        if raw.FPDFPathSegment_GetType(segment) != wanted:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(
            (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        )
    for (x1, y1), (x2, y2) in zip(points[::2], points[1::2], strict=True):
        box = view.box(x1, y1, x2, y2)
        if min(box.width, box.height) <= RULE:
            yield box
