"""What `bilingual translate --explain` shows: how one sentence came to its English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Unit
    from bilingual.terminology import Explanation, Slot
    from bilingual.terminology.attempts import Attempt


def show(unit: Unit, parts: Sequence[Explanation], *, as_json: bool) -> None:
    """The explanation on stdout, for people or as JSON."""
    if as_json:
        facts = {"id": unit.id, "source": unit.source.string, "parts": [_facts(part) for part in parts]}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{unit.id}  {unit.source.string}")
    if not parts:
        typer.echo(f"\n  {unit.target.string}\n\n  a formula of the page: rendered by rule, no engine was asked")
    for part in parts:
        _tell(part)


def _tell(part: Explanation) -> None:
    typer.echo("\nWhat is settled in it")
    for slot, alone, knows in part.slots:
        typer.echo(f"  {_settled(slot)}")
        if alone:
            typer.echo(f"      alone, the engine says “{alone}”: {'left to it' if knows else 'hidden from it'}")
    if not part.slots:
        typer.echo("  nothing: no term of the glossary and no name")
    for flag in part.rendering.flags:
        typer.echo(f"  for your eye: {flag.reason}")
    typer.echo("\nWhat was tried")
    for number, attempt in enumerate(part.attempts, 1):
        taken = attempt is part.chosen
        given = attempt.protected.text if attempt.protected else part.sentence
        typer.echo(f"  {number}. {attempt.step}{'  ← chosen' if taken else ''}")
        typer.echo(f"      given    {given}")
        typer.echo(f"      written  {attempt.written}")
        typer.echo(f"      read as  {attempt.target}")
        typer.echo(f"      {'; '.join(_verdict(attempt))}{_scores(part, attempt)}")
    typer.echo(f"\nChosen because {part.reason}.")
    typer.echo(f"  {part.rendering.target}")
    for use in part.rendering.terms:
        typer.echo(f"      {use.source} → {use.target or '–'}  ({use.outcome})")


def _settled(slot: Slot) -> str:
    also = f" (also: {'; '.join(slot.renderings[1:])})" if slot.renderings[1:] else ""
    if slot.term is None:
        return f"{slot.source} = {slot.renderings[0]}{also}  [{slot.kind}]"
    when = "" if slot.term.when == "always" else f", {slot.term.when}"
    return f"{slot.source} = {slot.renderings[0]}{also}  [{slot.term.id}: {slot.term.kind}, {slot.term.status}{when}]"


def _verdict(attempt: Attempt) -> list[str]:
    """What is wrong with an attempt, in words."""
    wrong = [f"{slot.source} is missing" for slot in attempt.verdict.missing]
    wrong += [f"a forbidden rendering of {slot.source}" for slot, _ in attempt.verdict.forbidden]
    wrong += [problem.reason for problem in attempt.verdict.numbers]
    if attempt.trouble:
        wrong.append(attempt.trouble)
    if attempt.extra:
        wrong.append("a term said twice")
    return wrong or ["nothing is wrong"]


def _scores(part: Explanation, attempt: Attempt) -> str:
    own = part.scores.get(attempt.target)
    source = "" if own is None else f", of the source itself {own:.2f}"
    return f"  (score {attempt.score:.2f}{source})"


def _facts(part: Explanation) -> dict[str, object]:
    return {
        "sentence": part.sentence,
        "settled": [
            {"source": slot.source, "renderings": slot.renderings, "term": slot.term.id if slot.term else "",
             "kind": slot.term.kind if slot.term else slot.kind, "alone": alone, "left_to_engine": knows}
            for slot, alone, knows in part.slots
        ],
        "tried": [
            {"step": a.step, "given": a.protected.text if a.protected else part.sentence, "written": a.written,
             "target": a.target, "wrong": [] if a.good else _verdict(a), "score": a.score,
             "score_of_source": part.scores.get(a.target), "chosen": a is part.chosen}
            for a in part.attempts
        ],
        "reason": part.reason,
        "target": part.rendering.target,
        "terms": [{"source": u.source, "target": u.target, "outcome": u.outcome} for u in part.rendering.terms],
        "flags": [flag.reason for flag in part.rendering.flags],
    }  # fmt: skip
