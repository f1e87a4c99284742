"""Reports of what the checks found: for a terminal, for programs, for a client."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bilingual.checks.reports.checked import Checked
from bilingual.checks.reports.html import html
from bilingual.checks.reports.json import json
from bilingual.checks.reports.junit import junit
from bilingual.checks.reports.sarif import sarif
from bilingual.checks.reports.table import table

REPORTS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "table": table,
    "json": json,
    "sarif": sarif,
    "junit": junit,
    "html": html,
}
"""Every report there is, by name; each is the same for the same findings, to the byte."""

__all__ = ["REPORTS", "Checked"]
