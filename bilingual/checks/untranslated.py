"""Is Chinese left in the English?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, TermStatus, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.same_as_source import is_copied
from bilingual.chinese import HAN

_CHINESE = re.compile(f"[{HAN}](?:[{HAN}·、，。：；！？《》“”（）]*[{HAN}])?")
_GLOSS = re.compile(r"\w[\"'”’]?\s?[(（\[][^()（）\[\]]*$")
"""What stands before a word that is given in Chinese behind its English: guanxi (关系)."""


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each stretch of Chinese in the target, but for what the glossary keeps as it is."""
    text = unit.target.string
    if context.kind(unit) in UNTRANSLATED or is_copied(unit):
        return
    kept = [s for slot, s in context.verdict(unit).found if s and slot.term and slot.term.status is TermStatus.KEEP]
    for found in _CHINESE.finditer(text):
        span = Span(*found.span())
        if any(span.overlaps(other) for other in kept):
            continue
        at = unit.source.string.find(found[0])
        source = Span(at, at + len(span)) if at >= 0 else None
        if source and _GLOSS.search(text[: span.start]):
            severity, reason = Severity.HINT, f"“{found[0]}” is given in Chinese in brackets: is it wanted there?"
        else:
            severity, reason = Severity.ERROR, f"“{found[0]}” is still in Chinese."
        yield Finding(unit.id, CHECK.name, severity, "accuracy/untranslated", reason, source, span)


CHECK = Check("untranslated", "Chinese left in the English", look)
