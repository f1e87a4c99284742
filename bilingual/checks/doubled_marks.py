"""Does a mark stand twice: ,, or ..?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.masks import masked

_DOUBLED = re.compile(
    r"(?P<same>[,;:])(?:\s?(?P=same))+|(?<!\.)\.\s?\.(?!\s?\.)|(?<![\w.]),\.|[,;:]+\.(?=\s|$)|(?<!\.)\.,(?=\s)|[?!]\.(?=\s|$)"
)
_TWO = re.compile(r"[,;:.?!]\s?[,;:.]")
_AFTER_SHORT = re.compile(
    r"(?:\b(?:[A-Za-z]|etc|vs|Inc|Ltd|Co|Corp|Jr|Sr|al|No|cf|[ap]\.m|[A-Z]\.[A-Z]|e\.g|i\.e|Ph\.D))$"
)


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each doubled mark, with the one that stays; “etc.,” is right, and so are three dots."""
    text = unit.target.string
    for found in _DOUBLED.finditer(masked(text)) if _TWO.search(text) else ():
        if found[0] == ".," and _AFTER_SHORT.search(text[: found.start()]):
            continue
        span = Span(*found.span())
        reason = f"“{found[0]}”: one mark too many."
        stays = found[0][-1] if found[0][-1] == found[0][0] else None
        fix = Fix(span, stays) if stays else None
        yield Finding(unit.id, CHECK.name, Severity.HINT, "linguistic conventions/punctuation", reason, None, span, fix)


CHECK = Check("doubled_marks", "punctuation that stands twice", look)
