"""Glossaries as Excel workbooks: written so that Excel changes nothing, read so that what it did change is told."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.cells import shield
from bilingual.documents.archive import Archive, open_archive
from bilingual.errors import InputError
from bilingual.glossary.columns import Cells, table_of
from bilingual.glossary.problems import Problem, Severity, Table
from bilingual.glossary.rows import COLUMNS, cells_of

LONGEST = 32_767
"""How many characters a cell holds, as Excel counts them (UTF-16)."""

LARGEST = 20_000_000
"""How many cells a sheet may span; a reader makes room for all of them, empty ones too."""

_WIDTHS = {"id": 14, "source": 28, "target": 36, "admitted": 36, "forbidden": 28, "note": 36, "reference": 36,
           "definition": 36, "example": 36}  # fmt: skip
_CHOICES = {"kind": [*TermKind], "status": [*TermStatus], "case": ["yes"]}
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row|dimension)\b[^>]*?\sr(?:ef)?=["'](?:[A-Z]+\d+:)?([A-Z]{0,4})(\d+)["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\st=["']e["'])[^>]*?\sr=["']([A-Z]+\d+)["']""")


def write(terms: Iterable[Term], stream: BinaryIO) -> tuple[str, ...]:
    """`terms` as one sheet: every cell text, the first row fixed, kinds and statuses to choose from.

    Gives back what a cell could not hold.
    """
    import xlsxwriter

    told: list[str] = []
    made = io.BytesIO()  # a workbook that fails in the middle of a full disk cannot be closed
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same terms give the same bytes
    sheet = book.add_worksheet("Glossary")
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    number = 0
    for number, term in enumerate(terms, 1):
        cells = cells_of(term)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(number, column, _held(shield(cells[name]), name, term, told), text)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, _WIDTHS.get(name, 12), text)
        if name in _CHOICES:
            sheet.data_validation(1, column, number + 1000, column, {"validate": "list", "source": _CHOICES[name]})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(number, 1), len(COLUMNS) - 1)
    book.close()
    stream.write(made.getvalue())
    return tuple(told)


def _held(cell: str, name: str, term: Term, told: list[str]) -> str:
    units = cell.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return cell
    told.append(f"'{name}' of '{term.source}' is longer than a cell of Excel: cut after {LONGEST:,} characters")
    return units[: 2 * LONGEST].decode("utf-16-le", "ignore")


def read(path: Path) -> Table:
    """The terms of the first sheet with a glossary in it; what Excel has made of cells is told, and other sheets."""
    data = path.read_bytes()
    told = [*_looked_through(open_archive(data, str(path)), path)]
    refused: InputError | None = None
    table: Table | None = None
    for name, rows in _sheets(data, path):
        if not rows:
            continue
        if table is not None:
            told.append(Problem(path, 1, f"the sheet '{name}' was left out", Severity.NOTE, "import"))
            continue
        try:
            table = table_of(_texts(rows, path, told), path)
        except InputError as error:
            refused = refused or error
            told.append(Problem(path, 1, f"the sheet '{name}' holds no glossary", Severity.NOTE, "import"))
    if table is None:
        raise refused or InputError("the workbook is empty", "name another file", path=path)
    table.problems[:0] = told
    return table


def _sheets(data: bytes, path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError, KeyError) as error:
        raise InputError(f"is no workbook that can be read: {error}", "save it again as .xlsx", path=path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a fault in the library raises
            raise
        raise InputError("is a damaged workbook", "save it again as .xlsx", path=path) from error


def _looked_through(archive: Archive, path: Path) -> Iterator[Problem]:
    """What a reader must not be given, or would not tell: a cell in the last corner of a sheet makes it take all the
    memory there is, and a cell with an error comes as an empty one."""
    for member in archive.members:
        if not member.endswith(".xml") or "sharedstrings" in member.lower():
            continue
        data = archive.read(member)
        places = _PLACE.findall(data)
        height = max((int(row[:9]) for _, row in places), default=0)
        width = max((_number(column) for column, _ in places), default=0)
        if height * max(1, width) > LARGEST:
            message = f"a sheet spans {height:,} rows and {width:,} columns"
            raise InputError(message, "delete what stands far from the table", path=path)
        for cell in _ERROR.findall(data):
            message = f"Excel shows an error in cell {cell.decode()}, as it does for text that begins with = or -"
            yield Problem(path, int(re.sub("[A-Z]", "", cell.decode())), message, Severity.WARNING, "import")


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _texts(rows: list[list[Any]], path: Path, told: list[Problem]) -> Iterator[Cells]:
    for line, row in enumerate(rows, 1):
        yield line, [_cell_text(value, line, column, path, told) for column, value in enumerate(row)]


def _cell_text(value: Any, line: int, column: int, path: Path, told: list[Problem]) -> str:
    """A cell as text; Excel makes dates and numbers of what looks like them, and nobody can tell what it was."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = isinstance(value, int | float)
    text = str(int(value)) if number and value == int(value) else str(value)
    what = "a number: zeros before it are lost" if number else "a date: write it again, in a cell of text"
    message = f"Excel has made of cell {_name(column)}{line} ({text}) {what}"
    told.append(Problem(path, line, message, Severity.NOTE if number else Severity.WARNING, "import"))
    return text


def _name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
