"""How does a page number the items of a list (HTML, section 4.4.5)?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bilingual.documents.markers import BULLET, letters, roman

NUMERALS: Mapping[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})")


@dataclass(slots=True)
class Items:
    """An open list: how its numbers look ("" for none), the next one, and what comes after it. `count` is how many
    items it has so far; `from_end`: the first number is not known before all items are, and numbers count from 0."""

    style: str
    next: int = 1
    step: int = 1
    count: int = 0
    from_end: bool = False

    def item(self, given: Mapping[str, str]) -> Mark:
        """The mark of the next item, whose attributes are given."""
        self.count += 1
        value = whole(given.get("value", ""))
        if value is not None:
            self.next, self.from_end = value, False
        mark = Mark(self, self.next, self.from_end)
        self.next += self.step
        return mark


class Mark(NamedTuple):
    """An item's number, to be shown when the page is read to its end."""

    items: Items
    number: int
    from_end: bool

    def shown(self) -> str:
        """The mark as a browser shows it."""
        if not self.items.style:
            return BULLET
        return NUMERALS[self.items.style](self.number + (self.items.count if self.from_end else 0)) + "."


def items_of(name: str, given: Mapping[str, str]) -> Items | None:
    """The list that this start tag opens; None where its items have no marks (`dl`)."""
    if name == "dl":
        return None
    if name != "ol":
        return Items("")
    style = given.get("type", "").strip()
    start = whole(given.get("start", ""))
    step = -1 if "reversed" in given else 1
    from_end = step < 0 and start is None
    first = start if start is not None else 0 if from_end else 1
    return Items(style if style in NUMERALS else "1", first, step, from_end=from_end)


def whole(string: str) -> int | None:
    """The whole number that an attribute's value begins with."""
    found = WHOLE.match(string)
    return int(found[1]) if found else None
