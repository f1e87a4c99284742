"""What may be taken for a unit's translation: matches of the memory, the engine's own words, what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilingual.bitext import OriginKind, Text, Unit
from bilingual.memory import Match, MatchKind, Memory
from bilingual.review.marked import Pieces, compared, marked

MOST = 9
"""As many as there are number keys."""

FEWEST = 60
"""Percent below which a match is more work than help."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of them. `percent` is what translators know: 100 the same sentence, 101 the same between the same neighbours.

    `kind` is "memory", "machine", "person" or "alignment"; `origin` says in words where it comes from; `source` is the
    memory's sentence, marked where it parts from the unit's; `notes` are what to look at (points taken off, what was
    mended). `change` is the text, marked where it parts from the unit's present target. `index` is its place among the
    unit's own candidates, where it brings inline codes that its plain text would lose.
    """

    kind: str
    text: str
    label: str
    origin: str
    percent: int | None = None
    source: Pieces | None = None
    notes: tuple[str, ...] = ()
    change: Pieces | None = None
    present: bool = False
    index: int | None = None


def recalled(memory: Memory, units: Sequence[Unit], at: int) -> tuple[Match, ...]:
    """What the memory has for the unit at an index of its document, between its neighbours."""
    before = units[at - 1].source.string if at else ""
    after = units[at + 1].source.string if at + 1 < len(units) else ""
    return memory.lookup(units[at].source, before, after, limit=5, minimum=FEWEST)


def proposals(unit: Unit, matches: Iterable[Match] = ()) -> tuple[Proposal, ...]:
    """The unit's candidates and what the memory has now, the best first; of two that say the same, the better one."""
    live = [_of_match(unit, match) for match in matches]
    own = [_of_candidate(unit, at) for at, one in enumerate(unit.candidates) if one.target.string.strip()]
    found: dict[str, Proposal] = {}
    for one in sorted([*live, *own], key=_rank):
        found.setdefault(one.text, one)
    return tuple([*found.values()][:MOST])


_ORDER = ("person", "memory", "machine", "alignment")


def _rank(one: Proposal) -> tuple[int, int, int]:
    """A memory's same sentence first, then what people wrote, then what is nearest."""
    percent = one.percent or 0
    return (0 if percent >= 100 else 1, _ORDER.index(one.kind), -percent)


def _of_match(unit: Unit, match: Match) -> Proposal:
    percent = 101 if match.kind is MatchKind.CONTEXT and match.score == 100 else match.score
    source = match.entry.source.string
    spans = [difference.found for difference in match.differences]
    return Proposal(
        OriginKind.MEMORY.value,
        match.target.string,
        f"{percent} %",
        ", ".join(_used(match)),
        percent,
        marked(source, spans) if source != unit.source.string else None,
        tuple(_notes(match)),
        *_beside(unit, match.target),
    )


def _of_candidate(unit: Unit, at: int) -> Proposal:
    candidate = unit.candidates[at]
    origin = candidate.origin
    score = candidate.score if candidate.score is not None else origin.score
    memory = origin.kind is OriginKind.MEMORY and score is not None
    percent = round(100 * score) if memory and score is not None else None
    label = f"{percent} %" if percent is not None else _LABELS[origin.kind]
    name = origin.name
    if origin.kind is OriginKind.MACHINE:
        name = name.partition("@")[0]  # which model, not which of its bytes
    return Proposal(origin.kind.value, candidate.target.string, label, name, percent, None, (),
                    *_beside(unit, candidate.target), at if candidate.target.codes else None)  # fmt: skip


_LABELS = {
    OriginKind.MACHINE: "engine",
    OriginKind.MEMORY: "memory",
    OriginKind.PERSON: "person",
    OriginKind.ALIGNMENT: "alignment",
}


def _beside(unit: Unit, target: Text) -> tuple[Pieces | None, bool]:
    """How a proposal parts from the unit's target, and whether it does not."""
    now = unit.target.string
    if target.string == now:
        return None, True
    return (compared(now, target.string)[1] if now else None), False


def _used(match: Match) -> Iterator[str]:
    """Where a match comes from: the document, who, when, how far it had come."""
    use = match.entry.uses[0]
    more = len(match.entry.uses) - 1
    yield f"{use.document} and {more} more" if more else use.document
    yield use.state.value
    yield from filter(None, (use.by, use.when[:10]))


def _notes(match: Match) -> Iterator[str]:
    for penalty in match.penalties:
        yield f"{_PENALTIES.get(penalty.reason, penalty.reason)} (−{penalty.points})"
    if match.repairs:
        yield "put right: " + "; ".join(f"{old} → {new}" for old, new in match.repairs)


_PENALTIES = {
    "machine": "a machine’s draft",
    "unreviewed": "nobody has confirmed it",
    "alignment": "paired by a program",
    "glossary": "the glossary now says a term otherwise",
}
