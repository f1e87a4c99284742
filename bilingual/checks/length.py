"""Is the translation far too short or too long for its source?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.same_as_source import is_copied
from bilingual.signals import out_of_line

_SAYING = 10
"""A proverb or a slogan of so few characters may need many words: 独行快，众行远。"""


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """A length that hardly any translation has; an empty target and a copied source are told by their own checks."""
    source, target = unit.source.string, unit.target.string
    told = out_of_line(source, target) if target.strip() and not is_copied(unit) else None
    if told:
        reason = f"The translation has {told}."
        whole = Span(0, len(source)), Span(0, len(target))
        kind = "accuracy/omission" if len(target.split()) < len(source) else "accuracy/addition"
        severity = Severity.WARNING if len(source) > _SAYING else Severity.HINT
        yield Finding(unit.id, CHECK.name, severity, kind, reason, *whole)


CHECK = Check("length", "translations far too short or too long for their source", look)
