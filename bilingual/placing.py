"""Inline codes at the right words of a translation: which English says what the marked Chinese says?

The engine tells by what it would lose: without the marked words in the source, the English that says them becomes
unlikely. Added to that are the words the engine gives for the marked Chinese alone, and the renderings of terms in it.
The weights were set on the HKMA annual report of 2016 (see `make bench ONLY=codes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual import english
from bilingual.bitext import Code, Span, TermUse, Text
from bilingual.codes import placed
from bilingual.engines import Engine, Request, Trace
from bilingual.phrasing import for_engine, is_page_number

RULES = "2"
"""Changes whenever this module may put a code elsewhere; part of the key under which a placement is kept."""

LOSS = 2.5
"""By how much (natural log) a word must become less likely to count as said by the marked words."""

KNOWN = 4.0
"""What it adds that the marked words alone are translated by this word."""

FUNCTION_LOSS = 0.3
"""The share of its loss that an article, preposition or the like counts with: it hangs on its neighbours."""

STEM = 5
"""Letters by which two forms of a word are told to be one."""

ANCHOR = 4
"""Characters before a lone code whose English it follows."""

BREAKS = frozenset({"cue", "lb"})
"""Types of lone codes that divide a sentence where its length and its pauses say, whatever the words there."""

_WORD = re.compile(r"[\w$€£¥%]+(?:[.,'’-][\w%]+)*")
_CLAUSE = re.compile(r"\w+$")
_FUNCTION = frozenset(
    {"the", "a", "an", "of", "in", "to", "and", "for", "on", "at", "by", "with", "is", "was", "are", "were", "as"}
    | {"that", "it", "its", "be", "from", "or", "this", "these", "has", "have", "had"}
)
_STOPS = re.compile(r"[^\w\s(\[{<“‘]*")


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with codes, its English without them, and the terms in both."""

    source: Text
    target: str
    terms: tuple[TermUse, ...] = ()


def place_codes(engine: Engine, sentences: Sequence[Coded]) -> list[Text]:
    """The English of each sentence with the codes of its source: each once, nested, at the words that say the same.

    An engine that cannot tell ("trace" is not among its capabilities) gives places in proportion to the length.
    """
    wanted = [_asked(sentence.source) if sentence.target else () for sentence in sentences]
    answers = _answers(engine, sentences, wanted)
    return [
        placed(sentence.source, sentence.target, _Aligner(sentence, own).aligned)
        for sentence, own in zip(sentences, answers, strict=True)
    ]


def _asked(source: Text) -> tuple[Span, ...]:
    """The stretches of the source whose English must be found."""
    spans = dict.fromkeys(_marked(source))
    return tuple(span for span in spans if 0 < len(span) < len(source.string))


def _marked(source: Text) -> Iterable[Span]:
    opened: dict[str, Code] = {}
    for code in source.codes:
        if code.kind == "open":
            opened[code.id] = code
        start = opened[code.id].position if code.kind == "close" else code.position
        span = Span(start, code.position)
        if code.kind == "close" and len(span):
            yield span
        elif code.kind == "empty" and code.type not in BREAKS:
            yield _before(source.string, code.position)


def _before(string: str, position: int) -> Span:
    """The words right before a place, as far as they reach back to a pause."""
    words = _CLAUSE.search(string[:position].rstrip())
    if words is None:
        end = len(_without_stops(string[:position]))
        words = _CLAUSE.search(string[:end])
    if words is None:
        return Span(position, position)
    latin = words[0][-1].isascii()
    start = words.start() if latin else max(words.start(), words.end() - ANCHOR)
    return Span(start, words.end())


def _without_stops(string: str) -> str:
    return re.sub(r"[^\w]+$", "", string)


_Answers = dict[Span, tuple[str, Trace]]
"""For each stretch: what the engine makes of it alone, and how likely the target is without it (Span(0, 0): with)."""


def _answers(engine: Engine, sentences: Sequence[Coded], wanted: Sequence[tuple[Span, ...]]) -> list[_Answers]:
    if "trace" not in engine.capabilities or not any(wanted):
        return [{} for _ in sentences]
    rows = [(row, span) for row, spans in enumerate(wanted) for span in spans]
    alone = engine.translate([Request(for_engine(span.of(sentences[row].source.string))) for row, span in rows])
    whole = [row for row, spans in enumerate(wanted) if spans]
    pairs = [(for_engine(sentences[row].source.string), sentences[row].target) for row in whole]
    pairs += [(for_engine(_without(sentences[row].source.string, span)), sentences[row].target) for row, span in rows]
    traces = engine.trace(pairs)
    found: list[_Answers] = [{} for _ in sentences]
    for row, trace in zip(whole, traces, strict=False):
        found[row][Span(0, 0)] = ("", trace)
    for (row, span), hypotheses, trace in zip(rows, alone, traces[len(whole) :], strict=True):
        found[row][span] = (english.tidy(hypotheses[0].text), trace)
    return found


def _without(string: str, span: Span) -> str:
    return string[: span.start] + string[span.end :]


class _Aligner:
    """One sentence: gives for each stretch of its source the stretch of its target."""

    def __init__(self, sentence: Coded, answers: _Answers) -> None:
        self._source = sentence.source.string
        self._target = sentence.target
        self._terms = sentence.terms
        self._answers = answers
        self._words = [Span(*found.span()) for found in _WORD.finditer(sentence.target)]
        self._lone = {code.position: code for code in sentence.source.codes if code.kind == "empty"}

    def aligned(self, span: Span) -> Span:
        """The stretch of the target that says what `span` of the source says."""
        if not len(span):
            return self._point(span.start)
        if not self._words:
            return Span(0, len(self._target))
        if span not in self._answers:
            return self._in_proportion(span)
        return self._quoted(span, self._best(span))

    def _best(self, span: Span) -> Span:
        """The run of words that gains most: each by its loss without the marked words, less what a chance loss is."""
        gains = self._gains(span)
        best, best_gain, start, gain = (0, 1), float("-inf"), 0, 0.0
        for at, own in enumerate(gains):
            if gain <= 0:
                start, gain = at, 0.0
            gain += own
            if gain > best_gain:
                best, best_gain = (start, at + 1), gain
        first, last = best
        while first < last - 1 and self._is_function(first):
            first += 1
        while last - 1 > first and self._is_function(last - 1):
            last -= 1
        return Span(self._words[first].start, self._words[last - 1].end)

    def _gains(self, span: Span) -> list[float]:
        alone, without = self._answers[span]
        _, whole = self._answers[Span(0, 0)]
        known = self._known(span, alone)
        gains = []
        for at, word in enumerate(self._words):
            losses = [a[1] - b[1] for a, b in zip(whole, without, strict=False) if a[0].overlaps(word)]
            loss = min(4.0, max(losses, default=0.0)) - LOSS
            bonus = KNOWN if _stem(word.of(self._target)) in known else 0.0
            gains.append((loss + bonus) * FUNCTION_LOSS - 0.01 if self._is_function(at) else loss + bonus)
        return gains

    def _known(self, span: Span, alone: str) -> set[str]:
        """The words that may say it: those the engine gives for it alone, and the renderings of its terms."""
        renderings = [use.target for use in self._terms if use.span.overlaps(span) and len(use.span) <= len(span)]
        texts = [alone, span.of(self._source), *renderings]
        return {_stem(word) for text in texts for word in _WORD.findall(text)} - _FUNCTION

    def _is_function(self, at: int) -> bool:
        return self._words[at].of(self._target).lower() in _FUNCTION

    def _quoted(self, span: Span, found: Span) -> Span:
        """The stretch with its quotation marks, where the marked Chinese has its own."""
        marks = "“”\"'‘’《》「」『』"
        if self._source[span.start] in marks and self._source[span.end - 1] in marks:
            before, after = self._target[: found.start][-1:], self._target[found.end :][:2]
            if before in set("\"“'") and (closing := re.match(r"[,.]?[\"”']", after)):
                return Span(found.start - 1, found.end + closing.end())
        return found

    def _point(self, position: int) -> Span:
        """The place in the target of a lone code: behind the English of the words before it, and behind its stop."""
        target, source = self._target, self._source
        if not _WORD.search(source[:position]):
            at = 0
        elif not _WORD.search(source[position:]) or is_page_number(source, position):
            at = len(target)
        elif (lone := self._lone.get(position)) is not None and lone.type in BREAKS:
            at = self._pause(self._share(position))
            at += lone.type == "lb" and target[at : at + 1] == " "
        else:
            anchor = _before(source, position)
            found = self._best(anchor).end if anchor in self._answers and self._words else self._share(position)
            stops = _STOPS.match(target, found)
            at = stops.end() if stops and not source[position - 1].isalnum() else found
        return Span(at, at)

    def _in_proportion(self, span: Span) -> Span:
        """The words that lie as far along the target as the span along the source, one at the least."""
        start, end = (at * len(self._target) / len(self._source) for at in (span.start, span.end))
        inside = [word for word in self._words if start <= (word.start + word.end) / 2 <= end]
        if not inside:
            middle = (start + end) / 2
            inside = [min(self._words, key=lambda word: abs((word.start + word.end) / 2 - middle))]
        return Span(inside[0].start, inside[-1].end)

    def _share(self, position: int) -> int:
        """The end of the word that lies as far along the target as `position` along the source."""
        if position <= 0:
            return 0
        if position >= len(self._source):
            return len(self._target)
        at = position * len(self._target) / len(self._source)
        return min((word.end for word in self._words), key=lambda end: abs(end - at), default=round(at))

    def _pause(self, at: int) -> int:
        """The pause nearest to a place, if there is one near; else the place."""
        near = max(8, len(self._target) // 8)
        pauses = [found.end() for found in re.finditer(r"[,.;:!?](?=\s)", self._target)]
        return min((p for p in pauses if abs(p - at) <= near), key=lambda p: abs(p - at), default=at)


def _stem(word: str) -> str:
    return word.lower()[:STEM]
