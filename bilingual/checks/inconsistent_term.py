"""Is a term said in one way all through the document?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity

_ENDING = re.compile(r"(?:['’]s|s['’]|s)$")
_ALIKE = 4
"""China and Chinese: words that begin with the same letters are forms of one."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A term, where it stands, the words it is said in, and their place."""

    term: str
    source: Span
    words: str
    target: Span


class Uses:
    """Which renderings each term has in which units: an index, so that a change costs what it touches."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._uses: dict[str, tuple[Unit, list[_Use]]] = {}
        self._units: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit; where another rendering is now the usual one, the units that say otherwise are touched too."""
        uses = [*self._found(unit)]
        old = self._uses.get(unit.id, (unit, []))[1]
        touched = {unit.id}
        usual = {use.term: self._usual(use.term) for use in (*old, *uses)}
        self._forget(unit.id)
        self._uses[unit.id] = (unit, uses)
        for use in uses:
            said = self._units[use.term][use.words]
            said[unit.id] = said.get(unit.id, 0) + 1
        for term, before in usual.items():
            after = self._usual(term)
            if after != before:
                touched |= self._others(term, after) | self._others(term, before)
        return touched

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget the unit; as `put`."""
        old = self._uses.get(unit_id)
        usual = {use.term: self._usual(use.term) for use in old[1]} if old else {}
        self._forget(unit_id)
        changed = {term: before for term, before in usual.items() if self._usual(term) != before}
        return {unit for t, b in changed.items() for unit in self._others(t, b) | self._others(t, self._usual(t))}

    def look(self, unit: Unit) -> Iterator[Finding]:
        """A hint at each use of another rendering than the one the document has most often."""
        known = self._uses.get(unit.id)
        uses = known[1] if known and known[0] is unit else [*self._found(unit)]
        for use in uses:
            usual = self._usual(use.term)
            if not usual or _are_one(usual, use.words):
                continue
            count = sum(self._units[use.term][usual].values())
            words, term = use.target.of(unit.target.string), use.source.of(unit.source.string)
            reason = f"“{term}” is “{words}” here and “{usual}” in {count} other places of this document."
            category = "terminology/inconsistent use of terminology"
            yield Finding(unit.id, CHECK.name, Severity.HINT, category, reason, use.source, use.target)

    def _found(self, unit: Unit) -> Iterator[_Use]:
        for slot, span in self._context.verdict(unit).found:
            if span is None or slot.term is None or slot.ordinary or len(slot.renderings) < 2:
                continue
            words = _ENDING.sub("", span.of(unit.target.string).lower())
            if not _is_short(span.of(unit.target.string)):
                yield _Use(slot.term.id, slot.span, words, span)

    def _usual(self, term: str) -> str:
        """The rendering that the document has most often, where it is more than half of all and stands twice."""
        counts = Counter({words: sum(units.values()) for words, units in self._units.get(term, {}).items() if units})
        if len(counts) < 2:
            return ""
        words, most = max(counts.items(), key=lambda item: (item[1], item[0]))
        return words if most > 1 and most * 2 > sum(counts.values()) else ""

    def _others(self, term: str, usual: str) -> set[str]:
        """The units that say the term otherwise."""
        if not usual:
            return set()
        return {unit for words, units in self._units[term].items() if words != usual for unit in units}

    def _forget(self, unit_id: str) -> None:
        for use in self._uses.pop(unit_id, (None, []))[1]:
            self._units[use.term][use.words].pop(unit_id, None)


def _are_one(usual: str, words: str) -> bool:
    """Whether two renderings are forms of one: China, Chinese; with and without its article or its abbreviation."""
    bent = " " not in usual + words and usual[:_ALIKE] == words[:_ALIKE]
    return bent or usual in words or words in usual


def _is_short(words: str) -> bool:
    """Whether it is an abbreviation, which may stand for the name from its second occurrence on."""
    return " " not in words and sum(char.isupper() for char in words) > 1


CHECK = Check("inconsistent_term", "terms that are said in two ways", index=Uses)
