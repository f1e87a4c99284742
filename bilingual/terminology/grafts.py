"""A term put in the place of the engine's own words for it.

What the engine says by itself is better English than what it says around a placeholder: articles, possessives, verbs
and places are right. Which of its words say the term, its attention tells, and what it makes of the term alone; where
they begin and end, its score of the source itself decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bilingual import english
from bilingual.bitext import Span, TermKind
from bilingual.engines import Engine, Hypothesis
from bilingual.terminology.grammar import goes_bare
from bilingual.terminology.protect import Slot

OWN = 0.5
"""The share of a word's attention that makes it the term's."""

KNOWN = 0.15
"""The same for a word that the engine also gives for the term alone."""

SURE = 0.75
"""The share above which a word is never left out again."""

LEAST = 0.1
"""Attention below this, in all, tells nothing of a word."""

RIVAL = 0.35
"""What a second place may have of the first one's attention: above this the term's place is not plain."""

FAINT = 0.05
"""The share that a word next to the term must have to go with it, where the engine or the glossary says it for it."""

LONG = 10
"""Characters above which the engine has no words of its own for a title that could be told from the rest."""

_STEM = 5
_GAP = 2
_FUNCTION = frozenset(
    {
        *("the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "with", "and", "or", "as", "from", "its"),
        *("their", "his", "her", "our", "that", "this", "these", "those", "is", "are", "was", "were", "be", "been"),
        *("has", "have", "had", "will", "would", "can", "could", "should", "may", "which", "who", "it", "into"),
        *("under", "between", "than", "not", "s"),
    }
)
_ARTICLES = frozenset({"a", "an", "the"})
_NEGATION = re.compile(r"(?:no|not|never|without|nor|neither|(?:non|anti|counter)-.*)", re.IGNORECASE)
"""What turns a sense round: it never goes with the engine's words for a term that does not say it itself."""

_MARK = "\ue000"
"""One private character that stands for a spot; it never leaves this module."""


@dataclass(frozen=True)
class Natural:
    """A sentence as the engine got it, what it made of it by itself, and the slots that shall be said as settled.

    `bare` is what it makes of each slot's source alone. The slots' spans are in `source`.
    """

    source: str
    hypothesis: Hypothesis
    slots: tuple[Slot, ...]
    bare: Mapping[str, str]

    @cached_property
    def spots(self) -> tuple[_Spot, ...] | None:
        """The words that say each slot; None where one cannot be told or two are one."""
        found = [_spot(self, slot) for slot in self.slots]
        spots = [spot for spot in found if spot is not None]
        return tuple(spots) if len(spots) == len(found) and not _across(spots) else None


@dataclass(frozen=True, slots=True)
class _Spot:
    """The words from `first` to `last` say a slot; `others` are where they may begin or end instead."""

    slot: Slot
    first: int
    last: int
    others: tuple[_Spot, ...] = ()


def may_be_plain(slot: Slot, source: str) -> bool:
    """Whether the engine's own words for a slot may be told from the rest: not those for people, whose names it spells
    as it likes, for long titles, or for what stands in quotation marks."""
    marks = "“”\"'‘’《》「」『』〈〉"
    around = source[max(0, slot.span.start - 1) : slot.span.end + 1]
    person = slot.kind == "name" or (slot.term is not None and slot.term.kind is TermKind.PERSON)
    return not (person or slot.parts or len(slot.source) > LONG or any(mark in around for mark in marks))


def grafted(engine: Engine, naturals: Sequence[Natural]) -> list[str | None]:
    """Each sentence with its slots said as settled; None where the engine's own words for one of them are not plain."""
    rows = [natural.spots for natural in naturals]
    asked = [
        (row, at, spot, text)
        for row, spots in enumerate(rows)
        for at, own in enumerate(spots or ())
        if own.others
        for spot in (own, *own.others)
        if (text := _with(naturals[row], _replaced(spots or (), at, spot))) is not None
    ]
    scores = engine.score([(naturals[row].source, text) for row, _, _, text in asked])
    best: dict[tuple[int, int], tuple[float, _Spot]] = {}
    for (row, at, spot, _), score in zip(asked, scores, strict=True):
        if (row, at) not in best or score > best[row, at][0]:
            best[row, at] = score, spot
    made: list[str | None] = []
    for row, (natural, spots) in enumerate(zip(naturals, rows, strict=True)):
        chosen = [best.get((row, at), (0.0, spot))[1] for at, spot in enumerate(spots or ())]
        made.append(None if spots is None else _with(natural, chosen) or _with(natural, spots))
    return made


def _spot(natural: Natural, slot: Slot) -> _Spot | None:
    """The words that say a slot: one run of them, with at most two small words in between."""
    words = [_Word.of(natural, slot, span, heard) for span, heard in natural.hypothesis.attention]
    over = "," in slot.renderings[0]
    runs = _runs([at for at, word in enumerate(words) if word.own], words, over)
    weights = sorted((sum(word.weight for word in words[first : last + 1]), first, last) for first, last in runs)
    if not weights or (len(weights) > 1 and weights[-2][0] > RIVAL * weights[-1][0]):
        return None
    _, first, last = weights[-1]
    peak = max((at for at in range(first, last + 1) if words[at].content), key=lambda at: words[at].weight)
    first, last = _absorbed(words, first, -1, over), _absorbed(words, last, 1, over)
    alone = _stems(natural.bare.get(slot.source, ""))
    if alone and alone <= {word.stem for word in words[first : last + 1]}:
        return _exact(slot, words, first, last)
    most = max(len(alone), len(_stems(slot.renderings[0])))
    firsts, lasts = _edges(words, first, peak, 1), _edges(words, last, peak, -1)
    spots = [_Spot(slot, *ends) for ends in dict.fromkeys([(first, last), *((at, last) for at in firsts),
                                                          *((first, at) for at in lasts)])]  # fmt: skip
    fitting = [spot for spot in spots if sum(word.content for word in words[spot.first : spot.last + 1]) <= most]
    plain = [spot for spot in fitting if not _turns_round(natural, spot)]
    return replace(plain[0], others=tuple(plain[1:])) if plain else None


def _exact(slot: Slot, words: Sequence[_Word], first: int, last: int) -> _Spot | None:
    """A run in which the engine says all that it says for the term alone: what stands around these words is of the
    sentence (“the creation of a community of destiny”). Where a word of the run stands between them or touches them
    (“the Monetary Authority Management”), nothing can be put in."""
    known = [at for at in range(first, last + 1) if words[at].known]
    touching = range(max(first, known[0] - 1), min(last, known[-1] + 1) + 1)
    strange = any(words[at].content and not words[at].known for at in touching)
    return None if strange else _Spot(slot, known[0], known[-1])


def _turns_round(natural: Natural, spot: _Spot) -> bool:
    """Whether a negation would be lost: 非公務員條款 is “non-civil service terms”."""
    attention = natural.hypothesis.attention[spot.first : spot.last + 1]
    words = (_core(span.of(natural.hypothesis.text)) for span, _ in attention)
    said = spot.slot.renderings[0].lower()
    return any(_NEGATION.fullmatch(word) and word.partition("-")[0] not in said for word in words)


def _runs(own: Sequence[int], words: Sequence[_Word], over: bool) -> list[tuple[int, int]]:
    """The runs of the words that are the term's; a stop ends one, but where the term has one itself (`over`)."""
    runs: list[tuple[int, int]] = []
    for at in own:
        between = words[runs[-1][1] + 1 : at] if runs else []
        near = runs and len(between) <= _GAP and not any(word.content for word in between)
        near = near and not (between and between[0].article)  # “recorded a revision”: a verb and its object
        if near and (over or not words[runs[-1][1]].stops):
            runs[-1] = runs[-1][0], at
        else:
            runs.append((at, at))
    return runs


def _absorbed(words: Sequence[_Word], edge: int, outward: int, over: bool) -> int:
    """The edge of a run moved over the words next to it that the engine or the glossary says the term with: left
    standing, they would say a part of it twice."""
    while True:
        near = range(edge + outward, edge + outward * (_GAP + 2), outward)
        content = next((at for at in near if 0 <= at < len(words) and words[at].content), None)
        if content is None or not words[content].known or words[content].share < FAINT:
            return edge
        if not over and any(words[at].stops for at in range(min(edge, content), max(edge, content))):
            return edge
        edge = content


def _edges(words: Sequence[_Word], edge: int, peak: int, inward: int) -> tuple[int, ...]:
    """Where else the run may end, nearer to its weightiest word: nothing sure is left out."""
    nearer: list[int] = []
    for at in range(edge, peak, inward):
        if words[at].sure:
            break
        nearer += [other for other in range(at + inward, peak + inward, inward) if words[other].content][:1]
    return tuple(dict.fromkeys(nearer))


def _replaced(spots: Sequence[_Spot], at: int, spot: _Spot) -> list[_Spot]:
    return [*spots[:at], spot, *spots[at + 1 :]]


def _across(spots: Iterable[_Spot]) -> bool:
    ordered = sorted(spots, key=lambda spot: spot.first)
    return any(after.first <= before.last for before, after in pairwise(ordered))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the target, seen from one slot."""

    stem: str
    content: bool
    article: bool
    known: bool
    weight: float
    share: float
    stops: bool

    @classmethod
    def of(cls, natural: Natural, slot: Slot, span: Span, heard: Sequence[tuple[Span, float]]) -> _Word:
        """The word at `span`; `heard` is what it was made from, punctuation included."""
        core = _core(span.of(natural.hypothesis.text))
        said = [(place, weight) for place, weight in heard if re.search(r"\w", place.of(natural.source))]
        total = sum(weight for _, weight in said)
        weight = sum(weight for place, weight in said if place.overlaps(slot.span))
        alone = _stems(natural.bare.get(slot.source, "")) | _stems(slot.renderings[0])
        return cls(
            stem=core[:_STEM],
            content=bool(core) and core not in _FUNCTION,
            article=core in _ARTICLES,
            known=core[:_STEM] in alone,
            weight=weight,
            share=weight / total if total else 0.0,
            stops=span.of(natural.hypothesis.text)[-1:] in {",", ";", ":", "."},
        )

    @property
    def own(self) -> bool:
        """Whether it says the slot."""
        heard = self.share > OWN and self.weight > LEAST
        return self.content and (heard or (self.known and self.share > KNOWN))

    @property
    def sure(self) -> bool:
        """Whether it says it for certain."""
        return self.content and (self.known or self.share > SURE)


def _stems(words: str) -> set[str]:
    return {core[:_STEM] for word in words.split() if (core := _core(word)) and core not in _FUNCTION}


def _core(word: str) -> str:
    return re.sub(r"^\W+|(?:['’]s?)?\W*$", "", word).lower()


def _with(natural: Natural, spots: Iterable[_Spot]) -> str | None:
    """The engine's sentence with the rendering of each spot's slot in its place; None where two spots are one."""
    ordered = sorted(spots, key=lambda spot: spot.first)
    if _across(ordered) or any(spot.first > spot.last for spot in ordered):
        return None
    text = natural.hypothesis.text
    words = [span for span, _ in natural.hypothesis.attention]
    for spot in reversed(ordered):
        start, end = _inside(text, Span(words[spot.first].start, words[spot.last].end))
        before, after = text[:start], text[end:]
        if spot.slot.plural:
            before = re.sub(r"\b[Aa]n? ((?:[\w-]+ )?)$", r"\1", before)
        if spot.slot.term is not None and goes_bare(spot.slot.term):
            before = re.sub(r"\b[Tt]he $", "", before)
        after = _ECHO.sub("", after) if _echoes(spot.slot, after) else after
        text, _ = english.place(before + _MARK + after, _MARK, spot.slot.renderings[0])
    return english.tidy(text)


def _inside(text: str, span: Span) -> tuple[int, int]:
    """The span without marks around its words and without a possessive; a bracket that opens inside closes inside."""
    words = span.of(text)
    start = span.start + len(re.match(r"\W*", words)[0])  # type: ignore[index]  # matches always
    tail = re.search(r"(?:['’]s?)?\W*$", words)
    end = span.start + (tail.start() if tail else len(words))
    inside = text[start:end]
    return start, end + (text[end : end + 1] == ")" and inside.count("(") > inside.count(")"))


_ECHO = re.compile(r"^ [^\W\d_]+")


def _echoes(slot: Slot, after: str) -> bool:
    """Whether the word behind says the term's last noun again: Federal Funds Rate rates."""
    following = re.match(r" ([^\W\d_]{4,})(?![\w'’-])", after)
    last = slot.renderings[0].rsplit(maxsplit=1)[-1].lower()
    return following is not None and following[1].lower().removesuffix("s") == last.removesuffix("s")
