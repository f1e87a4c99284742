"""`bilingual undo` and `bilingual history`: what was merged, every version of a unit, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.store import Step, Store, Version

UNDO_EXAMPLES = """Examples:\n
bilingual undo\n
bilingual undo 7"""
HISTORY_EXAMPLES = """Examples:\n
bilingual history\n
bilingual history page\n
bilingual history page 9f7e"""

FOLDER = typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)


def undo(
    number: Annotated[
        int | None,
        typer.Argument(
            help="The merge to undo, see `bilingual history`.  [default: the last one]", metavar="ID",
            show_default=False,
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="Who undoes it.  [default: your login name]", show_default=False)] = "",
    folder: Annotated[Path | None, FOLDER] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors.")] = False,
) -> None:  # fmt: skip
    """Take a merge, or what `bilingual check` did, back: each unit is again what it was before, as a new version.

    What was changed after the merge stays as it is and is told. Undoing an undo does the merge again.
    """
    from bilingual.cli.merge import login, memory_told, now, opened, write_again
    from bilingual.merge import undo as take_back
    from bilingual.merge.teaching import teach, unteach

    with opened(folder) as store:
        done = take_back(store, number, by=by or login(), when=now())
        if not quiet:
            what = f"{done.undid.kind} {done.undid.id} of {done.undid.file} into {done.undid.name}"
            typer.echo(f"{what} is taken back: {done.restored:,} units are as they were before")
        for unit in done.later:
            typer.echo(f"warning: {unit.id} {unit.source} was changed later; the later words stay", err=True)
        if done.step is None:
            return
        with memory_told() as memory:
            if done.undid.undoes is None:
                unteach(memory, done.undid.name, done.undid.id)
            else:
                teach(memory, store, done.undid.name, done.step, by=by or login())
        for path in write_again(store, done.undid.name):
            if not quiet:
                typer.echo(f"→ {path}")
        if not quiet:
            typer.echo(f"to have it again: bilingual undo {done.step}")


def history(
    name: Annotated[
        str, typer.Argument(help="A document of the store.  [default: all]", metavar="NAME", show_default=False)
    ] = "",
    unit: Annotated[
        str,
        typer.Argument(help="A unit's id, or its beginning: show its versions.", metavar="UNIT", show_default=False),
    ] = "",
    folder: Annotated[Path | None, FOLDER] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """What was merged into a document, by whom and when; or every version of one of its units."""
    from bilingual.cli.merge import opened

    with opened(folder, look=True) as store:
        if unit:
            _versions(store, name, unit, as_json=as_json)
            return
        if name:
            store.load(name)  # tells where there is none of that name
        steps = store.steps(name or None)
    if as_json:
        typer.echo(json.dumps([_facts(step) for step in steps], ensure_ascii=False, indent=2))
        return
    if not steps:
        typer.echo("nothing was merged yet")
    for step in steps:
        what = f"undo of {step.undoes}" if step.undoes is not None else f"{step.kind} of {step.file}"
        undone = f"  (undone by {step.undone})" if step.undone is not None else ""
        typer.echo(f"{step.id:>5}  {step.at}  {step.by}  {what} into {step.name}{undone}")


def _versions(store: Store, name: str, beginning: str, *, as_json: bool) -> None:
    from bilingual.errors import InputError
    from bilingual.rematch.words import difference

    known = store.as_of(name, store.revision(name)) or {unit.id: unit for unit in store.load(name).units}
    found = sorted(one for one in known if one.startswith(beginning))
    if len(found) != 1:
        told = f"{len(found)} units have an id" if found else "no unit has an id"
        raise InputError(
            f"{told} in {name!r} that begins with {beginning!r}",
            "its id stands in the first column of NAME.csv",
            path=store.path,
        )
    versions = store.history(name, found[0])
    if as_json:
        typer.echo(json.dumps([_version(version) for version in versions], ensure_ascii=False, indent=2))
        return
    typer.echo(f"{found[0]}  {versions[-1].unit.source}")
    before = ""
    for version in versions:
        words = version.unit.target.string
        told = difference(before, words) if before and words != before else words
        what = f", {version.label}" if version.label else ""
        who = f"{version.at or '–':<20}  {version.by or 'a run'}{what}"
        typer.echo(f"{version.number:>5}  {who}  [{version.unit.state.value}]  {told}")
        before = words


def _version(version: Version) -> dict[str, object]:
    unit = version.unit
    return {
        "version": version.number, "step": version.step, "label": version.label, "by": version.by, "at": version.at,
        "source": unit.source.string,
        "target": unit.target.string, "state": unit.state.value, "locked": unit.locked,
    }  # fmt: skip


def _facts(step: Step) -> dict[str, object]:
    return {
        "id": step.id, "kind": step.kind, "document": step.name, "by": step.by, "at": step.at, "file": step.file,
        "undoes": step.undoes, "undone_by": step.undone,
    }  # fmt: skip
