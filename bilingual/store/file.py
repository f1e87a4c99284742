"""The store's file: opening it, what is asked of it, and what changes it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from bilingual import database
from bilingual.bitext import Bitext
from bilingual.errors import InputError, OutputError
from bilingual.rematch import Keys
from bilingual.saving import Row
from bilingual.serial import loads
from bilingual.store.schema import APPLICATION, SCHEMA, UPGRADES

T = TypeVar("T")

_UNITS = """
SELECT unit.id, unit.version, touched, orphaned, source, before, after, body, place FROM unit
JOIN version ON version.name = unit.name AND version.id = unit.id AND version.number = unit.version
WHERE unit.name = ?"""
_BATCH = 500
"""Values asked for at a time: SQLite limits the variables of one statement."""


class File:
    """The file at `path`, made where there is none; what every part of the store asks of it."""

    def __init__(self, path: Path, wait: float = database.WAIT_SECONDS, *, look: bool = False) -> None:
        self.path = path
        self._base = database.connect(path, APPLICATION, SCHEMA, UPGRADES, wait, look=look)
        self._opened = _identity(path)

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

    def _document(self, name: str) -> Bitext:
        rows = self._select("SELECT body FROM document WHERE name = ?", (name,))
        if not rows:
            raise self._no_document(name)
        return self._loads(Bitext, rows[0][0])

    def _no_document(self, name: str) -> InputError:
        known = ", ".join(self.names()) or "it is empty"
        return InputError(f"there is no document {name!r} in the store", f"there is: {known}", path=self.path)

    def _no_unit(self, name: str, unit_id: str) -> InputError:
        if (name,) not in self._select("SELECT name FROM document WHERE name = ?", (name,)):
            return self._no_document(name)
        return InputError(f"there is no unit {unit_id!r} in {name!r}", path=self.path)

    def _rows(self, name: str) -> list[Row]:
        """The units of a document, the orphans last."""
        return [_row(line) for line in self._select(f"{_UNITS} ORDER BY orphaned, place, unit.id", (name,))]

    def _is_still(self, name: str, rows: Sequence[Row]) -> bool:
        """Whether the units of a document are still what they were when these rows were read."""
        query = "SELECT id, version, place, touched, orphaned FROM unit WHERE name = ? ORDER BY id"
        then = sorted((row.keys.id, row.version, row.place, row.touched, row.orphaned) for row in rows)
        return self._select(query, (name,)) == then

    def _rows_of(self, name: str, ids: Iterable[str]) -> dict[str, Row]:
        """Those of the units of these ids that there are, orphans too."""
        lines = self._among(f"{_UNITS} AND unit.id IN", (name,), ids)
        return {line[0]: _row(line) for line in lines}

    def _among(self, query: str, values: Sequence[object], wanted: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """What a query that ends in IN finds for each of the wanted values."""
        every = list(dict.fromkeys(wanted))
        for start in range(0, len(every), _BATCH):
            batch = every[start : start + _BATCH]
            yield from self._select(f"{query} ({','.join('?' * len(batch))})", (*values, *batch))

    def _loads(self, kind: type[T], body: str) -> T:
        with database.explained(self.path):
            return loads(kind, body)

    def _select(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with database.explained(self.path):
            return self._base.execute(query, tuple(values)).fetchall()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is done in the block is one transaction: all of it is kept, or nothing."""
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._base.in_transaction:  # of `together`
            yield
            return
        with database.transaction(self._base, self.path):
            yield
            if _identity(self.path) != self._opened:  # SQLite would go on writing to a file that has no name any more
                told = f"{self.path}: was moved, deleted or replaced while it was open: nothing was saved"
                raise OutputError(told, "put the file back, or end what has it open and start that again")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def now() -> str:
    """The time now, as the store writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _row(line: tuple[Any, ...]) -> Row:
    unit, version, touched, orphaned, source, before, after, body, place = line
    return Row(Keys(unit, source, before, after), version, bool(touched), bool(orphaned), body, place)
