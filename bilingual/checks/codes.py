"""Did the formatting come over: links, bold, marks of notes?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilingual.bitext import Code, Span, Text, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Severity
from bilingual.codes import is_nested

_CALLED = {
    "bold": "bold", "italic": "italics", "underlined": "underlining", "strike": "strike-through", "sup": "superscript",
    "sub": "subscript", "link": "a link", "fnote": "the mark of a note", "image": "an image", "lb": "a line break",
    "tab": "a tab", "field": "a field", "cue": "the beginning of a subtitle", "code": "words that stay as they are",
}  # fmt: skip


def look(unit: Unit, _context: Context) -> Iterator[Finding]:
    """Each code of the source that the target lacks, each that it has too many, and pairs that cross or close first."""
    if not unit.target.string.strip():
        return
    wanted, given = _counted(unit.source), _counted(unit.target)
    for key in wanted - given:
        code = next(code for code in unit.source.codes if (code.id, code.kind) == key)
        reason = f"{_name(code)} of the source is not in the translation."
        yield _finding(unit, "missing markup", reason, source=_place(unit.source, code))
    for key in given - wanted:
        code = [code for code in unit.target.codes if (code.id, code.kind) == key][-1]
        reason = f"{_name(code)} is not in the source, or not so often."
        yield _finding(unit, "added markup", reason, target=_place(unit.target, code))
    if wanted == given and is_nested(unit.source.codes) and not is_nested(unit.target.codes):
        reason = "Formatting ends before it begins, or overlaps: its beginnings and ends are out of order."
        yield _finding(unit, "inconsistent markup", reason)


def _counted(text: Text) -> Counter[tuple[str, str]]:
    return Counter((code.id, code.kind) for code in text.codes)


def _name(code: Code) -> str:
    called = _CALLED.get(code.type) or (f"“{code.data}”" if code.data.strip() else "a mark of formatting")
    edge = {"open": "the beginning of ", "close": "the end of "}.get(code.kind, "")
    return (edge + called)[:1].upper() + (edge + called)[1:]


def _place(text: Text, code: Code) -> Span:
    """The character behind the code, or the last one."""
    at = min(code.position, max(0, len(text.string) - 1))
    return Span(at, min(at + 1, len(text.string)))


def _finding(unit: Unit, kind: str, reason: str, source: Span | None = None, target: Span | None = None) -> Finding:
    return Finding(unit.id, CHECK.name, Severity.ERROR, f"design and markup/{kind}", reason, source, target)


CHECK = Check("codes", "formatting that is missing, added or out of order", look)
