"""How far a document has come: its units by state, what waits for a person, who changed it last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.bitext import NoteKind, State
from bilingual.delivery.assemble import REVIEWED
from bilingual.review.web import desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from bilingual.bitext import Unit
    from bilingual.review.desk import Work

PIECE = 1000
"""Units that are looked at in one go, so that nobody waits long."""


@dataclass(slots=True)
class Overview:
    """The counts of a document. `words` are English ones, `characters` those of the source, white space apart; `left`
    are characters of units that nobody has reviewed."""

    name: str
    units: int = 0
    words: int = 0
    characters: int = 0
    left: int = 0
    empty: int = 0
    flagged: int = 0
    notes: int = 0
    queries: int = 0
    states: Counter[str] = field(default_factory=Counter)
    last: str = ""
    last_by: str = ""

    @property
    def open(self) -> int:
        """Units that nobody has reviewed."""
        return sum(count for state, count in self.states.items() if State(state) not in REVIEWED)

    @property
    def bar(self) -> list[tuple[str, float, float]]:
        """State, start and width in a bar of 100, the furthest first."""
        found, start = [], 0.0
        for state in reversed(State):
            width = 100 * self.states[state] / self.units if self.units else 0.0
            if width:
                found.append((state.value, round(start, 2), round(width, 2)))
            start += width
        return found

    @property
    def told(self) -> str:
        """The states in words, for those who do not see the bar."""
        return ", ".join(f"{self.states[state]:,} {state.value}" for state in reversed(State) if self.states[state])

    def take(self, units: Iterable[Unit]) -> None:
        """Count units in."""
        for unit in units:
            characters = len("".join(unit.source.string.split()))
            self.units += 1
            self.words += len(unit.target.string.split())
            self.characters += characters
            self.states[unit.state] += 1
            reviewed = unit.state in REVIEWED
            self.left += 0 if reviewed else characters
            self.empty += not unit.target.string.strip()
            self.flagged += bool(unit.flags) and not reviewed
            self.notes += sum(note.kind is NoteKind.NOTE for note in unit.notes)
            self.queries += sum(note.kind is NoteKind.QUERY and not note.answered for note in unit.notes)
            if unit.changed and unit.changed.when > self.last:
                self.last, self.last_by = unit.changed.when, unit.changed.by


async def overview_of(request: Request, name: str) -> Overview:
    """The overview of a document, counted again where something has changed since it was last asked for."""
    desk, known = desk_of(request), request.app.state.overviews
    stamp = await desk.do(_stamp, name)
    if name not in known or known[name][0] != stamp:
        made = Overview(name)
        for start in range(0, stamp[1], PIECE):
            made.take(await desk.look(_piece, name, start))
        known[name] = (stamp, made)
    found: Overview = known[name][1]
    return found


def _stamp(work: Work, name: str) -> tuple[int, int]:
    """Its revision and how many units it has."""
    return work.store.revision(work.known(name)), len(work.store.outline(name))


def _piece(work: Work, name: str, start: int) -> list[Unit]:
    return [seen.unit for seen in work.store.window(name, start, PIECE)]
