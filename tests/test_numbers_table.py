"""The table of Chinese number expressions, and what is found wrong when one number of an English text is damaged."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.number_pairs import damaged, human_pairs
from bench.numbers import faults, judge_rows, table
from bilingual.numbers import compare, find_en, find_zh, options

CASES = list(table())


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_each_expression_is_said_and_judged_right(case: tuple[str, list[str], str, str]) -> None:
    assert not faults(*case)


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len(CASES) >= 300
    assert len({chinese for chinese, *_ in CASES}) == len(CASES)


def _major(source: str, target: str) -> bool:
    return any(problem.severity == "major" for problem in compare(source, target))


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_each_spelling_of_an_expression_is_accepted(case: tuple[str, list[str], str, str]) -> None:
    chinese = case[0]
    quantities = find_zh(chinese)
    if len(quantities) == 1:
        wrong = [spelling for spelling in options(quantities[0]) if _major(chinese, f"It was {spelling} then.")]
        assert not wrong


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_each_expression_among_words_is_said_the_same(case: tuple[str, list[str], str, str]) -> None:
    chinese, english, *_ = case
    assert [options(quantity)[0] for quantity in find_zh(f"“{chinese}”。")] == english


SMALL = st.integers(min_value=13, max_value=899)


@given(SMALL, SMALL, st.sampled_from(["%", "亿元", "万港元", "个百分点"]))
@settings(max_examples=150, deadline=None)
def test_a_change_the_other_way_round_is_found(low: int, high: int, unit: str) -> None:
    source = f"由{low}{unit}升至{high}{unit}"
    first, last = (options(quantity)[0] for quantity in find_zh(source))
    assert not _major(source, f"It rose from {first} to {last}.")
    assert _major(source, f"It rose from {last} to {first}.") == (low != high)


UNITS = st.sampled_from(["%", "亿元", "亿美元", "年", "个月", "天", "小时"])


@given(SMALL, UNITS, st.sampled_from(["%", "元", "美元", "年", "天"]))
@settings(max_examples=150, deadline=None)
def test_the_same_number_of_something_else_is_found(number: int, unit: str, other: str) -> None:
    source, wrong = f"共{number}{unit}", f"共{number}{other}"
    (quantity,), (stranger,) = find_zh(source), find_zh(wrong)
    said = options(stranger)[0]
    same = quantity.unit == stranger.unit and quantity.values == stranger.values
    assert not _major(source, f"It was {options(quantity)[0]}.")
    assert _major(source, f"It was {said}.") == (not same)


def test_damage_is_one_number_in_each_way() -> None:
    target = "On October 1, 2018 it rose from 3.4% to 5%, or HK$40 million."
    found = damaged("10月1日", target, random.Random(1))
    assert set(found) == {"digit", "scale", "drop", "swap", "month", "money"}
    assert target not in found.values()
    assert all(find_en(wrong) != find_en(target) for wrong in found.values())


def test_shares_are_counted() -> None:
    rows = judge_rows({"ours": [("共有47家企业", "47 companies"), ("共有47家企业", "companies")]}, "ours")
    assert rows["numbers.false_alarms.ours"]["value"] == Fraction(1, 2)
    assert rows["numbers.detected.ours"]["value"] == 1


@pytest.mark.shared
def test_human_translations_are_rarely_called_wrong_and_damage_is_noticed(shared_data: Path) -> None:
    """One pair in twenty, for time's sake; `python -m bench --only numbers` takes them all."""
    pairs = {name: lines[::20] for name, lines in human_pairs(shared_data).items()}
    rows = judge_rows(pairs, "human")
    assert float(str(rows["numbers.false_alarms.human"]["value"])) < 0.02
    assert float(str(rows["numbers.detected.human"]["value"])) > 0.97


@pytest.mark.parametrize("unit", ["3%、", "由3元升至", "3月1日、", "$1 000 ", "○", "四名"])
def test_endless_pairs_take_no_endless_time(unit: str) -> None:
    source = "".join(unit.replace("3", str(place)) for place in range(500))
    compare(source, "from 3% to $5, May 1; " * 500)
