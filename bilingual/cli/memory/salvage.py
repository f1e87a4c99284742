"""`bilingual memory salvage`: what can be read of a damaged memory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = "Example:\n\nbilingual memory salvage memory.sqlite -o saved.sqlite"


def salvage(
    damaged: Annotated[Path, typer.Argument(help="The damaged memory; it is only read.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="New memory to make.", show_default=False)],
) -> None:
    """Save what can be read of a damaged memory into a new one."""
    from bilingual.memory.salvage import salvage as save

    done = save(damaged, output)
    typer.echo(f"{output}: {done.pairs:,} entries saved. {damaged} was not touched")
    if done.without:
        typer.echo(f"of {done.without:,} nobody knows any more where they were used", err=True)
    if done.lost:
        typer.echo("some rows could not be read: import them again from the files they came from", err=True)
