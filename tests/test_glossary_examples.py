"""The table of docs/glossary.md: each of its rows is true."""

from __future__ import annotations

import re

import pytest

from bilingual.bitext import Term, TermKind
from bilingual.glossary import Glossary
from tests.conftest import ROOT

TABLE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("## How terms behave")[1].split("\n* ")[0]
ROWS = [
    [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in TABLE.splitlines()
    if line.startswith("| ") and " = " in line
]


def test_the_table_has_its_rows() -> None:
    assert len(ROWS) >= 15


@pytest.mark.parametrize(("entries", "sentence", "settled"), ROWS)
def test_an_example_of_the_documentation_is_true(entries: str, sentence: str, settled: str) -> None:
    terms = []
    for entry in entries.split("; "):
        source, rest = entry.split(" = ")
        target, _, when = rest.partition(", ")
        terms.append(Term(f"{source}{when}", source, target, kind=TermKind.PHRASE, when=when or "always"))
    found = [match.term.target for match in Glossary(tuple(terms)).match(sentence)]
    assert "; ".join(found) == settled.replace("–", "")
