"""Looking a sentence up: the same one first, then those that are like it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bilingual.bitext import OriginKind, State, Text
from bilingual.codes import completed
from bilingual.glossary import Glossary, find_rendering
from bilingual.memory import reading
from bilingual.memory.forms import digest, form, meanings, neighbour, same_codes
from bilingual.memory.nouns import Entry, Match, MatchKind, Penalty, Use
from bilingual.memory.postings import Index
from bilingual.memory.repair import repair
from bilingual.memory.scoring import APART, Likeness, likeness
from bilingual.settings import Penalties

_ORDER = {MatchKind.CONTEXT: 0, MatchKind.EXACT: 1, MatchKind.FUZZY: 2}
_STATES = {state: rank for rank, state in enumerate(State)}
_MENDED = 3
"""How many of the best fuzzy matches are mended: each asks for all numbers and terms of its sentence."""

_SPARE = 3
"""Forms looked at beyond what is wanted: some lead to nothing that is still in use."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a look-up goes by besides the sentence."""

    glossary: Glossary | None
    penalties: Penalties


def find(
    base: sqlite3.Connection,
    index: Index,
    asked: Text,
    before: str | None,
    after: str | None,
    rules: Rules,
    limit: int,
    minimum: int,
) -> tuple[Match, ...]:
    """The best `limit` matches of at least `minimum` percent, the best first."""
    wanted = form(asked.string)
    same = base.execute("SELECT id FROM form WHERE digest = ?", (digest(wanted),)).fetchall()
    entries = reading.of_forms(base, [number for (number,) in same], asked.string) if same else []
    exact = sum(entry.source.string == asked.string for entry in entries)
    if exact < limit:
        cutoff = max(0.0, (minimum - APART) / 100)
        numbers = [number for number, _ in index.like(wanted, cutoff, limit + _SPARE) if (number,) not in same]
        entries += reading.of_forms(base, numbers, asked.string) if numbers else []
    matches = [_match(base, asked, entry, before, after) for entry in entries]
    judged = [_penalised(match, rules) for match, _ in matches]
    like = {match.entry.id: found for match, found in matches}
    best = sorted((match for match in judged if match.score >= minimum), key=_rank)[:limit]
    return tuple(_mended(asked, best, like, rules))


def _match(
    base: sqlite3.Connection, asked: Text, entry: Entry, before: str | None, after: str | None
) -> tuple[Match, Likeness]:
    found = likeness(asked, entry.source)
    target = _recoded(asked, entry)
    if found.score < 100 or not same_codes(asked, entry.source):
        score = min(found.score, 99)
        return Match(entry, score, MatchKind.FUZZY, target, found.differences), found
    known = before is not None and after is not None
    around = known and reading.has_context(base, entry.id, neighbour(before or ""), neighbour(after or ""))
    return Match(entry, 100, MatchKind.CONTEXT if around else MatchKind.EXACT, target), found


def _recoded(asked: Text, entry: Entry) -> Text:
    """The target with the codes of the sentence asked for, where the entry's source has the same in its way."""
    if not asked.codes or meanings(asked) != meanings(entry.source):
        return entry.target
    own = {(old.id, old.kind): new for old, new in zip(entry.source.codes, asked.codes, strict=True)}
    names = ((own.get((code.id, code.kind)), code.position) for code in entry.target.codes)
    codes = tuple(replace(code, position=position) for code, position in names if code is not None)
    return completed(asked, Text(entry.target.string, codes))


def _penalised(match: Match, rules: Rules) -> Match:
    penalties = (*_of_use(match.entry.uses[0], rules.penalties), *_of_glossary(match.entry, rules))
    return replace(match, score=max(0, match.score - sum(p.points for p in penalties)), penalties=penalties)


def _of_use(use: Use, points: Penalties) -> Iterator[Penalty]:
    """What speaks against a use: a machine's draft, an automatic alignment, or words that nobody has confirmed."""
    confirmed = _STATES[use.state] >= _STATES[State(points.reviewed_from)]
    origin = use.origin.kind if use.origin else None
    if origin is OriginKind.MACHINE and use.state in {State.NEW, State.DRAFT}:
        found = Penalty("machine", points.machine)
    elif origin is OriginKind.ALIGNMENT and not confirmed:
        found = Penalty("alignment", points.alignment)
    elif not confirmed:
        found = Penalty("unreviewed", points.unreviewed)
    else:
        return
    if found.points:
        yield found


def _of_glossary(entry: Entry, rules: Rules) -> Iterator[Penalty]:
    """Whether the target says a term otherwise than the glossary now wants it."""
    if rules.glossary is None or not rules.penalties.glossary:
        return
    target = entry.target.string
    for match in rules.glossary.match(entry.source.string):
        term = match.term
        if not any(find_rendering(target, words, case=term.case) for words in term.renderings):
            yield Penalty("glossary", rules.penalties.glossary)
            return


def _rank(match: Match) -> tuple[object, ...]:
    use = match.entry.uses[0]
    return -match.score, _ORDER[match.kind], -_STATES[use.state], _descending(use.when), -match.entry.id


def _descending(when: str) -> tuple[int, ...]:
    """Sorts later dates first; no date comes last."""
    return tuple(-ord(char) for char in when) or (0,)


def _mended(asked: Text, matches: Sequence[Match], like: dict[int, Likeness], rules: Rules) -> Iterator[Match]:
    tries = _MENDED
    for match in matches:
        if match.kind is not MatchKind.FUZZY or not tries:
            yield match
            continue
        tries -= 1
        made = repair(asked, match, like[match.entry.id], rules.glossary)
        yield replace(match, target=made[0], repairs=made[1]) if made else match
