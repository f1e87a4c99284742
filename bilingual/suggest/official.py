"""How official English says a candidate: the words that stand in the English of its sentences, and not elsewhere.

Only sentences that were aligned with a person's English are looked at. Stretches of up to six words are counted by the
sentences they stand in, and measured by Dice's coefficient against the sentences that hold the candidate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bilingual.suggest.passages import Passage

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_JOINT = re.compile(r"[ \xa0]+")
_FUNCTION_WORDS = """
a an and are as at be been but by for from had has have he her his if in into is it its more no not of on or our she so
such than that the their them there these they this those to was we were which who will with would
"""
_EDGE = frozenset(_FUNCTION_WORDS.split())
LONGEST = 6
_FEWEST, _LEAST = 2, 0.45
"""In so many sentences a rendering stands at least, and so closely it comes with the candidate."""
_AS_OFTEN = 0.6
"""A longer rendering is the whole of a shorter one where it stands in this share of its sentences."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A rendering, in how many of the candidate's sentences it stands, and one pair that shows it."""

    english: str
    count: int
    source: str
    target: str


class Official:
    """The aligned sentences, ready to be asked."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = [passage for passage in passages if passage.official and passage.target]
        self._stretches = [dict(_stretches(passage.target)) for passage in self._passages]
        self._everywhere = Counter(form for found in self._stretches for form in found)

    def usages(self, source: str, most: int = 3) -> tuple[int, tuple[Usage, ...]]:
        """In how many aligned sentences the candidate stands, and how their English says it, the most usual first."""
        places = [at for at, passage in enumerate(self._passages) if source in passage.text]
        if len(places) < _FEWEST:
            return len(places), ()
        here = Counter(form for at in places for form in self._stretches[at])
        close = {
            form: 2 * count / (len(places) + self._everywhere[form]) for form, count in here.items() if count >= _FEWEST
        }
        ranked = sorted((form for form in close if close[form] >= _LEAST), key=lambda form: (-close[form], form))
        chosen: list[str] = []
        for form in ranked:
            whole = _whole(form, ranked, here)
            if len(chosen) < most and not any(_holds(whole, other) or _holds(other, whole) for other in chosen):
                chosen.append(whole)
        return len(places), tuple(self._usage(form, here[form], places) for form in chosen)

    def _usage(self, form: str, count: int, places: Sequence[int]) -> Usage:
        at = next(at for at in places if form in self._stretches[at])
        said = Counter(self._stretches[at][form] for at in places if form in self._stretches[at])
        usual = min(said, key=lambda words: (-said[words], words))
        return Usage(usual, count, self._passages[at].text, self._passages[at].target)


def _whole(form: str, ranked: Sequence[str], here: Counter[str]) -> str:
    """The longest stretch around `form` that stands in so many of its sentences."""
    around = [other for other in ranked if _holds(other, form) and here[other] >= _AS_OFTEN * here[form]]
    return max(around, key=lambda other: (other.count(" "), here[other], other), default=form)


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    """Every stretch of words that could be a rendering, in small letters, and as it is written."""
    words = list(_WORD.finditer(text))
    for first, begin in enumerate(words):
        if begin[0].lower() in _EDGE:
            continue
        end = begin
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and not _JOINT.fullmatch(text, words[last - 1].end(), words[last].start()):
                break
            end = words[last]
            if end[0].lower() not in _EDGE and not end[0].isdigit():
                yield text[begin.start() : end.end()].lower(), text[begin.start() : end.end()]


def told(count: int, usages: Sequence[Usage]) -> str:
    """The usages in words: “in the official English of 7 of 9 sentences; also “Digital Silk Road” (2)”."""
    others = "".join(f"; also “{usage.english}” ({usage.count})" for usage in usages[1:])
    return f"in the official English of {usages[0].count} of {count} sentences{others}"
