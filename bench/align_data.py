"""The gold documents of the alignment benchmark, made harder where that is asked for, and what is counted on them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A document in both languages, a sentence an entry, and its gold beads (source, target), counted from 0."""

    name: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A pair that was changed: which sentences are where now, by their old numbers, and the gold beads of that."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    gold: tuple[Bead, ...]


def pairs(folder: Path) -> list[Pair]:
    """The documents of a folder of NAME.zh, NAME.en and NAME.gold.align."""
    return [_pair(folder, path.name.removesuffix(".gold.align")) for path in sorted(folder.glob("*.gold.align"))]


def _pair(folder: Path, name: str) -> Pair:
    beads = []
    for line in (folder / f"{name}.gold.align").read_text(encoding="utf-8").splitlines():
        target, source = ([int(number) - 1 for number in re.findall(r"\d+", side)] for side in line.split("<=>"))
        beads.append((tuple(source), tuple(target)))
    return Pair(name, _lines(folder / f"{name}.zh"), _lines(folder / f"{name}.en"), tuple(beads))


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(line.strip() for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"))


def f1(gold: Iterable[Bead], found: Iterable[Bead]) -> float:
    """Strict F1: a bead counts where both sides are exactly the gold ones; what is left out or put in does not."""
    true, ours = ({bead for bead in beads if bead[0] and bead[1]} for beads in (gold, found))
    return 2 * len(true & ours) / max(len(true) + len(ours), 1)


def dropped(pair: Pair, share: float, seed: int) -> Changed:
    """A pair in which this share of the sentences of either side is missing, by chance."""
    chance = random.Random(seed)
    kept = [[at for at in range(len(side)) if chance.random() >= share] for side in (pair.source, pair.target)]
    return _as(pair.gold, *kept)


def shuffled(pair: Pair, share: float, seed: int, paragraphs: int = 3, size: int = 6) -> Changed:
    """A pair with sentences dropped as above, and of whose English some paragraphs, of so many beads each, stand
    somewhere else."""
    chance = random.Random(seed + 1000)
    left = dropped(pair, share, seed)
    beads = [bead for bead in pair.gold if bead[0] and bead[1]]
    step = len(beads) // paragraphs
    starts = [number * step + chance.randrange(max(step - size, 1)) for number in range(paragraphs)]
    moved = [range(beads[at][1][0], beads[at + size - 1][1][-1] + 1) for at in starts]
    target = [at for at in left.target if not any(at in run for run in moved)]
    for run in moved:
        far = [at for at in range(len(target)) if abs(target[at] - run.start) > 3 * size]
        at = chance.choice(far)
        target[at:at] = [number for number in left.target if number in run]
    return _as(pair.gold, left.source, target)


def _as(gold: Iterable[Bead], source: Sequence[int], target: Sequence[int]) -> Changed:
    ours, theirs = ({old: new for new, old in enumerate(side)} for side in (source, target))
    beads = [
        (tuple(ours[at] for at in bead[0] if at in ours), tuple(sorted(theirs[at] for at in bead[1] if at in theirs)))
        for bead in gold
    ]
    return Changed(tuple(source), tuple(target), tuple(bead for bead in beads if bead[0] and bead[1]))
