"""`bilingual glossary`: keep the terms in order, and look them up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Term

app = typer.Typer(help="Check the glossary and look terms up.", no_args_is_help=True)

_PATHS = typer.Option("--glossary", help="Glossary table, or folder of them; may be given more than once.")


@app.command(epilog="Examples:\n\nbilingual glossary check\n\nbilingual glossary check --glossary my-terms.csv")
def check(
    glossary: Annotated[list[Path] | None, _PATHS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """Find every row that cannot be used, with file and line: missing entries, duplicates, contradictions.

    Ends with 0 where all is well and 1 where something was found.
    """
    from bilingual.glossary import problems_in

    table = problems_in(_paths(glossary))
    if as_json:
        found = [{"file": str(p.path), "line": p.line, "message": p.message} for p in table.problems]
        typer.echo(json.dumps({"terms": len(table.rows), "problems": found}, ensure_ascii=False, indent=2))
    else:
        for problem in table.problems:
            typer.echo(str(problem))
        typer.echo(f"{len(table.rows)} terms, {len(table.problems)} problems")
    if table.problems:
        raise typer.Exit(1)


@app.command(
    epilog="Examples:\n\nbilingual glossary find 倡议\n\nbilingual glossary find wuzhen\n\n"
    "bilingual glossary find 'data security'"
)
def find(
    words: Annotated[str, typer.Argument(help="Chinese, English or pinyin; a part is enough.", show_default=False)],
    glossary: Annotated[list[Path] | None, _PATHS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Terms as JSON.")] = False,
) -> None:
    """Look a term up, by Chinese, English or pinyin."""
    from bilingual.glossary import load

    found = load(_paths(glossary)).find(words)
    if as_json:
        typer.echo(json.dumps([_facts(term) for term in found], ensure_ascii=False, indent=2))
        return
    for term in found:
        also = f"  (also: {'; '.join(term.admitted)})" if term.admitted else ""
        never = f"  (never: {'; '.join(term.forbidden)})" if term.forbidden else ""
        typer.echo(f"{term.source} = {term.target}{also}{never}  [{term.kind}, {term.status}]")
        typer.echo(f"    {term.reference or 'no reference'}{f' – {term.note}' if term.note else ''}")
    if not found:
        typer.echo(f"nothing found for “{words}”", err=True)


def _facts(term: Term) -> dict[str, object]:
    return {
        "id": term.id, "source": term.source, "target": term.target, "admitted": term.admitted,
        "forbidden": term.forbidden, "kind": term.kind, "status": term.status, "when": term.when,
        "note": term.note, "reference": term.reference,
    }  # fmt: skip


def _paths(given: list[Path] | None) -> tuple[Path, ...]:
    from bilingual.settings import load

    return load(Path.cwd()).with_overrides(glossary=tuple(given) if given else None).glossary_paths()
