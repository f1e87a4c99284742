"""What a quantity says, in a form in which two languages can be held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bilingual.numbers.quantities import Day, Quantity, QuantityKind
from bilingual.numbers.units import CONVERSIONS, DOUBLED

Key = Fraction | str
"""A number, or a month as "month 11"."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a quantity says. Any of `keys` on the other side says it too, the first of them in the same words."""

    keys: tuple[Key, ...]

    @property
    def value(self) -> Fraction | None:
        """The number itself; None for a month."""
        return self.keys[0] if isinstance(self.keys[0], Fraction) else None


def facts(quantity: Quantity) -> tuple[Fact, ...]:
    """The facts of a quantity: one for each number of it, for each part of a date."""
    if quantity.kind is QuantityKind.DATE:
        return tuple(fact for day in quantity.days for fact in _of_day(day))
    if quantity.kind is QuantityKind.CLOCK:
        hour = quantity.values[0]
        half = hour + _NOON if hour <= _NOON else hour - _NOON
        return Fact((hour, half, hour * 100)), *(Fact((minute,)) for minute in quantity.values[1:] if minute)
    return tuple(Fact((number, *_also(quantity, number))) for number in quantity.values)


_NOON = 12


def said_by(quantity: Quantity) -> Iterator[Key]:
    """What a quantity of the target says, in its own words only: 1018 does not say 18."""
    yield from (fact.keys[0] for fact in facts(quantity))
    yield from quantity.also


def _of_day(day: Day) -> list[Fact]:
    found = []
    if day.year is not None:
        found.append(Fact((Fraction(day.year), Fraction(day.year % 100))))
    if day.month is not None:
        found.append(Fact((f"month {day.month}", Fraction(day.month))))
    if day.day is not None:
        found.append(Fact((Fraction(day.day),)))
    return found


def _also(quantity: Quantity, number: Fraction) -> tuple[Fraction, ...]:
    """The other ways to say the same: 30% is three tenths, 24 hours are a day, three times as much is 200% more."""
    match quantity.kind:
        case QuantityKind.PERCENT:
            also: tuple[Fraction, ...] = (number / 100, number * 100)  # a basis point is a hundredth
            also = also if quantity.unit == "percentage points" or number < 3 else also[:1]
        case QuantityKind.FRACTION:
            also = (number * 100,)
        case QuantityKind.MULTIPLE:
            more = () if quantity.unit == DOUBLED else (number + 1,)  # increased twofold, or by two times
            also = (*more, number * 100, (number - 1) * 100)
        case QuantityKind.CENTURY:
            also = ((number - 1) * 100,)
        case QuantityKind.DECADE:
            also = (number % 100,)
        case QuantityKind.DURATION:
            also = _in_other_units(quantity, number)
        case _:
            also = quantity.also
    return also


def _in_other_units(quantity: Quantity, number: Fraction) -> tuple[Fraction, ...]:
    also = [number * 100, number] if quantity.unit == "centuries" else []
    for unit, (size, smaller) in CONVERSIONS.items():
        if quantity.unit == unit:
            also.append(number * size)
        if quantity.unit == smaller:
            also.append(number / size)
    if quantity.unit == "years" and 50 < number < 100:
        also += [number + 1900, number + 1911]  # 98年 is a year, of the Republic (民国) in Taiwan
    return tuple(also)
