"""A sentence as words with their classes, what stands in “ ” as one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bilingual.suggest.tables import ONE_CHARACTER_COUNTRIES

_YEAR = re.compile(r"\d{4}年|(?<!\d)20\d\d(?=中国|国际|世界|全球|亚洲)|第?[\d一二三四五六七八九十百]+届")
_QUOTED = re.compile(r"[“「『]([^“”「」『』。!?;，,!?;:：]{1,40})[”」』]")
_TITLED = re.compile(r"[《〈]([^《》〈〉]{2,60})[》〉]")
_WHOLE = re.compile(f"{_TITLED.pattern}|{_QUOTED.pattern}|{_YEAR.pattern}")
_SAID = ("说", "称", "摄")
_PARTNERS = frozenset(ONE_CHARACTER_COUNTRIES)


class Word(NamedTuple):
    """A word at [start, end) of its sentence. `tag` is the segmenter's class, or "quote", "title", "year"."""

    text: str
    tag: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a sentence in normal form; a short quotation, a title in 《》 and a year are one word each."""
    words: list[Word] = []
    done = 0
    for found in _WHOLE.finditer(text):
        words += _paired(_cut(text, done, found.start()))
        words.append(Word(found[0], _class(found[0]), found.start(), found.end()))
        done = found.end()
    words += _paired(_cut(text, done, len(text)))
    return words


def _paired(words: Iterable[Word]) -> Iterator[Word]:
    """The words with 中 and one character for a country put together: 中 俄 is 中俄."""
    held: Word | None = None
    nominal = False
    for word in words:
        if held and word.text in _PARTNERS:
            held = Word(held.text + word.text, "ns", held.start, word.end)
            yield held
            held = None
            continue
        if held:
            yield held
        if word.text == "组织" and nominal:
            word = word._replace(tag="n")  # noqa: PLW2901 (a verb to the dictionary, but not after 国际)
        nominal = word.tag in {"n", "nz", "vn", "j"}
        held = word if word.text in "中美俄" and len(word.text) == 1 else None
        if not held:
            yield word
    if held:
        yield held


def _class(text: str) -> str:
    return "title" if text[0] in "《〈" else "quote" if text[0] in "“「『" else "year"


def _cut(text: str, start: int, end: int) -> Iterator[Word]:
    import rjieba

    if start == end:
        return
    at = start
    held = ""
    for piece, tag in rjieba.tag(text[start:end]):
        if tag == "m" and len(piece) == 1 and not piece.isdigit():  # 二 + 十国集团
            held += piece
            continue
        if held and not (tag == "nt" and piece[0] in "十百"):
            yield Word(held, "m", at, at + len(held))
            at += len(held)
            held = ""
        word, held = held + piece, ""
        if tag.startswith("nr") and len(word) > 2 and word[-1] in _SAID:  # 林斯说 is a name and a verb
            yield Word(word[:-1], tag, at, at + len(word) - 1)
            yield Word(word[-1], "v", at + len(word) - 1, at + len(word))
        else:
            yield Word(word, tag, at, at + len(word))
        at += len(word)
    if held:
        yield Word(held, "m", at, at + len(held))
