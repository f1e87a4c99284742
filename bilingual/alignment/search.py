"""The best way through the table of beads, and how sure each bead is of all ways there are.

A bead takes `a` source and `b` target sentences (its shape). Scores are logarithms: a way's score is the sum of its
beads'. Shapes, scores and ways know nothing of texts. The sum over all ways is that of a semi-Markov conditional random
field (Sarawagi & Cohen 2004), whose marginals are the confidence of the beads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bilingual.alignment.band import Band

    Floats = NDArray[np.floating[Any]]
    Ints = NDArray[np.int64]

SHAPES = (
    *((0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1), (1, 6), (6, 1)),
    *((2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2)),
)
"""Every kind of bead, as counts of source and target sentences; the one that takes no source comes first."""

NEVER = -1e9
"""The score of what cannot be."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells, and for each shape and cell the number of the cell where a bead that ends here began."""

    band: Band
    before: Ints


def table(band: Band) -> Table:
    """The table of a band."""
    import numpy as np

    rows, columns = band.coordinates()
    return Table(band, np.stack([band.numbers(rows - a, columns - b) for a, b in SHAPES]).astype(np.int32))


def best(cells: Table, scores: Floats) -> list[tuple[int, int, int]]:
    """The beads of the best way, in order, each as row and column of its end and the number of its shape."""
    import numpy as np

    total = _filled(cells, scores, lambda found: found.max(axis=0), np.maximum)
    way: list[tuple[int, int, int]] = []
    at, (row, column) = cells.band.size - 1, (cells.band.rows, cells.band.columns)
    while row or column:
        shape = int(np.argmax(total[cells.before[:, at]] + scores[:, at]))
        way.append((row, column, shape))
        at = int(cells.before[shape, at])
        row, column = row - SHAPES[shape][0], column - SHAPES[shape][1]
    return way[::-1]


def sureness(cells: Table, scores: Floats) -> tuple[Floats, float]:
    """For each shape and cell how likely that bead is, over all ways; and the logarithm of the sum of all ways."""
    import numpy as np

    forward = _filled(cells, scores, _summed, np.logaddexp)
    backward = _from_the_end(cells, scores)
    whole = float(forward[cells.band.size - 1])
    return np.exp(np.minimum(forward[cells.before] + scores + backward[:-1] - whole, 0.0)).astype(np.float32), whole


def _summed(found: Floats) -> Floats:
    import numpy as np

    top = found.max(axis=0)
    summed: Floats = top + np.log(np.exp(found - top).sum(axis=0))
    return summed


def _filled(cells: Table, scores: Floats, over: Callable[[Floats], Floats], along: np.ufunc) -> Floats:
    """The score of everything that ends in each cell, and of a cell that is none."""
    import numpy as np

    starts = cells.band.starts
    total = np.full(cells.band.size + 1, NEVER, np.float64)
    for row in range(len(starts) - 1):
        here = slice(starts[row], starts[row + 1])
        arriving = over(total[cells.before[1:, here]] + scores[1:, here])
        if row == 0:
            arriving[0] = 0.0
        gaps = np.cumsum(scores[0, here], dtype=np.float64)
        total[here] = along.accumulate(arriving - gaps) + gaps
    return total


def _from_the_end(cells: Table, scores: Floats) -> Floats:
    """The score of everything that begins in each cell and reaches the end."""
    import numpy as np

    starts, size = cells.band.starts, cells.band.size
    after = np.full((len(SHAPES), size + 1), size, np.int64)
    np.put_along_axis(after, cells.before.astype(np.int64), np.arange(size)[None, :], axis=1)
    after[:, size] = size
    onward = np.take_along_axis(np.pad(scores, ((0, 0), (0, 1)), constant_values=NEVER), after, axis=1)
    total = np.full(size + 1, NEVER, np.float64)
    for row in range(len(starts) - 2, -1, -1):
        here = slice(starts[row], starts[row + 1])
        leaving = _summed(total[after[1:, here]] + onward[1:, here])
        if row == len(starts) - 2:
            leaving[-1] = 0.0
        gaps = np.cumsum(scores[0, here], dtype=np.float64)
        total[here] = np.logaddexp.accumulate((leaving + gaps)[::-1])[::-1] - gaps
    return total
