"""What the patterns for Chinese numbers have in common."""

from __future__ import annotations

import re
from collections.abc import Callable

from bilingual.bitext import Span
from bilingual.numbers.hedges import BEFORE
from bilingual.numbers.quantities import Quantity

Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], Quantity | None]]
"""Characters of which every match holds one (a text without them is not searched), a pattern, and what it makes of a
match: None where it is no number after all."""

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d|,\d)|\d+)(?:\.\d+)?"
NUMERALS = "零〇一二两三四五六七八九十百千万亿廿卅"
CHINESE = rf"[{NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?"
SCALE = r"(?:\s?(?:[十百千]?[万亿]+|[百千](?![米克瓦卡赫伏分])))"
EITHER = rf"(?:{ARABIC}|{CHINESE})"
TO = r"\s?(?:至|到|-|–|—+|~)\s?"
HEDGED = rf"(?P<before>{BEFORE})?\s?"


def span_of(match: re.Match[str]) -> Span:
    """Where a match stands, without the spaces at its ends."""
    words = match[0]
    return Span(match.start() + len(words) - len(words.lstrip()), match.end() - len(words) + len(words.rstrip()))
