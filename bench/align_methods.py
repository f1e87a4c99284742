"""Other people's ways to align, each in a page: Gale & Church (1993) by lengths, and the cost of Thompson & Koehn
(2019), known as vecalign, with our encoder. The search is ours; the shapes are those they were published with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, log

import numpy as np
from numpy.typing import NDArray

from bilingual.alignment import band as bands
from bilingual.alignment.coarse import near_path
from bilingual.alignment.encoder import Encoder
from bilingual.alignment.search import NEVER, SHAPES, best, table
from bilingual.alignment.vectors import Parts, Spans

Bead = tuple[tuple[int, ...], tuple[int, ...]]
Floats = NDArray[np.float32]

_PRIORS = {(1, 1): 0.89, (1, 0): 0.0099 / 2, (0, 1): 0.0099 / 2, (2, 1): 0.089 / 2, (1, 2): 0.089 / 2, (2, 2): 0.011}
_VARIANCE = 6.8
_LONGEST = 5


def gale_church(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Beads by the lengths of sentences in characters alone."""
    ours, theirs = (np.array([0, *map(len, side)]).cumsum() for side in (source, target))
    ratio = theirs[-1] / ours[-1]
    cells = table(bands.around([(0, 0), (len(source), len(target))], len(source), len(target), 120))
    rows, columns = cells.band.coordinates()
    scores = np.full((len(SHAPES), cells.band.size), NEVER, np.float32)
    tail = np.vectorize(lambda distance: log(max(erfc(distance / 2**0.5), 1e-30)))
    for number, (a, b) in enumerate(SHAPES):
        if (a, b) in _PRIORS:
            x = ours[rows] - ours[np.maximum(rows - a, 0)]
            y = theirs[columns] - theirs[np.maximum(columns - b, 0)]
            apart = np.abs(y - x * ratio) / np.sqrt((x * ratio + y) / 2 * _VARIANCE + 1e-9)
            scores[number] = log(_PRIORS[a, b]) + tail(np.round(np.minimum(apart, 12), 2))
    scores[cells.before == cells.band.size] = NEVER
    return _beads(best(cells, scores))


def vecalign(source: Parts, target: Parts) -> list[Bead]:
    """Beads by the normalised cost of span vectors; leaving a sentence out costs what a fifth of chance pairs cost at
    most."""
    cells = table(near_path(source, target, 10))
    band, chance = cells.band, np.random.default_rng(1)
    samples = [
        parts.spans(1, np.sort(chance.choice(len(parts), min(100, len(parts)), replace=False)) + 1)
        for parts in (source, target)
    ]
    scores = np.full((len(SHAPES), band.size), NEVER, np.float32)
    ours, theirs = Spans(source), Spans(target)
    inside = {}
    for first, end in band.chunks():
        low, high = int(band.low[first]), int(band.high[end - 1])
        columns = np.arange(low, high)
        mask = (columns >= band.low[first:end, None]) & (columns < band.high[first:end, None])
        here = slice(band.starts[first], band.starts[end])
        for number, (a, b) in enumerate(SHAPES):
            if a and b and max(a, b) <= _LONGEST:
                x, y = ours.ending(a, first, end), theirs.ending(b, low, high)
                far = (1 - x @ samples[1].T).mean(axis=1)[:, None] + (1 - y @ samples[0].T).mean(axis=1)
                cost = (1 - x @ y.T) * a * b / np.maximum(far, 1e-6)
                scores[number, here] = -cost[mask]
                if (a, b) == (1, 1):
                    inside[first] = cost[mask]
    usual = float(np.quantile(np.concatenate([*inside.values()]), 0.2))
    scores[:2] = -usual
    scores[cells.before == band.size] = NEVER
    return _beads(best(cells, scores))


def _beads(way: Sequence[tuple[int, int, int]]) -> list[Bead]:
    return [
        (tuple(range(row - SHAPES[shape][0], row)), tuple(range(column - SHAPES[shape][1], column)))
        for row, column, shape in way
    ]


@dataclass(frozen=True, slots=True)
class Exact(Parts):
    """A side whose spans are each encoded by themselves, which costs many times as much."""

    model: Encoder | None = None
    sentences: tuple[str, ...] = ()
    gap: str = ""

    def spans(self, length: int, ends: NDArray[np.int64]) -> Floats:
        """The vectors of the spans of `length` sentences that end before these sentences."""
        assert self.model is not None
        if not len(ends):
            return np.zeros((0, self.inner.shape[1]), np.float32)
        texts = [self.gap.join(self.sentences[end - length : end]) for end in ends]
        whole = self.model.parts(texts)
        return whole.spans(1, np.arange(1, len(texts) + 1))


def exact(model: Encoder, parts: Parts, sentences: Sequence[str], gap: str) -> Exact:
    """The same side, its spans encoded one by one."""
    return Exact(parts.inner, parts.weights, parts.finish, parts.first, parts.last, parts.edges, model,
                 tuple(sentences), gap)  # fmt: skip
