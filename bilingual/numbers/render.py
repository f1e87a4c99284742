"""The right English of a Chinese quantity, by construction."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bilingual.numbers.quantities import Qualifier, Quantity, QuantityKind
from bilingual.numbers.render_dates import clock, dates, ordinals
from bilingual.numbers.units import DOUBLED, NUMBERED, RESOLUTION

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SYNONYMS = {
    Qualifier.NEARLY: ("nearly", "almost", "close to", "approximately", "approaching", "about"),
    Qualifier.ABOUT: ("about", "around", "approximately", "roughly", "some"),
    Qualifier.OVER: ("over", "more than", "above", "exceeding", "in excess of"),
    Qualifier.MORE_THAN: ("more than", "over", "above", "upwards of"),
    Qualifier.AT_LEAST: ("at least", "no less than", "no fewer than", "a minimum of"),
    Qualifier.UP_TO: ("up to", "as many as", "as much as", "as high as"),
    Qualifier.LESS_THAN: ("less than", "fewer than", "under", "below"),
    Qualifier.AT_MOST: ("at most", "no more than", "up to", "not more than"),
}
_HALVES = 2
_SPELT_UP_TO = 9
"""Numbers up to this are written out (AP style), but not money, percentages and dates."""


def render(quantity: Quantity) -> str:
    """The preferred English of a quantity, US style: "nearly 3 billion", "more than 1,800", "November 8 to 10"."""
    return options(quantity)[0]


def options(quantity: Quantity) -> tuple[str, ...]:
    """Every English spelling of a quantity that is right, the preferred one first."""
    return tuple(dict.fromkeys(_spellings(quantity)))


def _spellings(quantity: Quantity) -> Iterator[str]:
    if quantity.kind is QuantityKind.DATE:
        yield from dates(quantity.days)
        return
    if quantity.kind is QuantityKind.CLOCK:
        yield from clock(quantity)
        return
    if not quantity.exact:
        yield from _vague(quantity)
        return
    bodies = list(dict.fromkeys(_bodies(quantity)))
    hedges = _SYNONYMS.get(quantity.qualifier, ("",))
    for words in hedges:
        for body in bodies:
            hedged = f"{words} {body}" if words else body
            if quantity.past and quantity.values == (Fraction(1),):
                yield from (f"{lead} {quantity.unit[:-1]}" for lead in ("over the past", "in the past", "in the last"))
            if quantity.past and words:
                yield f"for {hedged}"
            yield f"over the past {hedged}" if quantity.past else hedged
            if quantity.past:
                leads = ("in the past", "over the last", "in the last", "for the past", "during the past", "for")
                yield from (f"{lead} {hedged}" for lead in leads)
    if quantity.qualifier is Qualifier.MORE_THAN:
        yield from (f"{body} or more" for body in bodies)


def _bodies(quantity: Quantity) -> Iterator[str]:
    """The number with its unit, without its hedge."""
    for number in _numbers(quantity):
        yield from _with_unit(quantity, number)


def _numbers(quantity: Quantity) -> Iterator[str]:
    if quantity.unit == RESOLUTION:
        yield "/".join(str(number) for number in quantity.values)
        return
    first = list(_spelt(quantity, quantity.values[0]))
    if len(quantity.values) == 1:
        yield from first
        return
    second = list(_spelt(quantity, quantity.values[1]))
    for low, high in zip(first, second, strict=False):
        low_digits, _, scale = low.partition(" ")
        short = low_digits if scale and high.endswith(f" {scale}") else low
        if quantity.kind is QuantityKind.DECADE:
            yield f"{low} and {high.removeprefix('the ')}"
        yield from (
            f"{short} to {high}",
            f"{short}-{high}",
            f"{short}–{high}",
            f"{low} to {high}",
            f"between {low} and {high}",
        )


def _spelt(quantity: Quantity, number: Fraction) -> Iterator[str]:
    kind = quantity.kind
    if kind is QuantityKind.ORDINAL:
        yield from ([f"No. {number}"] if quantity.unit == NUMBERED else ordinals(int(number)))
    elif kind is QuantityKind.DECADE:
        yield from (f"the {number}s", f"{number}s", f"the '{int(number) % 100:02}s")
    elif kind is QuantityKind.CENTURY:
        yield from (f"the {form} century" for form in ordinals(int(number)) if "." not in form)
    elif kind is QuantityKind.FRACTION or (number.denominator == _HALVES and kind is QuantityKind.DURATION):
        yield from _fraction(number)
    else:
        yield from _cardinal(number, quantity)


def _cardinal(number: Fraction, quantity: Quantity) -> Iterator[str]:
    counted = quantity.kind in {QuantityKind.CARDINAL, QuantityKind.DURATION, QuantityKind.MULTIPLE}
    if counted and all(size.denominator == 1 and size <= _SPELT_UP_TO for size in quantity.values):
        yield _WORDS[int(number)]
    big = list(_with_scale(number, quantity.scale))
    yield from big
    yield decimal(number)
    if number.denominator == 1 and number < len(_WORDS):
        yield _WORDS[int(number)]
    if number == 1 and counted:
        yield from ("a", "an")


def _with_scale(number: Fraction, scale: int) -> Iterator[str]:
    """Million, billion, trillion where they read well; 亿 counts in billions, so 40,080亿 is 4,008 billion first."""
    sizes = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million")]
    if scale == 10**8:
        sizes[:2] = sizes[1::-1]
    for size, word in sizes:
        if (
            number >= size
            and (number / size * 1000).denominator == 1
            and (scale > 1 or (number / size * 10).denominator == 1)
        ):
            yield f"{decimal(number / size)} {word}"
    if number >= 10**9 and (number / 10**6).denominator == 1:
        yield f"{decimal(number / 10**6)} million"


def decimal(number: Fraction) -> str:
    """In digits, thousands apart: 1,234.5."""
    if number.denominator == 1:
        return f"{int(number):,}"
    whole, _, part = f"{float(number):.6f}".rstrip("0").partition(".")
    return f"{int(whole):,}.{part}"


def _fraction(number: Fraction) -> Iterator[str]:
    whole, part = divmod(number, 1)
    if part == Fraction(1, 2):
        if whole:
            yield from (f"{_small(int(whole))} and a half", decimal(number))
        else:
            yield from ("half", "one half", "half of", "a half")
        return
    names = {2: "half", 3: "third", 4: "quarter"}
    name = names.get(number.denominator) or next(ordinals(number.denominator))
    if number.numerator == 1:
        yield from (f"one {name}", f"one-{name}", f"a {name}")
    else:
        yield from (f"{_small(number.numerator)} {name}s", f"{_small(number.numerator)}-{name}s")
    yield f"{number.numerator}/{number.denominator}"


def _small(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _with_unit(quantity: Quantity, number: str) -> Iterator[str]:
    unit, one = quantity.unit, quantity.values[-1] <= 1
    if quantity.kind is QuantityKind.MONEY:
        yield from _money(unit, number)
    elif quantity.kind is QuantityKind.PERCENT:
        yield from (
            (f"{number} {unit}",) if unit != "percent" else (f"{number} percent", f"{number}%", f"{number} per cent")
        )
    elif unit == DOUBLED:
        yield from (f"{_DOUBLED.get(int(quantity.values[0]), f'increased {number}-fold')}", f"{number} times")
    elif quantity.kind is QuantityKind.MULTIPLE and quantity.values == (Fraction(1),):
        yield from ("100 percent", "100%", "double", "doubled", "twofold", "once")
    elif quantity.kind is QuantityKind.MULTIPLE:
        yield from (f"{number} times", f"{number}-fold")
        if quantity.values == (Fraction(2),):
            yield from ("twice", "double")
    elif unit and unit not in {RESOLUTION, NUMBERED}:
        yield from _in_time(quantity, number, unit, one)
    else:
        yield number


def _in_time(quantity: Quantity, number: str, unit: str, one: bool) -> Iterator[str]:
    singular = "century" if unit == "centuries" else unit[:-1]
    if quantity.values == (Fraction(1, 2),):
        yield from (
            ("six months", "half a year")
            if unit == "years"
            else (f"half {'an' if unit == 'hours' else 'a'} {singular}",)
        )
    else:
        yield f"{number} {singular if one else unit}"
        if quantity.qualifier is Qualifier.NONE and not quantity.past:
            yield f"{number}-{singular}"


_DOUBLED = {2: "doubled", 4: "quadrupled"}
_CURRENCY_NAMES = {
    "HK$": "Hong Kong dollars",
    "US$": "US dollars",
    "€": "euros",
    "£": "pounds",
    "A$": "Australian dollars",
}


def _money(unit: str, number: str) -> Iterator[str]:
    if number.startswith("between"):
        yield f"{number} {_CURRENCY_NAMES.get(unit, unit)}"
        return
    if unit.isalpha() or " " in unit:
        yield f"{number} {unit}"
        if unit == "yuan":
            yield from (f"RMB {number}", f"RMB{number}", f"{number} RMB", f"CNY {number}")
        return
    yield f"{unit}{number}"
    if unit in {"US$"}:
        yield from (f"${number}", f"{number} dollars")
    if unit in _CURRENCY_NAMES:
        yield f"{number} {_CURRENCY_NAMES[unit]}"


def _vague(quantity: Quantity) -> Iterator[str]:
    """数十, 几百万: an order of magnitude."""
    size = quantity.values[0]
    if quantity.unit == "years" and size == 10:
        yield "over the past few decades" if quantity.past else "decades"
    counted = _CURRENCY_NAMES.get(quantity.unit, quantity.unit)
    unit = f" {counted}" if counted else ""
    power = len(str(int(size))) - 1
    if size == 10**power and power < 15:
        yield _order(power) + unit
        if power in _POWERS:
            yield f"several {_POWERS[power]}{unit}"
    else:
        yield f"more than {decimal(size)}{unit}"


_POWERS = {1: "dozen", 2: "hundred", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


def _order(power: int) -> str:
    """dozens of, hundreds of, tens of millions of."""
    if power < 3:
        return f"{_POWERS[power]}s of" if power else "several"
    lead = ("", "tens of ", "hundreds of ")[power % 3]
    return f"{lead}{_POWERS[power - power % 3]}s of"
