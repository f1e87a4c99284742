"""Numbers in both languages: what is found, how it is said, and what a translation got wrong."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Span
from bilingual.numbers import compare, find_en, find_zh, options, render, yuan_of
from bilingual.numbers.numerals import value

GOLDEN = Path(__file__).parent / "golden"


def _lines(name: str) -> list[str]:
    lines = (GOLDEN / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", _lines("numbers_zh.txt"))
def test_chinese_quantities_are_found_and_said_in_english(line: str) -> None:
    text, _, wanted = line.partition("=>")
    found = [f"{quantity.span.of(text)} = {render(quantity)}" for quantity in find_zh(text)]
    assert found == [part.strip() for part in wanted.split("|") if part.strip()]


@pytest.mark.parametrize("line", _lines("numbers_pairs.txt"))
def test_pairs_are_judged(line: str) -> None:
    source, target, wanted = (part.strip() for part in line.split(" | "))
    problems = compare(source, target)
    worst = min((problem.severity for problem in problems), default="ok")
    assert worst == wanted, problems


ENGLISH = {
    "nearly 3 billion": [3 * 10**9],
    "more than 1,800": [1800],
    "half a million": [500_000],
    "two and a half": [Fraction(5, 2)],
    "one third": [Fraction(1, 3)],
    "two-thirds": [Fraction(2, 3)],
    "three quarters": [Fraction(3, 4)],
    "30 percent": [30],
    "twenty-first": [21],
    "one hundred and twenty-three million": [123_000_000],
    "six thousand and twenty-two": [6022],
    "HK$4,008 billion": [4008 * 10**9],
    "US$1.2bn": [12 * 10**8],
    "RMB3.5 million": [3_500_000],
    "3.5 hundred million": [350_000_000],
    "a dozen": [12],
    "the 1990s": [1990],
    "mid-2018": [2018],
    "a 3-1 win": [3, 1],
    "at 10:30": [10, 30],
    "1/3 of them": [Fraction(1, 3)],
    "the G20, COVID-19, 5G and T1X": [],
    "one of the best": [],
    "6 to 7": [6, 7],
}


@pytest.mark.parametrize(("text", "values"), ENGLISH.items(), ids=ENGLISH)
def test_english_numbers_are_found(text: str, values: list[Fraction | int]) -> None:
    assert [number for quantity in find_en(text) for number in quantity.values] == values


@pytest.mark.parametrize(
    "text", ["8-10 November", "November 8 to 10", "Nov. 8-10", "8 to 10 November", "8–10 NOV", "November 8 and 10"]
)
def test_english_dates_are_one_quantity(text: str) -> None:
    (date,) = find_en(text)
    assert [(day.month, day.day) for day in date.days] in ([(11, 8), (None, 10)],)


NUMERALS = {
    "四万零八十": 40_080,
    "40,080亿": 40_080 * 10**8,
    "3.5万": 35_000,
    "1.2万亿": 12 * 10**11,
    "十五": 15,
    "二十": 20,
    "一千零一": 1001,
    "三点一四": Fraction(314, 100),
    "二〇二三": 2023,
    "5千万": 5 * 10**7,
    "两亿五千万": 250_000_000,
    "百": 100,
}


@pytest.mark.parametrize(("numeral", "number"), NUMERALS.items(), ids=NUMERALS)
def test_numerals_have_their_value(numeral: str, number: Fraction | int) -> None:
    assert value(numeral) == number


@pytest.mark.parametrize("words", ["", "人", "3人", "点", "一点"])
def test_other_words_have_no_value(words: str) -> None:
    assert value(words) is None


def test_what_stands_in_an_ignored_span_is_not_asked_for() -> None:
    assert compare("47个国家", "many countries")
    assert not compare("47个国家", "many countries", [Span(0, 3)])


def test_a_problem_says_what_was_wanted_and_what_was_found() -> None:
    (problem,) = compare("共有1800多位嘉宾", "There were 18,000 guests.")
    assert (problem.source, problem.expected, problem.found) == ("1800多位", "more than 1,800", "18,000")
    assert problem.span == Span(2, 8)
    assert problem.side == "source"


def test_every_admissible_spelling_passes_the_comparison() -> None:
    for text in (
        "近30亿人",
        "11月8日至10日",
        "40,080亿港元",
        "一半以上",
        "超过20万",
        "30%",
        "10年来",
        "第20次",
        "5月7日",
    ):
        (quantity,) = find_zh(text)
        for spelling in options(quantity):
            assert not [p for p in compare(text, f"It was {spelling} then.") if p.severity == "major"], spelling


COUNTS = st.integers(min_value=13, max_value=10**13)


@given(COUNTS)
@settings(max_examples=300, deadline=None)
def test_a_number_said_in_english_is_read_as_itself(number: int) -> None:
    (quantity,) = find_zh(f"共{number}家")
    for spelling in options(quantity):
        (back,) = find_en(spelling)
        assert back.values == (Fraction(number),), spelling


@given(st.integers(min_value=2, max_value=99_999), st.sampled_from(["万", "亿", "万亿"]), st.integers(-1, 3))
@settings(max_examples=200, deadline=None)
def test_another_magnitude_is_a_problem(number: int, scale: str, power: int) -> None:
    text = f"共有{number}{scale}元"
    (quantity,) = find_zh(text)
    said = int(quantity.values[0]) * 10**power if power >= 0 else int(quantity.values[0]) // 10
    problems = compare(text, f"There are {said:,} yuan in all.")
    assert bool(problems) == (power != 0)


@given(
    st.text(
        alphabet=st.sampled_from("一二三十百千万亿两几多余近年月日第%至到0123456789.,:/-点分之半成个人元来 G①，。A※")
    )
)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_quantities_in_order_that_can_be_said(text: str) -> None:
    end = 0
    for quantity in find_zh(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        end = quantity.span.end
        assert all(options(quantity))
    compare(text, text)


_ENGLISH_PIECES = [*"0123456789.,:/- ($%'", " and ", " a ", "half ", "two ", "third", "million", "st", "hundred "]


@given(st.lists(st.sampled_from(_ENGLISH_PIECES)).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_english_can_be_read(text: str) -> None:
    for quantity in find_en(text):
        assert quantity.span.of(text)


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "万" * 50_000, "1," * 20_000, "3月" * 5_000, "a1" * 20_000, "百分之" * 10_000]
)
def test_endless_input_takes_no_endless_time(text: str) -> None:
    find_zh(text)
    find_en(text)


def _pairs(folder: Path, name: str) -> list[tuple[str, str]]:
    """The second half of a test set: the rules were made looking at the first."""
    source, target = ((folder / "mt" / f"{name}.{side}").read_text("utf-8").splitlines() for side in ("zh", "en"))
    return list(zip(source, target, strict=True))[len(source) // 2 :]


def _wrong(source: str, target: str) -> bool:
    return any(problem.severity == "major" for problem in compare(source, target))


SETS = ["flores200_devtest", "newstest2019"]


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_human_translations_are_rarely_found_wrong(shared_data: Path, name: str) -> None:
    pairs = _pairs(shared_data, name)
    assert sum(_wrong(*pair) for pair in pairs) < 0.03 * len(pairs)


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_a_changed_number_is_nearly_always_noticed(shared_data: Path, name: str) -> None:
    chance = random.Random(7)
    planted = [(source, _planted(target, chance)) for source, target in _pairs(shared_data, name)
               if find_zh(source) and re.search(r"(?<![\w.,-])\d", target) and not _wrong(source, target)]  # fmt: skip
    assert sum(_wrong(*pair) for pair in planted) > 0.95 * len(planted)


def _planted(target: str, chance: random.Random) -> str:
    """The target with one digit changed, or one number ten times as large."""
    found = chance.choice(list(re.finditer(r"(?<![\w.,-])\d+", target)))
    if chance.random() < 0.5:
        return f"{target[: found.end()]}0{target[found.end() :]}"
    place = chance.randrange(*found.span())
    digit = chance.choice([digit for digit in "123456789" if digit != target[place]])
    return target[:place] + digit + target[place + 1 :]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("实现收入38.6亿元。", "The income was $3.86 billion.", "3.86 billion"),
        ("罚款200元。", "A fine of 200 dollars.", "200"),
        ("罚款200元。", "A fine of 200.", "200"),
        ("票价（元）", "Fare ($)", "($)"),
        ("￥99.5", "£99.5", "99.5"),
        ("资产40,080亿港元。", "Assets were US$4,008 billion.", "4,008 billion"),
        ("罚款200元。", "A fine of 200 yuan.", ""),
        ("罚款200元。", "A fine of RMB 200.", ""),
        ("出口38.6亿美元。", "Exports were $3.86 billion.", ""),
        ("12元折合1.7美元。", "12 yuan is $1.7.", ""),
        ("元旦放假。", "New Year holiday, paid in $.", ""),
        ("本港收入为38.6亿元。", "Hong Kong's income was $3.86 billion.", ""),
    ],
)
def test_money_that_changed_its_currency_is_found(source: str, target: str, found: str) -> None:
    assert [problem.found for problem in compare(source, target) if problem.severity == "major"][:1] == [
        *([found] if found else [])
    ]


def test_the_yuan_of_a_hong_kong_text_are_dollars() -> None:
    assert yuan_of("本港财政司表示，香港的支出为三亿元。") == "$"
    assert yuan_of("全国财政收入三亿元，香港代表团来访。中国经济") == "yuan"
    assert not compare("支出三亿元。", "It cost $300 million.", yuan="$")
    assert [render(quantity) for quantity in find_zh("支出三亿元。", yuan="$")] == ["$300 million"]
    assert [render(quantity) for quantity in find_zh("支出三亿元人民币。", yuan="$")] == ["300 million yuan"]
