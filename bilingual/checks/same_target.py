"""Do two different Chinese sentences have the same English in one document?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import OneKey, told
from bilingual.checks.same_source import said, source_key
from bilingual.chinese import to_simplified
from bilingual.numbers import find_zh

_MARKS = re.compile(r"[\W_]+")
_LEAST = 4
"""Words that English must have to be said twice by mistake: "Yes." or "Photo by Xinhua" stands for many things."""


class _Index(OneKey):
    """The document's sources by their translations."""

    def said(self, unit: Unit) -> tuple[str, str]:
        """No key where the words are few."""
        words = said(unit)
        fits = self.context.kind(unit) not in UNTRANSLATED and len(words.split()) >= _LEAST
        return words if fits else "", source_key(unit)

    def look(self, unit: Unit) -> Iterator[Finding]:
        """One finding where units of another source have the same words."""
        others = self.others(unit)
        if not others:
            return
        own = _plain(unit.source.string)
        for form in [form for form in others if _plain(form) == own]:
            del others[form]
        if not others:
            return
        numbers = _numbers(unit.source.string)
        severity = Severity.WARNING if any(_numbers(form) != numbers for form in others) else Severity.HINT
        reason = f"Another Chinese sentence has the same English: {told(others)}."
        source, target = Span(0, len(unit.source.string)), Span(0, len(unit.target.string))
        yield Finding(unit.id, CHECK.name, severity, "accuracy/mistranslation", reason, source, target)


def _numbers(source: str) -> list[object]:
    return [(quantity.values, quantity.days) for quantity in find_zh(source)]


def _plain(source: str) -> str:
    """The source in one script and without punctuation: what differs in no more is the same sentence."""
    return _MARKS.sub("", to_simplified(source))


CHECK = Check("same_target", "different Chinese with the same English in one document", index=_Index)
