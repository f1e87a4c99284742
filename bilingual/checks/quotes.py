"""Has every quotation mark its partner?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity

_INCHES = re.compile(r"(?<=\d)\"|(?<=\d')\"|(?<=\d’)”")
_DOUBLE = re.compile('["“”„«»＂]')
_SOURCE = re.compile('["“”„«»＂「」『』]')


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """A mark without partner in the target; a quotation that goes on over several sentences leaves the source's open
    too. Behind a digit it may be the sign of inches."""
    marks = [found.start() for found in _DOUBLE.finditer(unit.target.string)]
    inches = len(_INCHES.findall(unit.target.string))
    goes_on = len(_SOURCE.findall(unit.source.string)) % 2
    if len(marks) % 2 == 0 or (len(marks) - inches) % 2 == 0 or goes_on:
        return
    where = Span(marks[-1], marks[-1] + 1) if len(marks) == 1 else None
    reason = "A quotation mark has no partner."
    yield Finding(unit.id, CHECK.name, Severity.WARNING, "linguistic conventions/punctuation", reason, None, where)


CHECK = Check("quotes", "quotation marks without their other half", look)
