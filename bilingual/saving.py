"""What a run's result does to the units that the store holds already, inside one transaction of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.bitext import Block, Candidate, Origin, OriginKind, State, Text, Unit
from bilingual.codes import carried, completed
from bilingual.rematch import Keys, keys_of, new_id, rematch
from bilingual.rematch.changed import with_old_words
from bilingual.rematch.corrected import corrected
from bilingual.rematch.regroup import regrouped
from bilingual.rematch.words import plain
from bilingual.serial import dumps, loads

STRIDE = 1 << 20
"""The room between the places of two neighbours, so that units can be put between them and no other has to move."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did, in units: new ones, changed ones, those kept as a person left them, those gone from the source,
    and those gone but kept aside because a person had touched them."""

    added: int = 0
    changed: int = 0
    kept: int = 0
    removed: int = 0
    orphaned: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as it lies in the store: `body` is its JSON; `touched` stays once it is set; `place` only orders them."""

    keys: Keys
    version: int
    touched: bool
    orphaned: bool
    body: str
    place: int = 0


def keep(old: Unit, new: Unit) -> Unit:
    """A touched unit after a run: as the person left it, in its present place, with the run's proposals beside it.

    A source that a person has corrected stays so, unless the file itself says it so now.
    """
    known = {(c.target, c.origin.kind, c.origin.name) for c in old.candidates}
    proposals = list(new.candidates)
    if new.target.string and new.target not in {c.target for c in proposals}:
        proposals.insert(0, Candidate(new.target, new.origin or Origin(OriginKind.MACHINE)))
    added = tuple(c for c in proposals if (c.target, c.origin.kind, c.origin.name) not in known)
    source, original = new.source, None
    if old.original is not None and plain(new.source.string) != plain(old.source.string):
        source = old.source if new.source == old.original else corrected(new.source, old.source.string)
        original = new.source
    return replace(
        old,
        block=new.block,
        source=source,
        target=completed(source, old.target) if source.codes != old.source.codes else old.target,
        span=new.span,
        source_locators=new.source_locators,
        candidates=old.candidates + added,
        original=original,
    )


def retarget(unit: Unit, target: Text | str, by: str) -> Unit:
    """A unit with a person's words; plain words keep the codes of those before them, which stay among the candidates
    if a machine had made them."""
    words = carried(unit.target, target) if isinstance(target, str) else target
    origin = unit.origin
    made = origin is not None and origin.kind is not OriginKind.PERSON and bool(unit.target.string)
    candidates = unit.candidates
    if origin is not None and made and unit.target not in {c.target for c in candidates}:
        candidates = (*candidates, Candidate(unit.target, origin))
    state = State.TRANSLATED if unit.state in {State.NEW, State.DRAFT} else unit.state
    return replace(unit, target=words, origin=Origin(OriginKind.PERSON, by), state=state, candidates=candidates)


class Saving:
    """Writes the units of the document `name`; `rows` is what the store holds of it."""

    def __init__(self, base: sqlite3.Connection, name: str, rows: Sequence[Row]) -> None:
        self._base = base
        self._name = name
        self._rows = rows
        self._versions: list[tuple[str, str, int, str, str, str]] = []
        self._lines: Sequence[tuple[object, ...]] = ()
        self._gone: Sequence[Row] = ()

    def run(self, units: Sequence[Unit], blocks: Mapping[str, Block]) -> Saved:
        """Put `units` in the place of what was there, keeping what people have touched; `write` writes it."""
        numbers = self._numbers()
        units, keys, found = self._found_again(units, blocks)
        matched = set(found)
        gone = [row for index, row in enumerate(self._rows) if index not in matched]
        taken = {row.keys.id for index, row in enumerate(self._rows) if index in matched or row.touched}
        lines = []
        changed = kept = 0
        for place, (unit, key, index) in enumerate(zip(units, keys, found, strict=True)):
            row = None if index is None else self._rows[index]
            now = self._merged(row, unit, taken)
            number = self._number(row, now, numbers)
            changed += row is not None and number != row.version
            kept += row is not None and row.touched
            touched = now.touched or (row is not None and row.touched)
            lines.append(
                (self._name, now.id, place * STRIDE, number, touched, False, key.source, key.before, key.after)
            )
        self._lines, self._gone = lines, gone
        orphaned = sum(row.touched for row in gone)
        return Saved(found.count(None), changed, kept, len(gone) - orphaned, orphaned)

    def write(self) -> None:
        """Write what was found out."""
        self._flush()
        aside = [(self._name, row.keys.id) for row in self._gone if row.touched]
        removed = [(self._name, row.keys.id) for row in self._gone if not row.touched]
        self._base.executemany("DELETE FROM unit WHERE name = ? AND id = ?", removed)
        self._base.executemany("UPDATE unit SET orphaned = 1 WHERE name = ? AND id = ?", aside)
        known = {row.keys.id: row for row in self._rows}
        fresh = [line for line in self._lines if line[1:] != _line(known.get(str(line[1])))]
        self._base.executemany("INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", fresh)

    def arrange(self, units: Sequence[Unit], by: str, at: str) -> list[tuple[str, int, int]]:
        """Make the document these units in this order, the work of a person; what is not among them leaves it.

        Returns for each unit that is not as it was its id and its version before and now, 0 where it was no part.
        """
        numbers = self._numbers()
        rows = {row.keys.id: row for row in self._rows}
        ids = {unit.id for unit in units}
        done: list[tuple[str, int, int]] = []
        lines = []
        for place, (unit, key) in enumerate(zip(units, _keys(units), strict=True)):
            row = rows.get(unit.id)
            body = dumps(unit)
            same = row is not None and body == row.body
            number = row.version if row and same else numbers.get(unit.id, 0) + 1
            if not same:
                self._versions.append((self._name, unit.id, number, by, at, body))
            if not same or (row and row.orphaned):
                done.append((unit.id, row.version if row and not row.orphaned else 0, number))
            touched = row.touched if row and same else unit.touched
            lines.append(
                (self._name, unit.id, place * STRIDE, number, touched, False, key.source, key.before, key.after)
            )
        left = [row for row in self._rows if row.keys.id not in ids and not row.orphaned]
        done += [(row.keys.id, row.version, 0) for row in left]
        self._lines, self._gone = lines, [replace(row, touched=False) for row in left]
        self.write()
        return done

    def update(self, row: Row, unit: Unit, by: str, at: str, *, touched: bool = True) -> int:
        """Put one unit in the place of what `row` holds, as the work of a person; the number of its version."""
        number = row.version + 1
        self._versions.append((self._name, unit.id, number, by, at, dumps(unit)))
        self._flush()
        query = "UPDATE unit SET version = ?, touched = ? WHERE name = ? AND id = ?"
        self._base.execute(query, (number, touched, self._name, unit.id))
        return number

    def splice(
        self, old: Sequence[Row], units: Sequence[Unit], by: str, at: str, *, touched: bool | None
    ) -> list[tuple[str, int, int]]:
        """Put units in the place of rows that follow each other.

        `touched` is whether a person's hand is in them, None where each says it itself. Returns for each unit that is
        not as it was its id and its version before and now, 0 where it was no part.
        """
        rows = {row.keys.id: row for row in old}
        keys, places = self._between(old[0].place, old[-1].place, units)
        done: list[tuple[str, int, int]] = []
        lines = []
        for unit, key, place in zip(units, keys, places, strict=True):
            row = rows.pop(unit.id, None)
            number = self._last(unit.id) + 1
            self._versions.append((self._name, unit.id, number, by, at, dumps(unit)))
            done.append((unit.id, row.version if row else 0, number))
            hand = unit.touched if touched is None else touched
            lines.append((self._name, unit.id, place, number, hand, False, key.source, key.before, key.after))
        self._lines, self._gone = lines, [replace(row, touched=False) for row in rows.values()]
        self.write()
        return done + [(unit, row.version, 0) for unit, row in rows.items()]

    def _between(self, first: int, last: int, units: Sequence[Unit]) -> tuple[list[Keys], list[int]]:
        """Keys and places of units that come to stand where rows from one place to another do; their neighbours' keys
        follow."""
        before, after = self._neighbour("<", "DESC", first), self._neighbour(">", "ASC", last)
        low = before[2] if before else first - STRIDE
        high = after[2] if after else last + STRIDE
        if high - low <= len(units):
            first, last = self._spread(first, last)
            return self._between(first, last, units)
        keys = _keys(units)
        update = "UPDATE unit SET {} = ? WHERE name = ? AND id = ?"
        if before:
            self._base.execute(update.format("after"), (keys[0].source, self._name, before[0]))
            keys[0] = replace(keys[0], before=before[1])
        if after:
            self._base.execute(update.format("before"), (keys[-1].source, self._name, after[0]))
            keys[-1] = replace(keys[-1], after=after[1])
        return keys, [low + (high - low) * at // (len(units) + 1) for at in range(1, len(units) + 1)]

    def _neighbour(self, side: str, order: str, place: int) -> tuple[str, str, int] | None:
        """Id, key and place of the unit next to a place."""
        query = (
            f"SELECT id, source, place FROM unit WHERE name = ? AND orphaned = 0 AND place {side} ?"  # noqa: S608
            f" ORDER BY place {order} LIMIT 1"
        )
        found: tuple[str, str, int] | None = self._base.execute(query, (self._name, place)).fetchone()
        return found

    def _spread(self, first: int, last: int) -> tuple[int, int]:
        """Make room between all units of the document; where two places are then."""
        query = "SELECT id, place FROM unit WHERE name = ? AND orphaned = 0 ORDER BY place"
        rows = self._base.execute(query, (self._name,)).fetchall()
        places = [(at * STRIDE, self._name, unit) for at, (unit, _) in enumerate(rows)]
        self._base.executemany("UPDATE unit SET place = ? WHERE name = ? AND id = ?", places)
        moved = {place: at * STRIDE for at, (_, place) in enumerate(rows)}
        return moved[first], moved[last]

    def _last(self, unit: str) -> int:
        """The number of the last version that a unit ever had."""
        query = "SELECT coalesce(max(number), 0) FROM version WHERE name = ? AND id = ?"
        return int(self._base.execute(query, (self._name, unit)).fetchone()[0])

    def _found_again(
        self, units: Sequence[Unit], blocks: Mapping[str, Block]
    ) -> tuple[Sequence[Unit], list[Keys], list[int | None]]:
        """The units cut as people had cut them, with their keys and the index of the row each of them is; sentences
        that people had translated before their source changed bring their words along."""
        keys = _keys(units)
        found = rematch([row.keys for row in self._rows], keys)
        matched = set(found)
        old = {
            index: loads(Unit, row.body) for index, row in enumerate(self._rows) if row.touched and index not in matched
        }
        for at, index in self._as_corrected(old, keys, found):
            found[at] = index
            del old[index]
        if not old:
            return units, keys, found
        sources = {index: unit.written.string for index, unit in old.items()}
        units, found = regrouped(units, found, sources, blocks)
        keys = _keys(units)
        matched = set(found)
        gone = [(self._rows[index].keys, unit) for index, unit in old.items() if index not in matched]
        free = [at for at, index in enumerate(found) if index is None or not self._rows[index].touched]
        return with_old_words(units, keys, free, gone), keys, found

    def _as_corrected(
        self, old: Mapping[int, Unit], keys: Sequence[Keys], found: Sequence[int | None]
    ) -> list[tuple[int, int]]:
        """Which units say in the file by now what a person had made of their source; and the rows they are."""
        rows = [index for index, unit in old.items() if unit.original is not None]
        free = [at for at, index in enumerate(found) if index is None] if rows else []
        own = [replace(self._rows[index].keys, source=_hash_of(old[index].source.string)) for index in rows]
        pairs = zip(free, rematch(own, [keys[at] for at in free]), strict=True)
        return [(at, rows[index]) for at, index in pairs if index is not None]

    def _numbers(self) -> dict[str, int]:
        """The last version's number of each unit that the document ever had."""
        query = "SELECT id, max(number) FROM version WHERE name = ? GROUP BY id"
        return dict(self._base.execute(query, (self._name,)))

    def _merged(self, row: Row | None, unit: Unit, taken: set[str]) -> Unit:
        """The unit as it will be, under the id it has or gets."""
        if row is None:
            name = new_id(unit.id, unit.source.string, taken)
            taken.add(name)
            return replace(unit, id=name)
        return keep(loads(Unit, row.body), unit) if row.touched else replace(unit, id=row.keys.id)

    def _number(self, row: Row | None, unit: Unit, numbers: dict[str, int]) -> int:
        """The number of the unit's version, which is a new one only where something changed."""
        body = dumps(unit)
        if row is not None and body == row.body:
            return row.version
        number = numbers.get(unit.id, 0) + 1
        before = loads(Unit, row.body).changed if row is not None else None
        person = unit.changed if unit.changed != before else None
        by, at = (person.by, person.when) if person else ("", "")
        self._versions.append((self._name, unit.id, number, by, at, body))
        return number

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)", self._versions)
        self._versions.clear()


def _line(row: Row | None) -> tuple[object, ...]:
    """What the table of units has of a unit, but for the document's name."""
    if row is None:
        return ()
    keys = row.keys
    return (keys.id, row.place, row.version, row.touched, row.orphaned, keys.source, keys.before, keys.after)


def _hash_of(source: str) -> str:
    return keys_of([("", source)])[0].source


def _keys(units: Sequence[Unit]) -> list[Keys]:
    return keys_of([(unit.id, unit.written.string) for unit in units])
