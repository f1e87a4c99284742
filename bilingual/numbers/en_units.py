"""What an English number counts: money, per cent, time. The words on either side of it say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bilingual.numbers.quantities import Quantity, QuantityKind

_DOLLARS = {
    "US$": r"US|U\.S\.|USA|American|United States",
    "HK$": r"HK|Hong Kong|H\.K\.",
    "A$": "A|AU|Australian",
    "C$": "C|CA|Canadian",
    "S$": "S|Singapore",
    "NT$": "NT|New Taiwan|Taiwan",
}
_CODES = {"US$": "USD", "HK$": "HKD", "A$": "AUD", "C$": "CAD", "S$": "SGD", "NT$": "TWD"}
_BEFORE = {
    **{name: rf"(?<![A-Za-z])(?:{lead})\s?\$|\b{_CODES[name]}" for name, lead in _DOLLARS.items()},
    "$": r"\$|\bdollars?",
    "€": r"€|\bEUR|\bEuros?",
    "£": r"£|\bGBP",
    "yuan": r"\bRMB|\bCNY|\b[Rr]enminbi|\byuan",
    "¥": "[¥￥]",
    "yen": r"\bJPY",
    "rupees": r"\bRs\.?",
}
_AFTER = {
    **{name: rf"(?:{lead})(?:\sdollars?\b|\$)|{_CODES[name]}\b" for name, lead in _DOLLARS.items()},
    "$": r"dollars?\b|\$",
    "€": r"[Ee]uros?\b|€|EUR\b",
    "£": r"pounds?(?:\ssterling)?\b|£|sterling\b",
    "yuan": r"(?:of\s)?(?:[Yy]uan|[Rr]enminbi|RMB|CNY)\b",
    "yen": r"(?:Japanese\s)?[Yy]en\b|JPY\b",
    "won": r"(?:(?:South\s)?Korean\s)?[Ww]on\b(?!\s(?:the|a|in|by|over|his|her|their)\b)",
    "rubles": r"rou?bles?\b",
    "rupees": r"rupees?\b",
    "Swiss francs": r"Swiss\sfrancs?\b",
    "francs": r"francs?\b",
    "baht": r"(?:Thai\s)?[Bb]aht\b",
    "pesos": r"pesos?\b",
    "patacas": r"patacas?\b",
}
_MARKS = {
    "percent": r"%|per\s?cents?\b(?!\spoint)|pct\b|percentages?\b(?!\spoint)|percentiles?\b",
    "percentage points": r"percent(?:age)?\spoints?\b|pp\b|ppts?\b",
}
_BETWEEN = r"(?:an?\s)?(?:(?:consecutive|calendar|fiscal|working|business|full|straight|more|or more)\s)?"
_TIMES = {
    **{f"{word}s": rf"{_BETWEEN}{word}s?\b" for word in ("year", "month", "week", "day", "hour", "minute", "second")},
    "centuries": r"centur(?:y|ies)\b",
}
TIMES = frozenset(_TIMES)
SHARES = frozenset(_MARKS)
MONEY = frozenset({*_BEFORE, *_AFTER})
_BEHIND = [(name, re.compile(rf"(?:{pattern})\s?$")) for name, pattern in _BEFORE.items()]
_AHEAD = [
    (name, re.compile(rf"[\s-]?(?:{pattern})")) for table in (_MARKS, _AFTER, _TIMES) for name, pattern in table.items()
]
_ENDINGS = (
    *"$€£¥￥", *_CODES.values(), "dollar", "dollars", "EUR", "Euro", "Euros", "GBP", "RMB", "CNY", "enminbi", "yuan",
    "JPY", "Rs", "Rs.",
)  # fmt: skip
"""What one of `_BEFORE` ends in."""
_ANY_AHEAD = re.compile(rf"[\s-]?(?:{'|'.join(p for t in (_MARKS, _AFTER, _TIMES) for p in t.values())})")
_LEAD = r"\s?(?:[A-Z]{0,2}[$€£¥])?"
_BRIDGE = re.compile(rf"\s?(?:,|,?\s?(?:and|or|to)|-|–|—|/){_LEAD}")
"""What may stand between two numbers that share what they count: 5 to 6 percent, HK$5 or 6 million."""
_RANGE = re.compile(rf"\s?(?:to|and|or|-|–|—){_LEAD}")
_SIZES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9}
_SCALE = re.compile(rf"(?:{'|'.join(_SIZES)})\b")


def with_scales(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The same quantities, the first of two in a range with what it may mean besides: 4.2 to 3.9 million."""
    found = list(quantities)
    for place, (one, other) in enumerate(pairwise(quantities)):
        scale, own = _SCALE.search(other.span.of(text)), _SCALE.search(one.span.of(text))
        plain = one.values and not one.also and not own
        if scale and plain and _RANGE.fullmatch(text, one.span.end, other.span.start):
            found[place] = replace(one, also=(one.values[0] * _SIZES[scale[0]],))
    return found


def with_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The same quantities in order, each with what it counts, where that is money, a share or time."""
    behind = [_behind(text, quantity) for quantity in quantities]
    ahead = [_ahead(text, quantity) for quantity in quantities]
    joined = [_joined(text, one, other) for one, other in pairwise(quantities)]
    for place, bridged in enumerate(joined, start=1):
        if bridged and not (behind[place] or ahead[place] or _is_year(quantities[place])):
            behind[place] = behind[place - 1]  # HK$5 to 6 million
    for place in range(len(joined) - 1, -1, -1):
        if joined[place] and not (ahead[place] or behind[place] or _is_year(quantities[place])):
            ahead[place] = ahead[place + 1]  # 5 to 6 percent
    units = (one or other for one, other in zip(behind, ahead, strict=True))
    return [replace(q, unit=unit) if unit else q for q, unit in zip(quantities, units, strict=True)]


def _joined(text: str, one: Quantity, other: Quantity) -> bool:
    dated = QuantityKind.DATE in {one.kind, other.kind}
    return not dated and _BRIDGE.fullmatch(text, one.span.end, other.span.start) is not None


def _is_year(quantity: Quantity) -> bool:
    return bool(quantity.values) and quantity.values[0].denominator == 1 and 1900 <= quantity.values[0] < 2100


def _behind(text: str, quantity: Quantity) -> str:
    """The money whose sign stands before the number."""
    before = text[max(0, quantity.span.start - 16) : quantity.span.start]
    if not quantity.values or not before.rstrip().endswith(_ENDINGS):
        return ""
    return next((name for name, pattern in _BEHIND if pattern.search(before)), "")


def _ahead(text: str, quantity: Quantity) -> str:
    """What the words behind the number say."""
    if quantity.kind is QuantityKind.PERCENT:
        return "percent"
    return unit_at(text, quantity.span.end) if quantity.values else ""


def unit_at(text: str, place: int) -> str:
    """What the words from `place` on say that a number or an article before them counts; "" where they say nothing."""
    if not _ANY_AHEAD.match(text, place):
        return ""
    return next((name for name, pattern in _AHEAD if pattern.match(text, place)), "")
