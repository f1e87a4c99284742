"""What only Chinese has: two scripts and wide characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Chinese characters, as a range within a regular expression."""
_HAS_HAN = re.compile(f"[{HAN}]")
_PUNCTUATION = "，。、；：？！…—·「」『』《》〈〉（）【】〔〕［］｛｝“”‘’～〜﹏￥＂＇．｡､"
FOLD = {**{0xFF01 + i: 0x21 + i for i in range(94)}, 0x3000: 0x20, 0xFFE5: 0xA5, 0xFFE1: 0xA3, 0xFFE0: 0xA2}
"""Code points of full-width signs, and the half-width ones they become."""


def has_chinese(text: str) -> bool:
    """Whether `text` holds at least one Chinese character; punctuation does not count."""
    return _HAS_HAN.search(text) is not None


def fold(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones (２０％ → 20%); length and offsets stay."""
    return text.translate(FOLD)


def strip_chinese_punctuation(text: str) -> str:
    """`text` without white space and punctuation, Chinese or not, at either end."""
    return text.strip(_PUNCTUATION + " \t\r\n\u3000,.;:?!'\"()[]<>-")


def to_simplified(text: str) -> str:
    """Simplified characters for Traditional ones, character for character: length and offsets stay.

    Phrases are looked up (乾隆 stays, 乾淨 becomes 干净) as long as that keeps the length.
    """
    if not _HAS_HAN.search(text):
        return text
    converted = _convert("t2s", text)
    if len(converted) == len(text):
        return converted
    return "".join(_convert_one("t2s", char) for char in text)


def is_traditional(text: str) -> bool:
    """Whether more of the characters are written the Traditional way only than the Simplified way only."""
    characters = _HAS_HAN.findall(text)
    traditional = sum(_convert_one("t2s", char) != char for char in characters)
    simplified = sum(_convert_one("s2t", char) != char for char in characters)
    return bool(traditional > simplified)


@lru_cache(maxsize=4)
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)


def _convert(name: str, text: str) -> str:
    try:
        return str(_converter(name).convert(text))
    except UnicodeEncodeError:  # half a surrogate pair: the caller goes on character by character
        return ""


@lru_cache(maxsize=65536)
def _convert_one(name: str, char: str) -> str:
    converted = _convert(name, char)
    return converted if len(converted) == 1 else char
