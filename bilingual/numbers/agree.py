"""Whether a number of the target counts what the same number of the source counts: per cent, yuan, years."""

from __future__ import annotations

import re
from fractions import Fraction

from bilingual.numbers.en_units import MONEY, SHARES, TIMES, unit_at
from bilingual.numbers.facts import Fact
from bilingual.numbers.quantities import Qualifier, Quantity, QuantityKind
from bilingual.numbers.units import CLASSIFIERS, MEASURES

_DOLLARS = frozenset({"$", "US$", "HK$", "A$", "C$", "S$", "NT$"})
_ALIKE = (
    *(frozenset({"$", name}) for name in _DOLLARS),
    frozenset({"¥", "yuan"}),
    frozenset({"¥", "yen"}),
    frozenset({"Swiss francs", "francs"}),
)
_DOLLAR_PLACES = re.compile("[港澳]|[台臺][湾灣币幣北]|新加坡|美国|美國|加拿大|立法[局会會]|本局")
"""Where 元 may be dollars: nothing else tells yuan from them."""
_AMERICA = re.compile("美[国國元]")
_PEOPLE_AND_THINGS = re.compile(f"(?:{CLASSIFIERS}|{MEASURES})")
_NO_TIMES = re.compile("[名位家人国國辆輛艘米吨噸]|公里")
_SHORT_YEAR = re.compile(r"['’/–-]\s?$")


def agrees(source: str, quantity: Quantity, fact: Fact, target: str, place: Quantity) -> bool:
    """Whether `place`, which has one of the keys of `fact`, says it of the same thing; what says nothing agrees."""
    same = fact.keys[0] in place.values or fact.keys[0] in place.also
    match quantity.kind:
        case QuantityKind.PERCENT:
            said = not same or place.unit in SHARES or _in_words(target, place)
        case QuantityKind.MONEY:
            said = _money(source, quantity.unit, place.unit)
        case QuantityKind.DURATION:
            said = _time(quantity, target, place, same)
        case QuantityKind.DATE:
            said = _date(quantity, fact, target, place)
        case QuantityKind.CARDINAL:
            counter = _PEOPLE_AND_THINGS if place.unit in SHARES | MONEY else _NO_TIMES
            said = not place.unit or not _counts(source, quantity, counter)
        case QuantityKind.MULTIPLE:
            said = not same or place.unit not in MONEY | TIMES
        case _:
            said = True
    return said


def _in_words(target: str, place: Quantity) -> bool:
    """basis points, percentiles and the like stand further off."""
    return re.search(r"\bpoints?\b|per ?cent", target[place.span.end : place.span.end + 40]) is not None


def _money(source: str, wanted: str, said: str) -> bool:
    if said in SHARES or said in TIMES:
        return False
    if said == wanted or frozenset({said, wanted}) in _ALIKE:
        return True
    places = _AMERICA if said == "US$" else _DOLLAR_PLACES
    return wanted == "yuan" and said in _DOLLARS and places.search(source) is not None


def _time(quantity: Quantity, target: str, place: Quantity, same: bool) -> bool:
    if place.unit in SHARES or place.unit in MONEY:
        return False
    if same:
        return place.unit in ("", quantity.unit) or place.unit not in TIMES
    return place.unit in TIMES or _TIME_WORDS.search(place.span.of(target)) is not None


_TIME_WORDS = re.compile(
    r"decade|centur|fortnight|half|halves|quarter|millenni|(?<!\d)s$|^(?:19|20)\d\d", re.IGNORECASE
)
_NEAR_A_MONTH = 12
_CALENDAR_WORDS = re.compile(
    r"\b(?:[Dd]ay|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d(?:st|nd|rd|th)\b|\bthe \w+th\b"
)
_LAST_DAY = 31


def _date(quantity: Quantity, fact: Fact, target: str, place: Quantity) -> bool:
    """The year 1993 is said by '93 and 1992-93, not by any 93; the 5th by a date, by Day 5, not by five people."""
    if fact.value is None or fact.value > _LAST_DAY:
        said = {*place.values, *place.also, *(day.year for day in place.days)}
        if place.unit in SHARES | MONEY | TIMES:
            return False
        return (
            fact.value is None
            or fact.value in said
            or _SHORT_YEAR.search(target[max(0, place.span.start - 2) : place.span.start]) is not None
        )
    around = target[max(0, place.span.start - _NEAR_A_MONTH) : place.span.end + _NEAR_A_MONTH]
    if place.days or _CALENDAR_WORDS.search(around) is not None:
        return True
    return not (quantity.days[0].month or place.unit or place.spelt)


def _counts(source: str, quantity: Quantity, counter: re.Pattern[str]) -> bool:
    """Whether the number has a measure word of that sort."""
    words = quantity.span.of(source)
    ahead = source[quantity.span.end : quantity.span.end + 3].lstrip()
    return counter.match(words[-1]) is not None or counter.match(ahead) is not None


def otherwise(source: str, quantity: Quantity, fact: Fact, target: str) -> bool:
    """Whether words of the target say the fact that are no number: a teacher, within a day, a majority."""
    if quantity.kind is QuantityKind.DURATION:
        words = _PERIODS.get((fact.value or 0, quantity.unit))
        return words is not None and re.search(rf"\b(?:{words})\b", target, re.IGNORECASE) is not None
    if quantity.kind is QuantityKind.FRACTION:
        return quantity.qualifier is Qualifier.MORE_THAN and _MOST.search(target) is not None
    if fact.value != 1:
        return False
    articles = re.finditer(r"\b(?:an?|each|every|per|another|same)\b", target, re.IGNORECASE)
    if quantity.kind is QuantityKind.MONEY:
        return any(_money(source, quantity.unit, unit_at(target, article.end())) for article in articles)
    return quantity.kind in {QuantityKind.CARDINAL, QuantityKind.MULTIPLE} and next(articles, None) is not None


_MOST = re.compile(r"\b(?:majority|most(?:ly)?)\b")
_PERIODS: dict[tuple[Fraction | int, str], str] = {
    (1, "years"): "year|annual|annually|yearly",
    (1, "months"): "month|monthly",
    (1, "weeks"): "week|weekly",
    (1, "days"): "day|daily",
    (1, "hours"): "hour|hourly",
    (1, "minutes"): "minute",
    (1, "seconds"): "second",
    (1, "centuries"): "century",
    (2, "years"): r"bienni\w+",
    (7, "days"): "week",
    (24, "hours"): "day",
    (60, "minutes"): "hour",
    (12, "months"): "year",
    (Fraction(3, 2), "years"): "year and a half",
    (Fraction(3, 2), "hours"): "hour and a half",
}
"""Spans of time that English has words for."""
