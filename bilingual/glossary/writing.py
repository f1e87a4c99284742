"""A term added to a table, or an entry given another rendering: those cells are written, every other byte stays."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bilingual.bitext import Term
from bilingual.errors import ConflictError, InputError
from bilingual.files import atomic_write, exclusive
from bilingual.glossary.matching import normal_form
from bilingual.glossary.places import Record, line_end, records, written
from bilingual.glossary.problems import Row, Severity
from bilingual.glossary.rows import COLUMNS, cells_of, faults
from bilingual.glossary.tables import files_of, problems_in, table_in

_LOCKS = (".~lock.{}#", "~${}")
"""The files by which LibreOffice and Excel say that a table is open there."""

_IMPLIED = {"id": "", "kind": "phrase", "status": "approved", "when": "always"}
"""What an empty cell, or a column that is not there, means; nothing in all others."""


def add(paths: Iterable[Path], path: Path, term: Term) -> Row:
    """Write `term` behind the last row of the table at `path`, one of those in `paths`; the row it is then.

    Raises InputError, and writes nothing, where the term is none, where the glossary says something of its Chinese
    already, and where a spreadsheet has the table open; ConflictError where the table changes at the very moment.
    """
    paths = tuple(paths)
    with exclusive([path]):
        data = _contents(path)
        _settled_nowhere(paths, path, term)
        cells = {name: value for name, value in _row(term).items() if value}
        text = _with_columns(_text(data), [name for name in cells if cells[name] != _IMPLIED.get(name)])
        header = _header(text)
        line = ",".join(written(cells.get(name, "")) for name in header)
        end = line_end(text)
        text += ("" if text.endswith(("\n", "\r")) else end) + line + end
        _put(path, data, text)
        return table_in(text, path).rows[-1]


def rerender(path: Path, term: Term, target: str, *, keep: str = "") -> Row:
    """Give the entry `term` of the table at `path` another English; the row it is then.

    `keep` says what becomes of the English it had: "admitted", "forbidden", or "" for nothing. Raises ConflictError
    where the entry is no longer what `term` says, InputError where the new one cannot stand.
    """
    with exclusive([path]):
        data = _contents(path)
        found = [row for row in table_in(_text(data), path).rows if row.term == term]
        if len(found) != 1:
            raise ConflictError(f"the entry '{term.source}' = '{term.target}' in {path.name} was changed meanwhile",
                                "look at it again")  # fmt: skip
        new = _rerendered(term, " ".join(target.split()), keep)
        before, after = _row(term), _row(new)
        changed = {name: after[name] for name in COLUMNS if after[name] != before[name]}
        text = _with_columns(_text(data), list(changed))
        text = _with_cells(text, found[0].line, changed)
        _put(path, data, text)
        return replace(found[0], term=new)


def open_elsewhere(path: Path) -> Path | None:
    """The file by which a spreadsheet says that it has this table open; None where none does."""
    locks = (path.with_name(lock.format(path.name)) for lock in _LOCKS)
    return next((lock for lock in locks if lock.exists()), None)


def _rerendered(term: Term, target: str, keep: str) -> Term:
    others = [rendering for rendering in term.admitted if rendering != target]
    if keep == "admitted":
        others.insert(0, term.target)
    never = [rendering for rendering in term.forbidden if rendering.lower() != target.lower()]
    if keep == "forbidden":
        never.insert(0, term.target)
    new = replace(term, target=target, admitted=tuple(others), forbidden=tuple(never))
    _refuse_faults(new)
    if new == term:
        raise InputError(f"'{term.source}' is '{target}' already", "write other English")
    return new


def _refuse_faults(term: Term) -> None:
    cells = _row(term)
    if any("|" in rendering for rendering in (*term.renderings, *term.forbidden)):
        raise InputError("a rendering holds '|', which stands between renderings", "take it out")
    for fault in faults(cells):
        raise InputError(fault)


def _row(term: Term) -> dict[str, str]:
    cells = cells_of(term)
    return cells | {"id": "" if term.id == term.source else term.id}


def _settled_nowhere(paths: Sequence[Path], path: Path, term: Term) -> None:
    """Refuse a term that is no good, or whose Chinese (or id) the glossary knows."""
    _refuse_faults(term)
    if path.resolve() not in {file.resolve() for _, file in files_of(paths)}:
        raise InputError("is no table of the glossary in use", "choose one of them", path=path)
    table = problems_in(paths)
    if bad := [problem for problem in table.problems if problem.severity is Severity.ERROR]:
        raise InputError(bad[0].message, "mend that first", path=bad[0].path, line=bad[0].line)
    form = normal_form(term.source)
    for row in table.rows:
        if row.term.when == term.when and normal_form(row.term.source) == form:
            hint = "change its rendering instead" if row.term.target != term.target else ""
            raise InputError(f"'{row.term.source}' = '{row.term.target}' stands there already", hint,
                             path=row.path, line=row.line)  # fmt: skip
        if term.id != term.source and row.term.id == term.id:
            raise InputError(f"the id '{term.id}' stands there already", "leave the id empty", path=row.path,
                             line=row.line)  # fmt: skip


def _contents(path: Path) -> bytes:
    if lock := open_elsewhere(path):
        raise InputError(f"{path.name} is open in a spreadsheet, which would write over what is added here",
                         f"close it there first (or delete {lock.name}, if it is not)")  # fmt: skip
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    table = table_in(_text(data), path)
    if table.problems:
        raise InputError(table.problems[0].message, "mend that first", path=path, line=table.problems[0].line)
    return data


def _text(data: bytes) -> str:
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("the table is no UTF-8", "save it as “CSV UTF-8”") from error


def _header(text: str) -> list[str]:
    _, cells = next(records(text))
    return [text[start:end].strip(' "').lower() for start, end in cells]


def _with_columns(text: str, names: Sequence[str]) -> str:
    """The table with the columns it lacks behind its last one; the cells of its rows there count as empty."""
    missing = [name for name in names if name not in _header(text)]
    end = next(records(text))[1][-1][1]
    return text[:end] + "".join(f",{name}" for name in missing) + text[end:]


def _with_cells(text: str, line: int, cells: Mapping[str, str]) -> str:
    """The table with other cells in the row that begins on a line."""
    header = _header(text)
    spans = _at(text, line)
    for number in sorted((header.index(name) for name in cells), reverse=True):
        value = written(cells[header[number]])
        if number < len(spans):
            start, end = spans[number]
        else:  # a row may end before its last columns
            start = end = spans[-1][1]
            value = "," * (number - len(spans) + 1) + value
        text = text[:start] + value + text[end:]
        spans = _at(text, line)
    return text


def _at(text: str, line: int) -> list[tuple[int, int]]:
    found: Record = next(record for record in records(text) if record[0] == line)
    return found[1]


def _put(path: Path, before: bytes, text: str) -> None:
    """Write the table, unless its file has become another since it was read, or what is written reads otherwise."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    with atomic_write(path) as stream:
        stream.write(mark + text.encode("utf-8"))
        if path.read_bytes() != before:
            raise ConflictError(f"{path.name} was changed by another program at this moment", "try again")
