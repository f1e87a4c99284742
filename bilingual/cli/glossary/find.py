"""`bilingual glossary find`: look a term up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.bitext import Term

EXAMPLES = (
    "Examples:\n\nbilingual glossary find 倡议\n\nbilingual glossary find wuzhen\n\n"
    "bilingual glossary find 'data security'"
)


def find(
    words: Annotated[str, typer.Argument(help="Chinese, English or pinyin; a part is enough.", show_default=False)],
    glossary: Annotated[list[Path] | None, PATHS] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Terms as JSON.")] = False,
) -> None:
    """Look a term up, by Chinese, English or pinyin."""
    from bilingual.glossary import load

    found = load(paths_of(glossary)).find(words)
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
