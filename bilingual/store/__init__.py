"""The workbench's own state: documents, units with every version of them, kept translations, views written.

One SQLite file, `workbench.sqlite`, is the truth; TMX and CSV are views of it. It is safe with several processes, and
every call is one transaction, on the disk when the call returns. What a person has touched, no run overwrites.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bilingual import database
from bilingual.bitext import Bitext, Block, Change, Note, State, Text, Unit
from bilingual.errors import ConflictError
from bilingual.files import sha256_of
from bilingual.saving import Saved, Saving, retarget
from bilingual.serial import DamagedError, dumps
from bilingual.store.effort import Efforts
from bilingual.store.file import now
from bilingual.store.journal import Journal
from bilingual.store.nouns import Done, Edit, Seen, Spent, Step, Undone, Version
from bilingual.store.views import Views

__all__ = ["Done", "Edit", "Seen", "Spent", "Step", "Store", "Undone", "Version", "now"]

T = TypeVar("T")


class Store(Journal, Views, Efforts):
    """The store at `path`, made where there is none. Use it in a `with` block, or close it; one thread at a time.

    Raises InputError for a file that is damaged, foreign or newer, OutputError where it cannot be written; with `look`,
    one that may not be written is opened for reading, and only a change is refused.
    """

    def load(self, name: str) -> Bitext:
        """A document with its units in reading order, as they are now; InputError where there is none of that name."""
        units = tuple(self._loads(Unit, row.body) for row in self._rows(name) if not row.orphaned)
        return replace(self._document(name), units=units)

    def orphans(self, name: str) -> tuple[Unit, ...]:
        """Units people had touched whose source has gone from the document: kept, but no part of it now."""
        return tuple(self._loads(Unit, row.body) for row in self._rows(name) if row.orphaned)

    def versions(self, name: str) -> dict[str, int]:
        """The number of each unit's present version, to give to `edit` as what one has seen."""
        return {row.keys.id: row.version for row in self._rows(name) if not row.orphaned}

    def template(self, name: str) -> str:
        """The SHA-256 of the file a document was read from; "" where it is not known."""
        rows = self._select("SELECT template FROM document WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def source(self, name: str) -> bytes | None:
        """The file a document was read from, byte for byte; None where a run before there was a place for it."""
        query = "SELECT data FROM source JOIN document ON template = sha256 WHERE name = ?"
        rows = self._select(query, (name,))
        with database.explained(self.path):
            return _unpacked(rows[0][0]) if rows else None

    def save(self, name: str, bitext: Bitext, source: bytes | None = None) -> Saved:
        """Make the document what a run found it to be; `source` is the file it was read from.

        Units are found again by id and words, else by words and neighbours, and keep their id. Where a person has
        touched one, only its place follows the source, and the run's proposals join its candidates. Touched units
        that have gone are kept aside; they come back when their source does.
        """
        blocks = _blocks(bitext)
        rows = self._rows(name)
        saving = Saving(self._base, name, rows)
        with database.explained(self.path):
            saved = saving.run(bitext.units, blocks)  # what takes long comes before others have to wait
        template = next((document.template.sha256 for document in bitext.documents if document.template), "")
        with self._writing():
            self._base.execute(
                "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET template = excluded.template,"
                " body = excluded.body",
                (name, template, dumps(replace(bitext, units=()))),
            )
            if source is not None:
                packed = zlib.compress(source)
                self._base.execute("INSERT OR IGNORE INTO source VALUES (?, ?)", (template, packed))
            self._base.execute("DELETE FROM source WHERE sha256 NOT IN (SELECT template FROM document)")
            if not self._is_still(name, rows):
                saving = Saving(self._base, name, self._rows(name))
                saved = saving.run(bitext.units, blocks)
            saving.write()
        return saved

    def edit(
        self,
        name: str,
        unit_id: str,
        *,
        by: str,
        when: str = "",
        expected: int | None = None,
        target: Text | str | None = None,
        state: State | None = None,
        locked: bool | None = None,
        note: str | None = None,
    ) -> Unit:
        """What a person does to a unit, as a step; what is None stays. New words make it at least translated.

        `expected` is the version the person has seen: ConflictError, and no change, when it is not the present one.
        `when` is UTC in ISO 8601, now if empty. Returns the unit as it is then.
        """
        when = when or now()
        with self._writing():
            seen = self.seen(name, [unit_id]).get(unit_id)
            if seen is None:
                raise self._no_unit(name, unit_id)
            unit = retarget(seen.unit, target, by) if target is not None else seen.unit
            unit = replace(
                unit,
                state=state or unit.state,
                locked=unit.locked if locked is None else locked,
                notes=(*unit.notes, Note(note, by, when)) if note else unit.notes,
            )
            done = self._change(name, [Edit(expected, unit)], by, when, "edit")
        return replace(unit, changed=Change(by, when)) if done.step else unit

    def revision(self, name: str) -> int:
        """A number that rises whenever a unit of the document gets a new version; 0 where there is none."""
        return int(self._select("SELECT coalesce(max(rowid), 0) FROM version WHERE name = ?", (name,))[0][0])

    def stamp(self, name: str) -> str:
        """Something that is another whenever the document, its units or their order are."""
        body = self._select("SELECT body FROM document WHERE name = ?", (name,))
        units = self._select("SELECT id, version, place, orphaned FROM unit WHERE name = ? ORDER BY id", (name,))
        return sha256_of(repr((body, units)).encode("utf-8", "backslashreplace"))

    def as_of(self, name: str, revision: int) -> dict[str, Unit]:
        """Every unit the document ever had up to a revision, as it was then, by id."""
        query = "SELECT id, body, max(number) FROM version WHERE name = ? AND rowid <= ? GROUP BY id"
        return {unit: self._loads(Unit, body) for unit, body, _ in self._select(query, (name, revision))}

    def arrange(
        self, name: str, units: Sequence[Unit], *, seen: str, kind: str, by: str, at: str, file: str = "",
        undoes: int | None = None,
    ) -> int | None:  # fmt: skip
        """Make a document these units in this order as one step that can be undone; its id, None where nothing changes.

        `seen` is the stamp of what they were made from: ConflictError, and no change, when it is another now.
        """
        with self._writing():
            if self.stamp(name) != seen:
                raise ConflictError(f"{name} was changed by another process meanwhile", "run it again")
            done = Saving(self._base, name, self._rows(name)).arrange(units, by, at)
            if not done:
                return None
            return self._step(name, kind, by, at, done, file, undoes)

    def take_over(self, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Fill a new store with the rows of another, by table; a version's row has its revision in front."""
        with self._writing():
            for table in filter(tables.get, tables):
                rows = tables[table]
                marks = ",".join("?" * len(rows[0]))
                columns = "(rowid, name, id, number, by, at, body)" if table == "version" else ""
                query = f"INSERT OR IGNORE INTO {table} {columns} VALUES ({marks})"  # noqa: S608 (our own names)
                self._base.executemany(query, rows)

    def cached(self, keys: Iterable[str], kind: type[T]) -> dict[str, T]:
        """Which of `keys` are kept, and what was kept under them, each a `kind`."""
        rows = self._among("SELECT key, body FROM cache WHERE key IN", (), keys)
        return {key: self._loads(kind, body) for key, body in rows}

    def remember(self, items: Mapping[str, object]) -> None:
        """Keep dataclasses or plain values under their keys. What is kept already stays as it was first made."""
        with self._writing():
            rows = ((key, dumps(item)) for key, item in items.items())
            self._base.executemany("INSERT OR IGNORE INTO cache VALUES (?, ?)", rows)


def _blocks(bitext: Bitext) -> dict[str, Block]:
    return {block.id: block for document in bitext.documents for block in document.blocks}


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedError(str(error)) from error
