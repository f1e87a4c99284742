"""Alignments as lists of indices, one bead a line, as vecalign, Bertalign and their scorers read them:
`[0]:[0, 1]:0.214321`, sentences counted from 0, the last number the smaller the surer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bilingual.alignment.beads import Bead
from bilingual.errors import InputError

_BEAD = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?))?\s*")

_TOO_LARGE = re.compile(r"\d{10}(?=[\d,\s]*\])")


def written(beads: Iterable[Bead], source: Sequence[int] = (), target: Sequence[int] = ()) -> str:
    """The beads, a line each; where `source` and `target` are given they are the numbers to write for the sentences."""
    return "".join(
        f"{_named(bead.source, source)}:{_named(bead.target, target)}:{1 - bead.sureness:.6f}\n" for bead in beads
    )


def _named(ids: Iterable[int], names: Sequence[int]) -> list[int]:
    return [names[at] if names else at for at in ids]


def read(text: str, path: str = "-") -> tuple[Bead, ...]:
    """The beads of such a list; InputError, naming the line, where one is none."""
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _BEAD.fullmatch(line)
        if not found or _TOO_LARGE.search(line):
            raise InputError(f"{line[:60]!r} is no bead", "a line is like [0]:[0, 1]:0.21", path=path, line=number)
        source, target = (tuple(int(word) for word in re.findall(r"\d+", found[side])) for side in (1, 2))
        sure = 1 - float(found[3]) if found[3] else 1.0
        beads.append(Bead(source, target, sureness=min(max(sure, 0.0), 1.0)))
    return tuple(beads)
