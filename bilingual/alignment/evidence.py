"""What speaks for a bead: each reading is a number for every shape and cell, and a weight says how much it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from bilingual.alignment.likeness import chance, likeness
from bilingual.alignment.search import NEVER, SHAPES, Table, table
from bilingual.alignment.sides import Side, introduces, lead, questions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bilingual.alignment.band import Band
    from bilingual.alignment.vectors import Parts, Space

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

_NUMBER = {shape: number for number, shape in enumerate(SHAPES)}
_SIZES: dict[str, Callable[[int, int], float]] = {
    "left out": lambda _, b: b == 0,
    "put in": lambda a, _: a == 0,
    "1-2": lambda a, b: (a, b) == (1, 2),
    "2-1": lambda a, b: (a, b) == (2, 1),
    "2-2": lambda a, b: (a, b) == (2, 2),
    "3-1": lambda a, b: (a, b) in {(1, 3), (3, 1)},
    "4-1": lambda a, b: log2(max(a, b) - 2) if min(a, b) == 1 and max(a, b) > 3 else 0,
    "many": lambda a, b: min(a, b) > 1 and a + b > 4,
}
"""What is common and what is rare, whatever the texts say."""


@dataclass(frozen=True, slots=True)
class View:
    """The beads of a band with their sides: for each shape and cell the first source and target sentence after it."""

    cells: Table
    source: Side
    target: Side
    rows: Ints
    columns: Ints
    possible: NDArray[np.bool_]


def view(source: Side, target: Side, band: Band) -> View:
    """The view of a band."""
    cells = table(band)
    rows, columns = band.coordinates()
    return View(cells, source, target, rows, columns, cells.before < band.size)


def scores(seen: View, spaces: Mapping[str, Space], weights: Mapping[str, float]) -> Floats:
    """The score of every bead; a bead that cannot be gets one that no way can take."""
    import numpy as np

    total = np.zeros(seen.cells.before.shape, np.float32)
    for name, reading in readings(seen, spaces):
        if weight := weights.get(name, 0.0):
            total += np.float32(weight) * reading
    total[~seen.possible] = NEVER
    return total


def readings(seen: View, spaces: Mapping[str, Space]) -> Iterator[tuple[str, Floats]]:
    """Every reading with its name; each can be spread over shapes and cells."""
    for name, size in _SIZES.items():
        yield name, _by_shape([float(size(a, b)) for a, b in SHAPES])
    for name, space in spaces.items():
        yield from ((f"{name} {what}", reading) for what, reading in _alike(seen, *space))
    yield from _lengths(seen)
    yield from _looks(seen)
    if seen.source.blocks and seen.target.blocks:
        yield from _blocks(seen)


def _by_shape(values: Sequence[float]) -> Floats:
    import numpy as np

    return np.array(values, np.float32)[:, None]


def _alike(seen: View, source: Parts, target: Parts) -> Iterator[tuple[str, Floats]]:
    import numpy as np

    band = seen.cells.band
    alike = likeness(source, target, band, chance(source, target))
    alike[~seen.possible] = 0
    yield "likeness", alike
    yield "likeness by size", alike * _by_shape([(a + b) / 2 if a and b else 0 for a, b in SHAPES])
    yield "gain", _gains(seen, alike)
    ours = np.zeros(band.rows + 1, np.float32)
    theirs = np.zeros(band.columns + 1, np.float32)
    for number, (a, b) in enumerate(SHAPES):
        if a == 1 and b in {1, 2}:
            np.maximum.at(ours, seen.rows, alike[number])
        if b == 1 and a in {1, 2}:
            np.maximum.at(theirs, seen.columns, alike[number])
    lost = np.zeros_like(alike)
    lost[_NUMBER[0, 1]], lost[_NUMBER[1, 0]] = theirs[seen.columns], ours[seen.rows]
    yield "lost", lost
    rival = alike - np.maximum(ours[seen.rows], theirs[seen.columns])
    yield "rival", rival * _by_shape([float(bool(a and b)) for a, b in SHAPES])


def _gains(seen: View, alike: Floats) -> Floats:
    """What a bead wins by the weakest of its outer sentences."""
    import numpy as np

    band = seen.cells.band
    padded = np.concatenate([alike, np.zeros((len(SHAPES), 1), np.float32)], axis=1)
    above, left = band.numbers(seen.rows - 1, seen.columns), band.numbers(seen.rows, seen.columns - 1)
    gains = np.zeros_like(alike)
    for number, (a, b) in enumerate(SHAPES):
        without = [padded[other, :-1] for other in _smaller(a, b)]
        without += [padded[_NUMBER[a - 1, b], above]] if a > 1 and b else []
        without += [padded[_NUMBER[a, b - 1], left]] if b > 1 and a else []
        if without:
            gains[number] = alike[number] - np.maximum.reduce(without)
    return gains


def _smaller(a: int, b: int) -> list[int]:
    """The shapes with one sentence less that end in the same cell."""
    return [_NUMBER[shape] for shape in ((a - 1, b), (a, b - 1)) if min(shape) > 0 and a and b]


def _sums(values: Sequence[float]) -> Floats:
    import numpy as np

    return np.concatenate([[0.0], np.cumsum(np.array(values, np.float64))])


def _taken(sums: Floats, ends: Ints, sizes: Floats) -> Floats:
    """The sum over each bead's sentences of one side."""
    import numpy as np

    begins = np.maximum(ends - sizes.astype(np.int64), 0)
    taken: Floats = sums[ends] - sums[begins]
    return taken


def _counts() -> tuple[Floats, Floats]:
    return _by_shape([a for a, _ in SHAPES]), _by_shape([b for _, b in SHAPES])


def _lengths(seen: View) -> Iterator[tuple[str, Floats]]:
    import numpy as np

    a, b = _counts()
    ours, theirs = (_sums([len(s) for s in side.sentences]) for side in (seen.source, seen.target))
    ratio = theirs[-1] / max(ours[-1], 1)
    x, y = _taken(ours, seen.rows, a) * ratio, _taken(theirs, seen.columns, b)
    both = (a > 0) & (b > 0)
    apart = np.where(both, np.abs(np.log((x + 8) / (y + 8))), 0).astype(np.float32)
    yield "length", -apart
    yield "length squared", -np.minimum(apart * apart, 4)
    # Gale & Church (1993): the difference over what is usual for texts of this length
    usual = 6.8 * (x + y) / 2 + 1
    yield "length by chance", -np.where(both, np.minimum((x - y) ** 2 / usual, 30), 0).astype(np.float32)
    yield "length left out", np.where(both, 0, np.log(x + y + 1)).astype(np.float32)


def _looks(seen: View) -> Iterator[tuple[str, Floats]]:
    import numpy as np

    a, b = _counts()
    both = (a > 0) & (b > 0)
    ours, theirs = (np.array([False, *(introduces(s) for s in side.sentences)]) for side in (seen.source, seen.target))
    ends_ours, ends_theirs = ours[seen.rows], theirs[seen.columns]
    yield "colon alone", (((a > 0) & ends_ours) != ((b > 0) & ends_theirs)).astype(np.float32)
    asked = [_sums([questions(s) for s in side.sentences]) for side in (seen.source, seen.target)]
    x, y = _taken(asked[0], seen.rows, a), _taken(asked[1], seen.columns, b)
    yield "questions", np.where(both, -np.minimum(np.abs(x - y), 2), 0).astype(np.float32)
    leads = [_leads(side) for side in (seen.source, seen.target)]
    numbers = {text: number for number, text in enumerate(sorted({t for side in leads for t in side if t}), 1)}
    ids = [np.array([numbers.get(text, 0) for text in side] + [0]) for side in leads]
    x = ids[0][np.maximum(seen.rows - a.astype(np.int64), 0)]
    y = ids[1][np.maximum(seen.columns - b.astype(np.int64), 0)]
    yield "number", (both * ((x > 0) & (x == y))).astype(np.float32)
    yield "other number", (both * ((x > 0) & (y > 0) & (x != y))).astype(np.float32)


def _leads(side: Side) -> list[str]:
    return [lead(sentence) for sentence in side.sentences]


def _blocks(seen: View) -> Iterator[tuple[str, Floats]]:
    import numpy as np

    a, b = _counts()
    both = (a > 0) & (b > 0)
    begins = [np.array([*(side.begins(at) for at in range(len(side))), True]) for side in (seen.source, seen.target)]
    sums = [_sums([*map(float, side)]) for side in begins]
    x, y = np.maximum(seen.rows - a.astype(np.int64), 0), np.maximum(seen.columns - b.astype(np.int64), 0)
    first, second = begins[0][x], begins[1][y]
    inside = _taken(sums[0], seen.rows, a) - ((a > 0) & first) + _taken(sums[1], seen.columns, b) - ((b > 0) & second)
    yield "across blocks", -np.maximum(inside, 0).astype(np.float32)
    yield "both begin", (both & first & second).astype(np.float32)
    yield "one begins", -(both & (first != second)).astype(np.float32)
    heads = [np.array([*(side.headings or (False,) * len(side)), False]) for side in (seen.source, seen.target)]
    yield "heading alone", -(both & (heads[0][x] != heads[1][y])).astype(np.float32)
