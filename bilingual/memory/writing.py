"""What goes into the memory: pairs of sentences and their uses, each once, and out again when a batch is undone."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual.bitext import Note
from bilingual.memory.forms import codes_of, digest, forms
from bilingual.memory.nouns import Pair, Use
from bilingual.memory.postings import Index
from bilingual.serial import dumps

CHUNK = 4000
"""Pairs in one transaction: how long others who write must wait."""

_ASKED = 500
"""Keys in one question."""

_COUNTS = ("added", "merged", "replaced", "same", "skipped")
_LIVE = (
    "SELECT use.id, batch, unit, source, source_codes, entry, state, origin, by, at, before, after, more "
    "FROM use JOIN entry ON entry.id = use.entry WHERE document = ? AND gone IS NULL"
)

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class More:
    """What of a use is only given back, never looked for."""

    notes: tuple[Note, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


class Writer:
    """Puts pairs into a batch, and notes in it what became of them. Call it within a transaction.

    What the batch got before it was stopped in the middle has been counted, and is not counted again.
    """

    def __init__(self, base: sqlite3.Connection, batch: int) -> None:
        self._base = base
        self._batch = batch
        self._documents: dict[str, int] = {}
        self._first = self._next("use")
        self._counts: Counter[str] = Counter()

    def put(self, pairs: Sequence[Pair]) -> None:
        """Keep each pair and its use; what is there already stays as it is."""
        good = [pair for pair in pairs if _can_be_kept(pair)]
        self._counts = Counter(skipped=len(pairs) - len(good))
        self._uses(good, self._entries(good))
        more = ", ".join(f"{name} = {name} + ?" for name in _COUNTS)
        values = [self._counts[name] for name in _COUNTS]
        self._base.execute(f"UPDATE batch SET {more} WHERE id = ?", (*values, self._batch))  # noqa: S608 (our own names)

    def _entries(self, pairs: Sequence[Pair]) -> list[tuple[int, bool]]:
        """The number of each pair's entry, and whether it is new."""
        keys = [_key(pair) for pair in pairs]
        known = self._known("entry", keys)
        fresh = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        made = forms([pair.source.string for pair in fresh.values()])
        numbers = self._forms(made)
        first = self._next("entry")
        rows: list[Row] = []
        for number, (key, pair), form in zip(range(first, first + len(fresh)), fresh.items(), made, strict=True):
            source, target = pair.source, pair.target
            codes = codes_of(source), codes_of(target)
            rows.append((number, key, numbers[form], source.string, target.string, *codes))
            known[key] = number
        self._base.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._base.executemany("INSERT INTO words (rowid, target) VALUES (?, ?)", ((row[0], row[4]) for row in rows))
        new, found = set(fresh), []
        for key in keys:
            found.append((known[key], key in new))
            new.discard(key)  # the same pair again is a further use
        return found

    def _forms(self, made: Sequence[str]) -> dict[str, int]:
        """The number of each form, given one where it is new."""
        keys = {form: digest(form) for form in dict.fromkeys(made)}
        known = self._known("form", [*keys.values()])
        first = self._next("form")
        fresh = [form for form, key in keys.items() if key not in known]
        rows = [(number, keys[form], form) for number, form in enumerate(fresh, first)]
        self._base.executemany("INSERT INTO form VALUES (?, ?, ?)", rows)
        known |= {key: number for number, key, _ in rows}
        return {form: known[key] for form, key in keys.items()}

    def _uses(self, pairs: Sequence[Pair], entries: Sequence[tuple[int, bool]]) -> None:
        documents = self._documents_of(pairs)
        units = [pair.use.unit or f"={entry}" for pair, (entry, _) in zip(pairs, entries, strict=True)]
        live = self._live(zip(documents, units, strict=True))
        number = self._next("use")
        rows: list[Row] = []
        gone: list[tuple[int, int]] = []
        for pair, (entry, new), document, unit in zip(pairs, entries, documents, units, strict=True):
            place = (document, unit, pair.source.string, codes_of(pair.source))
            facts = (entry, *_facts(pair.use))
            heir = None
            if place in live:
                old, batch, before = live[place]
                if before == facts:
                    self._counts["same"] += not (batch == self._batch and old < self._first)
                    continue
                if pair.use.when and str(before[_WHEN]) > pair.use.when:  # an older version is history at once
                    heir = old
                else:
                    gone.append((number, old))
                    self._counts["replaced"] += 1
            if heir is None:
                live[place] = number, self._batch, facts
            self._counts["added" if new else "merged"] += 1
            rows.append((number, entry, document, unit, *facts[1:], self._batch, heir))
            number += 1
        self._base.executemany("INSERT INTO use VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._base.executemany("UPDATE use SET gone = ? WHERE id = ?", gone)

    def _live(self, places: Iterable[tuple[int, str]]) -> dict[tuple[int, str, str, str], tuple[int, int, Row]]:
        """The uses that count at these places of documents, by place and source."""
        by_document: dict[int, list[str]] = {}
        for document, unit in places:
            by_document.setdefault(document, []).append(unit)
        found: dict[tuple[int, str, str, str], tuple[int, int, Row]] = {}
        for document, units in by_document.items():
            for some in _some(units):
                query = f"{_LIVE} AND unit IN ({_marks(some)})"
                for number, batch, unit, source, codes, *facts in self._base.execute(query, (document, *some)):
                    found[document, unit, source, codes] = number, batch, tuple(facts)
        return found

    def _documents_of(self, pairs: Sequence[Pair]) -> list[int]:
        for name in dict.fromkeys(pair.use.document for pair in pairs):
            if name not in self._documents:
                self._base.execute("INSERT OR IGNORE INTO document (name) VALUES (?)", (name,))
                query = "SELECT id FROM document WHERE name = ?"
                self._documents[name] = self._base.execute(query, (name,)).fetchone()[0]
        return [self._documents[pair.use.document] for pair in pairs]

    def _known(self, table: str, keys: Sequence[bytes]) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        for some in _some(keys):
            query = f"SELECT digest, id FROM {table} WHERE digest IN ({_marks(some)})"  # noqa: S608 (our own names)
            found |= dict(self._base.execute(query, some))
        return found

    def _next(self, table: str) -> int:
        query = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 (our own names)
        return int(self._base.execute(query).fetchone()[0])


def undo(base: sqlite3.Connection, batch: int) -> None:
    """Take out the uses of a batch, and the entries nobody uses then; what they had replaced counts again.

    Where a later batch has replaced a use of this one, it has now replaced what this one had.
    """
    passing = (
        "UPDATE use SET gone = (SELECT heir.gone FROM use AS heir WHERE heir.id = use.gone) "
        "WHERE gone IN (SELECT id FROM use WHERE batch = ?)"
    )
    while base.execute(passing, (batch,)).rowcount > 0:
        pass
    base.execute("CREATE TEMP TABLE IF NOT EXISTS orphan (id INTEGER PRIMARY KEY)")
    base.execute("DELETE FROM temp.orphan")
    base.execute("INSERT OR IGNORE INTO temp.orphan SELECT entry FROM use WHERE batch = ?", (batch,))
    base.execute("DELETE FROM use WHERE batch = ?", (batch,))
    base.execute("DELETE FROM temp.orphan WHERE EXISTS (SELECT 1 FROM use WHERE use.entry = orphan.id)")
    base.execute(
        "INSERT INTO words (words, rowid, target) "
        "SELECT 'delete', entry.id, target FROM entry JOIN temp.orphan ON orphan.id = entry.id"
    )
    base.execute("DELETE FROM entry WHERE id IN (SELECT id FROM temp.orphan)")
    base.execute("UPDATE batch SET state = 'undone' WHERE id = ?", (batch,))


def settle(base: sqlite3.Connection, *, finish: bool) -> None:
    """Bring the index up to what has been put in; within a transaction."""
    Index(base).settle(finish=finish)


_WHEN = 4
"""Where the date stands among the facts of a use."""


def _facts(use: Use) -> Row:
    more = dumps(More(use.notes, use.extra)) if use.notes or use.extra else ""
    origin = dumps(use.origin) if use.origin else ""
    return use.state.value, origin, use.by, use.when, use.before, use.after, more


def _key(pair: Pair) -> bytes:
    return digest(pair.source.string, codes_of(pair.source), pair.target.string, codes_of(pair.target))


def _can_be_kept(pair: Pair) -> bool:
    """Whether both sides say something, in characters that can be written down."""
    try:
        f"{pair.source}{pair.target}{pair.use.document}{pair.use.unit}{pair.use.by}{pair.use.when}".encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return bool(pair.source.string.strip() and pair.target.string.strip())


def _some(keys: Sequence[object]) -> Iterable[Sequence[object]]:
    return (keys[start : start + _ASKED] for start in range(0, len(keys), _ASKED))


def _marks(keys: Sequence[object]) -> str:
    return ",".join("?" * len(keys))
