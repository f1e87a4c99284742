"""`bilingual translate`: documents in, aligned and glossary-true English out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.job import Progress, Source, Tally
    from bilingual.settings import Settings

EXAMPLES = """Examples:\n
bilingual translate page.txt\n
bilingual translate seeds --glossary glossary -o aligned\n
cat page.txt | bilingual translate - --json\n
bilingual translate page.txt --explain 9f7e"""

OUTCOMES = ("natural", "enforced", "repaired", "missing")


def translate(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Chinese documents, or folders of them; - is standard input.", metavar="INPUT...", show_default=False
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results.  [default: aligned]")
    ] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option(
            help="Glossary table, or folder of them; may be given more than once.  "
            "[default: glossary/ where there is one, else the one that comes with bilingual]"
        ),
    ] = None,
    memory: Annotated[
        Path | None,
        typer.Option(
            help="Translation memory to take from: the very sentences before the engine, like ones beside it.  "
            "[default: memory.sqlite where there is one]",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="Forms to write, with commas between.  [default: tmx,csv]")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="argos, or instant (a fake that only shows the plumbing).  [default: argos]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the closing table as JSON.")] = False,
    explain: Annotated[
        str,
        typer.Option(
            metavar="ID",
            help="Translate nothing; show how the unit of that id came to its English.",
            show_default=False,
        ),
    ] = "",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no table; warnings and errors still show.")
    ] = False,
) -> None:
    """Translate Chinese documents into aligned English: NAME.tmx and NAME.csv for each.

    Names, initiatives and set phrases come out as the glossary has them, numbers as the source has them; what needs a
    human eye is flagged with the reason. What people have edited in the store is never overwritten. After a stop, run
    it again: it goes on where it was.
    """
    from bilingual.errors import InputError
    from bilingual.job import run, sources_of
    from bilingual.settings import load

    settings = load(Path.cwd()).with_overrides(
        output=output,
        glossary=tuple(glossary) if glossary else None,
        engine=engine,
        memory=memory,
        formats=tuple(part.strip() for part in formats.split(",")) if formats else None,
    )
    if memory and not memory.exists():
        raise InputError("there is no memory here yet", "bilingual memory import makes one", path=memory)
    sources, refused = sources_of(inputs, lambda: sys.stdin.buffer.read() if sys.stdin else b"")
    if not sources:
        raise InputError(refused[0], problems=tuple(refused))
    if explain:
        _explain(sources, settings, explain, as_json=as_json)
        return
    with _bar(quiet or as_json) as progress:
        tally = run(sources, settings, progress=progress)
    tally.refused[:0] = refused
    _show(tally, as_json=as_json, quiet=quiet)
    if tally.refused:
        raise typer.Exit(3)


def _explain(sources: Sequence[Source], settings: Settings, unit_id: str, *, as_json: bool) -> None:
    from bilingual.cli.explain import show
    from bilingual.job import explain

    show(*explain(sources, settings, unit_id), as_json=as_json)


class _bar:  # noqa: N801 (used as a function)
    """A progress bar on stderr with rate and time left; nothing where stderr is no terminal."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet

    def __enter__(self) -> Progress | None:
        self._progress = None
        if self._quiet or not (sys.stderr and sys.stderr.isatty()):
            return None
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"), BarColumn(),
            TextColumn("{task.completed:,}/{task.total:,} {task.fields[counted]}"), TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(), TimeRemainingColumn(),
        )  # fmt: skip
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._progress.start()
        self._tasks: dict[tuple[str, str], int] = {}
        return self._update

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def _update(self, name: str, counted: str, done: int, total: int) -> None:
        assert self._progress is not None
        key = (name, counted)
        if key not in self._tasks:
            told = f"reading {name}" if counted == "parts" else name
            self._tasks[key] = self._progress.add_task(told, total=total, rate="", counted=counted)
        task = self._progress.tasks[self._tasks[key]]
        self._progress.update(task.id, completed=done, total=total, rate=f"{task.speed or 0:,.0f}/s")


def _show(tally: Tally, *, as_json: bool, quiet: bool) -> None:
    """The closing table on stdout; warnings and what was refused on stderr."""
    for warning in tally.warnings:
        typer.echo(f"warning: {warning}", err=True)
    for reason in tally.refused:
        typer.echo(f"error: {reason}", err=True)
    if as_json:
        typer.echo(json.dumps(_facts(tally), ensure_ascii=False, indent=2))
    elif not quiet:
        _table(tally)


def _facts(tally: Tally) -> dict[str, object]:
    return {
        "documents": tally.documents,
        "units": tally.units,
        "characters": tally.characters,
        "terms": {outcome: tally.terms[outcome] for outcome in OUTCOMES},
        "flagged": tally.flagged,
        "from_memory": tally.recalled,
        "edited_kept": tally.kept,
        "seconds": round(tally.seconds, 2),
        "characters_per_second": round(tally.rate, 1),
        "written": [str(path) for path in tally.written],
        "warnings": tally.warnings,
        "refused": tally.refused,
    }


def _table(tally: Tally) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    rows = {
        "documents": f"{tally.documents:,}",
        "units": f"{tally.units:,}",
        "characters": f"{tally.characters:,}",
        **{f"terms {outcome}": f"{tally.terms[outcome]:,}" for outcome in OUTCOMES},
        "flagged for your eye": f"{tally.flagged:,}",
        "taken from the memory": f"{tally.recalled:,}",
        "kept as people edited them": f"{tally.kept:,}",
        "seconds": f"{tally.seconds:.1f}",
        "characters a second": f"{tally.rate:,.0f}",
    }
    for name, value in rows.items():
        table.add_row(name, value)
    console = Console(soft_wrap=True)
    console.print(table)
    for path in tally.written:
        console.print(f"→ {path}", highlight=False)
