"""Where each element of a file stands in its characters, so that one can be changed and all else stays as it is.

The parser says what the elements are, and that the file is sound; then tags can be told from words by their looks
alone, for a file that declares entities is refused. The nth start tag is the nth element.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import InputError
from bilingual.formats.xliff.markup import value
from bilingual.safexml import parse

if TYPE_CHECKING:
    from lxml import etree

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
    r"|<(?P<end>/?)(?P<name>[^\s/>!?]+)(?P<rest>(?:[^>\"']+|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(slots=True)
class Place:
    """An element's start tag [start, inner), its content [inner, closing) and its end tag [closing, end)."""

    start: int
    inner: int
    closing: int = 0
    end: int = 0

    @property
    def empty(self) -> bool:
        """Whether it is one tag that closes itself."""
        return self.inner == self.closing == self.end


@dataclass(slots=True)
class _Change:
    """What becomes of an element: attributes (None takes one away), content, what is put before its end."""

    attributes: dict[str, str | None] = field(default_factory=dict)
    content: str | None = None
    appended: str = ""


class Page:
    """A file's characters and elements, and the changes wanted; `bytes` is the file with them.

    Raises InputError, as `safexml.parse` does, for a file that is not sound, and for one in an encoding that cannot be
    written back.
    """

    def __init__(self, data: bytes, path: Path | str | None = None) -> None:
        self.root = parse(data, path)
        self._mark, self._codec = _encoding(data, str(self.root.getroottree().docinfo.encoding or "utf-8"))
        try:
            self.text = data[len(self._mark) :].decode(self._codec)
            same = self.text.encode(self._codec) == data[len(self._mark) :]
        except (LookupError, UnicodeError):
            same = False
        if not same:
            raise InputError(f"its encoding, {self._codec}, cannot be written back", "save it as UTF-8", path=path)
        self._elements = [*self.root.iter("*")]  # held, for a place belongs to an object
        places = _places(self.text)
        if len(places) != len(self._elements):
            raise InputError("its elements cannot be told apart", "export it again", path=path)
        self._places = dict(zip(self._elements, places, strict=True))
        self._changes: dict[etree._Element, _Change] = {}
        self._inserted: list[tuple[int, str]] = []

    def place(self, element: etree._Element) -> Place:
        """Where an element stands."""
        return self._places[element]

    def markup(self, element: etree._Element) -> str:
        """An element as the file writes it."""
        place = self._places[element]
        return self.text[place.start : place.end]

    def tags(self, element: etree._Element) -> tuple[str, str]:
        """Its start tag and its end tag, as the file writes them."""
        place = self._places[element]
        if place.empty:
            tag = self.text[place.start : place.end]
            return f"{tag[:-2].rstrip()}>", f"</{tag[1:-2].split()[0]}>"
        return self.text[place.start : place.inner], self.text[place.closing : place.end]

    def indent(self, element: etree._Element) -> str:
        """The line break and the blanks before an element, if a line begins with it."""
        before = re.search(r"(?:\r?\n|\r)[ \t]*$", self.text[max(0, (at := self._places[element].start) - 200) : at])
        return before[0] if before else ""

    def set(self, element: etree._Element, attributes: Mapping[str, str | None]) -> None:
        """Give an element these attributes; None takes one away."""
        self._change(element).attributes.update(attributes)

    def fill(self, element: etree._Element, content: str) -> None:
        """Give an element this content, which is markup."""
        self._change(element).content = content

    def append(self, element: etree._Element, markup: str) -> None:
        """Put markup before an element's end."""
        self._change(element).appended += markup

    def before(self, element: etree._Element, markup: str) -> None:
        """Put markup before an element."""
        self._inserted.append((self._places[element].start, markup))

    def after(self, element: etree._Element, markup: str) -> None:
        """Put markup after an element; what is put there first stands first."""
        self._inserted.append((self._places[element].end, markup))

    def bytes(self) -> bytes:
        """The file with its changes, in its own encoding."""
        edits = [(at, at, markup) for at, markup in self._inserted]
        for element, change in self._changes.items():
            edits += self._edits(self._places[element], change)
        pieces, at = [], 0
        for start, end, markup in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.text[at:start], markup]
            at = end
        text = "".join(pieces) + self.text[at:]
        return self._mark + text.encode(self._codec, "xmlcharrefreplace")

    def _change(self, element: etree._Element) -> _Change:
        return self._changes.setdefault(element, _Change())

    def _edits(self, place: Place, change: _Change) -> Iterable[tuple[int, int, str]]:
        tag = self.text[place.start : place.inner]
        if place.empty and (change.content or change.appended):
            tag = f"{tag[:-2].rstrip()}>"
            content = (change.content or "") + change.appended
            return [(place.start, place.end, f"{_with(tag, change.attributes)}{content}</{tag[1:-1].split()[0]}>")]
        edits = [(place.start, place.inner, _with(tag, change.attributes))] if change.attributes else []
        if change.content is not None and not place.empty:
            edits.append((place.inner, place.closing, change.content + change.appended))
        elif change.appended:
            edits.append((place.closing, place.closing, change.appended))
        return edits


def _encoding(data: bytes, declared: str) -> tuple[bytes, str]:
    """The byte order mark a file begins with, and the name of its encoding."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return mark, codec
    if declared.upper() in {"UTF-16", "UTF-16LE", "UTF-16BE"}:
        return b"", "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    return b"", declared


def _places(text: str) -> list[Place]:
    places: list[Place] = []
    path: list[Place] = []
    for token in _TOKEN.finditer(text):
        if token["name"] is None:
            continue
        if token["end"]:
            place = path.pop()
            place.closing, place.end = token.span()
            continue
        place = Place(token.start(), token.end())
        places.append(place)
        if token["rest"].endswith("/"):
            place.closing = place.end = token.end()
        else:
            path.append(place)
    return places


def _with(tag: str, attributes: Mapping[str, str | None]) -> str:
    """A start tag with some attributes changed, taken away or added at its end; the others as they were."""
    left = dict(attributes)

    def change(found: re.Match[str]) -> str:
        if found[1] not in left:
            return found[0]
        new = left.pop(found[1])
        return "" if new is None else found[0][: found.start(2) - found.start()] + f'"{value(new)}"'

    done = _ATTRIBUTE.sub(change, tag)
    more = "".join(f' {name}="{value(text)}"' for name, text in left.items() if text is not None)
    at = len(done) - (2 if done.endswith("/>") else 1)
    at = len(done[:at].rstrip())
    return done[:at] + more + done[at:]
