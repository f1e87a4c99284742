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
_DISPLAYED = frozenset({Kind.TITLE, Kind.HEADING, Kind.CELL, Kind.LABEL, Kind.RUNNING_HEAD})


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """A sentence that lacks its full stop or breaks off, and a heading with one that its source does not have."""
    source, target = _core(unit.source.string), _core(unit.target.string)
    if not target or not source:
        return
    last = Span(len(target) - 1, len(target))
    if _ENDS.search(source) and target[-1] not in _STOPPED and target[-1].isprintable():
        if _OPEN_WORD.search(target):
            reason = "The translation breaks off in the middle of a sentence."
            yield Finding(unit.id, CHECK.name, Severity.ERROR, "accuracy/omission", reason, None, last)
        else:
            reason = "The full stop is missing at the end."
            sure = source[-1] in "。．｡" and len(target) == len(unit.target.string.rstrip())
            fix = Fix(Span(len(target), len(target)), ".") if sure else None
            yield Finding(
                unit.id, CHECK.name, Severity.WARNING, "linguistic conventions/punctuation", reason, None, last, fix
            )
    elif context.kind(unit) in _DISPLAYED and source[-1].isalnum() and without_stop(target) != target:
        reason = "The source has no full stop here."
        fix = Fix(last, "")
        yield Finding(unit.id, CHECK.name, Severity.HINT, "linguistic conventions/punctuation", reason, None, last, fix)


def _core(text: str) -> str:
    """The text without space, quotation marks and brackets behind it."""
    return text.rstrip().rstrip(_CLOSERS + " ")


CHECK = Check("full_stop", "sentences without their full stop, headings with one", look)
