"""A text file whose words have changed: all else as it was, in the encoding it had."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def encoded(text: str, encoding: str, source: bytes) -> bytes:
    """`text` in `encoding`, with a byte order mark where `source` has one; in UTF-8 where the encoding cannot hold it
    (Big5 has no é)."""
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()
    mark = MARKS.get(encoding, b"")
    return mark + data if mark and source.startswith(mark) else data


def replaced(text: str, new: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words from one offset to another; the places stand in order and do not overlap."""
    parts, at = [], 0
    for start, stop, words in new:
        parts += [text[at:start], words]
        at = stop
    return "".join([*parts, text[at:]])


def line_end(text: str) -> str:
    """What ends the lines of the text: that of the first one."""
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if text[first - 1 : first] == "\r" else "\n"
