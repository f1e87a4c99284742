"""`bilingual merge`: what people did in an edited file comes home into the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.merge import Finding, Outcome
    from bilingual.store import Store

EXAMPLES = """Examples:\n
bilingual merge aligned/page.csv\n
bilingual merge page.edited.csv --dry-run\n
bilingual merge ~/Downloads/page.xlsx --by 李雷\n
bilingual merge page.tmx --prefer file"""

SHOWN = 20
"""Rows that are told of each kind that changes nothing; --json tells all."""


class Prefer(StrEnum):
    """Whose words win where both sides changed a unit."""

    FILE = "file"
    STORE = "store"


def merge(
    edited: Annotated[
        list[Path],
        typer.Argument(help="Edited files, in any format we write.", metavar="EDITED...", show_default=False),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only show what would change; change nothing.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who made the edits.  [default: your login name]", show_default=False)] = "",
    document: Annotated[
        str, typer.Option(help="The document they are of, where the file does not tell.", show_default=False)
    ] = "",
    prefer: Annotated[
        Prefer | None,
        typer.Option(help="Whose words to put in force where both sides changed a sentence.", show_default=False),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Take emptied targets too: delete those words.")] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Take changes of quotes, widths and spaces alone, too.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors.")] = False,
) -> None:
    """Bring home what people did in a file: words, states, locks, notes, rows joined or split.

    Rows may be sorted, filtered or missing: what is not in the file stays as it is. Where the store was changed too
    since the file was made, both sides are kept and you are told (exit code 1); --prefer chooses. Nothing is ever
    lost: every version stays, and `bilingual undo` takes a merge back. What you translated goes into the memory.
    """
    from bilingual.errors import InputError
    from bilingual.merge import Choice, What, merge_file

    choice = Choice(by or login(), now(), prefer or "", empty, exact)
    outcomes, refused = [], []
    with opened(folder, look=dry_run) as store:
        for path in edited:
            try:
                outcome = merge_file(store, path, choice, document, dry=dry_run)
            except InputError as error:
                refused.append(str(error))
                continue
            outcomes.append(outcome)
            if not (as_json or quiet):
                _show(outcome, dry=dry_run)
            if not dry_run:
                _write_again(store, path, outcome, quiet=quiet or as_json)
                _teach(store, outcome, choice.by, quiet=quiet or as_json)
    if as_json:
        typer.echo(json.dumps([_facts(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
    for reason in refused:
        typer.echo(f"error: {reason}", err=True)
    if refused:
        raise typer.Exit(3)
    if conflicts := sum(outcome.count(What.CONFLICT) for outcome in outcomes):
        if quiet:
            typer.echo(f"warning: {conflicts:,} conflicts, both sides kept", err=True)
        raise typer.Exit(1)


def login() -> str:
    """The name this person is logged in under."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine where nobody has a name
        return "somebody"


def now() -> str:
    """The time, as the store writes it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def opened(folder: Path | None, *, look: bool = False) -> Store:
    """The store in a folder, by default that of the settings; InputError where there is none. With `look`, one that may
    not be written can be read."""
    from bilingual.errors import InputError
    from bilingual.settings import load
    from bilingual.store import Store

    given = folder or load(Path.cwd()).output
    file = given / "workbench.sqlite"
    if not file.exists():
        hint = "first run: bilingual translate, or say with --from where it is"
        raise InputError(f"there is no store in {given}", hint)
    return Store(file, look=look)


def write_again(store: Store, name: str) -> list[Path]:
    """Write a document's views anew beside the store, those there are; tells what has to be told."""
    from bilingual.settings import load
    from bilingual.views import write_views, written_before

    folder = store.path.parent
    views = write_views(store, name, folder, written_before(store, name, folder) or load(Path.cwd()).formats)
    for warning in views.warnings:
        typer.echo(f"warning: {warning}", err=True)
    return views.written


def _write_again(store: Store, path: Path, outcome: Outcome, *, quiet: bool) -> None:
    beside = path.resolve().parent == store.path.resolve().parent
    if outcome.whole and beside:  # all of it is in the store: no need to keep it once more when its view is written
        store.expect_view(path, outcome.sha256)
    for written in write_again(store, outcome.name) if outcome.step or outcome.whole else []:
        if not quiet:
            typer.echo(f"→ {written}")


def _teach(store: Store, outcome: Outcome, by: str, *, quiet: bool) -> None:
    """What people did goes into the memory; a memory that cannot be used is told, the merge stands."""
    from bilingual.merge import CHANGES
    from bilingual.merge.teaching import catch_up, teach

    changed = {finding.unit for finding in outcome.findings if finding.what in CHANGES}
    with memory_told() as memory:
        count = teach(memory, store, outcome.name, outcome.step, by=by, only=changed) if outcome.step and changed else 0
        if count and not quiet:
            typer.echo(f"→ {memory}: {count:,} sentences for the next job")
        if (missed := catch_up(memory, store, outcome.name)) and not quiet:
            typer.echo(f"→ {memory}: {missed:,} sentences of earlier merges, which it had not got")


@contextmanager
def memory_told() -> Iterator[Path]:
    """The settings' memory; what is wrong with it is a warning."""
    from bilingual.errors import BilingualError
    from bilingual.settings import load

    try:
        yield load(Path.cwd()).memory
    except BilingualError as error:
        typer.echo(f"warning: the memory was left as it is: {error}", err=True)


def _show(outcome: Outcome, *, dry: bool) -> None:
    """What was done, row by row, and the counts."""
    from bilingual.merge import CHANGES, What

    mode = "  (dry run: nothing is changed)" if dry else ""
    typer.echo(f"{outcome.file} → {outcome.name}: {outcome.rows:,} rows{mode}")
    for what in What:
        found = [finding for finding in outcome.findings if finding.what is what]
        if not found:
            continue
        typer.echo(f"\n{what.value}: {len(found):,}")
        most = len(found) if what in CHANGES or what is What.CONFLICT else SHOWN
        for finding in found[:most]:
            _tell(finding)
        if len(found) > most:
            typer.echo(f"  … and {len(found) - most:,} more")
    typer.echo("\n" + _summary(outcome, dry=dry))


def _tell(finding: Finding) -> None:
    from bilingual.merge import What
    from bilingual.rematch.words import difference

    typer.echo(f"  {finding.unit}  {finding.source}")
    if finding.what is What.CONFLICT:
        typer.echo(f"      store  {finding.before}")
        typer.echo(f"      file   {finding.after}")
        typer.echo(f"      {finding.told}")
        return
    if finding.what is What.EMPTIED:
        typer.echo(f"      {finding.before}")
    elif finding.what not in {What.MISSING, What.REPEATED, What.LOOKS} and finding.before != finding.after:
        typer.echo(f"      {difference(finding.before, finding.after)}")
    if finding.told and finding.what in {What.OLDER, What.REFUSED, What.SPLIT, What.JOINED}:
        typer.echo(f"      {finding.told}")


def _summary(outcome: Outcome, *, dry: bool) -> str:
    """One line: what became of the file, and how to take it back or go on."""
    from bilingual.merge import CHANGES, LEFT, What

    done = sum(outcome.count(what) for what in CHANGES)
    left = sum(outcome.count(what) for what in LEFT)
    told = f"{done:,} {'would change' if dry else 'changed'}"
    if conflicts := outcome.count(What.CONFLICT):
        told += f" · {conflicts:,} conflicts, both sides kept: choose with --prefer file or --prefer store"
    if left:
        ways = {What.EMPTIED: "--empty takes emptied targets", What.LOOKS: "--exact takes quotes, widths and spaces",
                What.OLDER: "--prefer file takes older words"}  # fmt: skip
        hints = "; ".join(way for what, way in ways.items() if outcome.count(what))
        told += f" · {left:,} not taken" + (f" ({hints})" if hints else "")
    if outcome.step:
        told += f" · merge {outcome.step}; to take it back: bilingual undo {outcome.step}"
    elif not dry and not done:
        told = "nothing to change" if told.startswith("0") and not conflicts and not left else told
    return told


def _facts(outcome: Outcome) -> dict[str, object]:
    from bilingual.merge import What

    return {
        "file": outcome.file,
        "document": outcome.name,
        "merge": outcome.step,
        "rows": outcome.rows,
        "counts": {what.name.lower(): outcome.count(what) for what in What if outcome.count(what)},
        "findings": [
            {"what": f.what.name.lower(), "id": f.unit, "source": f.source, "before": f.before, "after": f.after,
             "told": f.told}
            for f in outcome.findings
        ],
    }  # fmt: skip
