"""The checks of one sentence: what each finds, and the right sentences beside it that it must leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingual.bitext import Block, Code, Kind, Span, Text, Unit
from bilingual.checks import CHECKS
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix
from bilingual.glossary import Glossary
from bilingual.settings import Settings

BY_NAME = {check.name: check for check in CHECKS}
CONTEXT = Context(Glossary(), Settings())
PARAGRAPH = "他来了。"


def check_of(name: str) -> Check:
    return BY_NAME[name]


def look(name: str, source: str, target: str, context: Context = CONTEXT) -> list[Finding]:
    run = check_of(name).look
    assert run is not None
    return [*run(Unit("u", "b", Text(source), Text(target)), context)]


def told(name: str, source: str, target: str) -> list[tuple[str, str]]:
    """Severity, and the words of the target that the finding points at."""
    return [(f.severity.value, f.target.of(target) if f.target else "") for f in look(name, source, target)]


WRONG = [
    ("empty", "他来了。", "", [("error", "")], "no translation"),
    ("empty", "他来了。", " … ", [("error", "")], "nothing but a mark"),
    ("same_as_source", "他来了。", "他来了。", [("error", "他来了。")], "copied"),
    ("same_as_source", "他来了，", "他来了,", [("error", "他来了,")], "copied but for the width of a mark"),
    ("untranslated", "他说关系很重要。", "He says 关系 is important.", [("error", "关系")], "one word left"),
    ("untranslated", "他说关系很重要。", "He says 关系，很重要.", [("error", "关系，很重要")], "a clause left"),
    ("untranslated", "关系很重要。", "Guanxi (关系) matters.", [("hint", "关系")], "given in brackets"),
    ("numbers", "共有30亿人。", "There are 30 billion people.", [("error", "30 billion")], "亿 ten times too many"),
    ("numbers", "共有5万人参加。", "In all, 5,000 people took part.", [("error", "5,000")], "万 taken for a thousand"),
    ("numbers", "来了1234人。", "Many people came.", [("warning", "")], "left out"),
    ("numbers", "来了很多人。", "In all, 1,234 people came.", [("warning", "1,234")], "from nowhere"),
    ("numbers", "近3000人到场。", "3,000 people came.", [("hint", "")], "nearly is lost"),
    ("dates", "5月7日召开。", "It was held on May 8.", [("error", "May 8")], "another day"),
    ("dates", "2019年5月召开。", "It was held in June 2019.", [("error", "June 2019")], "another month"),
    (
        "dates",
        "委员会30日公告，自2018年11月1日起。",
        "Announced on September 30, from November 1, 2018.",
        [("hint", "September 30")],
        "a month",
    ),
    ("percentages", "增长了5.2%。", "It grew by 2.5%.", [("error", "2.5%")], "digits exchanged"),
    ("percentages", "增长了5.2%。", "It grew.", [("warning", "")], "left out"),
    ("money", "投资3亿元。", "It invested $300 million.", [("error", "300 million")], "dollars for yuan"),
    (
        "money",
        "由10元涨至20元，又由10元涨至30元。",
        "Up from 10 dollars to 20 yuan, and from 10 yuan to 30 yuan.",
        [("warning", "10")],
        "one sum of two",
    ),
    (
        "money",
        "查扣黑车248台，罚款448元。",
        "It seized 248 cars and fined 448 dollars.",
        [("error", "448")],
        "台 counts",
    ),
    ("money", "香港机场收费652元。", "Hong Kong's airport charges US$652.", [("error", "652")], "not of America"),
    ("money", "票价50美元。", "Tickets are 50 euros.", [("error", "50")], "euros for dollars"),
    (
        "length",
        "他在会上强调要坚持和完善人民代表大会制度。",
        "He spoke there.",
        [("warning", "He spoke there.")],
        "short",
    ),
    ("repetition", PARAGRAPH, "He came to the the house.", [("warning", "the the")], "an article"),
    ("repetition", PARAGRAPH, "He came to the the the house.", [("warning", "the the")], "told once"),
    ("repetition", PARAGRAPH, "The The house is big.", [("warning", "The The")], "with capitals"),
    (
        "repetition",
        PARAGRAPH,
        "He is from the city from the city.",
        [("warning", "from the city from the city")],
        "phrase",
    ),
    ("repetition", "2018年6月1日，他来了。", "On June 1 1, 2018, he came.", [("warning", "1 1")], "a number"),
    ("brackets", "他（张三）来了。", "He (Zhang San came.", [("warning", "(")], "no end"),
    ("brackets", "他（张三）来了。", "He Zhang San) came.", [("warning", ")")], "no beginning"),
    (
        "brackets",
        "费用（150元）已付。",
        "The fee Nu 150) is paid.",
        [("warning", ")")],
        "a number is no item of a list",
    ),
    ("quotes", "他说：“好。”", 'He said, "Good.', [("warning", '"')], "not closed"),
    ("quotes", "“一”和“二”。", '"One" and "two.', [("warning", "")], "one of three"),
    ("full_stop", PARAGRAPH, "He came", [("hint", "e")], "none"),
    ("full_stop", "他来到了北京的学校学习汉语。", "He came to the school of", [("error", "f")], "breaks off"),
    (
        "full_stop",
        "他来到了北京的学校学习汉语，并且很高兴。",
        "He came to the school",
        [("warning", "l")],
        "short and open",
    ),
    ("capital", "他来了。", "he came.", [("warning", "he")], "a sentence"),
    ("capital", "“他来了。”", '"he came."', [("warning", "he")], "in quotation marks"),
    ("full_width", PARAGRAPH, "He came， and left.", [("warning", "，")], "comma"),
    ("full_width", PARAGRAPH, "《The News》 came.", [("warning", "《"), ("warning", "》")], "title marks"),
    ("full_width", PARAGRAPH, "In ２０ years.", [("warning", "２"), ("warning", "０")], "digits"),
    ("full_width", PARAGRAPH, "Baoji·Silk Road.", [("hint", "·")], "the dot of names"),
    ("doubled_marks", PARAGRAPH, "He came,, and left.", [("hint", ",,")], "comma"),
    ("doubled_marks", PARAGRAPH, "It is of Co., Ltd..", [("hint", "..")], "after an abbreviation"),
    ("spaces", PARAGRAPH, "He  came.", [("hint", "  ")], "two"),
    ("spaces", PARAGRAPH, "He came , and left .", [("hint", " "), ("hint", " ")], "before marks"),
    ("spaces", PARAGRAPH, "He came,and left.", [("hint", "")], "none after a comma"),
    ("spaces", PARAGRAPH, "He ( the boss ) came.", [("hint", " "), ("hint", " ")], "inside brackets"),
    ("spaces", PARAGRAPH, "He came. ", [("hint", " ")], "at the end"),
    ("degenerate", PARAGRAPH, "T1X came.", [("error", "T1X")], "a placeholder"),
    ("degenerate", PARAGRAPH, "He▁came &amp; left.", [("error", "▁"), ("error", "&amp;")], "the inside of a machine"),
    ("degenerate", PARAGRAPH, "to be a to be a to be a man", [("error", "to be a to be a to be a")], "a loop"),
]

RIGHT = [
    ("empty", "……", "", "no word on either side"),
    ("same_as_source", "GDP", "GDP", "no Chinese in it"),
    ("same_as_source", "https://example.org/中文", "See https://example.org/中文", "not the whole"),
    ("untranslated", "他说好。", "He said “good” – yes…", "marks only"),
    ("numbers", "共有30亿人。", "There are 3 billion people.", "亿"),
    ("numbers", "共有30亿人。", "There are 3,000 million people.", "in millions"),
    ("numbers", "中国实行一国两制。", "China has one country, two systems.", "no numbers"),
    ("numbers", "一个人来了。", "A man came.", "an article"),
    ("numbers", "十里碑村的人来了。", "People from Shilibei Village came.", "a hint at most"),
    ("dates", "5月7日召开。", "It was held on 7 May.", "British"),
    ("dates", "上世纪90年代。", "The 1990s.", "a decade"),
    ("percentages", "增长了三成。", "It grew by 30 percent.", "成"),
    ("money", "投资3亿元。", "It invested 300 million yuan.", "yuan"),
    ("money", "香港机场收费652元。", "Hong Kong's airport charges HK$652.", "whose dollars"),
    ("money", "票价50港元。", "Tickets are HK$50.", "sign before"),
    ("length", "独行快，众行远。", "It is fast to go alone, but it is further to go in a crowd.", "a hint at most"),
    ("repetition", PARAGRAPH, "He had had it, and that that was so very very good.", "English says so"),
    ("repetition", PARAGRAPH, "They go hand in hand in the fog, again and again and again.", "pairs"),
    ("repetition", "丁丁来了。", "Ding Ding came.", "a name"),
    ("repetition", "非常非常好。", "It is good good.", "the source says it twice"),
    ("repetition", PARAGRAPH, "We came, we came.", "a comma between"),
    ("repetition", PARAGRAPH, "See U U.", "a letter"),
    ("brackets", "（一）他来了。", "1) He came. 2) She came.", "a list"),
    ("brackets", "他来了：）", "He came :)", "a smile"),
    ("brackets", "他（张三来了。", "He (Zhang San came.", "the source has none either"),
    ("brackets", "在[0, 1)之间。", "It lies in [0, 1).", "an interval"),
    ("quotes", "“我来了。", '"I came.', "goes on in the next sentence"),
    ("quotes", "27英寸的屏幕。", 'A 27" screen.', "inches"),
    ("quotes", "“中棉619”很好。", 'The "Cotton 619" is good.', "a digit before the mark"),
    ("full_stop", "标题", "A Title", "no stop in the source"),
    ("full_stop", "他说：“好。”", 'He said "Good."', "inside the quotation"),
    ("full_stop", "他来了。（完）", "He came. (End)", "in brackets"),
    ("full_stop", "他来了。", "He came!", "another mark"),
    ("capital", "iPhone很好。", "iPhone is good.", "written so by its owner"),
    ("capital", "戴高乐来了。", "de Gaulle came.", "a particle of a name"),
    ("capital", "……他来了。", "… he came.", "goes on"),
    ("capital", "苹果", "apple", "no sentence"),
    ("capital", "3个人来了。", "3 people came.", "a digit"),
    ("full_width", "《新闻》来了。", "“The News” – it’s here…", "English marks"),
    ("full_width", PARAGRAPH, "Guanxi (关系、人情) matters.", "between Chinese characters"),
    ("doubled_marks", PARAGRAPH, "Really?! He came... Yes, etc., and so on.", "what may stand together"),
    ("spaces", PARAGRAPH, "At 10:30, U.S. sales were 1,234.5 (see www.example.org/a,b).", "figures, addresses"),
    ("degenerate", "T1X来了。", "T1X came.", "in the source too"),
    ("degenerate", PARAGRAPH, "He came and he came and went.", "twice is no loop"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "source", "target", "wanted"), [pytest.param(*case[:4], id=f"{case[0]}: {case[4]}") for case in WRONG]
)
def test_what_is_wrong_is_found(name: str, source: str, target: str, wanted: list[tuple[str, str]]) -> None:
    assert told(name, source, target) == wanted


@pytest.mark.parametrize(
    ("name", "source", "target"), [pytest.param(*case[:3], id=f"{case[0]}: {case[3]}") for case in RIGHT]
)
def test_what_is_right_is_left_alone(name: str, source: str, target: str) -> None:
    assert [f for f in look(name, source, target) if f.severity.value != "hint"] == []
    if "hint" not in _told_of(name, source, target):
        assert not look(name, source, target)


def _told_of(name: str, source: str, target: str) -> str:
    return next(case[3] for case in RIGHT if case[:3] == (name, source, target))


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[0]}: {case[4]}")
def test_every_finding_says_why_in_a_sentence_and_where_inside_its_texts(
    case: tuple[str, str, str, list[tuple[str, str]], str],
) -> None:
    name, source, target = case[:3]
    for finding in look(name, source, target):
        assert finding.check == name
        assert finding.reason[-1] in ".?"
        assert finding.category.count("/") == 1
        assert finding.target is None or 0 <= finding.target.start <= finding.target.end <= len(target)
        assert finding.source is None or 0 <= finding.source.start < finding.source.end <= len(source)


@pytest.mark.parametrize(
    ("name", "target", "fixed"),
    [
        ("repetition", "He came to the the house.", "He came to the house."),
        ("full_stop", "He came", "He came."),
        ("full_stop", 'He said "yes"', 'He said "yes"'),
        ("capital", "“he came.”", "“He came.”"),
        ("full_width", "He came，and left（now）。", "He came, and left (now)."),
        ("full_width", "It is 1，234.", "It is 1,234."),
        ("full_width", "《News》", "《News》"),
        ("doubled_marks", "He came,, and left..", "He came, and left."),
        ("spaces", " He  came ,and left ( now ) .", "He came, and left (now)."),
    ],
)
def test_a_fix_makes_it_right_and_nothing_is_left_to_fix(name: str, target: str, fixed: str) -> None:
    text = _mended(name, target)
    assert text == fixed
    assert not [f for f in look(name, "他来了。", text) if f.fix]


def _mended(name: str, target: str) -> str:
    fixes = [f.fix for f in look(name, "他来了。", target) if f.fix]
    for fix in sorted(fixes, key=lambda fix: -fix.span.start):
        target = target[: fix.span.start] + fix.text + target[fix.span.end :]
    return target


def test_a_heading_does_not_get_the_full_stop_that_its_source_does_not_have() -> None:
    block = Block("b", Kind.HEADING, Text("数字经济"), (Span(0, 4),), ())
    context = Context(Glossary(), Settings(), {"b": block})
    (finding,) = look("full_stop", "数字经济", "The digital economy.", context)
    assert finding.fix == Fix(Span(19, 20), "")
    assert not look("full_stop", "数字经济公司", "Digital Economy Inc.", context)


def test_a_sentence_that_goes_on_what_stands_before_it_may_begin_small() -> None:
    block = Block("b", Kind.PARAGRAPH, Text("他来了；她走了。"), (Span(0, 8),), ())
    context = Context(Glossary(), Settings(), {"b": block})
    look_at = check_of("capital").look
    assert look_at is not None
    unit = Unit("u", "b", Text("她走了。"), Text("she left."), Span(4, 8))
    assert not [*look_at(unit, context)]
    assert [*look_at(replace(unit, span=Span(0, 4)), context)]


OPEN, CLOSE = Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold")
NOTE = Code(2, "2", "empty", "<note/>", "fnote")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        pytest.param((OPEN, CLOSE, NOTE), [], id="all there"),
        pytest.param((OPEN, NOTE, CLOSE), [], id="a note may stand inside in English"),
        pytest.param((OPEN, CLOSE), ["The mark of a note of the source is not in the translation."], id="missing"),
        pytest.param(
            (OPEN, NOTE), ["The end of bold of the source is not in the translation."], id="half of a pair missing"
        ),
        pytest.param(
            (OPEN, CLOSE, NOTE, NOTE), ["The mark of a note is not in the source, or not so often."], id="one too many"
        ),
        pytest.param(
            (CLOSE, OPEN, NOTE),
            ["Formatting ends before it begins, or overlaps: its beginnings and ends are out of order."],
            id="closed before it opens",
        ),
    ],
)
def test_codes_come_over_each_once_and_in_order(codes: tuple[Code, ...], words: list[str]) -> None:
    run = check_of("codes").look
    assert run is not None
    unit = Unit("u", "b", Text("他来了。", (OPEN, CLOSE, NOTE)), Text("He came.", codes))
    assert [finding.reason for finding in run(unit, CONTEXT)] == words


@pytest.mark.parametrize("check", [check for check in CHECKS if check.look], ids=lambda check: check.name)
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", ""),
        ("。", "."),
        (" ", "x"),
        ("他" * 5_000, "he " * 5_000),
        ("1亿" * 500, "(" * 5_000),
        ("\ud800", "\ud800"),
    ],
    ids=["nothing", "marks", "no source", "very long", "brackets", "half a surrogate pair"],
)
def test_no_text_stops_a_check(check: Check, source: str, target: str) -> None:
    assert check.look is not None
    list(check.look(Unit("u", "b", Text(source), Text(target)), CONTEXT))
