"""Is every word of the English spelled right?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.dictionary import is_word, meant
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import Groups
from bilingual.checks.wording import WORD, words

_NAME_BEFORE = re.compile(r"[A-Z][^\W\d_]*[-'’]$|\]$")
"""What makes a word part of a name (Kim Jong-un), or the rest of one that was changed ([w]hile)."""
_USUAL = 3
"""A word that so many units have is the document's own, and no slip."""


class _Index:
    """The words of a document that are in no dictionary."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._groups = Groups()
        renderings = (rendering for term in context.glossary.terms for rendering in term.renderings)
        self._own = {word.lower() for rendering in renderings for word in WORD.findall(rendering)}

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now."""
        return self._groups.put(unit.id, [(word, word) for word, _ in self._strange(unit)])

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget it."""
        return self._groups.drop(unit_id)

    def look(self, unit: Unit) -> Iterator[Finding]:
        """Each word in small letters that no dictionary has, with what may be meant. No dictionary has all words, so it
        is a hint; what the document has again and again is its own word."""
        for word, span in self._strange(unit):
            usual = self._groups.forms(word, unit.id)[word] >= _USUAL - 1
            instead = "" if usual else meant(word)
            reason = f"“{word}” is not in the dictionary" + (f": is “{instead}” meant?" if instead else ".")
            yield Finding(unit.id, CHECK.name, Severity.HINT, "linguistic conventions/spelling", reason, None, span)

    def _strange(self, unit: Unit) -> Iterator[tuple[str, Span]]:
        text = unit.target.string
        if all(map(self._is_right, WORD.findall(text))):  # nearly always, and much quicker than what follows
            return
        for word, span in words(unit, self._context):
            if not self._is_right(word) and not _NAME_BEFORE.search(text[max(span.start - 20, 0) : span.start]):
                yield word, span

    def _is_right(self, word: str) -> bool:
        return not word.islower() or word in self._own or is_word(word)


CHECK = Check("spelling", "English words that are in no dictionary", index=_Index)
