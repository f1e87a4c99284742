"""Where the terms of a glossary occur in a sentence: leftmost-longest, on word boundaries, over width and script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bilingual.bitext import Span, Term, TermKind, TermMatch, TermStatus
from bilingual.chinese import fold, to_simplified
from bilingual.glossary.conditions import holds

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def normal_form(text: str) -> str:
    """The form in which terms are compared: Simplified, half-width, lower case; as long as `text`, offset by offset."""
    return to_simplified(fold(text)).translate(_LOWER)


class Glossary:
    """Terms, ready to be found. The order of `terms` is their priority where two have the same source."""

    def __init__(self, terms: tuple[Term, ...] = ()) -> None:
        self.terms = terms
        self._by_source: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            if term.status is not TermStatus.DEPRECATED:
                self._by_source[normal_form(term.source)].append(term)
        for same in self._by_source.values():
            same.sort(key=lambda term: term.when in {"always", "exact"})  # a condition is more special than none
        self._patterns = list(self._by_source)
        self._automaton: Any = None

    def __len__(self) -> int:
        return len(self.terms)

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in one sentence, in order, none inside or across another: the leftmost, and there the longest."""
        found = sorted(self._all(text), key=lambda match: (match.span.start, -match.span.end))
        chosen: list[TermMatch] = []
        end = 0
        for match in found:
            if match.span.start >= end:
                chosen.append(match)
                end = match.span.end
        return tuple(chosen)

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

    def _all(self, text: str) -> Iterator[TermMatch]:
        if not self._patterns:
            return
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._patterns)
        normal = normal_form(text)
        words: _Words | None = None
        for index, start, end in self._automaton.find_matches_as_indexes(normal, overlapping=True):
            span = Span(start, end)
            for term in self._by_source[self._patterns[index]]:
                if _needs_boundary(term):
                    words = words or _Words(normal)
                    if not words.stands_alone(span):
                        continue
                elif _inside_latin(normal, span):
                    continue
                if holds(normal_form(term.when), normal, span):
                    yield TermMatch(term, span)
                    break


def _distance(wanted: str, term: Term) -> tuple[bool, int]:
    """How far a term is from the words looked for: those that are just these first, then the shorter."""
    same = wanted in {normal_form(term.source), *(rendering.lower() for rendering in term.renderings)}
    return not same, len(term.source)


def _needs_boundary(term: Term) -> bool:
    """Short terms are often part of other words; long names are not, and segmenters do not know them."""
    if term.when == "exact":
        return True
    return len(term.source) <= (3 if term.kind is TermKind.PHRASE else 2)


def _inside_latin(text: str, span: Span) -> bool:
    """Whether a Latin letter or digit goes on over an edge: AI is not in AIDS, but it is in 用AI写."""
    return any(
        0 < edge < len(text) and _latin(text[edge - 1]) and _latin(text[edge]) for edge in (span.start, span.end)
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Words:
    """The words of a sentence, by the segmenter's dictionary alone (its guesses at new words invent boundaries)."""

    def __init__(self, text: str) -> None:
        import rjieba

        self._text = text
        self._spans: list[Span] = []
        start = 0
        for word in rjieba.cut(text, False):
            self._spans.append(Span(start, start + len(word)))
            start += len(word)

    def stands_alone(self, span: Span) -> bool:
        """Whether nothing but whole words is left of the words that `span` touches.

        中东 stands alone in 中东地区 (地区 is a word) and does not in 中东欧; 后 does not in 后来居上.
        """
        for word in self._spans:
            if not word.overlaps(span):
                continue
            before = self._text[word.start : max(word.start, span.start)]
            after = self._text[min(word.end, span.end) : word.end]
            if len(span) == 1 and (before or after):
                return False
            if not (_is_word(before) and _is_word(after)):
                return False
        return not _inside_latin(self._text, span)


@lru_cache(maxsize=4096)
def _is_word(part: str) -> bool:
    import rjieba

    return not part or (len(part) > 1 and len(rjieba.cut(part, False)) == 1)
