"""The state, lock and origin of a unit, put into the attributes that its dialect has for them."""

from __future__ import annotations

from collections.abc import Sequence

from bilingual.bitext import State, Unit
from bilingual.formats.xliff.names import DRAFT2, MQ, WORDS
from bilingual.formats.xliff.work import Pair, Work
from bilingual.formats.xliff.writer import mq_attributes, sdl_attributes, target_attributes

ORDER = tuple(State)


def set_marks(work: Work) -> dict[str, str]:
    """Change what the file says of its units; returns the attributes for a <target> that is not there yet."""
    if work.dialect == "2":
        _second(work)
        return {}
    if work.dialect == "sdl":
        for pair in work.pairs:
            _sdl(work, pair)
        return {}
    pair = work.pairs[0]
    if work.dialect == "mq":
        _mq(work, pair)
        return {}
    return _first(work)


def _lowest(units: Sequence[Unit]) -> State:
    return min((unit.state for unit in units), key=ORDER.index)


def _first(work: Work) -> dict[str, str]:
    """XLIFF 1.2: a unit of several segments has one state, the lowest of theirs."""
    whole = work.pairs[0].slot.whole
    was, now = _lowest([pair.was for pair in work.pairs]), _lowest([pair.now for pair in work.pairs])
    told: dict[str, str | None] = {}
    first = work.pairs[0]
    if was is not now:
        told["state"] = WORDS["1"][now]
        if now in {State.REVIEWED, State.FINAL}:
            work.page.set(work.unit, {"approved": "yes"})
        elif work.unit.get("approved") == "yes":
            work.page.set(work.unit, {"approved": "no"})
    if first.was.origin != first.now.origin:
        old, new = (dict(target_attributes(unit)).get("state-qualifier") for unit in (first.was, first.now))
        if old != new:
            told["state-qualifier"] = new
    _translate(work)
    if whole is not None and told:
        work.page.set(whole, told)
    return {name: text for name, text in told.items() if text is not None}


def _translate(work: Work) -> None:
    """`translate` speaks for the whole unit: no where all its pairs are locked."""
    was, now = (all(getattr(pair, when).locked for pair in work.pairs) for when in ("was", "now"))
    if was != now:
        work.page.set(work.unit, {"translate": "no" if now else "yes" if work.unit.get("translate") else None})


def _sdl(work: Work, pair: Pair) -> None:
    if pair.slot.segment is None:
        return
    told = dict(sdl_attributes(pair.now))
    names = ["conf"] if pair.was.state is not pair.now.state else []
    names += ["locked"] if pair.was.locked != pair.now.locked else []
    names += ["origin", "origin-system", "percent"] if pair.was.origin != pair.now.origin else []
    if names:
        work.page.set(pair.slot.segment, {name: told.get(name) for name in names})


def _mq(work: Work, pair: Pair) -> None:
    told = dict(mq_attributes(pair.now))
    changes: dict[str, str | None] = {}
    if pair.was.state is not pair.now.state:
        changes[work.prefixed(MQ, "status")] = told["mq:status"]
    if pair.was.locked != pair.now.locked:
        changes[work.prefixed(MQ, "locked")] = told.get("mq:locked")
    if pair.now.changed and pair.was.changed != pair.now.changed:
        changes[work.prefixed(MQ, "lastchanginguser")] = pair.now.changed.by
        changes[work.prefixed(MQ, "lastchangedtimestamp")] = pair.now.changed.when
    if changes:
        work.page.set(work.unit, changes)


def _second(work: Work) -> None:
    for pair in work.pairs:
        if pair.was.state is not pair.now.state and pair.slot.segment is not None:
            sub = DRAFT2 if pair.now.state is State.DRAFT else None
            work.page.set(pair.slot.segment, {"state": WORDS["2"][pair.now.state], "subState": sub})
    _translate(work)
