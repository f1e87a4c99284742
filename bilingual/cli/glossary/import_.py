"""`bilingual glossary import`: other tools' glossaries as one of our tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.glossary.problems import Problem

EXAMPLES = (
    "Examples:\n\nbilingual glossary import termbase.tbx -o glossary/termbase.csv\n\n"
    "bilingual glossary import names.xlsx project/glossary.txt -o terms.csv"
)
MOST = 20
"""How many of the things that were told are shown without --all."""


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Glossaries: .csv, .xlsx, .tbx (versions 2 and 3), or tab-separated .txt, .utf8, .tsv, .tab.",
            metavar="FILE…",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Table to write (.csv).", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a table that is there already.")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Show everything that was told, not the first 20.")] = False,
) -> None:
    """Make one glossary table of other tools' glossaries.

    Languages are found by their tags (zh, zh-Hans, zh_TW, ZHO, en-US …), columns by their names, or by what they hold.
    What has no place in a table is told with file and line. Where two entries give one Chinese term another English,
    the second is written as deprecated, for only one can count.
    """
    from bilingual.errors import SettingsError
    from bilingual.glossary import exchange

    if output.suffix.lower() != ".csv":
        raise SettingsError(f"{output}: a table of ours is a .csv", "`bilingual glossary export` writes other kinds")
    if output.exists() and not replace:
        raise SettingsError(f"{output} is there already", "name another file, or say --replace")
    table = exchange.read(files)
    exchange.write([row.term for row in table.rows], output)
    _tell([str(problem) for problem in _worst_first(table.problems)], show_all)
    typer.echo(f"{output}: {len(table.rows)} terms. Look at them with `bilingual glossary check --glossary {output}`")


def _worst_first(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.severity == "note")


def _tell(messages: list[str], everything: bool) -> None:
    shown = messages if everything else messages[:MOST]
    for message in shown:
        typer.echo(message, err=True)
    if len(shown) < len(messages):
        typer.echo(f"… and {len(messages) - len(shown)} more: --all shows them", err=True)
