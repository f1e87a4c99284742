"""Chinese personal names: in pinyin, and found in running text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.names import marked
from bilingual import names
from bilingual.bitext import FlagKind, Term, TermKind
from bilingual.glossary import Glossary
from bilingual.terminology.slots import find_slots, meet

TABLE = [*marked((Path(__file__).parent / "golden" / "names.txt").read_text(encoding="utf-8").splitlines())]

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
    "王安石": "Wang Anshi",
    "张晟": "Zhang Sheng",
    "李行": "Li Xing",
    "马  强": "Ma Qiang",
    "绿原": "Lyu Yuan",
    "范徐丽泰": "Fan-Xu Litai",
    "买买提·艾力": "Maimaiti Aili",
    "王": "Wang",
    "Tom Lee": "Tom Lee",
}


@pytest.mark.parametrize(("name", "pinyin"), NAMES.items(), ids=NAMES)
def test_name_is_written_in_pinyin_with_the_family_name_first(name: str, pinyin: str) -> None:
    assert names.personal_name(name) == pinyin


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


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_names_are_found_by_evidence(text: str, expected: str) -> None:
    assert [span.of(text) for span in names.find_personal_names(text)] == expected.split()


def test_no_word_of_the_table_is_taken_for_a_name() -> None:
    wrong = [
        (text, name.span.of(text))
        for text, spans in TABLE
        for name in names.find_names(text)
        if name.settled and name.span not in spans
    ]
    assert not wrong


def test_most_names_of_the_table_are_found() -> None:
    settled = [span in {n.span for n in names.find_names(text) if n.settled} for text, spans in TABLE for span in spans]
    assert len(settled) >= 150
    assert sum(settled) >= 0.8 * len(settled)


@pytest.mark.parametrize(
    ("text", "settled", "asked"),
    [
        pytest.param("二手房经纪人马强告诉记者", ["马强"], [], id="title-and-verb"),
        pytest.param("欧阳雪是一名教师", ["欧阳雪"], [], id="compound-family-name"),
        pytest.param("本报记者 马  强", ["马  强"], [], id="set-wide"),
        pytest.param("韩国选手朴英钟获得金牌", [], ["朴英钟"], id="of-another-country"),
        pytest.param("香港特区行政长官林郑月娥说", [], ["林郑月娥"], id="two-family-names"),
        pytest.param("杨志军说,杨志军的父亲也来了", ["杨志军", "杨志军"], [], id="as-sure-as-the-surest"),
        pytest.param("戴维斯和马塞拉说,福禄克很好", [], [], id="foreign-sounds"),
        pytest.param("赖斌三人去了北京", [], [], id="three-of-them"),
    ],
)
def test_what_is_certain_is_settled_and_what_is_not_is_asked(text: str, settled: list[str], asked: list[str]) -> None:
    found = names.find_names(text, names.meet([text], {}))
    assert [n.span.of(text) for n in found if n.settled] == settled
    assert [n.span.of(text) for n in found if not n.settled] == asked


def test_a_name_that_is_sure_once_is_sure_everywhere() -> None:
    sentences = ["副市长毛大海表示,工程已经完工。", "毛大海把图纸收了起来。"]
    assert not [n for n in names.find_names(sentences[1]) if n.settled]
    people = names.meet(sentences, {})
    assert [n.span.of(sentences[1]) for n in names.find_names(sentences[1], people) if n.settled] == ["毛大海"]


@pytest.mark.parametrize(
    ("first", "settled"), [("朝鲜外务相李勇浩表示遗憾。", []), ("中国商务部部长李勇浩表示遗憾。", ["李勇浩", "李勇浩"])]
)
def test_where_somebody_is_from_is_said_at_first(first: str, settled: list[str]) -> None:
    sentences = [first, "李勇浩称,谈判没有结束。", "美国总统会见了李勇浩。"]
    people = names.meet(sentences, {})
    assert [n.span.of(s) for s in sentences[1:] for n in names.find_names(s, people) if n.settled] == settled


@pytest.mark.parametrize(
    ("sentence", "renderings"),
    [
        pytest.param("陈志远先生作了发言。", [("Mr. Chen Zhiyuan", "Chen Zhiyuan")], id="style"),
        pytest.param("周晓燕博士后作了发言。", [("Zhou Xiaoyan",)], id="another-word"),
        pytest.param("(记者任珂 张毅荣)", [("Ren Ke and Zhang Yirong",)], id="side-by-side"),
        pytest.param("记者 李娜 王芳 赵丽 摄", [("Li Na, Wang Fang and Zhao Li",)], id="three"),
        pytest.param("谢文强、韩冰说", [("Xie Wenqiang",), ("Han Bing",)], id="in-a-list"),
    ],
)
def test_names_are_said_as_english_says_them(sentence: str, renderings: list[tuple[str, ...]]) -> None:
    slots, _ = find_slots(sentence, Glossary())
    assert [slot.renderings for slot in slots] == renderings


def test_a_style_that_is_part_of_a_term_stays_there() -> None:
    glossary = Glossary((Term("1", "教授委员会", "faculty board", kind=TermKind.ORGANISATION),))
    slots, _ = find_slots("陈志远教授委员会", glossary)
    assert [slot.renderings[0] for slot in slots] == ["Chen Zhiyuan", "faculty board"]


LINS = Term("1", "罗尼·林斯", "Ronnie Lins", kind=TermKind.PERSON)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [("林斯说,这很重要。", ["Lins"]), ("罗尼·林斯说", []), ("布林斯克说", []), ("约翰·林斯说", [])],
)
def test_the_last_part_of_a_name_alone_is_who_bears_it(sentence: str, parts: list[str]) -> None:
    people = meet(["研究中心主任罗尼·林斯认为", sentence], Glossary((LINS,)))
    slots, _ = find_slots(sentence, Glossary((LINS,)), people)
    assert [slot.renderings[0] for slot in slots if slot.term is None] == parts


def test_a_last_part_two_people_share_is_nobodys() -> None:
    assert not names.meet([], {"罗尼·林斯": "Ronnie Lins", "约翰·林斯": "John Linz"}).parts


@pytest.mark.parametrize(
    ("name", "guess"),
    [("威廉·鲁托", "William Ruto"), ("罗尼·林斯", "Ronnie Lins"), ("李·四光", ""), ("伊戈·拉克蒂奇", "Igor Laktich")],
)
def test_a_foreign_name_is_guessed_at_by_its_sounds(name: str, guess: str) -> None:
    assert names.guess(name) == guess


def test_a_foreign_name_ends_where_its_sounds_end() -> None:
    text = "委员会委员拉斐尔·伊万格利斯塔认为"
    assert [span.of(text) for span in names.find_dotted(text)] == ["拉斐尔·伊万格利斯塔"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("秘書長任賢良表示,", ["otherwise"], id="traditional-text"),
        pytest.param("韩国选手朴英钟获得金牌", ["Piao Yingzhong", "otherwise"], id="elsewhere"),
        pytest.param("祝贺信说,成绩来之不易。", ["looks like a name"], id="unsure"),
        pytest.param("作家拉斐尔·穆萨说", ["Rafael Musa", "not in the glossary"], id="foreign"),
        pytest.param("二手房经纪人马强告诉记者", [], id="certain"),
    ],
)
def test_a_person_is_asked_about_names_that_are_not_certain(text: str, words: list[str]) -> None:
    _, flags = find_slots(text, Glossary())
    assert all(flag.kind is FlagKind.NAME for flag in flags)
    assert bool(flags) == bool(words)
    assert all(word in flags[0].reason for word in words)


@given(st.text(alphabet="马强欧阳雪说的 \u3000·,。记者陳德霖三人A1\n", max_size=20))
def test_names_lie_in_the_text_and_apart(text: str) -> None:
    spans = [name.span for name in names.find_names(text, names.meet([text], {}))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
