"""The review table that goes to a translator in Word or in a browser: id, source, target, state, comments.

HTML and DOCX show it and read it again; what they share is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bilingual.bitext import Bitext, Note
from bilingual.errors import InputError
from bilingual.formats.table import COLUMNS, bitext_of, block_name, cells_of, columns_of, row_of

TITLES = ("id", "source", "target", "state", "comments")
HINT = f"its table has the columns {', '.join(TITLES)}; the source and the target are needed"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of a review table says, and the comments in it whose author and date are known."""

    words: str
    notes: tuple[Note, ...] = ()


def rows_of(bitext: Bitext) -> Iterator[tuple[Mapping[str, str], tuple[Note, ...]]]:
    """The rows of a bitext in reading order: words by column, and notes."""
    notes = {unit.id: unit.notes for unit in bitext.units}
    for cells in cells_of(bitext):
        row = dict(zip(COLUMNS, cells, strict=True))
        yield row, notes.get(row["id"], ()) if row["id"] else ()


def bitext_of_tables(tables: Iterable[list[list[Cell]]], path: Path | str | None, what: str) -> Bitext:
    """The bitext in the first table whose head names a source and a target; InputError where there is none."""
    refused: InputError | None = None
    for table in tables:
        try:
            columns = columns_of([cell.words for cell in table[0]] if table else [], path)
        except InputError as error:
            refused = refused or error
            continue
        return _bitext(columns, table, path, what)
    raise refused or InputError("there is no table in it", HINT, path=path)


def _bitext(columns: list[str], table: list[list[Cell]], path: Path | str | None, what: str) -> Bitext:
    rows, notes = [], {}
    at = columns.index("comments") if "comments" in columns else len(columns)
    for number, cells in enumerate(table[1:], 2):
        row = row_of(columns, [cell.words for cell in cells], number)
        row["id"] = row["id"].strip()
        if len(cells) < len(columns) and any(cell.words.strip() for cell in cells):
            message = f"row {number} has {len(cells)} cells, not {len(columns)}: some were merged"
            raise InputError(message, "split the cells, or delete the row", path=path, line=number)
        if not any(cell.words.strip() for cell in cells):
            continue
        told = (Note(line.strip()) for line in cells[at].words.split("\n") if line.strip()) if at < len(cells) else ()
        notes[block_name(row, number)] = (*(note for cell in cells for note in cell.notes), *told)
        rows.append((number, row))
    bitext = bitext_of(rows, path, what)
    return replace(bitext, units=tuple(replace(unit, notes=notes.get(unit.block, ())) for unit in bitext.units))
