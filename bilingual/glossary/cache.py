"""Large glossaries read once: what came out of their tables, kept in the user's cache folder for the next time.

A file there holds the terms of one set of tables, column by column, under a name made of those tables' bytes: a table
that changes has another name. It is JSON and a checksum, never code. It may be deleted at any time; one that is
damaged, half written or of another version is made again; one that cannot be written is done without.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from bilingual import __version__
from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.errors import BilingualError
from bilingual.files import atomic_write

WORTHWHILE = 500_000
"""Bytes of tables below which reading them is quicker than one would notice."""

KEPT = 8
"""How many files are kept; the ones that were not read for longest go."""

LARGEST = 500_000_000
"""No file of ours is larger, in bytes."""

_FORMAT = "1"
_COLUMNS = tuple(field.name for field in fields(Term))
_KINDS = {str(kind): kind for kind in TermKind}
_STATUSES = {str(status): status for status in TermStatus}


Files = Sequence[tuple[int, Path]]
"""Table files, each with the rank of the table it is of."""


def cached(files: Files, read: Callable[[], tuple[Term, ...]], folder: Path | None = None) -> tuple[Term, ...]:
    """What `read` makes of `files`, which must be all that it depends on; from `folder` where it is kept.

    Small tables are simply read. Whatever `read` raises is passed on, and nothing is kept then.
    """
    key = _key(files)
    if key is None:
        return read()
    folder = folder or _folder()
    if folder is None:
        return read()
    path = folder / f"terms-{key[:40]}.json"
    terms = _kept(path)
    if terms is None:
        terms = read()
        _keep(path, terms)
    return terms


def _folder() -> Path | None:
    """Our part of the user's cache folder, by the habit of the system; None where the user has no home."""
    if named := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return Path(named) / "bilingual"
    try:
        return Path.home() / ".cache" / "bilingual"
    except RuntimeError:
        return None


def _key(files: Files) -> str | None:
    """A name for the files' bytes, their ranks and order, and this program's version; None for small ones."""
    digest = hashlib.sha256("\0".join((_FORMAT, __version__, *_COLUMNS)).encode())
    size = 0
    for rank, path in files:
        try:
            data = path.read_bytes()
        except OSError:
            return None  # the reader will say what is the matter
        size += len(data)
        digest.update(f"\0{rank}\0{path}\0{len(data)}\0".encode("utf-8", "surrogatepass") + data)
    return digest.hexdigest() if size >= WORTHWHILE else None


def _kept(path: Path) -> tuple[Term, ...] | None:
    """The terms in a file of ours; None where there is none that can be trusted."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        checksum, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        with _without_collector():
            terms = tuple(_terms(json.loads(body)))
        with suppress(OSError):
            os.utime(path)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return terms


def _keep(path: Path, terms: Sequence[Term]) -> None:
    columns = [_packed([getattr(term, name) for term in terms]) for name in _COLUMNS]
    body = json.dumps([len(terms), columns], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with suppress(BilingualError, OSError), atomic_write(path) as stream:
        stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    with suppress(OSError):
        _make_room(path.parent)


def _make_room(folder: Path) -> None:
    by_age = sorted(folder.glob("terms-*.json"), key=lambda path: path.stat().st_mtime)
    for path in by_age[:-KEPT]:
        path.unlink(missing_ok=True)


def _packed(column: list[object]) -> object:
    """A column whose cells are all alike as one cell."""
    return column if any(cell != column[0] for cell in column) else {"all": column[0] if column else ""}


def _terms(data: tuple[int, list[object]]) -> Iterator[Term]:
    """The inverse of `_packed` and the kinds of cells JSON does not know."""
    length, columns = data
    cells = {name: _unpacked(column, length) for name, column in zip(_COLUMNS, columns, strict=True)}
    cells["kind"] = [_KINDS[kind] for kind in cells["kind"]]
    cells["status"] = [_STATUSES[status] for status in cells["status"]]
    for name in ("admitted", "forbidden"):
        cells[name] = [tuple(cell) for cell in cells[name]]
    return map(Term, *(cells[name] for name in _COLUMNS))


def _unpacked(column: object, length: int) -> list[Any]:
    if isinstance(column, dict):
        return [column["all"]] * length
    if isinstance(column, list) and len(column) == length:
        return column
    raise ValueError("a column is too short")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Many lasting objects made at once: looking through them for garbage again and again would take half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
