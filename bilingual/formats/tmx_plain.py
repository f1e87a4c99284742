"""The plain unit of a TMX file, as most in a memory are, read in one look at its characters; `tmx_reader` reads all
others step by step from the parser's elements.

The parser reads and judges every byte; what it has found good is looked at here a second time as text, in step with its
elements. That is safe only where a "<" can begin nothing but a tag: a file with a comment, an instruction or a CDATA
section after its first element, or in an encoding that is not UTF-8, is left to the elements altogether.

Half the time of reading would go into making frozen nouns: their own initialiser sets each field by its name. Here a
twin with the same fields is filled in, and then becomes the noun; the noun's own promises hold from there on.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, BinaryIO

from bilingual.bitext import Change, Note, NoteKind, Origin, OriginKind, Span, State, Text, Unit
from bilingual.formats.tmx_names import PREFIX, iso_date
from bilingual.serial import loads

Facts = tuple[State, Origin | None, tuple[Note, ...]]

KEPT = 1024
"""How many sets of facts, and origins, are remembered."""

LONGEST = 8 << 20
"""How many characters may wait for their element; what is longer is no plain unit."""

STATES = {state.value: state for state in State}
NOWHERE = Span(0, 0)
_OURS = frozenset(f"{PREFIX}{name}" for name in ("state", "origin", "origin-name", "origin-score"))
NOTE = {f"{PREFIX}note-{field}": field for field in ("author", "when", "kind", "answered")}
"""The properties that stand after a note and say more of it."""

_PROLOG = re.compile(
    r"""\ufeff?(<\?xml\ version=(["'])1\.0\2(\ encoding=(["'])(UTF|utf)-8\4)?\s*\?>)?\s*
    (<!DOCTYPE\ [^<>\[\]]*>)?\s*(?=<tmx[ \n>])""",
    re.VERBOSE,
)
_FACT = r'<(?:note|prop[ ]type="[^"<\n\t]*+")>[^<]*+</(?:note|prop)>\n?+[ ]*+'
_UNIT = re.compile(
    rf"""[ \n]*+<tu\ tuid="([^"<\n\t]++)">\n?+[ ]*+((?:{_FACT})*+)
    <tuv\ xml:lang="([^"<\n\t]++)"><seg>([^<]*+)</seg></tuv>\n?+[ ]*+
    <tuv\ xml:lang="([^"<\n\t]++)"(?:\ changedate="([^"<\n\t]*+)"\ changeid="([^"<\n\t]*+)")?+
    (?:\ creationid="([^"<\n\t]*+)")?+>
    <seg>([^<]*+)</seg></tuv>\n?+[ ]*+</tu>""",
    re.VERBOSE,
)
_TOLD = re.compile(r'<(note|prop)(?: type="([^"]*)")?>([^<]*)</')
_OPENED = re.compile(r"[ \n]*<tu[\s>]")
_UNSURE = re.compile(r"<(?:[!?]|(?:[^\s<>]*:)?tu[\s/>])")
"""What within a <tu>, or before the first, may end where it seems not to: a comment or the like, another <tu>."""

_OTHER = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)")


class _Text:
    __slots__ = tuple(field.name for field in fields(Text))


class _Change:
    __slots__ = tuple(field.name for field in fields(Change))


class _Unit:
    __slots__ = tuple(field.name for field in fields(Unit))


_TOLD_OF = frozenset({"id", "block", "source", "target", "changed", "state", "origin", "notes"})
_DEFAULTS = tuple((field.name, field.default) for field in fields(Unit) if field.name not in _TOLD_OF)
"""The fields of which a plain unit says nothing."""


class PlainUnits(io.RawIOBase):
    """A TMX file as its parser reads it, and the plain units in what has been read.

    For each <tu> the parser has found, in turn: `unit`, and `past` where that gives none.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder: Any = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = -1
        """Where the next <tu> begins; below 0 before the first, and when there is no more to be had."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the file."""
        data = self._stream.read(size)
        if self._decoder:
            try:
                text = self._text[max(self._at, 0) :] + self._decoder.decode(data)
            except UnicodeDecodeError:
                self._stop()
                return data
            self._text = text.replace("\r\n", "\n") if "\r" in text else text
            self._at = min(self._at, 0)
            if len(text) > LONGEST or "\r" in self._text[:-1]:
                self._stop()
        return data

    def unit(self, source: str, target: str) -> Unit | None:
        """The unit in this <tu>, if it has an id, a state, an origin, notes, and two texts without codes in the
        languages given, of which a person may have changed the second; None where there is more in it, or less.
        """
        if self._at < 0:
            return None
        found = _UNIT.match(self._text, self._at)
        if not found:
            return None
        name, told, first_language, first, second_language, when, by, maker, second = found.groups()
        if first_language != source or second_language != target:
            return None
        if "&" in found[0]:
            if _OTHER.search(found[0]):
                return None
            name, first, second = _said(name), _said(first), _said(second)
            when, by, maker = by and _said(when), by and _said(by), maker and _said(maker)
        facts = _facts(told)
        if facts is None or (maker is not None and not made_by(maker, facts[1])):
            return None
        self._at = found.end()
        return _unit(name, _text(first), _text(second), None if by is None else _change(by, iso_date(when)), facts)

    def past(self) -> None:
        """Leave this <tu> behind."""
        if self._at < 0 and self._decoder:
            self._begin()
        if self._at >= 0:
            end = self._text.find("</tu>", self._at)
            opened = _OPENED.match(self._text, self._at)
            if not opened or end < 0 or _UNSURE.search(self._text, opened.end(), end):
                self._stop()
            else:
                self._at = end + len("</tu>")

    def _begin(self) -> None:
        """Find the first <tu>, where the file is one that may be read as text."""
        prolog, body = _PROLOG.match(self._text), self._text.find("<body>")
        if prolog and body > 0 and not _UNSURE.search(self._text, prolog.end(), body):
            self._at = body + len("<body>")
        else:
            self._stop()

    def _stop(self) -> None:
        self._text, self._at, self._decoder = "", -1, None


def _said(text: str) -> str:
    """A text as XML spells it, without its five characters with a name."""
    if "&" not in text:
        return text
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", character)
    return text


def _unit(name: str, source: Text, target: Text, changed: Change | None, facts: Facts) -> Unit:
    made: Any = _Unit()
    made.id, made.block, made.source, made.target, made.changed = name, "", source, target, changed
    made.state, made.origin, made.notes = facts
    for field, default in _DEFAULTS:
        setattr(made, field, default)
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
def _facts(spelled: str) -> Facts | None:
    """State, origin and notes in the elements before the variants; None where anything else is told."""
    ours: dict[str, str] = {}
    notes: list[Note] = []
    for tag, *told in _TOLD.findall(spelled):
        name, text = map(_said, told)
        if tag == "note":
            notes.append(Note(text))
        elif name in NOTE and notes:
            notes[-1] = noted(notes[-1], name, text)
        elif name in _OURS and name not in ours:
            ours[name] = text
        else:
            return None
    state = ours.get(f"{PREFIX}state")
    return None if state is None else (STATES.get(state) or State(state), origin(ours), tuple(notes))


def made_by(maker: str, origin: Origin | None) -> bool:
    """Whether the origin says by itself that this person made the target."""
    return origin is not None and origin.kind is OriginKind.PERSON and origin.name == maker


def noted(note: Note, name: str, value: str) -> Note:
    """A note with what a property that stands after it says of it."""
    field = NOTE[name]
    said: Any = NoteKind(value) if field == "kind" else value == "yes" if field == "answered" else value
    return replace(note, **{field: said})


def origin(ours: dict[str, str]) -> Origin | None:
    """Who made the target, by the properties of ours that a unit has; None where they do not say."""
    kind = ours.get(f"{PREFIX}origin")
    if kind is None:
        return None
    return _origin_of(kind, ours.get(f"{PREFIX}origin-name", ""), ours.get(f"{PREFIX}origin-score"))


@lru_cache(maxsize=KEPT)
def _origin_of(kind: str, name: str, score: str | None) -> Origin:
    return Origin(OriginKind(kind), name, loads(float, score) if score else None)
