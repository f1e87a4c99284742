"""`bilingual memory stats`: what the memory holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, opened, path_of

EXAMPLES = "Examples:\n\nbilingual memory stats\n\nbilingual memory stats --check"
MOST = 10


def stats(
    check: Annotated[bool, typer.Option("--check", help="See whether the file is sound; takes longer.")] = False,
    memory: Annotated[Path | None, MEMORY] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show how much the memory holds, where it comes from, and how far it has been reviewed."""
    from bilingual.errors import InputError

    with opened(memory, readonly=True) as known:
        problems = known.check() if check else ()
        facts = known.statistics()
    if problems:
        raise InputError(
            f"is damaged: {problems[0]}", "`bilingual memory salvage` saves what can be read", path=path_of(memory)
        )
    if as_json:
        typer.echo(json.dumps(asdict(facts), ensure_ascii=False, indent=2))
        return
    typer.echo(f"{path_of(memory)}: {facts.megabytes:.1f} MB{', sound' if check else ''}")
    typer.echo(f"{facts.entries:,} entries ({facts.sources:,} different sources), used {facts.uses:,} times")
    typer.echo(f"{facts.replaced:,} older versions are kept as history")
    if facts.newest:
        typer.echo(f"newest: {facts.newest[:10]}")
    for title, counts in (
        ("states", facts.states),
        ("origins", facts.origins),
        ("people", facts.people),
        ("documents", facts.documents),
    ):
        shown = ", ".join(f"{name} {count:,}" for name, count in counts[:MOST])
        more = f" … and {len(counts) - MOST} more" if len(counts) > MOST else ""
        if shown:
            typer.echo(f"{title}: {shown}{more}")
