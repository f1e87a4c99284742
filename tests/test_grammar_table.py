"""The table of what stands around an enforced term: tests/golden/grammar.txt."""

from __future__ import annotations

import pytest

from bilingual.bitext import Span, Term, TermKind
from bilingual.engines.instant import InstantEngine
from bilingual.glossary import Glossary
from bilingual.terminology import Terminologist
from tests.conftest import ROOT

ROWS = [
    [cell.strip() for cell in line.split(" | ")]
    for line in (ROOT / "tests" / "golden" / "grammar.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]


class Writer(InstantEngine):
    """Writes what it is given for the sentence, and finds every "the" as likely as it is told to."""

    capabilities = frozenset({"trace"})

    def __init__(self, written: str, likely: str) -> None:
        super().__init__(lambda request, _: written if "T1X" in request.text else "x")
        self._chance = 0.0 if likely == "yes" else -9.0

    def trace(self, pairs):  # type: ignore[no-untyped-def]
        return [((Span(0, len(target)), self._chance),) for _, target in pairs]


def test_the_table_is_as_long_as_it_is_meant_to_be() -> None:
    assert len(ROWS) >= 120
    assert len({tuple(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("kind", "rendering", "likely", "written", "english"), ROWS, ids=[row[3] for row in ROWS])
def test_what_stands_around_a_term_is_english(
    kind: str, rendering: str, likely: str, written: str, english: str
) -> None:
    term = Term("t", "某某倡议宣言", rendering, kind=TermKind(kind))
    done = Terminologist(Writer(written, likely), Glossary((term,))).translate(["某某倡议宣言。"])[0]
    assert done.target == english
