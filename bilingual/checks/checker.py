"""All checks over one document: of one unit while somebody types, of all of them, and of what a change touches."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from bilingual.bitext import Bitext, Unit
from bilingual.checks import CHECKS
from bilingual.checks.choosing import chosen
from bilingual.checks.context import Check, Index, context_of
from bilingual.checks.findings import Finding, Severity
from bilingual.glossary import Glossary
from bilingual.settings import Settings

_WORST_FIRST = [*Severity]

MOST = 200
"""What one check tells of one unit at most: of a text that somebody has made of brackets alone nobody reads on."""


class Checker:
    """The checks of one document, by default those quick ones that the settings leave on.

    Making one costs nothing; `read` looks at the units, as many at a time as is wanted.
    What a check knows of the whole document it knows of the units that were read or told of by `changed`.
    """

    def __init__(
        self, bitext: Bitext, glossary: Glossary, settings: Settings, checks: Iterable[Check] | None = None
    ) -> None:
        self._context = context_of(bitext, glossary, settings)
        checks = chosen(settings, among=CHECKS) if checks is None else tuple(checks)
        self._looks = [check.look for check in checks if check.look]
        self._indexes: list[Index] = [check.index(self._context) for check in checks if check.index]
        self._units = {unit.id: unit for unit in bitext.units}
        self._unread = iter([*self._units])
        self._own: dict[str, list[Finding]] = {}
        self._told: dict[str, list[Finding]] = {}

    def read(self, most: int | None = None) -> bool:
        """Look at up to `most` more units of the document, at all of them without it; whether any were left."""
        before = len(self._own)
        for unit_id in islice(self._unread, most):
            if unit_id in self._units and unit_id not in self._own:
                self._take(self._units[unit_id])
        return len(self._own) > before

    def unit(self, unit: Unit, *, silenced: bool = False) -> list[Finding]:
        """The findings of the unit as it is given, the worst first; nothing is kept of it.

        With `silenced` also those that a person has put to rest.
        """
        known = unit is self._units.get(unit.id) and unit.id in self._own
        return self._shown(unit, self._own[unit.id] if known else self._look(unit), silenced=silenced)

    def all(self, *, silenced: bool = False) -> list[Finding]:
        """The findings of the whole document, unit by unit in reading order."""
        self.read()
        found = {unit_id: self.unit(unit, silenced=silenced) for unit_id, unit in self._units.items()}
        if not silenced:
            self._told = found
        return [finding for findings in found.values() for finding in findings]

    def changed(self, unit: Unit) -> dict[str, list[Finding]]:
        """Take the unit as it is now. The findings, as they are now, of all units whose findings are others for it."""
        self._units[unit.id] = unit
        return self._news({unit.id, *self._take(unit)})

    def dropped(self, unit_id: str) -> dict[str, list[Finding]]:
        """Forget a unit that is no more (split, joined). The findings of those whose findings are others for it."""
        for kept in (self._units, self._own, self._told):
            kept.pop(unit_id, None)
        return self._news({touched for index in self._indexes for touched in index.drop(unit_id)})

    def _take(self, unit: Unit) -> set[str]:
        self._own[unit.id] = self._look(unit)
        return {touched for index in self._indexes for touched in index.put(unit)}

    def _news(self, touched: set[str]) -> dict[str, list[Finding]]:
        news = {}
        for unit_id in touched & self._units.keys():
            found = self.unit(self._units[unit_id])
            if found != self._told.get(unit_id):
                news[unit_id] = self._told[unit_id] = found
        return news

    def _look(self, unit: Unit) -> list[Finding]:
        return [finding for look in self._looks for finding in islice(look(unit, self._context), MOST)]

    def _shown(self, unit: Unit, own: Iterable[Finding], *, silenced: bool) -> list[Finding]:
        found = [*own, *(finding for index in self._indexes for finding in islice(index.look(unit), MOST))]
        quiet = set() if silenced else {silence.check for silence in unit.silenced}
        return sorted((f for f in dict.fromkeys(found) if f.check not in quiet), key=_rank)


def _rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding.severity)
