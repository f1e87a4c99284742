"""Glossary tables: CSV files with one term a row. Every bad row is found before anything is refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.chinese import has_chinese
from bilingual.errors import InputError
from bilingual.glossary.conditions import is_condition
from bilingual.glossary.matching import Glossary, normal_form

COLUMNS = (
    "id", "source", "target", "admitted", "forbidden", "kind", "status", "domain", "when", "case", "note", "reference",
    "definition",
)  # fmt: skip
REQUIRED = ("source", "target")
LONGEST = 500
"""No name is longer, in characters: what is has come from a quotation mark out of place."""

_ILLEGAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What cannot stand inside one line of text; a rendering is put into a sentence."""

_YES = {"yes", "true", "1", "x"}
_NO = {"", "no", "false", "0"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad place in a glossary. `fatal` problems keep the glossary from being used."""

    path: Path
    line: int
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A term and where it stands."""

    term: Term
    path: Path
    line: int


@dataclass(slots=True)
class Table:
    """What one or more files gave: the rows that can be used and the problems of the rest."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(paths: Iterable[Path]) -> Glossary:
    """The glossary in `paths` (files, or folders of .csv files), in their order.

    Raises `InputError` that lists every row that cannot be used.
    """
    table = problems_in(paths)
    fatal = [problem for problem in table.problems if problem.fatal]
    if fatal:
        more = f" (and {len(fatal) - 1} more)" if len(fatal) > 1 else ""
        raise InputError(
            fatal[0].message + more,
            "`bilingual glossary check` lists them all",
            path=fatal[0].path,
            line=fatal[0].line,
            problems=tuple(map(str, fatal)),
        )
    return Glossary(tuple(row.term for row in table.rows))


def problems_in(paths: Iterable[Path]) -> Table:
    """All rows and all problems of the tables in `paths`, contradictions between files included."""
    whole = Table()
    for path in _files(paths):
        table = read_table(path)
        whole.rows += table.rows
        whole.problems += table.problems
    whole.problems += _contradictions(whole.rows)
    return whole


def read_table(path: Path) -> Table:
    """The rows of one CSV file. Raises `InputError` where it is no table at all (encoding, a missing column)."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
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


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        try:
            there = path.exists()
        except OSError as error:
            raise InputError(f"cannot be looked for: {error.strerror}", "check the name", path=path) from error
        if path.is_dir():
            found = sorted(path.glob("*.csv"))
            if not found:
                raise InputError("this folder holds no .csv glossary", "name a file or another folder", path=path)
            yield from found
        elif there:
            yield path
        else:
            raise InputError("no such glossary", "check the name, or leave --glossary out", path=path)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte {data[error.start]:#04x} is no UTF-8"
        raise InputError(message, "save the table as “CSV UTF-8”", path=path, line=line) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def _header(cells: Sequence[str], path: Path) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in REQUIRED:
        if name not in header:
            separated = len(cells) == 1 and ("\t" in cells[0] or ";" in cells[0])
            hint = "put commas between the cells" if separated else f"columns are {', '.join(COLUMNS)}"
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
    row = dict.fromkeys(COLUMNS, "") | {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    messages = list(_faults(row))
    table.problems += [Problem(path, line, message) for message in messages]
    if not messages:
        table.rows.append(Row(_term(row), path, line))


def _faults(row: dict[str, str]) -> Iterator[str]:
    keep = row["status"] == TermStatus.KEEP
    for name in REQUIRED:
        if not row[name] and not (keep and name == "target"):
            yield f"'{name}' is empty – fill it or delete the row"
    for name, kinds in (("kind", TermKind), ("status", TermStatus)):
        if row[name] and row[name] not in set(kinds):
            yield f"{name} '{row[name]}' is unknown – one of {', '.join(kinds)}"
    if row["case"].lower() not in _YES | _NO:
        yield f"case '{row['case']}' is unknown – yes or empty"
    if not is_condition(row["when"]):
        yield f"when '{row['when']}' is unknown – always, exact, near:…, not near:…, not before:… or not after:…"
    for name in ("source", "target", "admitted", "forbidden"):
        if found := _ILLEGAL.search(row[name]):
            yield f"'{name}' holds the control character U+{ord(found.group()):04X} – take it out"
        if any(len(part) > LONGEST for part in _list(row[name])):
            yield f"'{name}' holds more than {LONGEST} characters – look for a quotation mark out of place"
    renderings = [row["target"], *_list(row["admitted"])]
    if not keep and any(has_chinese(rendering) for rendering in renderings):
        yield "a rendering holds Chinese – write English, or set the status to keep"
    both = {r.lower() for r in renderings} & {f.lower() for f in _list(row["forbidden"])}
    if both:
        yield f"'{sorted(both)[0]}' is both a rendering and forbidden – take it out of one"


def _term(row: dict[str, str]) -> Term:
    return Term(
        id=row["id"] or row["source"],
        source=row["source"],
        target=row["source"] if row["status"] == TermStatus.KEEP else row["target"],
        admitted=_list(row["admitted"]),
        forbidden=_list(row["forbidden"]),
        kind=TermKind(row["kind"] or TermKind.PHRASE),
        status=TermStatus(row["status"] or TermStatus.APPROVED),
        domain=row["domain"],
        when=row["when"] or "always",
        case=row["case"].lower() in _YES,
        note=row["note"],
        reference=row["reference"],
        definition=row["definition"],
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _contradictions(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows that say what another says already, or the opposite of it."""
    by_id: dict[str, Row] = {}
    by_source: dict[tuple[str, str], Row] = {}
    for row in rows:
        term = row.term
        other = row if term.status is TermStatus.DEPRECATED else by_source.setdefault(_said(term), row)
        first = by_id.setdefault(term.id, row)
        where = f"{other.path}:{other.line}"
        if other is row:
            if first is not row:
                yield Problem(
                    row.path, row.line, f"id '{term.id}' stands at {first.path}:{first.line} too – change one"
                )
        elif other.term.target == term.target:
            yield Problem(row.path, row.line, f"'{term.source}' is a duplicate of {where} – delete one")
        else:
            message = f"'{term.source}' is '{term.target}' here and '{other.term.target}' at {where} – keep one"
            yield Problem(row.path, row.line, message)


def _said(term: Term) -> tuple[str, str]:
    return normal_form(term.source), term.when
