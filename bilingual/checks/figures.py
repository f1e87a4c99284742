"""Which numbers did not come over: what `numbers.compare` finds, told by each of the checks of its kinds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Context
from bilingual.checks.findings import Finding, Severity
from bilingual.numbers import Day, Problem, Quantity, QuantityKind, find_en, find_zh
from bilingual.numbers.en_units import MONEY


def figures(unit: Unit, context: Context, check: str, kinds: Collection[QuantityKind]) -> Iterator[Finding]:
    """The findings of the quantities of these kinds.

    Another number in the place of the right one is an error. A number that is only missing, or nowhere in the source,
    is a warning: translators leave out and spell out. One that is rounded, or has lost its “about”, is a hint.
    """
    source, target = unit.source.string, unit.target.string
    known: dict[str, _Places] = {}
    for problem in context.verdict(unit).numbers if target.strip() else ():
        if problem.side not in known:
            found = find_zh(source, context.yuan) if problem.side == "source" else find_en(target)
            known[problem.side] = _Places(found)
        quantity = known[problem.side].at(problem.span)
        if _kind(problem, quantity) in kinds:
            left_open = quantity is not None and _leaves_the_month(quantity, source, context.yuan)
            yield _finding(unit, check, problem, left_open=left_open)


def _finding(unit: Unit, check: str, problem: Problem, *, left_open: bool) -> Finding:
    added = problem.side == "target"
    said = problem.span if added else _place(unit.target.string, problem.found)
    reason = f"{problem.reason[:1].upper()}{problem.reason[1:]}."
    kind = "addition" if added else "mistranslation" if problem.found else "omission"
    source = None if added else problem.span
    return Finding(unit.id, check, _severity(problem, left_open=left_open), f"accuracy/{kind}", reason, source, said)


def _severity(problem: Problem, *, left_open: bool) -> Severity:
    if problem.severity == "minor" or (left_open and _ends_alike(problem)):
        return Severity.HINT
    if not problem.found and len(problem.source) == 1 and not problem.source.isdecimal():
        return Severity.HINT  # a lone 十 or 百 is more often a part of a name
    return Severity.ERROR if problem.found and problem.side == "source" else Severity.WARNING


def _leaves_the_month(quantity: Quantity, source: str, yuan: str) -> bool:
    """Whether it is a day of a month that the source leaves to its reader: 30日, in English September 30."""
    day = quantity.days[0] if quantity.days else Day()
    named = {other.day for found in find_zh(source, yuan) for other in found.days if other.month}
    return day.month is None and day.day is not None and day.day not in named


def _ends_alike(problem: Problem) -> bool:
    """Whether what is said instead is the same day of some month."""
    said = [day.day for found in find_en(problem.found) for day in found.days]
    return said[:1] == [day.day for found in find_zh(problem.source) for day in found.days][:1] != []


def _place(text: str, words: str) -> Span | None:
    """Where the words stand, if they stand in one place only."""
    at = text.find(words) if words and text.count(words) == 1 else -1
    return Span(at, at + len(words)) if at >= 0 else None


class _Places:
    """Quantities by where they stand: one text may hold thousands, and as many problems."""

    def __init__(self, found: Iterable[Quantity]) -> None:
        self._found: dict[int, Quantity] = {}
        for quantity in found:
            for place in range(quantity.span.start, quantity.span.end):
                self._found.setdefault(place, quantity)

    def at(self, span: Span) -> Quantity | None:
        """The first one that has a character in common with the span."""
        return next((self._found[place] for place in range(span.start, span.end) if place in self._found), None)


def _kind(problem: Problem, quantity: Quantity | None) -> QuantityKind:
    """What kind of quantity it is about; where nothing is counted, a heading in another currency, else a number."""
    if quantity:
        return QuantityKind.MONEY if quantity.unit in MONEY else quantity.kind
    return QuantityKind.MONEY if problem.side == "target" and not problem.source else QuantityKind.CARDINAL
