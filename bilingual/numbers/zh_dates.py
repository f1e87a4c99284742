"""Rules for Chinese dates, decades and centuries."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.numbers.hedges import AFTER, BETWEEN
from bilingual.numbers.numerals import value
from bilingual.numbers.quantities import Day, Quantity, QuantityKind
from bilingual.numbers.units import CLASSIFIERS, CURRENCIES, MEASURES, TIMES
from bilingual.numbers.zh_parts import TO, Rule, span_of

_DIGITS = "零〇一二三四五六七八九"
_NUMERALS = f"{_DIGITS}十百千万亿"
_DIGIT = f"[{_DIGITS}]"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|卅一?|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE_YEAR = rf"(?:二[零〇一]{_DIGIT}{{2}}|一[零〇一二三四五六七八九]{{3}})"
_YEAR = rf"(?:1\d{{3}}|2[01]\d{{2}}|{_CHINESE_YEAR})"
_YEAR_SIGN = r"\s?年度?(?![代多余])"
_NO_DIGIT = r"(?<!\d[.,])(?<![\d零〇一二三四五六七八九十])"
_LONE = r"(?<!\d[.,])(?<!\d)"
_NO_MONTH = "[饼亮球季票光历薪牙经]"
_AND = "[、及和与/]"
_MAYBE_YEAR = rf"{_NO_DIGIT}(?:(?P<year>{_YEAR}|\d{{2}})\s?年\s?)?"
_COUNTED = f"{CLASSIFIERS}|{MEASURES}|{TIMES}|{CURRENCIES}|{BETWEEN}|{AFTER}|[年百千万亿倍余多成分]"
_REPUBLIC = 1911
"""The year before the first of the Republic (民国): 民国八十年 is 1991."""


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


def _of_the_republic(match: re.Match[str]) -> Quantity | None:
    number = _int(match["number"])
    return None if number is None else Quantity(span_of(match), QuantityKind.DATE, days=(Day(_REPUBLIC + number),))


def _decade(match: re.Match[str]) -> Quantity | None:
    decade = _int(match["decade"])
    if decade is None:
        return None
    if decade < 100:
        decade += 100 * ((_int(match["century"]) or 20) - 1)
    before = _int(match["before"])
    first = () if before is None else (Fraction(decade - decade % 100 + 10 * before),)
    return Quantity(span_of(match), QuantityKind.DECADE, (*first, Fraction(decade)))


def _century(match: re.Match[str]) -> Quantity | None:
    number = value(match["number"])
    return None if number is None else Quantity(span_of(match), QuantityKind.CENTURY, (number,))


DATE_RULES: tuple[Rule, ...] = (
    ("民", re.compile(r"民国\s?(?P<number>\d{1,3}|[一二三四五六七八九十百零]{1,4})\s?年度?"), _of_the_republic),
    # 2014—2016年, 1977 到 1981 年, 2009-11年
    (
        "年",
        re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?:\s?年)?{TO}(?P<year2>{_YEAR}|\d\d|{_DIGIT}{{2}}){_YEAR_SIGN}(?![来前后])"),
        _date,
    ),
    # 2023年11月8日至10日, 9月30日至10月2日, 11月7日
    (
        "月",
        re.compile(
            rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?月(?!份?以)\s?(?P<day>{_DAY})(?:\s?[日号])?"
            rf"{TO}(?:(?P<year2>{_YEAR})\s?年\s?)?(?:(?P<month2>{_MONTH})\s?月\s?)?(?P<day2>{_DAY})\s?[日号]"
        ),
        _date,
    ),
    (
        "月",
        re.compile(
            rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?月\s?(?P<day>{_DAY})\s?(?:[日号]|(?={_AND}\s?{_DAY}\s?[日号]))"
        ),
        _date,
    ),
    # 2018年1—9月, 3月至5月, 2020年6月, 7/8月
    ("月", re.compile(rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?(?:月份?)?{TO}(?P<month2>{_MONTH})\s?月份?"), _date),
    (
        "月",
        re.compile(
            rf"{_MAYBE_YEAR}(?P<month>{_MONTH})\s?"
            rf"(?:月(?:份|(?!{_NO_MONTH}|[内來来余])|(?<=[\d ]月)(?=[内來来]))"
            rf"|(?={_AND}\s?{_MONTH}\s?月(?!{_NO_MONTH})))"
        ),
        _date,
    ),
    # 8日至10日, 8日
    (
        "日",
        re.compile(rf"{_LONE}(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号]?{TO}(?P<day2>3[01]|[12]\d|0?[1-9])\s?日(?![元圆内后本])"),
        _date,
    ),
    ("日", re.compile(rf"{_LONE}(?P<day>3[01]|[12]\d|0?[1-9])\s?日(?![元圆内后本均子游军])"), _date),
    ("日号", re.compile(rf"(?:(?<=[日号\0]{_AND})|(?<=[日\0][至到]))(?P<day>{_DAY})[日号]"), _date),
    ("年", re.compile(rf"(?<!\d)(?P<year>{_YEAR}){_YEAR_SIGN}"), _date),
    # 九六年: two digits in a row that are no neighbours
    (
        "年",
        re.compile(rf"(?<![{_NUMERALS}第])(?P<year>(?!三五|五六|六七|七八|八九)[五六七八九]{_DIGIT}){_YEAR_SIGN}"),
        _date,
    ),
    # 09年
    ("年", re.compile(rf"{_LONE}(?P<year>0\d){_YEAR_SIGN}"), _date),
    # 1994-1995两年期
    (
        "-–—~至到",
        re.compile(
            rf"{_LONE}(?P<year>(?:1[6-9]|20)\d\d)\s?[-–—~至到]\s?(?P<year2>(?:1[6-9]|20)\d\d)(?![\d.%-]|,\d)"
            rf"(?=\s?[两三四五六]?年|(?!\s?(?:{_COUNTED})))"
        ),
        _date,
    ),
    # 一九九四
    (
        "一二",
        re.compile(
            rf"(?<![{_NUMERALS}])(?P<year>(?:一[六七八九]|二[零〇]){_DIGIT}{{2}})(?!\s?(?:[{_NUMERALS}]|{_COUNTED}))"
        ),
        _date,
    ),
    # 一九八六及一九八八年, (2001), 2023世界互联网大会
    ("年", re.compile(rf"{_NO_DIGIT}(?P<year>{_YEAR})(?=\s?{_AND}\s?{_YEAR}\s?年)"), _date),
    ("(", re.compile(rf"(?<=\()(?P<year>{_YEAR})(?=\))"), _date),
    ("12", re.compile(rf"{_LONE}(?<!第)(?P<year>(?:19|20)\d\d)(?![\d.,:%/A-Za-z]|\s?(?:{_COUNTED})|{TO}\d)"), _date),
    # 20世纪90年代, 上世纪六十年代, 1990年代
    (
        "代",
        re.compile(
            r"(?:(?P<century>1\d|20|21|十[六七八九]|二十一?)\s?世纪\s?|上个?世纪\s?)?"
            r"(?:(?P<before>[二三四五六七八])(?=[三四五六七八九]十))?"
            r"(?P<decade>(?<!\d)(?:[1-9]0|1\d\d0|20\d0)|[二三四五六七八九]?十)\s?年代"
        ),
        _decade,
    ),
    (
        "世",
        re.compile(rf"(?<![\d{_DIGITS}半几数个])(?P<number>\d{{1,2}}|二?十[{_DIGITS}]?|[二三四五六七八九])\s?世纪"),
        _century,
    ),
)  # fmt: skip
