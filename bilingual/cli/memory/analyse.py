"""`bilingual memory analyse`: the table of matches."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, opened, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bilingual.bitext import Document, Text
    from bilingual.memory.analysis import Count, Table
    from bilingual.segmentation import Rules

EXAMPLES = (
    "Examples:\n\nbilingual memory analyse page.txt\n\nbilingual memory analyse folder --csv > analysis.csv\n\n"
    "bilingual memory analyse report.docx --internal"
)


def analyse(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Chinese documents, or folders of them; - is standard input.", metavar="INPUT..."),
    ],
    internal: Annotated[
        bool,
        typer.Option("--internal", help="Sentences that are like earlier ones of the same texts count as matches."),
    ] = False,
    memory: Annotated[Path | None, MEMORY] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The table as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The table as CSV.")] = False,
) -> None:
    """Show how much of a text the memory knows: the table that translators are paid by, for each file and in all.

    context: the same sentence between the same neighbours; repetitions: it stood in these texts before; 100: the same
    sentence; 95–99 and so on: like one in the memory; new: all the rest. Each sentence counts once, in the first of
    these that fits. English words are an estimate: Chinese characters times the words that the memory's own English has
    for each (0.6 where it is small), and one for each word or number that is not Chinese.
    """
    from bilingual.memory.analysis import analyse as count
    from bilingual.memory.analysis import ratio_of

    refused: list[str] = []
    if not path_of(memory).is_file() and memory is None:
        typer.echo(f"{path_of(None)}: there is no memory yet, so everything is new or repeated", err=True)
        tables, ratio = count(None, _documents(inputs, refused), internal=internal), ratio_of(None)
    else:
        with opened(memory, readonly=True) as known:
            tables, ratio = count(known, _documents(inputs, refused), internal=internal), ratio_of(known)
    if as_json:
        typer.echo(json.dumps(_facts(tables, ratio), ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(_csv(tables, ratio), nl=False)
    else:
        for table in tables:
            _show(table, ratio)
        if tables:
            typer.echo(f"English words: an estimate, {ratio:.2f} for a Chinese character")
    for reason in refused:
        typer.echo(f"error: {reason}", err=True)
    if refused:
        raise typer.Exit(3)


def _documents(inputs: list[str], refused: list[str]) -> Iterator[tuple[str, Sequence[Text]]]:
    from bilingual.errors import InputError
    from bilingual.job import sources_of
    from bilingual.settings import load

    rules = load(Path.cwd()).rules
    sources, told = sources_of(inputs, lambda: sys.stdin.buffer.read() if sys.stdin else b"")
    refused += told
    for source in sources:
        try:
            segments = _segments(source.read(), rules)
        except InputError as error:
            refused.append(str(error))
            continue
        yield source.name, segments


def _segments(document: Document, rules: Rules) -> list[Text]:
    """The sentences of a document that are translated."""
    from bilingual.bitext import UNTRANSLATED
    from bilingual.codes import cut
    from bilingual.segmentation import units_of

    blocks = units_of(document, rules)
    return [text for block, spans in blocks if block.kind not in UNTRANSLATED for text in cut(block.text, spans)]


def _rows(table: Table) -> list[tuple[str, Count]]:
    return [*table.bands.items(), ("total", table.total)]


def _show(table: Table, ratio: float) -> None:
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid(title=table.name, title_justify="left", box=None, pad_edge=False)
    grid.add_column("match")
    for column in ("segments", "characters", "words", "English words", "share"):
        grid.add_column(column, justify="right")
    whole = table.total.english(ratio)
    for name, count in _rows(table):
        words = count.english(ratio)
        share = f"{words / whole:.0%}" if whole else "–"
        cells = (f"{number:,}" for number in (count.segments, count.characters, count.words, words))
        grid.add_row(name, *cells, share, style="bold" if name == "total" else "")
    console = Console()
    console.print(grid)
    console.print()


def _facts(tables: Sequence[Table], ratio: float) -> dict[str, object]:
    return {
        "english_words_per_character": round(ratio, 3),
        "tables": [
            {"name": table.name, "matches": {name: _numbers(count, ratio) for name, count in _rows(table)}}
            for table in tables
        ],
    }


def _numbers(count: Count, ratio: float) -> dict[str, int]:
    return {
        "segments": count.segments, "characters": count.characters, "words": count.words,
        "english_words": count.english(ratio),
    }  # fmt: skip


def _csv(tables: Sequence[Table], ratio: float) -> str:
    from bilingual.cells import guard

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["document", "match", "segments", "characters", "words", "english_words"])
    for table in tables:
        rows.writerows([guard(table.name), name, *_numbers(count, ratio).values()] for name, count in _rows(table))
    return text.getvalue()
