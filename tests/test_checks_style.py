"""House style and spelling: what the checks find, what they leave alone, and fixes that settle what they fix."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.bitext import Bitext, Block, Document, Kind, Locator, Span, Term, Text, Unit
from bilingual.checks.checker import Checker
from bilingual.checks.choosing import chosen
from bilingual.checks.dictionary import is_word, meant
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.fixing import fixed
from bilingual.checks.variety import variety
from bilingual.glossary import Glossary
from bilingual.settings import DATES, Settings, Style

CHECKS = ("house_spelling", "house_percent", "house_dates", "spelling")


def found(
    target: str, check: str, *, source: str = "一句话。", style: Style | None = None, kind: Kind = Kind.PARAGRAPH,
    terms: tuple[Term, ...] = (),
) -> tuple[Unit, list[Finding]]:  # fmt: skip
    """The unit and what one check finds in it."""
    unit = Unit("u", "b", Text(source), Text(target))
    block = Block("b", kind, Text(source), (Span(0, len(source)),), (Locator(),))
    bitext = Bitext("zh", "en", (Document("d", "zh", source, (block,)),), (unit,))
    settings = Settings(style=style or Style())
    return unit, Checker(bitext, Glossary(terms), settings, chosen(settings, only=[check])).all()


def after(target: str, check: str, **given: object) -> str:
    """The target with its fixes; nothing is found in it any more."""
    unit, findings = found(target, check, **given)  # type: ignore[arg-type]
    done = fixed(unit, findings)
    words = done.unit.target.string if done else target
    assert not [one for one in found(words, check, **given)[1] if one.fix], "a fix settles what it fixes"  # type: ignore[arg-type]
    return words


@pytest.mark.parametrize(
    ("spelling", "text", "wanted"),
    [
        pytest.param("american", "The colour of labour", "The color of labor", id="-our"),
        pytest.param("british", "Organizations recognized it", "Organisations recognised it", id="-ize in Britain"),
        pytest.param("oxford", "Organisations analysed it", "Organizations analysed it", id="-ise in Oxford, not -yse"),
        pytest.param("oxford", "the color of the center", "the colour of the centre", id="Oxford is British"),
        pytest.param("british", "We traveled 5 kilometers.", "We travelled 5 kilometres.", id="doubled l, -re"),
        pytest.param("american", "Defence begins at home.", "Defense begins at home.", id="a sentence’s first word"),
        pytest.param("american", "the new programme", "the new program", id="certain on this side"),
        pytest.param("british", "the computer program", "the computer program", id="a word of both sides"),
        pytest.param("american", "the Labour Party", "the Labour Party", id="a name"),
        pytest.param("british", "Pearl Harbor", "Pearl Harbor", id="a name at the beginning"),
        pytest.param("american", "THE NEW COLOUR", "THE NEW COLOR", id="capitals"),
        pytest.param("american", "see colour.org/labour", "see colour.org/labour", id="an address"),
        pytest.param("american", "advertise, surprise, four, advise", "advertise, surprise, four, advise", id="both"),
    ],
)
def test_words_are_spelled_as_the_house_spells(spelling: str, text: str, wanted: str) -> None:
    assert after(text, "house_spelling", style=Style(spelling)) == wanted


def test_a_term_and_what_stands_in_the_source_keep_their_spelling() -> None:
    term = Term("t", "世界劳工组织", "world labour body")
    assert not found("The world labour body met.", "house_spelling", source="世界劳工组织开会。", terms=(term,))[1]
    assert not found("They sell Colour.", "house_spelling", source="他们卖Colour。")[1]


def test_each_word_has_one_spelling_in_each_house_and_its_own_there_is_never_wrong() -> None:
    for house in ("american", "british", "oxford"):
        wrong = variety(house).wrong
        assert not wrong.keys() & set(wrong.values())
    assert len(variety("american").wrong) > 3000


@pytest.mark.parametrize(
    ("house", "text", "wanted"),
    [
        pytest.param("percent", "It grew by 5%.", "It grew by 5 percent.", id="the sign"),
        pytest.param("percent", "It grew by 5 per cent.", "It grew by 5 percent.", id="two words"),
        pytest.param("per cent", "five percent and 6 percent", "five per cent and 6 per cent", id="one word"),
        pytest.param("%", "6 percent, five percent, 7.5 %", "6%, five percent, 7.5%", id="not for words"),
        pytest.param("percent", "a 5-percent rise", "a 5-percent rise", id="joined"),
        pytest.param("per cent", "a percentage, 2 percentage points", "a percentage, 2 percentage points", id="others"),
        pytest.param("percent", "from 5%–10%", "from 5%–10 percent", id="the end of a range alone"),
    ],
)  # fmt: skip
def test_percentages_are_written_as_the_house_writes_them(house: str, text: str, wanted: str) -> None:
    assert after(text, "house_percent", style=Style(percent=house)) == wanted


@pytest.mark.parametrize(
    ("text", "shown", "mended"),
    [
        pytest.param("5 per cent", "per cent", ("per cent", "percent"), id="the blank stays as it is"),
        pytest.param("a 5-per cent rise", "per cent", ("per cent", "percent"), id="and the hyphen"),
        pytest.param("5 %", "%", ("%", "percent"), id="before a sign too"),
        pytest.param("5%", "%", ("%", " percent"), id="where there is none the fix brings it"),
        pytest.param("five per cent", "per cent", ("per cent", "percent"), id="after words"),
    ],
)
def test_a_percentage_is_shown_without_the_blank_before_it(text: str, shown: str, mended: tuple[str, str]) -> None:
    (finding,) = found(text, "house_percent", style=Style(percent="percent"))[1]
    assert finding.target
    assert finding.fix
    assert finding.target.of(text) == shown
    assert (finding.fix.span.of(text), finding.fix.text) == mended


def test_the_sign_may_stand_in_headings_and_tables() -> None:
    assert not found("Growth of 5%", "house_percent", kind=Kind.HEADING)[1]
    assert not found("5%", "house_percent", kind=Kind.CELL)[1]
    assert found("5 per cent", "house_percent", kind=Kind.CELL)[1]


@pytest.mark.parametrize(
    ("spelling", "text", "wanted"),
    [
        pytest.param("american", "On 3 December it rained.", "On December 3 it rained.", id="without a year"),
        pytest.param("american", "On 3 May 2022 he left.", "On May 3, 2022, he left.", id="a comma behind the year"),
        pytest.param("american", "Beijing, 3 May 2022.", "Beijing, May 3, 2022.", id="none at the end"),
        pytest.param("american", "on the 6th of October 1789", "on October 6, 1789", id="the 6th of"),
        pytest.param(
            "british", "On October 5, 2018, he left.", "On 5 October 2018, he left.", id="first in a sentence"
        ),
        pytest.param("british", "from October 5th, many", "from 5 October, many", id="an ordinal"),
        pytest.param("british", "October 2018", "October 2018", id="a month and its year"),
        pytest.param("american", "from 3 to 5 December", "from 3 to 5 December", id="several days"),
        pytest.param("american", "3-5 December", "3-5 December", id="a range"),
        pytest.param("british", "in October 5,000 people came", "in October 5,000 people came", id="a number"),
        pytest.param("american", "the 12 May meeting", "the May 12 meeting", id="an article stays"),
    ],
)
def test_dates_are_written_as_the_house_writes_them(spelling: str, text: str, wanted: str) -> None:
    assert after(text, "house_dates", style=Style(spelling)) == wanted


def test_a_comma_that_may_be_needed_leaves_a_date_to_the_translator() -> None:
    _, (finding,) = found("He left on October 5, 2018, and came back.", "house_dates", style=Style("british"))
    assert finding.fix is None


def test_the_order_of_dates_can_be_set_apart_from_the_spelling() -> None:
    assert after("On 3 December", "house_dates", style=Style("american", dates=DATES[1])) == "On 3 December"
    assert after("On December 3", "house_dates", style=Style("american", dates=DATES[1])) == "On 3 December"


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        pytest.param("We recieve it.", "recieve", "receive", id="letters swapped"),
        pytest.param("They luanch it.", "luanch", "launch", id="not lunch"),
        pytest.param("A view of thecontrol tower", "thecontrol", "the control", id="no space"),
        pytest.param("the qwzzk here", "qwzzk", "", id="nothing near"),
    ],
)
def test_a_word_that_is_none_is_found_with_the_one_that_was_meant(text: str, word: str, told: str) -> None:
    _, (finding,) = found(text, "spelling")
    assert finding.target is not None
    assert (finding.target.of(text), finding.severity, finding.fix) == (word, Severity.HINT, None)
    assert told in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "colour and color, organise and organize",
        "denuclearization, rebalancing, hydropower, cyberspace, microblog",
        "Xi Jinping met Kim Jong-un in Zhangjiakou.",
        "guanxi, hutong, renminbi",
        "write to a.b@exampel.org or see www.exampel.org/recieve",
        "the mp3, the x86 and 5km",
        "“[w]hile it was so”",
        "the people’s rights, the states' rights, don't",
    ],
)
def test_words_names_pinyin_and_addresses_are_not_misspelled(text: str) -> None:
    assert not found(text, "spelling")[1]


def test_what_the_source_has_in_latin_letters_and_words_of_the_glossary_are_not_misspelled() -> None:
    assert found("It runs on kubectl.", "spelling")[1]
    assert not found("It runs on kubectl.", "spelling", source="用kubectl运行。")[1]
    assert not found("It runs on kubectl.", "spelling", terms=(Term("k", "酷贝", "the kubectl tool"),))[1]


def test_a_word_that_many_units_have_is_the_documents_own() -> None:
    units = tuple(Unit(str(at), "b", Text("一句"), Text(f"The recieve of {at}")) for at in range(3))
    checker = Checker(Bitext("zh", "en", (), units), Glossary(), Settings(), chosen(Settings(), only=["spelling"]))
    assert not any("meant" in finding.reason for finding in checker.all())
    news = checker.changed(replace(units[0], target=Text("The receipt of 0")))
    assert news["0"] == []
    assert all("meant" in finding.reason for unit in ("1", "2") for finding in news[unit])


def test_words_made_of_others_are_words_and_slips_are_not() -> None:
    assert all(map(is_word, ("papermaking", "decertification", "driverless")))
    assert not any(map(is_word, ("goverment", "pasenger", "withthis")))
    assert meant("goverment") == "government"
