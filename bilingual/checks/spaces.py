"""Are there spaces too many, or too few?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.masks import masked

_GAP = r"[ \t\xa0]"
_MISSING = "A space is missing here."
_RULES = tuple(
    (re.compile(pattern), instead, reason)
    for pattern, instead, reason in (
        (rf"(?<=[^\s.!?:]){_GAP}{{2,}}(?=\S)", " ", "There are two spaces here."),
        (rf"(?<=[.!?:]){_GAP}{{2,}}(?=\S)", " ", "There are two spaces after a sentence."),
        (rf"(?<=[\w\"”)]){_GAP}+(?=[.,;:!?](?:\s|$|[\"”)])|[,;][A-Za-z])", "", "No space stands before a mark."),
        (rf"(?<=[(\[]){_GAP}+(?=\w)", "", "No space stands inside brackets."),
        (rf"(?<=\w){_GAP}+(?=[)\]])", "", "No space stands inside brackets."),
        (r"(?<=[a-z ][a-z ][,;])(?=[A-Za-z]{2})", " ", _MISSING),
        (r"(?<=[a-z]{3}[.!?])(?=[A-Z][a-z])", " ", _MISSING),
        (r"(?<=[a-z]{2})(?=\([A-Za-z]{3})|(?<=[a-z]{2}\))(?=[A-Za-z]{2})", " ", _MISSING),
        ("[\u200b\ufeff]+", "", "An invisible character stands here."),
    )
)
"""What is wrong, what stands there instead, and why."""
_MAY_BE = re.compile(rf"{_GAP}[ \t\xa0.,;:!?)\]]|[(\[]{_GAP}|[,;][A-Za-z]|[.!?][A-Z]|[a-z]\(|\)[A-Za-z]|[\u200b\ufeff]")
"""What every place of these rules has: most texts have none."""
_EDGE = re.compile(rf"^{_GAP}+|{_GAP}+$")


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each place with its fix, so a hint; the space at an edge where the source has one too is left alone."""
    text = unit.target.string
    if not text.strip():
        return
    plain, at_edge = masked(text), unit.source.string != unit.source.string.strip()
    edge = () if at_edge else ((_EDGE, "", "There is a space at the edge."),)
    for pattern, instead, reason in (*(_RULES if _MAY_BE.search(plain) else ()), *edge):
        for found in pattern.finditer(plain):
            span, category = Span(*found.span()), "linguistic conventions/punctuation"
            yield Finding(unit.id, CHECK.name, Severity.HINT, category, reason, None, span, Fix(span, instead))


CHECK = Check("spaces", "spaces that are too many or missing", look)
