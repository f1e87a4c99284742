"""Where the rows and cells of a CSV table stand in its text, so that one of them is changed and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.cells import guard

_FIELD = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\r|\n|\Z)')
_BREAK = re.compile("\r\n|\r|\n")

Record = tuple[int, list[tuple[int, int]]]
"""The line on which a row begins, and where its cells stand, quotation marks included."""


def records(text: str) -> Iterator[Record]:
    """The rows of a table that was read before, so that it is well-formed; empty lines are rows of one empty cell."""
    position, line = 0, 1
    cells: list[tuple[int, int]] = []
    first = 1
    while position < len(text) or cells:
        field = _FIELD.match(text, position)
        assert field is not None, "the table was read before, so it is well-formed"
        cells.append(field.span(1))
        line += len(_BREAK.findall(field[0]))
        position = field.end()
        if field[2] != ",":
            yield first, cells
            cells, first = [], line


def written(value: str) -> str:
    """A cell as it stands in a file: no formula to Excel, in quotation marks where it needs them."""
    cell = guard(value)
    plain = not set(cell) & set('",\r\n') and cell == cell.strip()
    return cell if plain else '"' + cell.replace('"', '""') + '"'


def line_end(text: str) -> str:
    """How the lines of a table end: as its first one does."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"
