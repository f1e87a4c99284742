"""Does the translation say what the glossary forbids?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import Span, TermKind, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.terminology.protect import Slot


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each forbidden rendering of a term that the source has, with the right one where the term is a name."""
    text = unit.target.string
    for slot, spot in context.verdict(unit).forbidden:
        reason = f"“{spot.of(text)}” is forbidden for “{slot.source}”: the glossary says “{slot.renderings[0]}”."
        category = "terminology/inconsistent with terminology resource"
        fix = _fix(text, slot, spot)
        yield Finding(unit.id, CHECK.name, Severity.ERROR, category, reason, slot.span, spot, fix)


def _fix(text: str, slot: Slot, spot: Span) -> Fix | None:
    """A name takes the place of another; a phrase may have to be bent, and so may what bears an ending."""
    if slot.term is None or slot.term.kind is TermKind.PHRASE:
        return None
    whole = spot.of(text).lower() in {wrong.lower() for wrong in slot.term.forbidden}
    return Fix(spot, slot.renderings[0]) if whole else None


CHECK = Check("forbidden_term", "renderings that the glossary forbids", look)
