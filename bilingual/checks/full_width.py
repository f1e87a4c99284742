"""Are Chinese marks left in the English: ，。（）、《》?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import UNTRANSLATED, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.same_as_source import is_copied
from bilingual.chinese import HAN, fold

_MARKS = re.compile("[\uff01-\uff5e\u3000-\u3003\u3008-\u301f\uffe5￥｡､]|(?<=[A-Za-z]{2})·(?=[A-Z][a-z])")
_ENGLISH = {
    "。": ".",
    "｡": ".",
    "、": ",",
    "､": ",",
    "\u3000": " ",
    "【": "[",
    "】": "]",
    "〔": "(",
    "〕": ")",
    "·": " ",
}
_SPACE_AFTER = frozenset(",.;:!?)")
_SPACE_BEFORE = frozenset("(")
_NEAR = re.compile(f"[{HAN}]")


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each mark with its English form; those between Chinese characters belong to what is untranslated."""
    text = unit.target.string
    marks = [*_MARKS.finditer(text)]
    if not marks or context.kind(unit) in UNTRANSLATED or is_copied(unit):
        return
    for found in marks:
        span = Span(*found.span())
        if _NEAR.search(text[max(0, span.start - 1) : span.end + 1]):
            continue
        reason = f"“{found[0]}” is a Chinese mark." if found[0].strip() else "A Chinese (wide) space stands here."
        severity = Severity.HINT if found[0] == "·" else Severity.WARNING
        category = "linguistic conventions/punctuation"
        yield Finding(unit.id, CHECK.name, severity, category, reason, None, span, _fix(text, span))


def _fix(text: str, span: Span) -> Fix | None:
    """The English mark with the spaces it wants; None for 《》「」·, which may be italics or a dash."""
    mark = span.of(text)
    english = _ENGLISH.get(mark) or fold(mark)
    if english == mark:
        return None
    before, after = text[: span.start], text[span.end :]
    if english in _SPACE_AFTER and after[:1].isalnum() and not (before[-1:].isdigit() and after[:1].isdigit()):
        english += " "
    if english in _SPACE_BEFORE and before[-1:].isalnum():
        english = " " + english
    return Fix(span, english)


CHECK = Check("full_width", "Chinese punctuation left in the English", look)
