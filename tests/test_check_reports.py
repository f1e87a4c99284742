"""Reports of findings: each says everything, holds nothing foreign, and is the same for the same findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual import safexml
from bilingual.bitext import Locator, Silence, Span, Text, Unit
from bilingual.checks.choosing import EVERY
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.reports import REPORTS, Checked
from bilingual.checks.reports.table import columns, marked

EVIL = "<script>alert(1)</script>&\"'\x0b]]>"
UNITS = (
    Unit(
        "a1", "b", Text("资产为40,080亿港元。"), Text("Assets of HK$408 billion."), source_locators=(Locator(line=7),)
    ),
    Unit("a2", "b", Text("没有问题。"), Text("All is well.")),
    Unit("a3", "b", Text(f"坏{EVIL}"), Text(f"Bad {EVIL}"), silenced=(Silence("spaces", f"wanted {EVIL}"),)),
)
WRONG = Finding(
    "a1", "money", Severity.ERROR, "accuracy/mistranslation", "HK$4,008 billion wanted.", Span(3, 10), Span(13, 24)
)
TASTE = Finding(
    "a3", "full_stop", Severity.HINT, "style", f"No stop: {EVIL}", None, Span(0, 3), Fix(Span(0, 3), "Good")
)
QUIET = Finding("a3", "spaces", Severity.WARNING, "style", "Two spaces.", None, Span(3, 4))
PAGE = Checked("page", "page one.txt", UNITS, (WRONG, TASTE), ((QUIET, UNITS[2].silenced[0]),), 1)
CLEAN = Checked("clean.csv", "clean.csv", UNITS[1:2], ())


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_tells_each_finding_and_is_the_same_again(name: str) -> None:
    report = REPORTS[name]([PAGE, CLEAN])
    assert report == REPORTS[name]([PAGE, CLEAN])
    assert "HK$4,008 billion wanted." in report
    assert "clean.csv" in report
    assert report.endswith("\n")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_nothing_is_one_too(name: str) -> None:
    assert REPORTS[name]([])
    assert REPORTS[name]([Checked("empty", "empty", (), ())])


def test_the_table_marks_the_place_on_both_sides_and_counts_at_the_end() -> None:
    lines = REPORTS["table"]([PAGE]).splitlines()
    at = next(number for number, line in enumerate(lines) if "资产" in line)
    assert lines[:3] == ["page  (page one.txt)", "", "  1  a1, line 7"]
    assert lines[at + 1].index("^") == columns(lines[at][: lines[at].index("40,080")])
    assert lines[at + 3].strip() == "^" * len("408 billion")
    assert lines[-2] == "page: 1 error, 1 hint in 3 units; 1 finding put to rest"


@given(st.text(max_size=150), st.integers(0, 150), st.integers(0, 150))
@settings(max_examples=200, deadline=None)
def test_what_is_marked_stands_above_its_marks(text: str, one: int, other: int) -> None:
    span = Span(min(one, len(text)), min(one + other, len(text)))
    excerpt, marks = marked(text, span, 40)
    assert columns(excerpt) <= 40 + 4
    assert "\n" not in excerpt
    assert not marks or columns(marks) <= columns(excerpt) + 1


def test_json_has_every_fact_of_a_finding() -> None:
    whole = json.loads(REPORTS["json"]([PAGE]))
    first, taste, quiet = whole["documents"][0]["findings"]
    assert (first["unit"], first["number"], first["place"], first["source_span"]) == ("a1", 1, "line 7", [3, 10])
    assert (taste["fix"], taste["target"]) == ({"span": [0, 3], "text": "Good"}, f"Bad {EVIL}")
    assert quiet["silenced"] == f"wanted {EVIL}"
    assert whole["totals"] == {"units": 3, "errors": 1, "warnings": 0, "hints": 1, "silenced": 1}


def test_sarif_has_what_its_schema_requires_and_names_only_rules_it_lists() -> None:
    log = json.loads(REPORTS["sarif"]([PAGE]))
    assert {"version", "runs"} <= log.keys()
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert {"tool", "results"} <= run.keys()
    driver = run["tool"]["driver"]
    assert driver["name"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == [check.name for check in EVERY]
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert place["artifactLocation"]["uri"] == "page%20one.txt"
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert run["results"][2]["suppressions"] == [{"kind": "external", "justification": f"wanted {EVIL}"}]


def test_junit_is_xml_whose_counts_are_right() -> None:
    root = safexml.parse(REPORTS["junit"]([PAGE, CLEAN]).encode(), Path("report.xml"))
    assert root.tag == "testsuites"
    cases = root.findall("testsuite/testcase")
    assert int(root.get("tests", "")) == len(cases) == 2 * len(EVERY)
    assert int(root.get("failures", "")) == len(root.findall("testsuite/testcase/failure")) == 1
    for suite in root.findall("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    (told,) = root.findall("testsuite/testcase/system-out")
    assert "<script>alert(1)</script>" in (told.text or "")


def test_the_page_fetches_nothing_runs_nothing_and_escapes_everything() -> None:
    page = REPORTS["html"]([PAGE, CLEAN])
    assert "<script" not in page
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in page
    assert "lang=zh" in page
    assert '<mark class="error">408 billion</mark>' in page
    assert "Nothing was found in 1 sentence." in page
