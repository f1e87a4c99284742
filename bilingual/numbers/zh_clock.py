"""Rules for Chinese times of day: 下午3时, 二时三十分, 10:30."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.numbers.numerals import value
from bilingual.numbers.quantities import Quantity, QuantityKind
from bilingual.numbers.zh_parts import Rule, span_of

_PART = "上午|下午|凌晨|清晨|早晨|早上|早|中午|傍晚|晚上|晚间|当晚|今晚|晚|夜里"
_PERIOD = rf"(?:(?P<period>{_PART})\s?)?"
_HOUR = "(?:十[一二]?|[一二两三四五六七八九])"
_MINUTE = "(?:[二三四五]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九]|[0-5]?\\d)"


_NOON = 12


def _clock(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    hour, minute = value(match["hour"]), value(part["minute"]) if part.get("minute") else None
    if hour is None or hour > 24:
        return None
    minute = Fraction(30) if part.get("half") else minute
    values = (hour,) if minute is None else (hour, minute)
    return Quantity(span_of(match), QuantityKind.CLOCK, values, unit=_half_of_day(match["period"] or "", hour))


def _half_of_day(period: str, hour: Fraction) -> str:
    """ "a.m." or "p.m." where it is said or follows from the hour."""
    if re.match("下午|傍晚|晚|当晚|今晚|夜", period) or hour > _NOON:
        return "p.m."
    if period == "中午":
        return "a.m." if hour == _NOON - 1 else "p.m."
    return "a.m." if period else ""


CLOCK_RULES: tuple[Rule, ...] = (
    (":", re.compile(rf"{_PERIOD}(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:]|\.\d)"), _clock),
    # 下午二时三十分, 二时三十分, 下午二时正
    ("时点", re.compile(rf"{_PERIOD}(?P<hour>{_HOUR})[时点](?P<minute>{_MINUTE})分(?!之)"), _clock),
    (
        "时点",
        re.compile(
            rf"(?P<period>{_PART})\s?(?P<hour>{_HOUR})[时点](?![零一二三四五六七八九多])(?:(?P<half>半)|[正整钟])?"
        ),
        _clock,
    ),
    (
        "时点",
        re.compile(
            rf"{_PERIOD}(?<!\d[,.:])(?<!\d)"
            r"(?P<hour>[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九](?=点钟|点半|时许))\s?"
            r"(?:时(?![间代刻期候])|点(?![\d零一二三四五六七八九多燃评心]))钟?(?:(?P<half>半)|\s?(?P<minute>[0-5]?\d)\s?分(?!之))?"
        ),
        _clock,
    ),
)  # fmt: skip
