"""What is held against the whole document: the same source or target twice, names in two ways, and meaning."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Bitext, Span, State, Text, Unit
from bilingual.checks import CHECKS, SLOW
from bilingual.checks.checker import MOST, Checker
from bilingual.checks.choosing import EVERY, chosen
from bilingual.checks.findings import Finding, Severity
from bilingual.checks.groups import Groups
from bilingual.errors import SettingsError
from bilingual.glossary import Glossary
from bilingual.settings import CHECKS as NAMES
from bilingual.settings import Checks, Settings

Pairs = Sequence[tuple[str, str]]


def checker(pairs: Pairs, *only: str) -> Checker:
    units = tuple(Unit(f"u{at}", "b", Text(zh), Text(en)) for at, (zh, en) in enumerate(pairs))
    return Checker(Bitext("zh", "en", (), units), Glossary(), Settings(), chosen(Settings(), only=only))


def found(pairs: Pairs, check: str) -> list[Finding]:
    return checker(pairs, check).all()


def test_the_same_source_in_two_ways_is_told_in_both_places() -> None:
    one, other = found(
        [("我们会努力。", "We will try."), ("好。", "Good."), ("我们会努力。", "We do our best.")], "same_source"
    )
    assert (one.unit, other.unit) == ("u0", "u2")
    assert "“We do our best.”" in one.reason
    assert one.severity is Severity.WARNING


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([("努力。", "We try."), ("努力。", "We try.")], id="the same"),
        pytest.param([("努力。", "We try."), ("努力。", "")], id="not translated yet"),
        pytest.param([("努力。", "“We” try."), ("努力 。", '"We"  try.')], id="quotation marks and spaces"),
        pytest.param([("2022", "2022"), ("2022", "in 2022")], id="no words"),
    ],
)
def test_what_is_no_other_translation_is_not_told(pairs: Pairs) -> None:
    assert not found(pairs, "same_source")


def test_capitals_alone_are_a_hint() -> None:
    assert {one.severity for one in found([("努力", "We Try"), ("努力", "We try.")], "same_source")} == {Severity.HINT}


def test_two_sources_with_one_target_are_told_and_other_numbers_are_worse() -> None:
    hints = found([("他去了。", "He went there again."), ("他又去了。", "He went there again.")], "same_target")
    assert [one.severity for one in hints] == [Severity.HINT, Severity.HINT]
    worse = found([("第一条。", "The rules of article one."), ("第二条。", "The rules of article one.")], "same_target")
    assert {one.severity for one in worse} == {Severity.WARNING}


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([("是。", "Yes."), ("对。", "Yes.")], id="short"),
        pytest.param([("他又去了。", "He went there again."), ("他又去了", "He went there again.")], id="punctuation"),
        pytest.param([("他們又來了", "They came here again."), ("他们又来了", "They came here again.")], id="script"),
    ],
)
def test_the_same_sentence_may_have_the_same_english(pairs: Pairs) -> None:
    assert not found(pairs, "same_target")


@pytest.mark.parametrize(
    ("pairs", "severity"),
    [
        pytest.param(
            [("李克强说", "Li Keqiang said"), ("李克强去", "Li Ke-qiang went")], Severity.WARNING, id="a hyphen"
        ),
        pytest.param(
            [("王小明说", "Wang Xiaoming said"), ("王小明去", "Xiaoming Wang went")], Severity.WARNING, id="order"
        ),
        pytest.param([("天安门", "Tian'anmen"), ("天安门前", "before Tian An Men")], Severity.WARNING, id="apart"),
        pytest.param(
            [("泽连斯基说", "Zelensky said"), ("泽连斯基去", "Zelenskyy went")],
            Severity.HINT,
            id="a letter, one Chinese name",
        ),
    ],
)
def test_a_name_in_two_ways_is_told_in_both_places(pairs: Pairs, severity: Severity) -> None:
    findings = found(pairs, "names")
    assert [one.unit for one in findings] == ["u0", "u1"]
    assert {one.severity for one in findings} == {severity}


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([("山西很大", "Shanxi is large"), ("陕西不小", "Shaanxi is not small")], id="two places"),
        pytest.param([("伊拉克", "Iraq is"), ("伊拉克人", "an Iraqi is")], id="another word"),
        pytest.param([("习近平", "Xi Jinping’s words"), ("习近平", "Xi Jinping")], id="a possessive"),
        pytest.param([("微信", "WECHAT"), ("微信", "Wechat")], id="capitals throughout"),
    ],
)
def test_two_names_are_not_one(pairs: Pairs) -> None:
    assert not found(pairs, "names")


@pytest.mark.parametrize("check", ["same_source", "same_target", "names", "spelling"])
@given(edits=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(
    ["We try it every day.", "We tryy it every day.", "Li Keqiang is here now.", "Li Ke-qiang is here now.", ""]
)), max_size=6))  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_an_index_knows_after_edits_what_a_new_one_would(check: str, edits: list[tuple[int, str]]) -> None:
    pairs = [
        ("李克强努力", "We try it every day."),
        ("李克强努力", "Li Keqiang"),
        ("我们努力", ""),
        ("努力吧", "We try"),
    ]
    kept = checker(pairs, check)
    kept.read()
    told = {one: [f for f in kept.all() if f.unit == one] for one in ("u0", "u1", "u2", "u3")}
    for at, words in edits:
        pairs[at] = (pairs[at][0], words)
        told |= kept.changed(Unit(f"u{at}", "b", Text(pairs[at][0]), Text(words)))
    assert [one for findings in told.values() for one in findings] == found(pairs, check)


def test_groups_forget_a_unit_that_is_dropped() -> None:
    groups = Groups()
    groups.put("a", [("key", "one")])
    assert groups.put("b", [("key", "two")]) == {"a", "b"}
    assert groups.forms("key", "a") == {"two": 1}
    assert groups.drop("b") == {"a"}
    assert not groups.forms("key", "a")


def test_a_sentence_in_the_wrong_row_is_far_from_its_source() -> None:
    right = (
        "我们将继续推动高质量发展，并加强国际合作。",
        "We will continue to promote high-quality development and cooperation.",
    )
    assert not found([right], "meaning")
    (finding,) = found([(right[0], "The weather in London was cold and wet on Tuesday.")], "meaning")
    assert finding.severity is Severity.WARNING
    assert not found([("北京", "Wet weather in London")], "meaning"), "too short to know"


def test_the_slow_checks_are_not_made_while_somebody_types() -> None:
    assert "meaning" in {check.name for check in SLOW}
    assert not {check.name for check in SLOW} & {check.name for check in CHECKS}


def test_every_check_can_be_set_by_its_name() -> None:
    assert tuple(check.name for check in EVERY) == NAMES


def test_a_project_switches_a_check_off_or_changes_its_severity() -> None:
    levels = Settings(checks=Checks((("empty", "hint"), ("same_source", "error"), ("names", "off"))))
    checks = chosen(levels)
    assert "names" not in {check.name for check in checks}
    assert [check.name for check in chosen(levels, only=["names"])] == ["names"], "asked for by name"
    units = [("努力。", "We try."), ("努力。", "We do our best."), ("空。", "")]
    bitext = Bitext("zh", "en", (), tuple(Unit(f"u{at}", "b", Text(z), Text(e)) for at, (z, e) in enumerate(units)))
    findings = Checker(bitext, Glossary(), levels, chosen(levels, only=["empty", "same_source"])).all()
    assert [(one.check, one.severity.value) for one in findings] == [
        ("same_source", "error"), ("same_source", "error"), ("empty", "hint"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [("speling", "did you mean 'spelling'"), ("zzz", "there is no check 'zzz'"), ("", "there is no check ''")],
)
def test_a_name_that_no_check_has_is_refused_with_the_names_there_are(name: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        chosen(Settings(), only=[name])
    assert "house_dates" in caught.value.hint


def test_a_name_may_be_written_with_hyphens_or_spaces() -> None:
    assert [check.name for check in chosen(Settings(), only=["House-Dates", "same source"])] == [
        "same_source",
        "house_dates",
    ]
    assert replace(chosen(Settings(), only=["names"])[0]).name == "names"


@pytest.mark.parametrize("check", ["same_source", "same_target", "names", "spelling", "house_spelling", "house_dates"])
@pytest.mark.parametrize(
    "piece", ["a", "a-", "a.", "a@", "Ab", "A-", "A'", "Li Keqiang ", "中", "1 May "], ids=lambda piece: piece.strip()
)
def test_what_nobody_wrote_takes_no_time(check: str, piece: str) -> None:
    text = piece * (15_000 // len(piece))
    started = time.process_time()
    found([("中" * 5_000, f"{text}1"), ("中" * 5_000, f"{text}2")], check)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("words", ["(", "9/11/2023 ", "5 % ", "  a"], ids=["brackets", "dates", "percent", "spaces"])
def test_of_a_unit_full_of_one_fault_some_are_told_and_nobody_waits(words: str) -> None:
    unit = Unit("u", "b", Text("世界互联网大会在乌镇举行。"), Text((words * 30_000)[:30_000]), Span(0, 13), State.DRAFT)
    started = time.process_time()
    found = Checker(Bitext("zh", "en", (), (unit,)), Glossary(()), Settings()).unit(unit)
    assert max(Counter(finding.check for finding in found).values()) <= MOST
    assert time.process_time() - started < 10
