"""`bilingual segment`: what was read, in reading order, and where its sentences end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Block, Document, Locator, Repair, Span

EXAMPLES = """Examples:\n
bilingual segment page.txt\n
bilingual segment report.docx --json\n
cat page.txt | bilingual segment -"""

Sentences = tuple[tuple["Block", tuple["Span", ...]], ...]

COLOURS = {
    "title": "bold magenta", "heading": "bold blue", "paragraph": "green", "list item": "green", "table cell": "cyan",
    "byline": "yellow", "caption": "yellow", "credit": "yellow", "staff": "yellow", "note": "yellow",
    "running head": "bright_black", "mark": "bright_black",
}  # fmt: skip
SEAM = "‖"
"""Where two torn halves were joined."""


def segment(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Chinese documents, or folders of them; - is standard input.", metavar="INPUT...", show_default=False
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a block, one a line.")] = False,
) -> None:
    """Show a document as it was read: blocks in reading order, their kind and place, their joins, their sentences.

    Where torn halves were joined stands ‖, with how sure the join is; what is uncertain is red, and will be flagged.
    Emphasis, links and notes are shown as ‹bold›…‹/bold›.
    """
    from rich.console import Console

    from bilingual.errors import InputError
    from bilingual.job import sources_of
    from bilingual.segmentation import units_of
    from bilingual.settings import load

    rules = load(Path.cwd()).rules
    sources, refused = sources_of(inputs, lambda: sys.stdin.buffer.read() if sys.stdin else b"")
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for source in sources:
        try:
            document = source.read()
            blocks = units_of(document, rules)
        except InputError as error:
            refused.append(str(error))
            continue
        if as_json:
            for block, spans in blocks:
                typer.echo(json.dumps(_facts(document, block, spans), ensure_ascii=False))
        else:
            for line in _lines(document, blocks):
                console.print(*line, sep="", style=None)
    for reason in refused:
        typer.echo(f"error: {reason}", err=True)
    if refused:
        raise typer.Exit(3)


Styled = tuple[object, ...]


def _lines(document: Document, blocks: Sentences) -> Iterator[Styled]:
    from rich.text import Text

    template = document.template
    form = ", ".join(part for part in (template.format, template.encoding) if part) if template else "?"
    yield Text(document.name, "bold"), f"  ({form}; {len(document.text):,} characters)"
    for flag in document.flags:
        yield (Text(f"! {flag.reason}", "red"),)
    for block, spans in blocks:
        yield ("",)
        level = f" {block.level}" if block.level else ""
        yield Text(f"{block.kind}{level}", COLOURS.get(block.kind, "")), f"  [{_where(block.locators)}]"
        for repair in block.repairs:
            yield (Text(f"  ~ {repair.kind} ({repair.confidence:.0%} sure): {repair.reason}", _colour(repair)),)
        for flag in block.flags:
            yield (Text(f"  ! {flag.reason}", "red"),)
        for span in spans:
            yield "  | ", _sentence(block, span)
    yield ("",)
    yield (Text(_summary(blocks), "bold"),)


def _colour(repair: Repair) -> str:
    from bilingual.documents.layout import UNCERTAIN

    return "red" if repair.confidence < UNCERTAIN else "bright_black"


def _sentence(block: Block, span: Span) -> object:
    """The sentence with its seams and codes shown."""
    from rich.text import Text

    shown: list[tuple[int, str, str]] = [
        (repair.position, SEAM, _colour(repair) if _colour(repair) == "red" else "bold green")
        for repair in block.repairs
        if repair.kind == "join" and span.start < repair.position <= span.end
    ]
    for code in block.text.codes:
        if span.start <= code.position <= span.end:
            name = f"{'/' if code.kind == 'close' else ''}{code.type or code.id}{'/' if code.kind == 'empty' else ''}"
            shown.append((code.position, f"‹{name}›", "bright_black"))
    line, at = Text(), span.start
    for position, mark, colour in sorted(shown, key=lambda item: item[0]):
        line.append(block.text.string[at:position])
        line.append(mark, colour)
        at = position
    return line.append(block.text.string[at : span.end])


def _summary(blocks: Sentences) -> str:
    from bilingual.documents.layout import UNCERTAIN

    repairs = [repair for block, _ in blocks for repair in block.repairs]
    unsure = sum(repair.confidence < UNCERTAIN for repair in repairs)
    joins = sum(repair.kind == "join" for repair in repairs)
    sentences = sum(len(spans) for _, spans in blocks)
    told = f"{len(blocks):,} blocks, {sentences:,} sentences"
    return told + (f", {joins} joins, {len(repairs) - joins} moves, {unsure} of them uncertain" if repairs else "")


def _facts(document: Document, block: Block, spans: Sequence[Span]) -> dict[str, object]:
    return {
        "document": document.name,
        "block": block.id,
        "kind": block.kind,
        "level": block.level,
        "order": block.order,
        "lines": [locator.line for locator in block.locators],
        "places": [{k: v for k, v in asdict(locator).items() if v not in (None, "")} for locator in block.locators],
        "repairs": [asdict(repair) for repair in block.repairs],
        "flags": [flag.reason for flag in block.flags],
        "codes": [asdict(code) for code in block.text.codes],
        "sentences": [{"start": s.start, "end": s.end, "text": s.of(block.text.string)} for s in spans],
    }


def _where(locators: Sequence[Locator]) -> str:
    from bilingual.formats.table import where_cell

    return where_cell(locators)
