"""Where the two texts run together, roughly: found in groups of sentences, then in groups half as large, and so on.

Each step looks only near the path of the one before, so that the whole costs as many steps as there are sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.alignment import band as bands
from bilingual.alignment.likeness import chance, likeness
from bilingual.alignment.search import NEVER, SHAPES, best, table

if TYPE_CHECKING:
    from bilingual.alignment.band import Band
    from bilingual.alignment.vectors import Parts

SMALL = 160
"""So many groups are compared with all others."""
REACH = 12
"""How far from a path the next one may run, in groups."""
_ROUGH = ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1))
_LEAST = 0.2
"""How much more than chance two groups must be alike to be put side by side."""


def near_path(source: Parts, target: Parts, reach: int) -> Band:
    """The cells worth looking at when sentences are aligned: those within `reach` of the rough path."""
    source, target = source.simple(), target.simple()
    size = 1
    while max(len(source), len(target)) > SMALL * size:
        size *= 2
    path = _path(source, target, size, None)
    while size > 1:
        size //= 2
        path = _path(source, target, size, path)
    return bands.around(path, len(source), len(target), reach)


def _path(source: Parts, target: Parts, size: int, before: list[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The cells on the best path through groups of `size` sentences, near the one through groups twice as large."""
    ours, theirs = source.grouped(size), target.grouped(size)
    rows, columns = len(ours), len(theirs)
    area = bands.around(before, rows, columns, REACH, scale=2) if before else bands.whole(rows, columns)
    cells = table(area)
    scores = likeness(ours, theirs, area, chance(ours, theirs), most=2)
    for number, (a, b) in enumerate(SHAPES):
        if (a, b) not in _ROUGH:
            scores[number] = NEVER
        elif a and b:
            scores[number] = (scores[number] - _LEAST) * (a + b) / 2
    scores[cells.before == area.size] = NEVER
    return [(0, 0), *((row, column) for row, column, _ in best(cells, scores))]
