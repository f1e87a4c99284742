"""The form in which sentences are compared: one character a token, every number alike.

A Chinese character is a token, so is a word of other scripts and a number. Script, width, capitals and spaces do not
count. So the distance of two forms is the number of characters, words and numbers one must change.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.bitext import Span, Text
from bilingual.chinese import HAN
from bilingual.glossary.matching import normal_form, normal_forms
from bilingual.serial import dumps

NUMBER = "0"
LONGEST = 1000
"""Tokens of the longest sentence that is compared with others; a longer one is only found again as it is."""

_CHARACTERWISE = f"{HAN}\u3041-\u30ff\uac00-\ud7a3"
_TOKEN = re.compile(rf"([0-9]+(?:[.,:][0-9]+)*)|([^\W\d_{_CHARACTERWISE}]+)|[\s\x00]+")
_WORDS_FROM, _WORDS = 0xF0000, 0x1FFF0
"""Words of other scripts become one character of the private planes."""


def form(text: str) -> str:
    """The form of a sentence."""
    return _TOKEN.sub(_token, normal_form(text))


def forms(texts: Sequence[str]) -> list[str]:
    """The form of each of many sentences."""
    return [_TOKEN.sub(_token, normal) for normal in normal_forms(texts)]


def _token(match: re.Match[str]) -> str:
    number, word = match.groups()
    if word:
        return chr(_WORDS_FROM + zlib.crc32(word.encode("utf-8", "surrogatepass")) % _WORDS)
    return NUMBER if number else ""


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a sentence: where it stands, and the number it is ("" where it is none)."""

    span: Span
    number: str = ""


def tokens(text: str) -> list[Token]:
    """The tokens of a sentence, one for each character of its form."""
    normal = normal_form(text)
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(normal):
        found += [Token(Span(n, n + 1)) for n in range(at, match.start())]
        at = match.end()
        if match[1] or match[2]:
            found.append(Token(Span(match.start(), at), match[1] or ""))
    return found + [Token(Span(n, n + 1)) for n in range(at, len(normal))]


def neighbour(source: str) -> int:
    """What tells a neighbouring source from others, as a signed 64-bit number; 0 for none (the document's edge)."""
    if not source:
        return 0
    return int.from_bytes(hashlib.sha256(source.encode("utf-8", "surrogatepass")).digest()[:8], signed=True)


def neighbours(sources: Sequence[str]) -> list[tuple[int, int]]:
    """For each sentence of a document what stands before and after it."""
    known = [0, *map(neighbour, sources), 0]
    return [(known[at], known[at + 2]) for at in range(len(sources))]


def digest(*parts: str) -> bytes:
    """Tells texts apart, in 16 bytes."""
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=16).digest()


def codes_of(text: Text) -> str:
    """The inline codes of a text as they are kept: empty where there are none."""
    return dumps(text.codes) if text.codes else ""


def code_differences(one: Text, other: Text) -> int:
    """How many inline codes one text has that the other lacks, whichever lacks more; see `meanings`."""
    if not (one.codes or other.codes):
        return 0
    first, second = Counter(meanings(one)), Counter(meanings(other))
    return max((first - second).total(), (second - first).total())


def meanings(text: Text) -> list[tuple[str, str]]:
    """What the codes of a text mean, in their order: bold is bold, however a file spells or numbers it."""
    return [(code.kind, code.type or code.data) for code in text.codes]


def same_codes(one: Text, other: Text) -> bool:
    """Whether two texts of the same words have the same codes at the same places."""
    places = [code.position for code in one.codes] == [code.position for code in other.codes]
    return places and meanings(one) == meanings(other)
