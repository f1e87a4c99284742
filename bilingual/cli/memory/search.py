"""`bilingual memory search`: concordance, or the matches of a sentence."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of
from bilingual.cli.memory.opening import MEMORY, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilingual.bitext import Span
    from bilingual.memory import Entry, Hit, Match

EXAMPLES = (
    "Examples:\n\nbilingual memory search 乌镇\n\nbilingual memory search 'digital economy' --in en\n\n"
    "bilingual memory search --match 大会在乌镇举行。"
)
SIDES = {"zh": "source", "en": "target", "both": "both"}


def search(
    words: Annotated[str, typer.Argument(help="Chinese or English words, or a whole sentence with --match.")],
    match: Annotated[
        bool, typer.Option("--match", help="Find sentences like this one, with their percentage, not its words.")
    ] = False,
    language: Annotated[str, typer.Option("--in", help="Where to look: zh, en or both.")] = "both",
    limit: Annotated[int, typer.Option("--limit", help="How many are shown at most.", min=1)] = 20,
    minimum: Annotated[int, typer.Option("--minimum", help="Lowest percentage of a match.", min=1, max=100)] = 50,
    glossary: Annotated[list[Path] | None, PATHS] = None,
    memory: Annotated[Path | None, MEMORY] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show where words were translated before, and how.

    One character is enough; simplified or traditional, full or half width, capitals or not is all the same. With
    --match the sentence is compared as translating does it: what differs, what is taken off and why, and the target
    mended where only numbers or terms differ.
    """
    from bilingual.errors import SettingsError
    from bilingual.glossary import load

    if language not in SIDES:
        raise SettingsError(f"--in is {language!r}", f"choose from {', '.join(SIDES)}")
    terms = load(paths_of(glossary)) if match else None
    with opened(memory, readonly=True, glossary=terms) as known:
        if match:
            matches = known.lookup(words, limit=limit, minimum=minimum)
            _show_matches(words, matches, as_json)
            return
        hits = known.search(words, SIDES[language], limit=limit + 1)
    _show_hits(words, hits[:limit], len(hits) > limit, as_json)


def _show_hits(words: str, hits: Sequence[Hit], more: bool, as_json: bool) -> None:
    if as_json:
        facts = [
            _facts(hit.entry) | {"source_spans": _ends(hit.source), "target_spans": _ends(hit.target)} for hit in hits
        ]
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        _lines(hit.entry, hit.source, hit.target)
    if more:
        typer.echo("… and more: --limit shows them", err=True)
    if not hits:
        typer.echo(f"nothing found for “{words}”", err=True)


def _show_matches(words: str, matches: Sequence[Match], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([_match_facts(match) for match in matches], ensure_ascii=False, indent=2))
        return
    for match in matches:
        off = "".join(f", {p.reason} −{p.points}" for p in match.penalties)
        typer.echo(f"{match.score} % {match.kind}{off}")
        _lines(match.entry, tuple(d.found for d in match.differences if len(d.found)), ())
        if match.repaired:
            told = "; ".join(f"{old} → {new}" for old, new in match.repairs)
            typer.echo(f"      mended: {match.target.string}  ({told})")
    if not matches:
        typer.echo(f"nothing like “{words}”", err=True)


def _lines(entry: Entry, source: Sequence[Span], target: Sequence[Span]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False, markup=False)
    for text, spans in ((entry.source.string, source), (entry.target.string, target)):
        line = Text(" ".join(text.split()) if not spans else text)
        for span in spans:
            line.stylize("bold yellow", span.start, span.end)
        console.print("  ", line, sep="")
    use = entry.uses[0]
    where = f"{use.document}{f' {use.unit}' if use.unit else ''}"
    others = f" and {len(entry.uses) - 1} more" if len(entry.uses) > 1 else ""
    typer.echo("      " + ", ".join(filter(None, (f"{where}{others}", use.state, use.by, use.when[:10]))))


def _match_facts(match: Match) -> dict[str, Any]:
    return _facts(match.entry) | {
        "score": match.score,
        "kind": match.kind,
        "proposal": match.target.string,
        "repaired": match.repaired,
        "repairs": match.repairs,
        "penalties": [asdict(penalty) for penalty in match.penalties],
        "differences": [{"asked": [d.asked.start, d.asked.end], "found": [d.found.start, d.found.end]}
                        for d in match.differences],
    }  # fmt: skip


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "source": entry.source.string,
        "target": entry.target.string,
        "uses": [
            {"document": use.document, "unit": use.unit, "state": use.state, "by": use.by, "when": use.when,
             "origin": use.origin.kind if use.origin else ""}
            for use in entry.uses
        ],
    }  # fmt: skip


def _ends(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
