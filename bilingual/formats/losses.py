"""What of a bitext stays behind when it is written in a format, as sentences a translator understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bilingual.bitext import Bitext, State, Unit

if TYPE_CHECKING:
    from bilingual.formats import Format

Count = Callable[[Unit], int]
COUNTED: tuple[tuple[str, str, str, Count], ...] = (
    ("state", "state of a unit", "states of units", lambda unit: unit.state is not State.NEW),
    ("locked", "lock", "locks", lambda unit: unit.locked),
    ("notes", "note", "notes", lambda unit: len(unit.notes)),
    ("candidates", "other proposal", "other proposals", lambda unit: len(unit.candidates)),
    ("origin", "note of who made a target", "notes of who made a target", lambda unit: unit.origin is not None),
    ("changed", "name and date of a change", "names and dates of changes", lambda unit: unit.changed is not None),
    ("terms", "use of a term", "uses of terms", lambda unit: len(unit.terms)),
    ("flags", "flag", "flags", lambda unit: len(unit.flags)),
    ("silenced", "finding put to rest", "findings put to rest", lambda unit: len(unit.silenced)),
    ("source_locators", "place in the source file", "places in the source file",
     lambda unit: len(unit.source_locators)),
    ("target_locators", "place in the target file", "places in the target file",
     lambda unit: len(unit.target_locators)),
    ("extra", "property of another tool", "properties of other tools", lambda unit: len(unit.extra)),
)  # fmt: skip
"""A unit's field, one and many of what it holds in a translator's words, and how many a unit has of it."""


def losses(bitext: Bitext, form: Format) -> list[str]:
    """A sentence for everything the bitext has and the format gives no place; what a format keeps only in part it tells
    itself when it writes."""
    partly: frozenset[str] = getattr(form, "partly", frozenset())
    lost = [(one, many, count) for name, one, many, count in COUNTED if name not in form.holds | partly]
    if words_only(form):
        lost.append(("inline code (bold, link …)", "inline codes (bold, links …)", _codes))
    told = []
    for one, many, count in lost:
        number = sum(map(count, bitext.units))
        if number:
            stay, what, them = ("stays", one, "it") if number == 1 else ("stay", many, "them")
            told.append(f"{number:,} {what} {stay} behind: {form.name.upper()} has no place for {them}")
    return told


def words_only(form: Format) -> bool:
    """Whether texts lose their inline codes in this format."""
    return bool(getattr(form, "words_only", False))


def _codes(unit: Unit) -> int:
    return len(unit.source.codes) + len(unit.target.codes)
