"""What can still be read of a damaged memory, put into a new one; the damaged file is only ever read."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilingual.bitext import Code, Origin, State, Text
from bilingual.errors import InputError
from bilingual.memory.memory import Memory
from bilingual.memory.nouns import Pair, Use
from bilingual.memory.writing import More
from bilingual.serial import DamagedError, loads

_FARTHEST = 1 << 33
_PAGE = 4096
_LONGEST_STEP, _MOST_LOST = 64, 1 << 20


@dataclass(slots=True)
class Salvaged:
    """What was saved. `without` are pairs of which nobody knows where they were used; `lost` rows could not be read."""

    pairs: int = 0
    without: int = 0
    lost: int = 0


def salvage(damaged: Path, into: Path) -> Salvaged:
    """Put every pair that can be read in `damaged` into a new memory; InputError where there is none, or `into` is."""
    if into.exists():
        raise InputError("is there already", "name a new file", path=into)
    if not damaged.is_file():
        raise InputError("there is no such file", "check the name", path=damaged)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "memory.sqlite"
        shutil.copyfile(damaged, copy)
        log = damaged.with_name(f"{damaged.name}-wal")
        if log.is_file():
            shutil.copyfile(log, copy.with_name("memory.sqlite-wal"))
        base = sqlite3.connect(copy, isolation_level=None)
        base.text_factory = _told
        try:
            base.execute("PRAGMA writable_schema = ON")  # a table whose own words are broken hides no other
            return _saved(base, damaged, into)
        finally:
            base.close()


def _saved(base: sqlite3.Connection, damaged: Path, into: Path) -> Salvaged:
    done = Salvaged()
    documents = dict(_rows(base, "SELECT id, name FROM document", done))
    entries = _rows(base, "SELECT id, source, target, source_codes, target_codes FROM entry", done)
    first = next(entries, None)
    if first is None:
        raise InputError("nothing in it can be read", "take a copy of an earlier day", path=damaged)
    uses = _uses(base, documents, done)
    lone = Use(damaged.name, state=State.DRAFT)  # nobody knows whether it was ever confirmed

    def pairs() -> Iterator[Pair]:
        for number, source, target, source_codes, target_codes in _chain(first, entries):
            try:
                pair = Pair(_text(source, source_codes), _text(target, target_codes), lone)
            except (DamagedError, TypeError, UnicodeEncodeError):
                done.lost += 1
                continue
            done.pairs += 1
            done.without += number not in uses
            for use in uses.get(number, (pair.use,)):
                yield Pair(pair.source, pair.target, use)

    with Memory(into) as memory:
        memory.put(pairs(), kind="salvage", name=damaged.name)
    return done


def _chain(first: tuple[Any, ...], rest: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield first
    yield from rest


def _uses(base: sqlite3.Connection, documents: dict[Any, Any], done: Salvaged) -> dict[int, list[Use]]:
    """The uses that count, by entry."""
    query = "SELECT id, entry, document, unit, state, origin, by, at, before, after, more, gone FROM use"
    found: dict[int, list[Use]] = {}
    for _, entry, document, unit, state, origin, by, at, before, after, more, gone in _rows(base, query, done):
        with suppress(DamagedError, ValueError, TypeError):
            rest = loads(More, more) if more else More()
            who = loads(Origin, origin) if origin else None
            name = str(documents.get(document, "salvaged"))
            f"{name}{unit}{by}{at}".encode()
            own = "" if unit.startswith("=") else unit
            use = Use(name, own, State(state), who, by, at, before, after, rest.notes, rest.extra)
            if gone is None:
                found.setdefault(entry, []).append(use)
    return found


def _told(raw: bytes) -> str:
    """The text as it stands in the file; what is broken in it comes as half surrogates, which no sound text has."""
    return raw.decode("utf-8", "surrogateescape")


def _text(string: str, codes: str) -> Text:
    if not isinstance(string, str):
        raise TypeError
    string.encode()
    return Text(string, loads(tuple[Code, ...], codes)) if codes else Text(string)


def _rows(base: sqlite3.Connection, query: str, done: Salvaged) -> Iterator[tuple[Any, ...]]:
    """The rows of a table by their numbers; around what is broken, as near as one can come to it."""
    last, step, missed = 0, 1, 0
    while last < _FARTHEST and missed < _MOST_LOST:
        page: list[tuple[Any, ...]] = []
        try:
            page.extend(base.execute(f"{query} WHERE id > ? ORDER BY id LIMIT {_PAGE}", (last,)))
            if not page:
                return
        except sqlite3.DatabaseError:
            if not page:  # over the broken stretch, in growing steps
                done.lost += step
                missed += step
                last, step = last + step, min(2 * step, _LONGEST_STEP)
        if page:
            yield from page
            last, step = page[-1][0], 1
