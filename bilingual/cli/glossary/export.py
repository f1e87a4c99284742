"""`bilingual glossary export`: the glossary for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

EXAMPLES = (
    "Examples:\n\nbilingual glossary export -o terms.xlsx\n\nbilingual glossary export -o terms.tbx\n\n"
    "bilingual glossary export --glossary glossary/people.csv -o omegat-project/glossary/people.txt"
)


def export(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="File to write: .xlsx, .tbx (version 3), .csv, or .txt (tab-separated, for OmegaT).",
            show_default=False,
        ),
    ],
    glossary: Annotated[list[Path] | None, PATHS] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there already.")] = False,
) -> None:
    """Write the glossary for Excel, for a termbase (TBX) or for OmegaT.

    What `bilingual glossary import` makes of a .xlsx, .tbx or .csv is the same glossary again. A tab-separated file has
    only Chinese, English and a note: what it cannot say is told.
    """
    from bilingual.errors import SettingsError
    from bilingual.glossary import exchange, load

    if output.exists() and not replace:
        raise SettingsError(f"{output} is there already", "name another file, or say --replace")
    terms = load(paths_of(glossary)).terms
    for message in exchange.write(terms, output):
        typer.echo(message, err=True)
    typer.echo(f"{output}: {len(terms)} terms")
