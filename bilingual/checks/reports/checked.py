"""A document and what the checks found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bilingual.bitext import Silence, Unit
from bilingual.checks.findings import Finding, Severity


@dataclass(frozen=True)
class Checked:
    """One document: its name, the file it stands for, its units in reading order, the findings, and those of them that
    somebody has put to rest (told only where they were asked for)."""

    name: str
    file: str
    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, Silence], ...] = ()
    hidden: int = 0

    @cached_property
    def by_unit(self) -> list[tuple[int, Unit, list[tuple[Finding, Silence | None]]]]:
        """The units with findings, in reading order: number from 1, unit, and each finding with its silence if any."""
        told: dict[str, list[tuple[Finding, Silence | None]]] = {}
        for finding in self.findings:
            told.setdefault(finding.unit, []).append((finding, None))
        for finding, silence in self.silenced:
            told.setdefault(finding.unit, []).append((finding, silence))
        return [(number, unit, told[unit.id]) for number, unit in enumerate(self.units, 1) if unit.id in told]


def place(unit: Unit) -> str:
    """Where a unit stands in its file: "line 3", "page 2", "cell B3", "cue 7"; empty where that is not known."""
    for locator in unit.source_locators[:1]:
        for what in ("line", "cue", "cell", "page", "paragraph"):
            if (where := getattr(locator, what)) is not None:
                return f"{what} {where}"
    return ""


def counts(findings: Iterable[Finding]) -> str:
    """How many there are of each severity: “2 errors, 1 warning”; “nothing found” where there are none."""
    number = Counter(finding.severity for finding in findings)
    return ", ".join(many(number[one], one.value) for one in Severity if number[one]) or "nothing found"


def many(number: int, what: str) -> str:
    """A number and what is counted: “1 error”, “1,200 errors”."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def totals(documents: Sequence[Checked]) -> str:
    """One line about all of them."""
    findings = [finding for document in documents for finding in document.findings]
    told = counts(findings) + f" in {many(sum(len(document.units) for document in documents), 'unit')}"
    if len(documents) > 1:
        told += f" of {many(len(documents), 'document')}"
    return told
