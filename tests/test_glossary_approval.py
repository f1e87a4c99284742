"""Approving an entry changes one word of its file, and nothing else."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.errors import InputError
from bilingual.glossary import load
from bilingual.glossary.approval import approve
from bilingual.glossary.places import records

TABLE = (
    'id,source,target,status,note\r\n'
    'asean,东盟,ASEAN,proposed,"proposed by ""A"",\r\nnot verified"\r\n'
    '\r\n'
    'eu,欧盟,EU,"proposed",x\r\n'
    'un,联合国,UN,approved,proposed\r\n'
    'old,旧,old,deprecated,\r\n'
    'gz,赣州,Ganzhou, proposed ,'
)  # fmt: skip


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "terms.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("names", "before", "after"),
    [
        (["asean"], "ASEAN,proposed,", "ASEAN,approved,"),
        (["欧盟"], '"proposed",x', '"approved",x'),
        (["歐盟"], '"proposed",x', '"approved",x'),
        (["gz"], "Ganzhou, proposed ,", "Ganzhou, approved ,"),
        (["un"], "", ""),
    ],
    ids=["by-id", "by-chinese-in-quotes", "by-traditional-chinese", "spaces-and-no-last-line-end", "approved-already"],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
def test_one_word_changes_and_every_other_byte_stays(
    tmp_path: Path, names: list[str], before: str, after: str, mark: bytes, end: str
) -> None:
    text = TABLE.replace("\r\n", end)
    path = file(tmp_path, mark + text.encode())
    approve([path], names)
    assert path.read_bytes() == mark + (text.replace(before, after, 1) if before else text).encode()


def test_all_of_many_are_approved_at_once(tmp_path: Path) -> None:
    path = file(tmp_path, TABLE.encode())
    done = approve([path], ["asean", "欧盟", "asean", "un"])
    assert [row.term.id for row in done.now] == ["asean", "eu"]
    assert [row.term.id for row in done.before] == ["un"]
    assert [term.status.value for term in load([path]).terms[:2]] == ["approved", "approved"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("nato", "no entry has the id or the Chinese 'nato'"), ("old", r"terms\.csv:7: '旧' is deprecated, not proposed")],
)
def test_one_name_that_cannot_be_approved_stops_all(tmp_path: Path, name: str, words: str) -> None:
    path = file(tmp_path, TABLE.encode())
    with pytest.raises(InputError, match=words):
        approve([path], ["asean", name])
    assert path.read_bytes() == TABLE.encode()


def test_an_id_of_two_different_entries_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, TABLE.encode())
    other = tmp_path / "other.csv"
    other.write_text("id,source,target,status\nasean,亚细安,ASEAN,proposed\n", encoding="utf-8")
    with pytest.raises(InputError, match="name the Chinese instead"):
        approve([path, other], ["asean"])


def test_a_table_without_statuses_has_nothing_to_approve(tmp_path: Path) -> None:
    path = file(tmp_path, "source,target\n东盟,ASEAN\n".encode())
    assert not approve([path], ["东盟"]).now


cells = st.lists(st.sampled_from(["a", "东", '"', ",", "\r", "\n", "\r\n", " "]), max_size=4).map("".join)


@settings(max_examples=80)
@given(
    rows=st.lists(st.lists(cells, min_size=2, max_size=3), min_size=1, max_size=4), end=st.sampled_from(["\r\n", "\n"])
)
def test_cells_are_found_where_a_csv_reader_finds_them(rows: list[list[str]], end: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows(rows)
    text = file.getvalue()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected, line = [], 1
    for read in reader:
        expected.append((line, read or [""]))
        line = reader.line_num + 1
    found = [(line, [text[start:stop] for start, stop in spans]) for line, spans in records(text)]
    plain = [(line, [c[1:-1].replace('""', '"') if c.startswith('"') else c for c in record]) for line, record in found]
    assert plain == expected


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    path = file(tmp_path, TABLE.encode())
    done = CliRunner().invoke(app, ["glossary", "approve", "东盟", "un", "--glossary", str(path)])
    assert done.exit_code == 0
    assert f"{path}:2: 东盟 = ASEAN: approved" in done.stdout
    assert "was approved already" in done.stderr


def test_approvals_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    words = "甲乙丙丁戊己庚辛壬癸"
    rows = "".join(f"t{at},{word}方,Party {at},proposed\n" for at, word in enumerate(words))
    path = file(tmp_path, f"id,source,target,status\n{rows}".encode())
    with ThreadPoolExecutor(len(words)) as pool:
        list(pool.map(lambda at: approve([path], [f"t{at}"]), range(len(words))))
    assert path.read_text(encoding="utf-8").count("approved") == len(words)
    assert [left.name for left in tmp_path.iterdir()] == ["terms.csv"]
