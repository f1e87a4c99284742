"""Are the numbers right, those counted in 万 and 亿 too?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.figures import figures
from bilingual.checks.findings import Finding
from bilingual.numbers import QuantityKind

_KINDS = frozenset(QuantityKind) - {
    QuantityKind.PERCENT,
    QuantityKind.MONEY,
    QuantityKind.DATE,
    QuantityKind.CLOCK,
    QuantityKind.DECADE,
    QuantityKind.CENTURY,
}


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Counts, ranks, fractions, multiples, spans of time."""
    yield from figures(unit, context, CHECK.name, _KINDS)


CHECK = Check("numbers", "numbers that are wrong, missing or added", look)
