"""What the memory keeps and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bilingual.bitext import Note, Origin, Span, State, Text


@dataclass(frozen=True, slots=True)
class Use:
    """Where a pair of sentences was used, by whom, when (ISO 8601), and how far it had come there.

    `before` and `after` tell the neighbouring sources (see `forms.neighbour`); None where they are not known.
    """

    document: str
    unit: str = ""
    state: State = State.TRANSLATED
    origin: Origin | None = None
    by: str = ""
    when: str = ""
    before: int | None = None
    after: int | None = None
    notes: tuple[Note, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A source and one translation of it, kept once, with every use of it; the use that speaks most for it first."""

    id: int
    source: Text
    target: Text
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of sentences on its way into the memory, and its use."""

    source: Text
    target: Text
    use: Use


class MatchKind(StrEnum):
    """How a match was found: the same sentence between the same neighbours, the same sentence, or one like it."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the sentence asked for and the one in the memory part: a span of each, one of them may be empty."""

    asked: Span
    found: Span


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points taken off a match, and why: machine, unreviewed, alignment, glossary."""

    reason: str
    points: int


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal of the memory. `score` is in percent, the penalties already taken off.

    `target` is what is proposed, with the inline codes of the sentence asked for where they are like the entry's.
    Where numbers or terms in it were put right, `repairs` tells what took the place of what; then `score` is below 100.
    """

    entry: Entry
    score: int
    kind: MatchKind
    target: Text
    differences: tuple[Difference, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()

    @property
    def repaired(self) -> bool:
        """Whether something in the target was put right."""
        return bool(self.repairs)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds the words looked for, and where they stand in its source and in its target."""

    entry: Entry
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in together. `added` are new pairs, `merged` further uses of known ones, `replaced` older versions that
    gave way, `same` what was there already. `state` is "done", "stopped" (in the middle) or "undone"."""

    id: int
    kind: str
    name: str
    by: str
    when: str
    added: int = 0
    merged: int = 0
    replaced: int = 0
    same: int = 0
    skipped: int = 0
    state: str = "stopped"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a memory holds. `states`, `origins` and `documents` count uses."""

    entries: int
    uses: int
    replaced: int
    sources: int
    megabytes: float
    states: tuple[tuple[str, int], ...]
    origins: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]
    newest: str
