"""Excel: the bilingual table as a workbook in which every cell is text, so that Excel makes no formula, number or date.

The states are a list to choose from. Ids and sources refuse typing (a rule for what may be entered, not a protected
sheet, which Excel could not sort or filter). What somebody writes into `comment` is a new note.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from bilingual.bitext import Bitext, Flag, FlagKind, Note, State
from bilingual.cells import shield, unguard
from bilingual.documents.archive import open_archive
from bilingual.documents.workbook import LONGEST, Range, cell_name, fits, looked_through, sheets
from bilingual.errors import InputError
from bilingual.formats.delimited import left_out
from bilingual.formats.table import COLUMNS, Row, bitext_of, block_name, cells_of, columns_of, row_of
from bilingual.safexml import Cleaner, clean

TITLES = (*COLUMNS, "notes", "comment")
MOST_ROWS = 1_048_575
_WIDTHS = {"id": 10, "source": 50, "machine": 40, "target": 60, "state": 12, "terms": 30, "flags": 30, "where": 14,
           "notes": 30, "comment": 30}  # fmt: skip
_SHUT = {"validate": "custom", "value": "=FALSE", "ignore_blank": False, "error_title": "bilingual",
         "error_message": "This column must stay as it is: the row is found again by it."}  # fmt: skip
_CHOOSE = {"validate": "list", "source": [*State], "error_title": "bilingual",
           "error_message": f"Choose one of {', '.join(State)}."}  # fmt: skip
_CUT = "too long for a cell of Excel: shown in part, and not read back"


class Xlsx:
    """The bilingual table as an Excel workbook."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx",)
    holds = frozenset({"id", "source", "target", "state"})
    words_only = True

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The first sheet with a bilingual table, sorted and filtered as it may be; macros are not looked at.

        InputError naming the cell where Excel has made a date of a text or shows an error, or cells were merged.
        """
        data, name = stream.read(), str(path or "table.xlsx")
        errors = list(looked_through(open_archive(data, name), name))
        refused: InputError | None = None
        for _, rows, merged in sheets(data, name):
            head = next((number for number, row in enumerate(rows) if any(row)), None)
            if head is None:
                continue
            try:
                columns = columns_of([str(cell) for cell in rows[head]], path, head + 1)
            except InputError as error:
                refused = refused or error
                continue
            if errors:
                message = f"Excel shows an error in cell {errors[0]}, as it does for text that begins with = or -"
                raise InputError(message, "write the text again, with ' before it", path=path)
            return _Sheet(columns, rows, head, merged, path).bitext()
        raise refused or InputError("the workbook is empty", "name another file", path=path)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """One sheet, its head fixed; a unit too long for a cell is shown in part, has no id there, and is told."""
        import xlsxwriter

        rows = list(cells_of(bitext))
        if len(rows) > MOST_ROWS:
            raise InputError(f"{len(rows):,} rows are more than a sheet of Excel holds", "write a .csv or .tmx")
        told: list[str] = []
        kept = Cleaner()
        notes = {unit.id: unit.notes for unit in bitext.units}
        made = io.BytesIO()  # a workbook that fails in the middle of a full disk cannot be closed
        book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same units give the same bytes
        sheet = book.add_worksheet("bilingual")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        grey = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "font_color": "#595959"})
        bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#D9E2F3"})
        looks = [text if title in {"source", "target", "state", "comment"} else grey for title in TITLES]
        for number, cells in enumerate(rows, 1):
            shown = _shown((*cells, _notes_cell(notes.get(cells[0], ())), ""), told)
            for column, words in enumerate(shown):
                if written := kept(words):
                    sheet.write_string(number, column, shield(written), looks[column])
        for column, title in enumerate(TITLES):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, _WIDTHS.get(title, 12), looks[column])
            if title in {"id", "source", "state"} and rows:
                rule = dict(_CHOOSE if title == "state" else _SHUT)  # the library writes into what it is given
                sheet.data_validation(1, column, len(rows), column, rule)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(TITLES) - 1)
        book.close()
        stream.write(made.getvalue())
        return (*left_out(kept.removed, "Excel"), *told)


def _notes_cell(notes: tuple[Note, ...]) -> str:
    return "\n".join(f"{note.author}: {note.text}" if note.author else note.text for note in notes)


def _shown(cells: tuple[str, ...], told: list[str]) -> list[str]:
    """The cells as Excel can hold them. A unit that is longer loses its id and its target here, so that what is read
    again says nothing of it rather than half of it."""
    if all(fits(shield(clean(cell)[0])) for cell in cells):
        return list(cells)
    row = dict(zip(TITLES, cells, strict=True))
    if row["id"] and not all(fits(shield(clean(row[name])[0])) for name in ("source", "target", "machine", "id")):
        told.append(f"unit {row['id']:.40} is longer than a cell of Excel ({LONGEST:,} characters) and stays behind")
        row |= {"id": "", "target": "", "machine": "", "state": "", "flags": _CUT}
    return [cell if fits(shield(clean(cell)[0])) else f"{cell[: LONGEST // 2]}…" for cell in row.values()]


@dataclass(slots=True)
class _Sheet:
    """A sheet with a bilingual table, its head on the row `head` (from 0)."""

    columns: list[str]
    rows: list[list[Any]]
    head: int
    merged: list[Range]
    path: Path | str | None
    numbers: dict[str, list[str]] = field(default_factory=dict)
    """The cells of each unit, by its block, that Excel has made numbers of."""

    def bitext(self) -> Bitext:
        """Its units; those whose target is a number now are flagged."""
        self._refuse_merged()
        bitext = bitext_of(self._rows(), self.path, "xlsx")
        units = tuple(
            replace(unit, flags=tuple(_number_flag(cell) for cell in self.numbers[unit.block]))
            if unit.block in self.numbers
            else unit
            for unit in bitext.units
        )
        return replace(bitext, units=units)

    def _refuse_merged(self) -> None:
        for (top, left), (bottom, right) in self.merged:
            if bottom >= self.head and {"id", "source", "target"} & {*self.columns[left : right + 1]}:
                place = f"{cell_name(left, top + 1)}:{cell_name(right, bottom + 1)}"
                hint = "split them (Home, Merge & Center, Unmerge Cells) and give each row its words"
                raise InputError(f"the cells {place} are merged", hint, path=self.path, line=top + 1)

    def _rows(self) -> Iterator[Row]:
        for number in range(self.head + 1, len(self.rows)):
            cells = self.rows[number]
            if any(cell not in {"", None} for cell in cells):
                numeric: list[str] = []
                words = [self._words(cell, column, number + 1, numeric) for column, cell in enumerate(cells)]
                row = row_of(self.columns, words, number + 1)
                if numeric:
                    self.numbers[block_name(row, number + 1)] = numeric
                yield number + 1, row

    def _words(self, cell: Any, column: int, line: int, numeric: list[str]) -> str:
        """A cell as text; Excel makes dates and numbers of what looks like them."""
        if isinstance(cell, str):
            return unguard(cell)
        if isinstance(cell, bool):
            return str(cell).upper()
        place = cell_name(column, line)
        if not isinstance(cell, int | float):
            message = f"Excel has made a date of cell {place} ({cell})"
            raise InputError(message, "write it again, with ' before it", path=self.path, line=line)
        if self.columns[column : column + 1] == ["target"]:
            numeric.append(place)
        whole = math.isfinite(cell) and cell == int(cell)
        return str(int(Decimal(repr(cell)))) if whole else str(cell)  # as it is shown: a float's own figures are more


def _number_flag(cell: str) -> Flag:
    reason = f"Excel has made a number of cell {cell}: zeros at its ends are lost"
    return Flag(FlagKind.CHARACTERS, reason, side="target")
