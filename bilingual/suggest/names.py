"""Names by their looks: titles in 《》 and “ ”, dotted and titled people, last words of bodies and events, places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bilingual.bitext import Span, TermKind
from bilingual.names import find_personal_names
from bilingual.suggest.chunks import PROPER, Chunk
from bilingual.suggest.tables import (
    BREAKS,
    EDGES,
    ENDS,
    GROUPS,
    HEADS,
    INNER_BODIES,
    LONGEST_SUFFIX,
    NOT_BODIES,
    NOT_PLACES,
    ONE_CHARACTER_COUNTRIES,
    PREDICATES,
    SOUNDS,
    SPEECH,
    STRONG,
    TITLES,
    WEAK,
)
from bilingual.suggest.termhood import frequency, is_loose
from bilingual.suggest.words import Word

DOTTED = "name with ·"
CHINESE = "Chinese name"
GROUP = "countries or people"
FOUR = "four characters"
_DASHES = frozenset("—-")
_DOT = "·・‧•"
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])(?=\d*[A-Z])[A-Z0-9][A-Z0-9&.+/-]*[A-Z0-9](?![A-Za-z0-9])")
_LABEL = re.compile(r"([一-鿿]{3,6}):")
_HINTS = re.compile("记者|記者|通讯员|摄|攝|编|編|校|文/|图/|先生|女士|教授|同志|院士")
"""Where there may be a name though the segmenter saw none."""

_SENTENCE = re.compile(r"[。!?;,:]|[我你他她它]|这|那|不能|因为|如果|就是|应该|不让|任何")
_PAIR = re.compile(f"[中美俄日欧非印][{ONE_CHARACTER_COUNTRIES}]")

_STRONG = {word: kind for kind, words in STRONG.items() for word in words}
_WEAK = {word: kind for kind, words in WEAK.items() for word in words}


@dataclass(frozen=True, slots=True)
class Found:
    """A name at `span` of a sentence. `weight` in [0, 1] says how sure its looks make it, `evidence` in words why."""

    span: Span
    kind: TermKind
    weight: float
    evidence: str


def names_in(surface: str, normal: str, words: Sequence[Word], chunks: Sequence[Chunk]) -> Iterator[Found]:
    """Everything in a sentence that looks like a name; names may lie in one another."""
    yield from _marked(words)
    if any(dot in normal for dot in _DOT):
        yield from _dotted(normal, words)
    yield from _people(surface, words)
    yield from _places(words)
    yield from _joined_places(words)
    yield from _known(words)
    for chunk in chunks:
        yield from _by_last_word(chunk)
    yield from _of_two(words, chunks)
    if label := _LABEL.match(normal):
        yield Found(Span(*label.span(1)), TermKind.PHRASE, 0.38, "label before a colon")
    for found in _ABBREVIATION.finditer(surface):
        if len(found[0]) <= 12:
            yield Found(Span(*found.span()), TermKind.ABBREVIATION, 0.42, "capitals")


@lru_cache(maxsize=65536)
def last_word(text: str) -> tuple[TermKind, bool] | None:
    """The kind of name that ends so, and whether the ending alone shows it; None where it shows nothing."""
    for length in range(min(LONGEST_SUFFIX, len(text)), 1, -1):
        if kind := _STRONG.get(text[-length:]):
            return kind, True
    return (_WEAK[text], False) if text in _WEAK else None


def _marked(words: Sequence[Word]) -> Iterator[Found]:
    yield from _four(words)
    for place, word in enumerate(words):
        if word.tag == "title":
            inner = word.text[1:-1]
            ending = last_word(inner)
            initiative = ending is not None and ending[0] is TermKind.INITIATIVE
            titled = TermKind.INITIATIVE if initiative else TermKind.DOCUMENT
            yield Found(Span(word.start + 1, word.end - 1), titled, 0.97, "title in 《》")
        elif word.tag == "quote":
            inner = word.text[1:-1]
            following = words[place + 1].text if place + 1 < len(words) else ""
            if len(inner) < 2 or _SENTENCE.search(inner) or not re.search("[一-鿿]", inner):
                continue
            ending = last_word(inner) or _weakly(inner)
            theme = following in {"主题", "为"} and words[place - 1].text in {"以", "围绕", "主题"}
            weight = 0.8 if ending and ending[1] else 0.7 if theme or (ending and len(inner) > 4) else 0.62
            if not theme and (
                (len(inner) > 14 and not ending) or inner in EDGES or inner in PREDICATES or "的" in inner[:-1]
            ):
                weight = 0.35
            elif len(inner) < 4:
                weight = 0.5
            kind = ending[0] if ending else TermKind.PHRASE
            yield Found(Span(word.start + 1, word.end - 1), kind, weight, "in “ ”")


def _weakly(text: str) -> tuple[TermKind, bool] | None:
    return next(((kind, False) for word, kind in _WEAK.items() if len(word) > 1 and text.endswith(word)), None)


def _cuts(word: Word, following: Word) -> bool:
    """Whether a word bounds a set phrase: a mark, a predicate, an adverb, but no noun of the same looks."""
    if word.text in BREAKS or word.tag in {"quote", "title", "ad"} or word.tag[0] in "xucpmr":
        return True
    if word.tag == "d":
        return len(word.text) == 2 and following.tag not in {"n", "vn"}
    return word.text in PREDICATES and word.tag not in {"n", "vn"}


def _four(words: Sequence[Word]) -> Iterator[Found]:
    """Four characters that stand alone between marks and verbs, two and two: 交流互鉴、合作共赢."""
    run: list[Word] = []
    end = Word("", "x", -1, -1)
    for word, following in zip((*words, end), (*words[1:], end, end), strict=False):
        if not _cuts(word, following):
            run.append(word)
            continue
        if _is_set(run):
            described = run[0].tag[0] == "a"  # 美好愿景: a description, no set phrase
            weight = 0.36 if any(map(is_loose, run)) and not described else 0.3
            yield Found(Span(run[0].start, run[-1].end), TermKind.PHRASE, weight, FOUR)
        run = []


def _is_set(run: Sequence[Word]) -> bool:
    if not 1 < len(run) <= 3 or len(run[0].text) != 2 or run[-1].end - run[0].start != 4:
        return False
    first, last = run[0].text, run[-1].text
    return (first not in EDGES or first in HEADS) and (last not in EDGES or last in ENDS)


def _dotted(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Transliterated names with dots between their parts, as far as their characters sound foreign."""
    for found in re.finditer(rf"[一-鿿]+(?:[{_DOT}][一-鿿]+)+", text):
        parts = re.split(f"[{_DOT}]", found[0])
        first = _sounding(parts[0][::-1])[::-1]
        last = _sounding(parts[-1])
        if not first or not last or len(first) > 7:
            continue
        start = found.start() + len(parts[0]) - len(first)
        end = found.end() - len(parts[-1]) + len(last)
        start = _after_title(start, found.start() + len(parts[0]), words)
        if all(set(part) <= SOUNDS for part in parts[1:-1]):
            yield Found(Span(start, end), TermKind.PERSON, 0.95, DOTTED)


def _sounding(text: str) -> str:
    """The beginning of `text` that can be the sound of a foreign name, up to a verb of speech."""
    length = 0
    while length < len(text) and text[length] in SOUNDS:
        length += 1
    return text[:length]


def _after_title(start: int, end: int, words: Sequence[Word]) -> int:
    """Where the name begins when a word that is no name reaches into its characters."""
    for word in words:
        if word.start < start < word.end <= end and word.text in TITLES:
            return word.end
        if start <= word.start and word.end < end and word.text in TITLES:
            return word.end
    return start


def _people(surface: str, words: Sequence[Word]) -> Iterator[Found]:
    hinted = any(map(_hints, words)) or _HINTS.search(surface)
    for span in find_personal_names(surface) if hinted else ():
        yield Found(span, TermKind.PERSON, 0.9, CHINESE)
    for place in range(1, len(words)):
        word, before = words[place], words[place - 1]
        if not word.tag.startswith("nr") or not 2 <= len(word.text) <= 5 or word.text in EDGES:
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        ends = following is None or following.text in SPEECH or (following.tag == "x" and following.text not in _DOT)
        if before.text in _DOT:
            continue
        if is_title(before.text) and ends:
            yield Found(Span(word.start, word.end), TermKind.PERSON, 0.85, "name after a title")


def _hints(word: Word) -> bool:
    """Whether a name may be near: a rare word that the segmenter takes for one (it does 文明 too), or an office."""
    return (word.tag[:2] == "nr" and frequency(word.text) < COMMON) or is_title(word.text)


COMMON = 50
"""In the dictionary's corpus; a name in it has fewer occurrences."""


def _places(words: Sequence[Word]) -> Iterator[Found]:
    """Places, and places side by side: 浙江乌镇."""
    run: list[Word] = []
    for word in (*words, Word("", "x", -1, -1)):
        is_place = _is_place(word)
        if is_place and (not run or run[-1].end == word.start):
            run.append(word)
            continue
        if len(run) > 1:
            yield Found(Span(run[0].start, run[-1].end), TermKind.PLACE, 0.66, "places side by side")
        for one in run:
            yield Found(Span(one.start, one.end), TermKind.PLACE, 0.62, "place")
        run = [word] if is_place else []


def _joined_places(words: Sequence[Word]) -> Iterator[Found]:
    """中国—中东欧国家, and 中俄."""
    for place, dash in enumerate(words):
        if dash.text not in _DASHES or not 0 < place < len(words) - 1:
            continue
        left, right = words[place - 1], words[place + 1]
        if (_is_place(left) or left.text == "中国") and right.tag in {"ns", "j", "nt"}:
            after = words[place + 2 : place + 3]
            end = after[0].end if after and after[0].text.endswith(("国", "国家")) else right.end
            yield Found(Span(left.start, end), TermKind.PLACE, 0.64, "places side by side")
    for word in words:
        if len(word.text) == 2 and _PAIR.fullmatch(word.text):
            yield Found(Span(word.start, word.end), TermKind.PHRASE, 0.6, "two countries")


def _known(words: Sequence[Word]) -> Iterator[Found]:
    """What the dictionary calls an organisation or a short form, and countries or people: 金砖国家."""
    for word in words:
        if word.tag == "nt" and len(word.text) > 2 and word.text not in NOT_BODIES and frequency(word.text):
            yield Found(Span(word.start, word.end), TermKind.ORGANISATION, 0.75, "organisation in the dictionary")
        elif word.tag == "j" and len(word.text) > 1 and word.text not in PREDICATES and frequency(word.text) < 1000:
            yield Found(Span(word.start, word.end), TermKind.ABBREVIATION, 0.4, "short form in the dictionary")
        elif word.text.endswith("国家") and len(word.text) > 3:
            yield Found(Span(word.start, word.end), TermKind.PHRASE, 0.56, GROUP)
    for before, word in pairwise(words):
        if word.text in GROUPS and before.end == word.start and _is_group(before):
            yield Found(Span(before.start, word.end), TermKind.PHRASE, 0.56, GROUP)


def _is_place(word: Word) -> bool:
    if word.tag == "ns":
        known = frequency(word.text) or word.text[-1] in "市省县区镇州岛村"
        return word.text not in NOT_PLACES and len(word.text) > 1 and bool(known)
    return word.tag in {"nrt", "nt", "j"} and _is_country(word)


def _is_country(word: Word) -> bool:
    """By its sound; the dictionary calls some countries people."""
    return word.text.endswith(("尼亚", "利亚", "斯坦", "比亚", "多尔", "内亚", "西亚"))


def _by_last_word(chunk: Chunk) -> Iterator[Found]:
    """What ends in the last word of a name: from the beginning of the chunk, and from the name before it."""
    begin = 0
    for place, word in enumerate(chunk):
        if word.tag in {"quote", "year"}:
            continue
        ending = last_word(word.text)
        if ending is None or (place == 0 and len(word.text) < 4):
            continue
        if word.text in INNER_BODIES and place and place == begin:
            continue
        before = chunk[place - 1] if place else None
        if before and not ending[1] and (is_loose(before) or last_word(before.text)):
            continue  # 图书馆项目 and 倡议框架 are no names but what is said of one
        for start in _starts(chunk, begin, place, ending[0]):
            if found := _named(chunk[start : place + 1], *ending):
                yield found
        begin = place + 1


def _of_two(words: Sequence[Word], chunks: Sequence[Chunk]) -> Iterator[Found]:
    """An event of an event, on two things: 世界互联网大会乌镇峰会 + 青年与数字未来论坛."""
    after = {word.start: previous.end for previous, word in pairwise(words) if word.text in {"与", "和", "暨"}}
    for left, right in pairwise(chunks):
        joined = right[0].start - 1
        if after.get(joined) != left[-1].end:
            continue
        ends = [last_word(word.text) for word in left[:-1]]
        place = next((place for place, word in enumerate(right) if (last_word(word.text) or (0, False))[1]), 0)
        if place and any(end and end[1] for end in ends) and (ending := last_word(right[place].text)):
            evidence = f"ends in {right[place].text}"
            yield Found(Span(left[0].start, right[place].end), ending[0], 0.74, evidence)


@lru_cache(maxsize=65536)
def is_title(word: str) -> bool:
    """Whether the word ends as what people are called by their office does."""
    return any(word.endswith(title) for title in TITLES)


def _starts(chunk: Chunk, begin: int, place: int, kind: TermKind) -> set[int]:
    """Where a name that ends at `place` may begin; `begin` is the word after the name before it."""
    first = 0
    for at in range(place):
        word, following = chunk[at], chunk[at + 1]
        titled = is_title(word.text)
        verb = is_loose(word) and (at == first or following.tag in PROPER or place - at > 2)
        if titled or verb or (is_loose(word) and at == begin):
            first = at + 1
    starts = {first, max(begin, first)}
    if chunk[first].tag == "year" and place > first:
        dated = kind in {TermKind.EVENT, TermKind.DOCUMENT}
        starts = {first, first + 1, max(begin, first)} if dated else {first + 1, max(begin, first + 1)}
    if place > first + 1 and chunk[first].tag == "ns" and chunk[first + 1].tag == "quote":
        starts = {first + 1}  # a place before a quoted name says only where it is
    return starts


def _is_group(word: Word) -> bool:
    """Whether countries or peoples can be called after it: 非洲国家, 金砖国家."""
    return word.tag in {"ns", "j", "nz", "nrt"} or (word.tag == "n" and frequency(word.text) < 100)


def _text(words: Chunk) -> str:
    return "".join(word.text for word in words)


def _named(words: Chunk, kind: TermKind, strong: bool) -> Found | None:
    """The name that these words are; None where what stands before the last word makes no name of it."""
    before = words[:-1]
    length = words[-1].end - words[0].start
    if length < 3 or length > 30 or (words[-1].text == _text(words) and words[-1].text in NOT_BODIES):
        return None
    if before and words[0].text in EDGES and words[0].text not in HEADS:
        return None
    proper = sum(word.tag in PROPER for word in before)
    special = sum(word.text not in EDGES for word in before)
    if not before:
        weight = 0.45 if strong else 0.2
    elif strong:
        weight = 0.72 + 0.1 * bool(proper) + 0.04 * min(2, special - 1) if special else 0.3
    else:
        weight = 0.4 + 0.2 * bool(proper) + 0.05 * min(2, special - 1) if special else 0.2
    if length > 24:
        weight -= 0.02 * (length - 24)
    return Found(Span(words[0].start, words[-1].end), kind, weight, f"ends in {words[-1].text}")
