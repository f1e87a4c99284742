"""`bilingual glossary list`: which tables there are, which goes first, and what it overrides."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.glossary.problems import Row, Table

EXAMPLES = (
    "Examples:\n\nbilingual glossary list\n\nbilingual glossary list --glossary project.csv --glossary general.csv\n\n"
    "bilingual glossary list --overridden"
)


def overview(
    glossary: Annotated[list[Path] | None, PATHS] = None,
    overridden: Annotated[
        bool, typer.Option("--overridden", help="Each entry that a table before overrides, and by what.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Tables as JSON.")] = False,
) -> None:
    """Show the glossary's tables in the order in which they count, and what each overrides.

    The first table that has a source settles it. The order is that of --glossary, or of the list “glossary” in
    bilingual.toml; a folder is one table.
    """
    from bilingual.glossary import problems_in

    paths = paths_of(glossary)
    table = problems_in(paths)
    tables = [_facts(rank, path, table) for rank, path in enumerate(paths)]
    if as_json:
        typer.echo(json.dumps({"tables": tables, "overridden": _pairs(table)}, ensure_ascii=False, indent=2))
    elif overridden:
        for row, winner in table.overridden:
            typer.echo(f"{_said(row)} – overridden by {_said(winner)}")
        typer.echo(f"{len(table.overridden)} overridden")
    else:
        for number, facts in enumerate(tables, 1):
            typer.echo(_line(number, facts))
        bad = sum(problem.severity == "error" for problem in table.problems)
        if bad:
            typer.echo(f"{bad} errors: `bilingual glossary check` shows them", err=True)
    if not tables:
        typer.echo(
            "there is no glossary: make a folder glossary/ with a table, or name one in bilingual.toml", err=True
        )


def _facts(rank: int, path: Path, table: Table) -> dict[str, object]:
    rows = [row for row in table.rows if row.rank == rank]
    lost = [winner for row, winner in table.overridden if row.rank == rank]
    return {
        "table": str(path),
        "files": len({row.path for row in rows} | {row.path for row, _ in table.overridden if row.rank == rank}),
        "terms": len(rows),
        "statuses": dict(sorted(Counter(row.term.status.value for row in rows).items())),
        "overrides": sum(winner.rank == rank for _, winner in table.overridden),
        "overridden": len(lost),
    }


def _line(number: int, facts: dict[str, object]) -> str:
    statuses = facts["statuses"]
    assert isinstance(statuses, dict)
    told = ", ".join(f"{count} {status}" for status, count in statuses.items())
    files = f" ({facts['files']} files)" if facts["files"] != 1 else ""
    more = [f"overrides {facts['overrides']}"] if facts["overrides"] else []
    more += [f"{facts['overridden']} more overridden"] if facts["overridden"] else []
    count = f"{facts['terms']} term" if facts["terms"] == 1 else f"{facts['terms']} terms"
    about = "; ".join([f"{count} ({told})" if told else count, *([", ".join(more)] if more else [])])
    return f"{number}. {facts['table']}{files}: {about}"


def _said(row: Row) -> str:
    return f"{row.term.source} = {row.term.target} ({row.place})"


def _pairs(table: Table) -> list[dict[str, str]]:
    return [
        {"source": row.term.source, "target": row.term.target, "place": row.place, "by": winner.place,
         "instead": winner.term.target}
        for row, winner in table.overridden
    ]  # fmt: skip
