"""The findings as JUnit XML, which continuous integration shows: an error fails, everything else is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingual.bitext import Unit
from bilingual.checks.choosing import EVERY
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.reports.checked import Checked
from bilingual.formats.xml_text import attribute, escaped

Told = list[tuple[int, Unit, Finding]]


def junit(documents: Sequence[Checked]) -> str:
    """A suite for each document and in it a case for each check: what it finds of error severity is its failure, what
    is less bad stands in its output. Silenced findings are no part of it."""
    suites = "".join(line for document in documents for line in _suite(document))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="bilingual check" tests="{len(documents) * len(EVERY)}" failures="{_failing(documents)}"'
        f' errors="0">\n{suites}</testsuites>\n'
    )


def _failing(documents: Sequence[Checked]) -> int:
    """Cases that fail."""
    return len({(d.name, f.check) for d in documents for f in d.findings if f.severity is Severity.ERROR})


def _suite(document: Checked) -> Iterator[str]:
    by_check: dict[str, Told] = {check.name: [] for check in EVERY}
    for number, unit, findings in document.by_unit:
        for finding, silence in findings:
            if silence is None:
                by_check.setdefault(finding.check, []).append((number, unit, finding))
    name = attribute(document.name)
    yield (
        f'<testsuite name="{name}" tests="{len(by_check)}" failures="{_failing([document])}" errors="0" skipped="0"'
        ' time="0">\n'
    )
    for check, told in by_check.items():
        yield from _case(name, check, told)
    yield "</testsuite>\n"


def _case(suite: str, check: str, told: Told) -> Iterator[str]:
    errors = [one for one in told if one[2].severity is Severity.ERROR]
    others = [one for one in told if one[2].severity is not Severity.ERROR]
    start = f'<testcase classname="{suite}" name="{attribute(check)}" time="0"'
    if not told:
        yield f"{start}/>\n"
        return
    yield f"{start}>\n"
    if errors:
        message = attribute(errors[0][2].reason + (f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""))
        yield f'<failure type="error" message="{message}">{escaped(_lines(errors))}</failure>\n'
    if others:
        yield f"<system-out>{escaped(_lines(others))}</system-out>\n"
    yield "</testcase>\n"


def _lines(told: Told) -> str:
    return "\n\n".join(
        f"unit {number} ({unit.id}), {finding.severity.value}: {finding.reason}\n{unit.source.string}\n"
        f"{unit.target.string}"
        for number, unit, finding in told
    )
