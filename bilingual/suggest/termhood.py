"""How much of a term a recurrent phrase is: C-value, entropy of its neighbours, and how foreign its words are to
ordinary Chinese.

C-value after Frantzi, Ananiadou & Mima, “Automatic recognition of multi-word terms” (2000); the weirdness of Ahmad et
al. (1999), with the frequencies of the segmenter's dictionary for the general language.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bilingual.suggest.chunks import CONNECTORS, Chunk
from bilingual.suggest.tables import EDGES, ENDS, HEADS, LIGHT, NOT_PLACES, PREDICATES
from bilingual.suggest.words import Word

Phrase = tuple[str, ...]

MOST_WORDS = 6
LONGEST = 14
"""Characters of the longest phrase that is counted."""

DICTIONARY = 60_101_967
"""Words the dictionary's frequencies were counted over."""

CAPACITY = 1_500_000
"""Phrases that are counted at a time; over it those seen once are let go, as in lossy counting."""


@dataclass(frozen=True, slots=True)
class Termhood:
    """What speaks for a phrase: occurrences, C-value, the smaller entropy (bits) of its neighbours on either side, and
    the weirdness of its words (decimal logarithm of their frequency here over that in ordinary Chinese). `loose` ones
    hold a verb or an adjective, `placed` ones begin with a place: both say less."""

    count: int
    c_value: float
    entropy: float
    weirdness: float
    loose: bool = False
    placed: bool = False


@dataclass(slots=True)
class Counts:
    """What has been counted so far: words of all kinds, and the phrases inside chunks."""

    words: Counter[str] = field(default_factory=Counter)
    phrases: dict[Phrase, int] = field(default_factory=dict)
    loose: set[Phrase] = field(default_factory=set)
    placed: set[Phrase] = field(default_factory=set)

    def add(self, words: Iterable[Word], chunks: Iterable[Chunk]) -> None:
        """Count one sentence."""
        self.words.update(word.text for word in words if word.tag != "x")
        phrases = self.phrases
        for chunk in chunks:
            for phrase, loose, placed in _phrases(chunk):
                phrases[phrase] = phrases.get(phrase, 0) + 1
                if loose:
                    self.loose.add(phrase)
                if placed:
                    self.placed.add(phrase)
        if len(phrases) > CAPACITY:
            self.phrases = {phrase: count for phrase, count in phrases.items() if count > 1}

    def termhood(self) -> dict[Phrase, Termhood]:
        """The termhood of every phrase counted that can stand alone."""
        total = max(1, sum(self.words.values()))
        left, right = _neighbours(self.phrases)
        found = {}
        for phrase, count in self.phrases.items():
            if not _whole(phrase):
                continue
            before, after = left.get(phrase, {}), right.get(phrase, {})
            longer = [*before.values(), *after.values()]
            c_value = _size(phrase) * (count - (sum(longer) / len(longer) if longer else 0))
            if longer and max(longer) >= 0.8 * count and max(longer) > 1:
                c_value = 0.0  # a fragment of the longer one
            if len(phrase) > 1 and sum(after.values()) >= count:
                c_value = 0.0  # it never ends where it ends: 全球数字 of 全球数字治理 and 全球数字经济
            entropy = min(_entropy(before, count), _entropy(after, count))
            found[phrase] = Termhood(
                count, c_value, entropy, self._weirdness(phrase, total), phrase in self.loose, phrase in self.placed
            )
        return found

    def _weirdness(self, phrase: Phrase, total: int) -> float:
        scores = [
            math.log10((self.words[word] / total) / ((frequency(word) + 1) / DICTIONARY))
            for word in phrase
            if self.words[word]
        ]
        return sum(scores) / len(scores) if scores else 0.0


def _placed(words: Chunk) -> bool:
    """Whether a place and any noun are put together: 香港银行, but not 中国方案 or 中亚五国."""
    return words[0].tag == "ns" and words[-1].tag != "ns" and words[0].text != "中国"


def is_loose(word: Word) -> bool:
    """Whether the word is a verb, an adjective or an adverb, which names seldom hold."""
    return word.tag[0] in "vad" and word.tag not in {"vn", "an"}


def _phrases(chunk: Chunk) -> Iterator[tuple[Phrase, bool, bool]]:
    """The phrases in a chunk, whether a word in them is no noun, and whether they begin with a place."""
    texts = [word.text for word in chunk]
    for start in range(len(chunk)):
        length = 0
        loose = False
        for end in range(start, min(len(chunk), start + MOST_WORDS)):
            word = chunk[end]
            length += len(word.text)
            loose = loose or is_loose(word)
            if length > LONGEST or word.tag in {"quote", "year"}:
                break
            if (
                length > 1
                and not (end - start > 1 and word.text in LIGHT)
                and not (start == end and word.tag[0] not in "njle")
            ):
                yield tuple(texts[start : end + 1]), loose, _placed(chunk[start : end + 1])


def _neighbours(
    phrases: Mapping[Phrase, int],
) -> tuple[dict[Phrase, dict[str, int]], dict[Phrase, dict[str, int]]]:
    """For each phrase the words that stand before it and after it inside its chunks, with how often."""
    left: dict[Phrase, dict[str, int]] = defaultdict(dict)
    right: dict[Phrase, dict[str, int]] = defaultdict(dict)
    for phrase, count in phrases.items():
        if len(phrase) > 1:
            left[phrase[1:]][phrase[0]] = count
            right[phrase[:-1]][phrase[-1]] = count
    return left, right


def _entropy(neighbours: Mapping[str, int], count: int) -> float:
    """In bits; the edge of a chunk is a new neighbour every time."""
    edge = max(0, count - sum(neighbours.values()))
    parts = (n / count * math.log2(count / n) for n in neighbours.values() if n)
    return sum(parts) + edge / count * math.log2(count)


def _size(phrase: Phrase) -> float:
    return math.log2(sum(map(len, phrase)))


def _whole(phrase: Phrase) -> bool:
    first, last = phrase[0], phrase[-1]
    if first in CONNECTORS or last in CONNECTORS or first in PREDICATES:
        return False
    if len(phrase) == 1:
        return first not in EDGES and first not in NOT_PLACES
    return (first not in EDGES or first in HEADS) and (last not in EDGES or last in ENDS)


@lru_cache(maxsize=200_000)
def frequency(word: str) -> int:
    """How often the dictionary's corpus had this word; 0 where it is not in the dictionary."""
    import rjieba

    return int(rjieba.suggest_freq(word)) if rjieba.has_word(word) else 0


__all__ = ["Counts", "Phrase", "Termhood", "frequency"]
