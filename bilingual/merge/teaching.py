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
