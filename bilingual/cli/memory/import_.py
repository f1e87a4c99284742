"""`bilingual memory import`: other memories into this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, counted, opened

if TYPE_CHECKING:
    from bilingual.memory import Batch

EXAMPLES = (
    "Examples:\n\nbilingual memory import client.tmx\n\nbilingual memory import aligned/page.tmx old.csv --by 'Li Na'"
)

FEW = 10_000
"""Units below which no progress is shown."""


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Memories and aligned files of any tool: .tmx, or another kind that `bilingual convert` reads.",
            metavar="FILE…",
            show_default=False,
        ),
    ],
    by: Annotated[str, typer.Option("--by", help="Your name, noted with the import.")] = "",
    memory: Annotated[Path | None, MEMORY] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> None:
    """Bring memories and aligned files in; each import has a number and can be undone.

    Chinese and English are found by their tags (zh, zh-CN, zh_Hans, ZHO, en-US …); other languages are passed over. A
    pair that is there already is kept once, and where it came from is noted. A file that breaks off or is no good
    leaves nothing behind; one that was interrupted goes on where it stopped when you run it again.
    """
    from bilingual.errors import InputError
    from bilingual.memory.exchange import import_file

    refused: list[InputError] = []
    with opened(memory, readonly=False) as into:
        for file in files:
            try:
                batch = import_file(into, file, by, None if quiet else _tell)
            except InputError as error:
                refused.append(error)
                continue
            if batch.added + batch.merged + batch.replaced:
                typer.echo(f"{file}: {counted(batch)}. Undo it with: bilingual memory undo {batch.id}")
            else:
                typer.echo(f"{file}: {counted(batch)}. The memory is as it was")
    for reason in refused:
        typer.echo(f"error: {reason}", err=True)
    if refused:
        raise typer.Exit(3)


def _tell(batch: Batch) -> None:
    done = batch.added + batch.merged + batch.same + batch.skipped
    if done >= FEW:
        typer.echo(f"{batch.name}: {done:,} …", err=True)
