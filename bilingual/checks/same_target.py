"""Do two different Chinese sentences have the same English in one document?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import Groups, told
from bilingual.checks.same_source import said, source_key
from bilingual.chinese import to_simplified
from bilingual.numbers import find_zh

_MARKS = re.compile(r"[\W_]+")
_LEAST = 4
"""Words that English must have to be said twice by mistake: "Yes." or "Photo by Xinhua" stands for many things."""


class _Index:
    """The document's sources by their translations."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._groups = Groups()

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now."""
        key = self._key(unit)
        return self._groups.put(unit.id, [(key, source_key(unit))] if key else [])

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget it."""
        return self._groups.drop(unit_id)

    def look(self, unit: Unit) -> Iterator[Finding]:
        """One finding where units of another source have the same words."""
        key = self._key(unit)
        others = self._groups.forms(key, unit.id) if key else None
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

    def _key(self, unit: Unit) -> str:
        words = said(unit)
        return words if self._context.kind(unit) not in UNTRANSLATED and len(words.split()) >= _LEAST else ""


def _numbers(source: str) -> list[object]:
    return [(quantity.values, quantity.days) for quantity in find_zh(source)]


def _plain(source: str) -> str:
    """The source in one script and without punctuation: what differs in no more is the same sentence."""
    return _MARKS.sub("", to_simplified(source))


CHECK = Check("same_target", "different Chinese with the same English in one document", index=_Index)
