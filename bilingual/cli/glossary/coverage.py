"""`bilingual glossary coverage`: what became of the glossary in documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.inputs import FROM, INPUTS, documents_of
from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.coverage import Coverage, Entry, Use

EXAMPLES = """Examples:\n
bilingual glossary coverage report\n
bilingual glossary coverage page.txt --html coverage.html\n
bilingual glossary coverage report --json"""


def coverage(
    inputs: Annotated[list[str], INPUTS],
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a page with every occurrence in its sentence.", show_default=False),
    ] = None,
    glossary: Annotated[list[Path] | None, PATHS] = None,
    folder: Annotated[Path | None, FROM] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a page that is there already.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show which terms occur in documents, how often, whether the English says them, and which never occur.

    Of a document in the store the English is looked at as it is now: natural (the model said it by itself), enforced,
    repaired, by hand (a person wrote it), missing, otherwise (a person wrote something else: the entry or the sentence
    needs a look). A file that was never translated shows only what occurs.
    """
    from bilingual.coverage import cover
    from bilingual.errors import SettingsError
    from bilingual.glossary import load
    from bilingual.settings import load as load_settings

    if html is not None and html.exists() and not replace:
        raise SettingsError(f"{html} is there already", "name another file, or say --replace")
    found = cover(documents_of(inputs, folder), load(paths_of(glossary)), load_settings(Path.cwd()).rules)
    if html is not None:
        _write(found, html)
    if as_json:
        typer.echo(json.dumps(_facts(found), ensure_ascii=False, indent=2))
    elif html is None:
        _show(found)


def _write(found: Coverage, path: Path) -> None:
    from bilingual.coverage.page import page
    from bilingual.files import atomic_write

    with atomic_write(path) as stream:
        stream.write(page(found).encode("utf-8", "backslashreplace"))
    typer.echo(f"→ {path}", err=True)


def _show(found: Coverage) -> None:
    for entry in found.found:
        outcomes = ", ".join(f"{outcome.value} {count}" for outcome, count in sorted(entry.outcomes.items()))
        places = _places(entry.uses)
        typer.echo(f"{len(entry.uses):>4}×  {entry.term.source} = {entry.term.target}  [{outcomes}]")
        typer.echo(f"       {places}")
    for entry in found.entries:
        for use in entry.conflicts:
            forbidden = f" – “{use.forbidden}” is forbidden" if use.forbidden else ""
            typer.echo(f"\n{_place(use)}: a person wrote {entry.term.source} otherwise{forbidden}\n    {use.target}")
    typer.echo(f"\n{_totals(found)}")
    nested = sum(bool(entry.inside) for entry in found.unused)
    inside = f" ({nested} of them stand inside longer terms or words)" if nested else ""
    typer.echo(f"{len(found.unused)} terms never occur{inside}; --json and --html list them")


def _totals(found: Coverage) -> str:
    outcomes = found.outcomes
    parts = ", ".join(f"{outcome.value} {count}" for outcome, count in sorted(outcomes.items()))
    documents = f"{len(found.documents)} document{'s' if len(found.documents) != 1 else ''}"
    start = f"{documents}, {found.sentences} sentences: {len(found.found)} terms occur, {sum(outcomes.values())} times"
    return f"{start} ({parts})" if parts else start


def _places(uses: tuple[Use, ...], most: int = 6) -> str:
    places = dict.fromkeys(map(_place, uses))
    shown = ", ".join([*places][:most])
    return f"{shown} and {len(places) - most} more" if len(places) > most else shown


def _place(use: Use) -> str:
    where = f"{use.document}:{use.line}" if use.line else use.document
    return f"{where} ({use.unit})" if use.unit else where


def _facts(found: Coverage) -> dict[str, object]:
    return {
        "documents": found.documents,
        "sentences": found.sentences,
        "outcomes": {outcome.value: count for outcome, count in sorted(found.outcomes.items())},
        "terms": [_entry(entry) for entry in found.found],
        "never": [{"id": e.term.id, "source": e.term.source, "inside": e.inside} for e in found.unused],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.term.id,
        "source": entry.term.source,
        "target": entry.term.target,
        "count": len(entry.uses),
        "outcomes": {outcome.value: count for outcome, count in sorted(entry.outcomes.items())},
        "uses": [
            {
                "document": use.document, "unit": use.unit, "line": use.line, "start": use.span.start,
                "end": use.span.end, "outcome": use.outcome.value, "said": use.said.of(use.target) if use.said else "",
                "forbidden": use.forbidden, "source": use.source, "target": use.target,
            }
            for use in entry.uses
        ],
    }  # fmt: skip
