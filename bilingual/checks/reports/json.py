"""The findings as JSON, for programs."""

from __future__ import annotations

import json as library
from collections import Counter
from collections.abc import Sequence

from bilingual.bitext import Silence, Span, Unit
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.reports.checked import Checked, place


def json(documents: Sequence[Checked]) -> str:
    """One object: the documents with their findings, and how many there are of each severity."""
    number = Counter(finding.severity for document in documents for finding in document.findings)
    whole = {
        "documents": [_document(document) for document in documents],
        "totals": {
            "units": sum(len(document.units) for document in documents),
            **{f"{severity.value}s": number[severity] for severity in Severity},
            "silenced": sum(document.hidden for document in documents),
        },
    }
    return library.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _document(document: Checked) -> dict[str, object]:
    return {
        "name": document.name,
        "file": document.file,
        "units": len(document.units),
        "findings": [
            fact(number, unit, finding, silence)
            for number, unit, findings in document.by_unit
            for finding, silence in findings
        ],
    }


def fact(number: int, unit: Unit, finding: Finding, silence: Silence | None) -> dict[str, object]:
    """A finding with its unit's texts. Spans are offsets in code points, from the start to behind the end."""
    return {
        "unit": unit.id,
        "number": number,
        "place": place(unit),
        "check": finding.check,
        "severity": finding.severity.value,
        "category": finding.category,
        "reason": finding.reason,
        "source": unit.source.string,
        "target": unit.target.string,
        "source_span": _span(finding.source),
        "target_span": _span(finding.target),
        "fix": finding.fix and {"span": _span(finding.fix.span), "text": finding.fix.text},
        **({"silenced": silence.reason} if silence else {}),
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
