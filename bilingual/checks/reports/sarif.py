"""The findings as SARIF 2.1.0 (OASIS), which code hosts and editors show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from bilingual import __version__
from bilingual.bitext import Silence, Unit
from bilingual.checks.choosing import EVERY
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.reports.checked import Checked

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def sarif(documents: Sequence[Checked]) -> str:
    """One run. A result stands in the file that was checked, in its line where one is known; the unit is its logical
    location, the spans on both sides are its properties."""
    rules = [
        {"id": check.name, "name": check.name, "shortDescription": {"text": check.finds[:1].upper() + check.finds[1:]}}
        for check in EVERY
    ]
    run = {
        "tool": {"driver": {"name": "bilingual", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(document)}} for document in documents],
        "results": [
            _result(document, number, unit, finding, silence)
            for document in documents
            for number, unit, findings in document.by_unit
            for finding, silence in findings
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(document: Checked, number: int, unit: Unit, finding: Finding, silence: Silence | None) -> dict[str, object]:
    rules = [check.name for check in EVERY]
    known = {"ruleIndex": rules.index(finding.check)} if finding.check in rules else {}
    return {
        "ruleId": finding.check,
        **known,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.reason} (unit {number}: {unit.target.string or unit.source.string})"},
        "locations": [_location(document, unit)],
        "partialFingerprints": {"unitCheckReason/v1": "/".join(finding.key)},
        **({"suppressions": [{"kind": "external", "justification": silence.reason}]} if silence else {}),
        "properties": {
            "category": finding.category,
            "source": unit.source.string,
            "target": unit.target.string,
            "sourceSpan": finding.source and [finding.source.start, finding.source.end],
            "targetSpan": finding.target and [finding.target.start, finding.target.end],
            "fix": finding.fix and finding.fix.text,
        },
    }


def _location(document: Checked, unit: Unit) -> dict[str, object]:
    line = next((locator.line for locator in unit.source_locators if locator.line), 1)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(document)},
            "region": {"startLine": line, "snippet": {"text": unit.source.string}},
        },
        "logicalLocations": [{"name": unit.id, "fullyQualifiedName": f"{document.name}/{unit.id}", "kind": "element"}],
    }


def _uri(document: Checked) -> str:
    return quote(PurePath(document.file).as_posix())
