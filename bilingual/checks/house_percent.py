"""Is a percentage written as the house writes it: 5 percent, 5 per cent, or 5%?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Kind, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.wording import HEADINGS, kept

_AFTER_DIGITS = re.compile(r"(?<=\d)\s?[%％](?!\w|\s?[-–—~]\s?\d)|(?<=\d)[ -]per ?cent\b")
_AFTER_WORDS = re.compile(r"(?<=[a-z][ -])per ?cent\b")
_SHORT = HEADINGS | {Kind.CELL, Kind.CAPTION, Kind.LABEL}
"""Where the sign is right in every house: there is no room for words."""


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each percentage that is written otherwise; the sign may stand in headings, tables and captions."""
    house, text = context.settings.style.percent, unit.target.string
    fixed = kept(unit, context) if "per" in text else []
    for span, instead in _wrong(text, house):
        if any(span.overlaps(other) for other in fixed):
            continue
        if "%" in span.of(text) and context.kind(unit) in _SHORT:
            continue
        lead = int(text[span.start].isspace() or text[span.start] == "-")  # what parts it from its digits
        shown = Span(span.start + lead, span.end)
        fix = Fix(shown, instead[1:]) if lead and text[span.start] == instead[0] else Fix(span, instead)
        reason = f"The house style is “{house}”, here it is “{shown.of(text)}”."
        yield Finding(unit.id, CHECK.name, Severity.HINT, "style/organizational style", reason, None, shown, fix)


def _wrong(text: str, house: str) -> Iterator[tuple[Span, str]]:
    """Each place that is not as the house has it, and what should stand there."""
    for found in _AFTER_DIGITS.finditer(text):
        joined = found[0].startswith("-") and house == "percent"
        right = "%" if house == "%" else f"-{house}" if joined else f" {house}"
        if found[0].replace("％", "%") != right:
            yield Span(*found.span()), right
    for found in _AFTER_WORDS.finditer(text) if house != "%" else ():
        if found[0] != house:
            yield Span(*found.span()), house


CHECK = Check("house_percent", "percentages that are written otherwise than the house writes them", look)
