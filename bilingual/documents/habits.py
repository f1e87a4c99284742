"""How Chinese is written, and how this text is: what words tell about two pieces that may belong together.

No language data is brought along but the segmenter's dictionary and two small tables of word classes, rounded counts
from the texts that `weights` was fitted on; how words follow each other is learnt from the document as well.
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

NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
COARSE = {"j": "n", "l": "n", "i": "n", "z": "n", "s": "n", "g": "n", "b": "a", "y": "u", "o": "u", "h": "u"}

FRESH = {
    name: value
    for value, names in (
        (1.7, "r t"),
        (1.0, "x c p"),
        (0.5, "N n e"),
        (-0.4, "d v a f"),
        (-1.8, "v1 k"),
        (-2.3, "n1 a1 q"),
        (-3.5, "u 的"),
    )
    for name in names.split()
}
"""How much likelier a text is to begin with a word of the class at a sentence's beginning than inside one (log)."""

PAIRS = {
    tuple(pair.split("-")): value
    for value, pairs in (
        (2.4, "e-e"),
        (1.7, "m-m"),
        (1.0, "m-q n1-n1 v1-v1 v1-u 的-n ，-d ，-c"),
        (0.7, "n1-v1 n-c n-的 v-的 d-v c-v N-n1 f-n1"),
        (0.4, "n-n n-v v1-n1 N-N"),
        (-0.9, "m-n m-v m-n1 m-N n1-n n1-v n1-m v1-n v1-m v1-v n-v1 v-n1 d-n a1-n a1-v"),
        (-1.3, "m-v1 m-c n-q n1-的 v1-的 ，-v1 c-n1"),
        (-2.0, "n-m ，-n1 的-n1 的-v1"),
    )
    for pair in pairs.split()
}
"""How much likelier the two classes are on both sides of a seam than each is by itself (log). They are those of a
segmenter that sees one side only: of a torn word, two words of one character."""


class Habits:
    """What is known of a document as a whole; costs nothing until it is asked."""

    def __init__(self, strings: Iterable[str]) -> None:
        self.strings = tuple(strings)

    @cached_property
    def text(self) -> str:
        """The document, its pieces kept apart."""
        return "\n".join(self.strings)[:SAMPLE]

    @cached_property
    def classes(self) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """How often each word class stands in the document, and follows each other."""
        anywhere: Counter[str] = Counter()
        following: Counter[tuple[str, str]] = Counter()
        for found in SENTENCE.finditer(self.text):
            classes = word_classes(found.group())
            anywhere.update(classes)
            following.update(itertools.pairwise(classes))
        return anywhere, following

    def occurs(self, string: str) -> bool:
        """Whether the string stands anywhere in the document."""
        return string in self.text

    def used_so(self, tail: str, head: str) -> float:
        """How much likelier the class of the first word of `head` is in this document after that of the last word of
        `tail` than anywhere: natural log, in [-2.5, 2.5]."""
        before, after = word_classes(tail[-NEAR:])[-1], word_classes(head[:NEAR])[0]
        anywhere, following = self.classes
        share = (anywhere[after] + 1) / (anywhere.total() + 20)
        inside = (following[before, after] + 8 * share) / (anywhere[before] + 8)
        return max(-2.5, min(2.5, math.log(inside / share)))


def follows(tail: str, head: str) -> float:
    """How well the class of the first word of `head` follows that of the last of `tail` (natural log, by `PAIRS`)."""
    return PAIRS.get((word_classes(tail[-NEAR:])[-1], word_classes(head[:NEAR])[0]), 0.0)


def fresh(head: str) -> float:
    """How much likelier the text begins where a sentence begins than inside one (natural log, by `FRESH`)."""
    classes = word_classes(head[:NEAR].lstrip("“‘「『（(《"))
    return FRESH.get(classes[0], 0.0) if classes else 0.0


@lru_cache(maxsize=10_000)
def word_classes(string: str) -> tuple[str, ...]:
    """The classes of the words of a string, as the tables above name them."""
    import rjieba

    return tuple(word_class(word, tag) for word, tag in rjieba.tag(string, True))


def word_class(word: str, tag: str) -> str:
    """The class of a word: the segmenter's, names and numbers apart; "1" marks nouns, verbs and adjectives of one
    character."""
    if word[0].isdigit():
        return "m"
    if word[0].isascii() and word[0].isalpha():
        return "e"
    if word in "的，,、":
        return word.replace(",", "，")
    if not word[0].isalnum():
        return "x"
    if tag in NAMES:
        return "N"
    coarse = COARSE.get(tag[0], tag[0])
    return f"{coarse}1" if len(word) == 1 and coarse in "nva" else coarse


def word_across(tail: str, head: str) -> tuple[str, float]:
    """The dictionary word that stands across the seam, and how much likelier (natural log) the words are with it than
    with the seam kept open; ("", 0.0) where there is none. Letters and digits on both sides are none: the segmenter
    takes any run of them for a word."""
    left, right = tail[-NEAR:], head[:NEAR]
    if (left[-1:] + right[:1]).isascii():
        return "", 0.0
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
