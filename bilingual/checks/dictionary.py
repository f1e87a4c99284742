"""Whether a word is English, and which word was meant where it is not."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol

from bilingual.checks.variety import spelled_somewhere

_LACKING = """
etc kwh mwh gwh ghz mph sqm rpm tech mins hrs yrs nos vol approx incl excl ext tel tbd pdf url app apps multi pre
fintech smartphone smartphones ecommerce livestream livestreaming livestreamer livestreamers blockchain robotaxi
robotaxis renminbi jiao
"""
_JOINED = """
anti auto bio co counter cyber de dis eco electro euro extra fore geo hydro hyper immuno in inter intra kilo macro mega
meta micro mid mini mis mono multi nano neo neuro non off out over para petro photo poly post pre pro pseudo psycho
quasi re semi socio sub super supra techno tele thermo trans ultra un under uni up video
"""
_EXTRA, _PREFIXES = frozenset(_LACKING.split()), tuple(_JOINED.split())
"""Words that the dictionary lacks, and what may be joined to the front of those it has."""
_SUFFIXES = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"),
    ("ers", ""), ("ers", "e"), ("ly", ""), ("ness", ""), ("less", ""), ("like", ""), ("wise", ""), ("ship", ""),
    ("able", ""), ("ability", "able"), ("ization", ""), ("isation", ""), ("izations", ""), ("ize", ""), ("ized", ""),
    ("izing", ""), ("ational", "ation"), ("ization", "ize"), ("ism", ""), ("isms", ""), ("ally", "al"), ("ality", "al"),
    ("making", ""), ("maker", ""), ("makers", ""),
)  # fmt: skip
"""What a word may end in, and what stands there in the word that it is made of."""
_LONGEST = 40
"""Letters that a word has at most: what is longer was not written by hand."""
_PART = 4
"""Letters that each part of a compound has at least (footstone, microblog)."""
_BASE = 300
"""How frequent a word is at least that others are made of."""
_COMMON = 300_000
"""How frequent a word may be that is part of a compound: “withthis” lacks a space."""
_LIKELY = 500
"""How frequent a word is at least that somebody may have meant."""
_SYLLABLE = (
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|ia|ie|in|iu"
    r"|ou|ua|ue|ui|un|uo|a|e|i|o|u)|ang|ai|an|ao|er|ou)"
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE}'?){{2,}}")


class _Words(Protocol):
    """What we need of the library's dictionary."""

    def __contains__(self, word: str) -> bool: ...

    def __getitem__(self, word: str) -> int: ...


@cache
def _words() -> _Words:
    words: _Words = _library().word_frequency.dictionary
    return words


@cache
def _library():  # type: ignore[no-untyped-def]
    from spellchecker import SpellChecker

    return SpellChecker(distance=1)


@lru_cache(8192)
def is_word(word: str) -> bool:
    """Whether a word in small letters is English: in the dictionary, made of words in it, or spelled so in one of
    America and Britain. Pinyin counts as a word, and so does what is too short or too long to be one."""
    word = re.sub(r"'s?$", "", word.replace("’", "'"))
    if not 3 <= len(word) <= _LONGEST or not word.isascii() or _known(word):
        return True
    if _inflected(word) or _prefixed(word) or _compound(word):
        return True
    return _PINYIN.fullmatch(word) is not None and not meant(word)


def _known(word: str) -> bool:
    return word in _EXTRA or word in spelled_somewhere() or word in _words()


def _inflected(word: str) -> bool:
    stems = (word.removesuffix(ending) + instead for ending, instead in _SUFFIXES if word.endswith(ending))
    return any(_is_base(stem) for stem in stems)


def _prefixed(word: str) -> bool:
    rests = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    return any(_is_base(rest) or (len(rest) > _PART and _inflected(rest)) for rest in rests)


def _compound(word: str) -> bool:
    cuts = ((word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1))
    return any(all(_is_base(part) and _words()[part] < _COMMON for part in parts) for parts in cuts)


def _is_base(word: str) -> bool:
    """Whether others can be made of a word: the dictionary has names and rare words too that only look like parts."""
    return len(word) >= _PART and word in _words() and _words()[word] >= _BASE


def in_dictionary(word: str) -> bool:
    """Whether the dictionary itself has a word in small letters."""
    return word in _words()


@lru_cache(1024)
def meant(word: str) -> str:
    """The most frequent word that is one letter away from one that is none; "" where there is none. A missing space
    counts as a letter."""
    words = _words()
    near = _library().candidates(word) or set()
    best = max(sorted(near), key=lambda one: (sorted(one) == sorted(word), words[one]), default=word)
    if best != word and words[best] >= _LIKELY:
        return str(best)
    for at in range(1, len(word)):
        parts = (word[:at], word[at:])
        if all(len(part) > 1 and part in words and words[part] >= _COMMON // 10 for part in parts):
            return " ".join(parts)
    return ""
