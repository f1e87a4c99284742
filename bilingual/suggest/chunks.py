"""The stretches of a sentence that can be a name or a phrase: nouns and what goes with them, no verb that says more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingual.suggest.tables import BREAKS, EDGES, ENDS, HEADS, PREDICATES
from bilingual.suggest.words import Word

NOUNS = frozenset(
    {*("n", "ns", "nt", "nz", "nr", "nrt", "nrfg", "ng", "vn", "an", "j", "b", "l", "eng", "s", "t"), "quote", "year"}
)
INNER = frozenset({"v", "a", "ad", "d", "vd", "vg", "k", "f", "zg", "nrt"})
CONNECTORS = frozenset("—-–+·・/")
ASPECTS = frozenset({"ul", "uz", "ug", "ud", "uv"})
"""了 着 过: the word before is a verb after all, whatever the dictionary says of it."""

PROPER = frozenset({"ns", "nt", "nr", "nrt", "eng", "quote"})

LONGEST = 12
"""No name or phrase has more words."""

Chunk = list[Word]


def chunks_of(words: Sequence[Word]) -> Iterator[Chunk]:
    """The stretches of `words`, each begun and ended by a word that can begin and end a term."""
    chunk: Chunk = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else None
        if _belongs(word, chunk, following):
            chunk.append(word)
            continue
        if word.tag in ASPECTS and chunk and chunk[-1].tag in {"vn", "v"}:
            chunk.pop()
        yield from _trimmed(chunk)
        chunk = []
    yield from _trimmed(chunk)


def can_begin(word: Word) -> bool:
    """Whether a phrase may begin with this word."""
    if word.text in EDGES:
        return word.text in HEADS
    return (word.tag in NOUNS or (word.tag in {"a", "v", "d", "ad"} and len(word.text) == 2)) and (
        word.text not in PREDICATES
    )


def can_end(word: Word) -> bool:
    """Whether a phrase may end with this word."""
    if word.text in EDGES:
        return word.text in ENDS
    if word.text in PREDICATES:
        return word.tag in {"vn", "n"}
    return word.tag in NOUNS or (word.tag in {"v", "nrt"} and len(word.text) == 2)


def _belongs(word: Word, chunk: Chunk, following: Word | None) -> bool:
    """Whether the word goes on with the chunk, or begins one."""
    if word.text in CONNECTORS:
        return bool(chunk) and following is not None and following.start == word.end and _nouny(chunk[-1], following)
    if word.text in PREDICATES and word.tag not in {"vn", "n"}:
        return False
    if word.tag in NOUNS:
        return word.text not in BREAKS
    return word.tag in INNER and word.text not in EDGES and _fits(word, chunk, following)


def _fits(word: Word, chunk: Chunk, following: Word | None) -> bool:
    """Whether a word that is no noun can stand here: short, an adverb only before a noun."""
    after = following.tag if following else ""
    if word.tag in {"d", "ad", "vd"} and after not in ({"n", "nz", "ng"} if word.tag == "d" and chunk else BEFORE):
        return False
    return len(word.text) <= 2 if chunk else len(word.text) == 2


BEFORE = frozenset({"n", "nz", "ng", "vn"})
"""What an adverb at the beginning of a phrase may stand before: 务实合作."""


def _nouny(before: Word, after: Word) -> bool:
    return before.tag in NOUNS and after.tag in NOUNS | {"m"}


def _trimmed(chunk: Chunk) -> Iterator[Chunk]:
    """The chunk without the words at its edges that no term has; nothing where nothing is left."""
    start, end = 0, len(chunk)
    while start < end and not can_begin(chunk[start]):
        start += 1
    while end > start and not can_end(chunk[end - 1]):
        end -= 1
    for first in range(start, end, LONGEST):
        yield chunk[first : min(end, first + LONGEST)]
