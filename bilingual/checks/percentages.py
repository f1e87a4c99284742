"""Are the percentages right?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.figures import figures
from bilingual.checks.findings import Finding
from bilingual.numbers import QuantityKind

_KINDS = frozenset({QuantityKind.PERCENT})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Percentages and percentage points."""
    yield from figures(unit, context, CHECK.name, _KINDS)


CHECK = Check("percentages", "percentages that are wrong, missing or added", look)
