"""What does a stretch of inline markup say, which codes stand in it, and which part of the page is its place?

White space reads as a browser shows it: a run is one space, none at the edges and around a line break, and a wrapped
line is none beside a Chinese character. What encloses all of the text, and what stands before or after all of it and
shows nothing, is not of the text: it stays where it is in the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bilingual import safexml
from bilingual.bitext import Code, Flag, FlagKind, Span, Text
from bilingual.codes import uncrossed

Place = tuple[int, int]
"""Half-open, in the page."""

BLANK = re.compile("([ \t\n\r\f\v\x85\xa0\u2002-\u200a\u2028\u2029\u202f\u205f]+)")
BLANK_WRITTEN = " \t\n\r\f"
INVISIBLE = re.compile("[\u200b\ufeff\xad]")
INDENT = "\u3000"
WIDE_MARKS = frozenset("“”‘’…—·")
"""Marks that Chinese sets as wide as its characters, though their code points are small."""

DEEPEST = 48
"""How deep pairs may lie in each other; what lies deeper counts as lone codes."""


class Item(NamedTuple):
    """A part of a run: "text", "verbatim" (text whose blanks count), "cdata", "open", "close", "empty", "nothing" (what
    shows nothing). An open tag and its close share `pair`, which nothing else in the page has."""

    kind: str
    start: int
    end: int
    pair: int
    type: str = ""
    href: str = ""


TEXTS = frozenset({"text", "verbatim", "cdata"})


@dataclass(frozen=True, slots=True)
class Run:
    """What a run says: its text, its place in the page, where each of its codes (by id and kind) stands there (one that
    is only implied is empty), and doubts."""

    text: Text
    place: Place
    codes: dict[tuple[str, str], Place]
    flags: tuple[Flag, ...] = ()


def run_of(page: str, items: Sequence[Item]) -> Run | None:
    """What the items, which follow each other in the page, say; None where that is nothing."""
    solid = [at for at, item in enumerate(items) if _is_solid(page, item)]
    if not any(items[at].kind in TEXTS for at in solid):
        return None
    kept = _kept(items, solid[0], solid[-1])
    place = _place(page, kept)
    builder = _Builder()
    ids: dict[int, str] = {}
    places: dict[tuple[str, str], Place] = {}
    for item in _paired(kept):
        if item.kind in TEXTS:
            builder.say(_shown(page, item), verbatim=item.kind == "verbatim")
            continue
        name = ids.setdefault(item.pair if item.kind != "empty" else -1 - item.start, str(len(ids) + 1))
        places[name, item.kind] = (item.start, item.end)
        builder.put(Code(0, name, item.kind, page[item.start : item.end], item.type, item.href))
    text = builder.text()
    return Run(text, place, places, builder.flags(text.string)) if text.string else None


def said(raw: str) -> str:
    """What text says as it is written in the page, entities resolved, blanks as they are."""
    return html.unescape(raw) if "&" in raw else raw


def is_blank(raw: str) -> bool:
    """Whether text, as it is written in the page, shows nothing."""
    return raw.isspace() or not BLANK.sub("", INVISIBLE.sub("", said(raw))).strip(INDENT)


def _is_solid(page: str, item: Item) -> bool:
    """Whether something of it is to be seen."""
    if item.kind in TEXTS:
        return item.kind == "cdata" or not is_blank(page[item.start : item.end])
    return item.kind == "empty" and item.type != "lb"


def _shown(page: str, item: Item) -> str:
    raw = page[item.start : item.end]
    raw = raw.removeprefix("<![CDATA[").removesuffix("]]>") if item.kind == "cdata" else said(raw)
    seen = INVISIBLE.sub("", raw)
    return BLANK.sub(lambda blanks: " " * len(blanks[0]), seen) if item.kind == "verbatim" else seen


def _kept(items: Sequence[Item], first: int, last: int) -> Sequence[Item]:
    """The items without those at either end that show nothing or enclose all that is shown."""
    opened = {item.pair: at for at, item in enumerate(items) if item.kind == "open"}
    closed = {item.pair: at for at, item in enumerate(items) if item.kind == "close"}
    start = 0
    while start < first:
        item = items[start]
        end = closed.get(item.pair, -1) if item.kind == "open" else -1
        if first < end <= last:
            break
        start = end + 1 if start < end < first else start + 1
    stop = len(items) - 1
    while stop > last:
        item = items[stop]
        begin = opened.get(item.pair, -1) if item.kind == "close" else -1
        if start <= begin < last:
            break
        stop = begin - 1 if begin > last else stop - 1
    return items[start : stop + 1]


def _place(page: str, items: Sequence[Item]) -> Place:
    """From the first item to the last; the white space at the edges stays outside."""
    start, end = items[0].start, items[-1].end
    if items[0].kind in TEXTS:
        start = items[0].end - len(page[start : items[0].end].lstrip(BLANK_WRITTEN))
    if items[-1].kind in TEXTS:
        end = items[-1].start + len(page[items[-1].start : end].rstrip(BLANK_WRITTEN))
    return start, end


def _paired(items: Sequence[Item]) -> list[Item]:
    """The items, each pair whole: what was opened or closed outside gets an empty partner at the edge; what lies too
    deep, and what shows nothing, is lone."""
    opened = {item.pair for item in items if item.kind == "open"}
    closed = {item.pair for item in items if item.kind == "close"}
    before = [i._replace(kind="open", end=i.start) for i in items if i.kind == "close" and i.pair not in opened]
    after = [i._replace(kind="close", start=i.end) for i in items if i.kind == "open" and i.pair not in closed]
    deep: set[int] = set()
    depth = 0
    for item in (*reversed(before), *items):
        depth += (item.kind == "open") - (item.kind == "close")
        if item.kind == "open" and depth > DEEPEST:
            deep.add(item.pair)
    whole = [*reversed(before), *items, *reversed(after)]
    lone = [i._replace(kind="empty") if i.pair in deep or i.kind == "nothing" else i for i in whole]
    return [item for item in lone if item.kind != "empty" or item.start < item.end]


class _Builder:
    """Puts a text together: blanks are settled when it is known what stands on both sides of them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._codes: list[Code] = []
        self._waiting: list[Code] = []
        self._gap = ""
        self._broken = False
        self._removed = ""

    def say(self, string: str, *, verbatim: bool) -> None:
        """Add text; the blanks of `verbatim` text count, except at the edges and around line breaks."""
        string, removed = safexml.clean(string)
        self._removed += removed
        pieces = [string.strip(" ")] if verbatim else BLANK.split(string)
        if verbatim and string.startswith(" "):
            self._gap = self._gap or " "
        for at, piece in enumerate(pieces):
            if at % 2:
                self._gap = "\n" if "\n" in piece or self._gap == "\n" else " "
            elif piece:
                self._add(piece)
        if verbatim and string.endswith(" "):
            self._gap = self._gap or " "

    def put(self, code: Code) -> None:
        """Add a code."""
        self._broken = self._broken or code.type == "lb"
        if self._gap or self._broken:
            self._waiting.append(code)
        else:
            self._codes.append(replace(code, position=self._length))

    def text(self) -> Text:
        """All of it."""
        whole = "".join(self._parts)
        string = whole.rstrip(INDENT)
        codes = [*self._codes, *(replace(code, position=len(string)) for code in self._waiting)]
        if len(string) < len(whole):
            codes = [replace(code, position=min(code.position, len(string))) for code in codes]
        return Text(string, uncrossed(codes))

    def flags(self, string: str) -> tuple[Flag, ...]:
        """Doubts about the characters."""
        reason = f"control characters left out: {safexml.names(self._removed)}"
        flags = [Flag(FlagKind.CHARACTERS, reason)] if self._removed else []
        for found in re.finditer("\ufffd+", string):
            lost = "the file has U+FFFD here, a character lost before it came to us"
            flags.append(Flag(FlagKind.CHARACTERS, lost, Span(*found.span())))
        return tuple(flags)

    def _add(self, piece: str) -> None:
        if not self._length or self._broken:
            piece = piece.lstrip(INDENT)
        if not piece:
            return
        if self._length and _spaced(self._parts[-1][-1], piece[0], self._gap, broken=self._broken):
            self._parts.append(" ")
            self._length += 1
        self._codes += [replace(code, position=self._length) for code in self._waiting]
        self._waiting.clear()
        self._gap, self._broken = "", False
        self._parts.append(piece)
        self._length += len(piece)


def _spaced(left: str, right: str, gap: str, *, broken: bool) -> bool:
    """Whether what stands between the two characters (blanks, a line break) reads as a space."""
    if broken or gap == "\n":
        return not (_wide(left) or _wide(right))
    return bool(gap)


def _wide(character: str) -> bool:
    return character >= "\u2e80" or character in WIDE_MARKS
