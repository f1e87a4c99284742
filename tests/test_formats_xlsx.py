"""Excel workbooks: every cell is text, the order does not matter, and what Excel has done to a cell is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from bilingual.bitext import Bitext, Note, State, Text, Unit
from bilingual.errors import InputError
from bilingual.formats.xlsx import TITLES, Xlsx

UNITS = (
    Unit("u1", "", Text("=1+1"), Text("=cmd|' /C calc'!A0"), state=State.DRAFT, notes=(Note("查一下", "李雷"),)),
    Unit("u2", "", Text("大会\n开幕"), Text("'tis  \t open"), state=State.FINAL),
    Unit("u3", "", Text("_x0041_"), Text("3.10"), state=State.REVIEWED),
)  # fmt: skip
HEAD = ["id", "source", "target", "state", "comment"]


def dump(bitext: Bitext) -> bytes:
    stream = io.BytesIO()
    Xlsx().write(bitext, stream)
    return stream.getvalue()


def load(data: bytes) -> Bitext:
    return Xlsx().read(io.BytesIO(data), "x.xlsx")


def workbook(rows: list[list[Any]], more: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """What another program saves: the first of two sheets is no table of ours."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.add_worksheet("Notes").write(0, 0, "to do")
    sheet = book.add_worksheet("Table")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    more(sheet)
    book.close()
    return stream.getvalue()


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_every_cell_is_text_and_comes_back() -> None:
    data = dump(Bitext("zh", "en", (), UNITS))
    back = load(data).units
    assert [(u.id, str(u.source), str(u.target), u.state) for u in back] == [
        (u.id, str(u.source), str(u.target), u.state) for u in UNITS
    ]
    assert "<f>" not in sheet_of(data)


def test_the_sheet_helps_and_guards() -> None:
    sheet = sheet_of(dump(Bitext("zh", "en", (), UNITS)))
    assert '"new,draft,translated,reviewed,final"' in sheet
    assert sheet.count('type="custom"') == 2  # the ids and the sources refuse typing
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert "sheetProtection" not in sheet  # a protected sheet could not be sorted


def test_a_table_sorted_extended_and_saved_by_another_program_is_read() -> None:
    rows = [["Remark", *HEAD], ["x", "u2", "乙", "b", "draft", "nice"], ["", "u1", "甲", "a", "", ""], [""] * 6]
    back = load(workbook(rows))
    assert [(u.id, str(u.target), u.state) for u in back.units] == [
        ("u2", "b", State.DRAFT), ("u1", "a", State.TRANSLATED),
    ]  # fmt: skip
    assert back.units[0].notes == (Note("nice"),)


def test_a_table_of_two_languages_without_ids_is_read() -> None:
    back = load(workbook([["中文", "English"], ["大会", "Congress"]]))
    assert [(u.id, str(u.source), str(u.target)) for u in back.units] == [("row 2", "大会", "Congress")]


def test_a_number_in_the_target_is_read_and_flagged() -> None:
    (unit,) = load(workbook([HEAD, ["u1", "二〇二三", 2023, "draft", ""]])).units
    assert str(unit.target) == "2023"
    assert "Excel has made a number of cell C2" in unit.flags[0].reason


def macros(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 rubbish")
    return stream.getvalue()


def test_macros_are_not_looked_at() -> None:
    assert load(macros(dump(Bitext("zh", "en", (), UNITS)))).units[0].id == "u1"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (32 << 20))
    return stream.getvalue()


def far(sheet: Any) -> None:
    sheet.write(1_000_000, 100, "x")


def merged(sheet: Any) -> None:
    sheet.merge_range("C2:C3", "both")


def error(sheet: Any) -> None:
    sheet.write_formula("C2", "=NAME", None, "#NAME?")


ROWS = [HEAD, ["u1", "甲", "a", "draft", ""], ["u2", "乙", "b", "draft", ""]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: workbook([["id", "source"], ["u1", "甲"]]), r"x\.xlsx:1: the column 'source' is missing"),
        (lambda: workbook([[""]]), "the column 'source' is missing"),
        (lambda: b"id,source,target", "is no zip package"),
        (lambda: b"", "the file is empty"),
        (lambda: dump(Bitext("zh", "en", (), UNITS))[:-200], "is no zip package, or was cut short"),
        (bomb, "as a bomb does"),
        (lambda: workbook(ROWS, far), "a sheet spans 1,000,001 rows and 101 columns"),
        (lambda: workbook(ROWS, merged), r"x\.xlsx:2: the cells C2:C3 are merged – split them"),
        (lambda: workbook(ROWS, error), "Excel shows an error in cell C2"),
        (lambda: workbook([HEAD, ["u1", "甲", datetime(2024, 3, 1), "draft"]]), "has made a date of cell C2"),
        (lambda: workbook([HEAD, ["u1", "甲", "a", "done"]]), r"x\.xlsx:2: 'state' is 'done' – write one of"),
        (lambda: workbook([*ROWS, ["u1", "丙", "c", "draft"]]), r"x\.xlsx:4: 'id' 'u1' stands on line 2 already"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked with a password, or in an old Office"),
    ],
    ids=["column", "no table", "text", "empty", "cut", "bomb", "far", "merged", "error", "date", "state", "twice",
         "old"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(data: Callable[[], bytes], told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(data())


def test_the_columns_are_those_of_the_table_and_two_for_notes() -> None:
    assert TITLES[-2:] == ("notes", "comment")
