"""Is a word or a phrase said twice in a row: the the, of the country of the country?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.chinese import HAN
from bilingual.signals import looped

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LONGEST = 40
_TWICE = 2
_MAY_BE_DOUBLED = "had that her do who so very really many much long far no yes ha hey bye blah now there well oh again"
_DOUBLED = frozenset(_MAY_BE_DOUBLED.split())
"""Words that English itself may say twice: he had had, far far away."""
_NEVER_DOUBLED = (
    "the a an of to and or but for with at by from as are was were be been will would can could should may must has"
    " have not this these those its their our my your it they we he she i"
)
_CERTAIN = frozenset(_NEVER_DOUBLED.split())
"""Words that it never says twice with nothing between: one of the two can go."""
_BETWEEN = frozenset({"and", "after", "by", "to", "upon", "in", "over"})
"""again and again and again, day after day after day."""
_PAIRED = (
    "hand side face step day night week month year time house door word little bit one back neck head heart through"
)
"""hand in hand in, step by step by: the second “in” begins something new."""
_TWICE_ZH = re.compile(rf"([{HAN}]{{2,6}})[，、,\s]*\1")
_ONE_TWICE_ZH = re.compile(rf"([{HAN}])\1")
_DIGITS = re.compile(r"\d+")
_SYLLABLE = 6
"""The longest syllable of a name in pinyin: Zhuang."""


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each word or phrase that stands twice in a row; loops are told by their own check.

    Where the source says something twice itself, only what cannot be meant.
    """
    text = unit.target.string
    source, loop = unit.source.string, looped(text)
    for first, second in _doubled(text, [*_WORD.finditer(text)]):
        if loop and loop.span.overlaps(first) and loop.times > _TWICE:
            continue
        words = second.of(text)
        certain = words.lower() in _CERTAIN and not (words.isupper() and len(words) > 1)
        if certain or not (_may_be_said_twice(words, text[: first.start]) or _is_meant(words, first.of(text), source)):
            yield _finding(unit, first, second, fix=certain)


def _finding(unit: Unit, first: Span, second: Span, *, fix: bool) -> Finding:
    reason = f"“{second.of(unit.target.string)}” stands twice in a row."
    away = Fix(Span(first.end, second.end), "") if fix else None
    where = Span(first.start, second.end)
    return Finding(unit.id, CHECK.name, Severity.WARNING, "linguistic conventions/grammar", reason, None, where, away)


def _doubled(text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[Span, Span]]:
    """The longest doubled phrase at each place, and its second half; what is said twice stands in one line."""
    plain = [word[0].lower() for word in words]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(plain):
        places.setdefault(word, []).append(at)
    taken = 0
    for at, word in enumerate(plain):
        if at < taken or len(places[word]) == 1:
            continue
        later = places[word][bisect_right(places[word], at) : bisect_right(places[word], at + _LONGEST)]
        length = next((place - at for place in reversed(later) if _twice(text, words, plain, at, place - at)), 0)
        if length:
            middle, taken = at + length, at + 2 * length
            first = Span(words[at].start(), words[middle - 1].end())
            yield first, Span(words[middle].start(), words[taken - 1].end())


def _twice(text: str, words: Sequence[re.Match[str]], plain: Sequence[str], at: int, length: int) -> bool:
    """Whether `length` words stand twice from `at` on, with nothing but a space where the second time begins and the
    same marks inside."""
    middle, end = at + length, at + 2 * length
    if end > len(plain) or plain[at:middle] != plain[middle:end]:
        return False
    gap = text[words[middle - 1].end() : words[middle].start()]
    inside = text[words[at].start() : words[middle - 1].end()], text[words[middle].start() : words[end - 1].end()]
    return gap == " " and inside[0].lower() == inside[1].lower()


def _may_be_said_twice(words: str, before: str) -> bool:
    """Whether English says it so: far far away, again (and again) and again."""
    plain = words.lower().split()
    if words[0].isupper() and len(words) > 1:
        return False  # far far away, Far far away, but not Far Far away
    if len(plain) == _TWICE and plain[0] in _BETWEEN:
        return before.lower().rstrip().endswith(plain[1])
    if len(plain) == _TWICE and plain[1] in _BETWEEN:
        return plain[0] in _PAIRED.split() or plain[0].endswith("er") or plain[0] in _DOUBLED
    return all(word in _DOUBLED for word in plain) or (len(plain[0]) == len(plain) == 1 and plain[0].isalpha())


def _is_meant(words: str, first: str, source: str) -> bool:
    """Whether the source says something twice as well: 非常非常, 丁丁 for Ding Ding, 3、3."""
    if words.isdecimal():
        return _DIGITS.findall(source).count(words) >= _TWICE
    name = first.istitle() and words.istitle() and len(words) <= _SYLLABLE and _ONE_TWICE_ZH.search(source)
    return bool(name or _TWICE_ZH.search(source) or f"{first} {words}" in source)


CHECK = Check("repetition", "words and phrases that stand twice in a row", look)
