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
from bilingual.documents.workbook import LONGEST, cell_name, fits, looked_through, sheets
from bilingual.errors import InputError
from bilingual.glossary.columns import Cells, table_of
from bilingual.glossary.problems import Problem, Severity, Table
from bilingual.glossary.rows import COLUMNS, cells_of

_WIDTHS = {"id": 14, "source": 28, "target": 36, "admitted": 36, "forbidden": 28, "note": 36, "reference": 36,
           "definition": 36, "example": 36}  # fmt: skip
_CHOICES = {"kind": [*TermKind], "status": [*TermStatus], "case": ["yes"]}


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
    if fits(cell):
        return cell
    told.append(f"'{name}' of '{term.source}' is longer than a cell of Excel: cut after {LONGEST:,} characters")
    return cell.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST].decode("utf-16-le", "ignore")


def read(path: Path) -> Table:
    """The terms of the first sheet with a glossary in it; what Excel has made of cells is told, and other sheets."""
    data = path.read_bytes()
    told = [*_looked_through(open_archive(data, str(path)), path)]
    refused: InputError | None = None
    table: Table | None = None
    for name, rows in ((name, rows) for name, rows, _ in sheets(data, str(path))):
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


def _looked_through(archive: Archive, path: Path) -> Iterator[Problem]:
    """What a reader would not tell: a cell with an error comes as an empty one."""
    for cell in looked_through(archive, str(path)):
        message = f"Excel shows an error in cell {cell}, as it does for text that begins with = or -"
        yield Problem(path, int(re.sub("[A-Z]", "", cell)), message, Severity.WARNING, "import")


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
    message = f"Excel has made of cell {cell_name(column, line)} ({text}) {what}"
    told.append(Problem(path, line, message, Severity.NOTE if number else Severity.WARNING, "import"))
    return text
