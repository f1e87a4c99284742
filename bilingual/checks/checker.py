"""All checks over one document: of one unit while somebody types, of all of them, and of what a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilingual.bitext import Bitext, Unit
from bilingual.checks import CHECKS
from bilingual.checks.context import Check, Index, context_of
from bilingual.checks.findings import Finding, Severity
from bilingual.glossary import Glossary
from bilingual.settings import Settings

_WORST_FIRST = [*Severity]


class Checker:
    """The checks of one document. It holds the document's units as they were last told, so that what looks at several
    of them need not read them all again when one changes."""

    def __init__(
        self, bitext: Bitext, glossary: Glossary, settings: Settings, checks: Iterable[Check] = CHECKS
    ) -> None:
        self._context = context_of(bitext, glossary, settings)
        self._checks = tuple(checks)
        self._indexes: list[Index] = [check.index(self._context) for check in self._checks if check.index]
        self._units = {unit.id: unit for unit in bitext.units}
        self._known: dict[str, list[Finding]] = {}
        for unit in bitext.units:
            for index in self._indexes:
                index.put(unit)

    def unit(self, unit: Unit, *, silenced: bool = False) -> list[Finding]:
        """The findings of the unit as it is given, the worst first; nothing is kept of it.

        With `silenced` also those that a person has put to rest.
        """
        found = [finding for finding in self._look(unit) if silenced or not _is_silenced(unit, finding)]
        return sorted(dict.fromkeys(found), key=_rank)

    def all(self, *, silenced: bool = False) -> list[Finding]:
        """The findings of the whole document, unit by unit in reading order."""
        return [finding for unit in self._units.values() for finding in self._kept(unit, silenced=silenced)]

    def changed(self, unit: Unit) -> dict[str, list[Finding]]:
        """Take the unit as it is now. The findings, as they are now, of all units whose findings are others for it."""
        self._units[unit.id] = unit
        return self._news({unit.id}.union(*(index.put(unit) for index in self._indexes)))

    def dropped(self, unit_id: str) -> dict[str, list[Finding]]:
        """Forget a unit that is no more (split, joined). The findings of those whose findings are others for it."""
        self._units.pop(unit_id, None)
        self._known.pop(unit_id, None)
        return self._news(set().union(*(index.drop(unit_id) for index in self._indexes)) - {unit_id})

    def _news(self, touched: set[str]) -> dict[str, list[Finding]]:
        news = {}
        for unit_id in touched & self._units.keys():
            found = self.unit(self._units[unit_id])
            if found != self._known.get(unit_id):
                news[unit_id] = self._known[unit_id] = found
        return news

    def _kept(self, unit: Unit, *, silenced: bool) -> list[Finding]:
        if silenced:
            return self.unit(unit, silenced=True)
        if unit.id not in self._known:
            self._known[unit.id] = self.unit(unit)
        return self._known[unit.id]

    def _look(self, unit: Unit) -> Iterator[Finding]:
        for check in self._checks:
            if check.look:
                yield from check.look(unit, self._context)
        for index in self._indexes:
            yield from index.look(unit)


def _is_silenced(unit: Unit, finding: Finding) -> bool:
    return any(silence.check == finding.check for silence in unit.silenced)


def _rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding.severity)
