"""Signs of trouble in a pair that need no reference: a translation that loops, is empty, far too short or too long."""

from __future__ import annotations

import re
from collections import Counter

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
    if any(left not in source for left in _PLACEHOLDER.findall(target)):
        return "a placeholder is left in the translation"
    return _loop(target) or _length(source, target)


def _loop(target: str) -> str | None:
    """A phrase said over and over: more often in a row, or in all, than people do."""
    words = [word.lower() for word in _WORD.findall(target)]
    for length in _LOOP_LENGTHS:
        grams = [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
        for i, gram in enumerate(grams):
            again = (3 if length > 1 else 4) if length < 4 else 2
            if all(grams[i + k * length : i + k * length + 1] == [gram] for k in range(again)):
                return f"“{' '.join(gram)}” is repeated"
        if length == 6 and grams and Counter(grams).most_common(1)[0][1] > 2:
            return f"“{' '.join(Counter(grams).most_common(1)[0][0])}” is repeated"
    return None


def _length(source: str, target: str) -> str | None:
    characters, words = len(re.findall(r"\w", source)), len(_WORD.findall(target))
    if characters >= 12 and words < characters * _FEWEST:
        return f"{words} words for {characters} characters: something may be left out"
    if words > 8 and words > characters * _MOST:
        return f"{words} words for {characters} characters: something may be added"
    return None
