"""Scripts, widths, and personal names."""

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


NAMES = {
    "任贤良": "Ren Xianliang",
    "欧阳修": "Ouyang Xiu",
    "歐陽修": "Ouyang Xiu",
    "吕思清": "Lyu Siqing",
    "张女英": "Zhang Nyuying",
    "张　伟": "Zhang Wei",
    "单田芳": "Shan Tianfang",
    "解晓东": "Xie Xiaodong",
    "曾国藩": "Zeng Guofan",
    "查良镛": "Zha Liangyong",
    "仇英": "Qiu Ying",
    "盖叫天": "Ge Jiaotian",
    "朴树": "Piao Shu",
    "区文海": "Ou Wenhai",
    "翟志刚": "Zhai Zhigang",
    "尉迟恭": "Yuchi Gong",
    "万俟卨": "Moqi Xie",
    "李西安": "Li Xi'an",
    "范徐丽泰": "Fan-Xu Litai",
    "买买提·艾力": "Maimaiti Aili",
    "王": "Wang",
    "Tom Lee": "Tom Lee",
}


@pytest.mark.parametrize(("name", "pinyin"), NAMES.items(), ids=NAMES)
def test_name_is_written_in_pinyin_with_the_family_name_first(name: str, pinyin: str) -> None:
    assert chinese.personal_name(name) == pinyin


FOUND = {
    "本报记者 张博岚 刘军国": "张博岚 刘军国",
    "本版责编:韩秉宸 张远南\n李安琪\n版式设计:张芳曼": "韩秉宸 张远南 李安琪 张芳曼",
    "杨小明摄(影像中国)": "杨小明",
    "本报记者 张博岚摄": "张博岚",
    "新华社北京11月8日电(记者王小红、李强)": "王小红 李强",
    "世界互联网大会秘书长任贤良说。": "任贤良",
    "世界互聯網大會秘書長任賢良表示，": "任賢良",
    "清华大学教授欧阳明认为,这很重要。": "欧阳明",
    "主任陈述了理由。": "",
    "肯尼亚总统鲁托表示,点击一次按钮": "",
    "巴西中国问题研究中心主任罗尼·林斯认为": "",
    "阿尔巴尼亚全球化研究所执行主任马塞拉·穆萨贝留表示": "",
    "塞尔维亚国防部部长武林宣称": "",
    "香港特区行政长官、主席林郑月娥说": "",
    "记者从现场报道": "",
    "记者高度关注": "",
    "负责人高度评价": "",
    "王先生和李女士": "",
    "一名参观者在体验5G+VR摩托车。": "",
}


@pytest.mark.parametrize(("text", "names"), FOUND.items(), ids=FOUND)
def test_names_are_found_by_evidence(text: str, names: str) -> None:
    assert [span.of(text) for span in chinese.find_personal_names(text)] == names.split()
