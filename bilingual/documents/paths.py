"""The best way through all pieces of a page, each once: the tour whose steps weigh most.

An assignment of a successor to each piece is found by the Hungarian method; rings that leave the tour are broken by
branch and bound.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORBIDDEN = -1e6
TRIES = 200
"""How many assignments are solved for one tour at most; past it, the best with rings patched is taken."""

ENOUGH = 1_500_000
"""How many looks at a row the tours of one page may take in all: about a minute. Sound pages and single torn ones need
some thousands; several copies of one torn page have so many tours alike that the search has no end."""

Steps = tuple[int, ...]
"""For each piece the one that comes next; the last of them stands for the page's end and beginning."""


class TooMuchError(Exception):
    """The tours of a page took more looks than they may."""


@dataclass(slots=True)
class Effort:
    """How many looks at a row are left for a page."""

    left: int = ENOUGH

    def spend(self) -> None:
        """One look; TooMuchError where none is left."""
        self.left -= 1
        if self.left < 0:
            raise TooMuchError


def best_tour(weights: NDArray[Any], least: float = -math.inf, effort: Effort | None = None) -> tuple[Steps, float]:
    """The tour over all pieces of the greatest sum of weights, and that sum. Where no tour can have more than `least`,
    the search stops: the steps may then lead in rings, and the sum is what no tour exceeds. TooMuchError where that
    takes more than the effort that is left."""
    effort = effort or Effort()
    order = itertools.count()
    steps = assigned(weights, effort)
    heap = [(-total(weights, steps), next(order), weights, steps)]
    for _ in range(TRIES):
        if not heap:
            break
        bound, _, allowed, steps = heapq.heappop(heap)
        ring = shortest_ring(steps)
        if len(ring) == len(steps) or -bound <= least:
            return steps, -bound
        for piece in ring:
            without = allowed.copy()
            without[piece, steps[piece]] = FORBIDDEN
            other = assigned(without, effort)
            heapq.heappush(heap, (-total(without, other), next(order), without, other))
    patched = one_ring(steps, weights)
    return patched, total(weights, patched)


def total(weights: NDArray[Any], steps: Steps) -> float:
    """The sum of the steps' weights."""
    return float(sum(weights[piece, following] for piece, following in enumerate(steps)))


def shortest_ring(steps: Steps) -> list[int]:
    """The ring of the fewest pieces."""
    rings, seen = [], set[int]()
    for start in range(len(steps)):
        ring, at = [], start
        while at not in seen:
            seen.add(at)
            ring.append(at)
            at = steps[at]
        if ring:
            rings.append(ring)
    return min(rings, key=len)


def one_ring(steps: Steps, weights: NDArray[Any]) -> Steps:
    """The rings joined to one, each where that costs least."""
    patched = list(steps)
    while len(ring := shortest_ring(tuple(patched))) < len(patched):
        others = [at for at in range(len(patched)) if at not in ring]
        a, b = max(
            itertools.product(ring, others),
            key=lambda p: float(
                weights[p[0], patched[p[1]]]
                + weights[p[1], patched[p[0]]]
                - weights[p[0], patched[p[0]]]
                - weights[p[1], patched[p[1]]]
            ),
        )
        patched[a], patched[b] = patched[b], patched[a]
    return tuple(patched)


def assigned(weights: NDArray[Any], effort: Effort) -> Steps:
    """For each row a column of its own, of the greatest sum (Hungarian method with potentials)."""
    import numpy as np

    size = len(weights)
    cost = np.zeros((size + 1, size + 1))
    cost[1:, 1:] = -weights
    rows, columns = np.zeros(size + 1), np.zeros(size + 1)
    owner = np.zeros(size + 1, dtype=int)
    came = np.zeros(size + 1, dtype=int)
    for row in range(1, size + 1):
        owner[0], at = row, 0
        least = np.full(size + 1, np.inf)
        used = np.zeros(size + 1, dtype=bool)
        while owner[at]:
            effort.spend()
            used[at] = True
            slack = cost[owner[at]] - rows[owner[at]] - columns
            nearer = ~used & (slack < least)
            nearer[0] = False
            least[nearer], came[nearer] = slack[nearer], at
            open_columns = np.where(used, np.inf, least)
            open_columns[0] = np.inf
            following = int(open_columns.argmin())
            step = open_columns[following]
            rows[owner[used]] += step
            columns[used] -= step
            least[~used] -= step
            at = following
        while at:
            owner[at], at = owner[came[at]], int(came[at])
    steps = [0] * size
    for column in range(1, size + 1):
        steps[owner[column] - 1] = column - 1
    return tuple(steps)
