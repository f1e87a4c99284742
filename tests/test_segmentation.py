"""Sentences: the golden cases, the property that nothing is lost, hostile input, and the evaluation data."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Block, Document, Kind, Locator, Span, Text
from bilingual.segmentation import Rules, locators_of, segment, units_of

GOLDEN = Path(__file__).parent / "golden"


def _rules(heading: str) -> Rules:
    given = re.findall(r"(\w+)=(\w+)", heading)
    values: dict[str, Any] = {name: int(value) if value.isdigit() else value == "true" for name, value in given}
    return Rules(**values)


def _cases(name: str) -> list[object]:
    cases: list[object] = []
    heading = ""
    for number, line in enumerate((GOLDEN / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            heading = line[2:]
        elif heading and line:
            rules = _rules(heading.partition("[")[2])
            cases.append(pytest.param(line.replace("⏎", "\n"), rules, id=f"{number}: {heading}"))
    return cases


def _cut(text: str, rules: Rules = Rules(), language: str = "zh") -> list[str]:  # noqa: B008 (frozen)
    return [span.of(text) for span in segment(text, rules, language).segments]


def _parts(marked: str) -> list[str]:
    return [part.strip() for part in marked.split("|") if part.strip()]


@pytest.mark.parametrize(("marked", "rules"), _cases("segmentation.txt"))
def test_the_golden_cases_are_cut_where_they_say(marked: str, rules: Rules) -> None:
    assert _cut(marked.replace("|", ""), rules) == _parts(marked)


@pytest.mark.parametrize(("marked", "rules"), _cases("segmentation_en.txt"))
def test_the_english_golden_cases_are_cut_where_they_say(marked: str, rules: Rules) -> None:
    assert _cut(marked.replace("|", ""), rules, "en") == _parts(marked)


def test_every_gold_case_of_other_projects_is_right(shared_data: Path) -> None:
    lines = (shared_data / "segmentation" / "zh_gold.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert [_cut(case["text"]) for case in cases] == [case["sentences"] for case in cases]


MARKS = "。！？!?；;…，：:、.．“”‘’「」『』《》（）()[]\"'—的之①1aB \n\r\u3000\x00\x01\u2028\ufeff"
WORDS = ("他说", "表示，", "我们", "U.S.", "3.14", "……", "好", "\r\n", "\n\n", "𠮷", "[1]", "http://a.com/?b=1")
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=60).map("".join)
RULES = st.builds(Rules, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([0, 5, 160]))


@given(PIECES | st.text(), RULES)
def test_every_character_is_in_exactly_one_segment_or_gap(text: str, rules: Rules) -> None:
    found = segment(text, rules)
    spans = sorted((*found.segments, *found.gaps), key=lambda span: span.start)
    assert all(len(span) > 0 for span in spans)
    assert "".join(span.of(text) for span in spans) == text
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]


@given(PIECES | st.text(), RULES)
def test_gaps_are_white_space_and_segments_neither_begin_nor_end_in_it(text: str, rules: Rules) -> None:
    found = segment(text, rules)
    assert not "".join(gap.of(text) for gap in found.gaps).replace("\ufeff", "").replace("\u200b", "").strip()
    assert all(span.of(text) == span.of(text).strip() for span in found.segments)


@given(PIECES, PIECES)
def test_lines_are_cut_alike_together_and_alone(first: str, second: str) -> None:
    """A lost mark in one line changes nothing in the next (but for the dot, which asks what stops the text has)."""
    first, second = (re.sub(r"[.．]", "", part).strip() for part in (first, second))
    assert _cut(f"{first}\n{second}") == _cut(first) + _cut(second)


def test_an_empty_or_blank_text_has_no_segments() -> None:
    assert segment("").segments == segment("").gaps == ()
    assert segment(" \n\u3000").segments == ()
    assert segment(" \n\u3000").gaps == (Span(0, 3),)


def test_the_two_characters_that_end_a_line_elsewhere_are_one_line_end() -> None:
    wrapped = Rules(break_at_newline=False)
    assert _cut("他说：“全人类\r\n共有。”好。\r\n\r\n下一段", wrapped) == ["他说：“全人类\r\n共有。”", "好。", "下一段"]
    assert _cut("第一行\r\n第二行") == ["第一行", "第二行"]


HOSTILE = {
    "no stop at all": "字" * 200_000,
    "only stops": "？" * 200_000,
    "only blanks": " " * 200_000,
    "only line ends": "\n" * 200_000,
    "quotations never closed": "“字。" * 70_000,
    "quotations never opened": "字。”" * 70_000,
    "quotations without words": "“。”" * 70_000,
    "exclamations inside one sentence": "字，“好！”" * 40_000,
    "one quotation over everything": f"“{'好。' * 100_000}”",
    "brackets all the way down": "（" * 100_000 + "）" * 100_000,
    "dots in words": "a.b." * 50_000,
    "a list of numbers": "1. " * 70_000,
    "stops apart": ("。" + " " * 50) * 4_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_line_of_200_000_characters_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    segment(text)
    assert time.perf_counter() - started < 8  # half a second alone; quadratic time would be minutes


def _block(kind: Kind, text: str, lines: tuple[tuple[int, int], ...] = ()) -> Block:
    """A block whose pieces have these (line, length)."""
    spans, start = [], 0
    for _, length in lines or ((1, len(text)),):
        spans.append(Span(start, start + length))
        start += length
    locators = tuple(Locator(line=line) for line, _ in lines or ((1, 0),))
    return Block("b", kind, Text(text), tuple(spans), locators)


def test_titles_bylines_credits_and_staff_stay_whole() -> None:
    kinds = (Kind.TITLE, Kind.HEADING, Kind.BYLINE, Kind.CREDIT, Kind.STAFF, Kind.RUNNING_HEAD, Kind.MARK)
    blocks = tuple(_block(kind, " 谁来做？怎么做？ ") for kind in kinds)
    assert [spans for _, spans in units_of(Document("d", "zh", "", blocks))] == [(Span(1, 9),)] * len(kinds)


def test_paragraphs_and_captions_are_cut_and_blank_blocks_left_out() -> None:
    blocks = (
        _block(Kind.PARAGRAPH, "好。走。"),
        _block(Kind.CAPTION, "图①:展台。图为观众。"),
        _block(Kind.PARAGRAPH, " "),
    )
    units = units_of(Document("d", "zh", "", blocks))
    assert [[span.of(block.text.string) for span in spans] for block, spans in units] == [
        ["好。", "走。"],
        ["图①:展台。", "图为观众。"],
    ]


@pytest.mark.parametrize(
    ("span", "lines"),
    [
        pytest.param(Span(0, 4), [20], id="inside the first piece"),
        pytest.param(Span(0, 5), [20], id="up to the seam"),
        pytest.param(Span(5, 9), [66], id="from the seam"),
        pytest.param(Span(3, 7), [20, 66], id="across a tear"),
        pytest.param(Span(0, 16), [20, 66], id="over pieces of which two share a line"),
        pytest.param(Span(12, 16), [20], id="the last piece, back on the first line"),
    ],
)
def test_a_span_knows_the_lines_it_touches_each_once(span: Span, lines: list[int]) -> None:
    block = _block(Kind.PARAGRAPH, "伊万格利斯塔说,构建网络空间命运。", ((20, 5), (66, 6), (20, 5)))
    assert [locator.line for locator in locators_of(block, span)] == lines
