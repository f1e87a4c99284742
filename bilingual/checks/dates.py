"""Are the dates and times right?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.figures import figures
from bilingual.checks.findings import Finding
from bilingual.numbers import QuantityKind

_KINDS = frozenset({QuantityKind.DATE, QuantityKind.CLOCK, QuantityKind.DECADE, QuantityKind.CENTURY})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Days, months, years, decades, centuries, and times of day."""
    yield from figures(unit, context, CHECK.name, _KINDS)


CHECK = Check("dates", "dates and times that are wrong, missing or added", look)
