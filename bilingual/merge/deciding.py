"""Three-way, for one unit: what it was when the file was made, what it is now, and what the file says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from bilingual.bitext import Candidate, Change, Note, Origin, OriginKind, State, Text, Unit
from bilingual.codes import carried, completed
from bilingual.merge.findings import Choice, Finding, What
from bilingual.rematch.words import plain
from bilingual.saving import retarget

EXACT = 15
"""How many figures of a number Excel keeps."""

_LONGEST = 100
_FIGURE = re.compile(r"[-+]?[0-9][0-9, ]*(?:\.[0-9]+)?(?:E[-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Base:
    """A unit as it was when the file was made, and as the file's format showed it then."""

    unit: Unit
    shown: Unit


@dataclass(slots=True)
class Deciding:
    """What all units of a merge have in common. `states`: whether the file says them; `known`: whether it is certain
    what the file was made from; `older` tells whether a unit once had these words, whole."""

    choice: Choice
    states: bool
    known: bool
    older: Callable[[str, Unit], bool]

    def decide(self, now: Unit, base: Base, row: Unit) -> tuple[Unit, list[Finding]]:
        """The unit as it will be, and what is to be told of it."""
        by = row.changed.by if row.changed and row.changed != base.shown.changed and row.changed.by else self.choice.by
        findings = self._source(now, row)
        unit, told = self._words(now, base, row, by)
        findings += told
        stale = any(finding.what is What.OLDER for finding in told)
        if not stale:
            unit, told = self._marks(unit, now, base, row)
            findings += told
            unit, told = self._notes(unit, base, row, by)
            findings += told
        if any(finding.what in {What.WORDS, What.STATE, What.LOCK, What.NOTE} for finding in findings):
            unit = replace(unit, changed=Change(by, self.choice.when))
        return unit, findings

    def differs(self, one: Unit, other: Unit) -> bool:
        """Whether two states of a unit have other words, or another state where the file says them."""
        words = other.target.string
        return tidy(one.target.string, words) != tidy(words, words) or (self.states and one.state is not other.state)

    def _source(self, now: Unit, row: Unit) -> list[Finding]:
        same = row.source.string in {"", now.source.string, now.written.string}
        return [] if same else [Finding(What.SOURCE, now.id, now.source.string, now.source.string, row.source.string)]

    def _words(self, now: Unit, base: Base, row: Unit, by: str) -> tuple[Unit, list[Finding]]:
        was = base.shown.target.string
        words = tidy(row.target.string, was)
        if words in {tidy(was, was), now.target.string}:
            return now, []

        def told(what: What, more: str = "") -> list[Finding]:
            return [Finding(what, now.id, now.source.string, now.target.string, words, more)]

        if why := self._why_not(now, words, was, row):
            return now, told(why)
        if self._is_ours(now, base, row) and self.choice.prefer != "file":
            unit, new = disputed(now, words, by, self.choice)
            why_not = "the unit is locked" if now.locked and now.target == base.unit.target else _who(now)
            return unit, told(What.CONFLICT, why_not if new else f"{why_not}; their words are a candidate already")
        if not words:
            return _emptied(now, by), told(What.WORDS)
        return retarget(kept_beside(now), taken(now, row, words), by), told(What.WORDS)

    def _why_not(self, now: Unit, words: str, was: str, row: Unit) -> What | None:
        """Why the file's words are not what somebody wrote; None where they are."""
        if not words.strip():
            return None if self.choice.empty else What.EMPTIED
        if not self.choice.exact and plain(words) in {plain(was), plain(now.target.string)}:
            return What.LOOKS
        if lost_letters(words, was) or lost_figures(words, was):
            return What.DAMAGED
        older = not self.known and self.choice.prefer != "file" and self.older(now.id, row)
        return What.OLDER if older else None

    def _is_ours(self, now: Unit, base: Base, row: Unit) -> bool:
        """Whether a person has put words into the store since the file was made, or locked those there are."""
        locked = now.locked and row.locked == base.shown.locked
        return locked or (now.touched and now.target.string != base.unit.target.string)

    def _marks(self, unit: Unit, now: Unit, base: Base, row: Unit) -> tuple[Unit, list[Finding]]:
        findings = []
        says = self.states and bool(row.target.string.strip() or not unit.target.string)
        if says and row.state not in {base.shown.state, now.state, unit.state}:
            ours = now.touched and now.state != base.unit.state
            what = What.CONFLICT if ours and self.choice.prefer != "file" else What.STATE
            if plain(row.target.string) != plain(unit.target.string):  # said of other words than those in force
                what = What.STATES if what is What.STATE else what
            findings.append(Finding(what, now.id, now.source.string, now.state.value, row.state.value, "state"))
            if what is What.STATE:
                unit = replace(unit, state=row.state)
        if row.locked not in {base.shown.locked, now.locked}:
            told = [("open", "locked")[locked] for locked in (now.locked, row.locked)]
            findings.append(Finding(What.LOCK, now.id, now.source.string, *told))
            unit = replace(unit, locked=row.locked)
        return unit, findings

    def _notes(self, unit: Unit, base: Base, row: Unit, by: str) -> tuple[Unit, list[Finding]]:
        known = {tidy(note.text, "") for side in (base.shown, unit) for note in side.notes}
        new = [note for note in row.notes if tidy(note.text, "") and tidy(note.text, "") not in known]
        signed = tuple(replace(n, author=n.author or by, when=n.when or self.choice.when) for n in new)
        told = [Finding(What.NOTE, unit.id, unit.source.string, "", note.text) for note in new]
        return replace(unit, notes=unit.notes + signed), told


def tidy(words: str, was: str) -> str:
    """`words` with the line ends and the white space at their ends that the words before them had."""
    if "\r" not in was:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    if was == was.strip():
        words = words.strip()
    return words


def lost_letters(words: str, was: str) -> bool:
    """Whether all that changed is that letters became question marks: a program could not save them."""
    pairs = [(new, old) for new, old in zip(words, was, strict=False) if new != old]
    return len(words) == len(was) and bool(pairs) and all(new == "?" and not old.isascii() for new, old in pairs)


def lost_figures(words: str, was: str) -> bool:
    """Whether all that changed is that a number has lost its last figures: Excel keeps fifteen of those it takes for
    numbers, and shows fewer (1.23457E+19)."""
    new, old = _figure(words), _figure(was)
    if new is None or old is None or new == old or len(old.as_tuple().digits) <= EXACT:
        return False
    kept = min(len(new.normalize().as_tuple().digits), EXACT) if "E" in words else EXACT
    return any(new == old.normalize(Context(prec=kept, rounding=way)) for way in (ROUND_DOWN, ROUND_HALF_UP))


def _figure(words: str) -> Decimal | None:
    """The number that a text is and nothing else."""
    if len(words) > _LONGEST or not _FIGURE.fullmatch(words):
        return None
    return Decimal(words.replace(",", "").replace(" ", ""))


def taken(now: Unit, row: Unit, words: str) -> Text:
    """The file's words with the codes they belong to: the file's own where it has any, else those that were there."""
    if row.target.codes and words == row.target.string:
        return completed(now.source, row.target) if now.source.codes else row.target
    return carried(now.target, words) if now.target.codes else completed(now.source, Text(words))


def kept_beside(now: Unit) -> Unit:
    """The unit with its present words among the candidates, where a person made them."""
    origin = now.origin or Origin(OriginKind.PERSON, now.changed.by if now.changed else "")
    if not now.touched or not now.target.string or now.target in {c.target for c in now.candidates}:
        return now
    return replace(now, candidates=(*now.candidates, Candidate(now.target, origin)))


def disputed(now: Unit, words: str, by: str, choice: Choice) -> tuple[Unit, bool]:
    """The unit with the file's words as a candidate and a note, and whether they are there for the first time."""
    theirs = Candidate(taken(now, now, words), Origin(OriginKind.PERSON, by))
    if any(c.target.string == words and c.origin.kind is OriginKind.PERSON for c in now.candidates):
        return now, False
    note = Note(f"conflict: {by} wrote “{words}” while these words were changed; both are kept", by, choice.when)
    notes = now.notes if choice.prefer == "store" else (*now.notes, note)
    return replace(now, candidates=(*now.candidates, theirs), notes=notes), True


def _emptied(now: Unit, by: str) -> Unit:
    return replace(retarget(kept_beside(now), Text(""), by), state=State.NEW)


def _who(now: Unit) -> str:
    return f"{now.changed.by} changed it too" if now.changed and now.changed.by else "it was changed in the store too"
