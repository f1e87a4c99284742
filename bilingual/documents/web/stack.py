"""Which block elements are open at a place of the page, and what do they make of the text there?

Elements are closed as the standard has it where their end tags were left out: an item by the next item, a paragraph by
whatever is no part of one; an end tag closes nothing outside the cell it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bilingual.bitext import Kind
from bilingual.documents.web import elements
from bilingual.documents.web.grid import Grid
from bilingual.documents.web.lists import Items, Mark, items_of
from bilingual.documents.web.tags import Token

DEEPEST = 512
"""How deep block elements are followed into each other, as in browsers."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an open element, with all around it, makes of the text inside.

    `depth`: of lists; `verbatim`: line breaks and blanks count; `unread`: the text is not ours; `begun`: of a list
    item, empty until it has its first block; `items`: the list around; `mark`: of the item around.
    """

    kind: Kind | None = None
    level: int = 0
    depth: int = 0
    grid: Grid | None = None
    cell: str = ""
    verbatim: bool = False
    unread: bool = False
    begun: list[bool] | None = None
    items: Items | None = None
    mark: Mark | None = None


class Stack:
    """The open block elements. `titled`: the first `title` is to be read; no other one is."""

    def __init__(self, *, titled: bool) -> None:
        self._titled = titled
        self._contexts = [Context()]
        self._names = [""]
        self._counts: dict[str, int] = {}

    @property
    def top(self) -> Context:
        """The innermost open element."""
        return self._contexts[-1]

    def enter(self, name: str, context: Context) -> None:
        """Open an element; one that lies too deep is as good as not there."""
        if len(self._names) <= DEEPEST:
            self._names.append(name)
            self._contexts.append(context)
            self._counts[name] = self._counts.get(name, 0) + 1

    def leave(self, name: str) -> None:
        """Close what a new element of this name closes."""
        top = self._names[-1]
        if (top == "p" and name in elements.OUTSIDE_P) or (top in elements.HEADINGS and name in elements.HEADINGS):
            self._pop()
        if name in elements.ENDED_BY:
            self._pop_to(*elements.ENDED_BY[name])

    def close(self, name: str) -> None:
        """An end tag of this name."""
        names = frozenset(elements.HEADINGS) if name in elements.HEADINGS else frozenset({name})
        self._pop_to(names, elements.fences(name))

    def inside(self, token: Token, given: Mapping[str, str]) -> Context:
        """What an element with this start tag would make of the text in it, if it were opened now."""
        name, inside = token.name, self.top
        if inside.unread or elements.untranslated(name, given):
            return inside if inside.unread else replace(inside, unread=True)
        if name == "title":
            first, self._titled = self._titled, False
            return replace(inside, kind=Kind.TITLE, unread=not first)
        if elements.NOTES & elements.roles(given):
            inside = replace(inside, kind=Kind.NOTE, level=0)
        return MAKES[name](inside, name, given) if name in MAKES else inside

    def _pop_to(self, names: frozenset[str], fences: frozenset[str]) -> None:
        """Close the innermost open element of these names and all in it, if it is on this side of the fences."""
        if not any(self._counts.get(name) for name in names):
            return
        for at in range(len(self._names) - 1, 0, -1):
            if self._names[at] in names:
                while len(self._names) > at:
                    self._pop()
                return
            if self._names[at] in fences:
                return

    def _pop(self) -> None:
        self._contexts.pop()
        self._counts[self._names.pop()] -= 1


def _heading(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del given
    if inside.grid:
        inside.grid.arranges()
    return replace(inside, kind=Kind.HEADING, level=elements.HEADINGS[name])


def _list(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    return replace(inside, depth=inside.depth + 1, items=items_of(name, given))


def _item(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    level = max(1, inside.depth) + (name == "dd")
    items = inside.items if inside.depth else Items("")
    mark = items.item(given) if items and name == "li" else None
    return replace(inside, kind=Kind.LIST_ITEM, level=level, begun=[], mark=mark)


def _caption(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del name, given
    return replace(inside, kind=Kind.CAPTION, level=0)


def _verbatim(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del name, given
    return replace(inside, verbatim=True)


def _table(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del name
    if inside.grid:
        inside.grid.arranges()
    return replace(inside, kind=None, level=0, cell="", grid=Grid(layout=given.get("role") == "presentation"))


def _row(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del name, given
    if inside.grid:
        inside.grid.row()
    return inside


def _cell(inside: Context, name: str, given: Mapping[str, str]) -> Context:
    del name
    if not inside.grid:
        return inside
    return replace(inside, kind=Kind.CELL, level=0, depth=0, begun=None, items=None, cell=inside.grid.cell(given))


MAKES: Mapping[str, Callable[[Context, str, Mapping[str, str]], Context]] = {
    **dict.fromkeys(elements.HEADINGS, _heading),
    **dict.fromkeys(elements.LISTS, _list),
    **dict.fromkeys(("li", "dt", "dd"), _item),
    **dict.fromkeys(("caption", "figcaption"), _caption),
    **dict.fromkeys(("td", "th"), _cell),
    "pre": _verbatim,
    "table": _table,
    "tr": _row,
}
"""What elements make of the text in them; the others leave it as it is."""
