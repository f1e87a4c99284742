"""The right English of dates, times of day and ordinals, US style first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bilingual.numbers.quantities import Day, Quantity

_ORDINAL_WORDS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_CALENDAR = "January February March April May June July August September October November December"
_MONTHS = _CALENDAR.split()


def ordinals(number: int) -> Iterator[str]:
    """third, 3rd, No. 3."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    if 0 < number < 10:
        yield _ORDINAL_WORDS[number]
    yield f"{number:,}{ending}"
    if number == 10:
        yield "tenth"
    yield f"No. {number}"


_NAMED_HOURS = {0: "midnight", 12: "noon", 24: "midnight"}


def clock(quantity: Quantity) -> Iterator[str]:
    """The time of day: 3 p.m., 10:30 a.m., 21:00."""
    hour, minute = int(quantity.values[0]), int(quantity.values[1]) if len(quantity.values) > 1 else 0
    if not minute and hour in _NAMED_HOURS:
        yield _NAMED_HOURS[hour]
    unit = "a.m." if hour in {0, 24} else quantity.unit
    half, twelve = f" {unit}" if unit else "", hour % 12 or 12
    if not minute:
        yield f"{twelve}{half}" if half else f"{twelve} o'clock"
    yield f"{twelve}:{minute:02}{half}"
    full = hour + 12 if quantity.unit == "p.m." and hour < 12 else hour
    yield f"{full}:{minute:02}"


def dates(days: tuple[Day, ...]) -> Iterator[str]:
    """One date, or from one to another: November 8 to 10, 2023."""
    first, last = days[0], days[-1]
    if len(days) == 1:
        yield from _day(first)
    elif first.day and last.day and not (first.year and last.year and first.year != last.year):
        yield from _day_range(first, last)
    else:
        if first.month and last.month and first.year and not last.year:  # January to September 2018
            first, last = replace(first, year=None), replace(last, year=first.year)
        for low, high in zip(_day(first), _day(last), strict=False):
            yield from (f"{low} to {high}", f"{low}-{high}", f"from {low} to {high}", f"between {low} and {high}")


def _day(day: Day) -> Iterator[str]:
    year = str(day.year) if day.year else ""
    if not day.month:
        yield from _ordinal_day(day.day) if day.day else iter((year,))
        return
    month = _MONTHS[day.month - 1]
    for name in (month, _short(month)):
        if day.day:
            yield f"{name} {day.day}" + (f", {year}" if year else "")
            yield f"{day.day} {name}" + (f" {year}" if year else "")
        else:
            yield f"{name} {year}".strip()
            yield f"{name}, {year}" if year else name


def _ordinal_day(day: int) -> Iterator[str]:
    form = next(form for form in ordinals(day) if form[0].isdigit())
    yield from (f"the {form}", form, str(day))


def _short(month: str) -> str:
    return month if len(month) < 6 else f"{'Sept' if month == 'September' else month[:3]}."


def _day_range(first: Day, last: Day) -> Iterator[str]:
    year = f", {first.year}" if first.year else ""
    plain_year = year.replace(",", "")
    if not first.month:
        yield from (f"{first.day} to {last.day}", f"{first.day}-{last.day}", f"the {first.day} to the {last.day}")
        return
    month, other = _MONTHS[first.month - 1], _MONTHS[last.month - 1] if last.month else ""
    for name, second in ((month, other), (_short(month), _short(other) if other else "")):
        end = f"{second} {last.day}".strip()
        yield f"{name} {first.day} to {end}{year}"
        yield f"{name} {first.day}-{end}{year}"
        yield f"{name} {first.day}–{end}{year}"
        yield f"{name} {first.day} through {end}{year}"
        if second:
            yield f"{first.day} {name} to {last.day} {second}{plain_year}"
        else:
            yield from (f"{first.day}{dash}{last.day} {name}{plain_year}" for dash in ("-", "–", " to "))
            yield f"{name} {first.day} to {name} {last.day}{year}"
