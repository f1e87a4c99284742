"""Where a sentence too long for the model may be cut: at the strongest mark near its middle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARKS = ("。！？!?\n", "；;", "：:", "，,", "、", " ")
"""From the strongest to the weakest; a cut comes after one of them."""

_EDGE = 5
"""In the first and last fifth no mark is looked for, lest one half be no shorter."""
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[,.:][0-9]+)*")


def halve(text: str) -> tuple[str, str] | None:
    """Two parts that put end to end are `text`; None where it has fewer than two characters.

    The cut comes after the strongest mark in the middle three fifths; without one it is hard, but not inside a Latin
    word, a number (1,200) or a placeholder (T1X) if that can be helped.
    """
    if len(text) < 2:
        return None
    edge = -(-len(text) // _EDGE)
    middle = range(edge, max(edge, len(text) - edge) + 1)
    inside = {at for whole in _WHOLE.finditer(text) for at in range(whole.start() + 1, whole.end())}
    for marks in MARKS:
        if places := [at for at in middle if text[at - 1] in marks and at not in inside]:
            return _cut(text, places)
    for anywhere in (middle, range(1, len(text))):
        if places := [at for at in anywhere if at not in inside]:
            return _cut(text, places)
    return _cut(text, middle)


def _cut(text: str, places: Sequence[int]) -> tuple[str, str]:
    at = min(places, key=lambda place: abs(2 * place - len(text)))
    return text[:at], text[at:]


def parts(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` in as many parts as it takes for each to fit, in order; put end to end they are `text`."""
    if fits(text) or (halves := halve(text)) is None:
        return [text]
    return [part for half in halves for part in parts(half, fits)]
