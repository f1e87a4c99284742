"""Which blocks of text does a page hold, in the order of the file, and where in it does each stand?

A page is walked once over its tokens, with a stack of the open block elements that follows the standard's rules for end
tags that were left out. No tree is built: every block knows its exact place in the page, so that its line can be told
and its words exchanged while all else stays as it is, character for character. Reading and writing share this walk.

Blocks are: the title; headings, list items, cells, captions and paragraphs; each stretch of loose text; the text in
`pre` between blank lines (its line breaks are codes), unless it is in `code` or not Chinese; and what people read in
attributes (alt, title, placeholder, aria-label, the label of a button, the page's description in `meta`): each as a
note right after the block it stands in, and only where it is Chinese. Two line breaks in a row end a block. Not read,
and kept as they are: scripts, styles, vector graphics and formulas, what is hidden, and what says `translate="no"`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bilingual.bitext import Flag, FlagKind, Kind, Text
from bilingual.chinese import has_chinese
from bilingual.documents.kinds import own_kind
from bilingual.documents.web import elements
from bilingual.documents.web.grid import Grid
from bilingual.documents.web.inline import TEXTS, Item, Place, is_blank, run_of, said
from bilingual.documents.web.lists import Mark
from bilingual.documents.web.stack import Context, Stack
from bilingual.documents.web.tags import Attribute, Token, attributes, tokens

LINE_END = re.compile("(?:\r\n|\r|\n)[ \t\u3000\xa0]*")
NOTE_MARK = re.compile(r"\s*[\[(（〔【]?\s*(?:注\s*)?(?:\d{1,4}|[a-z*†‡①-⑳ivx]{1,4})\s*[\])）〕】]?\s*")
BETWEEN_LINKS = re.compile(r"[\s|｜/\\>»›·•\xa0\u3000-]*")


@dataclass(slots=True)
class Slot:
    """A place for a text in the page: [start, end) is what it replaces, `codes` says where each of its codes stands.

    `form`: "text"; or, of an attribute, the quotation mark around it or "bare" where it has none. `mark`: of an item.
    """

    kind: Kind
    level: int
    text: Text
    start: int
    end: int
    codes: dict[tuple[str, str], Place]
    form: str = "text"
    cell: str = ""
    grid: Grid | None = None
    flags: tuple[Flag, ...] = ()
    mark: Mark | None = None


@dataclass(slots=True)
class Page:
    """A page in its parts: what it is made of, the slots for its texts, doubts about it, and which of the tokens belong
    to what is not read."""

    text: str
    tokens: list[Token]
    slots: list[Slot]
    flags: tuple[Flag, ...]
    unread: frozenset[int]


def page_of(text: str, *, xml: bool = False, titled: bool = True) -> Page:
    """The page in `text`; `xml` says that it is XML, `titled` whether its title is to be read."""
    walk = _Walk(text, [*tokens(text, xml=xml)], titled)
    walk.run()
    _settle_tables(walk.slots)
    return Page(text, walk.tokens, walk.slots, _unfinished(text, walk.tokens), frozenset(walk.unread))


def _unfinished(text: str, found: list[Token]) -> tuple[Flag, ...]:
    """A doubt where the page ends inside a comment or a tag: what this swallows is not shown."""
    last = found[-1] if found else None
    if last is None or last.kind != "comment" or text[last.start : last.end].endswith(">"):
        return ()
    line = text.count("\n", 0, last.start) + 1
    lost = "a comment that is never closed" if text.startswith("<!--", last.start) else "a tag that is never closed"
    return (Flag(FlagKind.SOURCE, f"line {line}: {lost} swallows the rest of the page"),)


def _settle_tables(slots: list[Slot]) -> None:
    """Number the tables of data; what stands in tables that only arrange the page stands in no cell."""
    numbers: dict[int, int] = {}
    for slot in slots:
        if slot.grid is None:
            continue
        if slot.grid.layout:
            slot.cell, slot.grid = "", None
            if slot.kind is Kind.CELL:
                slot.kind = plain_kind(slot.text.string)
            continue
        number = numbers.setdefault(id(slot.grid), len(numbers) + 1)
        slot.cell = slot.cell if number == 1 else f"{number}:{slot.cell}"


def plain_kind(string: str) -> Kind:
    """What a paragraph says it is; a list it would have to be in the markup's own words."""
    kind = own_kind(string)
    return Kind.PARAGRAPH if kind is Kind.LIST_ITEM else kind


def _mates(found: list[Token]) -> dict[int, int]:
    """For each inline start tag its end tag, for each end tag its start tag, as far as there is one."""
    opened: dict[str, list[int]] = {}
    mates: dict[int, int] = {}
    for at, token in enumerate(found):
        if token.kind == "open" and token.name not in elements.VOID:
            opened.setdefault(token.name, []).append(at)
        elif token.kind == "close" and opened.get(token.name):
            start = opened[token.name].pop()
            mates[start], mates[at] = at, start
    return mates


class _Walk:
    """One pass over a page."""

    def __init__(self, text: str, found: list[Token], titled: bool) -> None:
        self.text = text
        self.tokens = found
        self.slots: list[Slot] = []
        self.unread: set[int] = set()
        self._mates = _mates(found)
        self._stack = Stack(titled=titled)
        self._items: list[Item] = []
        self._spoken: list[Slot] = []
        self._after_break = False

    def run(self) -> None:
        """Find the slots."""
        at = 0
        while at < len(self.tokens):
            at = self._take(at)
        self._flush()

    def _take(self, at: int) -> int:
        """Read the token at `at`; the number of the next one to be read."""
        token = self.tokens[at]
        if self._stack.top.unread:
            self.unread.add(at)
        if token.kind == "comment":
            self._items.append(Item("nothing", token.start, token.end, at))
        elif token.kind in {"text", "cdata", "raw"}:
            self._text(at, token)
        elif token.name in elements.BLOCK:
            self._flush()
            self._block(token)
        elif token.kind == "close":
            self._end(at, token)
        else:
            return self._inline(at, token)
        return at + 1

    def _text(self, at: int, token: Token) -> None:
        context = self._stack.top
        if context.unread:
            return
        if context.verbatim and token.kind == "text":
            self._lines(token)
            return
        if not self._items and self.text[token.start : token.end].isspace():
            return
        self._items.append(Item("cdata" if token.kind == "cdata" else "text", token.start, token.end, at))
        self._after_break = self._after_break and is_blank(self.text[token.start : token.end])

    def _lines(self, token: Token) -> None:
        """The lines of text whose line breaks count."""
        at = token.start
        for found in LINE_END.finditer(self.text, token.start, token.end):
            self._verbatim(at, found.start())
            self._line_break(*found.span())
            at = found.end()
        self._verbatim(at, token.end)

    def _verbatim(self, start: int, end: int) -> None:
        if start < end:
            self._items.append(Item("verbatim", start, end, -1))
            self._after_break = self._after_break and is_blank(self.text[start:end])

    def _line_break(self, start: int, end: int) -> None:
        """One line break; the second one in a row ends the block."""
        if self._after_break:
            self._flush()
        self._items.append(Item("empty", start, end, -1, "lb"))
        self._after_break = True

    def _end(self, at: int, token: Token) -> None:
        """An inline end tag."""
        if token.name == "br":  # as browsers read it
            self._line_break(token.start, token.end)
        elif token.name in elements.VOID:
            self._items.append(Item("nothing", token.start, token.end, at))
        else:
            self._items.append(self._paired(at, self._mates.get(at, at), "close"))

    def _paired(self, at: int, opening: int, kind: str) -> Item:
        """A tag of a pair, with what the pair's start tag says of it."""
        token, first = self.tokens[at], self.tokens[opening]
        given = self._given(first) if first.kind == "open" else {}
        type_ = elements.meaning(first.name, given)
        return Item(kind, token.start, token.end, opening, type_, given.get("href", "") if type_ == "link" else "")

    def _inline(self, at: int, token: Token) -> int:
        """An inline start tag, or a lone one; what is not to be read is passed over as one piece."""
        given = self._given(token)
        if self._stack.top.unread:
            return at + 1
        end = self._mates.get(at, at)
        hidden = elements.untranslated(token.name, given)
        program = token.name == "code" and self._stack.top.verbatim
        if token.name in elements.UNREAD or hidden or program:
            if not hidden:
                self._speak(token, given)
            return self._piece(at, self._unread_end(at), "nothing" if token.name in {"script", "style"} else "empty")
        href = self._note_mark(at, end, given)
        if href is not None:
            return self._piece(at, end, "empty", "fnote", href)
        self._speak(token, given)
        if token.name == "br":
            self._line_break(token.start, token.end)
        elif token.name == "img":
            self._lone(token, at, "image", given.get("src", ""))
        elif token.kind == "empty" or token.name in elements.VOID:
            self._lone(token, at)
        else:
            self._items.append(self._paired(at, at, "open"))
        return at + 1

    def _lone(self, token: Token, at: int, type_: str = "", href: str = "") -> None:
        unseen = token.name in {"wbr", "link", "meta", "base", "source", "track", "param", "area"}
        self._items.append(Item("nothing" if unseen else "empty", token.start, token.end, at, type_, href))
        self._after_break = self._after_break and unseen

    def _piece(self, at: int, end: int, kind: str, type_: str = "", href: str = "") -> int:
        """The tokens from `at` to `end` as one item."""
        self.unread.update(() if type_ else range(at, end + 1))
        self._items.append(Item(kind, self.tokens[at].start, self.tokens[end].end, at, type_, href))
        self._after_break = self._after_break and kind == "nothing"
        return end + 1

    def _unread_end(self, at: int) -> int:
        """The last token of an element that is not read; without an end tag it is what must be its content."""
        if at in self._mates:
            return self._mates[at]
        raw = at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "raw"
        bare = self.tokens[at].name in {"rt", "rp", "rtc"} and self.tokens[at].kind == "open"
        follows = at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "text"
        return at + 1 if raw or (bare and follows) else at

    def _note_mark(self, at: int, end: int, given: Mapping[str, str]) -> str | None:
        """Where the mark of a note leads, None for what is no such mark."""
        if self.tokens[at].name not in {"a", "sup"} or not 1 <= end - at <= 8:
            return None
        inside = self.tokens[at : end + 1]
        link = next((token for token in inside if token.name == "a" and token.kind == "open"), None)
        if link is None:
            return None
        there = given if link is inside[0] else self._given(link)
        href = there.get("href", "")
        if elements.NOTE_MARKS & elements.roles(there):
            return href
        raised = any(token.name == "sup" for token in inside)
        words = "".join(self.text[token.start : token.end] for token in inside if token.kind == "text")
        return href if raised and "#" in href and NOTE_MARK.fullmatch(words) else None

    def _given(self, token: Token) -> dict[str, str]:
        start, end = token.attributes
        return {a.name: a.value for a in attributes(self.text, token)} if end > start else {}

    def _block(self, token: Token) -> None:
        """A tag of a block element."""
        if token.kind == "close":
            self._stack.close(token.name)
            return
        given = self._given(token)
        self._stack.leave(token.name)
        context = self._stack.inside(token, given)
        if not context.unread:
            self._speak(token, given)
            self._flush()
        if token.kind == "open" and token.name not in elements.VOID:
            self._stack.enter(token.name, context)

    def _speak(self, token: Token, given: Mapping[str, str]) -> None:
        """Slots for the attributes of a tag that people read."""
        if not given:
            return
        names = [name for name in elements.SPOKEN if has_chinese(given.get(name, ""))]
        described = {given.get("name", "").lower(), given.get("property", "").lower()} & elements.DESCRIPTIONS
        if token.name == "meta" and described and has_chinese(given.get("content", "")):
            names.append("content")
        labelled = token.name == "input" and given.get("type", "").lower() in elements.BUTTONS
        if labelled and has_chinese(given.get("value", "")):
            names.append("value")
        if names:
            self._spoken += [_spoken(a) for a in attributes(self.text, token) if a.name in names]

    def _flush(self) -> None:
        """The run ends: what it says is a block, and what its tags' attributes say follows."""
        if not self._items and not self._spoken:
            return
        context = self._stack.top
        items, self._items, self._after_break = self._items, [], False
        if not context.unread and any(item.kind in TEXTS for item in items):
            for part in _links_apart(self.text, items):
                self._emit(part, context)
        self.slots += self._spoken
        self._spoken = []

    def _emit(self, items: list[Item], context: Context) -> None:
        run = run_of(self.text, items)
        if run is None or (context.verbatim and not has_chinese(run.text.string)):
            return
        kind, level = context.kind, context.level
        if kind is Kind.LIST_ITEM and context.begun is not None:
            if context.begun:  # a further paragraph of the item
                kind, level = None, 0
            context.begun.append(True)
        if context.grid and context.cell:
            context.grid.holds(len(run.text.string))
        slot = Slot(kind or plain_kind(run.text.string), level, run.text, *run.place, run.codes, flags=run.flags)
        slot.cell, slot.grid = context.cell, context.grid if context.cell else None
        slot.mark = context.mark if slot.kind is Kind.LIST_ITEM else None
        self.slots.append(slot)


def _spoken(attribute: Attribute) -> Slot:
    """The slot of an attribute."""
    string = " ".join(attribute.value.split())
    return Slot(Kind.LABEL, 0, Text(string), attribute.start, attribute.end, {}, attribute.quote or "bare")


def _links_apart(page: str, items: list[Item]) -> list[list[Item]]:
    """The runs in a run: each link for itself where a row of links, with nothing between them but strokes, is all."""
    links: list[list[Item]] = []
    pair: int | None = None
    for item in items:
        if pair is not None:
            links[-1].append(item)
            pair = None if item.kind == "close" and item.pair == pair else pair
        elif item.kind == "open" and item.type == "link":
            links.append([item])
            pair = item.pair
        elif item.kind in TEXTS and not BETWEEN_LINKS.fullmatch(said(page[item.start : item.end])):
            return [items]
    return links if len(links) > 1 and pair is None else [items]
