"""Which column of somebody's table is which of ours: by its name, else by what is in it; and the terms of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.bitext import TermKind, TermStatus
from bilingual.chinese import has_chinese
from bilingual.errors import InputError
from bilingual.glossary.cells import unguard
from bilingual.glossary.languages import primary
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.rows import COLUMNS, faults, term_of

Cells = tuple[int, Sequence[str]]
"""The line (or row) where a row of a table begins, and its cells."""

LOOKED_AT = 200
"""How many rows tell what a column without a name holds."""

_NAMES = {
    "source": ("source", "source_term", "zh", "chinese_term"),
    "target": ("target", "target_term", "translation", "english_term"),
    "admitted": ("synonym", "synonyms", "variants", "alternatives", "also"),
    "forbidden": ("never", "do_not_use", "prohibited", "not_allowed"),
    "kind": ("type", "term_type"),
    "status": ("term_status", "state"),
    "domain": ("subject", "subject_field", "field", "category", "entry_subject"),
    "note": ("notes", "comment", "comments", "remark", "remarks", "entry_note"),
    "reference": ("references", "ref", "url", "source_reference"),
    "definition": ("definitions", "meaning", "entry_definition"),
    "part_of_speech": ("pos", "word_class"),
    "example": ("examples", "context", "usage_example"),
    "id": ("entry_id", "term_id", "no", "number"),
    "case": ("case_sensitive",),
}
_ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_STATUSES = {
    **dict.fromkeys(("preferred", "admitted", "standardized", "final", "valid", "yes"), TermStatus.APPROVED),
    **dict.fromkeys(("forbidden", "obsolete", "superseded", "rejected"), TermStatus.DEPRECATED),
    **dict.fromkeys(("new", "draft", "candidate", "pending", "not approved", "provisional"), TermStatus.PROPOSED),
    **dict.fromkeys(("do not translate", "do-not-translate", "dnt", "untranslatable"), TermStatus.KEEP),
}
_KINDS = {
    **dict.fromkeys(("organization", "org", "institution", "company"), TermKind.ORGANISATION),
    **dict.fromkeys(("people", "name", "personal name"), TermKind.PERSON),
    **dict.fromkeys(("location", "gpe", "geographical name"), TermKind.PLACE),
    **dict.fromkeys(("acronym", "initialism", "short form"), TermKind.ABBREVIATION),
    **dict.fromkeys(("term", "full form", "variant"), TermKind.PHRASE),
}


@dataclass(slots=True)
class _Header:
    """What the columns hold: names of ours by position, the names they had, and whether the first row only names."""

    columns: dict[int, str]
    titles: Sequence[str] = ()
    named: bool = True
    guessed: bool = False
    foreign: frozenset[int] = field(default_factory=frozenset)


def table_of(rows: Iterable[Cells], path: Path, *, positions: Sequence[str] = ()) -> Table:
    """The terms in `rows`, whatever their columns are called, and what could not be used.

    `positions` say what the columns of a table without names hold, where a format says so. Raises InputError where
    neither names nor contents tell which column is Chinese and which English.
    """
    listed = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not listed:
        raise InputError("the table is empty", f"its columns are {', '.join(COLUMNS)}", path=path)
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
        name = re.sub(r"[\s_-]+", "_", title.lower())
        known = name if name in COLUMNS else _ALIASES.get(name) or _language(title)
        if known and known in columns.values():
            known = "admitted" if known == "target" and "admitted" not in columns.values() else None
        if known:
            columns[number] = known
    return columns


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
            message = f"no column of ours is like column {called}: {filled} cells were left out"
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
        message = f"left out, for {'; '.join(wrong)}"
        table.problems.append(Problem(path, line, message, Severity.WARNING, "import"))
    else:
        table.rows.append(Row(term_of(row), path, line))


def _own_words(row: dict[str, str]) -> Iterable[str]:
    """Put a status and a kind of another tool in our words; what is unknown is told."""
    status = row["status"].lower()
    if status and status not in set(TermStatus):
        row["status"] = _STATUSES.get(status, TermStatus.PROPOSED).value
        if status not in _STATUSES:
            yield f"the status '{status}' is unknown: taken for proposed"
    else:
        row["status"] = status
    kind = row["kind"].lower()
    if kind and kind not in set(TermKind):
        row["kind"] = _KINDS.get(kind, TermKind.PHRASE).value
        if kind not in _KINDS:
            yield f"the kind '{kind}' is unknown: taken for a phrase"
    else:
        row["kind"] = kind


def _note(path: Path, line: int, message: str) -> Problem:
    return Problem(path, line, message, Severity.NOTE, "import")
