"""Signs of trouble in a pair that need no reference: a translation that loops, is empty, far too short or too long."""

from __future__ import annotations

import re
from collections import Counter

from bilingual.bitext import Span
from bilingual.chinese import has_chinese

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9])Q*(?:T\s?\d+\s?X|Z\s?\d+\s?Z)s?(?![A-Za-z0-9])", re.IGNORECASE)
_LOOP_LENGTHS = (1, 2, 3, 4, 6)
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
    loop = looped(target)
    return f"“{loop[0]}” is repeated" if loop else out_of_line(source, target)


def placeholders(source: str, target: str) -> list[Span]:
    """Where a placeholder that is none of the source's own words is left in the target."""
    return [Span(*found.span()) for found in _PLACEHOLDER.finditer(target) if found[0] not in source]


def looped(target: str) -> tuple[str, Span] | None:
    """A phrase said over and over, more often in a row, or in all, than people do, and the stretch that does so."""
    found = [*_WORD.finditer(target)]
    words = [word[0].lower() for word in found]
    for length in _LOOP_LENGTHS:
        grams = [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
        for i, gram in enumerate(grams):
            again = (3 if length > 1 else 4) if length < 4 else 2
            if all(grams[i + k * length : i + k * length + 1] == [gram] for k in range(again)):
                return " ".join(gram), Span(found[i].start(), found[i + again * length - 1].end())
        if length == 6 and grams and Counter(grams).most_common(1)[0][1] > 2:
            most = Counter(grams).most_common(1)[0][0]
            first, last = grams.index(most), len(grams) - 1 - grams[::-1].index(most)
            return " ".join(most), Span(found[first].start(), found[last + length - 1].end())
    return None


def out_of_line(source: str, target: str) -> str | None:
    """What the lengths of both say, where one is far too long or too short for the other."""
    characters, words = len(re.findall(r"\w", source)), len(_WORD.findall(target))
    if characters >= 12 and words < characters * _FEWEST:
        return f"{words} words for {characters} characters: something may be left out"
    if words > 8 and words > characters * _MOST:
        return f"{words} words for {characters} characters: something may be added"
    return None
