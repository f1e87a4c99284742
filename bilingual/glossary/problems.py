"""What a check of a glossary says, and of what: findings with their severity, rows with their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bilingual.bitext import Term


class Severity(StrEnum):
    """How bad a finding is: an error must be mended, a warning looked at, a note is only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where, what, how bad; `check` is the name of what found it, by which it can be left out."""

    path: Path
    line: int
    message: str
    severity: Severity = Severity.ERROR
    check: str = "row"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A term and where it stands. `rank` counts the tables in the order they were given: the lower goes first."""

    term: Term
    path: Path
    line: int
    rank: int = 0

    @property
    def place(self) -> str:
        """File and line, as messages name them."""
        return f"{self.path}:{self.line}"


@dataclass(slots=True)
class Table:
    """What one or more files gave: the rows that can be used and the problems of the rest.

    `overridden` are rows whose source a table given before has settled already, each with the row that settles it;
    they are not among `rows`.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    overridden: list[tuple[Row, Row]] = field(default_factory=list)
