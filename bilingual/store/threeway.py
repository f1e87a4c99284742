"""Three states of a unit: a step is taken back, or put on top of what others did; what they did is never wiped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bilingual.bitext import Unit

Item = TypeVar("Item")

_TOGETHER = (("target", "origin"), ("source", "original", "terms", "flags"), ("state",), ("locked",))
"""What goes back only together: the first field of each tells whether it was changed later."""


_CONTESTED = ("source", "original", "target", "state", "locked")
"""What two people cannot both change."""
_PLACES = ("block", "span", "source_locators", "target_locators", "extra")
"""What no person changes."""


def taken_back(now: Unit, before: Unit, after: Unit) -> tuple[Unit, bool]:
    """The unit with the step from `before` to `after` taken back where nothing was changed later, and whether something
    was. Of a unit that was locked later only notes are taken back."""
    if now == after:
        return before, False
    fields: dict[str, object] = {}
    left = shut = now.locked and not after.locked
    for names in () if shut else _TOGETHER:
        if getattr(now, names[0]) != getattr(after, names[0]):
            left = True
        elif getattr(before, names[0]) != getattr(after, names[0]):
            fields |= {name: getattr(before, name) for name in names}
    fields["notes"] = _without(now.notes, before.notes, after.notes)
    fields["silenced"] = _without(now.silenced, before.silenced, after.silenced)
    return replace(now, **fields), left  # type: ignore[arg-type]


def rebased(now: Unit, was: Unit, new: Unit) -> Unit | None:
    """`new`, made from `was`, on top of what the unit is by now; None where the two would contradict each other.

    They do where the words, the source, the state or the lock are others now, and not those of `new`. Notes, silenced
    checks, proposals and places that came meanwhile stay.
    """
    if not (_same(now, was) or _same(now, new)):
        return None
    more = (candidate for candidate in new.candidates if candidate not in was.candidates)
    return replace(
        new,
        **{name: getattr(now, name) for name in _PLACES},
        candidates=tuple(dict.fromkeys((*now.candidates, *more))),
        terms=now.terms if new.terms == was.terms else new.terms,
        flags=now.flags if new.flags == was.flags else new.flags,
        notes=_without(now.notes, new.notes, was.notes),
        silenced=_without(now.silenced, new.silenced, was.silenced),
    )


def rejoined(before: Sequence[Unit], made: Sequence[Unit], present: Sequence[Unit | None]) -> list[Unit] | None:
    """The units that were there before, in the place of those they were made into; None where one of these is another
    now. Proposals that came since are kept."""
    more = []
    for one, now in zip(made, present, strict=True):
        if now is None or _work(now) != _work(one):
            return None
        more += [candidate for candidate in now.candidates if candidate not in one.candidates]
    first = replace(before[0], candidates=tuple(dict.fromkeys((*before[0].candidates, *more))))
    return [first, *before[1:]]


def _same(one: Unit, other: Unit) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _CONTESTED)


def _work(unit: Unit) -> Unit:
    """The unit without what a run may have changed."""
    return replace(unit, candidates=(), terms=(), flags=(), source_locators=(), target_locators=())


def _without(now: tuple[Item, ...], before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """`now` without what the step added, and with what it took away at its place."""
    done = [item for item in now if item not in after or item in before]
    for at, item in enumerate(before):
        if item not in after and item not in done:
            done.insert(min(at, len(done)) if at < len(after) else len(done), item)
    return tuple(done)
