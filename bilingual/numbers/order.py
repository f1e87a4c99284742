"""Numbers that changed places: from 3% to 5% is not from 5% to 3%, nor are A and B, 2 and 7, 7 and 2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from bilingual.numbers.numerals import plain
from bilingual.numbers.quantities import Quantity

_BACK = 40
"""How far before a number the word stands that says where a change begins."""
Pair = tuple[Fraction, Fraction]
"""Two numbers, the one that is first in a list, a range or a change before the other."""

_LIST_ZH = re.compile(r"[^\s\d,;。;:()、]{0,3}\s?(?:、|和|及|与|與|以及|至|到|或|,)\s?[^\s\d,;。;:()]{0,2}")
_FROM_ZH = re.compile(r"(?:由|从|從|自)[^,;。;:]{0,14}$")
_TO_ZH = re.compile(r"[^;。;:]{0,16}(?:至|到|为|為|成)\s?")
_UNIT_EN = r"(?:\s?(?:[A-Za-z%.]+|per cent)){0,2}"
_LIST_EN = re.compile(rf"{_UNIT_EN}\s?(?:,|-|–|—|to|,?\s?and|or)\s?(?:and\s)?(?:the\s)?(?:US|HK|RMB)?\s?[$€£]?")
_FROM_EN = re.compile(r"\bfrom\b[^.;,]{0,24}$")
_TO_EN = re.compile(r"[^.;]{0,40}\bto\s(?:[a-z]+\s)?(?:US|HK|RMB)?\s?[$€£]?")
_BACK_EN = re.compile(r"[^;]{0,24}\bfrom\s(?:[a-z]+\s){0,2}(?:US|HK|RMB)?\s?[$€£]?")
_GOAL_EN = re.compile(r"\b(?:to|at|reach\w*)\s(?:[a-z]+\s)?(?:US|HK|RMB)?\s?[$€£]?$")


def swapped(source_zh: str, source: Sequence[Quantity], target: Sequence[Quantity], target_en: str) -> list[Quantity]:
    """The quantities of the source that stand in a list, a range or a change in the target the other way round."""
    said = set(_pairs_en(target_en, target))
    ordered = list(_pairs_zh(plain(source_zh), source))
    known = {pair for pair, _ in ordered}
    return [
        quantity
        for (first, last), quantity in ordered
        if (last, first) in said and (first, last) not in said and (last, first) not in known
    ]


def _pairs_zh(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Pair, Quantity]]:
    for quantity in quantities:
        yield from ((pair, quantity) for pair in _inside(quantity))
    for one, other in pairwise(quantities):
        first, last, gap = _last(one), _first(other), text[one.span.end : other.span.start]
        if first is None or last is None or first == last or one.kind != other.kind or one.unit != other.unit:
            continue
        change = _FROM_ZH.search(text[max(0, one.span.start - _BACK) : one.span.start]) and _TO_ZH.fullmatch(gap)
        if change or _LIST_ZH.fullmatch(gap):
            yield from (((first, last), one), ((first, last), other))


def _pairs_en(text: str, quantities: Sequence[Quantity]) -> Iterator[Pair]:
    for quantity in quantities:
        yield from _inside(quantity)
    for one, other in pairwise(quantities):
        first, last, gap = _last(one), _first(other), text[one.span.end : other.span.start]
        if first is None or last is None:
            continue
        before = text[max(0, one.span.start - _BACK) : one.span.start]
        if _LIST_EN.fullmatch(gap) or (_FROM_EN.search(before) and _TO_EN.fullmatch(gap)):
            yield first, last
        elif _BACK_EN.fullmatch(gap) and _GOAL_EN.search(before):
            yield last, first


def _inside(quantity: Quantity) -> Iterator[Pair]:
    """The two ends of a range."""
    first, last = _first(quantity), _last(quantity)
    if first is not None and last is not None and first != last and (len(quantity.values) == 2 or quantity.days):
        yield first, last


def _first(quantity: Quantity) -> Fraction | None:
    return quantity.values[0] if quantity.values else _of_day(quantity, 0)


def _last(quantity: Quantity) -> Fraction | None:
    return quantity.values[-1] if quantity.values else _of_day(quantity, -1)


def _of_day(quantity: Quantity, place: int) -> Fraction | None:
    day = quantity.days[place]
    number = day.day or (None if day.month else day.year)
    return None if number is None else Fraction(number)
