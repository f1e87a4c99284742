"""Codes stand at the English that says the marked Chinese, whatever the order of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from bilingual.bitext import Code, Span, TermOutcome, TermUse, Text
from bilingual.engines import Engine, Hypothesis, Request, Trace
from bilingual.engines.instant import InstantEngine
from bilingual.placing import Coded, place_codes
from tests.test_codes import marked, spelled

WORDS = {
    "昨天": "yesterday",
    "市长": "mayor",
    "宣布": "announced",
    "数字": "digital",
    "经济": "economy",
    "报告": "report",
    "第3页": "page 3",
    "三十": "30",
}
"""What the fake engine knows: it misses a word's English where the Chinese is gone."""


class Knowing(InstantEngine):
    """An engine that finds the English of a word likely as long as its Chinese is there."""

    capabilities = frozenset({"trace"})

    def translate(self, requests: Sequence[Request], options: object = None) -> list[tuple[Hypothesis, ...]]:
        return [(Hypothesis(" ".join(en for zh, en in WORDS.items() if zh in r.text), 0.0),) for r in requests]

    def trace(self, pairs: Sequence[tuple[str, str]]) -> list[Trace]:
        return [tuple(_steps(source, target)) for source, target in pairs]


def _steps(source: str, target: str) -> list[tuple[Span, float]]:
    said = " ".join(en for zh, en in WORDS.items() if zh in source)
    return [
        (Span(*found.span()), -0.1 if found[0].lower() in said or found[0].lower() in "the on" else -5.0)
        for found in re.finditer(r"\w+", target)
    ]


@pytest.fixture
def knowing() -> Engine:
    return Knowing()


def place(engine: Engine, source: str, target: str, terms: tuple[TermUse, ...] = ()) -> str:
    return spelled(place_codes(engine, [Coded(marked(source), target, terms)])[0])


@pytest.mark.parametrize(
    ("source", "target", "result"),
    [
        pytest.param(
            "昨天市长宣布了<b>数字经济</b>报告。",
            "The mayor announced the report on the digital economy yesterday.",
            "The mayor announced the report on the <b>digital economy</b> yesterday.",
            id="a-pair",
        ),
        pytest.param(
            "<b>昨天</b>市长宣布了<i>报告</i>。",
            "The mayor announced the report yesterday.",
            "The mayor announced the <i>report</i> <b>yesterday</b>.",
            id="words-in-another-order",
        ),
        pytest.param(
            "昨天市长<f/>宣布了报告。",
            "The mayor announced the report yesterday.",
            "The mayor<f/> announced the report yesterday.",
            id="a-note-follows-its-word",
        ),
        pytest.param(
            "市长宣布了报告。<f/>",
            "The mayor announced the report.",
            "The mayor announced the report.<f/>",
            id="a-note-ends-the-sentence",
        ),
        pytest.param(
            "<f/>市长宣布了报告。",
            "The mayor announced the report.",
            "<f/>The mayor announced the report.",
            id="a-picture-begins-it",
        ),
        pytest.param(
            "<b>市长宣布了报告。</b>",
            "The mayor announced the report.",
            "<b>The mayor announced the report.</b>",
            id="everything",
        ),
        pytest.param(
            "<b>市长宣布了<i>数字</i>报告</b>。",
            "The mayor announced the digital report.",
            "The <b>mayor announced the <i>digital</i> report</b>.",
            id="nested",
        ),
        pytest.param("报告在<b>第3页</b>。", "Page 3 has the report.", "<b>Page 3</b> has the report.", id="a-number"),
    ],
)
def test_codes_find_their_words(knowing: Engine, source: str, target: str, result: str) -> None:
    assert place(knowing, source, target) == result


def test_the_rendering_of_a_term_is_found(knowing: Engine) -> None:
    use = TermUse("t1", "乌镇峰会", "Wuzhen Summit", Span(0, 4), TermOutcome.ENFORCED)
    found = place(knowing, "<b>乌镇峰会</b>宣布了报告。", "A report was announced at the Wuzhen Summit.", (use,))
    assert found == "A report was announced at the <b>Wuzhen Summit</b>."


def test_quotation_marks_go_with_what_they_enclose(knowing: Engine) -> None:
    found = place(knowing, "市长宣布了<b>“数字经济”</b>报告。", 'The mayor announced the "digital economy" report.')
    assert found == 'The mayor announced the <b>"digital economy"</b> report.'


def test_without_knowledge_codes_go_where_they_stood_in_proportion() -> None:
    found = place(InstantEngine(), "市长宣布了<b>报告</b>。", "Wind lamp river stone bridge.")
    assert found.count("<b>") == found.count("</b>") == 1
    assert found.index("<b>") > 10


def test_a_cue_begins_at_a_pause_near_its_place() -> None:
    source = Text("他走了很远的路，终于到了。", (Code(8, "1", "empty", "", "cue"),))
    (found,) = place_codes(InstantEngine(), [Coded(source, "He walked a very long way, and then he arrived.")])
    assert found.string[: found.codes[0].position] == "He walked a very long way,"


def test_a_line_breaks_between_words_and_leaves_no_lone_stop(knowing: Engine) -> None:
    source = Text("市长宣布了报告的第一行末尾第二行。", (Code(13, "1", "empty", "", "lb"),))
    (found,) = place_codes(knowing, [Coded(source, "At the end of the second line of the first line.")])
    assert found.string[found.codes[0].position :] == "first line."


@pytest.mark.parametrize("target", ["", ".", "。", "   "])
def test_a_target_without_words_keeps_every_code(knowing: Engine, target: str) -> None:
    (found,) = place_codes(knowing, [Coded(marked("市长<b>宣布</b><f/>了<i>报告</i>。"), target)])
    assert sorted(code.id for code in found.codes) == ["b", "b", "f", "i", "i"]


def test_no_engine_is_asked_where_nothing_is_marked() -> None:
    class Silent(Knowing):
        def trace(self, pairs: Sequence[tuple[str, str]]) -> list[Trace]:
            raise AssertionError("asked")

    texts = place_codes(Silent(), [Coded(Text("市长来了。"), "The mayor came."), Coded(marked("<b>来了</b>"), "Came.")])
    assert [spelled(text) for text in texts] == ["The mayor came.", "<b>Came.</b>"]


def test_the_real_model_puts_codes_at_the_right_words(model_engine: Engine) -> None:
    source = "请访问<a>https://www.wicinternet.org</a>了解<b>2023年</b>的报告<f/>。"
    target = "Please visit https://www.wicinternet.org for the 2023 report."
    found = place(model_engine, source, target)
    assert "<a>https://www.wicinternet.org</a>" in found
    assert "<b>2023</b>" in found
    assert found.endswith(("report<f/>.", "report.<f/>"))
