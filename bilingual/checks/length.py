"""Is the translation far too short or too long for its source?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.same_as_source import is_copied
from bilingual.signals import out_of_line


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """A length that hardly any translation has; an empty target and a copied source are told by their own checks."""
    source, target = unit.source.string, unit.target.string
    told = out_of_line(source, target) if target.strip() and not is_copied(unit) else None
    if told:
        reason = f"The translation has {told}."
        whole = Span(0, len(source)), Span(0, len(target))
        short = len(target.split()) < len(source)
        kind = "accuracy/omission" if short else "accuracy/addition"
        yield Finding(unit.id, CHECK.name, Severity.WARNING, kind, reason, *whole)


CHECK = Check("length", "translations far too short or too long for their source", look)
