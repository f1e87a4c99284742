"""Is the same Chinese translated in two ways in one document?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import Groups, told
from bilingual.chinese import fold

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"[\W_]+")
_QUOTES = str.maketrans("‘’“”", "''\"\"")


def source_key(unit: Unit) -> str:
    """What two sources have in common that are the same but for widths and spaces."""
    return _SPACE.sub("", fold(unit.source.string))


def said(unit: Unit) -> str:
    """The target without what no reader would see."""
    return _SPACE.sub(" ", unit.target.string.translate(_QUOTES)).strip()


class _Index:
    """The document's translations by their sources."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._groups = Groups()

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now."""
        key = self._key(unit)
        return self._groups.put(unit.id, [(key, said(unit))] if key else [])

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget it."""
        return self._groups.drop(unit_id)

    def look(self, unit: Unit) -> Iterator[Finding]:
        """One finding where other units of the same source have other words."""
        key, own = self._key(unit), said(unit)
        others = self._groups.forms(key, unit.id) if key else None
        if not others:
            return
        del others[own]
        if not others:
            return
        same_words = {_MARKS.sub(" ", form).strip().lower() for form in (own, *others)}
        severity = Severity.HINT if len(same_words) == 1 else Severity.WARNING
        reason = f"The same Chinese is translated otherwise in this document: {told(others)}."
        source, target = Span(0, len(unit.source.string)), Span(0, len(unit.target.string))
        yield Finding(
            unit.id, CHECK.name, severity, "terminology/inconsistent use of terminology", reason, source, target
        )

    def _key(self, unit: Unit) -> str:
        """Empty where there is nothing to compare: no words in the source, no translation yet."""
        if self._context.kind(unit) in UNTRANSLATED or not _WORD.search(unit.source.string) or not said(unit):
            return ""
        return source_key(unit)


CHECK = Check("same_source", "the same Chinese translated in two ways in one document", index=_Index)
