"""Two sides made into beads: the rough path, the best way near it, and the paragraphs that have moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.alignment import band as bands
from bilingual.alignment.beads import Alignment, Bead
from bilingual.alignment.coarse import near_path
from bilingual.alignment.evidence import scores, view
from bilingual.alignment.likeness import chance
from bilingual.alignment.moves import Move, moves
from bilingual.alignment.search import SHAPES, best, sureness
from bilingual.alignment.weights import WEIGHTS

if TYPE_CHECKING:
    from bilingual.alignment.band import Band
    from bilingual.alignment.sides import Side
    from bilingual.alignment.vectors import Space

REACH = 8
"""How many sentences off the rough path a bead may lie."""


def align(
    source: Side, target: Side, spaces: Mapping[str, Space], method: str, weights: Mapping[str, float] | None = None
) -> Alignment:
    """The alignment of two sides, neither of them empty, by the vectors in `spaces`, the first of which finds the path.

    Time and memory grow with the sum of the lengths.
    """
    weighed = WEIGHTS[method] if weights is None else weights
    first = next(iter(spaces.values()))
    beads = _straight(source, target, spaces, weighed, near_path(*first, REACH))
    simple = first[0].simple(), first[1].simple()
    for move in moves(beads, *simple):
        beads = _with(beads, move, source, target, spaces, weighed)
    beads = _in_order(beads)
    return Alignment(tuple(beads), method, _score(beads, source, target))


def _straight(
    source: Side, target: Side, spaces: Mapping[str, Space], weights: Mapping[str, float], band: Band
) -> list[Bead]:
    """The beads of the best way through a band, each with its sureness and likeness."""
    import numpy as np

    seen = view(source, target, band)
    scored = scores(seen, spaces, weights)
    sure, _ = sureness(seen.cells, scored)
    way = best(seen.cells, scored)
    rows, columns = (np.array([step[side] for step in way]) for side in (0, 1))
    beads = []
    for (row, column, shape), number in zip(way, band.numbers(rows, columns), strict=True):
        a, b = SHAPES[shape]
        ids = tuple(range(row - a, row)), tuple(range(column - b, column))
        beads.append(Bead(*ids, sureness=float(sure[shape, number])))
    return _alike(beads, next(iter(spaces.values())))


def _alike(beads: Sequence[Bead], space: Space) -> list[Bead]:
    """The beads with how alike their sides are."""
    import numpy as np

    by = chance(*space)
    found = [*beads]
    for a, b in SHAPES:
        chosen = [at for at, bead in enumerate(beads) if (len(bead.source), len(bead.target)) == (a, b)]
        if not (a and b and chosen):
            continue
        for start in range(0, len(chosen), 512):
            some = chosen[start : start + 512]
            x = space[0].spans(a, np.array([beads[at].source[-1] + 1 for at in some]))
            y = space[1].spans(b, np.array([beads[at].target[-1] + 1 for at in some]))
            far = (by.apart(x, by.target) + by.apart(y, by.source)) / 2
            alike = 1 - (1 - np.einsum("ij,ij->i", x, y)) / np.maximum(far, 1e-6)
            for at, value in zip(some, alike, strict=True):
                found[at] = replace(found[at], likeness=round(float(value), 4))
    return found


def _with(
    beads: Sequence[Bead],
    move: Move,
    source: Side,
    target: Side,
    spaces: Mapping[str, Space],
    weights: Mapping[str, float],
) -> list[Bead]:
    """The beads with a moved paragraph aligned by itself; those that took its sentences give them up."""
    free = _free(beads)
    ours = [at for at in move.source if at in free[0]]
    theirs = [at for at in move.target if at in free[1]]
    if not ours or not theirs:
        return [*beads]
    part = {name: (x.part(ours), y.part(theirs)) for name, (x, y) in spaces.items()}
    inside = _straight(source.part(ours), target.part(theirs), part, weights, bands.whole(len(ours), len(theirs)))
    found = []
    for bead in (bead for bead in inside if bead.source and bead.target and bead.likeness > 0):
        ids = tuple(ours[at] for at in bead.source), tuple(theirs[at] for at in bead.target)
        if all(side[-1] - side[0] < len(side) for side in ids):
            found.append(replace(bead, source=ids[0], target=ids[1], moved=True))
    taken = ({at for bead in found for at in bead.source}, {at for bead in found for at in bead.target})
    kept: list[Bead] = []
    for bead in beads:
        if taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.target):
            kept.append(bead)
        else:
            kept += [Bead((at,), (), bead.sureness) for at in bead.source if at not in taken[0]]
            kept += [Bead((), (at,), bead.sureness) for at in bead.target if at not in taken[1]]
    return kept + found


def _free(beads: Iterable[Bead]) -> tuple[set[int], set[int]]:
    """The sentences that no moved bead holds yet."""
    still = [bead for bead in beads if not bead.moved]
    return {at for bead in still for at in bead.source}, {at for bead in still for at in bead.target}


def _in_order(beads: Sequence[Bead]) -> list[Bead]:
    """In the order of the source; what only the target has stands behind what it follows there."""
    place: dict[int, float] = {}
    for bead in beads:
        if bead.source:
            place.update(dict.fromkeys(bead.target, float(bead.source[-1])))
    last = -1.0
    for bead in sorted((bead for bead in beads if bead.target), key=lambda bead: bead.target):
        if bead.source and not bead.moved:
            last = place[bead.target[-1]]
        elif not bead.source:
            place.update(dict.fromkeys(bead.target, last))
    return sorted(
        beads,
        key=lambda bead: (bead.source[-1] if bead.source else place[bead.target[0]], not bead.source, bead.target),
    )


def _score(beads: Sequence[Bead], source: Side, target: Side) -> float:
    """How alike the two texts are on the whole, each bead counting as much as it is long."""
    ours, theirs = ([len(sentence) for sentence in side.sentences] for side in (source, target))
    ratio = sum(theirs) / max(sum(ours), 1)
    sizes = [sum(ours[at] for at in bead.source) * ratio + sum(theirs[at] for at in bead.target) for bead in beads]
    found = sum(size * max(bead.likeness, 0.0) for size, bead in zip(sizes, beads, strict=True))
    return round(min(found / max(sum(sizes), 1e-9), 1.0), 4)
