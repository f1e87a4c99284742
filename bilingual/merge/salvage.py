"""What can still be read of a damaged store, put into a new one; the damaged file is only read."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bilingual.bitext import Bitext, Unit
from bilingual.errors import InputError
from bilingual.merge.carving import rows_of
from bilingual.rematch import keys_of
from bilingual.serial import DamagedError, dumps, loads
from bilingual.store import Store

_TABLES = {
    "document": "name, template, body",
    "version": "rowid, name, id, number, by, at, body",
    "unit": "name, id, place, version, touched, orphaned",
    "source": "sha256, data",
    "cache": "key, body",
    "change": "id, kind, name, by, at, file, undoes",
    "changed": "change, unit, before, after",
    "journal": "step, back, forth",
    "recut": "change, side, place, unit",
    "effort": "name, unit, by, sitting, seconds, keys",
    "view": "path, sha256",
    "shown": "name, path, sha256, revision",
}
"""What is read of each table, in the order in which one needs another."""

Line = tuple[Any, ...]
_VERSION = (str, str, int, str, str, str)
_UNIT = (str, str, int, int, int, int, str, str, str)
_DOCUMENT = (str, str, str)


@dataclass(slots=True)
class _Found:
    tables: dict[str, list[Line]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def salvage(path: Path, store: Store) -> list[str]:
    """Fill the new `store` with what the store at `path` still holds; what was lost, in words.

    Raises InputError where nothing can be read.
    """
    found = _read(path)
    if found.broken:
        _carve(path, found)
    told: list[str] = []
    versions = _sound(found.tables["version"], Unit, 6, told, "versions of units")
    documents = _sound(found.tables["document"], Bitext, 2, told, "documents")
    if not versions and not documents:
        raise InputError("nothing in it can be read", "rebuild the store from the TMX files, or take a copy", path=path)
    names = {str(line[0]) for line in documents}
    nameless = sorted({str(line[1]) for line in versions} - names)
    empty = dumps(Bitext("zh", "en", (), ()))
    documents += [(name, "", empty) for name in nameless]
    told += [f"{name}: its paragraphs are lost, its sentences are there" for name in nameless]
    _drop_steps(found, versions, told)
    found.tables["cache"] = [line for line in found.tables["cache"] if _is_json(line[1])]
    found.tables["source"] = [line for line in found.tables["source"] if _is_packed(line[1])]
    store.take_over(found.tables | {"document": documents, "version": versions, "unit": _units(found, versions, told)})
    return told + (["some source files are lost"] if "source" in found.broken else [])


def _read(path: Path) -> _Found:
    """What SQLite itself can read, from a copy: opening a database may change it."""
    found = _Found({name: [] for name in _TABLES})
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite"
            shutil.copyfile(path, copy)
            log = path.with_name(f"{path.name}-wal")
            if log.is_file():
                shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
            with closing(sqlite3.connect(copy)) as base:
                for name, columns in _TABLES.items():
                    _select(base, name, columns, found)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error
    return found


def _select(base: sqlite3.Connection, name: str, columns: str, found: _Found) -> None:
    try:
        if not base.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]:
            return  # a store of an older kind
        for line in base.execute(f"SELECT {columns} FROM {name}"):  # noqa: S608 (our own names)
            found.tables[name].append(line)
    except (sqlite3.Error, UnicodeDecodeError):
        found.broken.append(name)


def _carve(path: Path, found: _Found) -> None:
    """What single pages hold beside what SQLite could read."""
    versions = {line[1:4]: line for line in found.tables["version"]}
    documents = {line[0]: line for line in found.tables["document"]}
    units = {line[:2]: line for line in found.tables["unit"]}
    older: dict[Line, Line] = {}
    for rowid, line in rows_of(path):
        if _fits(line, _VERSION):
            versions.setdefault(line[:3], (rowid, *line))
        elif rowid and _fits(line, _DOCUMENT):
            documents.setdefault(line[0], line)
        elif _fits(line, _UNIT) and line[:2] not in units:
            before = older.get(line[:2])
            if before is None or before[3] < line[3]:
                older[line[:2]] = line[:6]
    found.tables["version"] = sorted(versions.values(), key=lambda line: line[0])
    found.tables["document"] = list(documents.values())
    found.tables["unit"] = [*units.values(), *older.values()]


def _fits(line: Line, kinds: Sequence[type]) -> bool:
    return len(line) == len(kinds) and all(isinstance(value, kind) for value, kind in zip(line, kinds, strict=True))


def _sound(lines: Iterable[Line], kind: type, at: int, told: list[str], what: str) -> list[Line]:
    """The lines whose body is whole."""
    sound, lost = [], 0
    for line in lines:
        try:
            loads(kind, line[at])
            sound.append(line)
        except (DamagedError, TypeError):
            lost += 1
    if lost:
        told.append(f"{lost:,} {what} are damaged and left out")
    return sound


def _drop_steps(found: _Found, versions: Sequence[Line], told: list[str]) -> None:
    """Away with steps that could not be undone, because a part of what they did is lost."""
    names = {line[0]: line[2] for line in found.tables["change"]}
    known = {line[1:4] for line in versions}
    whole = set() if {"change", "changed", "journal", "recut"} & set(found.broken) else set(names)
    for step, unit, *numbers in found.tables["changed"]:
        if any(number and (names.get(step), unit, number) not in known for number in numbers):
            whole.discard(step)
    if "change" in found.broken or len(whole) < len(names):
        told.append("the list of merges and edits is damaged: those that are lost cannot be undone")
    for table in ("change", "changed", "journal", "recut"):
        found.tables[table] = [line for line in found.tables[table] if line[0] in whole]
    kept = {*whole, None}
    found.tables["journal"] = [
        (step, *(at if at in kept else None for at in links)) for step, *links in found.tables["journal"]
    ]


def _is_json(body: object) -> bool:
    try:
        json.loads(str(body))
    except ValueError:
        return False
    return True


def _is_packed(data: bytes) -> bool:
    try:
        zlib.decompress(data)  # it checks itself
    except (zlib.error, TypeError):
        return False
    return True


def _units(found: _Found, versions: Sequence[Line], told: list[str]) -> list[Line]:
    """The lines of the table of units: which version of each is in force, and in which order they stand."""
    bodies: dict[tuple[str, str], dict[int, str]] = {}
    for _, name, unit, number, _, _, body in versions:
        bodies.setdefault((name, unit), {})[number] = body
    rows = {(name, unit): line for line in found.tables["unit"] for name, unit in [line[:2]]}
    older = lost = 0
    current: dict[str, list[tuple[bool, int, str, int, bool]]] = {}
    for key, line in rows.items():
        known = bodies.get(key)
        if not known:
            lost += 1
            continue
        number = line[3] if line[3] in known else max(known)
        older += number != line[3]
        current.setdefault(key[0], []).append((bool(line[5]), line[2], key[1], number, bool(line[4])))
    if "unit" in found.broken:
        for at, key in enumerate(bodies):
            if key not in rows:
                current.setdefault(key[0], []).append((False, len(rows) + at, key[1], max(bodies[key]), False))
    if lost:
        told.append(f"{lost:,} units are lost")
    if older:
        told.append(f"{older:,} units have an older version, the last that can be read")
    return [line for name, units in current.items() for line in _lines(name, sorted(units), bodies)]


def _lines(
    name: str, units: Sequence[tuple[bool, int, str, int, bool]], bodies: dict[tuple[str, str], dict[int, str]]
) -> list[Line]:
    now = [loads(Unit, bodies[name, unit][number]) for _, _, unit, number, _ in units]
    keys = keys_of([(unit.id, unit.source.string) for unit in now])
    return [
        (name, unit, place, number, touched or one.touched, orphaned, key.source, key.before, key.after)
        for place, ((orphaned, _, unit, number, touched), one, key) in enumerate(zip(units, now, keys, strict=True))
    ]
