"""Are the sums of money right, in the right currency?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.figures import figures
from bilingual.checks.findings import Finding
from bilingual.numbers import QuantityKind

_KINDS = frozenset({QuantityKind.MONEY})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Amounts with their currency."""
    yield from figures(unit, context, CHECK.name, _KINDS)


CHECK = Check("money", "sums of money that are wrong, missing or added, or in another currency", look)
