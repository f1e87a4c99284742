"""Has every bracket its partner?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.masks import masked
from bilingual.quotations import BRACKETS

_OPENING = {mark: closing for closing, mark in BRACKETS.items()}
_WIDTHS = str.maketrans("（）［］｛｝", "()[]{}")
_NO_BRACKET = re.compile(
    r"(?:^|(?<=[\s;,，；：:、。“”\"(（]))[(（]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[\u4e00-\u9fff]{1,2})[)）](?=\s|\S)|"
    r"[:;]-?[()]|[\[(]\s?-?\d[\d.]*\s?,\s?-?\d[\d.]*\s?[\])]"
)
"""The mark of a list's item, a smile, an interval of numbers."""


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each bracket without partner, where those of the source have theirs."""
    if not unit.target.string or _lonely(unit.source.string):
        return
    text = unit.target.string
    for at in _lonely(masked(text)):
        end = "end" if text[at] in _OPENING else "beginning"
        reason = f"The {end} of the brackets is missing: “{text[at]}” stands alone."
        where = Span(at, at + 1)
        yield Finding(unit.id, CHECK.name, Severity.WARNING, "linguistic conventions/punctuation", reason, None, where)


def _lonely(text: str) -> list[int]:
    """Where a bracket stands that has no partner; brackets of both widths are partners."""
    text = _NO_BRACKET.sub(_without_brackets, text).translate(_WIDTHS)
    left: list[int] = []
    alone: list[int] = []
    for at, char in enumerate(text):
        if char in _OPENING:
            left.append(at)
        elif char in BRACKETS:
            if left and text[left[-1]] == BRACKETS[char].translate(_WIDTHS):
                left.pop()
            else:
                alone.append(at)
    return sorted([*left, *alone])


def _without_brackets(found: re.Match[str]) -> str:
    """What is no bracket blotted out, unless it is a pair: (a), (2) is."""
    whole = found[0].translate(_WIDTHS)
    return found[0] if whole[0] + whole[-1] == "()" else " " * len(found[0])


CHECK = Check("brackets", "brackets without their other half", look)
