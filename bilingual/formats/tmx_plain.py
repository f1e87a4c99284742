"""The plain unit of a TMX file, as most in a memory are, read in one look; `tmx_reader` reads all others step by step.

Half the time of reading would go into making frozen nouns: their own initialiser sets each field by its name. Here a
twin with the same fields is filled in, and then becomes the noun; the noun's own promises hold from there on.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

from bilingual.bitext import Change, Note, Origin, OriginKind, Span, State, Text, Unit
from bilingual.formats.tmx_names import PREFIX, iso_date
from bilingual.serial import loads

Attributes = list[tuple[str, str]]
Facts = tuple[State, Origin | None, tuple[Note, ...]]

KEPT = 1024
"""How many sets of facts, and origins, are remembered."""

STATES = {state.value: state for state in State}
NOWHERE = Span(0, 0)
_OURS = frozenset(f"{PREFIX}{name}" for name in ("state", "origin", "origin-name", "origin-score"))
NOTE = frozenset({f"{PREFIX}note-author", f"{PREFIX}note-when"})


class _Text:
    __slots__ = tuple(field.name for field in fields(Text))


class _Change:
    __slots__ = tuple(field.name for field in fields(Change))


class _Unit:
    __slots__ = tuple(field.name for field in fields(Unit))


def plain_unit(tu: Any, source_is: Attributes, target_is: Attributes) -> Unit | None:
    """The unit in a <tu> with an id, a state, an origin, notes, and two texts without codes, of which a person may
    have changed the target; None where there is more in it, or less. `source_is` and `target_is` are the attributes
    with which its variants begin.
    """
    told, children = tu.items(), tu[:]
    if len(told) != 1 or told[0][0] != "tuid" or len(children) < 2:
        return None
    *before, source, target = children
    if source.tag != "tuv" or source.items() != source_is or target.tag != "tuv":
        return None
    attributes = target.items()
    if attributes[:1] != target_is:
        return None
    changed = None
    if len(attributes) != 1:
        if len(attributes) != 3 or attributes[1][0] != "changedate" or attributes[2][0] != "changeid":
            return None
        changed = _change(attributes[2][1], iso_date(attributes[1][1]))
    facts = _facts(tuple([(child.tag, child.text, *child.items()) for child in before]))
    first, second = _words(source), _words(target)
    if facts is None or first is None or second is None or not told[0][1]:
        return None
    return _unit(told[0][1], first, second, changed, facts)


def _words(variant: Any) -> str | None:
    """The text of a variant that holds a segment without codes, and nothing else."""
    if len(variant) != 1:
        return None
    segment = variant[0]
    return segment.text or "" if segment.tag == "seg" and not len(segment) else None


def _unit(name: str, source: str, target: str, changed: Change | None, facts: Facts) -> Unit:
    made: Any = _Unit()
    made.id, made.block, made.span, made.locked, made.changed = name, "", NOWHERE, False, changed
    made.source, made.target = _text(source), _text(target)
    made.state, made.origin, made.notes = facts
    made.candidates = made.terms = made.flags = made.silenced = ()
    made.source_locators = made.target_locators = made.extra = ()
    made.__class__ = Unit
    whole: Unit = made
    return whole


def _text(string: str) -> Text:
    made: Any = _Text()
    made.string, made.codes, made.__class__ = string, (), Text
    whole: Text = made
    return whole


def _change(by: str, when: str) -> Change:
    made: Any = _Change()
    made.by, made.when, made.__class__ = by, when, Change
    whole: Change = made
    return whole


@lru_cache(maxsize=KEPT)
def _facts(children: tuple[tuple[Any, ...], ...]) -> Facts | None:
    """State, origin and notes in the name, the text and the attributes of each element before the variants; None
    where anything else is told."""
    ours: dict[str, str] = {}
    notes: list[Note] = []
    for tag, text, *attributes in children:
        name = attributes[0][1] if len(attributes) == 1 and attributes[0][0] == "type" else ""
        if tag == "note" and not attributes:
            notes.append(Note(text or ""))
        elif tag != "prop" or name in ours:
            return None
        elif name in _OURS:
            ours[name] = text or ""
        elif name in NOTE and notes:
            notes[-1] = noted(notes[-1], name, text or "")
        else:
            return None
    state = ours.get(f"{PREFIX}state")
    return None if state is None else (STATES.get(state) or State(state), origin(ours), tuple(notes))


def noted(note: Note, name: str, value: str) -> Note:
    """A note with what a property that stands after it says of it."""
    return Note(note.text, value, note.when) if name == f"{PREFIX}note-author" else Note(note.text, note.author, value)


def origin(ours: dict[str, str]) -> Origin | None:
    """Who made the target, by the properties of ours that a unit has; None where they do not say."""
    kind = ours.get(f"{PREFIX}origin")
    if kind is None:
        return None
    return _origin_of(kind, ours.get(f"{PREFIX}origin-name", ""), ours.get(f"{PREFIX}origin-score"))


@lru_cache(maxsize=KEPT)
def _origin_of(kind: str, name: str, score: str | None) -> Origin:
    return Origin(OriginKind(kind), name, loads(float, score) if score else None)
