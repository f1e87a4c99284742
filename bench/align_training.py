"""How much each reading counts: weights that make the gold beads likely, learnt on some documents for the others.

The product's score is a log-linear one, so its weights are those of a semi-Markov conditional random field; the
likelihood has one top, which a quasi-Newton method finds. Between two gold beads that are sure the ways do not meet, so
a document falls into stretches, which are worked through side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilingual.alignment.evidence import View, readings
from bilingual.alignment.search import NEVER, SHAPES

Floats = NDArray[np.float64]
Gold = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
Way = list[tuple[int, int, int]]

MOST = 12
"""Stretches of a document that are learnt from, spread over it: more make the weights no better."""
LONG, WIDE = 30, 42
"""Rows of a stretch, and cells of a row, at most: a stretch where the texts run apart further teaches nothing."""
_SHAPE = {shape: number for number, shape in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of documents side by side. `values` is reading × (stretch, shape, row, cell); `gold` is what the gold
    beads of each read in all; `ends` is the last cell's number of each stretch; `weight` what each counts."""

    names: tuple[str, ...]
    values: NDArray[np.float32]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    possible: NDArray[np.bool_]
    gold: Floats
    ends: NDArray[np.int64]
    weight: Floats


def gold_way(gold: Gold, rows: int, columns: int) -> Way:
    """The gold beads as a way through the table, what they leave out sentence by sentence between them."""
    way: Way = []
    row = column = 0
    for source, target in [bead for bead in gold if bead[0] and bead[1]]:
        way += [(at + 1, column, _SHAPE[1, 0]) for at in range(row, source[0])]
        way += [(source[0], at + 1, _SHAPE[0, 1]) for at in range(column, target[0])]
        row, column = source[-1] + 1, target[-1] + 1
        way.append((row, column, _SHAPE[len(source), len(target)]))
    way += [(at + 1, column, _SHAPE[1, 0]) for at in range(row, rows)]
    return way + [(rows, at + 1, _SHAPE[0, 1]) for at in range(column, columns)]


def stretches(seen: View, spaces: dict, gold: Gold, weight: float) -> Stretches:  # type: ignore[type-arg]
    """A document's stretches."""
    shape = seen.possible.shape
    found = [(name, np.broadcast_to(reading, shape)) for name, reading in readings(seen, spaces)]
    values = np.stack([reading for _, reading in found]).astype(np.float32)
    way = gold_way(gold, seen.cells.band.rows, seen.cells.band.columns)
    pieces = [*_pieces(way)]
    parts = (_stretch(seen, values, piece, start) for start, piece in pieces[:: -(-len(pieces) // MOST)])
    kept = [part for part in parts if part is not None]
    columns = [np.stack(column) for column in zip(*kept, strict=True)]
    before, after, possible, picked, gold_sums, ends = columns
    return Stretches(
        tuple(name for name, _ in found), np.moveaxis(picked, 1, 0), before, after, possible, gold_sums, ends,
        np.full(len(kept), weight / len(kept)),
    )  # fmt: skip


def _pieces(way: Way) -> Iterator[tuple[tuple[int, int], Way]]:
    start = (0, 0)
    piece: Way = []
    for step in way:
        if piece and step[0] - start[0] > LONG:
            yield start, piece
            start, piece = piece[-1][:2], []
        piece.append(step)
    if piece:
        yield start, piece


def _stretch(seen: View, values: NDArray[np.float32], piece: Way, start: tuple[int, int]):  # type: ignore[no-untyped-def]
    """One stretch in a table of its own; None where it does not fit, or its gold beads are not in the band."""
    band = seen.cells.band
    (top, left), (bottom, right) = start, piece[-1][:2]
    rows = np.arange(top, min(top + LONG, bottom) + 1)
    low = np.maximum(band.low[rows], left)
    high = np.minimum(band.high[rows], right + 1)
    if bottom - top > LONG or (high - low).max() > WIDE or (high <= low).any():
        return None
    size = (LONG + 1) * WIDE
    r, c = np.repeat(np.arange(LONG + 1), WIDE), np.tile(np.arange(WIDE), LONG + 1)
    real = r < len(rows)
    r_safe = np.where(real, r, 0)
    column = low[r_safe] + c
    real &= column < high[r_safe]
    number = np.where(real, band.numbers(top + r_safe, column), 0)
    before = np.full((len(SHAPES), size), size, np.int64)
    for shape, (a, b) in enumerate(SHAPES):
        row_b, column_b = r_safe - a, column - b
        ok = real & (row_b >= 0)
        row_s = np.where(ok, row_b, 0)
        ok &= (column_b >= low[row_s]) & (column_b < high[row_s])
        before[shape] = np.where(ok, row_s * WIDE + column_b - low[row_s], size)
    possible = (before < size) & seen.possible[:, number]
    before = np.where(possible, before, size)
    after = np.full((len(SHAPES), size + 1), size, np.int64)
    np.put_along_axis(after, before, np.arange(size)[None, :], axis=1)
    picked = np.where(possible, values[:, :, number], 0).astype(np.float32)
    cells = np.array([(row - top) * WIDE + col - low[row - top] for row, col, _ in piece])
    shapes = np.array([shape for _, _, shape in piece])
    if (cells < 0).any() or (cells >= size).any() or not possible[shapes, cells].all():
        return None
    return before, after[:, :-1], possible, picked, picked[:, shapes, cells].sum(axis=1), cells[-1]


def together(parts: Sequence[Stretches]) -> Stretches:
    """The stretches of several documents."""
    return Stretches(
        parts[0].names, np.concatenate([part.values for part in parts], axis=1),
        *(np.concatenate([getattr(part, name) for part in parts])
          for name in ("before", "after", "possible", "gold", "ends", "weight")),
    )  # fmt: skip


def learn(parts: Sequence[Stretches], shrink: float = 1e-3, rounds: int = 25) -> dict[str, float]:
    """The weights under which the gold beads of these documents are likeliest, drawn a little towards 0."""
    data = together(parts)
    spread = np.sqrt(np.mean([(part.gold / LONG).var(axis=0) + 1e-4 for part in parts], axis=0))
    usual = 1 / np.maximum(spread * LONG**0.5, 0.05)  # readings on one scale: the search is quicker

    def cost(scaled: Floats) -> tuple[float, Floats]:
        value, slope = likelihood(data, scaled * usual)
        return shrink / 2 * float(scaled @ scaled) - value, shrink * scaled - slope * usual

    return dict(zip(data.names, (minimum(cost, len(data.names), rounds) * usual).tolist(), strict=True))


def likelihood(data: Stretches, weights: Floats) -> tuple[float, Floats]:
    """The logarithm of the gold ways' likelihood, the stretches weighed, and its slope."""
    readings_, count, shapes, size = data.values.shape
    flat = data.values.reshape(readings_, -1)
    summed = (weights.astype(np.float32) @ flat).reshape(count, shapes, size)
    score: Floats = np.where(data.possible, summed, NEVER).astype(np.float64)
    forward = _forward(data, score)
    whole = forward[np.arange(count), data.ends]
    backward = _backward(data, score)
    arrived = np.take_along_axis(forward, data.before.reshape(count, -1), axis=1).reshape(count, shapes, size)
    sure = np.exp(np.minimum(arrived + score + backward[:, None, :-1] - whole[:, None, None], 0))
    sure *= data.possible * data.weight[:, None, None]
    expected = flat @ sure.reshape(-1).astype(np.float32)
    value = float(data.weight @ (data.gold @ weights - whole))
    return value, data.weight @ data.gold - expected


def _summed(found: Floats) -> Floats:
    top = found.max(axis=1)
    summed: Floats = top + np.log(np.exp(found - top[:, None]).sum(axis=1))
    return summed


def _forward(data: Stretches, score: Floats) -> Floats:
    count, _, size = score.shape
    total = np.full((count, size + 1), NEVER)
    for start in range(0, size, WIDE):
        here = slice(start, start + WIDE)
        before = data.before[:, 1:, here]
        came = np.take_along_axis(total, before.reshape(count, -1), axis=1).reshape(before.shape)
        arriving = _summed(came + score[:, 1:, here])
        if start == 0:
            arriving[:, 0] = 0
        gaps = np.cumsum(np.maximum(score[:, 0, here], -1e4), axis=1)
        total[:, here] = np.logaddexp.accumulate(arriving - gaps, axis=1) + gaps
    return total


def _backward(data: Stretches, score: Floats) -> Floats:
    count, shapes, size = score.shape
    total = np.full((count, size + 1), NEVER)
    padded = np.concatenate([score, np.full((count, shapes, 1), NEVER)], axis=2)
    onward = np.take_along_axis(padded, data.after, axis=2)
    for start in range(size - WIDE, -1, -WIDE):
        here = slice(start, start + WIDE)
        after = data.after[:, 1:, here]
        goes = np.take_along_axis(total, after.reshape(count, -1), axis=1).reshape(after.shape)
        leaving = _summed(goes + onward[:, 1:, here])
        last = (data.ends >= start) & (data.ends < start + WIDE)
        leaving[last, data.ends[last] - start] = 0
        gaps = np.cumsum(np.maximum(score[:, 0, here], -1e4), axis=1)
        total[:, here] = np.logaddexp.accumulate((leaving + gaps)[:, ::-1], axis=1)[:, ::-1] - gaps
    return total


def minimum(cost: Callable[[Floats], tuple[float, Floats]], size: int, rounds: int) -> Floats:
    """Where a convex function of `size` numbers is smallest: L-BFGS (Nocedal 1980)."""
    at = np.zeros(size)
    value, slope = cost(at)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(rounds):
        way, pushes = slope.copy(), []
        for step, turn in reversed(steps):
            push = step @ way / (turn @ step)
            way -= push * turn
            pushes.append(push)
        way *= steps[-1][0] @ steps[-1][1] / (steps[-1][1] @ steps[-1][1]) if steps else 1 / np.linalg.norm(slope)
        for (step, turn), push in zip(steps, reversed(pushes), strict=True):
            way += step * (push - turn @ way / (turn @ step))
        length = 1.0
        while (found := cost(at - length * way))[0] > value - 1e-4 * length * (way @ slope) and length > 1e-3:
            length /= 2
        step, turn = -length * way, found[1] - slope
        steps = [*steps[-9:], (step, turn)] if step @ turn > 1e-12 else steps
        done = value - found[0] < 1e-5 * abs(value)
        at, (value, slope) = at + step, found
        if done:
            break
    return at
