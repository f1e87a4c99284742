"""The workbench's own state: documents, units with every version of them, kept translations, views written.

One SQLite file, `workbench.sqlite`, is the truth; TMX and CSV are views of it. It is safe with several processes, and
every call is one transaction. What a person has touched, no run overwrites.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from bilingual import database
from bilingual.bitext import Bitext, Block, Change, Note, State, Text, Unit
from bilingual.errors import ConflictError, InputError
from bilingual.files import output_error, sha256_of
from bilingual.rematch import Keys
from bilingual.saving import Row, Saved, Saving, retarget
from bilingual.serial import DamagedError, dumps, loads

T = TypeVar("T")

APPLICATION = 0x62_69_6C_77  # "bilw"
SOURCE = "CREATE TABLE source (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID"
"""The files that documents were read from, compressed: what is delivered is made in their image."""

SHOWN = """
CREATE TABLE shown (
    name TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (name, path, sha256)
) WITHOUT ROWID"""
"""Which revision of a document the bytes of a view show, or those of an edited file that was once a view."""

CHANGE = """
CREATE TABLE change (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    file TEXT NOT NULL, undoes INTEGER
)"""
CHANGED = """
CREATE TABLE changed (
    change INTEGER NOT NULL REFERENCES change (id), unit TEXT NOT NULL, before INTEGER NOT NULL,
    after INTEGER NOT NULL, PRIMARY KEY (change, unit)
) WITHOUT ROWID"""
"""What a merge, or the undoing of one, did: each unit's version before and after, 0 where it was no part."""

UPGRADES = (SOURCE, SHOWN, CHANGE, CHANGED)
"""What made each version of the schema out of the one before, from the second on."""

SCHEMA = f"""
CREATE TABLE document (name TEXT PRIMARY KEY, template TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE unit (
    name TEXT NOT NULL REFERENCES document (name), id TEXT NOT NULL, place INTEGER NOT NULL, version INTEGER NOT NULL,
    touched INTEGER NOT NULL, orphaned INTEGER NOT NULL, source TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE TABLE version (
    name TEXT NOT NULL REFERENCES document (name), id TEXT NOT NULL, number INTEGER NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name, id, number)
);
CREATE TABLE cache (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE view (path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, sha256)) WITHOUT ROWID;
{SOURCE};
{SHOWN};
{CHANGE};
{CHANGED}
"""
_UNITS = """
SELECT unit.id, unit.version, touched, orphaned, source, before, after, body FROM unit
JOIN version ON version.name = unit.name AND version.id = unit.id AND version.number = unit.version
WHERE unit.name = ?"""
_BATCH = 500
"""Keys asked for at a time: SQLite limits the variables of one statement."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state a unit was in, counted from 1. `by` and `at` (UTC, ISO 8601) are empty where no person made it."""

    number: int
    by: str
    at: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Step:
    """A merge of an edited file, or the undoing of one: what it did to which units, as (id, version before, version
    after), 0 where the unit was no part of the document. `undone` is the step that undid it, None where none did."""

    id: int
    kind: str
    name: str
    by: str
    at: str
    file: str
    undoes: int | None
    undone: int | None
    units: tuple[tuple[str, int, int], ...] = ()


class Store:
    """The store at `path`, made where there is none. Use it in a `with` block, or close it; one thread at a time.

    Raises InputError for a file that is damaged, foreign or newer, OutputError where it cannot be written.
    """

    def __init__(self, path: Path, wait: float = database.WAIT_SECONDS) -> None:
        self.path = path
        self._base = database.connect(path, APPLICATION, SCHEMA, UPGRADES, wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def names(self) -> tuple[str, ...]:
        """The documents in the store, by name."""
        return tuple(name for (name,) in self._select("SELECT name FROM document ORDER BY name"))

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

    def history(self, name: str, unit_id: str) -> tuple[Version, ...]:
        """Every version of a unit, the first one first; empty where there is no such unit."""
        query = "SELECT number, by, at, body FROM version WHERE name = ? AND id = ? ORDER BY number"
        rows = self._select(query, (name, unit_id))
        return tuple(Version(number, by, at, self._loads(Unit, body)) for number, by, at, body in rows)

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
            return Saving(self._base, name, self._rows(name)).run(bitext.units, _blocks(bitext))

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
        """What a person does to a unit; what is None stays. New words make it at least translated.

        `expected` is the version the person has seen: ConflictError, and no change, when it is not the present one.
        `when` is UTC in ISO 8601, now if empty. Returns the unit as it is then.
        """
        when = when or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._writing():
            row = next(iter(self._rows(name, unit_id)), None)
            if row is None:
                raise InputError(f"there is no unit {unit_id!r} in {name!r}", path=self.path)
            if expected is not None and expected != row.version:
                last = self.history(name, unit_id)[-1]
                message = f"unit {unit_id} of {name} was changed by {last.by or 'a run'} since you opened it"
                raise ConflictError(message, "look at the new version, then change it again")
            unit = replace(self._loads(Unit, row.body), changed=Change(by, when))
            unit = retarget(unit, target, by) if target is not None else unit
            unit = replace(
                unit,
                state=state or unit.state,
                locked=unit.locked if locked is None else locked,
                notes=(*unit.notes, Note(note, by, when)) if note else unit.notes,
            )
            Saving(self._base, name, []).update(row, unit)
        return unit

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

    def shown(self, name: str) -> list[tuple[str, str, int]]:
        """The views of a document that were ever written: path from the store's folder, SHA-256, revision."""
        return self._select("SELECT path, sha256, revision FROM shown WHERE name = ? ORDER BY revision", (name,))

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
            query = "INSERT INTO change (kind, name, by, at, file, undoes) VALUES (?, ?, ?, ?, ?, ?)"
            step = self._base.execute(query, (kind, name, by, at, file, undoes)).lastrowid
            rows = ((step, *line) for line in done)
            self._base.executemany("INSERT INTO changed VALUES (?, ?, ?, ?)", rows)
            return step

    def steps(self, name: str | None = None) -> tuple[Step, ...]:
        """The merges and undoings of one document, or of all, the first one first; without what they did to units."""
        undone = "(SELECT max(id) FROM change AS later WHERE later.undoes = change.id)"
        rows = self._select(f"SELECT *, {undone} FROM change ORDER BY id")  # noqa: S608 (no words of anybody's)
        return tuple(step for step in (Step(*row) for row in rows) if name is None or step.name == name)

    def step(self, number: int) -> Step:
        """One of them with what it did; InputError where there is none of that number."""
        found = next((step for step in self.steps() if step.id == number), None)
        if found is None:
            known = ", ".join(str(step.id) for step in self.steps()[-10:])
            raise InputError(f"there is no merge {number}", f"there is: {known}" if known else "nothing was merged yet",
                             path=self.path)  # fmt: skip
        rows = self._select("SELECT unit, before, after FROM changed WHERE change = ? ORDER BY unit", (number,))
        return replace(found, units=tuple(rows))

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
        wanted = list(dict.fromkeys(keys))
        found: dict[str, T] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._select(f"SELECT key, body FROM cache WHERE key IN ({marks})", batch)  # noqa: S608 (only marks)
            found |= {key: self._loads(kind, body) for key, body in rows}
        return found

    def remember(self, items: Mapping[str, object]) -> None:
        """Keep dataclasses or plain values under their keys. What is kept already stays as it was first made."""
        with self._writing():
            rows = ((key, dumps(item)) for key, item in items.items())
            self._base.executemany("INSERT OR IGNORE INTO cache VALUES (?, ?)", rows)

    def expect_view(self, path: Path, sha256: str) -> None:
        """Say that the file at `path` may soon have these bytes, before it has: a stop in between does no harm."""
        with self._writing():
            self._base.execute("INSERT OR IGNORE INTO view VALUES (?, ?)", (self._place(path), sha256))

    def record_view(self, path: Path, sha256: str) -> None:
        """Say that we have written the file at `path` with these bytes."""
        with self._writing():
            self._base.execute("DELETE FROM view WHERE path = ?", (self._place(path),))
            self._base.execute("INSERT INTO view VALUES (?, ?)", (self._place(path), sha256))

    def record_shown(self, name: str, path: Path, sha256: str, revision: int) -> None:
        """Say which revision of a document a file with these bytes shows, or was made from."""
        with self._writing():
            self._base.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?)",
                               (name, self._place(path), sha256, revision))  # fmt: skip

    def shown_at(self, name: str, path: Path) -> int | None:
        """The revision of a document that the file at `path` was last written from; None where it never was."""
        query = "SELECT max(revision) FROM shown WHERE name = ? AND path = ?"
        found: int | None = self._select(query, (name, self._place(path)))[0][0]
        return found

    def view_changed(self, path: Path) -> bool:
        """Whether the file at `path` holds anything but what we wrote there; a missing file does not."""
        try:
            found = sha256_of(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise output_error(path, error) from error
        return (found,) not in self._select("SELECT sha256 FROM view WHERE path = ?", (self._place(path),))

    def _place(self, path: Path) -> str:
        """A view's path from the store's folder, so that the folder can be moved."""
        whole = path.resolve()
        try:
            return Path(os.path.relpath(whole, self.path.resolve().parent)).as_posix()
        except ValueError:  # on another drive of a Windows machine
            return whole.as_posix()

    def _document(self, name: str) -> Bitext:
        rows = self._select("SELECT body FROM document WHERE name = ?", (name,))
        if not rows:
            known = ", ".join(self.names()) or "it is empty"
            raise InputError(f"there is no document {name!r} in the store", f"there is: {known}", path=self.path)
        return self._loads(Bitext, rows[0][0])

    def _rows(self, name: str, unit_id: str | None = None) -> list[Row]:
        """The units of a document, the orphans last; or the one of that id."""
        query = f"{_UNITS} ORDER BY orphaned, place, unit.id" if unit_id is None else f"{_UNITS} AND unit.id = ?"
        rows = self._select(query, (name,) if unit_id is None else (name, unit_id))
        return [
            Row(Keys(unit, source, before, after), version, bool(touched), bool(orphaned), body)
            for unit, version, touched, orphaned, source, before, after, body in rows
        ]

    def _loads(self, kind: type[T], body: str) -> T:
        with database.explained(self.path):
            return loads(kind, body)

    def _select(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with database.explained(self.path):
            return self._base.execute(query, tuple(values)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with database.transaction(self._base, self.path):
            yield


def _blocks(bitext: Bitext) -> dict[str, Block]:
    return {block.id: block for document in bitext.documents for block in document.blocks}


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedError(str(error)) from error
