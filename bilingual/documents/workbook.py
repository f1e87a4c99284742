"""Opening Excel workbooks safely: their sheets' cells, and what in them a reader must know of."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from bilingual.documents.archive import Archive
from bilingual.errors import InputError

LONGEST = 32_767
"""How many characters a cell holds, as Excel counts them (UTF-16)."""

LARGEST = 20_000_000
"""How many cells a sheet may span; a reader makes room for all of them, empty ones too."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""Cells that were merged: the row and the column of the first and of the last, from 0."""

_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row|dimension)\b[^>]*?\sr(?:ef)?=["'](?:[A-Z]+\d+:)?([A-Z]{0,4})(\d+)["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\st=["']e["'])[^>]*?\sr=["']([A-Z]+\d+)["']""")


def fits(cell: str) -> bool:
    """Whether a cell can hold the text."""
    return len(cell) <= LONGEST and len(cell.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST


def sheets(data: bytes, name: str) -> Iterator[tuple[str, list[list[Any]], list[Range]]]:
    """Each sheet of a workbook that was looked through: its name, its rows of cells, and which of them are merged."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            yield title, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError, IndexError, KeyError) as error:
        raise InputError(f"is no workbook that can be read: {error}", "save it again as .xlsx", path=name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a fault in the library raises
            raise
        raise InputError("is a damaged workbook", "save it again as .xlsx", path=name) from error


def looked_through(archive: Archive, name: str) -> Iterator[str]:
    """The cells in which Excel shows an error: a reader finds them empty.

    Raises InputError for a cell in the last corner of a sheet, which makes a reader take all the memory there is.
    """
    for member in archive.members:
        if not member.endswith(".xml") or "sharedstrings" in member.lower():
            continue
        data = archive.read(member)
        places = _PLACE.findall(data)
        height = max((int(row[:9]) for _, row in places), default=0)
        width = max((_number(column) for column, _ in places), default=0)
        if height * max(1, width) > LARGEST:
            message = f"a sheet spans {height:,} rows and {width:,} columns"
            raise InputError(message, "delete what stands far from the table", path=name)
        for cell in _ERROR.findall(data):
            yield cell.decode()


def cell_name(column: int, row: int) -> str:
    """What Excel calls a cell: "C5" for column 2 (from 0) of row 5 (from 1)."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row}"


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
