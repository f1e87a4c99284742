"""The checks of terms, and the checker over a document: what is kept, what a change touches, what is put to rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.bitext import Bitext, Silence, Term, TermKind, TermStatus, Text, Unit
from bilingual.checks import CHECKS
from bilingual.checks.checker import Checker
from bilingual.checks.context import Context
from bilingual.checks.findings import Finding, Fix
from bilingual.glossary import Glossary
from bilingual.settings import Settings

BELT = Term(
    "br", "一带一路", "Belt and Road", ("Belt and Road Initiative", "BRI"), ("One Belt One Road",),
    TermKind.INITIATIVE, case=True,
)  # fmt: skip
UN = Term("un", "联合国", "United Nations", ("UN",), kind=TermKind.ORGANISATION)
APEC = Term(
    "apec", "亚太经合组织", "Asia-Pacific Economic Cooperation", ("APEC",),
    ("Asia-Pacific Economic Cooperation Organization",), TermKind.ORGANISATION,
)  # fmt: skip
RUSSIA = Term("ru", "俄罗斯", "Russia", kind=TermKind.PLACE)
WIN = Term("win", "合作共赢", "win-win cooperation", forbidden=("double win",))
BODY = Term("body", "组委会", "organizing committee", ("organisers",), kind=TermKind.ORGANISATION)
NEW = Term("new", "数字丝绸之路", "Digital Silk Road", status=TermStatus.PROPOSED, kind=TermKind.INITIATIVE)
GLOSSARY = Glossary((BELT, UN, APEC, RUSSIA, WIN, BODY, NEW))


def look(check: str, source: str, target: str) -> list[Finding]:
    run = next(one.look for one in CHECKS if one.name == check)
    assert run is not None
    return [*run(Unit("u", "b", Text(source), Text(target)), Context(GLOSSARY, Settings()))]


@pytest.mark.parametrize(
    ("source", "target", "severities"),
    [
        pytest.param("共建一带一路。", "They build the Belt and Road.", [], id="said"),
        pytest.param("共建一带一路。", "They build the BRI.", [], id="said as admitted"),
        pytest.param("共建一带一路。", "They build it.", ["warning"], id="missing"),
        pytest.param("共建一带一路。", "They build the belt and road.", ["warning"], id="in other letters"),
        pytest.param("共建一带一路。", "BELT AND ROAD", [], id="a heading in capitals"),
        pytest.param("共建一带一路。", "They build One Belt One Road.", [], id="told as forbidden"),
        pytest.param("一带一路是一带一路。", "The Belt and Road is itself.", [], id="said once of twice"),
        pytest.param("联合国开会。", "The U.N. met.", [], id="an abbreviation with dots"),
        pytest.param("联合国开会。", "They met.", ["warning"], id="left out"),
        pytest.param("联合国开会。", "", [], id="no translation yet"),
        pytest.param("联合国开会。", "联合国开会。", [], id="only copied"),
        pytest.param("白俄罗斯来了。", "Belarus came.", ["hint"], id="the end of a longer word"),
        pytest.param("俄罗斯人来了。", "Russians came.", ["hint"], id="a word made of the name"),
        pytest.param(
            "坚持合作共赢。", "Win-win results of cooperation.", ["hint"], id="the same words in another order"
        ),
        pytest.param("数字丝绸之路很长。", "It is long.", ["hint"], id="only proposed"),
    ],
)
def test_a_term_that_is_not_said_is_found(source: str, target: str, severities: list[str]) -> None:
    assert [finding.severity.value for finding in look("missing_term", source, target)] == severities


def test_other_letters_than_the_glossary_has_are_mended() -> None:
    (finding,) = look("missing_term", "共建一带一路。", "The belt and road is built.")
    assert finding.fix is not None
    assert finding.target == finding.fix.span
    assert finding.fix.text == "Belt and Road"


@pytest.mark.parametrize(
    ("source", "target", "fix"),
    [
        pytest.param("共建一带一路。", "We build One Belt One Road.", "Belt and Road", id="a name"),
        pytest.param(
            "亚太经合组织。", "The Asia-Pacific Economic Cooperation Organization.", APEC.target, id="around it"
        ),
        pytest.param("坚持合作共赢。", "We want a double win.", "", id="a phrase may have to be bent"),
    ],
)
def test_a_forbidden_rendering_is_an_error_and_of_a_name_it_is_mended(source: str, target: str, fix: str) -> None:
    (finding,) = look("forbidden_term", source, target)
    assert finding.severity.value == "error"
    assert (finding.fix.text if finding.fix else "") == fix


def test_what_is_forbidden_for_one_term_may_be_said_where_the_term_is_not() -> None:
    assert not look("forbidden_term", "他赢了两次。", "It was a double win.")


def unit(name: str, source: str, target: str, *silenced: str) -> Unit:
    silences = tuple(Silence(check, "so agreed with the client") for check in silenced)
    return Unit(name, "b", Text(source), Text(target), silenced=silences)


def checker(*units: Unit) -> Checker:
    return Checker(Bitext("zh", "en", (), units), GLOSSARY, Settings())


def of(findings: list[Finding], check: str) -> list[str]:
    return [finding.unit for finding in findings if finding.check == check]


def test_a_term_said_in_two_ways_is_hinted_at_where_it_is_said_as_nowhere_else() -> None:
    one, two = unit("1", "组委会。", "The organizing committee."), unit("2", "组委会好。", "Good organizing committee.")
    three = unit("3", "组委会来。", "The organisers come.")
    assert of(checker(one, two, three).all(), "inconsistent_term") == ["3"]
    assert not of(checker(one, three).all(), "inconsistent_term")


def test_a_change_tells_the_findings_of_every_unit_it_touches_and_of_no_other() -> None:
    one, two = unit("1", "组委会。", "The organizing committee."), unit("2", "组委会好。", "Good organisers.")
    three, four = unit("3", "组委会来。", "The organisers come."), unit("4", "他来。", "He comes.")
    whole = checker(one, two, three, four)
    assert of(whole.all(), "inconsistent_term") == ["1"]
    told = whole.changed(replace(three, target=Text("The organizing committee comes.")))
    assert sorted(told) == ["1", "2"]
    assert of(told["2"], "inconsistent_term") == ["2"]
    assert not of(told["1"], "inconsistent_term")


def test_changes_one_by_one_come_to_the_same_as_the_whole_read_anew() -> None:
    units = [unit(str(n), "组委会。", ("The organisers.", "The organizing committee.", "")[n % 3]) for n in range(9)]
    targets = ["The organizing committee.", "", "The organisers.", "He, he."]
    whole = checker(*units)
    whole.all()
    for n in range(40):
        at = n * 7 % 9
        units[at] = replace(units[at], target=Text(targets[n % 4]))
        whole.changed(units[at])
        assert whole.all() == checker(*units).all()


def test_a_unit_that_is_no_more_is_forgotten() -> None:
    one, two = unit("1", "组委会。", "The organizing committee."), unit("2", "组委会好。", "Good organizing committee.")
    whole = checker(one, two, unit("3", "组委会来。", "The organisers come."))
    assert of(whole.all(), "inconsistent_term") == ["3"]
    assert not of(whole.dropped("1")["3"], "inconsistent_term")
    assert not of(whole.all(), "inconsistent_term")


def test_looking_at_a_unit_as_it_is_typed_keeps_nothing_of_it() -> None:
    one = unit("1", "他来了。", "He came.")
    whole = checker(one)
    assert [f.check for f in whole.unit(replace(one, target=Text("He came to the the house.")))] == ["repetition"]
    assert not whole.all()


def test_a_finding_put_to_rest_is_told_only_when_asked_for() -> None:
    one = unit("1", "他来了。", "He came to the the house.", "repetition")
    assert not checker(one).all()
    assert of(checker(one).all(silenced=True), "repetition") == ["1"]


def test_the_worst_stands_first() -> None:
    found = checker(unit("1", "共30亿人，共建一带一路。", "In all  they are 30 billion.")).all()
    assert [finding.severity.value for finding in found] == ["error", "warning", "hint"]


def test_a_document_is_read_as_far_as_is_wanted() -> None:
    whole = checker(*(unit(str(n), "他来了。", "") for n in range(5)))
    assert [whole.read(2), whole.read(2), whole.read(2), whole.read(2)] == [True, True, True, False]
    assert len(whole.all()) == 5


def test_yuan_in_a_document_of_dollars_are_no_error() -> None:
    dollars = unit("1", "香港政府拨款50元。", "The Hong Kong Government grants $50.")
    yuan = unit("2", "内地罚款50元。", "The fine on the mainland is 50 yuan.")
    assert not of(checker(dollars, yuan).all(), "money")


def test_every_check_has_a_name_of_its_own_and_says_what_it_finds() -> None:
    names = [check.name for check in CHECKS]
    assert len({*names}) == len(names)
    assert all(check.finds and (check.look or check.index) for check in CHECKS)


def test_a_fix_is_a_stretch_of_the_target_with_other_words() -> None:
    text = "He came，he saw,, he  won ."
    for finding in checker(unit("1", "他来了，他看了，他赢了。", text)).all():
        assert finding.fix is None or (isinstance(finding.fix, Fix) and finding.fix.span.of(text) != finding.fix.text)
