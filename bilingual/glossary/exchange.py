"""Glossaries of other tools: the formats there are, many files made into one table, one glossary written as another.

Adding a format: a module that reads a file into a Table and writes terms to a stream, and a line in FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Term, TermStatus
from bilingual.errors import InputError, SettingsError
from bilingual.files import atomic_write
from bilingual.glossary import delimited, tbx, tbx_write, xlsx
from bilingual.glossary.priority import sources_of
from bilingual.glossary.problems import Problem, Row, Severity, Table


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: `read` gives its terms and what was told of them, `write` gives back what it could not say."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Table]
    write: Callable[[Iterable[Term], BinaryIO], tuple[str, ...]]


FORMATS = (
    Format("CSV", (".csv",), delimited.read_csv, delimited.write_csv),
    Format("Excel", (".xlsx",), xlsx.read, xlsx.write),
    Format("TBX", (".tbx", ".xml"), tbx.read, tbx_write.write),
    Format("OmegaT", (".txt", ".utf8", ".tsv", ".tab"), delimited.read_tabs, delimited.write_tabs),
)


def read(paths: Sequence[Path]) -> Table:
    """The terms of all `paths` as one table that can be used as it is, and everything that was told on the way.

    Of two entries that say the same source otherwise only one can count: the second becomes deprecated, and is told.
    Raises InputError for a file that cannot be read at all.
    """
    whole = Table()
    for path in paths:
        form = _of(path)
        try:
            table = form.read(path)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", "check the name", path=path) from error
        whole.rows += table.rows
        whole.problems += table.problems
    if not whole.rows:
        problems = tuple(map(str, whole.problems))
        raise InputError("there is no term that can be used", "see what is said of each row", problems=("", *problems))
    _settle(whole)
    return whole


def write(terms: Iterable[Term], path: Path) -> tuple[str, ...]:
    """The terms as a file of the kind its ending names; gives back what that kind could not say."""
    form = _of(path)
    with atomic_write(path) as stream:
        return form.write(terms, stream)


def suffixes() -> str:
    """The endings of all formats, for help and messages."""
    return ", ".join(suffix for form in FORMATS for suffix in form.suffixes)


def _of(path: Path) -> Format:
    form = next((form for form in FORMATS if path.suffix.lower() in form.suffixes), None)
    if path.is_dir():
        raise SettingsError(f"{path} is a folder", "name a file")
    if form is None:
        raise SettingsError(f"{path}: '{path.suffix}' is no kind of glossary", f"kinds are {suffixes()}")
    return form


def _settle(table: Table) -> None:
    """Let every entry have an id of its own and no two contradict each other; what says nothing new goes."""
    kept: list[Row] = []
    ids: set[str] = set()
    said: dict[tuple[str, str], Row] = {}
    for row, source in zip(table.rows, sources_of(table.rows), strict=True):
        live = row.term.status is not TermStatus.DEPRECATED
        first = said.setdefault((source, row.term.when), row) if live else row
        if first is not row and replace(first.term, id=row.term.id, source=row.term.source) == row.term:
            table.problems.append(_told(row, f"'{row.term.source}' stands at {first.place} already: left out"))
            continue
        if first is not row:
            same = row.term.target == first.term.target
            other = "with other details" if same else f"as '{first.term.target}', not '{row.term.target}'"
            message = f"'{row.term.source}' stands at {first.place} {other}: only one can count, so this is deprecated"
            table.problems.append(_told(row, message))
            row = replace(row, term=replace(row.term, status=TermStatus.DEPRECATED))  # noqa: PLW2901
        kept.append(replace(row, term=replace(row.term, id=_free(row.term.id, ids))))
    table.rows = kept


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _told(row: Row, message: str) -> Problem:
    return Problem(row.path, row.line, message, Severity.WARNING, "import")
