"""Entries as they are kept, with their uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from bilingual.bitext import Code, Origin, State, Text
from bilingual.memory.nouns import Entry, Use
from bilingual.memory.writing import More
from bilingual.serial import loads

MOST_ENTRIES = 200
"""Entries looked at for one form: a page of figures has thousands."""

MOST_USES = 20
"""Uses of an entry that are read where the best and newest are enough."""

ALL = -1

_RANK = {state: rank for rank, state in enumerate(State)}
_BEST = f"CASE state {' '.join(f'WHEN {state.value!r} THEN {rank}' for state, rank in _RANK.items())} END DESC, at DESC"
_ENTRY = "SELECT id, form, source, target, source_codes, target_codes FROM entry"
_USE = (
    "SELECT document.name, unit, state, origin, by, at, before, after, more FROM use "
    "JOIN document ON document.id = use.document WHERE entry = ?"
)


def of_forms(base: sqlite3.Connection, forms: Sequence[int], source: str) -> list[Entry]:
    """The entries of these forms, those of exactly this source first, then the newest."""
    marks = ",".join(map(str, forms))
    query = f"{_ENTRY} WHERE form IN ({marks}) ORDER BY source = ? DESC, id DESC LIMIT {MOST_ENTRIES}"
    return [*_entries(base, base.execute(query, (source,)).fetchall())]


def of_numbers(base: sqlite3.Connection, numbers: Sequence[int], uses: int = MOST_USES) -> list[Entry]:
    """The entries of these numbers that are in use, in order, with so many of their uses, or ALL."""
    marks = ",".join(map(str, numbers))
    query = f"{_ENTRY} WHERE id IN ({marks}) ORDER BY id"
    return [*_entries(base, base.execute(query).fetchall(), uses)]


def has_context(base: sqlite3.Connection, entry: int, before: int, after: int) -> bool:
    """Whether an entry was used between these neighbours."""
    query = "SELECT 1 FROM use WHERE entry = ? AND before = ? AND after = ? AND gone IS NULL LIMIT 1"
    return base.execute(query, (entry, before, after)).fetchone() is not None


def history(base: sqlite3.Connection, entry: int) -> list[Use]:
    """The uses of an entry that newer ones have replaced, the newest first."""
    return [_use(row) for row in base.execute(f"{_USE} AND gone IS NOT NULL ORDER BY use.id DESC", (entry,))]


def _entries(base: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], most: int = MOST_USES) -> Iterable[Entry]:
    query = f"{_USE} AND gone IS NULL ORDER BY {_BEST}, use.id DESC LIMIT {most}"
    for number, _, source, target, source_codes, target_codes in rows:
        uses = tuple(map(_use, base.execute(query, (number,))))
        if uses:
            yield Entry(number, _text(source, source_codes), _text(target, target_codes), uses)


def _text(string: str, codes: str) -> Text:
    return Text(string, loads(tuple[Code, ...], codes)) if codes else Text(string)


def _use(row: Sequence[Any]) -> Use:
    name, unit, state, origin, by, when, before, after, more = row
    rest = loads(More, more) if more else More()
    return Use(
        name, "" if unit.startswith("=") else unit, State(state), loads(Origin, origin) if origin else None, by, when,
        before, after, rest.notes, rest.extra,
    )  # fmt: skip
