"""The parts of an English text in which no rule of punctuation holds: addresses, file names, numbers in signs."""

from __future__ import annotations

import re
from functools import lru_cache

_NO_PROSE = re.compile(
    r"(?:https?|ftp)://\S+|\bwww\.\S+|(?<!\S)[\w.+-]{1,64}@[\w.-]+|"
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|cn|hk|gov|edu|io|pdf|docx?|xlsx?|html?|txt|csv|jpe?g|png)\b(?:/\S*)?"
)
FILLER = "\u2060"
"""Stands for each character of what is masked; no rule says anything of it."""


_MAY_BE = re.compile(r"://|@|www\.|\.(?:com|org|net|cn|hk|gov|edu|io|pdf|docx?|xlsx?|html?|txt|csv|jpe?g|png)\b")
"""What every address and file name has: most texts have none."""


@lru_cache(maxsize=64)
def masked(text: str) -> str:
    """`text` with its addresses and file names filled in, offset by offset."""
    return text if not _MAY_BE.search(text) else _NO_PROSE.sub(lambda found: FILLER * len(found[0]), text)
