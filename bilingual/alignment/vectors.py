"""Vectors of spans of sentences, made from what each of their sentences adds: every sentence is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

    Finish = Callable[[Floats, Floats], Floats]
    """Takes the sums and the weights of spans, one a row, and gives their vectors, each of length 1."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the sentences of a side add to the vectors of spans: `inner` wherever they stand, `first` and `last` where
    the span begins or ends with them. `weights` are how many words each has; `edges` are the weight of the ends."""

    inner: Floats
    weights: Floats
    finish: Finish
    first: Floats | None = None
    last: Floats | None = None
    edges: float = 0.0

    def __len__(self) -> int:
        return len(self.weights)

    def spans(self, length: int, ends: Ints) -> Floats:
        """The vectors of the spans of `length` sentences that end before these sentences."""
        import numpy as np

        at = ends[:, None] - 1 - np.arange(length)[::-1]
        sums = self.inner[at].sum(axis=1)
        if self.first is not None and self.last is not None:
            sums = sums + self.first[at[:, 0]] + self.last[at[:, -1]]
        return self.finish(sums, self.weights[at].sum(axis=1) + self.edges)

    def part(self, chosen: Sequence[int]) -> Parts:
        """Only these sentences."""
        import numpy as np

        at = np.array(chosen, np.int64)
        first, last = (None if ends is None else ends[at] for ends in (self.first, self.last))
        return Parts(self.inner[at], self.weights[at], self.finish, first, last, self.edges)

    def simple(self) -> Parts:
        """The same sentences, those of a span simply added up: rougher, and nothing is left to be finished."""
        import numpy as np

        ends = np.arange(1, len(self) + 1)
        vectors = np.concatenate([self.spans(1, ends[at : at + 512]) for at in range(0, len(self), 512)])
        return Parts(vectors - vectors.mean(axis=0), np.ones(len(self), np.float32), plain)

    def grouped(self, size: int) -> Parts:
        """The same text in sentences `size` times as long; only of simple ones."""
        import numpy as np

        starts = np.arange(0, len(self), size)
        return Parts(np.add.reduceat(self.inner, starts), np.add.reduceat(self.weights, starts), self.finish)


Space = tuple[Parts, Parts]
"""Both sides' parts, of one kind."""


def normalised(vectors: Floats) -> Floats:
    """The vectors at length 1; one of nothing stays nothing."""
    import numpy as np

    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    scaled: Floats = vectors / np.maximum(lengths, 1e-9)[:, None]
    return scaled


def plain(sums: Floats, weights: Floats) -> Floats:  # noqa: ARG001 (a Finish)
    """The finish of vectors that are sums and no more."""
    return normalised(sums)


class Spans:
    """The vectors of the spans of one side, each made once, as the search moves through the text and never back far."""

    STRIDE = 128

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._kept: dict[tuple[int, int], Floats] = {}

    def ending(self, length: int, first: int, end: int) -> Floats:
        """Those of `length` sentences that end before first … `end` - 1; zeros where the text has not yet so many."""
        import numpy as np

        blocks = range(first // self.STRIDE, (end - 1) // self.STRIDE + 1)
        for key in [key for key in self._kept if key[0] == length and key[1] < blocks.start - 1]:
            del self._kept[key]
        rows = np.concatenate([self._block(length, block) for block in blocks])
        start = first - blocks.start * self.STRIDE
        return rows[start : start + end - first]

    def _block(self, length: int, block: int) -> Floats:
        if (length, block) not in self._kept:
            self._kept[length, block] = self._made(length, block * self.STRIDE)
        return self._kept[length, block]

    def _made(self, length: int, start: int) -> Floats:
        import numpy as np

        begin, end = max(start, length), min(start + self.STRIDE, len(self._parts) + 1)
        made = self._parts.spans(length, np.arange(begin, max(begin, end)))
        vectors = np.zeros((self.STRIDE, made.shape[1]), np.float32)
        vectors[begin - start : begin - start + len(made)] = made
        return vectors
