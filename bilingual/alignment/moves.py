"""Paragraphs that stand elsewhere in the other text: found among what the straight way has left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bilingual.alignment.beads import Bead
    from bilingual.alignment.vectors import Parts

    Floats = NDArray[np.float32]

MOST = 3000
"""So many sentences that are left over on a side are compared; in texts with more, what is left over is no paragraph
that has moved."""
_ALIKE = 0.3
_FORCED = 0.12
"""A bead with less likeness than this was only made to get past, its sentences are left over."""
_NEAR = 3
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Move:
    """Consecutive source sentences and consecutive target sentences that belong together, out of the straight way."""

    source: tuple[int, ...]
    target: tuple[int, ...]


def moves(beads: Sequence[Bead], source: Parts, target: Parts) -> list[Move]:
    """The moved paragraphs, in the order of the source; `source` and `target` are simple parts."""
    import numpy as np

    ours = sorted(at for bead in beads if _left(bead) for at in bead.source)
    theirs = sorted(at for bead in beads if _left(bead) for at in bead.target)
    if not ours or not theirs or max(len(ours), len(theirs)) > MOST:
        return []
    alike = source.spans(1, np.array(ours) + 1) @ target.spans(1, np.array(theirs) + 1).T
    return [_filled(chain, ours, theirs) for chain in _chains(_pairs(alike), ours, theirs, alike)]


def _left(bead: Bead) -> bool:
    return not bead.source or not bead.target or bead.likeness < _FORCED


def _pairs(alike: Floats) -> list[tuple[int, int]]:
    """The pairs in which each is the other's best."""
    import numpy as np

    best, back = alike.argmax(axis=1), alike.argmax(axis=0)
    rows = np.flatnonzero((back[best] == np.arange(len(best))) & (alike.max(axis=1) >= _ALIKE))
    return [(int(row), int(best[row])) for row in rows]


def _chains(
    pairs: Sequence[tuple[int, int]], ours: Sequence[int], theirs: Sequence[int], alike: Floats
) -> Iterator[list[tuple[int, int]]]:
    """Pairs that follow each other closely on both sides, two at least."""
    chain: list[tuple[int, int]] = []
    for row, column in [*pairs, (-1, -1)]:
        close = (
            bool(chain)
            and row >= 0
            and ours[row] - ours[chain[-1][0]] <= _NEAR
            and 0 < theirs[column] - theirs[chain[-1][1]] <= _NEAR
        )
        if chain and not close:
            if len(chain) > 1 or alike[chain[0]] >= 2 * _ALIKE:
                yield chain
            chain = []
        chain.append((row, column))


def _filled(chain: Sequence[tuple[int, int]], ours: Sequence[int], theirs: Sequence[int]) -> Move:
    """A chain with what is left over right beside it: its neighbours may belong to its first and last pair."""
    return Move(
        _run(ours, ours[chain[0][0]], ours[chain[-1][0]]),
        _run(theirs, theirs[chain[0][1]], theirs[chain[-1][1]]),
    )


def _run(left: Sequence[int], first: int, last: int) -> tuple[int, ...]:
    known = set(left)
    while first - 1 in known and last - first < _LONGEST:
        first -= 1
    while last + 1 in known and last - first < _LONGEST:
        last += 1
    return tuple(at for at in range(first, last + 1) if at in known)
