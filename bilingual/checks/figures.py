"""Which numbers did not come over: what `numbers.compare` finds, told by each of the checks of its kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Context
from bilingual.checks.findings import Finding, Severity
from bilingual.numbers import Problem, QuantityKind, find_en, find_zh


def figures(unit: Unit, context: Context, check: str, kinds: Collection[QuantityKind]) -> Iterator[Finding]:
    """The findings of the quantities of these kinds.

    Another number in the place of the right one is an error. A number that is only missing, or nowhere in the source,
    is a warning: translators leave out and spell out. One that is rounded, or has lost its “about”, is a hint.
    """
    source, target = unit.source.string, unit.target.string
    for problem in context.verdict(unit).numbers if target.strip() else ():
        if _kind(problem, source, target, context.yuan) in kinds:
            yield _finding(unit, check, problem)


def _finding(unit: Unit, check: str, problem: Problem) -> Finding:
    added = problem.side == "target"
    said = problem.span if added else _place(unit.target.string, problem.found)
    reason = f"{problem.reason[:1].upper()}{problem.reason[1:]}."
    kind = "addition" if added else "mistranslation" if problem.found else "omission"
    source = None if added else problem.span
    return Finding(unit.id, check, _severity(problem), f"accuracy/{kind}", reason, source, said)


def _severity(problem: Problem) -> Severity:
    if problem.severity == "minor":
        return Severity.HINT
    return Severity.ERROR if problem.found and problem.side == "source" else Severity.WARNING


def _place(text: str, words: str) -> Span | None:
    """Where the words stand, if they stand in one place only."""
    at = text.find(words) if words and text.count(words) == 1 else -1
    return Span(at, at + len(words)) if at >= 0 else None


def _kind(problem: Problem, source: str, target: str, yuan: str) -> QuantityKind:
    """What kind of quantity a problem is about; money where only a heading is wrong, which holds no number."""
    found = find_zh(source, yuan) if problem.side == "source" else find_en(target)
    kinds = [quantity.kind for quantity in found if quantity.span.overlaps(problem.span)]
    digits = any(char.isalnum() for char in problem.found) or problem.side == "source"
    return kinds[0] if kinds else QuantityKind.CARDINAL if digits else QuantityKind.MONEY
