"""What XLIFF has no place for, kept beside the unit as JSON; where the file's own words say otherwise, they win."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bilingual.bitext import Note, OriginKind, State, Text, Unit
from bilingual.formats.xliff.names import DRAFT2, QUALIFIERS, SDL_ORIGINS, STATES, WORDS
from bilingual.formats.xliff.spelling import echo
from bilingual.safexml import clean
from bilingual.serial import dumps, loads

NOTHING = Text("")


def packed(unit: Unit, version: str) -> str:
    """The unit as JSON: its texts only where they would not come back exactly from the markup."""
    source, target = echo(version, unit.source, unit.target)
    return dumps(
        replace(
            unit,
            source=NOTHING if source == unit.source else unit.source,
            target=NOTHING if target == unit.target else unit.target,
        )
    )


def unpacked(text: str, seen: Unit, dialect: str) -> Unit:
    """The unit as we kept it, with what was changed in the file since; ValueError where `text` is no unit."""
    kept = loads(Unit, text)
    version = "2" if dialect == "2" else "1"
    if kept.source != NOTHING or kept.target != NOTHING:
        source, target = echo(  # the names of the target's codes depend on those of the source
            version,
            seen.source if kept.source == NOTHING else kept.source,
            seen.target if kept.target == NOTHING else kept.target,
        )
        seen = replace(
            seen,
            source=kept.source if kept.source != NOTHING and source == seen.source else seen.source,
            target=kept.target if kept.target != NOTHING and target == seen.target else seen.target,
        )
    return replace(
        kept,
        source=seen.source,
        target=seen.target,
        state=kept.state if STATES[dialect].get(word_of(kept, dialect)) == seen.state else seen.state,
        locked=seen.locked,
        origin=kept.origin if _origin(kept, dialect) == (seen.origin and seen.origin.kind) else seen.origin,
        notes=kept.notes if _said(kept.notes) == _said(seen.notes) else _known(kept.notes, seen.notes),
        candidates=kept.candidates if _offered(kept) == _offered(seen) else seen.candidates,
    )


def word_of(unit: Unit, dialect: str) -> str:
    """The word for a unit's state, in lower case, as STATES has it."""
    word = WORDS[dialect][unit.state].lower()
    return f"{word} {DRAFT2}" if dialect == "2" and unit.state is State.DRAFT else word


def _origin(unit: Unit, dialect: str) -> OriginKind | None:
    """The kind of origin that the dialect's own words tell of a unit."""
    kind = unit.origin.kind if unit.origin else None
    if dialect == "2" or kind is None:
        return None
    return kind if kind in (SDL_ORIGINS if dialect == "sdl" else QUALIFIERS) else None


def _known(kept: Iterable[Note], seen: Iterable[Note]) -> tuple[Note, ...]:
    """The notes of the file, those we kept with all we know of them."""
    ours = {clean(note.text)[0]: note for note in kept}
    return tuple(ours.get(clean(note.text)[0], note) for note in seen)


def _said(notes: Iterable[Note]) -> list[str]:
    return [clean(note.text)[0] for note in notes]


def _offered(unit: Unit) -> list[str]:
    return [clean(candidate.target.string)[0] for candidate in unit.candidates]
