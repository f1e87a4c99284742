"""Glossary tables: CSV files with one term a row. Every bad row is found before anything is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bilingual.bitext import Term
from bilingual.cells import unguard
from bilingual.errors import InputError
from bilingual.glossary.cache import Files, cached
from bilingual.glossary.matching import Glossary
from bilingual.glossary.priority import settle
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.rows import COLUMNS, REQUIRED, faults, term_of

_OTHERS = (".tbx", ".xlsx", ".tsv", ".tab", ".utf8")
"""What `bilingual glossary import` makes a table of."""


def load(paths: Iterable[Path]) -> Glossary:
    """The glossary in `paths` (files, or folders of .csv files): the first of two that say the same source counts.

    Raises `InputError` that lists every row that cannot be used.
    """
    files = tuple(files_of(paths))
    return Glossary(cached(files, lambda: _usable(_read(files))))


def problems_in(paths: Iterable[Path]) -> Table:
    """All rows that count and all problems of the tables in `paths`: rows that are no terms, contradictions, and what
    a table before overrides."""
    return _read(tuple(files_of(paths)))


def _read(files: Files) -> Table:
    whole = Table()
    for rank, path in files:
        table = read_table(path)
        whole.rows += [replace(row, rank=rank) for row in table.rows] if rank else table.rows
        whole.problems += table.problems
    settle(whole)
    return whole


def _usable(table: Table) -> tuple[Term, ...]:
    """The terms of a table without errors."""
    fatal = [problem for problem in table.problems if problem.severity is Severity.ERROR]
    if fatal:
        more = f" (and {len(fatal) - 1} more)" if len(fatal) > 1 else ""
        raise InputError(
            fatal[0].message + more,
            "`bilingual glossary check` lists them all",
            path=fatal[0].path,
            line=fatal[0].line,
            problems=tuple(map(str, fatal)),
        )
    return tuple(row.term for row in table.rows)


def read_table(path: Path) -> Table:
    """The rows of one CSV file. Raises `InputError` where it is no table at all (encoding, a missing column)."""
    if path.suffix.lower() in _OTHERS:
        hint = f"make one of it: `bilingual glossary import {path.name} -o {path.stem}.csv`"
        raise InputError(f"a {path.suffix} file is no CSV table", hint, path=path)
    return table_in(_text(path), path)


def table_in(text: str, path: Path) -> Table:
    """The rows of a table in CSV; `path` is the file it is of."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table = Table()
    header: list[str] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not header:
                header = _header(cells, path)
            elif any(cell.strip() for cell in cells):
                _take(cells, header, path, line, table)
    except csv.Error as error:
        message = f"no well-formed CSV: {error}"
        raise InputError(message, "look for a quotation mark that is not closed", path=path, line=start) from error
    if not header:
        raise InputError("the glossary is empty", f"its first row names the columns: {', '.join(COLUMNS)}", path=path)
    return table


def files_of(paths: Iterable[Path]) -> Iterator[tuple[int, Path]]:
    """Every file in `paths`, each once, with the number (from 0) of the path that brought it."""
    seen: set[Path] = set()
    for rank, path in enumerate(paths):
        for file in _files(path):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield rank, file


def _files(path: Path) -> list[Path]:
    try:
        there = path.exists()
    except OSError as error:
        raise InputError(f"cannot be looked for: {error.strerror}", "check the name", path=path) from error
    if not there:
        raise InputError("no such glossary", "check the name, or leave --glossary out", path=path)
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.csv"))
    if not found:
        raise InputError("this folder holds no .csv glossary", "name a file or another folder", path=path)
    return found


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte {data[error.start]:#04x} is no UTF-8"
        raise InputError(
            message, "save the table as “CSV UTF-8”, or let `bilingual glossary import` do it", path=path, line=line
        ) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def _header(cells: Sequence[str], path: Path) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in REQUIRED:
        if name not in header:
            separated = len(cells) == 1 and ("\t" in cells[0] or ";" in cells[0])
            hint = "put commas between the cells" if separated else f"columns are {', '.join(COLUMNS)}"
            hint += "; `bilingual glossary import` makes a table of ours of this one"
            raise InputError(f"column '{name}' is missing", hint, path=path, line=1)
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown:
        message = f"unknown column '{unknown[0]}'"
        raise InputError(message, f"columns are {', '.join(COLUMNS)}", path=path, line=1)
    doubled = [name for name in header if name and header.count(name) > 1]
    if doubled:
        raise InputError(f"column '{doubled[0]}' stands twice", "delete one of them", path=path, line=1)
    return header


def _take(cells: Sequence[str], header: Sequence[str], path: Path, line: int, table: Table) -> None:
    """Put one row into the table, as a term or as its problems."""
    if len(cells) > len(header):
        message = f"{len(cells)} cells under {len(header)} columns – quote the cell that holds a comma"
        table.problems.append(Problem(path, line, message))
        return
    row = dict.fromkeys(COLUMNS, "") | {name: unguard(cell.strip()) for name, cell in zip(header, cells, strict=False)}
    messages = list(faults(row))
    table.problems += [Problem(path, line, message) for message in messages]
    if not messages:
        table.rows.append(Row(term_of(row), path, line))
