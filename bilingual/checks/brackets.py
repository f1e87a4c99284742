"""Has every bracket its partner?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.masks import masked
from bilingual.quotations import BRACKETS

_OPENING = {mark: closing for closing, mark in BRACKETS.items()}
_WIDTHS = str.maketrans("（）［］｛｝", "()[]{}")
_ANY = re.compile(f"[{re.escape(''.join((*BRACKETS, *BRACKETS.values())) + '（）［］｛｝')}]")
_ITEM = re.compile(r"(?:^|[\s;,，；：:、。“\"])(\w{1,3})[、.]?$")
"""What stands before a closing bracket that is the mark of a list's item: 1), b), 一)."""
_FIRST = frozenset({"1", "a", "A", "i", "I"})
_BEFORE = 8
_INTERVAL = re.compile(r"[\[(]\s?-?[\d.]+\s?,\s?-?[\d.]+\s?[\])]")


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
    """Where a bracket stands that has no partner and wants one; brackets of both widths are partners."""
    if not _ANY.search(text):
        return []
    text = _INTERVAL.sub(lambda found: " " * len(found[0]), text.translate(_WIDTHS))
    left: list[int] = []
    alone: list[int] = []
    items: list[str] = []
    for at, char in enumerate(text):
        if char in _OPENING:
            left.append(at)
        elif char in BRACKETS:
            item = _ITEM.search(text[max(0, at - _BEFORE) : at])
            if left and text[left[-1]] == BRACKETS[char].translate(_WIDTHS):
                left.pop()
            elif char == ")" and item and (not text[: at - len(item[0])].strip() or _follows(item[1], items)):
                items.append(item[1])
            else:
                alone.append(at)
    return sorted(at for at in (*left, *alone) if not (at and text[at - 1] in ":;"))


def _follows(item: str, items: Sequence[str]) -> bool:
    """Whether it is the next mark of a list: a number after the one before it, a letter after the letter."""
    if not items:
        return item in _FIRST
    last = items[-1]
    if item.isdecimal() and last.isdecimal():
        return int(item) == int(last) + 1
    return item.isalpha() and last.isalpha()


CHECK = Check("brackets", "brackets without their other half", look)
