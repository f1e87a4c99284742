"""Is it what a machine gives when it fails: a phrase over and over, or marks that were to be replaced?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.signals import Loop, looped, placeholders, recurring

_REMAINS = re.compile(
    r"<(?:unk|s|/s|pad)>|▁|⁇|\ufffd|&(?:amp|quot|apos|lt|gt|nbsp|#\d+);|@@(?=\s|$)|\{\{[^{}]*\}\}|@-@"
)
"""What the inside of a machine or of a file leaves behind in a text."""


_IN_A_ROW = 3


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each placeholder and other remains that the source does not have, and the first phrase that is said in a loop."""
    source, target = unit.source.string, unit.target.string
    remains = [Span(*found.span()) for found in _REMAINS.finditer(target) if found[0] not in source]
    for span in (*placeholders(source, target), *remains):
        reason = f"“{span.of(target)}” was left behind by a machine and stands for something else."
        yield Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/mistranslation", reason, None, span)
    loop = _loop(target)
    if loop:
        reason = f"“{loop.phrase}” is said over and over."
        yield Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/addition", reason, None, loop.span)


def _loop(target: str) -> Loop | None:
    """A phrase three times in a row, or one that makes up half of the text; twice is for the check of repetition."""
    loop = looped(target)
    if loop and loop.times >= _IN_A_ROW:
        return loop
    again = recurring(target)
    return again if again and again.times * len(again.phrase) * 2 > len(target) else None


CHECK = Check("degenerate", "machine output that failed: loops, placeholders left behind", look)
