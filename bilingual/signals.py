"""Signs of trouble in a pair that need no reference: a translation that loops, is empty, far too short or too long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bilingual.bitext import Span
from bilingual.chinese import has_chinese

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9])Q*(?:T\s?\d+\s?X|Z\s?\d+\s?Z)s?(?![A-Za-z0-9])", re.IGNORECASE)
_LOOP_LENGTHS = (1, 2, 3, 4, 6)
_OFTEN = 2  # how often a phrase of the last length may come back
# Words of English for a Chinese character, from the reference translations of news: .35 to 1.1 holds 99 % of the
# sentences of ten characters and more; the bounds leave as much again.
_FEWEST, _MOST = 0.18, 2.2


def degenerate(source: str, target: str) -> str | None:
    """Why `target` cannot be a translation of the Chinese `source`, in words for people; None where nothing shows."""
    if not source.strip():
        return None
    if not re.search(r"\w", target):
        return "the engine gave nothing" if re.search(r"\w", source) else None
    if has_chinese(target):
        return "Chinese is left in the translation"
    if placeholders(source, target):
        return "a placeholder is left in the translation"
    loop = looped(target) or recurring(target)
    return f"“{loop.phrase}” is repeated" if loop else out_of_line(source, target)


def placeholders(source: str, target: str) -> list[Span]:
    """Where a placeholder that is none of the source's own words is left in the target."""
    return [Span(*found.span()) for found in _PLACEHOLDER.finditer(target) if found[0] not in source]


@dataclass(frozen=True, slots=True)
class Loop:
    """A phrase (in small letters) that is said over and over: how often, and the stretch from first to last."""

    phrase: str
    times: int
    span: Span


@lru_cache(maxsize=64)
def looped(target: str) -> Loop | None:
    """The first phrase that is said more often in a row than people do."""
    found = [*_WORD.finditer(target)]
    words = [word[0].lower() for word in found]
    for length in _LOOP_LENGTHS:
        least = (3 if length > 1 else 4) if length < 4 else 2
        for first in range(len(words) - length * least + 1):
            times = _times(words, first, length) if words[first] == words[first + length] else 1
            if times >= least:
                span = Span(found[first].start(), found[first + times * length - 1].end())
                return Loop(" ".join(words[first : first + length]), times, span)
    return None


def _times(words: Sequence[str], first: int, length: int) -> int:
    """How often the `length` words from `first` on stand one behind the other."""
    phrase = words[first : first + length]
    times = 1
    while words[first + times * length : first + (times + 1) * length] == phrase:
        times += 1
    return times


def recurring(target: str) -> Loop | None:
    """The long phrase that comes back most often, where that is more often than people do."""
    found = [*_WORD.finditer(target)]
    words = [word[0].lower() for word in found]
    length = _LOOP_LENGTHS[-1]
    grams = [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
    phrase, times = Counter(grams).most_common(1)[0] if grams else ((), 0)
    if times <= _OFTEN:
        return None
    first, last = grams.index(phrase), len(grams) - 1 - grams[::-1].index(phrase)
    return Loop(" ".join(phrase), times, Span(found[first].start(), found[last + length - 1].end()))


def out_of_line(source: str, target: str) -> str | None:
    """What the lengths of both say, where one is far too long or too short for the other."""
    characters, words = len(re.findall(r"\w", source)), len(_WORD.findall(target))
    if characters >= 12 and words < characters * _FEWEST:
        return f"{words} words for {characters} characters: something may be left out"
    if words > 8 and words > characters * _MOST:
        return f"{words} words for {characters} characters: something may be added"
    return None
