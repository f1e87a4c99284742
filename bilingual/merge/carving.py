"""Rows out of a damaged SQLite file, page by page, without trusting anything that leads from one page to another.

A leaf page holds whole rows, so those of every page that is sound can be read, whatever became of the rest. Source: the
SQLite file format, https://www.sqlite.org/fileformat2.html (sections 1.5, 1.6, 2.1 and 4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

Value = int | float | str | bytes | None

PAGE = 4096
"""The size of a page where the file's first one does not tell."""
_LONGEST = 1 << 30
"""No row of ours is longer; a length beyond it is damage."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02


def rows_of(path: Path) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Every row that a page of the file, or of its write-ahead log, still holds: its rowid (0 where it has none) and
    its values. Rows that were deleted or replaced may be among them."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big") if data[:15] == b"SQLite format 3" else PAGE
    size = {1: 65536}.get(size, size)
    if size < 512 or size & (size - 1):
        size = PAGE
    pages = {at // size + 1: data[at : at + size] for at in range(0, len(data), size)}
    log = path.with_name(f"{path.name}-wal")
    pages |= _logged(log.read_bytes(), size) if log.is_file() else {}
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        if len(page) == size and page[start] in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER}:
            yield from _rows(pages, page, start, size)


def _logged(log: bytes, size: int) -> dict[int, bytes]:
    """The last image of each page in the log's committed transactions."""
    done: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    salt = log[16:24]
    for at in range(32, len(log) - size - 23, 24 + size):
        number, commits = struct.unpack(">II", log[at : at + 8])
        if log[at + 8 : at + 16] != salt:
            break
        waiting[number] = log[at + 24 : at + 24 + size]
        if commits:
            done |= waiting
            waiting = {}
    return done


def _rows(
    pages: Mapping[int, bytes], page: bytes, start: int, size: int
) -> Iterator[tuple[int, tuple[Value, ...]]]:  # fmt: skip
    kind = page[start]
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + (12 if kind == _INDEX_INNER else 8)
    for at in range(first, min(first + 2 * count, size - 1), 2):
        try:
            cell = int.from_bytes(page[at : at + 2], "big") + (4 if kind == _INDEX_INNER else 0)
            length, cell = _varint(page, cell)
            rowid, cell = _varint(page, cell) if kind == _TABLE_LEAF else (0, cell)
            yield rowid, _record(_payload(pages, page, cell, length, size, kind == _TABLE_LEAF))
        except (IndexError, ValueError, KeyError, struct.error):
            continue


def _payload(pages: Mapping[int, bytes], page: bytes, at: int, length: int, size: int, table: bool) -> bytes:
    """A row's bytes, those on its overflow pages too."""
    if not 0 < length < _LONGEST:
        raise ValueError
    most = size - 35 if table else (size - 12) * 64 // 255 - 23
    least = (size - 12) * 32 // 255 - 23
    here = length
    if length > most:
        here = least + (length - least) % (size - 4)
        here = here if here <= most else least
    pieces, left = [page[at : at + here]], length - here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while left > 0:
        more = pages[following]
        pieces.append(more[4 : 4 + min(left, size - 4)])
        left -= size - 4
        following = int.from_bytes(more[:4], "big")
    return b"".join(pieces)


def _record(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in {0, 8, 9}:
        return (None if kind == 0 else kind - 8), at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind < 12:
        raise ValueError
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise ValueError
    return (payload[at:end].decode("utf-8") if kind % 2 else payload[at:end]), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + count + 1
    raise ValueError
