"""Which cells of the table the search looks at: a band around a path, so that its size grows with the length alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Band:
    """Cells (i, j): i source and j target sentences are done, `low[i]` ≤ j < `high[i]`; both rise with i.

    The cells are numbered row by row; `starts[i]` is the number of a row's first, and the last entry counts them all.
    """

    low: Ints
    high: Ints
    starts: Ints

    @property
    def size(self) -> int:
        """How many cells there are."""
        return int(self.starts[-1])

    @property
    def rows(self) -> int:
        """How many source sentences."""
        return len(self.low) - 1

    @property
    def columns(self) -> int:
        """How many target sentences."""
        return int(self.high[-1]) - 1

    def coordinates(self) -> tuple[Ints, Ints]:
        """The row and the column of every cell."""
        import numpy as np

        widths = self.high - self.low
        rows = np.repeat(np.arange(len(widths)), widths)
        return rows, np.arange(self.size) - self.starts[rows] + self.low[rows]

    def numbers(self, rows: Ints, columns: Ints) -> Ints:
        """The numbers of these cells; `size` for one that is not in the band."""
        import numpy as np

        inside = (rows >= 0) & (rows < len(self.low))
        safe = np.where(inside, rows, 0)
        inside &= (columns >= self.low[safe]) & (columns < self.high[safe])
        return np.where(inside, self.starts[safe] + columns - self.low[safe], self.size)

    def chunks(self, most: int = 64) -> Iterator[tuple[int, int]]:
        """Consecutive rows [first, end) that are worth computing at once: as few cells as can be lie outside."""
        first = 0
        while first < len(self.low):
            end = first + 1
            while end < len(self.low) and end - first < most and self.high[end] - self.low[first] < 4 * most:
                end += 1
            yield first, end
            first = end


def make(low: Ints, high: Ints) -> Band:
    """The band with these bounds, made to rise and to hold together."""
    import numpy as np

    columns = int(high.max())
    high = np.maximum.accumulate(np.minimum(high, columns))
    low = np.minimum.accumulate(np.maximum(low, 0)[::-1])[::-1]
    low, high = low.copy(), high.copy()
    low[0], high[-1] = 0, columns
    low[1:] = np.minimum(low[1:], high[:-1] - 1)
    low = np.minimum.accumulate(low[::-1])[::-1]
    return Band(low, high, np.concatenate([[0], np.cumsum(high - low)]))


def whole(rows: int, columns: int) -> Band:
    """All cells."""
    import numpy as np

    return make(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))


def around(path: Sequence[tuple[int, int]], rows: int, columns: int, reach: int, scale: int = 1) -> Band:
    """The cells not further than `reach` from a path of cells, which begins at (0, 0) and ends at the last; where the
    path was found in a table whose sentences are `scale` of ours each, it is drawn to our size first."""
    import numpy as np

    low = np.full(rows + 1, columns, np.int64)
    high = np.zeros(rows + 1, np.int64)
    points = [(min(i * scale, rows), min(j * scale, columns)) for i, j in path]
    points[-1] = (rows, columns)
    for (i, j), (down, right) in pairwise(points):
        at = np.arange(i, down + 1)
        line = j + (at - i) * (right - j) // max(1, down - i) if down > i else np.array([j])
        low[at] = np.minimum(low[at], line)
        high[at] = np.maximum(high[at], line + 1)
        high[down] = max(int(high[down]), right + 1)
    return make(_widened(low, reach, columns), _raised(high, reach, columns))


def _widened(low: Ints, reach: int, columns: int) -> Ints:
    """The lower bounds, so that every cell within `reach` rows or columns of the path is inside."""
    import numpy as np

    shifted = np.concatenate([np.full(reach, low[0]), low])[: len(low)]
    widened: Ints = np.clip(np.minimum(shifted, low - reach), 0, columns)
    return widened


def _raised(high: Ints, reach: int, columns: int) -> Ints:
    import numpy as np

    shifted = np.concatenate([high, np.full(reach, high[-1])])[reach:]
    raised: Ints = np.clip(np.maximum(shifted, high + reach), 1, columns + 1)
    return raised
