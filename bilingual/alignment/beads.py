"""The nouns: an alignment is beads, and a bead is indices of sentences on both sides, apart from any text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentences (counted from 0) that say the same; a side is empty where something was left out or
    put in. `sureness` in [0, 1] is how likely the bead is among all the ways there are; `likeness` is 0 for what chance
    makes alike and 1 for the same. `moved` marks what stands elsewhere in the other text."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    sureness: float = 1.0
    likeness: float = 0.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads in the order of the source, each sentence of either side in exactly one. `method` says what compared them,
    `score` in [0, 1] how much of the texts says the same: what two translations of each other have and others not."""

    beads: tuple[Bead, ...]
    method: str
    score: float
