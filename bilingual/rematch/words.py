"""When two texts are the same but for what tools change by accident, how much alike they are, and what differs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from bilingual.chinese import HAN

_MARKS = {
    **dict.fromkeys(map(ord, "“”„‟«»「」『』＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛`´＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_TOKENS = re.compile(rf"[{HAN}]|\w+|\s+|[^\w\s]")
_LONGEST = 4000
"""Longer texts are compared by their pairs of characters alone: comparing them letter by letter takes too long."""

_SOME = 0.4
"""What two texts must have in common for their difference to be worth telling in parts."""


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """`text` without what people and programs change by accident: white space, widths, kinds of quotes and dashes."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS))).translate(_MARKS)


def likeness(one: str, other: str) -> float:
    """How much alike two texts are, from 0 to 1, white space and widths apart."""
    one, other = plain(one), plain(other)
    if not one or not other:
        return 0.0
    if max(len(one), len(other)) <= _LONGEST:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        return matcher.ratio() if matcher.quick_ratio() > 0.4 else matcher.quick_ratio()
    pairs, others = _pairs(one), _pairs(other)
    return 2 * (pairs & others).total() / (pairs.total() + others.total())


def difference(old: str, new: str) -> str:
    """`new` with its changes from `old` marked: [-what went-]{+what came+}, word by word, Chinese by the character.

    Changes with only a space between them are told as one; of texts with little in common all is told as changed.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > _LONGEST or matcher.ratio() < _SOME:
        return _marked(old, new)
    told = gone = come = ""
    for what, first, last, start, end in matcher.get_opcodes():
        was, now = "".join(before[first:last]), "".join(after[start:end])
        if what == "equal" and (was.strip() or not (gone or come) or last == len(before)):
            told += _marked(gone, come) + was
            gone = come = ""
        else:
            gone, come = gone + was, come + now
    return told + _marked(gone, come)


def _marked(gone: str, come: str) -> str:
    return (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")


def covered(whole: str, parts: Mapping[str, Sequence[int]], most: int = 8) -> list[int] | None:
    """The parts that put end to end are `whole`, two to `most` of them, none twice; None where no such are found.

    `parts` gives for each plain text the numbers of those who have it; a lower number goes first.
    """
    lengths = sorted({len(text) for text in parts if text}, reverse=True)
    tries = 0

    def rest(at: int, used: list[int]) -> list[int] | None:
        nonlocal tries
        if at == len(whole):
            return used if len(used) > 1 else None
        tries += 1
        if len(used) == most or tries > 1000:
            return None
        for length in lengths:
            for number in parts.get(whole[at : at + length], ()) if at + length <= len(whole) else ():
                if number not in used and (found := rest(at + length, [*used, number])):
                    return found
        return None

    return rest(0, [])


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))
