"""CSV and tab-separated tables for Excel; a cell that Excel would take for a formula gets an apostrophe in front, which
comes off again on the way in.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Bitext
from bilingual.cells import guard, unguard
from bilingual.errors import InputError
from bilingual.formats.table import COLUMNS, Row, bitext_of, cells_of, columns_of, row_of
from bilingual.safexml import clean, names


class Csv:
    """A table of units. Blocks without a unit are rows too; they have no id."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)
    holds = frozenset({"id", "source", "target", "state"})
    words_only = True
    delimiter = ","

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The rows as units; separators and encodings are those Excel writes. Every bad row is in `problems`."""
        return bitext_of(_rows(decoded(stream.read(), path), path), path, self.name)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """UTF-8 with BOM, rows in reading order; says which characters no XML or Excel file can hold."""
        removed = ""
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
        try:
            writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            for cells in cells_of(bitext):
                cleaned = [clean(cell) for cell in cells]
                removed += "".join(gone for _, gone in cleaned)
                writer.writerow([guard(cell) for cell, _ in cleaned])
            text.flush()
        finally:
            text.detach()
        return left_out(removed, "Excel")


class Tsv(Csv):
    """The same table with tabs between the cells."""

    name = "tsv"
    suffixes: tuple[str, ...] = (".tsv", ".tab")
    delimiter = "\t"


def left_out(removed: str, program: str) -> tuple[str, ...]:
    """What to say of characters that could not be written."""
    if not removed:
        return ()
    return (f"{len(removed):,} characters that {program} cannot hold were left out: {names(removed)}",)


def decoded(data: bytes, path: Path | str | None) -> str:
    """Excel writes UTF-8 with a BOM, UTF-16 ("Unicode text"), or on a Chinese Windows GB18030."""
    if data.startswith(b"PK\x03\x04"):
        raise InputError("is a zip package (an Excel file?), not a text", "call it .xlsx, or save it as CSV", path=path)
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("is not a text in UTF-8, UTF-16 or GB18030", "save it as CSV UTF-8 again", path=path)


def _rows(text: str, path: Path | str | None) -> Iterator[Row]:
    """The line each row begins on, and its cells by column."""
    if not text.strip():
        raise InputError("the file is empty", f"the first row names the columns {', '.join(COLUMNS)}", path=path)
    csv.field_size_limit(min(sys.maxsize, (1 << 31) - 1))  # a cell may hold a whole document
    first = text[: re.search("[\r\n]|$", text).start()]  # type: ignore[union-attr]  # `$` always matches
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        columns = columns_of(next(reader, []), path)
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                yield line, row_of(columns, [unguard(cell) for cell in cells], line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"is not a CSV table: {error}", path=path, line=reader.line_num) from error
