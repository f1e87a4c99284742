"""What somebody did on the page to a unit: read from the request, applied by `editing`, put into the store as a step.

Whoever acts names the version that was seen. Where somebody else changed the words meanwhile nothing is overwritten:
the new words are kept among the unit's candidates, and the page shows both. A remark goes beside whatever is there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bilingual import editing
from bilingual.bitext import Note, Span, State, Unit
from bilingual.codes import completed
from bilingual.errors import ConflictError, InputError
from bilingual.review.desk import Work
from bilingual.review.paper import Paper
from bilingual.review.web import MissingError
from bilingual.store import Done, Edit, Seen
from bilingual.store.file import now

LONGEST = 100_000
"""Characters of one text that somebody may send."""

Apply = Callable[[Unit], Unit]


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, when, and on which unit, of which the version `expected` was seen."""

    work: Work
    name: str
    unit: str
    expected: int
    by: str
    at: str

    def version(self, number: int) -> Unit | None:
        """The unit as it was in one of its versions."""
        return self.work.store.version(self.name, self.unit, number)


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as the page asks for it: `join` is the step it goes on with; `beside` is whether it stands beside the
    words, so that other words do not matter to it."""

    label: str
    apply: Apply
    join: int | None = None
    beside: bool = False


class OvertakenError(ConflictError):
    """Somebody else (`by`) has changed the words, or locked the unit; `seen` is the unit as it is, with the new words
    among its candidates if they were `kept`."""

    def __init__(self, seen: Seen, by: str, kept: bool) -> None:
        locked = seen.unit.locked
        told = "The unit is locked" if locked else f"{by or 'A run'} has changed this unit meanwhile"
        choose = "unlock it to choose" if locked else "choose one"
        super().__init__(told, f"both texts are kept: {choose}" if kept else "look at the new words, then do it again")
        self.seen = seen
        self.by = by


def act(work: Work, paper: Paper, unit_id: str, given: dict[str, Any], by: str) -> tuple[Done, list[str]]:
    """Do what was asked to a unit; its step, and the other units whose findings are others for it."""
    who = Who(work, paper.name, unit_id, whole(given.get("version"), "version"), by, now())
    asked = _asked(given, who)
    try:
        done = _done(paper, asked, given, who)
    except OvertakenError:
        raise
    except ConflictError:  # somebody was quicker by a moment: now it can be seen what they did
        done = _done(paper, asked, given, who)
    return done, paper.take(work.store.seen(paper.name, done.versions).values())


def _done(paper: Paper, asked: Asked, given: dict[str, Any], who: Who) -> Done:
    store = who.work.store
    seen = store.seen(paper.name, [who.unit]).get(who.unit)
    if seen is None:  # whatever the paper still has of it
        raise MissingError("this unit is no part of the document any more", "load the page anew")
    if (seen.version != who.expected or seen.unit.locked) and not asked.beside:
        _settle(paper, seen, given, who)
    edit = Edit(seen.version, asked.apply(seen.unit))
    with store.together():
        done = store.change(paper.name, [edit], by=who.by, at=who.at, label=asked.label, join=asked.join)
        _spend(who, given)
    return done


def _settle(paper: Paper, seen: Seen, given: dict[str, Any], who: Who) -> None:
    """OvertakenError where somebody has changed the words that were seen, or new ones come to a unit that is locked;
    the new ones are kept before."""
    base, words, store = who.version(who.expected), given.get("target"), who.work.store
    same = base is not None and (base.source, base.target) == (seen.unit.source, seen.unit.target)
    shut = seen.unit.locked and isinstance(words, str)
    if (same and not shut) or words == seen.unit.target.string:
        return
    kept = isinstance(words, str) and bool(words.strip()) and not (base and words == base.target.string)
    if kept:
        aside = editing.candidate_kept(seen.unit, text(words, "target"), who.by)
        store.change(paper.name, [Edit(seen.version, aside)], by=who.by, at=who.at, label="")
    paper.take(store.seen(paper.name, [who.unit]).values())
    raise OvertakenError(paper.unit(store, who.unit), seen.unit.changed.by if seen.unit.changed else "", kept)


def _asked(given: dict[str, Any], who: Who) -> Asked:
    """What a request asks for: one act, but that new words may come with a state."""
    found = [key for key in ACTS if given.get(key) is not None]
    if len(found) != 1 and found != ["target", "state"]:
        raise InputError("the request asks for no act, or for several at once", "load the page anew")
    applies = [ACTS[key](given[key], who) for key in found]
    join = whole(given["join"], "join") if given.get("join") is not None else None
    return Asked(LABELS.get(found[0], found[0]), _chained(applies), join, set(found) <= BESIDE)


def _chained(applies: list[Apply]) -> Apply:
    def apply(unit: Unit) -> Unit:
        for one in applies:
            unit = one(unit)
        return unit

    return apply


def _target(value: Any, who: Who) -> Apply:
    words = text(value, "target")
    return lambda unit: unit if words == unit.target.string else editing.retargeted(unit, words, who.by)


def _state(value: Any, _: Who) -> Apply:
    if value not in tuple(State):
        raise InputError(f"“{str(value)[:20]}” is no state", f"choose one of: {', '.join(State)}")
    return lambda unit: _worded(editing.with_state(unit, State(value)), State(value))


def _worded(unit: Unit, state: State) -> Unit:
    if state not in {State.NEW, State.DRAFT} and not unit.target.string.strip() and unit.source.string.strip():
        raise InputError("a unit without a translation cannot be confirmed", "write one first")
    return unit


def _locked(value: Any, _: Who) -> Apply:
    return lambda unit: editing.locked(unit, bool(value))


def _note(value: Any, who: Who) -> Apply:
    words = text(value, "note")
    return lambda unit: unit if _has(unit, words, who) else editing.noted(unit, words, who.by, who.at)


def _query(value: Any, who: Who) -> Apply:
    words = text(value, "query")
    return lambda unit: unit if _has(unit, words, who) else editing.queried(unit, words, who.by, who.at)


def _has(unit: Unit, words: str, who: Who) -> bool:
    """Whether the unit got this remark since it was seen: the request has come before, and its answer was lost."""
    seen = who.version(who.expected)
    since = (note for note in unit.notes if seen is None or note not in seen.notes)
    return any((note.text, note.author) == (words.strip(), who.by) for note in since)


def _answered(value: Any, who: Who) -> Apply:
    note = _note_at(value, who)
    return lambda unit: editing.answered(unit, note, not note.answered)


def _unnote(value: Any, who: Who) -> Apply:
    note = _note_at(value, who)
    return lambda unit: editing.unnoted(unit, note)


def _note_at(value: Any, who: Who) -> Note:
    """The note at a place among those that were seen: there may be others by now."""
    at, seen = whole(value, "note"), who.version(who.expected)
    if seen is None or at >= len(seen.notes):
        raise InputError("there is no such note", "load the page anew")
    return seen.notes[at]


def _source(value: Any, _: Who) -> Apply:
    return lambda unit: editing.source_corrected(unit, text(value, "source"))


def _silence(value: Any, _: Who) -> Apply:
    if not isinstance(value, dict):
        raise InputError("a silence has a check and a reason", "load the page anew")
    return lambda unit: editing.silenced(unit, text(value.get("check"), "check"), text(value.get("reason"), "reason"))


def _unsilence(value: Any, _: Who) -> Apply:
    return lambda unit: editing.unsilenced(unit, text(value, "check"))


def _candidate(value: Any, who: Who) -> Apply:
    def apply(unit: Unit) -> Unit:
        at = whole(value, "candidate")
        if at >= len(unit.candidates):
            raise InputError("there is no such candidate", "load the page anew")
        return editing.retargeted(unit, completed(unit.source, unit.candidates[at].target), who.by)

    return apply


def _code(value: Any, who: Who) -> Apply:
    """Put an inline code of the target elsewhere: a pair around the words from `start` to `end`, a lone one there."""
    if not isinstance(value, dict):
        raise InputError("a code has an id and a place", "load the page anew")
    name, start, end = (
        text(value.get("id"), "code"),
        whole(value.get("start"), "place"),
        whole(value.get("end"), "place"),
    )

    def apply(unit: Unit) -> Unit:
        if not any(code.id == name for code in unit.source.codes) or end > len(unit.target.string) or start > end:
            raise InputError("the code cannot stand there", "choose a place in the translation")
        places = {"open": start, "close": end, "empty": end}
        rest = [code for code in completed(unit.source, unit.target).codes if code.id != name]
        mine = [replace(c, position=places[c.kind]) for c in unit.source.codes if c.id == name]
        moved = completed(unit.source, replace(unit.target, codes=tuple(_in_order(rest, mine))))
        return editing.retargeted(unit, moved, who.by)

    return apply


def _in_order(rest: list[Any], mine: list[Any]) -> list[Any]:
    """Codes by their places; what closes comes before what opens there."""
    rank = {"close": 0, "empty": 1, "open": 2}
    return sorted([*rest, *mine], key=lambda code: (code.position, rank[code.kind]))


def _restore(value: Any, who: Who) -> Apply:
    then = who.version(whole(value, "version"))
    if then is None:
        raise InputError("there is no such version", "load the page anew")
    return lambda unit: editing.retargeted(unit, completed(unit.source, then.target), who.by)


def _fix(value: Any, who: Who) -> Apply:
    """A certain fix: `text` in the place of a span of the target, if that still says what it said."""
    if not isinstance(value, dict):
        raise InputError("a fix has a place and a text", "load the page anew")
    span = Span(whole(value.get("start"), "place"), whole(value.get("end"), "place"))

    def apply(unit: Unit) -> Unit:
        words = unit.target.string
        if span.end > len(words) or span.start > span.end or span.of(words) != value.get("old"):
            raise InputError("the words to be mended are others now", "look at the findings again")
        new = words[: span.start] + text(value.get("text"), "fix") + words[span.end :]
        return editing.mended(unit, new, who.by)

    return apply


ACTS: dict[str, Callable[[Any, Who], Apply]] = {
    "target": _target,
    "state": _state,
    "locked": _locked,
    "note": _note,
    "query": _query,
    "answered": _answered,
    "unnote": _unnote,
    "source": _source,
    "silence": _silence,
    "unsilence": _unsilence,
    "candidate": _candidate,
    "code": _code,
    "restore": _restore,
    "fix": _fix,
}
"""What can be done to a unit, by the word that asks for it; each gives what it makes of the unit."""

LABELS = {"target": "edit", "locked": "lock", "unnote": "note", "answered": "query", "unsilence": "silence"}
BESIDE = {"note", "query", "answered", "unnote", "locked", "silence", "unsilence"}


def text(value: Any, what: str) -> str:
    """A text of the request; InputError where it is none, or too long for one unit."""
    if not isinstance(value, str):
        raise InputError(f"the {what} is no text", "load the page anew")
    if len(value) > LONGEST:
        raise InputError(f"the {what} has {len(value):,} characters", f"at most {LONGEST:,} can be kept in one unit")
    if any(0xD800 <= ord(char) < 0xE000 for char in value):
        raise InputError(f"the {what} holds half of a character", "type it again")
    return value.replace("\r\n", "\n").replace("\0", "")


def whole(value: Any, what: str) -> int:
    """A whole number of the request, 0 or more; InputError where it is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise InputError(f"the {what} is no number", "load the page anew")
    return value


def _spend(who: Who, given: dict[str, Any]) -> None:
    """Keep the time and keystrokes that a request tells of, where the settings allow it; odd ones are left out."""
    seconds, keys = given.get("seconds"), given.get("keys")
    sitting = given.get("sitting")
    fine = isinstance(seconds, int | float) and math.isfinite(seconds) and 0 < seconds <= 3600
    if not (fine and who.work.settings.effort and isinstance(sitting, str)):
        return
    count = keys if isinstance(keys, int) and 0 <= keys < 10**6 else 0
    spent = float(seconds or 0)
    who.work.store.effort(who.name, who.unit, by=who.by, sitting=sitting[:40], seconds=spent, keys=count)
