"""Is the same Chinese translated in two ways in one document?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import OneKey, told
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


class _Index(OneKey):
    """The document's translations by their sources."""

    def said(self, unit: Unit) -> tuple[str, str]:
        """No key where there is nothing to compare: no words in the source, no translation yet."""
        empty = self.context.kind(unit) in UNTRANSLATED or not _WORD.search(unit.source.string)
        form = said(unit)
        return "" if empty or not form else source_key(unit), form

    def look(self, unit: Unit) -> Iterator[Finding]:
        """One finding where other units of the same source have other words."""
        own, others = said(unit), self.others(unit)
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


CHECK = Check("same_source", "the same Chinese translated in two ways in one document", index=_Index)
