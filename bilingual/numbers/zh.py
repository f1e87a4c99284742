"""The numbers of a Chinese text. The rules are tried in order; the first that matches has the place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from bilingual.bitext import Span
from bilingual.numbers.numerals import plain
from bilingual.numbers.quantities import Quantity
from bilingual.numbers.words import NO_NUMBERS, stands_alone
from bilingual.numbers.zh_amounts import AMOUNT_RULES
from bilingual.numbers.zh_clock import CLOCK_RULES
from bilingual.numbers.zh_dates import DATE_RULES
from bilingual.numbers.zh_parts import NUMERALS, Rule
from bilingual.numbers.zh_shares import SHARE_RULES

_IDENTIFIERS = re.compile(
    r"\d{16,}|\d*(?:[万亿]\d*){6,}|[零〇一二两三四五六七八九十百千万亿]{24,}|https?://[!-~]+|www\.[!-~]+|(?<![\w.])[\w.]{1,64}@[!-~]+|"
    r"[A-Za-z][A-Za-z]*[-.]?\d[\w-]*|\d+[A-Za-z]+\d\w*|\d+(?:\.\d+){2,}|"
    r"\d+(?:\.\d+)?[A-FH-KN-RT-UX-Za-fi-ln-rt-z](?![A-Za-z])|\d{3,4}-\d{3,4}-\d{3,4}|"
    r"(?:电话|手机|传真|号码|热线|QQ|微信)[号码::为是 ]*[\d-]{5,}",
    re.ASCII,
)
_NO_NUMBERS = re.compile(NO_NUMBERS)
_YUAN = re.compile("人民币|人民幣|[¥￥]|RMB|CNY")
_NUMBER = re.compile(rf"[\d{NUMERALS}半番①-⑳]")
"""What no quantity is without."""
_RULES: tuple[Rule, ...] = (*SHARE_RULES, *DATE_RULES, *CLOCK_RULES, *AMOUNT_RULES)


@lru_cache(maxsize=4096)
def find_zh(text: str, yuan: str = "yuan") -> tuple[Quantity, ...]:
    """The quantities of a Chinese text, in either script, in order, none across another; 元 alone is `yuan`.

    What only looks like a number is none: 一带一路, 二十国集团, 千方百计, 万一, 5G, a telephone number. It is
    remembered, as a source is asked again with each letter of its translation.
    """
    folded = plain(text)
    if not _NUMBER.search(folded):
        return ()
    work = folded
    for pattern in (_IDENTIFIERS, _NO_NUMBERS):
        work = pattern.sub(lambda match: "\0" * len(match[0]), work)
    there = {*work}
    found: list[Quantity] = []
    for needed, pattern, make in _RULES:
        if needed and there.isdisjoint(needed):
            continue
        made = [quantity for match in pattern.finditer(work) if (quantity := make(match))]
        new = [quantity for quantity in made if stands_alone(folded, quantity)]
        for quantity in new:
            work = _without(work, quantity.span)
        found += new
    if yuan != "yuan":
        found = [replace(q, unit=yuan) if _is_bare_yuan(folded, q) else q for q in found]
    return tuple(sorted(found, key=lambda quantity: quantity.span.start))


def _is_bare_yuan(text: str, quantity: Quantity) -> bool:
    """Whether nothing around says which 元 it is."""
    return quantity.unit == "yuan" and _YUAN.search(text) is None


def _without(text: str, span: Span) -> str:
    return text[: span.start] + "\0" * len(span) + text[span.end :]
