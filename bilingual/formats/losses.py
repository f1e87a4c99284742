"""What of a bitext stays behind when it is written in a format, as sentences a translator understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bilingual.bitext import Bitext, NoteKind, State, Unit

if TYPE_CHECKING:
    from bilingual.formats import Format

Count = Callable[[Unit], int]


class Kind(NamedTuple):
    """A field of a unit, one and many of what it holds in a translator's words, and how many a unit has of it."""

    field: str
    one: str
    many: str
    count: Count


PERSONS = (
    Kind("state", "state of a unit", "states of units", lambda unit: unit.state is not State.NEW),
    Kind("locked", "lock", "locks", lambda unit: unit.locked),
    Kind("notes", "note", "notes", lambda unit: len(unit.notes)),
    Kind("changed", "name and date of a change", "names and dates of changes", lambda unit: unit.changed is not None),
    Kind(
        "original",
        "source as it was before its correction",
        "sources as they were before their correction",
        lambda unit: unit.original is not None,
    ),
    Kind("silenced", "finding put to rest", "findings put to rest", lambda unit: len(unit.silenced)),
    Kind("extra", "property of another tool", "properties of other tools", lambda unit: len(unit.extra)),
)
"""What people or other tools have put there: each is told by itself."""

MACHINES = (
    Kind("candidates", "proposal", "proposals", lambda unit: len(unit.candidates)),
    Kind("origin", "origin of a target", "origins of targets", lambda unit: unit.origin is not None),
    Kind("terms", "use of a term", "uses of terms", lambda unit: len(unit.terms)),
    Kind("flags", "flag", "flags", lambda unit: len(unit.flags)),
    Kind("source_locators", "place in the source", "places in the source", lambda unit: len(unit.source_locators)),
    Kind("target_locators", "place in the target", "places in the target", lambda unit: len(unit.target_locators)),
)
"""What the program can find again: told in one sentence."""

CODES = Kind("codes", "inline code (bold, a link …)", "inline codes (bold, links …)",
             lambda unit: len(unit.source.codes) + len(unit.target.codes))  # fmt: skip


QUERIES = Kind("notes", "mark of a query among the notes", "marks of queries among the notes",
               lambda unit: sum(note.kind is not NoteKind.NOTE for note in unit.notes))  # fmt: skip


def losses(bitext: Bitext, form: Format) -> list[str]:
    """A sentence for everything the bitext has and the format gives no place; what a format keeps only in part it tells
    itself when it writes."""
    told = []
    for kinds in [*((kind,) for kind in (*PERSONS, QUERIES, CODES)), MACHINES]:
        counted = [(sum(map(kind.count, bitext.units)), kind) for kind in kinds if _lost(kind, form)]
        parts = [f"{number:,} {kind.one if number == 1 else kind.many}" for number, kind in counted if number]
        if parts:
            one = len(parts) == 1 and parts[0].startswith("1 ")
            ends = "stays behind: {} has no place for it" if one else "stay behind: {} has no place for them"
            told.append(f"{_listed(parts)} {ends.format(form.name.upper())}")
    return told


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def words_only(form: Format) -> bool:
    """Whether texts lose their inline codes in this format."""
    return bool(getattr(form, "words_only", False))


def _lost(kind: Kind, form: Format) -> bool:
    partly: frozenset[str] = getattr(form, "partly", frozenset())
    if kind is QUERIES:
        return bool(getattr(form, "plain_notes", False))
    return words_only(form) if kind is CODES else kind.field not in form.holds | partly
