"""Is there a translation at all?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity

_WORD = re.compile(r"\w")


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A target without a word where the source has one."""
    source, target = unit.source.string, unit.target.string
    if context.kind(unit) in UNTRANSLATED or not _WORD.search(source) or _WORD.search(target):
        return
    reason = "There is no word in the translation." if target.strip() else "There is no translation yet."
    yield Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/omission", reason, Span(0, len(source)))


CHECK = Check("empty", "a sentence without a translation", look)
