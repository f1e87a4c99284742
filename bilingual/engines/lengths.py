"""Where a sentence too long for the model may be cut: at the strongest mark near its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARKS = ("。！？!?\n", "；;", "：:", "，,", "、", " ")
"""From the strongest to the weakest; a cut comes after one of them."""

_EDGE = 0.2
"""The share of the text at either end in which no mark is looked for, lest one half be no shorter."""


def halve(text: str) -> tuple[str, str] | None:
    """Two parts that put end to end are `text`; None where it has fewer than two characters.

    The cut comes after the strongest mark in the middle three fifths; without one it is hard, but not inside a word or
    number in Latin letters (nor a placeholder like T1X) if that can be helped.
    """
    if len(text) < 2:
        return None
    first, last = max(1, int(len(text) * _EDGE)), min(len(text) - 1, int(len(text) * (1 - _EDGE)))
    middle = range(first, max(first, last) + 1)
    for marks in MARKS:
        if places := [at for at in middle if text[at - 1] in marks and not _inside_number(text, at)]:
            return _cut(text, places)
    return _cut(text, [at for at in middle if not _inside_word(text, at)] or list(middle))


def _cut(text: str, places: Sequence[int]) -> tuple[str, str]:
    at = min(places, key=lambda place: abs(2 * place - len(text)))
    return text[:at], text[at:]


def _inside_word(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _inside_number(text: str, at: int) -> bool:
    """Whether the mark before `at` belongs to a number (1,200) or a time (14:30)."""
    return at >= 2 and text[at - 2].isdigit() and text[at - 1] in ",:." and text[at].isdigit()


def parts(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` in as many parts as it takes for each to fit, in order; put end to end they are `text`."""
    if fits(text) or (halves := halve(text)) is None:
        return [text]
    return [part for half in halves for part in parts(half, fits)]
