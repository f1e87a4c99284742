"""`bilingual segment`: what was read, in reading order, and where its sentences end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Block, Document, Span

EXAMPLES = """Examples:\n
bilingual segment page.txt\n
bilingual segment page.txt --json\n
cat page.txt | bilingual segment -"""


def segment(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Chinese documents, or folders of them; - is standard input.", metavar="INPUT...", show_default=False
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a block, one a line.")] = False,
) -> None:
    """Show a document's blocks in reading order: their kind, the lines they come from, their joins, their sentences."""
    from bilingual.errors import InputError
    from bilingual.job import sources_of
    from bilingual.segmentation import units_of
    from bilingual.settings import load

    rules = load(Path.cwd()).rules
    sources, refused = sources_of(inputs, lambda: sys.stdin.buffer.read() if sys.stdin else b"")
    for source in sources:
        try:
            document = source.read()
        except InputError as error:
            refused.append(str(error))
            continue
        show = _as_json if as_json else _as_text
        for line in show(document, units_of(document, rules)):
            typer.echo(line)
    for reason in refused:
        typer.echo(f"error: {reason}", err=True)
    if refused:
        raise typer.Exit(3)


def _as_text(document: Document, blocks: Any) -> Iterator[str]:
    template = document.template
    yield f"{document.name}  ({template.encoding if template else '?'}, {len(document.text):,} characters)"
    yield from (f"! {flag.reason}" for flag in document.flags)
    for block, spans in blocks:
        yield ""
        yield f"{block.kind}{f' {block.level}' if block.level else ''}  [{_lines(block)}]"
        yield from (f"  ~ {r.kind} ({r.confidence:.0%} sure): {r.reason}" for r in block.repairs)
        yield from (f"  ! {flag.reason}" for flag in block.flags)
        yield from (f"  | {span.of(block.text.string)}" for span in spans)


def _as_json(document: Document, blocks: Any) -> Iterator[str]:
    for block, spans in blocks:
        yield json.dumps(_facts(document, block, spans), ensure_ascii=False)


def _facts(document: Document, block: Block, spans: tuple[Span, ...]) -> dict[str, object]:
    return {
        "document": document.name,
        "block": block.id,
        "kind": block.kind,
        "level": block.level,
        "order": block.order,
        "lines": [locator.line for locator in block.locators],
        "repairs": [
            {"kind": r.kind, "position": r.position, "confidence": r.confidence, "reason": r.reason}
            for r in block.repairs
        ],
        "flags": [flag.reason for flag in block.flags],
        "sentences": [{"start": s.start, "end": s.end, "text": s.of(block.text.string)} for s in spans],
    }


def _lines(block: Block) -> str:
    lines = list(dict.fromkeys(str(locator.line) for locator in block.locators if locator.line))
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"
