"""Does the sentence end as its source does?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Kind, Span, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.english import without_stop

_CLOSERS = "”’」』）)】]》\"'"
_ENDS = re.compile(r"[。．｡！？!?]$")
_STOPPED = frozenset(".!?…:;。！？")
_OPEN_WORD = re.compile(
    r"\b(?:the|an?|of|to|and|or|but|for|with|from|at|in|on|by|as|that|which|who|whose|is|are|was|were|has|have|will|"
    r"be|its|their|his|her|our|than|into|between|because|if|when|while|although)$|[,–—-]$",
    re.IGNORECASE,
)
_LOOKED_AT = 12
"""Characters of the end, in which the longest of these words has room."""
_SHORT = 0.45
"""Words for a Chinese character that most whole translations of a sentence have."""
_CATEGORY = "linguistic conventions/punctuation"
_DISPLAYED = frozenset({Kind.TITLE, Kind.HEADING, Kind.CELL, Kind.LABEL, Kind.RUNNING_HEAD})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A sentence that breaks off, or only lacks its full stop, and a heading with one that its source does not have."""
    source, target = _core(unit.source.string), _core(unit.target.string)
    if not target or not source:
        return
    if _ENDS.search(source) and target[-1] not in _STOPPED:
        yield _without_end(unit, source, target)
    elif context.kind(unit) in _DISPLAYED and source[-1].isalnum() and without_stop(target) != target:
        last = Span(len(target) - 1, len(target))
        reason = "The source has no full stop here."
        yield Finding(unit.id, CHECK.name, Severity.HINT, _CATEGORY, reason, None, last, Fix(last, ""))


def _without_end(unit: Unit, source: str, target: str) -> Finding:
    """An error where it ends with a word that wants another, a warning where it is short, else a slip of the pen."""
    last = Span(len(target) - 1, len(target))
    if _OPEN_WORD.search(target[-_LOOKED_AT:]):
        reason = "The translation breaks off in the middle of a sentence."
        return Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/omission", reason, None, last)
    if len(target.split()) < _SHORT * sum(char.isalnum() for char in source):
        reason = "The translation is short and has no full stop: does it break off?"
        return Finding(unit.id, CHECK.name, Severity.WARNING, "accuracy/omission", reason, None, last)
    sure = source[-1] in "。．｡" and len(target) == len(unit.target.string.rstrip())
    fix = Fix(Span(len(target), len(target)), ".") if sure else None
    return Finding(unit.id, CHECK.name, Severity.HINT, _CATEGORY, "The full stop is missing.", None, last, fix)


def _core(text: str) -> str:
    """The text without space, quotation marks and brackets behind it."""
    return text.rstrip().rstrip(_CLOSERS + " ")


CHECK = Check("full_stop", "sentences without their full stop, headings with one", look)
