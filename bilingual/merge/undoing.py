"""Undoing a merge: every unit gets back what it was before, in a new version; what was changed later stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.bitext import Unit
from bilingual.errors import InputError
from bilingual.store import Step, Store
from bilingual.store.threeway import taken_back


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a step did: the step it is itself (None where nothing was left to undo), how many units are as they
    were before, and those that were changed later and so were left, in whole or in part."""

    step: int | None
    undid: Step
    restored: int
    later: tuple[Unit, ...]


def undo(store: Store, number: int | None, *, by: str, when: str) -> Undone:
    """Undo a step (by default the last merge that is not undone yet); undoing an undo does it again.

    Raises InputError where there is no such step, or it is undone already.
    """
    step = store.step(_last(store) if number is None else number)
    if step.undone is not None:
        raise InputError(f"{step.kind} {step.id} was undone already, by {step.undone}",
                         f"to have it again: bilingual undo {step.undone}", path=store.path)  # fmt: skip
    name, seen = step.name, store.stamp(step.name)
    now = list(store.load(name).units)
    units, restored, later = _before(store, step, now)
    done = store.arrange(name, units, seen=seen, kind="undo", by=by, at=when, file=step.file, undoes=step.id)
    return Undone(done, step, restored, tuple(later))


def _last(store: Store) -> int:
    steps = [step.id for step in store.steps() if step.undoes is None and step.undone is None]
    if not steps:
        raise InputError("there is no merge to undo", path=store.path)
    return steps[-1]


def _before(store: Store, step: Step, now: Sequence[Unit]) -> tuple[list[Unit], int, list[Unit]]:
    """The units with the step taken back, how many were, and which were changed since."""
    units = {unit.id: unit for unit in now}
    past = {
        name: {version.number: version.unit for version in store.history(step.name, name)} for name, _, _ in step.units
    }
    recut = {name for name, before, after in step.units if not before or not after}
    groups = _groups(step, past) if recut else {}
    alone: frozenset[str] = frozenset()
    stuck = {
        name for name, _, after in step.units
        if groups.get(name, alone) & recut and after and units.get(name) != past[name][after]
    }  # fmt: skip
    restored, later = 0, []
    order = [unit.id for unit in now]
    for name, before, after in step.units:
        if (group := groups.get(name, alone)) & recut:
            if group & stuck:
                later += [units.get(name, past[name][after])] if after else []
                continue
            restored += 1
            _put(order, units, name, past[name].get(before), group)
        elif name in units:
            whole, left = taken_back(units[name], past[name][before], past[name][after])
            restored += whole != units[name]
            later += [units[name]] if left else []
            units[name] = whole
        else:  # its source has gone from the document
            later.append(past[name][after])
    return [units[name] for name in _sorted(order, units, recut)], restored, later


def _groups(step: Step, past: dict[str, dict[int, Unit]]) -> dict[str, frozenset[str]]:
    """For each unit of a step those that were cut from, or made into, the same stretch of text."""
    spans: dict[str, list[tuple[str, Unit]]] = {}
    for name, *numbers in step.units:
        for unit in (past[name][number] for number in numbers if number):
            spans.setdefault(unit.block, []).append((name, unit))
    groups: dict[str, set[str]] = {}
    for stretch in spans.values():
        for name, unit in stretch:
            near = {other for other, one in stretch if one.span.overlaps(unit.span) or other == name}
            groups.setdefault(name, set()).update(near)
    return {name: frozenset(group) for name, group in groups.items()}


def _put(order: list[str], units: dict[str, Unit], name: str, before: Unit | None, group: frozenset[str]) -> None:
    """Give a unit back its place beside those of its group, or take it away again."""
    if before is None:
        units.pop(name, None)
        order[:] = [one for one in order if one != name]
        return
    units[name] = before
    if name not in order:
        at = next((at for at, one in enumerate(order) if one in group), len(order))
        order.insert(at + 1, name)


def _sorted(order: Sequence[str], units: dict[str, Unit], recut: set[str]) -> list[str]:
    """The order with neighbours of one block in the order of their text, where units came or went."""
    done = list(order)
    for at in range(1, len(done)) if recut else ():
        here = at
        while here and _wrong(units[done[here - 1]], units[done[here]], recut):
            done[here - 1], done[here] = done[here], done[here - 1]
            here -= 1
    return done


def _wrong(one: Unit, other: Unit, recut: set[str]) -> bool:
    return bool({one.id, other.id} & recut) and one.block == other.block and one.span.start > other.span.start
