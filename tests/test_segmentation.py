"""Sentences: the golden cases, the property that nothing is lost, hostile input, and the evaluation data."""

from __future__ import annotations

import json
import re
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Block, Code, Document, Kind, Locator, Span, Text
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


def _documented() -> list[object]:
    """The examples of the page for people, each with what it sets."""
    page = (Path(__file__).parents[1] / "docs" / "segmentation.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```cut ?(.*)\n((?:.+\n)+?)```$", page, re.MULTILINE)
    return [pytest.param(line, heading, id=line) for heading, lines in blocks for line in lines.splitlines()]


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


@pytest.mark.parametrize(("marked", "heading"), _documented())
def test_the_documented_examples_are_cut_where_they_say(marked: str, heading: str) -> None:
    marked = marked.replace("⏎", "\n")
    rules = _rules(heading.replace(" ", ""))
    assert _cut(marked.replace("|", ""), rules, "en" if heading == "en" else "zh") == _parts(marked)


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "segmentation.md").read_text(encoding="utf-8")
    assert all(f"**`{field.name}`**" in page for field in fields(Rules))


def test_every_gold_case_of_other_projects_is_right(shared_data: Path) -> None:
    lines = (shared_data / "segmentation" / "zh_gold.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert [_cut(case["text"]) for case in cases] == [case["sentences"] for case in cases]


MARKS = "。！？!?；;…，：:、.．“”‘’「」『』《》（）()[]\"'—的之①1aB \n\r\u3000\x00\x01\u2028\ufeff"
WORDS = (
    "他说",
    "表示，",
    "我们",
    "U.S.",
    "3.14",
    "……",
    "好",
    "\r\n",
    "\n\n",
    "𠮷",
    "[1]",
    "http://a.com/?b=1",
    "（附件一）",
)
ENGLISH = ("He ", "went. ", "Mr. ", "(a) ", "2. ", "“I ", "go.” ", '"', "'s ", "p.m. ", "... ", "said ", "; ", "\n")
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=60).map("".join)
ENGLISH_PIECES = st.lists(st.sampled_from([*ENGLISH, *WORDS]), max_size=60).map("".join)
SWITCH = st.booleans()
RULES = st.builds(Rules, SWITCH, SWITCH, SWITCH, SWITCH, st.sampled_from([0, 5, 160]), SWITCH)
LANGUAGES = st.sampled_from(["zh", "en", "zh-TW"])


@given(PIECES | ENGLISH_PIECES | st.text(), RULES, LANGUAGES)
def test_every_character_is_in_exactly_one_segment_or_gap(text: str, rules: Rules, language: str) -> None:
    found = segment(text, rules, language)
    spans = sorted((*found.segments, *found.gaps), key=lambda span: span.start)
    assert all(len(span) > 0 for span in spans)
    assert "".join(span.of(text) for span in spans) == text
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][: len(spans)]


@given(PIECES | ENGLISH_PIECES | st.text(), RULES, LANGUAGES)
def test_gaps_are_white_space_and_segments_neither_begin_nor_end_in_it(text: str, rules: Rules, language: str) -> None:
    found = segment(text, rules, language)
    assert not "".join(gap.of(text) for gap in found.gaps).replace("\ufeff", "").replace("\u200b", "").strip()
    assert all(span.of(text) == span.of(text).strip() for span in found.segments)


@given(PIECES, PIECES)
def test_lines_are_cut_alike_together_and_alone(first: str, second: str) -> None:
    """A lost mark in one line changes nothing in the next (but for the dot, which asks what stops the text has)."""
    first, second = (re.sub(r"[.．]", "", part).strip() for part in (first, second))
    assert _cut(f"{first}\n{second}") == _cut(first) + _cut(second)


@given(PIECES)
def test_a_segment_cut_again_is_itself(text: str) -> None:
    """But for the half-width dot between two characters, which ends a sentence only where no 。 stands in the text."""
    parts = _cut(re.sub(r"[.．]", "", text))
    assert [_cut(part) for part in parts] == [[part] for part in parts]


def test_an_english_segment_cut_again_is_itself_in_news(shared_data: Path) -> None:
    """But where a quotation has lost one of its marks."""
    lines = (shared_data / "mt" / "newstest2019.en").read_text(encoding="utf-8").splitlines()[:500]
    parts = [part for start in range(0, 500, 5) for part in _cut(" ".join(lines[start : start + 5]), language="en")]
    again = [_cut(part, language="en") for part in parts]
    assert sum(cut != [part] for cut, part in zip(again, parts, strict=True)) <= 1


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
    "items without number": "甲；" * 70_000,
    "items with numbers": "1.甲；" * 50_000,
    "colons before items": "如下：(a)" * 30_000,
    "notes behind stops": "好。（附件一）" * 25_000,
    "notes within notes": "好。" + "（附件" * 50_000 + "）" * 50_000,
}


HOSTILE_ENGLISH = {
    "no stop at all": "word " * 40_000,
    "only stops": "? " * 100_000,
    "quotations never closed": '"He went. ' * 20_000,
    "quotations without words": '"." ' * 50_000,
    "apostrophes": "the members' views. " * 10_000,
    "items": "(a) one; " * 20_000,
    "numbers": "1. One. " * 25_000,
    "initials": "A. B. C. " * 20_000,
    "brackets all the way down": "(" * 100_000 + ")" * 100_000,
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(pytest.param(text, "zh", id=name) for name, text in HOSTILE.items()),
        *(pytest.param(text, "en", id=f"English: {name}") for name, text in HOSTILE_ENGLISH.items()),
    ],
)
def test_a_long_line_takes_linear_time(text: str, language: str) -> None:
    started = time.perf_counter()
    segment(text[:60_000], Rules(break_at_list_items=True), language)
    assert time.perf_counter() - started < 5  # half a second alone; quadratic time would be far more


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


def test_cells_items_notes_and_captions_are_cut_too() -> None:
    kinds = (Kind.CELL, Kind.LIST_ITEM, Kind.NOTE, Kind.CAPTION)
    blocks = tuple(_block(kind, "好。走。") for kind in kinds)
    spans = [found for _, found in units_of(Document("d", "zh", "", blocks))]
    assert spans == [(Span(0, 2), Span(2, 4))] * len(kinds)


def test_inline_codes_move_no_sentence() -> None:
    codes = (Code(0, "1", "open", "<b>", "bold"), Code(3, "2", "empty", "<br/>", "lb"), Code(5, "1", "close", "</b>"))
    plain = _block(Kind.PARAGRAPH, "他说好。我走。")
    coded = replace(plain, text=Text(plain.text.string, codes))
    spans = [found for _, found in units_of(Document("d", "zh", "", (plain, coded)))]
    assert spans == [(Span(0, 4), Span(4, 7))] * 2


def test_an_english_document_is_cut_as_english() -> None:
    text = "Mr. Li left. He is here."
    document = Document("d", "en", "", (_block(Kind.PARAGRAPH, text),))
    assert [[span.of(text) for span in spans] for _, spans in units_of(document)] == [["Mr. Li left.", "He is here."]]


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
