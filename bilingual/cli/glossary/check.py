"""`bilingual glossary check`: every entry that cannot be used, contradicts another, or is not what it seems."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.glossary.problems import Problem, Table

EXAMPLES = (
    "Examples:\n\nbilingual glossary check\n\nbilingual glossary check --glossary my-terms.csv\n\n"
    "bilingual glossary check --skip differs --skip overridden"
)
MOST = 20
"""How many findings of one check are shown; --json has all."""

SKIP = typer.Option(
    "--skip",
    metavar="CHECK",
    help="Leave a check out: row, duplicate, contradiction, id, overridden, characters, form, forbidden, never, "
    "differs. May be given more than once.",
)


def check(
    glossary: Annotated[list[Path] | None, PATHS] = None,
    skip: Annotated[list[str] | None, SKIP] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """Find what is wrong in the glossary, with file and line.

    Errors: rows that cannot be used, duplicates and contradictions within a table, characters nobody can see or that
    only look Latin. Warnings: entries that are never found, brackets without their other, spaces and punctuation that
    do not belong there. Notes: longer terms that translate a shorter one inside them otherwise, and entries that a
    table given before overrides.

    Ends with 1 where there is an error, else with 0.
    """
    from bilingual.errors import SettingsError
    from bilingual.glossary.checking import CHECKS
    from bilingual.glossary.checking import check as findings_in

    skipped = set(skip or ())
    if unknown := sorted(skipped - CHECKS.keys()):
        raise SettingsError(f"there is no check '{unknown[0]}'", f"checks are {', '.join(CHECKS)}")
    table = findings_in(paths_of(glossary), skipped)
    if as_json:
        typer.echo(json.dumps(_facts(table), ensure_ascii=False, indent=2))
    else:
        _show(table)
    if any(problem.severity == "error" for problem in table.problems):
        raise typer.Exit(1)


def _show(table: Table) -> None:
    shown: Counter[str] = Counter()
    for problem in table.problems:
        shown[problem.check] += 1
        if shown[problem.check] <= MOST:
            place, what = f"{problem.path}:{problem.line}", f"{problem.severity}: {problem.message}"
            typer.echo(f"{place}: {what}  [{problem.check}]")
    for name, number in shown.items():
        if number > MOST:
            typer.echo(f"… and {number - MOST} more of [{name}]: --json has them all, --skip {name} none")
    typer.echo(f"{_many(len(table.rows), 'term')}, {told(table.problems)}")


def told(problems: list[Problem]) -> str:
    """How many findings there are of each severity: "2 errors, 1 note"; "nothing wrong" where there are none."""
    counts = Counter(str(problem.severity) for problem in problems)
    parts = [_many(counts[severity], severity) for severity in ("error", "warning", "note") if counts[severity]]
    return ", ".join(parts) or "nothing wrong"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _facts(table: Table) -> dict[str, object]:
    return {
        "terms": len(table.rows),
        "problems": [
            {"file": str(p.path), "line": p.line, "severity": p.severity, "check": p.check, "message": p.message}
            for p in table.problems
        ],
    }
