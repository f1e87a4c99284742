"""Terms added to a table and entries rendered otherwise: one row changes, every other byte of the file stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.errors import ConflictError, InputError
from bilingual.glossary import load
from bilingual.glossary.tables import table_in
from bilingual.glossary.writing import _put, add, rerender

TABLE = 'id,source,target,admitted,kind,status,when,note\npl-wuzhen,乌镇,Wuzhen,,place,approved,always,"a, b"\n'


def table(folder: Path, text: str = TABLE, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_term_is_a_new_last_row(tmp_path: Path) -> None:
    path = table(tmp_path)
    term = Term("数字经济", "数字经济", "digital economy", kind=TermKind.PHRASE, status=TermStatus.PROPOSED)
    row = add([path], path, term)
    assert path.read_text() == TABLE + ",数字经济,digital economy,,phrase,proposed,always,\n"
    assert (row.term, row.line) == (term, 3)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        pytest.param('source,target\n东盟,A', 'source,target\n东盟,A\n乌镇,"Wuzhen, Zhejiang"\n', id="no last end"),
        pytest.param("source,target\r\n", "source,target\r\n乌镇,\"Wuzhen, Zhejiang\"\r\n", id="Windows"),
        pytest.param("\ufeffsource,target\n", "\ufeffsource,target\n乌镇,\"Wuzhen, Zhejiang\"\n", id="mark"),
        pytest.param("target,source\n", "target,source\n\"Wuzhen, Zhejiang\",乌镇\n", id="columns turned"),
    ],
)  # fmt: skip
def test_the_file_keeps_its_habits(tmp_path: Path, text: str, added: str) -> None:
    path = table(tmp_path, text)
    add([path], path, Term("乌镇", "乌镇", "Wuzhen, Zhejiang"))
    assert path.read_bytes() == added.encode()


def test_a_column_that_is_wanted_is_made(tmp_path: Path) -> None:
    path = table(tmp_path, "source,target\n东盟,ASEAN\n")
    add([path], path, Term("乌镇", "乌镇", "Wuzhen", kind=TermKind.PLACE, status=TermStatus.PROPOSED))
    assert path.read_text() == "source,target,kind,status\n东盟,ASEAN\n乌镇,Wuzhen,place,proposed\n"
    assert [term.kind for term in load([path]).terms] == [TermKind.PHRASE, TermKind.PLACE]


@pytest.mark.parametrize(
    ("term", "told"),
    [
        pytest.param(Term("", "", "x"), "'source' is empty", id="no source"),
        pytest.param(Term("东", "东", ""), "'target' is empty", id="no target"),
        pytest.param(Term("东", "东", "东方"), "holds Chinese", id="Chinese for English"),
        pytest.param(Term("东", "东", "a|b"), "'|'", id="a bar"),
        pytest.param(Term("东", "东", "a\nb"), "control character", id="line end"),
        pytest.param(Term("东", "东", "a" * 501), "500 characters", id="long"),
        pytest.param(Term("烏鎮", "烏鎮", "Woo"), "stands there already – change its rendering", id="known"),
        pytest.param(Term("pl-wuzhen", "东", "east"), "the id 'pl-wuzhen' stands there", id="known id"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_term_is_refused(tmp_path: Path, term: Term, told: str) -> None:
    path = table(tmp_path)
    with pytest.raises(InputError) as raised:
        add([path], path, term)
    assert told in str(raised.value)
    assert path.read_text() == TABLE


def test_a_term_that_a_table_before_settles_is_refused(tmp_path: Path) -> None:
    first, second = table(tmp_path), table(tmp_path, "source,target\n", "more.csv")
    with pytest.raises(InputError, match=r"terms\.csv:2"):
        add([first, second], second, Term("乌镇", "乌镇", "Wu Town"))


def test_only_tables_of_the_glossary_are_written(tmp_path: Path) -> None:
    path, other = table(tmp_path), table(tmp_path, name="other.csv")
    with pytest.raises(InputError, match="no table of the glossary"):
        add([path], other, Term("东", "东", "east"))


def test_what_excel_takes_for_a_formula_is_guarded(tmp_path: Path) -> None:
    path = table(tmp_path, "source,target\n")
    add([path], path, Term("等", "等", "=SUM(1)"))
    assert "'=SUM(1)" in path.read_text()
    assert load([path]).terms[0].target == "=SUM(1)"


@pytest.mark.parametrize("lock", [".~lock.terms.csv#", "~$terms.csv"])
def test_a_table_that_is_open_in_a_spreadsheet_is_left(tmp_path: Path, lock: str) -> None:
    path = table(tmp_path)
    (tmp_path / lock).touch()
    with pytest.raises(InputError, match="close it there first"):
        rerender(path, load([path]).terms[0], "Wu Town")
    assert path.read_text() == TABLE


@pytest.mark.parametrize(
    ("keep", "row"),
    [
        pytest.param("", 'pl-wuzhen,乌镇,Wu Town,,place,approved,always,"a, b"', id="forgotten"),
        pytest.param("admitted", 'pl-wuzhen,乌镇,Wu Town,Wuzhen,place,approved,always,"a, b"', id="admitted"),
    ],
)
def test_a_rendering_is_changed_in_its_cell(tmp_path: Path, keep: str, row: str) -> None:
    path = table(tmp_path)
    done = rerender(path, load([path]).terms[0], "Wu  Town", keep=keep)
    assert path.read_text().splitlines()[1] == row
    assert load([path]).terms == (done.term,)


def test_an_old_rendering_can_be_forbidden_where_there_is_no_column_for_it(tmp_path: Path) -> None:
    path = table(tmp_path, "source,target\n乌镇,Wuzhen\n东盟,ASEAN\n")
    rerender(path, load([path]).terms[0], "Wu Town", keep="forbidden")
    assert path.read_text() == "source,target,forbidden\n乌镇,Wu Town,Wuzhen\n东盟,ASEAN\n"


def test_an_entry_that_was_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = table(tmp_path)
    seen = load([path]).terms[0]
    table(tmp_path, TABLE.replace("Wuzhen", "Wuchen"))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        rerender(path, seen, "Wu Town")


def test_a_table_moved_by_rows_above_is_still_found(tmp_path: Path) -> None:
    path = table(tmp_path)
    seen = load([path]).terms[0]
    head, row = TABLE.splitlines(keepends=True)
    table(tmp_path, head + ",东盟,ASEAN,,,,,\n\n" + row)
    rerender(path, seen, "Wu Town")
    assert [term.target for term in load([path]).terms] == ["ASEAN", "Wu Town"]


texts = st.text(st.sampled_from("ab ,\"东='"), min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=4), which=st.integers(0, 3), target=texts)
def test_all_other_rows_read_as_before(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], which: int, target: str
) -> None:
    from bilingual.glossary.places import written

    path = tmp_path_factory.getbasetemp() / "any.csv"
    lines = [f"{written(a + str(n))},{written(b)}" for n, (a, b) in enumerate(rows)]
    path.write_text("\n".join(["source,target", *lines]) + "\n", newline="")
    before = table_in(path.read_text(), path).rows
    if len(before) < len(rows):  # Chinese among the renderings
        return
    row = before[which % len(before)]
    try:
        rerender(path, row.term, target)
    except InputError:
        return
    after = table_in(path.read_text(), path).rows
    assert [r for r in after if r.line != row.line] == [r for r in before if r.line != row.line]
    assert next(r.term.target for r in after if r.line == row.line) == " ".join(target.split())


def test_a_table_that_another_program_writes_at_this_moment_is_left(tmp_path: Path) -> None:
    path = table(tmp_path)
    before = path.read_bytes()
    path.write_text(TABLE + ",东盟,ASEAN,,,,,\n")  # the other program, after we have read
    with pytest.raises(ConflictError, match="at this moment"):
        _put(path, before, TABLE + ",东,east,,,,,\n")
    assert "ASEAN" in path.read_text()
