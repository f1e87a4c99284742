"""How a text writes: what its own words tell about two pieces of it that may belong together.

No language data is brought along but the segmenter's dictionary; how words follow each other is learnt from the
document.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

SAMPLE = 100_000
"""How many characters of a document are looked at; a page has some 4,000."""

SENTENCE = re.compile(r"[^。！？!?\n]+")
CORPUS = 60_000_000
"""How many words the segmenter's dictionary was counted on."""

NEAR = 16
"""How many characters on each side of a seam the segmenter is shown."""


class Habits:
    """What is known of a document as a whole; costs nothing until it is asked."""

    def __init__(self, strings: Iterable[str]) -> None:
        self.strings = tuple(strings)

    @cached_property
    def text(self) -> str:
        """The document, its pieces kept apart."""
        return "\n".join(self.strings)[:SAMPLE]

    @cached_property
    def classes(self) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
        """How often each word class stands anywhere, begins a sentence, and follows each other."""
        import rjieba

        anywhere: Counter[str] = Counter()
        first: Counter[str] = Counter()
        following: Counter[tuple[str, str]] = Counter()
        for found in SENTENCE.finditer(self.text):
            tags = [tag[0] for _, tag in rjieba.tag(found.group(), True)]
            anywhere.update(tags)
            first.update(tags[:1])
            following.update(itertools.pairwise(tags))
        return anywhere, first, following

    def occurs(self, string: str) -> bool:
        """Whether the string stands anywhere in the document."""
        return string in self.text

    def follows(self, tail: str, head: str) -> float:
        """How much likelier the word that begins `head` is after the one that ends `tail` than at the start of a
        sentence: a log ratio of this document's own word classes, in [-2.5, 2.5]."""
        before, after = class_at(tail, -1), class_at(head, 0)
        anywhere, first, following = self.classes
        share = (anywhere[after] + 1) / (anywhere.total() + 20)
        inside = (following[before, after] + 5 * share) / (anywhere[before] + 5)
        start = (first[after] + 5 * share) / (first.total() + 5)
        return max(-2.5, min(2.5, math.log(inside / start)))


def class_at(string: str, end: int) -> str:
    """The class of the first (0) or last (-1) word."""
    import rjieba

    tags = rjieba.tag(string[:NEAR] if end == 0 else string[-NEAR:], True)
    return str(tags[end][1][0]) if tags else "x"


def word_across(tail: str, head: str) -> tuple[str, float]:
    """The dictionary word that stands across the seam, and how much likelier (natural log) the words are with it than
    with the seam kept open; ("", 0.0) where there is none."""
    left, right = tail[-NEAR:], head[:NEAR]
    at = 0
    for word in words(left + right):
        if at < len(left) < at + len(word):
            return word, max(0.0, log_odds(left + right) - log_odds(left) - log_odds(right))
        at += len(word)
    return "", 0.0


@lru_cache(maxsize=10_000)
def words(string: str) -> tuple[str, ...]:
    """The string cut into words of the dictionary."""
    import rjieba

    return tuple(rjieba.cut(string, False))


def log_odds(string: str) -> float:
    """The log probability of a string, its words drawn one by one from the dictionary."""
    import rjieba

    return sum(math.log(max(1, rjieba.suggest_freq(word)) / CORPUS) for word in words(string))
