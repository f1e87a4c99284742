"""Rules for Chinese dates, decades, centuries and times of day."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.numbers.hedges import AFTER, BETWEEN
from bilingual.numbers.numerals import value
from bilingual.numbers.quantities import Day, Quantity, QuantityKind
from bilingual.numbers.units import CLASSIFIERS, CURRENCIES, MEASURES, TIMES
from bilingual.numbers.zh_parts import TO, Rule, span_of

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = r"(?:1\d{3}|20\d{2}|二[零〇][零〇一二三四五六七八九]{2}|一[零〇一二三四五六七八九]{3})"
_YEAR_SIGN = r"\s?年度?(?![代多余])"
_NO_DIGIT = r"(?<!\d[.,])(?<![\d零〇一二三四五六七八九十])"
_LONE = r"(?<!\d[.,])(?<!\d)"
_MAYBE_YEAR = rf"{_NO_DIGIT}(?:(?P<year>{_YEAR}|\d{{2}})\s?年\s?)?"
_COUNTED = f"{CLASSIFIERS}|{MEASURES}|{TIMES}|{CURRENCIES}|{BETWEEN}|{AFTER}|[年百千万亿倍余多成分]"
_PERIOD = r"(?:(?P<period>上午|下午|凌晨|清晨|早晨|早上|早|中午|傍晚|晚上|晚间|当晚|今晚|晚|夜里)\s?)?"


def _int(numeral: str | None) -> int | None:
    number = value(numeral) if numeral else None
    return None if number is None else int(number)


def _date(match: re.Match[str]) -> Quantity:
    part = match.groupdict()
    days = [
        Day(_year(part.get("year" + end)), _int(part.get("month" + end)), _int(part.get("day" + end)))
        for end in ("", "2")
    ]
    return Quantity(span_of(match), QuantityKind.DATE, days=tuple(day for day in days if day != Day()))


def _year(numeral: str | None) -> int | None:
    year = _int(numeral)
    return year + (1900 if year > 40 else 2000) if year is not None and year < 100 else year


def _decade(match: re.Match[str]) -> Quantity | None:
    decade = _int(match["decade"])
    if decade is None:
        return None
    if decade < 100:
        decade += 100 * ((_int(match["century"]) or 20) - 1)
    return Quantity(span_of(match), QuantityKind.DECADE, (Fraction(decade),))


def _century(match: re.Match[str]) -> Quantity | None:
    number = value(match["number"])
    return None if number is None else Quantity(span_of(match), QuantityKind.CENTURY, (number,))


def _clock(match: re.Match[str]) -> Quantity | None:
    hour, minute = value(match["hour"]), value(match["minute"]) if match["minute"] else None
    if hour is None or hour > 24:
        return None
    values = (hour,) if minute is None else (hour, minute)
    return Quantity(span_of(match), QuantityKind.CLOCK, values, unit=_half_of_day(match["period"] or "", hour))


def _half_of_day(period: str, hour: Fraction) -> str:
    """ "a.m." or "p.m." where it is said or follows from the hour."""
    if re.match("下午|傍晚|晚|当晚|今晚|夜", period) or hour > 12:
        return "p.m."
    return "a.m." if period and period != "中午" else ""


DATE_RULES: tuple[Rule, ...] = (
    # 2014—2016年, 1977 到 1981 年
    (re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?:\s?年)?{TO}(?P<year2>{_YEAR}){_YEAR_SIGN}"), _date),
    # 2023年11月8日至10日, 9月30日至10月2日, 11月7日
    (
        re.compile(
            rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?月(?!份?以)\s?(?P<day>{_DAY})(?:\s?[日号])?"
            rf"{TO}(?:(?P<year2>{_YEAR})\s?年\s?)?(?:(?P<month2>{_MONTH})\s?月\s?)?(?P<day2>{_DAY})\s?[日号]"
        ),
        _date,
    ),
    (re.compile(rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?月\s?(?P<day>{_DAY})\s?[日号]"), _date),
    # 2018年1—9月, 3月至5月, 2020年6月
    (re.compile(rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?(?:月份?)?{TO}(?P<month2>{_MONTH})\s?月份?"), _date),
    (re.compile(rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?月(?:份|(?![饼亮球季票光历薪牙经]))"), _date),
    # 8日至10日, 8日
    (
        re.compile(rf"{_LONE}(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号]?{TO}(?P<day2>3[01]|[12]\d|0?[1-9])\s?日(?![元圆内后本])"),
        _date,
    ),
    (re.compile(rf"{_LONE}(?P<day>3[01]|[12]\d|0?[1-9])\s?日(?![元圆内后本均子游军])"), _date),
    (re.compile(rf"(?<!\d)(?P<year>{_YEAR}){_YEAR_SIGN}"), _date),
    # 2023世界互联网大会
    (re.compile(rf"{_LONE}(?<!第)(?P<year>(?:19|20)\d\d)(?=\s?[·\u4e00-\u9fff])(?!\s?(?:{_COUNTED})|{TO}\d)"), _date),
    # 20世纪90年代, 上世纪六十年代, 1990年代
    (
        re.compile(
            r"(?:(?P<century>1\d|20|21|十[六七八九]|二十一?)\s?世纪\s?|上个?世纪\s?)?"
            r"(?P<decade>(?<!\d)(?:[1-9]0|1\d\d0|20\d0)|[二三四五六七八九]?十)\s?年代"
        ),
        _decade,
    ),
    (re.compile(r"(?<![\d一二三四五六七八九个])(?P<number>\d{1,2}|二?十[一二三四五六七八九]?)\s?世纪"), _century),
    # 10:30, 下午3时, 10时30分, 20点
    (re.compile(rf"{_PERIOD}(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:]|\.\d)"), _clock),
    (
        re.compile(
            rf"{_PERIOD}(?<!\d[,.:])(?<!\d)"
            r"(?P<hour>[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九](?=点钟|点半|时许))\s?"
            r"(?:时(?![间代刻期候])|点(?![\d零一二三四五六七八九多燃评心]))钟?(?:\s?(?P<minute>[0-5]?\d)\s?分(?!之))?"
        ),
        _clock,
    ),
)  # fmt: skip
