"""CSV: a table Excel opens, that is no formula, and that comes home again from whatever Excel saves."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import (
    Bitext,
    Block,
    Document,
    Flag,
    FlagKind,
    Kind,
    Locator,
    Origin,
    OriginKind,
    Span,
    State,
    TermOutcome,
    TermUse,
    Text,
)  # fmt: skip
from bilingual.cells import guard, unguard
from bilingual.errors import InputError
from bilingual.formats import named
from bilingual.formats.delimited import Csv
from bilingual.formats.table import COLUMNS, where_cell
from tests.test_store import drafted

BLOCKS = (
    Block("b1", Kind.TITLE, Text("大会开幕"), (Span(0, 4),), (Locator(line=9),), order=0),
    Block("b2", Kind.PARAGRAPH, Text("新机遇。大会闭幕。"), (Span(6, 9), Span(10, 16)), (Locator(11), Locator(51))),
    Block("b3", Kind.MARK, Text("③"), (Span(4, 5),), (Locator(line=10),), order=2),
)  # fmt: skip
PAGE = Document("页", "zh", "大会开幕③\n新机遇\n。大会闭幕。", BLOCKS)
USE = TermUse("t1", "大会", "conference", Span(0, 2), TermOutcome.ENFORCED)
UNITS = (
    replace(drafted(2, "大会闭幕。"), block="b2", span=Span(4, 9), flags=(Flag(FlagKind.NUMBER, "30亿 is not there"),)),
    replace(drafted(1, "新机遇。"), block="b2", span=Span(0, 4), source_locators=(Locator(line=11), Locator(line=51))),
    replace(drafted(0, "大会开幕"), terms=(USE, replace(USE, target="", outcome=TermOutcome.MISSING))),
)


def dump(bitext: Bitext) -> bytes:
    stream = io.BytesIO()
    Csv().write(bitext, stream)
    return stream.getvalue()


def load(data: bytes) -> Bitext:
    return Csv().read(io.BytesIO(data), "x.csv")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_columns_are_those_agreed_and_the_rows_in_reading_order() -> None:
    data = dump(Bitext("zh", "en", (PAGE,), UNITS))
    assert data.startswith(b"\xef\xbb\xbfid,kind,source,machine,target,state,terms,flags,where\r\n")
    table = rows(data)
    assert tuple(table[0]) == COLUMNS
    assert [(row["id"], row["kind"], row["source"]) for row in table] == [
        ("u0", "title", "大会开幕"), ("u1", "paragraph", "新机遇。"),
        ("u2", "paragraph", "大会闭幕。"), ("", "mark", "③"),
    ]  # fmt: skip
    assert table[0]["terms"] == "大会=conference [enforced]; 大会=? [missing]"
    assert table[2]["flags"] == "number: 30亿 is not there"
    assert [row["where"] for row in table] == ["line 0", "lines 11, 51", "line 2", "line 10"]
    assert table[0]["machine"] == table[0]["target"] == "English of 大会开幕"


def test_marks_and_kinds_come_back_as_blocks() -> None:
    back = load(dump(Bitext("zh", "en", (PAGE,), UNITS)))
    assert [(block.kind, str(block.text)) for block in back.documents[0].blocks][-1] == (Kind.MARK, "③")
    assert [unit.id for unit in back.units] == ["u0", "u1", "u2"]
    for block in back.documents[0].blocks:
        assert block.spans[0].of(back.documents[0].text) == block.text.string
    assert dump(load(dump(back))) == dump(back)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"], ids=repr
)
def test_what_excel_would_take_for_a_formula_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell
    assert unguard(guard(f"'{cell}")) == f"'{cell}"


@given(st.text(st.sampled_from("'=+-@\t\r＝－ab世") | st.characters()))
def test_the_guard_comes_off_again(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("plain", ["'tis", "'", "''", "a=b", "", "“=”"], ids=repr)
def test_other_cells_are_left_alone(plain: str) -> None:
    assert guard(plain) == unguard(plain) == plain


@settings(deadline=None)
@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n"]),
)
def test_whatever_excel_saves_is_read(encoding: str, comma: str, end: str) -> None:
    text = io.StringIO(newline="")
    first = ["u0", 'Opened;\t, "quoted"\n', "大会开幕。", "x"]
    table = [["ID", "target", "source", "remark"], first, ["", "", "", ""], ["u1", "", "闭幕"]]
    csv.writer(text, delimiter=comma, lineterminator=end).writerows(table)
    back = load(text.getvalue().encode(encoding))
    assert [(unit.id, str(unit.source), str(unit.target), unit.state) for unit in back.units] == [
        ("u0", "大会开幕。", 'Opened;\t, "quoted"\n', State.TRANSLATED), ("u1", "闭幕", "", State.NEW),
    ]  # fmt: skip


def test_a_target_that_is_not_the_machines_counts_as_touched() -> None:
    data = dump(Bitext("zh", "en", (PAGE,), UNITS))
    edited = data.replace(",English of 新机遇。,draft".encode(), b",New opportunities.,draft")
    assert [unit.touched for unit in load(data).units] == [False] * 3
    assert [unit.touched for unit in load(edited).units] == [False, True, False]
    assert load(data).units[0].origin == Origin(OriginKind.MACHINE)


def test_a_row_put_in_without_an_id_is_a_unit_without_one() -> None:
    units = load("id,source,target,state\nu0,甲。,a,draft\n,乙。,b,\n,丙。,,\n,丁。,d,\n".encode()).units
    assert [(u.id, str(u.source), str(u.target), u.state) for u in units] == [
        ("u0", "甲。", "a", State.DRAFT),
        ("", "乙。", "b", State.TRANSLATED),
        ("", "丁。", "d", State.TRANSLATED),
    ]
    assert len({unit.block for unit in units}) == 3


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("id,source\nu0,甲", r"x\.csv:1: the column 'target' is missing – the first row must name"),
        ("id,source,target\nu0,甲,a\nu0,乙,b", r"x\.csv:3: 'id' 'u0' stands on line 2 already"),
        ("id,source,target\n,甲,a", r"x\.csv:2: 'id' is empty but"),
        ('id,source,target,state\nu0,"甲\n乙",a,draft\nu1,丙,b,done', r"x\.csv:4: 'state' is 'done' – write one of"),
        ("id,source,target,kind\nu0,甲,a,poem", r"x\.csv:2: 'kind' is 'poem'"),
        ("", "the file is empty"),
    ],
    ids=["column", "twice", "nameless", "state", "kind", "empty"],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_line(table: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(table.encode())


def test_every_bad_row_is_listed() -> None:
    with pytest.raises(InputError, match="and 1 more rows") as caught:
        load("id,source,target,state\nu0,甲,a,x\nu1,乙,b,y\nu2,丙,c,draft".encode())
    assert [problem.split(": ")[0] for problem in caught.value.problems] == ["x.csv:2", "x.csv:3"]


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(InputError, match="is not a text in UTF-8, UTF-16 or GB18030"):
        load(b"id,source,target\n\xff\xff\xff,a,b")


def test_a_cell_may_hold_a_whole_document() -> None:
    long = drafted(0, "数字经济" * 50_000)
    assert load(dump(Bitext("zh", "en", (), (long,)))).units[0].source == long.source


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ((Locator(line=9), Locator(line=51), Locator(line=9)), "lines 9, 51"),
        ((Locator(page=2, line=4, box=(0, 0, 1, 1)),), "page 2, line 4"),
        ((Locator(cell="B7"), Locator(paragraph=3), Locator(cue=12)), "cell B7; paragraph 3; cue 12"),
        ((), ""),
        ((Locator(),), ""),
    ],
)
def test_places_are_told_in_words(places: tuple[Locator, ...], told: str) -> None:
    assert where_cell(places) == told


def test_a_state_typed_with_a_capital_and_a_space_is_that_state() -> None:
    table = "id,source,target,state\r\n1,大会闭幕。,It closed., Reviewed \r\n"
    (unit,) = named("csv").read(io.BytesIO(table.encode()), None).units
    assert unit.state is State.REVIEWED
