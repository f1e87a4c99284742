"""Opening our SQLite files: made when absent, never overwritten when odd, and every failure in one clear sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bilingual.errors import InputError, OutputError
from bilingual.files import output_error
from bilingual.serial import DamagedError

WAIT_SECONDS = 30.0
"""How long a process waits for another one that is writing."""

REFUSED = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and run it again"),
    sqlite3.SQLITE_IOERR: ("the disk is full or failing", "make room and run it again"),
    sqlite3.SQLITE_READONLY: ("the file or its folder is read-only", "allow writing there, or choose another folder"),
    sqlite3.SQLITE_CANTOPEN: (
        "the file or its folder cannot be opened",
        "allow writing there, or choose another folder",
    ),
    sqlite3.SQLITE_PERM: ("permission denied", "allow writing there, or choose another folder"),
    sqlite3.SQLITE_BUSY: ("another process is writing to it", "wait for it to end, then run again"),
    sqlite3.SQLITE_LOCKED: ("another process is writing to it", "wait for it to end, then run again"),
}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
DAMAGED_HINT = "`bilingual rebuild` saves what can be read into a new folder"
_UNREADABLE = "Could not decode to UTF-8"
"""What the sqlite3 module says of text that is no UTF-8; it has no error code of its own."""


def connect(
    path: Path, application: int, schema: str, upgrades: Sequence[str] = (), wait: float = WAIT_SECONDS, *,
    look: bool = False,
) -> sqlite3.Connection:  # fmt: skip
    """The database at `path`, made with `schema` where there is none yet; write-ahead log, foreign keys enforced.

    `application` marks our files of this kind. `upgrades` are the statements that made each version of the schema out
    of the one before, the second version's first; an older file gets those it lacks. With `look`, one that may not be
    written is opened for reading: only a change is refused then. Raises InputError for a file that is damaged, of
    another kind, or newer than this program, and OutputError for one that cannot be opened for writing.
    """
    if look and os.access(path, os.R_OK) and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return reading(path, application, 1 + len(upgrades), wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(path, error) from error
    with explained(path):
        base = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("PRAGMA synchronous = FULL")  # what was said to be kept is on the disk, also after a power cut
            version = 1 + len(upgrades)
            if not _known(base, path, application, version):
                _make(base, application, version, schema)
                _known(base, path, application, version)
            _upgrade(base, upgrades)
            with suppress(sqlite3.OperationalError):  # another process is just doing it
                base.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            base.close()
            raise
    return base


def reading(path: Path, application: int, version: int, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """The database at `path` for reading alone, in a folder we may not write in too. Raises as `connect` does, and
    InputError for an empty file and one that is older than `version`: it cannot be brought up to date."""
    for options in ("mode=ro", "mode=ro&immutable=1"):
        with explained(path):
            base = sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, timeout=wait, isolation_level=None)
            try:
                if not _known(base, path, application, version):
                    raise InputError("is empty", "name another file", path=path)
                if base.execute("PRAGMA user_version").fetchone()[0] < version:
                    hint = "allow writing to it and its folder, or copy it: then it is brought up to date"
                    raise InputError("was written by an older bilingual and may not be changed", hint, path=path)
            except BaseException as error:
                base.close()
                # what is not in the log yet is no other process's work: without it the file alone may be read
                if isinstance(error, sqlite3.OperationalError) and "immutable" not in options and not _logged(path):
                    continue
                raise
            return base
    raise AssertionError


def _logged(path: Path) -> bool:
    """Whether changes wait in the log beside the file."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite raises inside into our own errors; what was there before is still there."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest the detail
        if code in DAMAGED:
            raise InputError(f"is damaged: {error}", DAMAGED_HINT, path=path) from error
        if str(error).startswith(_UNREADABLE):
            raise InputError("is damaged: some of its text cannot be read", DAMAGED_HINT, path=path) from error
        cause, hint = REFUSED.get(code, (str(error), ""))
        raise OutputError(f"{path}: cannot be used: {cause}", hint) from error
    except UnicodeDecodeError as error:  # in what SQLite would have said of it
        raise InputError("is damaged: some of its text cannot be read", DAMAGED_HINT, path=path) from error
    except DamagedError as error:
        raise InputError(f"is damaged: {error}", DAMAGED_HINT, path=path) from error
    except UnicodeEncodeError as error:
        raise InputError(f"{error.object!r} cannot be stored", "give the document another name", path=path) from error


@contextmanager
def transaction(base: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of the block's changes or none of them; other processes wait meanwhile."""
    with explained(path), _at_once(base):
        yield


@contextmanager
def _at_once(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled it back already
            base.execute("ROLLBACK")
        raise


def _known(base: sqlite3.Connection, path: Path, application: int, version: int) -> bool:
    """Whether the file is ours; False where it is new and empty."""
    mark = base.execute("PRAGMA application_id").fetchone()[0]
    if mark == application:
        found = base.execute("PRAGMA user_version").fetchone()[0]
        if found > version:
            hint = "update bilingual, or use another folder"
            raise InputError(f"was written by a newer bilingual (version {found} of its kind)", hint, path=path)
        return True
    if mark or base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise InputError("is another program's database", "choose another folder or move it away", path=path)
    return False


def _upgrade(base: sqlite3.Connection, upgrades: Sequence[str]) -> None:
    """What an older file lacks, in one transaction."""
    if base.execute("PRAGMA user_version").fetchone()[0] > len(upgrades):
        return
    with _at_once(base):
        found = base.execute("PRAGMA user_version").fetchone()[0]  # another process may have been faster
        for statement in upgrades[found - 1 :]:
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {1 + len(upgrades):d}")


def _make(base: sqlite3.Connection, application: int, version: int, schema: str) -> None:
    with _at_once(base):
        if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # nobody was faster
            for statement in filter(str.strip, schema.split(";")):
                base.execute(statement)
            base.execute(f"PRAGMA application_id = {application:d}")
            base.execute(f"PRAGMA user_version = {version:d}")
