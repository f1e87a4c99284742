"""Whether the dates of a target are dates of its source: May 1 is not 10月1日, June 1993 not 1993年2月."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bilingual.numbers.numerals import plain
from bilingual.numbers.quantities import Day, Quantity

_END_OF_MONTH = re.compile("月份?(?:底|末|终|结束)|月\\S{0,2}(?:终了|年度)")


def wrong_dates(source_zh: str, source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[Quantity]:
    """The dates of the target that contradict the source's, which must name a month or a day itself."""
    days = [day for quantity in source for day in whole(quantity.days)]
    ends = ends_a_month(source_zh)
    for quantity in target:
        if not quantity.optional and any(_wrong(day, days, ends) for day in whole(quantity.days)):
            yield quantity


def likest(date: Quantity, source: Sequence[Quantity]) -> Quantity | None:
    """The date of the source that shares most with one of the target, which was made of it; None where none does."""
    said = {part for day in whole(date.days) for part in _parts(day)}
    dated = [(len(said & {part for day in whole(q.days) for part in _parts(day)}), q) for q in source if q.days]
    shared, found = max(dated, key=lambda pair: pair[0], default=(0, None))
    return found if shared else None


def _parts(day: Day) -> set[tuple[str, int]]:
    named = (("year", day.year), ("month", day.month), ("day", day.day))
    return {(name, part) for name, part in named if part}


def ends_a_month(source_zh: str) -> bool:
    """Whether the source speaks of a month's end: English says its last day, 31 March."""
    return _END_OF_MONTH.search(plain(source_zh)) is not None


def whole(days: Sequence[Day]) -> tuple[Day, ...]:
    """The days of one date, each with the year and the month that another of them says for it."""
    found: list[Day] = []
    for day in days:
        before = found[-1] if found else Day()
        month = day.month or (before.month if day.day else None)
        found.append(replace(day, year=day.year or (before.year if day.month or day.day else None), month=month))
    last = found[-1] if found else Day()
    return tuple(replace(day, year=day.year or last.year, month=day.month or last.month) for day in found)


def _wrong(said: Day, days: Sequence[Day], ends: bool) -> bool:
    months = {day.month for day in days if day.month}
    if not said.month or not months:
        return False
    if said.day and any(day.day for day in days):
        return not any(_same(said, day, months) for day in days) and not (ends and _is_end(said))
    if said.month not in months:
        return not (said.day or any(day.day and not day.month for day in days))
    years = {day.year for day in days if day.month == said.month}
    return bool(said.year and years and None not in years and said.year not in years)


def _same(said: Day, day: Day, months: set[int]) -> bool:
    """Whether they may be the same day; a day without its month is of a month named, or of one beside it."""
    if said.day != day.day:
        return False
    if day.month is None:
        return any((said.month or 0) - month in {-11, -1, 0, 1, 11} for month in months)
    return said.month == day.month and (not said.year or not day.year or said.year == day.year)


def _is_end(day: Day) -> bool:
    return bool(day.month and day.day and day.day >= min(28, calendar.monthrange(day.year or 2001, day.month)[1]))
