"""What `bilingual check` changes in a document: one step of the store, which `bilingual undo` takes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Unit
    from bilingual.cli.check.named import Named
    from bilingual.store import Store


def refuse_ours(output: Path, store: Store | None, glossary: Iterable[Path]) -> None:
    """OutputError where a file holds somebody's work: a store or memory, a table of the glossary, the source of a
    document, an edited file that was not brought home. Not even --force writes a report over that."""
    from bilingual.errors import OutputError
    from bilingual.files import sha256_of
    from bilingual.glossary.tables import files_of

    with output.open("rb") as stream:
        what = "a store or a memory" if stream.read(15) == b"SQLite format 3" else ""
    if any(file.samefile(output) for _, file in files_of(glossary)):
        what = "a table of the glossary"
    if store and sha256_of(output) in {store.template(name) for name in store.names()}:
        what = "the source of a document"
    if store and store.view_changed(output) and any(store.shown_at(name, output) for name in store.names()):
        what = "edited and not merged yet"
    if what:
        raise OutputError(f"{output}: is {what}", "choose another name")


def kept(store: Store, one: Named, units: Iterable[Unit], by: str, *, kind: str, what: str) -> int | None:
    """Keep the changed units of a document under a step's `kind` and words for `what` it was; the views are written
    again. Returns the step's number, None where nothing changed. Units that somebody changed since they were read are
    left as they are, and told.
    """
    from bilingual.bitext import Change
    from bilingual.cli.merge import login, now, write_again

    who, when = by or login(), now()
    stamp = store.stamp(one.name)
    was = {unit.id: unit for unit in one.bitext.units}
    mine = {unit.id: replace(unit, changed=Change(who, when)) for unit in units if unit != was[unit.id]}
    present = store.load(one.name).units
    same = {unit.id for unit in present if unit.id in mine and unit == was[unit.id]}
    if left := len(mine.keys() - same):
        typer.echo(f"warning: {one.name}: {left:,} units were changed meanwhile and are left as they are", err=True)
    made = [mine[unit.id] if unit.id in same else unit for unit in present]
    step = store.arrange(one.name, made, seen=stamp, kind=kind, by=who, at=when, file=what)
    if step is not None:
        write_again(store, one.name)
    return step
