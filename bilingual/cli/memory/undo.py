"""`bilingual memory undo`: an import taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, counted, opened

if TYPE_CHECKING:
    from bilingual.memory import Batch

EXAMPLES = "Examples:\n\nbilingual memory undo\n\nbilingual memory undo 3"
MOST = 20


def undo(
    number: Annotated[
        int | None,
        typer.Argument(help="Number of the import; without one, all that came in is listed.", show_default=False),
    ] = None,
    memory: Annotated[Path | None, MEMORY] = None,
) -> None:
    """Take back an import, or what `bilingual memory add` put in: the memory is as if it had never been.

    What the import had replaced comes back. What came later stays.
    """
    with opened(memory, readonly=number is None) as known:
        if number is not None:
            batch = known.undo(number)
            typer.echo(f"undone: {_line(batch)}")
            return
        batches = known.batches()
    for batch in batches[:MOST]:
        typer.echo(_line(batch))
    if len(batches) > MOST:
        typer.echo(f"… and {len(batches) - MOST} older ones", err=True)
    if not batches:
        typer.echo("nothing has come in yet", err=True)


def _line(batch: Batch) -> str:
    state = {"done": "", "stopped": " – stopped in the middle", "undone": " – undone"}[batch.state]
    who = f" by {batch.by}" if batch.by else ""
    when = batch.when[:16].replace("T", " ")
    return f"{batch.id:>4}  {when}  {batch.kind} {batch.name}{who}: {counted(batch)}{state}"
