"""Which row counts where two say something of the same Chinese: within a table one too many, between tables the first.

A table is what was given as one: a file, or a folder of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingual.bitext import TermStatus
from bilingual.glossary.matching import normal_form
from bilingual.glossary.problems import Problem, Row, Severity, Table

_EVERYWHERE = {"always", "exact"}


def settle(table: Table) -> None:
    """Take out of `table` (rows in the order of their ranks) what a table before overrides, and tell contradictions.

    A row that holds everywhere settles its source for all tables after its own, one with a condition only for the
    same condition; a deprecated row too, so that a project can switch off what a general glossary has.
    """
    kept: list[Row] = []
    names: list[str] = []
    everywhere: dict[str, Row] = {}
    conditions: dict[tuple[str, str], Row] = {}
    for row, source in zip(table.rows, sources_of(table.rows), strict=True):
        when = row.term.when
        winner = _above(row, everywhere.get(source)) or _above(row, conditions.get((source, when)))
        if winner is not None:
            table.overridden.append((row, winner))
            table.problems.append(_told(row, winner))
            continue
        conditions.setdefault((source, when), row)
        if when in _EVERYWHERE:
            everywhere.setdefault(source, row)
        kept.append(row)
        names.append(source)
    table.rows = kept
    table.problems += _contradictions(kept, names)


def sources_of(rows: Sequence[Row]) -> list[str]:
    """The normal form of each row's source; all at once, which is faster than one by one."""
    return normal_form("\n".join(row.term.source for row in rows)).split("\n") if rows else []


def _above(row: Row, other: Row | None) -> Row | None:
    """`other` where it is of a table that goes before the row's."""
    return other if other is not None and other.rank < row.rank else None


def _told(row: Row, winner: Row) -> Problem:
    if winner.term.status is TermStatus.DEPRECATED:
        message = f"'{row.term.source}' is switched off by {winner.place}, where it is deprecated"
    elif winner.term.target == row.term.target:
        message = f"'{row.term.source}' is said by {winner.place} already"
    else:
        message = f"'{row.term.source}' = '{row.term.target}' is overridden by {winner.place}: '{winner.term.target}'"
    return Problem(row.path, row.line, message, Severity.NOTE, "overridden")


def _contradictions(rows: Sequence[Row], sources: Sequence[str]) -> Iterator[Problem]:
    """Rows that say what another of their own table says already, or the opposite of it."""
    by_id: dict[str, Row] = {}
    by_source: dict[tuple[str, str, int], Row] = {}
    for row, source in zip(rows, sources, strict=True):
        term = row.term
        key = (source, term.when, row.rank)
        other = row if term.status is TermStatus.DEPRECATED else by_source.setdefault(key, row)
        first = by_id.setdefault(term.id, row)
        if other is row:
            if first is not row:
                severity = Severity.ERROR if first.rank == row.rank else Severity.WARNING
                message = f"id '{term.id}' stands at {first.place} too – change one"
                yield Problem(row.path, row.line, message, severity, "id")
        elif other.term.target == term.target:
            message = f"'{term.source}' is a duplicate of {other.place} – delete one"
            yield Problem(row.path, row.line, message, Severity.ERROR, "duplicate")
        else:
            message = f"'{term.source}' is '{term.target}' here and '{other.term.target}' at {other.place} – keep one"
            yield Problem(row.path, row.line, message, Severity.ERROR, "contradiction")
