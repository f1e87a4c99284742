"""`bilingual rebuild`: the store again, from its TMX files or from what is left of a damaged one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:\n
bilingual rebuild aligned/*.tmx -o rescued\n
bilingual rebuild aligned/workbench.sqlite -o rescued"""


def rebuild(
    inputs: Annotated[
        list[Path],
        typer.Argument(help="The .tmx files we wrote, or one damaged .sqlite.", metavar="FILE...", show_default=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the new store.  [default: aligned]", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Make a store from TMX files, or save what can be read of a damaged store into a new one.

    A TMX file holds every unit as it is now, with its state, notes and candidates; what it does not hold is told. A
    store that is there is never overwritten: choose another folder, or move it away.
    """
    from bilingual.merge.rebuilding import rebuild as make
    from bilingual.settings import load

    done = make(inputs, output or load(Path.cwd()).output)
    if as_json:
        facts = {"store": str(done.path), "units": done.documents, "told": done.told, "not_in_it": list(done.lacks)}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for name, units in done.documents.items():
        typer.echo(f"{name}: {units:,} units")
    for reason in done.told:
        typer.echo(f"warning: {reason}", err=True)
    if done.lacks:
        typer.echo("not in it, because it is not in a TMX file:")
        for what in done.lacks:
            typer.echo(f"  – {what}")
    typer.echo(f"→ {done.path}")
