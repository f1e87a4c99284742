"""Scripts and widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual import chinese

MIXED = st.text(
    alphabet=st.sampled_from("億萬兩點乾隆干淨髮著名的人ａ１，。 \u3000《》\0\u4e71a-’😀𠀀") | st.characters()
)


@given(MIXED)
def test_conversion_and_folding_keep_every_offset(text: str) -> None:
    assert len(chinese.to_simplified(text)) == len(text)
    assert len(chinese.fold(text)) == len(text)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("一億兩千萬港元", "一亿两千万港元"),
        ("乾隆年間", "乾隆年间"),
        ("乾淨的頭髮", "干净的头发"),
        ("金融管理專員", "金融管理专员"),
        ("全球数字治理", "全球数字治理"),
        ("half a pair \ud800 億", "half a pair \ud800 亿"),
        ("", ""),
    ],
)
def test_traditional_becomes_simplified(traditional: str, simplified: str) -> None:
    assert chinese.to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("香港金融管理局的總裁報告", True),
        ("香港金融管理局的总裁报告", False),
        ("10月8日", False),
        ("皇后與國王", True),
        ("", False),
    ],
)
def test_script_is_told(text: str, expected: bool) -> None:
    assert chinese.is_traditional(text) is expected


def test_full_width_signs_become_half_width() -> None:
    assert chinese.fold("２０２３年，５Ｇ　（３０％）￥") == "2023年,5G (30%)¥"


def test_only_characters_count_as_chinese() -> None:
    assert chinese.has_chinese("the 乌镇 Summit")
    assert chinese.has_chinese("二〇二三")
    assert not chinese.has_chinese("“quoted” … — ， 。 ①")


def test_punctuation_comes_off_both_ends() -> None:
    assert chinese.strip_chinese_punctuation(" 《携手共建》。\n") == "携手共建"
