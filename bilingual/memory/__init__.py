"""The translation memory: exact, context and fuzzy matches, concordance, imports that can be undone."""

from bilingual.memory.memory import FEWEST_PERCENT, Memory, pair_of, use_of
from bilingual.memory.nouns import (
    Batch,
    Difference,
    Entry,
    Hit,
    Match,
    MatchKind,
    Pair,
    Penalty,
    Statistics,
    Use,
)

__all__ = [
    "FEWEST_PERCENT",
    "Batch",
    "Difference",
    "Entry",
    "Hit",
    "Match",
    "MatchKind",
    "Memory",
    "Pair",
    "Penalty",
    "Statistics",
    "Use",
    "pair_of",
    "use_of",
]
