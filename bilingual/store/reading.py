"""What the store holds of a document, asked for in parts: a window of it, single units, their history, its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bilingual.bitext import Bitext, Unit
from bilingual.errors import InputError
from bilingual.rematch import new_id
from bilingual.store.file import File
from bilingual.store.nouns import Seen, Step, Version

_SEEN = """
SELECT unit.id, unit.version, body FROM unit
JOIN version ON version.name = unit.name AND version.id = unit.id AND version.number = unit.version
WHERE unit.name = ? AND orphaned = 0 AND unit.id IN"""
_WORDS = """
SELECT unit.id, json_extract(body, '$.source.string'), coalesce(json_extract(body, '$.target.string'), ''),
    coalesce(json_extract(body, '$.state'), 'new')
FROM unit JOIN version ON version.name = unit.name AND version.id = unit.id AND version.number = unit.version
WHERE unit.name = ? AND orphaned = 0 AND unit.id IN"""
_PLACES = "SELECT id FROM unit WHERE name = ? AND orphaned = 0"
_BEFORE = """
SELECT count(*) FROM unit WHERE name = ?1 AND orphaned = 0 AND place <
(SELECT place FROM unit WHERE name = ?1 AND id = ?2)"""
_MOST = 1 << 60
_FEW = 20
"""So many places are counted one by one; for more of them all are."""
_MADE_BY = """
SELECT change.id, kind, before, after FROM changed JOIN change ON change.id = changed.change
WHERE unit = ? AND name = ? AND after > 0 ORDER BY after"""


class Reading(File):
    """Parts of documents that are too long to load for every look at them."""

    def document(self, name: str) -> Bitext:
        """A document without its units; InputError where there is none of that name."""
        return self._document(name)

    def window(self, name: str, start: int, count: int) -> list[Seen]:
        """`count` units in reading order from place `start` (from 0) on, fewer at the end of the document."""
        self._known(name)
        first = max(0, start)
        query = f"{_PLACES} ORDER BY place LIMIT ? OFFSET ?"
        ids = [unit for (unit,) in self._select(query, (name, max(0, min(count, _MOST)), min(first, _MOST)))]
        bodies = self._bodies(name, ids)
        return [Seen(place, *bodies[unit]) for place, unit in enumerate(ids, first)]

    def seen(self, name: str, ids: Iterable[str], places: Mapping[str, int] | None = None) -> dict[str, Seen]:
        """Those of the units that are part of the document, by id, in the order asked for.

        `places` are those in the reading order, where they are known: to work them out takes a look at all units.
        """
        wanted = list(dict.fromkeys(ids))
        bodies = self._bodies(name, wanted)
        found = [unit for unit in wanted if unit in bodies]
        if places is None or not places.keys() >= bodies.keys():
            places = self._places(name, found)
        return {unit: Seen(places[unit], *bodies[unit]) for unit in found}

    def words(self, name: str, ids: Iterable[str]) -> list[tuple[str, str, str, str]]:
        """Id, source, target and state of those of the units that are part of the document, in the order asked for and
        without making units of them: for looking through a long document."""
        wanted = list(dict.fromkeys(ids))
        found = {line[0]: line for line in self._among(_WORDS, (name,), wanted)}
        return [found[unit] for unit in wanted if unit in found]

    def outline(self, name: str) -> list[tuple[str, int]]:
        """The id and present version of each unit, in reading order."""
        self._known(name)
        query = "SELECT id, version FROM unit WHERE name = ? AND orphaned = 0 ORDER BY place"
        return self._select(query, (name,))

    def new_id(self, name: str, wanted: str, source: str) -> str:
        """An id that no unit of the document ever had: `wanted`, or one made from it and the source."""
        taken: set[str] = set()
        while True:
            found = new_id(wanted, source, taken)
            if not self._select("SELECT 1 FROM version WHERE name = ? AND id = ? LIMIT 1", (name, found)):
                return found
            taken.add(found)

    def history(self, name: str, unit_id: str) -> tuple[Version, ...]:
        """Every version of a unit, the first one first; empty where there is no such unit."""
        query = "SELECT number, by, at, body FROM version WHERE name = ? AND id = ? ORDER BY number"
        steps = self._select(_MADE_BY, (unit_id, name))
        found, at = [], 0
        for number, by, when, body in self._select(query, (name, unit_id)):
            while at < len(steps) and steps[at][3] < number:
                at += 1
            step, label, before, after = steps[at] if at < len(steps) else (None, "", 0, 0)
            made = step is not None and (before or after - 1) < number
            found.append(Version(number, by, when, self._loads(Unit, body), *((step, label) if made else ())))
        return tuple(found)

    def version(self, name: str, unit_id: str, number: int) -> Unit | None:
        """A unit as it was in one of its versions; None where there is no such version."""
        query = "SELECT body FROM version WHERE name = ? AND id = ? AND number = ?"
        rows = self._select(query, (name, unit_id, number))
        return self._loads(Unit, rows[0][0]) if rows else None

    def steps(self, name: str | None = None) -> tuple[Step, ...]:
        """The merges and their undoings of one document, or of all, the first one first; without what they did to
        units. What people did one by one is in `acts`."""
        return self._steps("id NOT IN (SELECT step FROM journal) AND (? IS NULL OR name = ?)", (name, name))

    def acts(self, name: str, last: int = 100) -> tuple[Step, ...]:
        """The last steps that people made in a document one by one, and their undoings, the first one first."""
        return self._steps("name = ? AND id IN (SELECT step FROM journal)", (name,), last)

    def step(self, number: int) -> Step:
        """A merge or the undoing of one with what it did; InputError where there is none of that number."""
        found = next((step for step in self.steps() if step.id == number), None)
        if found is None:
            known = ", ".join(str(step.id) for step in self.steps()[-10:])
            raise InputError(f"there is no merge {number}", f"there is: {known}" if known else "nothing was merged yet",
                             path=self.path)  # fmt: skip
        rows = self._select("SELECT unit, before, after FROM changed WHERE change = ? ORDER BY unit", (number,))
        return replace(found, units=tuple(rows))

    def _bodies(self, name: str, ids: Iterable[str]) -> dict[str, tuple[int, Unit]]:
        """The present version of units and its number, by id."""
        return {unit: (version, self._loads(Unit, body)) for unit, version, body in self._among(_SEEN, (name,), ids)}

    def _places(self, name: str, ids: Sequence[str]) -> dict[str, int]:
        """Where units stand in the reading order."""
        if len(ids) <= _FEW:
            return {unit: self._select(_BEFORE, (name, unit))[0][0] for unit in ids}
        every = self._select(f"{_PLACES} ORDER BY place", (name,))
        return {unit: place for place, (unit,) in enumerate(every)}

    def _steps(self, which: str, values: tuple[object, ...], last: int = -1) -> tuple[Step, ...]:
        undone = "(SELECT max(id) FROM change AS later WHERE later.undoes = change.id)"
        query = f"SELECT *, {undone} FROM change WHERE {which} ORDER BY id DESC LIMIT ?"  # noqa: S608 (our own words)
        return tuple(Step(*row) for row in reversed(self._select(query, (*values, last))))

    def _known(self, name: str) -> None:
        """InputError where there is no document of that name."""
        if not self._select("SELECT 1 FROM document WHERE name = ?", (name,)):
            raise self._no_document(name)
