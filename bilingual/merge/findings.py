"""What a merge finds and does, in the words of those who read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What became of a row. The first group changes the store, the second waits for a person, the third is told."""

    WORDS = "new words"
    STATE = "new state"
    LOCK = "locked or unlocked"
    NOTE = "new note"
    SPLIT = "split"
    JOINED = "joined"

    CONFLICT = "conflict"

    EMPTIED = "emptied, not taken"
    LOOKS = "only quotes, widths or spaces differ, not taken"
    DAMAGED = "letters or figures lost by the program that saved the file, not taken"
    OLDER = "an older version, not taken"
    REFUSED = "not taken"
    STATES = "another state, not taken (many differ, as in a file that says no states)"
    SOURCE = "source touched, left as it is"
    REPEATED = "repeated sentence"
    MISSING = "not in the file, left as it is"
    UNKNOWN = "not in the document"


CHANGES = (What.WORDS, What.STATE, What.LOCK, What.NOTE, What.SPLIT, What.JOINED)
"""What changes the store."""

LEFT = (What.EMPTIED, What.LOOKS, What.DAMAGED, What.OLDER, What.REFUSED, What.STATES, What.UNKNOWN)
"""What of the file did not come home, for a reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one row: the unit's id and source, its words before and after, and what else is to be said."""

    what: What
    unit: str
    source: str
    before: str = ""
    after: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants a merge done. `by` and `when` sign it; `prefer` settles conflicts: "file", "store", or
    neither; `empty` takes emptied targets, `exact` differences of quotes, widths and spaces too."""

    by: str
    when: str
    prefer: str = ""
    empty: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merge did, or would do: the document, the step to undo it by (None where nothing changed), the findings
    in the order of the page, how many rows the file has, and the SHA-256 of the bytes that were merged."""

    file: str
    sha256: str
    name: str
    step: int | None
    rows: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing of what the file says is left outside."""
        return not any(finding.what in {*LEFT, What.CONFLICT} for finding in self.findings)

    def count(self, what: What) -> int:
        """How many findings are of one kind."""
        return sum(finding.what is what for finding in self.findings)
