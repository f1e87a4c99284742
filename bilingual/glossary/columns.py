"""Which column of somebody's table is which of ours: by its name, else by what is in it; and the terms of its rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bilingual.bitext import TermKind, TermStatus
from bilingual.cells import unguard
from bilingual.chinese import has_chinese
from bilingual.errors import InputError
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.rows import COLUMNS, faults, term_of
from bilingual.languages import primary

Cells = tuple[int, Sequence[str]]
"""The line (or row) where a row of a table begins, and its cells."""

WIDEST = 500
"""No glossary has more columns; what has is something else."""

LOOKED_AT = 200
"""How many rows tell what a column without a name holds."""

_WORDS = Path(__file__).with_name("words.csv")


@lru_cache(maxsize=1)
def _ours() -> dict[tuple[str, str], str]:
    """Our word for a column, a status or a kind of other tables, by what it is of and how they call it."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return {(row["of"], other): row["ours"] for row in rows for other in row["others"].split("|")}


@dataclass(slots=True)
class _Header:
    """What the columns hold: names of ours by position, the names they had, and whether the first row only names."""

    columns: dict[int, str]
    titles: Sequence[str] = ()
    named: bool = True
    guessed: bool = False
    foreign: frozenset[int] = frozenset()


def table_of(rows: Iterable[Cells], path: Path, *, positions: Sequence[str] = ()) -> Table:
    """The terms in `rows`, whatever their columns are called, and what could not be used.

    `positions` say what the columns of a table without names hold, where a format says so. Raises InputError where
    neither names nor contents tell which column is Chinese and which English.
    """
    listed = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not listed:
        raise InputError("the table is empty", f"its columns are {', '.join(COLUMNS)}", path=path)
    wide = next((line for line, cells in listed if len(cells) > WIDEST), None)
    if wide is not None:
        message = f"a row of more than {WIDEST} cells is in no glossary"
        raise InputError(message, f"columns are {', '.join(COLUMNS)}", path=path, line=wide)
    header = _header(listed, path, positions)
    table = Table()
    if header.guessed:
        table.problems.append(_note(path, listed[0][0], _guess(header)))
    _tell_lost(header, listed, path, table)
    for line, cells in listed[1:] if header.named else listed:
        _take(header, cells, path, line, table)
    return table


def _header(rows: Sequence[Cells], path: Path, positions: Sequence[str]) -> _Header:
    titles = [cell.strip() for cell in rows[0][1]]
    columns = _by_name(titles)
    if {"source", "target"} <= set(columns.values()):
        foreign = frozenset(n for n in columns if titles[n].lower() not in COLUMNS)
        return _Header(columns, titles, foreign=foreign)
    sample = [cells for _, cells in rows[:LOOKED_AT]]
    if positions and not (has_chinese(_cell(sample[0], 1)) and not has_chinese(_cell(sample[0], 0))):
        return _Header(dict(enumerate(positions)), named=False)
    source, target = _by_content(sample)
    if source is None or target is None:
        message = "no column is named 'source' or 'target', and none holds Chinese beside one that holds English"
        raise InputError(message, f"columns are {', '.join(COLUMNS)}", path=path, line=rows[0][0])
    first = rows[0][1]
    named = len(rows) > 1 and (not has_chinese(_cell(first, source)) or has_chinese(_cell(first, target)))
    known = {n: name for n, name in columns.items() if named and name not in {"source", "target"}}
    return _Header(known | {source: "source", target: "target"}, titles if named else (), named, guessed=True)


def _by_name(titles: Sequence[str]) -> dict[int, str]:
    """The names of ours that the titles mean; a second column of English holds more renderings."""
    columns: dict[int, str] = {}
    for number, title in enumerate(titles):
        known = column_of(title)
        if known and known in columns.values():
            known = "admitted" if known == "target" and "admitted" not in columns.values() else None
        if known:
            columns[number] = known
    return columns


def column_of(title: str) -> str | None:
    """Our name for a column of this title ("中文", "EN", "Translation"); None where it means none of ours."""
    name = re.sub(r"[\s_-]+", "_", title.strip().lower())
    return name if name in COLUMNS else _ours().get(("column", name)) or _language(title)


def _language(title: str) -> str | None:
    return {"zh": "source", "en": "target"}.get(primary(title))


def _by_content(rows: Sequence[Sequence[str]]) -> tuple[int | None, int | None]:
    """The column that is Chinese in most rows, and the first that is English in most."""
    width = max(map(len, rows))
    chinese = [sum(has_chinese(_cell(row, n)) for row in rows) for n in range(width)]
    latin = [sum(bool(re.search("[A-Za-z]", _cell(r, n))) and not has_chinese(_cell(r, n)) for r in rows)
             for n in range(width)]  # fmt: skip
    source = next((n for n in range(width) if 2 * chinese[n] >= len(rows) and chinese[n] == max(chinese)), None)
    return source, next((n for n in range(width) if n != source and 2 * latin[n] >= len(rows)), None)


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""


def _guess(header: _Header) -> str:
    by_name = {name: number for number, name in header.columns.items()}
    told = [f"column {by_name[name] + 1} is taken for the {name}" for name in ("source", "target")]
    return f"by what they hold, {' and '.join(told)}"


def _tell_lost(header: _Header, rows: Sequence[Cells], path: Path, table: Table) -> None:
    width = max(len(cells) for _, cells in rows)
    for number in sorted(set(range(width)) - header.columns.keys()):
        filled = sum(bool(_cell(cells, number)) for _, cells in (rows[1:] if header.named else rows))
        if filled:
            title = _cell(header.titles, number)
            called = f"'{title}'" if title else str(number + 1)
            cells = "1 cell was" if filled == 1 else f"{filled} cells were"
            message = f"no column of ours is like column {called}: {cells} left out"
            table.problems.append(_note(path, rows[0][0], message))


def _take(header: _Header, cells: Sequence[str], path: Path, line: int, table: Table) -> None:
    row = dict.fromkeys(COLUMNS, "")
    for number, name in header.columns.items():
        cell = unguard(_cell(cells, number))
        if number in header.foreign and name in {"admitted", "forbidden"}:
            cell = re.sub("[;；]", "|", cell)
        row[name] = cell
    told = [*_own_words(row)]
    table.problems += [Problem(path, line, text, Severity.WARNING, "import") for text in told]
    wrong = list(faults(row))
    if wrong:
        message = f"left out: {'; '.join(wrong)}"
        table.problems.append(Problem(path, line, message, Severity.WARNING, "import"))
    else:
        table.rows.append(Row(term_of(row), path, line))


def _own_words(row: dict[str, str]) -> Iterable[str]:
    """Put a status and a kind of another table in our words; what is unknown is told."""
    for name, known, otherwise in (("status", TermStatus, "proposed"), ("kind", TermKind, "phrase")):
        word = row[name].lower()
        row[name] = word
        if word and word not in set(known):
            row[name] = _ours().get((name, word), otherwise)
            if (name, word) not in _ours():
                yield f"the {name} '{word}' is unknown: taken for {otherwise}"


def _note(path: Path, line: int, message: str) -> Problem:
    return Problem(path, line, message, Severity.NOTE, "import")
