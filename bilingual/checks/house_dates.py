"""Is a date written as the house writes it: October 1, 2022 or 1 October 2022?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.wording import kept
from bilingual.settings import DATES

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?P<th>st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})\b"
_DAY_FIRST = re.compile(rf"\b(?P<the>the (?=\w+ of ))?{_DAY}(?: of)? {_MONTH}(?!\w)(?:,? {_YEAR})?")
_MONTH_FIRST = re.compile(rf"\b{_MONTH} {_DAY}(?![\d.%:,]*\d|\w)(?:,? {_YEAR})?(?P<comma>,(?= ))?")
_RANGE = re.compile(r"(?:\d(?:st|nd|rd|th)?\s?(?:[-–—/&,]|and|to|or)\s?|\d[.,:])$")
_OPENS = re.compile(r"(?:^|[.!?] )[A-Z]\w+ $")
"""A date behind the first word of a sentence (On …): the comma behind it stays."""
_GOES_ON = re.compile(r"\s?(?:[-–—/&]|and|to|or)\s?\d")


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each date in the other order; several days in one (12 to 15 October) are left alone."""
    text, day_first = unit.target.string, context.settings.style.day_first
    dates = [*(_MONTH_FIRST if day_first else _DAY_FIRST).finditer(text)]
    fixed = kept(unit, context) if dates else []
    for found in dates:
        span = Span(*found.span())
        if any(span.overlaps(other) for other in fixed):
            continue
        if _RANGE.search(text[max(span.start - 8, 0) : span.start]) or _GOES_ON.match(text, span.end):
            continue
        right = _day_first(found) if day_first else _month_first(found)
        example = DATES[1] if day_first else DATES[0]
        reason = f"The house style is “{example}”: “{found[0].rstrip(',')}” would be “{right.rstrip(',')}”."
        certain = not (day_first and found["year"] and found["comma"]) or _OPENS.search(text[: span.start])
        fix = Fix(span, right) if certain else None
        yield Finding(unit.id, CHECK.name, Severity.HINT, "locale convention/date format", reason, None, span, fix)


def _day_first(found: re.Match[str]) -> str:
    year = f" {found['year']}" if found["year"] else ""
    return f"{found['day'].lstrip('0')} {found['month']}{year}{found['comma'] or ''}"


def _month_first(found: re.Match[str]) -> str:
    """With the comma behind the year that American English has in a sentence that goes on."""
    year = f", {found['year']}" if found["year"] else ""
    comma = "," if year and re.match(r" [a-z]", found.string[found.end() :]) else ""
    return f"{found['month']} {found['day'].lstrip('0')}{year}{comma}"


CHECK = Check("house_dates", "dates in another order than the house writes them", look)
