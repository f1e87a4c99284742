"""Fixes that are certain, put into the targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bilingual import editing
from bilingual.bitext import Unit
from bilingual.checks.findings import Finding


@dataclass(frozen=True, slots=True)
class Fixed:
    """A unit with its fixes, and the findings that they settle."""

    unit: Unit
    done: tuple[Finding, ...]


def fixed(unit: Unit, findings: Iterable[Finding]) -> Fixed | None:
    """The unit with the fixes of its findings, the worst first where two speak of one place; None where nothing is to
    be fixed, or the unit is locked.

    Inline codes stay at their words, and the state stays: a machine's draft with its percent signs put right is still a
    machine's draft, and both its wordings are among the candidates.
    """
    done: list[Finding] = []
    for finding in findings:
        fix = finding.fix
        if fix and not unit.locked and not any(_clash(finding, other) for other in done):
            done.append(finding)
    words = unit.target.string
    for finding in sorted(done, key=lambda one: one.fix.span.start if one.fix else 0, reverse=True):
        if finding.fix:
            words = words[: finding.fix.span.start] + finding.fix.text + words[finding.fix.span.end :]
    if words == unit.target.string:
        return None
    return Fixed(editing.mended(unit, words), tuple(done))


def _clash(one: Finding, other: Finding) -> bool:
    """Whether two fixes touch one place."""
    if one.fix is None or other.fix is None:
        return False
    return one.fix.span.start <= other.fix.span.end and other.fix.span.start <= one.fix.span.end
