"""Where the terms of a glossary occur in a sentence: leftmost-longest, on word boundaries, over width and script.

What can be known of a term beforehand is worked out once, so that a sentence costs one pass of the automaton and a
look at the few matches that nothing before them has taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Any

from bilingual.bitext import Span, Term, TermKind, TermMatch, TermStatus
from bilingual.chinese import FOLD, to_simplified
from bilingual.glossary.conditions import holds

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_FORM = _LOWER | {wide: _LOWER.get(narrow, narrow) for wide, narrow in FOLD.items()}


def normal_form(text: str) -> str:
    """The form in which terms are compared: Simplified, half-width, lower case; as long as `text`, offset by offset."""
    return to_simplified(text.translate(_FORM))


def normal_forms(texts: Sequence[str]) -> list[str]:
    """The normal form of each of many short texts, in one go: no line end, and so nothing across two, is a phrase."""
    if any("\n" in text for text in texts):
        return [normal_form(text) for text in texts]
    return normal_form("\n".join(texts)).split("\n") if texts else []


class Glossary:
    """Terms, ready to be found. The order of `terms` is their priority where two have the same source."""

    def __init__(self, terms: tuple[Term, ...] = ()) -> None:
        self.terms = terms
        live = [term for term in terms if term.source and term.status is not TermStatus.DEPRECATED]
        by_source: dict[str, tuple[Term, ...]] = {}
        for form, term in zip(normal_forms([term.source for term in live]), live, strict=True):
            by_source[form] = (*by_source.get(form, ()), term)
        self._patterns = [*by_source]
        self._same = [*by_source.values()]
        self._rules: dict[int, tuple[_Rule, ...] | Term] = {}
        self._by_kinds: dict[frozenset[TermKind], tuple[Term, ...]] = {}
        self._automaton: Any = None

    def __len__(self) -> int:
        return len(self.terms)

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in one sentence, in order, none inside or across another: the leftmost, and there the longest."""
        sentence = _Sentence(normal_form(text))
        chosen: list[TermMatch] = []
        taken = 0
        for index, start, end in self._found(sentence.text):
            if start < taken:
                continue
            rules = self._rules.get(index) or self._learn(index)
            term = rules if isinstance(rules, Term) else _holding(rules, sentence, start, end)
            if term:
                chosen.append(TermMatch(term, Span(start, end)))
                taken = end
        return tuple(chosen)

    def of_kinds(self, kinds: frozenset[TermKind]) -> tuple[Term, ...]:
        """The terms of these kinds that are in use."""
        if kinds not in self._by_kinds:
            live = (term for term in self.terms if term.status is not TermStatus.DEPRECATED)
            self._by_kinds[kinds] = tuple(term for term in live if term.kind in kinds)
        return self._by_kinds[kinds]

    def find(self, words: str) -> tuple[Term, ...]:
        """The terms that hold `words` in their Chinese, English or pinyin (spaces or not), the nearest first."""
        from pypinyin import lazy_pinyin

        wanted = normal_form(words.strip())
        close = wanted.replace(" ", "")
        found = (
            term
            for term in self.terms
            if wanted in normal_form(term.source)
            or any(wanted in rendering.lower() for rendering in term.renderings)
            or (close.isascii() and close in "".join(lazy_pinyin(term.source)))
        )
        return tuple(sorted(found, key=lambda term: _distance(wanted, term)))

    def _found(self, normal: str) -> list[tuple[int, int, int]]:
        """Number, start and end of each pattern that stands in a text in normal form: by start, the longest first."""
        if not self._patterns:
            return []
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._patterns, store_patterns=False)
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(normal, overlapping=True)
        found.reverse()  # they come by their ends
        found.sort(key=_START)
        return found

    def _learn(self, index: int) -> tuple[_Rule, ...] | Term:
        rules = self._rules[index] = _rules(self._patterns[index], self._same[index])
        return rules


_START = itemgetter(1)
_Rule = tuple[Term, bool, bool, str]
"""A term, whether it must stand as words of its own, whether it begins or ends in Latin, and its condition in normal
form (empty: always)."""


def _rules(form: str, same: Iterable[Term]) -> tuple[_Rule, ...] | Term:
    """What is asked of the terms of one source, the first to be asked first; or the term of which nothing is asked."""
    latin = _latin(form[:1]) or _latin(form[-1:])
    in_order = sorted(same, key=lambda term: term.when in _ALWAYS)  # a condition is more special than none
    first = in_order[0]
    if not latin and first.when == "always" and not _needs_boundary(first):
        return first
    return tuple((t, _needs_boundary(t), latin, "" if t.when in _ALWAYS else normal_form(t.when)) for t in in_order)


_ALWAYS = frozenset({"always", "exact"})


def _holding(rules: tuple[_Rule, ...], sentence: _Sentence, start: int, end: int) -> Term | None:
    """The first term of a source that holds where it stands."""
    for term, boundary, latin, when in rules:
        if boundary and not sentence.stands_alone(start, end):
            continue
        if latin and _inside_latin(sentence.text, start, end):
            continue
        if not when or holds(when, sentence.text, Span(start, end)):
            return term
    return None


def _distance(wanted: str, term: Term) -> tuple[bool, int]:
    """How far a term is from the words looked for: those that are just these first, then the shorter."""
    same = wanted in {normal_form(term.source), *(rendering.lower() for rendering in term.renderings)}
    return not same, len(term.source)


def _needs_boundary(term: Term) -> bool:
    """Short terms are often part of other words; long names are not, and segmenters do not know them."""
    if term.when == "exact":
        return True
    return len(term.source) <= (3 if term.kind is TermKind.PHRASE else 2)


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter or digit goes on over an edge: AI is not in AIDS, but it is in 用AI写."""
    return any(0 < edge < len(text) and _latin(text[edge - 1]) and _latin(text[edge]) for edge in (start, end))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Sentence:
    """A sentence in normal form and, once asked for, where its words begin and end: by the segmenter's dictionary
    alone (its guesses at new words invent boundaries)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._edges: list[int] = []

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether words begin and end there, or it lies in one word of which nothing but whole words is left.

        中东 stands alone in 中东地区 (地区 is a word) and does not in 中东欧; 后 does not in 后来居上, nor 币汇率 in
        人民币汇率.
        """
        edges = self._edges or self._cut()
        first, last = edges[bisect_right(edges, start) - 1], edges[bisect_left(edges, end)]
        if first == start and last == end:
            return True
        within = bisect_right(edges, start) == bisect_left(edges, end)
        return within and end - start > 1 and _is_word(self.text[first:start]) and _is_word(self.text[end:last])

    def _cut(self) -> list[int]:
        import rjieba

        self._edges = [*accumulate(map(len, rjieba.cut(self.text, False)), initial=0), len(self.text)]
        return self._edges


@lru_cache(maxsize=65536)
def _is_word(part: str) -> bool:
    import rjieba

    return not part or (len(part) > 1 and len(rjieba.cut(part, False)) == 1)
