"""`bilingual glossary check`: every row that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

EXAMPLES = "Examples:\n\nbilingual glossary check\n\nbilingual glossary check --glossary my-terms.csv"


def check(
    glossary: Annotated[list[Path] | None, PATHS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """Find every row that cannot be used, with file and line: missing entries, duplicates, contradictions.

    Ends with 0 where all is well and 1 where something was found.
    """
    from bilingual.glossary import problems_in

    table = problems_in(paths_of(glossary))
    if as_json:
        found = [{"file": str(p.path), "line": p.line, "message": p.message} for p in table.problems]
        typer.echo(json.dumps({"terms": len(table.rows), "problems": found}, ensure_ascii=False, indent=2))
    else:
        for problem in table.problems:
            typer.echo(str(problem))
        typer.echo(f"{len(table.rows)} terms, {len(table.problems)} problems")
    if table.problems:
        raise typer.Exit(1)
