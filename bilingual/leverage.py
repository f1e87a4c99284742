"""What the memory gives a document: whole translations in the engine's place, and like ones beside its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilingual.bitext import Candidate, Origin, OriginKind, Unit
from bilingual.memory import Match, MatchKind, Memory

PROPOSALS = 3
"""Matches that are kept beside the engine's own words."""

FEWEST = 70
"""Percent below which a match is no help to somebody who has the engine's words too."""

_TRUSTED = frozenset({"unreviewed", "alignment"})
"""Penalties under which the same sentence is still somebody's translation: better than the engine's, and a draft."""


def recalled(memory: Memory, units: Sequence[Unit]) -> list[tuple[Match, ...]]:
    """For each unit of a document, given in reading order, what the memory has for it, the best first."""
    return memory.lookup_many([unit.source for unit in units], limit=PROPOSALS, minimum=FEWEST)


def whole(matches: Sequence[Match]) -> Match | None:
    """The match that takes the engine's place: the very sentence, in somebody's words, said as the glossary has it."""
    for match in matches:
        same = match.kind is not MatchKind.FUZZY and not match.repaired
        if same and {penalty.reason for penalty in match.penalties} <= _TRUSTED:
            return match
    return None


def candidate(match: Match) -> Candidate:
    """A match as a proposal; its score is a share of 1, its name the document it was used in."""
    score = match.score / 100
    return Candidate(match.target, Origin(OriginKind.MEMORY, match.entry.uses[0].document, score), score)


def beside(unit: Unit, matches: Sequence[Match]) -> Unit:
    """The unit with the matches behind its own proposals, those that say something else."""
    known = {own.target.string for own in unit.candidates}
    others = [candidate(match) for match in matches]
    return replace(unit, candidates=(*unit.candidates, *(c for c in others if c.target.string not in known)))
