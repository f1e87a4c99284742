"""Blocks that belong together on the page: the cells of a table, the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered

CELL = re.compile(r"(?:(\d+):)?([A-Z]+)(\d+)")


def runs(blocks: Iterable[Delivered]) -> Iterator[list[Delivered]]:
    """The blocks, those of one table and those of one list together, any other alone."""
    numbered = [*enumerate(blocks)]
    for _, group in groupby(numbered, key=lambda pair: _belongs(*pair)):
        yield [item for _, item in group]


def _belongs(at: int, item: Delivered) -> tuple[Kind, str | int]:
    if item.kind is Kind.CELL:
        found = CELL.fullmatch(_name(item))
        return (Kind.CELL, f"{item.block.locators[0].part}:{found.group(1)}" if found else "")
    return (item.kind, "" if item.kind is Kind.LIST_ITEM else at)


def _name(item: Delivered) -> str:
    return (item.block.locators[0].cell if item.block.locators else None) or ""


def grid(cells: Iterable[Delivered]) -> list[list[Text]]:
    """The texts of a table's cells in rows of one length; a cell without a place gets a row of its own."""
    placed: dict[tuple[int, int], Text] = {}
    for item in cells:
        found = CELL.fullmatch(_name(item))
        last = max((row for row, _ in placed), default=0) if not found else 0
        place = (int(found.group(3)), _column(found.group(2))) if found else (last + 1, 1)
        placed[place] = _under(placed[place], item.text) if place in placed else item.text
    rows, columns = (sorted({place[axis] for place in placed}) for axis in (0, 1))
    return [[placed.get((row, column), Text("")) for column in columns] for row in rows]


def _under(first: Text, second: Text) -> Text:
    """Two paragraphs of one cell as one text; the codes of the second get names of their own."""
    at = len(first.string) + 1
    codes = (replace(code, position=code.position + at, id=f"{at}.{code.id}") for code in second.codes)
    return Text(f"{first.string}\n{second.string}", (*first.codes, *codes))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
