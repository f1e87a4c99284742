"""How far a document has come: its units by state, what waits for a person, who changed it last."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bilingual.bitext import Change, NoteKind, State
from bilingual.delivery.assemble import REVIEWED
from bilingual.review.web import desk_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from bilingual.bitext import Unit
    from bilingual.review.desk import Desk, Work

PIECE = 1000
"""Units that are looked at in one go, so that nobody waits long."""
KEPT = 8
"""Documents of which what counts of each unit is kept; others are counted from the start when they have changed."""


class Facts(NamedTuple):
    """What of a unit counts: see `Overview`."""

    state: State
    words: int
    characters: int
    flagged: bool
    notes: int
    queries: int
    when: str
    by: str


@dataclass(slots=True)
class Overview:
    """The counts of a document. `words` are English ones, `characters` those of the source, as a job has them; `left`
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

    def take(self, one: Facts) -> None:
        """Count a unit in."""
        reviewed = one.state in REVIEWED
        self.units += 1
        self.words += one.words
        self.characters += one.characters
        self.states[one.state] += 1
        self.left += 0 if reviewed else one.characters
        self.empty += not one.words
        self.flagged += one.flagged and not reviewed
        self.notes += one.notes
        self.queries += one.queries
        if one.when > self.last:
            self.last, self.last_by = one.when, one.by


class Overviews:
    """The overviews of the documents that were asked for; what has not changed since is not looked at again."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[list[tuple[str, int]], Overview]] = {}
        self._facts: OrderedDict[str, dict[str, tuple[int, Facts]]] = OrderedDict()

    async def of(self, desk: Desk, name: str) -> Overview:
        """The overview of a document as it is now."""
        outline = await desk.do(lambda work: work.store.outline(work.known(name)))
        made, overview = self._made.get(name, (None, Overview(name)))
        if made == outline:
            return overview
        known = self._facts.setdefault(name, {})
        self._facts.move_to_end(name)
        while len(self._facts) > KEPT:
            self._facts.popitem(last=False)
        news = [unit for unit, version in outline if known.get(unit, (0,))[0] != version]
        for start in range(0, len(news), PIECE):
            known |= await desk.look(_piece, name, news[start : start + PIECE])
        overview = Overview(name)
        for unit, _ in outline:
            if unit in known:
                overview.take(known[unit][1])
        self._made[name] = (outline, overview)
        return overview


async def overview_of(request: Request, name: str) -> Overview:
    """The overview of a document as it is now."""
    overviews: Overviews = request.app.state.overviews
    return await overviews.of(desk_of(request), name)


def _piece(work: Work, name: str, ids: list[str]) -> dict[str, tuple[int, Facts]]:
    return {unit: (seen.version, facts_of(seen.unit)) for unit, seen in work.store.seen(name, ids).items()}


def facts_of(unit: Unit) -> Facts:
    """What of a unit counts."""
    changed = unit.changed or Change("", "")
    return Facts(
        unit.state, len(unit.target.string.split()), len(unit.source.string), bool(unit.flags),
        sum(note.kind is NoteKind.NOTE for note in unit.notes),
        sum(note.kind is NoteKind.QUERY and not note.answered for note in unit.notes), changed.when, changed.by,
    )  # fmt: skip
