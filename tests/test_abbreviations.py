"""Abbreviations are introduced where their name stands first, and only where they are used."""

from __future__ import annotations

import pytest

from bilingual.bitext import Candidate, Kind, Origin, OriginKind, Span, Term, TermOutcome, TermUse, Text, Unit
from bilingual.terminology.abbreviations import abbreviation, introduced

WIC = Term("wic", "世界互联网大会", "World Internet Conference", ("WIC", "World Internet Conference (WIC)"))
KINDS = {"t": Kind.TITLE, "p": Kind.PARAGRAPH}


def unit(target: str, said: str, block: str = "p") -> Unit:
    uses = (TermUse("wic", WIC.source, said, Span(0, 7), TermOutcome.ENFORCED),) if said else ()
    candidates = (Candidate(Text(target), Origin(OriginKind.MACHINE, "argos")),)
    return Unit(f"{block}{target}", block, Text("世界互联网大会。"), Text(target), candidates=candidates, terms=uses)


FULL, SHORT = "World Internet Conference", "WIC"
OPENED, MORE = ("The World Internet Conference opened.", FULL), ("WIC has members.", SHORT)


@pytest.mark.parametrize(
    ("units", "targets"),
    [
        ([OPENED, MORE], ["The World Internet Conference (WIC) opened.", "WIC has members."]),
        ([MORE, OPENED], ["The World Internet Conference (WIC) has members.", "The World Internet Conference opened."]),
        ([OPENED, OPENED], ["The World Internet Conference opened."] * 2),
        ([OPENED, ("The WIC Film Prize is new.", "")], [OPENED[0], "The WIC Film Prize is new."]),
        ([("It is of the WIC.", SHORT)], ["It is of the World Internet Conference (WIC)."]),
        (
            [("The World Internet Conference (WIC) opened.", FULL), MORE],
            ["The World Internet Conference (WIC) opened.", "WIC has members."],
        ),
        ([("WIC's plan.", SHORT)], ["The World Internet Conference (WIC)'s plan."]),
    ],
    ids=[
        "first in full",
        "first in short",
        "never in short",
        "inside another name",
        "with its article",
        "introduced already",
        "possessive",
    ],
)
def test_an_abbreviation_is_introduced_where_its_name_stands_first(
    units: list[tuple[str, str]], targets: list[str]
) -> None:
    done = introduced([unit(*words) for words in units], KINDS, [WIC])
    assert [one.target.string for one in done] == targets
    assert [one.candidates[0].target for one in done] == [one.target for one in done]


def test_a_title_introduces_nothing() -> None:
    done = introduced([unit(*OPENED, "t"), unit(*OPENED), unit(*MORE)], KINDS, [WIC])
    assert [one.target.string for one in done[:2]] == [OPENED[0], "The World Internet Conference (WIC) opened."]


def test_what_was_put_in_is_told() -> None:
    first = introduced([unit(*OPENED), unit(*MORE)], KINDS, [WIC])[0]
    assert [(use.target, use.outcome) for use in first.terms] == [
        ("World Internet Conference (WIC)", TermOutcome.REPAIRED)
    ]


def test_a_name_whose_preferred_form_is_short_is_left_so() -> None:
    assert not abbreviation(Term("apec", "亚太经合组织", "APEC", ("Asia-Pacific Economic Cooperation (APEC)",)))
