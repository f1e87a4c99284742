"""The translation memory: what was translated once is found again, exactly or nearly."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

from bilingual import database
from bilingual.bitext import Text, Unit
from bilingual.errors import InputError
from bilingual.glossary import Glossary
from bilingual.memory import concordance, lookup, reading, statistics, writing
from bilingual.memory.forms import neighbours
from bilingual.memory.nouns import Batch, Entry, Hit, Match, Pair, Statistics, Use
from bilingual.memory.postings import Index
from bilingual.memory.schema import APPLICATION, SCHEMA
from bilingual.settings import Penalties

MEMORY_HINT = "`bilingual memory salvage` saves what can be read into a new file"
FEWEST_PERCENT = 50
"""Matches below this are no help."""

CACHE_KIB = 32_000
"""How much of the file is held in memory."""

Progress = Callable[[Batch], None]
"""Told how far a batch has come."""


class Memory:
    """The memory at `path`, made where there is none. Use it in a `with` block, or close it; one thread at a time.

    `glossary` repairs matches and tells which are older than it; `penalties` are what the settings say. With `readonly`
    the file must be there, and nothing is ever written to it. Raises InputError for a file that is damaged, foreign or
    newer, OutputError where it cannot be opened for writing.
    """

    def __init__(
        self,
        path: Path,
        *,
        glossary: Glossary | None = None,
        penalties: Penalties | None = None,
        readonly: bool = False,
        wait: float = database.WAIT_SECONDS,
    ) -> None:
        self.path = path
        with _hinted():
            self._base = _opened(path, wait) if readonly else database.connect(path, APPLICATION, SCHEMA, (), wait)
        with _hinted(), database.explained(path):
            self._base.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
            self._index = Index(self._base)
        self._rules = lookup.Rules(glossary, penalties or Penalties())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def lookup(
        self,
        source: Text | str,
        before: str | None = None,
        after: str | None = None,
        *,
        limit: int = 5,
        minimum: int = FEWEST_PERCENT,
    ) -> tuple[Match, ...]:
        """The best proposals for a sentence, best first, none below `minimum` percent.

        `before` and `after` are the sources of its neighbours: "" at a document's edge, None where they are not known.
        """
        asked = source if isinstance(source, Text) else Text(source)
        with self._reading():
            return lookup.find(self._base, self._index, asked, before, after, self._rules, limit, minimum)

    def lookup_many(
        self, sources: Sequence[Text | str], *, limit: int = 5, minimum: int = FEWEST_PERCENT
    ) -> list[tuple[Match, ...]]:
        """The best proposals for each of the sentences of one document, given in reading order."""
        words = ["", *map(str, sources), ""]
        return [
            self.lookup(source, words[at], words[at + 2], limit=limit, minimum=minimum)
            for at, source in enumerate(sources)
        ]

    def add(
        self,
        units: Iterable[Unit],
        *,
        document: str,
        by: str = "",
        when: str = "",
        only: Container[str] | None = None,
        kind: str = "add",
        name: str = "",
    ) -> Batch:
        """Keep the units of a document, given in reading order; of these, those whose ids are in `only`.

        Units without a target are passed over. What is there already stays as it is; a new target (or state) of the
        same unit with the same source takes the place of the older one, which is kept as its history. `by` and `when`
        hold for units that do not say it themselves. `kind` and `name` are the batch's own, the document's if empty.
        """
        known = list(units)
        places = neighbours([unit.source.string for unit in known])
        pairs = [
            replace(pair_of(unit, document, by, when), use=replace(use_of(unit, document, by, when), before=b, after=a))
            for unit, (b, a) in zip(known, places, strict=True)
            if unit.target.string.strip() and (only is None or unit.id in only)
        ]
        return self.put(pairs, kind=kind, name=name or document, by=by)

    def put(
        self,
        pairs: Iterable[Pair],
        *,
        kind: str,
        name: str,
        by: str = "",
        sha256: str = "",
        progress: Progress | None = None,
    ) -> Batch:
        """Keep pairs, chunk by chunk, as one batch that can be undone.

        A batch of the same kind and file that was stopped in the middle is gone on with.
        """
        batch = self._begin(kind, name, by, sha256)
        writer: writing.Writer | None = None
        source = iter(pairs)
        while chunk := self._next(batch, source):
            with self._writing():
                writer = writer or writing.Writer(self._base, batch)
                writer.put(chunk)
                writing.settle(self._base, finish=False)
            if progress:
                progress(self.batch(batch))
        return self._end(batch)

    def undo(self, batch: int) -> Batch:
        """Take a batch out again; what it had replaced or merged with is as it was before it."""
        known = self.batch(batch)
        if known.state == "undone":
            raise InputError(f"number {batch} is undone already", path=self.path)
        with self._writing():
            writing.undo(self._base, batch)
        return self.batch(batch)

    def search(self, text: str, side: str = "both", *, limit: int = 50) -> tuple[Hit, ...]:
        """The entries that hold `text` in their source, their target or either, the newest first, with its places.

        `side` is "source", "target" or "both". Script, width and capitals do not count.
        """
        with self._reading():
            return tuple(islice(concordance.search(self._base, self._index, text, side), limit))

    def entries(self, document: str | None = None) -> Iterator[Entry]:
        """Every entry in use, by number, with all its uses; of one document only, if named. What is added meanwhile may
        come too."""
        last = 0
        while True:
            with self._reading():
                numbers = statistics.numbers_after(self._base, last, document)
                found = reading.of_numbers(self._base, numbers, reading.ALL)
            if not numbers:
                return
            yield from found
            last = numbers[-1]

    def history(self, entry: int) -> tuple[Use, ...]:
        """The uses of an entry that newer ones have replaced, the newest first."""
        with self._reading():
            return tuple(reading.history(self._base, entry))

    def batches(self) -> tuple[Batch, ...]:
        """Everything that came in, the newest first."""
        return tuple(self._batches("ORDER BY id DESC"))

    def batch(self, number: int) -> Batch:
        """What came in under this number; InputError where nothing did."""
        found = self._batches("WHERE id = ?", number)
        if not found:
            hint = "`bilingual memory undo` lists what did"
            raise InputError(f"nothing came in under the number {number}", hint, path=self.path)
        return found[0]

    def statistics(self) -> Statistics:
        """What the memory holds."""
        with self._reading():
            return statistics.of(self._base)

    def ratio(self) -> float:
        """English words for a Chinese character, as the memory's own sentences have it; the usual 0.6 where few."""
        with self._reading():
            return statistics.ratio(self._base)

    def check(self) -> tuple[str, ...]:
        """What SQLite finds wrong in the file; empty where it is sound."""
        with self._reading():
            rows = self._base.execute("PRAGMA integrity_check(20)").fetchall()
        return tuple(str(row[0]) for row in rows if row[0] != "ok")

    def _begin(self, kind: str, name: str, by: str, sha256: str) -> int:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._writing():
            query = "SELECT max(id) FROM batch WHERE kind = ? AND name = ? AND sha256 = ? AND state = 'stopped'"
            stopped = self._base.execute(query, (kind, name, sha256)).fetchone()[0] if sha256 else None
            if stopped is not None:
                self._base.execute("UPDATE batch SET same = 0, skipped = 0 WHERE id = ?", (stopped,))
                return int(stopped)
            insert = (
                "INSERT INTO batch (kind, name, sha256, by, at, added, merged, replaced, same, skipped, state) "
                "VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 'stopped')"
            )
            return int(self._base.execute(insert, (kind, name, sha256, by, now)).lastrowid or 0)

    def _next(self, batch: int, pairs: Iterator[Pair]) -> list[Pair]:
        """The next chunk; where its source turns out to be no good, nothing of the batch stays."""
        try:
            return list(islice(pairs, writing.CHUNK))
        except InputError:
            with self._writing():
                writing.undo(self._base, batch)
                self._base.execute("DELETE FROM batch WHERE id = ?", (batch,))
            raise

    def _end(self, batch: int) -> Batch:
        """The batch closed, and the index brought up to it; a batch that changed nothing leaves no trace."""
        done = replace(self.batch(batch), state="done")
        with self._writing():
            writing.settle(self._base, finish=True)
            if done.added + done.merged + done.replaced:
                self._base.execute("UPDATE batch SET state = 'done' WHERE id = ?", (batch,))
            else:
                self._base.execute("DELETE FROM batch WHERE id = ?", (batch,))
        return done

    def _batches(self, rest: str, *values: object) -> list[Batch]:
        query = f"SELECT id, kind, name, by, at, added, merged, replaced, same, skipped, state FROM batch {rest}"  # noqa: S608
        with self._reading():
            return [Batch(*row) for row in self._base.execute(query, values)]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The block sees the memory as it was at its beginning, whatever others write."""
        with _hinted(), database.explained(self.path):
            self._base.execute("BEGIN")
            try:
                yield
            finally:
                self._base.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _hinted(), database.transaction(self._base, self.path):
            yield


def use_of(unit: Unit, document: str, by: str = "", when: str = "") -> Use:
    """What a unit says of its own use."""
    changed = unit.changed
    return Use(
        document, unit.id, unit.state, unit.origin, changed.by if changed else by, changed.when if changed else when,
        notes=unit.notes, extra=unit.extra,
    )  # fmt: skip


def pair_of(unit: Unit, document: str, by: str = "", when: str = "") -> Pair:
    """A unit as a pair for the memory."""
    return Pair(unit.source, unit.target, use_of(unit, document, by, when))


def _opened(path: Path, wait: float) -> sqlite3.Connection:
    """The database at `path` for reading alone: one in a folder we may not write in is read too."""
    if not path.is_file():
        hint = "`bilingual memory import` and `bilingual memory add` make one"
        raise InputError("there is no memory here yet", hint, path=path)
    log = path.with_name(f"{path.name}-wal")
    for options in ("mode=ro", "mode=ro&immutable=1"):
        with database.explained(path):
            try:
                name = f"{path.resolve().as_uri()}?{options}"
                base = sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None)
                _ours(base, path)
                return base
            except sqlite3.OperationalError:
                if "immutable" in options or (log.is_file() and log.stat().st_size):
                    raise
    raise AssertionError


def _ours(base: sqlite3.Connection, path: Path) -> None:
    mark: Any = base.execute("PRAGMA application_id").fetchone()[0]
    version: Any = base.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION:
        raise InputError("is no memory of bilingual's", "name another file with --memory", path=path)
    if version > 1:
        raise InputError(f"was written by a newer bilingual (version {version})", "update bilingual", path=path)


@contextmanager
def _hinted() -> Iterator[None]:
    """Says how to save what is left where the file is damaged."""
    try:
        yield
    except InputError as error:
        if "is damaged" in error.message:
            error.hint = MEMORY_HINT
            error.args = (error.message,)
        raise
