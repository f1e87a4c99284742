"""Which terms are ordinary words: verbs, adverbs, particles and the like, that a sentence bends as it needs them."""

from __future__ import annotations

from functools import lru_cache

from bilingual.bitext import Term, TermKind
from bilingual.chinese import to_simplified

_BENT = frozenset("adfmpqrtuvcy")
"""The segmenter's classes of what is no name of a thing: adjectives, adverbs, numerals, verbs, particles …"""

_THINGS = frozenset({"vn", "an"})
"""Verbs and adjectives that name a thing: 影响, 安全."""


def is_ordinary(term: Term) -> bool:
    """Whether the term is a phrase of one such word or one character (推动, 升至, 为), or a word of two characters that
    has several right renderings (体系: system, sector). Its English cannot be put into a sentence from outside, as that
    of a name can: it is looked for, and the person is told where it is not there."""
    if term.kind is not TermKind.PHRASE or term.case:
        return False
    return _bends(term.source) or (len(term.source) == 2 and _several(term.renderings) and _is_word(term.source))


def _several(renderings: tuple[str, ...]) -> bool:
    """Whether the renderings are more than forms of one: “fund” and “Funds” are one."""
    return len({rendering.lower().removesuffix("s") for rendering in renderings}) > 1


@lru_cache(maxsize=65536)
def _is_word(source: str) -> bool:
    import rjieba

    return len(rjieba.cut(to_simplified(source), False)) == 1


@lru_cache(maxsize=65536)
def _bends(source: str) -> bool:
    import rjieba

    if len(source) == 1:
        return True
    tagged = rjieba.tag(to_simplified(source), False)
    one_word = len(tagged) == 1 or len(source) == 2
    return one_word and all(tag not in _THINGS and tag[:1] in _BENT for _, tag in tagged)
