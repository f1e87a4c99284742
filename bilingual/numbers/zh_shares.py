"""Rules for Chinese percentages, tenths, fractions and halves."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.numbers.hedges import AFTER, BETWEEN, hedge
from bilingual.numbers.numerals import value
from bilingual.numbers.quantities import Qualifier, Quantity, QuantityKind
from bilingual.numbers.units import TIMES, time_unit
from bilingual.numbers.zh_parts import ARABIC, EITHER, HEDGED, TO, Rule, span_of

_POINTS = r"\s?(?:[%厘]|(?P<points>个?百分点))"
_TENTH = "(?:[一二两三四五六七八九]|[1-9])"
_TAIL = rf"(?P<after>{AFTER})?"


def _percent(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    values = tuple(number for name in ("number", "number2") if (number := value(part.get(name) or "")) is not None)
    unit = "percentage points" if part.get("points") else "percent"
    return Quantity(span_of(match), QuantityKind.PERCENT, values, qualifier=hedge(match), unit=unit) if values else None


def _tenths(match: re.Match[str]) -> Quantity | None:
    tenths = [number for name in ("number", "number2") if (number := value(match[name] or "")) is not None]
    if not tenths or tenths != sorted(tenths):
        return None
    percent = (*(number * 10 for number in tenths[:-1]), tenths[-1] * 10 + (5 if match["half"] else 0))
    return Quantity(span_of(match), QuantityKind.PERCENT, percent, qualifier=hedge(match), unit="percent")


def _fraction(match: re.Match[str]) -> Quantity | None:
    whole, part = value(match["whole"]), value(match["part"])
    if not whole or part is None:
        return None
    return Quantity(span_of(match), QuantityKind.FRACTION, (part / whole,), qualifier=hedge(match))


def _half(match: re.Match[str]) -> Quantity:
    part = match.groupdict()
    unit = time_unit(part["time"]) if part.get("time") else ""
    hedged = Qualifier.MORE_THAN if part.get("over") else hedge(match)
    kind = QuantityKind.DURATION if unit else QuantityKind.FRACTION
    return Quantity(span_of(match), kind, (Fraction(1, 2),), qualifier=hedged, unit=unit)


SHARE_RULES: tuple[Rule, ...] = (
    (
        "分",
        re.compile(rf"{HEDGED}百分之\s?(?P<number>{EITHER})(?:{TO}(?:百分之\s?)?(?P<number2>{EITHER}))?{_TAIL}"),
        _percent,
    ),
    (
        "%厘点",
        re.compile(
            rf"{HEDGED}(?<![\d.])(?P<number>{ARABIC})\s?[%厘]?{TO}(?P<number2>{ARABIC}){_POINTS}(?P<more>{BETWEEN})?{_TAIL}"
        ),
        _percent,
    ),
    ("%厘点", re.compile(rf"{HEDGED}(?<![\d.])(?P<number>{ARABIC}){_POINTS}(?P<more>{BETWEEN})?{_TAIL}"), _percent),
    (
        "成",
        re.compile(
            rf"{HEDGED}(?<![\d.])(?P<number>{_TENTH})(?:成?(?:{TO})?(?P<number2>{_TENTH}))?成(?P<half>半)?(?P<more>{BETWEEN})?{_TAIL}"
            r"(?![为立员功就长本分果都年语绩]|人(?![民口士]))"
        ),
        _tenths,
    ),
    (
        "/",
        re.compile(rf"{HEDGED}(?<![\d/.])(?P<part>\d{{1,2}})/(?P<whole>[2-9]|1\d|20|100)(?![\d/年月]){_TAIL}"),
        _fraction,
    ),
    ("分", re.compile(rf"{HEDGED}(?P<whole>{EITHER})\s?分之\s?(?P<part>{EITHER}){_TAIL}"), _fraction),
    ("半", re.compile(r"(?P<over>过|多|大)半数?(?![个年天夜场])"), _half),
    ("半", re.compile(rf"{HEDGED}(?:一半|半数|(?<=近)半(?![个年天夜场月数])){_TAIL}"), _half),
    (
        "半",
        re.compile(rf"{HEDGED}(?<![一二两三四五六七八九十\d个上下前后大])半个?(?P<more>多)?(?P<time>{TIMES})"),
        _half,
    ),
)
