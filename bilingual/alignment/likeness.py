"""How alike the two sides of every bead in a band are, by the vectors of their spans.

Likeness is measured against chance, as Thompson & Koehn (2019) do: 0 is what any two spans of these texts have in
common, 1 is the same. Three readings are taken of it: the likeness itself, what a bead of several sentences wins by
its outer ones, and what a sentence that is left out would have found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.alignment.search import SHAPES
from bilingual.alignment.vectors import Spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bilingual.alignment.band import Band
    from bilingual.alignment.vectors import Parts

    Floats = NDArray[np.float32]

_SAMPLE = 200
"""So many spans of each size tell what chance is."""

_USUAL, _FEW = 0.9, 20
"""How far two spans that have nothing in common are from each other, and up to how many sentences that is believed."""

MOST = 6
"""The most sentences of one side in a bead."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The mean vector of each side, and how much it tells: in a short text much of it is the very span at hand."""

    source: Floats
    target: Floats
    known: float

    def apart(self, vectors: Floats, mean: Floats) -> Floats:
        """How far these spans are from the other side, whose mean this is, by chance."""
        far: Floats = self.known * (1 - vectors @ mean) + (1 - self.known) * _USUAL
        return far


def chance(source: Parts, target: Parts) -> Chance:
    """What a span of these texts is like, on the whole."""
    shorter = min(len(source), len(target))
    return Chance(_mean(source), _mean(target), shorter / (shorter + _FEW))


def _mean(parts: Parts) -> Floats:
    import numpy as np

    sizes = [size for size in (1, 2, 3) if size <= len(parts)]
    ends = [np.unique(np.linspace(size, len(parts), _SAMPLE).astype(np.int64)) for size in sizes]
    sampled = (parts.spans(size, at).mean(axis=0) for size, at in zip(sizes, ends, strict=True))
    mean: Floats = np.mean([*sampled], axis=0)
    return mean


def likeness(source: Parts, target: Parts, band: Band, by: Chance, most: int = MOST) -> Floats:
    """The likeness of each bead, shape by cell, of those with at most so many sentences on a side; 0 for the others,
    and where a side is empty or would begin before the text."""
    import numpy as np

    found = np.zeros((len(SHAPES), band.size), np.float32)
    ours, theirs = Spans(source), Spans(target)
    for first, end in band.chunks():
        low, high = int(band.low[first]), int(band.high[end - 1])
        xs = {a: _against(ours.ending(a, first, end), by, by.target) for a in range(1, most + 1)}
        ys = {b: _against(theirs.ending(b, low, high), by, by.source) for b in range(1, most + 1)}
        inside = _inside(band, first, end, low, high)
        for number, (a, b) in enumerate(SHAPES):
            if a and b and max(a, b) <= most:
                (x, far_x), (y, far_y) = xs[a], ys[b]
                alike = 1 - (1 - x @ y.T) / np.maximum((far_x[:, None] + far_y) / 2, 1e-6)
                found[number, band.starts[first] : band.starts[end]] = alike[inside]
    return found


def _against(vectors: Floats, by: Chance, mean: Floats) -> tuple[Floats, Floats]:
    """The vectors, and how far each is from the other side by chance."""
    return vectors, by.apart(vectors, mean)


def _inside(band: Band, first: int, end: int, low: int, high: int) -> NDArray[np.bool_]:
    import numpy as np

    columns = np.arange(low, high)
    lows, highs = band.low[first:end, None], band.high[first:end, None]
    inside: NDArray[np.bool_] = (columns >= lows) & (columns < highs)
    return inside
