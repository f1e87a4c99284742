"""A text file whose words have changed, in the encoding it had."""

from __future__ import annotations

import codecs

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


def line_end(text: str) -> str:
    """What ends the lines of the text: that of the first one."""
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if text[first - 1 : first] == "\r" else "\n"
