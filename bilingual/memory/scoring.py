"""How like two sentences are, in percent, and what the percentage is made of.

The share of tokens that need not change (see `forms`): 100 × (1 − distance / length of the longer). Numbers, inline
codes and spelling (capitals, width, script, spaces) weigh apart: where nothing else differs, each takes one point off
100, five at most, so that such sentences lie from 95 to 99. In others they take off what is left of five points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.bitext import Span, Text
from bilingual.memory.forms import LONGEST, Token, code_differences, form, tokens
from bilingual.memory.nouns import Difference

APART = 5
"""Most points that numbers, codes and spelling take off together."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The percentage, where the sentences part, and whether only numbers do."""

    score: int
    differences: tuple[Difference, ...] = ()
    numbers_only: bool = False


def likeness(asked: Text, found: Text) -> Likeness:
    """How like a sentence in the memory is to the one asked for; 100 only where text and codes are the same."""
    codes = code_differences(asked, found)
    if asked.string == found.string:
        return Likeness(100 - min(APART, codes))
    one, other = form(asked.string), form(found.string)
    if max(len(one), len(other)) > LONGEST:
        return Likeness(100 - min(APART, codes + 1) if one == other else 0)
    parts, numbers, words = _parted(asked.string, found.string, one, other)
    if not words:
        return Likeness(100 - min(APART, max(1, numbers + codes)), parts, numbers > 0 and codes == 0)
    from rapidfuzz.distance import Levenshtein

    same = int(100 * Levenshtein.normalized_similarity(one, other))
    return Likeness(max(0, same - min(APART, numbers + codes)), parts)


def _parted(asked: str, found: str, one: str, other: str) -> tuple[tuple[Difference, ...], int, int]:
    """Where two sentences part, and how many of the places are numbers, and how many are words."""
    from rapidfuzz.distance import Levenshtein

    first, second = tokens(asked), tokens(found)
    parts: list[Difference] = []
    numbers = 0
    for code in Levenshtein.opcodes(one, other):
        what, start, end, begin, stop = code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end
        if what != "equal":
            difference = Difference(_span(first, start, end), _span(second, begin, stop))
            parts.append(difference)
            numbers += _is_numeral(difference.asked.of(asked) + difference.found.of(found))
            continue
        for mine, theirs in zip(first[start:end], second[begin:stop], strict=True):
            if mine.number != theirs.number:
                parts.append(Difference(mine.span, theirs.span))
                numbers += 1
    return tuple(parts), numbers, len(parts) - numbers


def _is_numeral(text: str) -> bool:
    """Whether nothing but numerals differ, in figures or in characters."""
    return all(unicodedata.numeric(char, None) is not None or char in ".,:" for char in text)


def _span(places: Sequence[Token], start: int, end: int) -> Span:
    """The stretch of text that the tokens from `start` to `end` take; where there are none, the place between."""
    if start < end:
        return Span(places[start].span.start, places[end - 1].span.end)
    at = places[start].span.start if start < len(places) else places[-1].span.end if places else 0
    return Span(at, at)
