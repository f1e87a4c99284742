"""Which cell of which table is this, when cells may reach over several columns and rows?"""

from __future__ import annotations

from collections.abc import Mapping

WIDEST = 1000
"""How many columns a cell may reach over, as browsers have it."""

LONG = 600
"""Characters in one cell from which on a table is there for the page's layout."""


class Grid:
    """A table as it is read, row after row. `layout`: it only arranges the page (it holds headings or other tables, one
    cell alone, or a long text in a cell), so that its cells are no cells."""

    def __init__(self, *, layout: bool = False) -> None:
        self.cells = 0
        self._layout = layout
        self._row = 0
        self._column = 0
        self._reaching: list[tuple[int, int, int]] = []
        self._longest = 0
        self._length = 0

    @property
    def layout(self) -> bool:
        """Whether the table only arranges the page, as far as it has been read."""
        return self._layout or self.cells < 2 or self._longest > LONG

    def arranges(self) -> None:
        """Something is inside that tables of data do not hold."""
        self._layout = True

    def row(self) -> None:
        """A row begins."""
        self._row += 1
        self._column = 0
        self._reaching = [reach for reach in self._reaching if reach[2] >= self._row]

    def cell(self, given: Mapping[str, str]) -> str:
        """A cell begins: its name, "B3" for the second one of the third row."""
        if not self._row:
            self.row()
        self.cells += 1
        self._length = 0
        column = self._column
        for start, end, _ in sorted(self._reaching):
            if start <= column < end:
                column = end
        wide, high = count(given.get("colspan", "")), count(given.get("rowspan", ""))
        if high > 1 and len(self._reaching) < WIDEST:
            self._reaching.append((column, column + wide, self._row + high - 1))
        self._column = column + wide
        return f"{letters(column + 1)}{self._row}"

    def holds(self, length: int) -> None:
        """So many more characters are in the present cell."""
        self._length += length
        self._longest = max(self._longest, self._length)


def count(value: str) -> int:
    """A colspan or rowspan as a number, 1 where it is none."""
    value = value.strip()
    return max(1, min(WIDEST, int(value[:6]))) if value.isascii() and value.isdigit() else 1


def letters(column: int) -> str:
    """The letters of a column, as spreadsheets have them: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
