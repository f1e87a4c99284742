"""`bilingual glossary suggest`: candidates for new terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.inputs import FROM, INPUTS, documents_of
from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilingual.suggest import Passage, Suggestion

EXAMPLES = """Examples:\n
bilingual glossary suggest page.txt\n
bilingual glossary suggest seeds -o new-terms.csv --limit 300\n
bilingual glossary suggest report --engine none"""

NO_ENGINE = "none"


def suggest(
    inputs: Annotated[list[str], INPUTS],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write them as rows of a glossary, proposed: .csv, .xlsx or .tbx.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 100,
    glossary: Annotated[list[Path] | None, PATHS] = None,
    engine: Annotated[
        str | None,
        typer.Option(help="Whose English is proposed; none asks nobody.  [default: the installed model, else none]"),
    ] = None,
    folder: Annotated[Path | None, FROM] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there already.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Suggestions as JSON.")] = False,
) -> None:
    """Find names and phrases that may belong in the glossary, the likeliest first.

    They come from titles in 《》 and “ ”, names of people, bodies, events and places, phrases that recur, and from what
    people changed in the store again and again. Terms that the glossary has, deprecated ones too, are left out.
    Proposed English comes from people's edits, the English of aligned documents (with counts and an example), pinyin,
    the glossary's parts or the engine; where none is known the cell
    stays empty: fill it before you use the table. Nothing goes into the glossary by itself.
    """
    from bilingual.errors import SettingsError
    from bilingual.glossary import load
    from bilingual.suggest import suggest as suggestions_in

    if output is not None and output.exists() and not replace:
        raise SettingsError(f"{output} is there already", "name another file, or say --replace")
    passages = _passages(inputs, folder)
    found = suggestions_in(passages, load(paths_of(glossary)), limit, _say(engine))
    if output is not None:
        _write(found, output)
    if as_json:
        typer.echo(json.dumps([_facts(suggestion) for suggestion in found], ensure_ascii=False, indent=2))
    elif output is None:
        _show(found)


def _passages(inputs: list[str], folder: Path | None) -> list[Passage]:
    from bilingual.bitext import Bitext
    from bilingual.settings import load
    from bilingual.suggest import of_bitext, of_document

    rules = load(Path.cwd()).rules
    passages: list[Passage] = []
    for name, found in documents_of(inputs, folder):
        passages += of_bitext(name, found) if isinstance(found, Bitext) else of_document(found, rules)
    return passages


def _say(name: str | None) -> Callable[[Sequence[str]], list[str]] | None:
    """The engine as a function of texts; None where none is wanted, or none is installed and none was asked for."""
    from bilingual.chinese import to_simplified
    from bilingual.engines import Request, create
    from bilingual.errors import EngineError
    from bilingual.settings import load

    if name == NO_ENGINE:
        return None
    try:
        engine = create(name or load(Path.cwd()).engine)
    except EngineError:
        if name:
            raise
        typer.echo("no model is installed: English comes from the glossary, edits and pinyin alone", err=True)
        return None

    def say(texts: Sequence[str]) -> list[str]:
        answers = engine.translate([Request(to_simplified(text)) for text in texts])
        return [answer[0].text for answer in answers]

    return say


def _write(found: Sequence[Suggestion], output: Path) -> None:
    from bilingual.glossary import exchange
    from bilingual.suggest import as_term

    for message in exchange.write([as_term(suggestion) for suggestion in found], output):
        typer.echo(message, err=True)
    empty = sum(not suggestion.target for suggestion in found)
    typer.echo(f"{output}: {len(found)} terms proposed", err=True)
    if empty:
        told = f"{empty} of them have no English yet: fill it in, or delete the rows, before you use the table"
        typer.echo(f"warning: {told}", err=True)


def _show(found: Sequence[Suggestion]) -> None:
    for number, suggestion in enumerate(found, 1):
        candidate = suggestion.candidate
        facts = f"[{candidate.kind.value}, {candidate.count}×, {', '.join(candidate.evidence)}]"
        typer.echo(f"{number:>3}  {candidate.source} = {suggestion.target or '?'}  {facts}")
        typer.echo(f"     English: {suggestion.basis}" if suggestion.target else f"     {suggestion.basis}")
        typer.echo(f"     {_context(suggestion)}")
        for usage in suggestion.usages[:1]:
            typer.echo(f"     “{usage.target}”")
    if not found:
        typer.echo("nothing found", err=True)


def _context(suggestion: Suggestion, around: int = 14) -> str:
    """Where it stands: its document and line, and the words around it."""
    context, source = suggestion.candidate.context, suggestion.candidate.source
    at = context.text.find(source)
    start, end = max(0, at - around), at + len(source) + around
    left, right = "…" if start else "", "…" if end < len(context.text) else ""
    place = f"{context.document}:{context.line}" if context.line else context.document
    return f"{place}: {left}{context.text[start:end]}{right}"


def _facts(suggestion: Suggestion) -> dict[str, object]:
    candidate = suggestion.candidate
    return {
        "source": candidate.source, "target": suggestion.target, "basis": suggestion.basis,
        "kind": candidate.kind.value, "count": candidate.count, "score": candidate.score,
        "evidence": candidate.evidence, "document": candidate.context.document, "line": candidate.context.line,
        "context": candidate.context.text,
        "official": [{"english": u.english, "count": u.count, "source": u.source, "target": u.target}
                     for u in suggestion.usages],
    }  # fmt: skip
