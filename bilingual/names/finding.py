"""Where Chinese personal names stand in running text, by evidence; a name missed is better than a word taken for one.

A stretch of the shape of a name (a family name and one or two characters) between whole words collects points: the
segmenter takes it for a name, a title stands before it or a style behind it, it says or does something, its characters
are those of names. Words of the dictionary, particles and the sounds of foreign names are none. From `SURE` on it is
a name; from `DOUBTFUL` on a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bilingual.bitext import Span
from bilingual.chinese import HAN, fold, is_traditional, to_simplified
from bilingual.names import tables
from bilingual.names.credits import credited
from bilingual.names.foreign import may_be_sounds
from bilingual.names.words import Words, is_word

HOME, ELSEWHERE = "home", "elsewhere"
SURE = 6.0
DOUBTFUL = 5.0
_CREDITED = 10.0

# What each kind of evidence is worth, in points.
_COMMON_FAMILY, _COMPOUND_FAMILY, _WORD_TOO, _FUNCTION = 1.0, 3.0, -0.5, -2.5
_KNOWN_GIVEN, _STRANGE_GIVEN, _TWO_GIVEN = 0.5, -0.75, 0.5
_TAGGED, _PARTLY_TAGGED, _SINGLE, _WORD_INSIDE, _NAME_IN_DICTIONARY = 2.5, 1.5, 1.5, -0.5, 1.5
_TITLE, _CALLED, _WORDS_END = 3.0, 3.0, 0.5
_STYLE, _SAYS, _AGE, _ACTS, _WORDS_BEGIN = 2.5, 2.0, 2.5, 1.0, 0.5
_WIDE, _BESIDE = 3.0, 1.5
_BEGINS_WITH_WORD, _FOREIGN_SOUND, _PLACE, _OPEN_END, _STRAY_BEFORE, _THING = -3.0, -1.5, -1.0, -1.5, -1.5, -3.0

_TITLE_BEFORE = re.compile(rf"(?:{tables.TITLES})[ “]?$")
_CALLED_BEFORE = re.compile("(?:名叫|名为|叫做|叫作|姓名|名字是|名字叫|化名|原名|本名|笔名|署名)[:“]?$")
_STYLE_BEHIND = re.compile(rf" ?(?:{tables.STYLES})")
_SAYS_BEHIND = re.compile(rf" ?(?:{tables.SAYS})")
_THING_BEHIND = re.compile(tables.THINGS)
_ACTS_BEHIND = re.compile(tables.ACTS)
_AGE_BEHIND = re.compile(
    r"[(,](?:男|女)[,)]|[(](?:左|右|中|前|后)[,)一二三]|[(](?:化名|音译|译音|[0-9]{4}年)|[(,]?(?:今年)?[0-9一二三四五六七八九十]{1,3}岁"
)
_EVIDENCE_BEHIND = ((_AGE_BEHIND, _AGE), (_STYLE_BEHIND, _STYLE), (_SAYS_BEHIND, _SAYS), (_ACTS_BEHIND, _ACTS))
_PLACES = re.compile(f"(?P<elsewhere>{tables.ELSEWHERE})|{tables.AT_HOME}")
_CLAUSE_END = re.compile("[。;!?]")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_SET_WIDE = re.compile(rf"(?<![{HAN}])[{HAN}] {{1,2}}[{HAN}](?![{HAN}])")
_LISTED = re.compile("[、和与及同跟]| ")
_COUNTED = re.compile("[一二两三四五六七八九十几][人名位个]|自[0-9]")
_DOT = re.compile("[·‧•・]")
_CLAUSE = 24
"""So far before a name the text tells where its bearer is from, in characters."""

_HOPELESS = 0.5
"""What has no more points than this without the segmenter's guess is not worth asking it."""

_TITLES_LENGTH = 8
"""No title is longer, in characters."""


@dataclass(frozen=True, slots=True)
class Name:
    """A Chinese personal name and how much speaks for it.

    `origin` is ELSEWHERE where the text speaks of a place where people do not write their names in pinyin, HOME where
    it speaks of one where they do. `simplified` is False where it is written in Traditional characters, so that the
    bearer may spell it otherwise.
    """

    span: Span
    points: float
    origin: str = ""
    simplified: bool = True

    @property
    def sure(self) -> bool:
        """Whether so much speaks for it that nobody need be asked whether it is a name."""
        return self.points >= SURE

    @property
    def local(self) -> bool:
        """Whether it is spelt in pinyin, for all one can tell."""
        return self.origin != ELSEWHERE

    @property
    def settled(self) -> bool:
        """Whether its pinyin goes into the English: of Traditional names too, which engines mangle all the same."""
        return self.sure and self.local


def candidates(text: str, known: Mapping[str, float] | None = None) -> tuple[Name, ...]:
    """All that has the shape of a name and something said for it, in order, none across another.

    `known` gives points to names (in Simplified characters) that the rest of the document speaks for.
    """
    simplified = to_simplified(fold(text))
    found = [Name(span, _CREDITED) for span in credited(simplified)]
    found += _running(simplified, known or {})
    if is_traditional(text):
        found = [replace(name, simplified=False) for name in found]
    return tuple(_in_lists(_apart(found), simplified))


def bare(name: str) -> str:
    """A name as it stands in a text, without the spaces in it."""
    return re.sub(r"\s", "", name)


def _running(text: str, known: Mapping[str, float]) -> Iterator[Name]:
    words = Words(text)
    for start, end in _shapes(text, words):
        name = bare(text[start:end])
        points = _points(text, start, end, words)
        if points > 0:
            two_families = len(name) == 4 and name[:2] not in tables.COMPOUND
            origin = ELSEWHERE if two_families else _origin(text, start)
            yield Name(Span(start, end), points + known.get(name, 0.0), origin)


def _apart(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names for which most speaks, none across another."""
    chosen: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda name: (-name.points, -len(name.span), name.span.start)):
        place = range(name.span.start, name.span.end)
        if taken.isdisjoint(place):
            chosen.append(name)
            taken.update(place)
    return tuple(sorted(chosen, key=lambda name: name.span.start))


def _in_lists(names: Sequence[Name], text: str) -> Iterator[Name]:
    """The names, what stands beside a sure one in a list or a pair a little surer."""
    for at, name in enumerate(names):
        beside = (*names[max(0, at - 1) : at], *names[at + 1 : at + 2])
        listed = any(other.sure and _LISTED.fullmatch(text, *_between(name.span, other.span)) for other in beside)
        yield replace(name, points=name.points + _BESIDE) if listed else name


def _between(one: Span, other: Span) -> tuple[int, int]:
    first, second = sorted((one, other), key=lambda span: span.start)
    return first.end, second.start


def _shapes(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Where something of the shape of a name stands between whole words, or set wide: 马  强."""
    for found in _SET_WIDE.finditer(text):
        yield found.span()
    for start in words.ends:
        if text[start] in tables.SURNAMES or text[start : start + 2] in tables.COMPOUND:
            for end in range(start + 2, min(start + 4, len(text)) + 1):
                if _HAN_ONLY.fullmatch(text, start, end) and (words.ends_at(end) or _cut_off(text, start, end)):
                    yield start, end


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether a title before and a verb or style behind show the end of a name where a word goes on: 任贤文|说."""
    before = text[max(0, start - _TITLES_LENGTH) : start]
    clear = not before or before[-1] in tables.BEFORE or _TITLE_BEFORE.search(before)
    return bool(clear and (_SAYS_BEHIND.match(text, end) or _STYLE_BEHIND.match(text, end)))


def _points(text: str, start: int, end: int, words: Words) -> float:
    """How much speaks for a name between the two places; 0 where something speaks against it for certain."""
    name = bare(text[start:end])
    family, given = _parts(name)
    if _impossible(name, family, given) or _goes_on(text, start, end, words):
        return 0.0
    points = (
        _for_family(family, given)
        + sum(_KNOWN_GIVEN if char in tables.GIVEN else _STRANGE_GIVEN for char in given)
        + (_TWO_GIVEN if len(given) == 2 else 0.0)
        + (_for_words(start, end, family, given, words) if len(name) == end - start else _WIDE)
        + _against_its_characters(name, family, given)
        + _for_what_stands_before(text, start, words)
        + _for_what_follows(text, end, given, words)
    )
    return points + _for_the_guess(start, end, family, given, words) if points > _HOPELESS else 0.0


def _parts(name: str) -> tuple[str, str]:
    """Family name and given name; of four characters, two family names or one of two characters."""
    if name[:2] in tables.COMPOUND:
        return name[:2], name[2:]
    if len(name) == 4:
        return (name[:2], name[2:]) if tables.COMMON.issuperset(name[:2]) else (name, "")
    return name[:1], name[1:]


def _impossible(name: str, family: str, given: str) -> bool:
    return (
        not given
        or not tables.NEVER_GIVEN.isdisjoint(given)
        or _STYLE_BEHIND.fullmatch(given) is not None
        or _foreign(family, given)
        or is_word(name)
        or name in tables.PLACE_NAMES
    )


def _foreign(family: str, given: str) -> bool:
    """Whether it is the sound of a foreign name: 戴维斯, 哈里森."""
    sounding = all(char in tables.FOREIGN or char in tables.SOUNDS for char in given)
    sure = any(char in tables.FOREIGN for char in given) or family[0] in tables.FOREIGN | tables.FOREIGN_FAMILIES
    return (sounding and sure) or not tables.SURELY_FOREIGN.isdisjoint(given)


def _goes_on(text: str, start: int, end: int, words: Words) -> bool:
    """Whether a dot or a lone character with which foreign names are written goes on over an edge: 马塞 in 马塞拉."""
    if _DOT.match(text, end) or (start and _DOT.match(text, start - 1)) or _COUNTED.match(text, end - 1):
        return True
    behind = end < len(text) and words.single(end, end + 1) and text[end] in tables.FOREIGN
    return behind or (start > 0 and words.single(start - 1, start) and text[start - 1] in tables.FOREIGN)


def _for_family(family: str, given: str) -> float:
    if family in tables.COMPOUND:
        return 0.0 if family in tables.WORDS_TOO_COMPOUND else _COMPOUND_FAMILY
    if family[0] in tables.FUNCTIONS and len(given) == 1:
        return _FUNCTION
    if family[0] in tables.WORDS_TOO:
        return _WORD_TOO if not tables.GIVEN.issuperset(given) else 0.0
    return _COMMON_FAMILY if family[0] in tables.COMMON else 0.0


def _for_words(start: int, end: int, family: str, given: str, words: Words) -> float:
    """What the dictionary says: that its characters are no words, or that it or a part of it is one."""
    known = tables.GIVEN.issuperset(given)
    if words.ends.get(start) == end:
        if known and len(given) == 2:
            return _NAME_IN_DICTIONARY if tables.WORDS_TOO.isdisjoint(family) else -1.0
        return -_NAME_IN_DICTIONARY * (2 if len(given) == 1 else 1)
    if words.single(start + len(family), end):
        return _SINGLE
    return 0.0 if known else _WORD_INSIDE


def _for_the_guess(start: int, end: int, family: str, given: str, words: Words) -> float:
    """What the segmenter says: that the whole of it or a part is a name."""
    if (start, end) in words.names:
        return _TAGGED
    middle = start + len(family)
    part = not words.names.isdisjoint({(start, middle), (start, middle + 1), (middle, end)})
    whole = words.ends.get(start) == end
    return _PARTLY_TAGGED if part and not whole and len(given) == 2 and tables.GIVEN.issuperset(given) else 0.0


def _against_its_characters(name: str, family: str, given: str) -> float:
    """What its characters look like besides: 黄金 in 黄金周, a place (胡里山), a sound (福禄克)."""
    return (
        (_BEGINS_WITH_WORD if len(given) == 2 and is_word(name[:-1]) else 0.0)
        + (_PLACE if given[-1] in tables.PLACES else 0.0)
        + (_FOREIGN_SOUND if given[-1] in tables.FOREIGN or (len(name) == 2 and may_be_sounds(name)) else 0.0)
        + (_FOREIGN_SOUND if len(name) == 4 and len(family) == 2 and family not in tables.COMPOUND else 0.0)
    )


def _for_what_stands_before(text: str, start: int, words: Words) -> float:
    before = text[max(0, start - _TITLES_LENGTH) : start]
    if _CALLED_BEFORE.search(before):
        return _CALLED
    if _TITLE_BEFORE.search(before):
        return _TITLE
    if not before or before[-1] in tables.BEFORE:
        return _WORDS_END
    stray = words.single(start - 1, start) and _HAN_ONLY.match(before[-1]) and before[-1] not in tables.LONE
    return _STRAY_BEFORE if stray else 0.0


def _for_what_follows(text: str, end: int, given: str, words: Words) -> float:
    for pattern, points in _EVIDENCE_BEHIND:
        if pattern.match(text, end):
            return points
    if end == len(text) or text[end] in tables.AFTER:
        return _WORDS_BEGIN
    if _THING_BEHIND.match(text, end):
        return _THING
    return _OPEN_END if len(given) == 1 and words.single(end, end + 1) else 0.0


def _origin(text: str, start: int) -> str:
    """What the place that the clause spoke of last says of how a name is spelt; "" where it spoke of none."""
    clause = _CLAUSE_END.split(text[max(0, start - _CLAUSE) : start])[-1]
    places = [*_PLACES.finditer(clause)]
    if not places:
        return ""
    return HOME if places[-1]["elsewhere"] is None else ELSEWHERE
