"""Bags of words that can be compared across the languages: what a sentence says, in English stems and figures.

The Chinese side comes from the glossary, a table of common words (`words.csv`), people's names in pinyin, figures and
Latin words as they stand; what the two texts themselves teach is added where a first alignment is known.
"""

from __future__ import annotations

import csv
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilingual.alignment.vectors import Parts, plain
from bilingual.chinese import HAN, fold, to_simplified
from bilingual.numbers.numerals import plain as plain_numerals
from bilingual.numbers.numerals import value
from bilingual.numbers.zh_parts import NUMERALS

if TYPE_CHECKING:
    from bilingual.glossary import Glossary

Bag = Mapping[str, float]

WIDTH = 1024
_HASHES = 4
_LATIN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(f"[{HAN}]{{2,}}")
_ONES = "zero|one first|two second|three third|four fourth|five fifth|six sixth|seven seventh|eight|nine|ten"
_SPELT = {word: str(number) for number, words in enumerate(_ONES.split("|")) for word in re.findall("[a-z]+", words)}
_FUNCTION_WORDS = """
the a an of to in and or on at by for from with as is are was were be been it its this that these those which who he she
they we you his her their our will would shall should may can could have has had not no do does did
"""
_COMMON = frozenset(re.findall("[a-z]+", _FUNCTION_WORDS))


def stem(word: str) -> str:
    """A word without what English adds to it, roughly: government, governments and Government's are one."""
    word = word.lower().partition("'")[0].partition("’")[0]
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)[:8].rstrip("e")
    return word[:8].rstrip("e")


def english(text: str) -> Counter[str]:
    """The stems and figures of an English text."""
    found: Counter[str] = Counter()
    for word in _LATIN.findall(text):
        if (low := word.lower()) in _SPELT:
            found[f"#{_SPELT[low]}"] += 1
        elif low not in _COMMON:
            found[stem(word)] += 1
    found.update(_figures(text))
    return found


def _figures(text: str) -> Iterator[str]:
    """Figures by their digits without the zeros at the end, so that 75亿 and 7.5 billion are one."""
    for digits in _DIGITS.findall(text):
        bare = digits.replace(",", "").replace(".", "").strip("0")
        yield f"#{bare or '0'}"


class Lexicon:
    """Chinese words and what they are in English: the common ones, and those of a glossary."""

    def __init__(self, glossary: Glossary | None = None, learnt: Mapping[str, Bag] | None = None) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        known: dict[str, Bag] = dict(_common())
        for term in glossary.terms if glossary else ():
            if len(term.source) > 1:
                known[to_simplified(fold(term.source))] = dict.fromkeys(english(term.target), 1.0)
        for word, bag in (learnt or {}).items():
            known[word] = {**known.get(word, {}), **bag}
        self._known = known
        self._words = [*known]
        self._automaton: Any = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)

    def chinese(self, text: str) -> Counter[str]:
        """The English stems and figures that a Chinese text should have."""
        found: Counter[str] = Counter()
        simple = to_simplified(plain_numerals(text))
        for index, _, _ in self._automaton.find_matches_as_indexes(simple):
            for word, weight in self._known[self._words[index]].items():
                found[word] += weight  # type: ignore[assignment]
        for word in _LATIN.findall(simple):
            found[stem(word)] += 1
        found.update(_numerals(simple))
        return found


_NUMERAL = re.compile(rf"[\d{NUMERALS}][\d{NUMERALS}.,]*")
_ONE = NUMERALS[2]
"""A word more often than a number."""


def _numerals(text: str) -> Iterator[str]:
    """Chinese and Arabic numerals by their digits; a lone one is a word."""
    for found in _NUMERAL.findall(text):
        numeral = found.strip(",.")
        number = value(numeral) if len(numeral) < 30 and numeral != _ONE else None
        if number is not None:
            yield from _figures(f"{float(number):f}".rstrip("0").rstrip("."))


@lru_cache(maxsize=1)
def _common() -> dict[str, dict[str, float]]:
    """The table of common words: a word, and what the translation model says for it, the likelier the earlier."""
    path = Path(__file__).with_name("words.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return {row[0]: {word: 1.0 / place for place, word in enumerate(row[1:], 1)} for row in csv.reader(lines)}


def parts(source: Sequence[Bag], target: Sequence[Bag]) -> tuple[Parts, Parts]:
    """Both sides as vectors: rare words weigh more, and those that only one side has next to nothing."""
    rarity = _rarity(target)
    return _vectors(source, rarity), _vectors(target, rarity)


def _rarity(bags: Sequence[Bag]) -> dict[str, float]:
    count = Counter(word for bag in bags for word in bag)
    return {word: math.log((len(bags) + 1) / (found + 0.5)) for word, found in count.items()}


def _vectors(bags: Sequence[Bag], rarity: Mapping[str, float]) -> Parts:
    import numpy as np

    rows, columns, values = [], [], []
    for row, bag in enumerate(bags):
        for word, weight in bag.items():
            if strength := rarity.get(word, 0.0) * weight:
                for column, sign in _places(word):
                    rows.append(row)
                    columns.append(column)
                    values.append(sign * strength)
    inner = np.zeros((len(bags), WIDTH), np.float32)
    np.add.at(inner, (np.array(rows, np.int64), np.array(columns, np.int64)), np.array(values, np.float32))
    return Parts(inner, np.ones(len(bags), np.float32), plain)


@lru_cache(maxsize=200_000)
def _places(word: str) -> tuple[tuple[int, float], ...]:
    """Where a word stands in the vectors: at a few places each, as chance has it, always the same."""
    seeds = (zlib.crc32(f"{number}{word}".encode("utf-8", "surrogatepass")) for number in range(_HASHES))
    return tuple((seed % WIDTH, 1.0 if seed & 0x10000 else -1.0) for seed in seeds)


def taught(pairs: Iterable[tuple[str, str]], fewest: int = 2, least: float = 0.3) -> dict[str, dict[str, float]]:
    """What pairs of texts teach: Chinese words and the stems that come with them again and again (Dice's measure)."""
    import rjieba

    together: Counter[tuple[str, str]] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for source, target in pairs:
        words = {word for word in rjieba.cut(to_simplified(source)) if _WORD.fullmatch(word)}
        stems = set(english(target))
        ours.update(words)
        theirs.update(stems)
        together.update((word, other) for word in words for other in stems)
    found: dict[str, dict[str, float]] = {}
    for (word, other), count in together.items():
        share = 2 * count / (ours[word] + theirs[other])
        if count >= fewest and share >= least:
            found.setdefault(word, {})[other] = share
    return found
