"""`bilingual glossary approve`: from proposed to approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.glossary.problems import Row

EXAMPLES = "Examples:\n\nbilingual glossary approve per-zhang-bolan\n\nbilingual glossary approve 张博岚 赣州"


def approve(
    names: Annotated[
        list[str], typer.Argument(help="Ids, or the Chinese, of proposed entries.", metavar="ID…", show_default=False)
    ],
    glossary: Annotated[list[Path] | None, PATHS] = None,
) -> None:
    """Set proposed entries to approved, in the file in which they stand; nothing else in the file changes.

    A Chinese term that has several entries (with different conditions) is approved in all of them. If one of the names
    cannot be approved, nothing is.
    """
    from bilingual.glossary.approval import approve as approved

    done = approved(paths_of(glossary), names)
    for row in done.now:
        typer.echo(f"{_said(row)}: approved")
    for row in done.before:
        typer.echo(f"{_said(row)}: was approved already", err=True)


def _said(row: Row) -> str:
    return f"{row.place}: {row.term.source} = {row.term.target}"
