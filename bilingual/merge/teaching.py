"""What people did goes into the memory, and out of it again where a merge is undone."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from bilingual.bitext import State
from bilingual.memory import Memory
from bilingual.store import Store

_KIND = "merge"


def teach(memory: Path, store: Store, name: str, step: int, *, by: str, only: Container[str] | None = None) -> int:
    """Keep the units of a document that people have translated, of them those in `only`; returns how many are new
    or used anew. They are one batch of the memory, under the number of the merge.

    Raises InputError or OutputError where the memory cannot be used; the store is as it was.
    """
    units = store.load(name).units
    done = {
        unit.id for unit in units if unit.state not in {State.NEW, State.DRAFT} and (only is None or unit.id in only)
    }
    if not done:
        return 0
    with Memory(memory) as kept:
        batch = kept.add(units, document=name, by=by, only=done, kind=_KIND, name=_batch(name, step))
    return batch.added + batch.merged


def catch_up(memory: Path, store: Store, name: str) -> int:
    """Teach what earlier merges of a document brought and the memory never heard of, because they were stopped before
    they came to it, or it could not be used then; returns how many are new or used anew. What somebody took out of the
    memory again stays out."""
    steps = [step for step in store.steps(name) if step.kind == "merge" and step.undone is None]
    heard: set[str] = set()
    if steps and memory.exists():
        with Memory(memory, readonly=True) as kept:
            heard = {batch.name for batch in kept.batches() if batch.kind == _KIND and batch.state != "stopped"}
    count = 0
    for step in steps:
        if _batch(name, step.id) not in heard:
            changed = {unit for unit, _, after in store.step(step.id).units if after}
            count += teach(memory, store, name, step.id, by=step.by, only=changed)
    return count


def unteach(memory: Path, name: str, step: int) -> None:
    """Take out of the memory again what a merge put into it; nothing where it put nothing in."""
    if not memory.exists():
        return
    with Memory(memory) as kept:
        own = [b.id for b in kept.batches() if (b.kind, b.name, b.state) == (_KIND, _batch(name, step), "done")]
        for batch in own:
            kept.undo(batch)


def _batch(name: str, step: int) -> str:
    return f"{name}, merge {step}"
