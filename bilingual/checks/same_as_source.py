"""Was the source only copied?"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, TermStatus, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.chinese import fold, has_chinese


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A target that is its Chinese source; a source without Chinese (GDP, an address) may well stay as it is."""
    if context.kind(unit) in UNTRANSLATED or not is_copied(unit):
        return
    whole = Span(0, len(unit.source.string.strip()))
    for match in context.glossary.match(unit.source.string.strip()):
        if match.term.status is TermStatus.KEEP and match.span == whole:
            return
    reason = "The translation is the same as the source."
    everything = Span(0, len(unit.target.string))
    source = Span(0, len(unit.source.string))
    yield Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/untranslated", reason, source, everything)


def is_copied(unit: Unit) -> bool:
    """Whether the Chinese source stands as its own target, but for the width of signs and white space."""
    if not has_chinese(unit.target.string):
        return False
    source, target = (fold("".join(text.string.split())) for text in (unit.source, unit.target))
    return source == target


CHECK = Check("same_as_source", "a translation that is the same as its source", look)
