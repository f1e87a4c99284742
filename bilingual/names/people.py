"""The people of one document: what the rest of it says for a name, and who is meant by the last part of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bilingual.bitext import Span
from bilingual.chinese import fold, to_simplified
from bilingual.names import tables
from bilingual.names.finding import DOUBTFUL, Name, bare, candidates
from bilingual.names.pinyin import DOTS
from bilingual.names.words import Words, is_word

_SURE_ELSEWHERE = 3.0
_OFTEN = 1.0


@dataclass(frozen=True, slots=True)
class People:
    """`known` has points for the Chinese names that stand in the document, `origins` where those are from that it first
    speaks of together with a place, `parts` the English of the last part of each foreign name that is settled."""

    known: Mapping[str, float] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


NOBODY = People()


def meet(sentences: Iterable[str], settled: Mapping[str, str]) -> People:
    """The people of the document made of `sentences`; `settled` has the English of dotted names (罗尼·林斯)."""
    seen: Counter[str] = Counter()
    sure: set[str] = set()
    origins: dict[str, str] = {}
    for sentence in dict.fromkeys(sentences):
        for name in candidates(sentence):
            written = _written(name, sentence)
            seen[written] += 1
            if name.sure:
                sure.add(written)
            if name.origin and name.points >= DOUBTFUL:
                origins.setdefault(written, name.origin)
    known = {name: _OFTEN for name, times in seen.items() if times > 1 and _like_a_name(name)}
    return People(known | dict.fromkeys(sure, _SURE_ELSEWHERE), origins, dict(_last_parts(settled)))


def _like_a_name(name: str) -> bool:
    """Whether its being said again speaks for a name: any word is said again."""
    return len(name) > 2 and tables.GIVEN.issuperset(name[1:]) and not is_word(name[:2])


def find_names(text: str, people: People = NOBODY) -> tuple[Name, ...]:
    """The Chinese personal names in a sentence of the document of `people`, in order, none across another."""
    names = (name for name in candidates(text, people.known) if name.points >= DOUBTFUL)
    return tuple(replace(name, origin=people.origins.get(_written(name, text), name.origin)) for name in names)


def find_personal_names(text: str) -> tuple[Span, ...]:
    """Where names stand that are surely names and, for all one can tell, spelt in pinyin."""
    return tuple(name.span for name in find_names(text) if name.settled)


def _written(name: Name, text: str) -> str:
    return bare(to_simplified(name.span.of(text)))


def _last_parts(settled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The last part of each name that only one person has."""
    parts: dict[str, set[str]] = {}
    for source, english in settled.items():
        last = DOTS.split(to_simplified(fold(source)))[-1]
        if DOTS.search(fold(source)) and len(last) > 1 and " " in english:
            parts.setdefault(last, set()).add(english.split()[-1])
    return ((last, renderings.pop()) for last, renderings in parts.items() if len(renderings) == 1)


def find_parts(text: str, people: People) -> Iterator[tuple[Span, str]]:
    """Where somebody is called by the last part of a name alone (林斯说), and its English."""
    if not people.parts:
        return
    simplified = to_simplified(fold(text))
    longest = sorted(people.parts, key=len, reverse=True)
    found = [*re.finditer("|".join(map(re.escape, longest)), simplified)]
    if not found:
        return
    words = Words(simplified)
    for match in found:
        start, end = match.span()
        if words.begins_at(start) and words.ends_at(end) and not _goes_on(simplified, start, end):
            yield Span(start, end), people.parts[match[0]]


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether it is part of a longer foreign name."""
    around = text[start - 1 : start] + text[end : end + 1]
    return any(char in tables.FOREIGN or DOTS.match(char) for char in around)
