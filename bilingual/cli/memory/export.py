"""`bilingual memory export`: the memory for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, opened

EXAMPLES = (
    "Examples:\n\nbilingual memory export -o memory.tmx\n\nbilingual memory export --document report -o report.tmx"
)


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: .tmx, or another format by its ending.")
    ],
    document: Annotated[
        str | None, typer.Option("--document", help="Only what this document uses.", show_default=False)
    ] = None,
    memory: Annotated[Path | None, MEMORY] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there already.")] = False,
) -> None:
    """Write the memory for OmegaT, Trados, memoQ or Excel.

    A .tmx holds everything, also who used a sentence when and where: imported again it makes the same memory.
    """
    from bilingual.errors import SettingsError
    from bilingual.memory.exchange import export_file

    if output.exists() and not replace:
        raise SettingsError(f"{output} is there already", "name another file, or say --replace")
    with opened(memory, readonly=True) as known:
        count, told = export_file(known, output, document)
    for message in told[:20]:
        typer.echo(message, err=True)
    if len(told) > 20:
        typer.echo(f"… and {len(told) - 20} more", err=True)
    typer.echo(f"{output}: {count:,} entries")
