"""The marks of list items on their way out: as English has them, and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered, Pair
from bilingual.documents.markers import BULLET, LONGEST, roman
from bilingual.safexml import clean

ENGLISH = str.maketrans("（）［］．、。：", "()[]...:")
FIGURES = re.compile(r"(.*?(?<![0-9]))(0|[1-9][0-9]{0,8})([^0-9]*)", re.DOTALL)
LETTERS = re.compile(r"([^A-Za-z0-9]*)([a-z]{1,15}|[A-Z]{1,15})([^A-Za-z0-9]*)")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Number:
    """A mark that counts: its number, how it is written ("1", "a", "A", "i" or "I"), and what stands around it."""

    value: int
    style: str
    before: str = ""
    after: str = "."

    def follows(self, other: Number | None) -> bool:
        """Whether it is the next number of the same list."""
        return other is not None and self == replace(other, value=other.value + 1)


def mark_of(item: Delivered) -> str:
    """The mark to put before a block, with the punctuation of English; "" for a bullet, and where there is none."""
    mark = _shown(item).translate(ENGLISH)
    return "" if mark == BULLET else mark


def _shown(item: Delivered) -> str:
    """The mark of the source, with nothing in it that a file could not hold."""
    return clean(item.block.marker[:LONGEST])[0].strip() if item.kind is Kind.LIST_ITEM else ""


def number_of(mark: str, last: Number | None = None) -> Number | None:
    """What a mark counts, None if nothing; where i. may be a letter or Roman, what follows the `last` one."""
    options = [*_numbers(mark[:LONGEST])]
    return next((number for number in options if number.follows(last)), options[0] if options else None)


def _numbers(mark: str) -> list[Number]:
    """What a mark may count, the likeliest first. Letters after z are no numbers: programs differ in what they are."""
    if found := FIGURES.fullmatch(mark):
        return [Number(int(found[2]), "1", found[1], found[3])]
    found = LETTERS.fullmatch(mark)
    if not found:
        return []
    word, small = found[2], found[2].lower()
    options = []
    if len(small) == 1:
        options.append(Number(ord(small) - ord("a") + 1, "a" if word == small else "A", found[1], found[3]))
    value = _from_roman(small)
    if roman(value) == small:
        options.insert(0 if small == "i" else 1, Number(value, "i" if word == small else "I", found[1], found[3]))
    return options


def _from_roman(word: str) -> int:
    """The value of a numeral; of another word, something of no meaning."""
    values = [VALUES.get(letter, 0) for letter in word]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def marked(text: Text, mark: str) -> Text:
    """The text with a mark before it, "" for none."""
    lead = f"{mark} " if mark else ""
    codes = tuple(replace(code, position=code.position + len(lead)) for code in text.codes)
    return Text(lead + text.string, codes)


def with_marks(item: Delivered) -> tuple[Pair, ...]:
    """The sentences of a block, each side of the first with the mark before it."""
    mark = mark_of(item)
    if not mark or not item.pairs:
        return item.pairs
    first = item.pairs[0]
    source, target = marked(first.source, _shown(item)), marked(first.target, mark)
    return (replace(first, source=source, target=target), *item.pairs[1:])
