"""Rules for Chinese ordinals and amounts: 第二十次, 近30亿人, 40,080亿港元, 10年来, 两三百."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from bilingual.numbers.hedges import AFTER, BETWEEN, STARTS, VAGUE, hedge
from bilingual.numbers.numerals import neighbours, scale_of, value
from bilingual.numbers.quantities import Qualifier, Quantity, QuantityKind
from bilingual.numbers.units import (
    CLASSIFIERS,
    CURRENCIES,
    DOUBLED,
    MEASURES,
    NUMBERED,
    RESOLUTION,
    SIGNS,
    TIMES,
    currency,
    time_unit,
)
from bilingual.numbers.zh_parts import ARABIC, CHINESE, HEDGED, NUMERALS, SCALE, TO, Rule, span_of

_FEW = 4
"""Ordinals below this are often said otherwise (the first: the opening, the premier)."""


def _ordinal(match: re.Match[str]) -> Quantity | None:
    number = value(match["number"])
    return None if number is None else Quantity(span_of(match), QuantityKind.ORDINAL, (number,), optional=number < _FEW)


def _numbered(match: re.Match[str]) -> Quantity | None:
    ordinal = _ordinal(match)
    return replace(ordinal, unit=NUMBERED) if ordinal else None


def _resolution(match: re.Match[str]) -> Quantity:
    values = Fraction(int(match["number"])), Fraction(int(match["number2"]))
    return Quantity(span_of(match), QuantityKind.ORDINAL, values, unit=RESOLUTION)


def _item(match: re.Match[str]) -> Quantity | None:
    number = value(match["number"])
    return None if number is None else Quantity(span_of(match), QuantityKind.MARK, (number,), optional=True)


def _mark(match: re.Match[str]) -> Quantity:
    return Quantity(span_of(match), QuantityKind.MARK, (Fraction(ord(match[0]) - ord("①") + 1),), optional=True)


def _amount(match: re.Match[str]) -> Quantity | None:
    values = _values(match)
    money = match["money"] or match["sign"]
    counted = money or match["time"] or match["times"] or match["classifier"] or match["measure"]
    small = len(match["number"]) == 1 and match["number"] in NUMERALS[:12] and not (match["scale"] or money)
    lone = len(match["number"]) == 1 and match["number"] in NUMERALS[12:17] and not (match["scale"] or hedge(match))
    if not values or ((small or lone) and not counted and len(values) == 1):
        return None  # a lone 一, 三 or 万 counts nothing
    so_far = match["since"] and (match["since"].endswith("来") or "近" in (match["before"] or ""))
    past = bool(match["time"] and (so_far or match["past"]))
    return Quantity(
        span_of(match), _kind(match), values, qualifier=_hedge(match, past), unit=_unit(match),
        scale=scale_of(_numeral(match)), past=past,
        optional=small and len(values) == 1 and not (match["more"] or match["times"] or _is_said(match, past)),
    )  # fmt: skip


def _is_said(match: re.Match[str], past: bool) -> bool:
    """Whether a small number of years or days is one to be said: 两年 is, 丰收的一年 is "a year"."""
    more = past or match["half"] or match["half2"] or hedge(match) is not Qualifier.NONE
    return bool(match["time"] and (match["number"] != "一" or more))


def _hedge(match: re.Match[str], past: bool) -> Qualifier:
    """The qualifier; the 近 of 近10年来 is no "nearly" but "the past"."""
    return Qualifier.NONE if past and match["before"] == "近" else hedge(match)


def _numeral(match: re.Match[str]) -> str:
    return str(match["number2"] or match["number"]) + (match["scale"] or "")


def _values(match: re.Match[str]) -> tuple[Fraction, ...]:
    numeral = match["number"] + (match["scale"] or "")
    number, half = value(numeral), Fraction(1, 2) if match["half"] or match["half2"] else 0
    if match["number2"]:
        low, high = value(match["number"]), value(_numeral(match))
        if low is None or high is None:
            return ()
        scale = scale_of(_numeral(match))
        return (low * scale if scale_of(match["number"]) == 1 and low < scale else low, high)
    if pair := neighbours(numeral):
        return pair
    return () if number is None else (number + half,)


def _doubled(match: re.Match[str]) -> Quantity | None:
    """翻一番 is doubled, 翻两番 quadrupled."""
    times = value(match["number"] or "一")
    size = Fraction(2 ** int(times)) if times else Fraction(2)
    return Quantity(span_of(match), QuantityKind.MULTIPLE, (size,), unit=DOUBLED)


def _kind(match: re.Match[str]) -> QuantityKind:
    if match["money"] or match["sign"]:
        return QuantityKind.MONEY
    if match["time"]:
        return QuantityKind.DURATION
    return QuantityKind.MULTIPLE if match["times"] else QuantityKind.CARDINAL


def _unit(match: re.Match[str]) -> str:
    if match["money"] or match["sign"]:
        return currency(match["money"] or match["sign"])
    return time_unit(match["time"]) if match["time"] else ""


_PAST = (
    r"(?P<past>在?(?:过去|最近)的?(?=近?\s?[\d一二三四五六七八九十几数两百]{1,4}\s?[多余]?\s?个?(?:年|月|天|周|小时)))?"
)
_NUMBER = rf"(?<![\d.A-Za-z])(?:(?:{ARABIC}{SCALE}\s?)*{ARABIC}{SCALE}?|{CHINESE})"
_HEAD = rf"(?=[\s\d{NUMERALS}在过最{STARTS}好数几UHACSNR美港$€£¥￥])"
"""What an amount may begin with: most characters are passed over at once."""
_NO_LETTER = r"(?![\d]|[A-Za-z]{3,}(?<!000)|[A-Z](?![A-Za-z]))"

AMOUNT_RULES: tuple[Rule, ...] = (
    ("番", re.compile(r"翻(?:了|上)?(?P<number>[一两二三四])?番"), _doubled),
    ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", re.compile(r"[①-⑳]"), _mark),
    ("、", re.compile(rf"^\s*(?P<number>{CHINESE})(?=、)"), _item),  # 十二、 at the head of an item
    ("第", re.compile(r"第\s?(?P<number>\d{1,4})/(?P<number2>\d{1,4})(?=\s?号|\s?[、和])"), _resolution),
    ("第", re.compile(rf"第\s?(?P<number>\d+|{CHINESE})(?=号)"), _numbered),
    ("第", re.compile(rf"第\s?(?P<number>\d+(?:,\d{{3}})*|{CHINESE})"), _ordinal),
    ("周", re.compile(rf"(?<![\d.A-Za-z几数])(?P<number>\d+|{CHINESE})(?=\s?周年)"), _ordinal),
    ("大", re.compile(r"(?P<number>十[六七八九]|二十)(?=大(?![多量型]|以来?)|大以来)"), _ordinal),
    (
        "届",
        re.compile(r"(?<![\d一二三四五六七八九])(?P<number>[二三四五]?十[一二三四五六七八九]?|1\d|2\d)(?=届)"),
        _ordinal,
    ),
    (
        "",
        re.compile(
            rf"{_HEAD}{_PAST}{HEDGED}(?P<vague>{VAGUE})?(?:(?P<sign>{SIGNS})\s?)?(?P<number>{_NUMBER}){_NO_LETTER}(?:\s?(?P<more>{BETWEEN}))?(?:\s?(?P<scale>[十百千]?[万亿]+))?"
            rf"(?P<more2>{BETWEEN})?(?:{TO}(?P<number2>{ARABIC}{SCALE}?|{CHINESE}))?"
            rf"(?:\s?(?P<money>{CURRENCIES})|\s?个?(?P<half>半)?(?P<more4>多)?(?P<time>{TIMES}|(?<=个[半多])月)(?P<half2>半(?![年天月]))?(?P<more3>多|余)?"
            rf"|\s?(?P<times>倍)|\s?(?P<classifier>{CLASSIFIERS})|(?=\s?(?P<measure>{MEASURES})))?"
            rf"(?P<after>{AFTER})?(?(time)(?P<since>以来|来(?![自说到讲访电])|(?<=年)[中里](?![国央心等])|(?<=年)间)?|)"
        ),
        _amount,
    ),
)
