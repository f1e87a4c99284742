"""Does the sentence begin with a capital?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Kind, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.english.typography import capitalise

_FIRST = re.compile(r"[\"“‘'(\[]*(?P<word>[^\W\d_][\w’'-]*)")
_WHOLE = re.compile(r"[。．｡！？!?][\s”’」』）)\"']*$")
_GOES_ON = frozenset('；;：:，,、—…(（-–“「『‘"')
_PARTICLES = "al el de da di du la le van von der den ter bin ibn dos das"
"""What a name may begin with: de Gaulle, al-Qaeda."""
_FREE = frozenset({Kind.CELL, Kind.LABEL, Kind.MARK, Kind.NOTE, Kind.CAPTION})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A sentence with a small first letter, unless it goes on what stands before it or is written so by its owner."""
    text, source = unit.target.string, unit.source.string.strip()
    found = _FIRST.match(text)
    if not found or not found["word"][0].islower() or not _WHOLE.search(source) or context.kind(unit) in _FREE:
        return
    if context.before(unit)[-1:] in _GOES_ON or source[0] in _GOES_ON - frozenset('“「『‘"') or _is_own(found, source):
        return
    place = found.start("word")
    fixed = capitalise(text[place:])
    if fixed == text[place:]:
        return
    span = Span(place, place + len(found["word"]))
    fix = Fix(Span(place, place + 1), fixed[0])
    reason = "The sentence begins with a small letter."
    yield Finding(unit.id, CHECK.name, Severity.WARNING, "linguistic conventions/spelling", reason, None, span, fix)


def _is_own(found: re.Match[str], source: str) -> bool:
    """Whether the word is written so by its owner (iPhone, de Gaulle) or taken from the source as it is."""
    word = found["word"]
    return any(char.isupper() for char in word) or word.split("-")[0] in _PARTICLES.split() or word in source


CHECK = Check("capital", "sentences that begin with a small letter", look)
