"""The command line as a user meets it: real processes, exit codes, one clear sentence for what is wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.store import Store
from tests.conftest import ROOT, SEED

BILINGUAL = Path(sys.executable).with_name("bilingual")
PAGE = "世界互联网大会在乌镇举行。\n\n共有1800多位嘉宾参加。他们来自126个国家和地区。\n"


def run(
    *arguments: object, stdin: bytes = b"", cwd: Path = ROOT, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [BILINGUAL, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=os.environ | {"COLUMNS": "100"} | (environment or {}),
        check=False,
        timeout=120,
    )


def instant(tmp_path: Path, *inputs: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return run("translate", *inputs, "--engine", "instant", "-o", tmp_path / "out", stdin=stdin)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def complained(done: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
    """It ended with `code`, and stderr is a sentence with all `words` and no traceback."""
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


COMMANDS = (
    "|translate|segment|deliver|glossary|glossary check|glossary find|glossary list|glossary import|glossary export"
    "|glossary approve|glossary suggest|glossary coverage|model|model install|model list|model remove"
    "|merge|undo|history|rebuild|convert|memory|memory search|memory analyse|memory add|memory import|memory export"
    "|memory undo|memory stats|memory salvage"
)


@pytest.mark.parametrize("command", COMMANDS.split("|"))
def test_every_command_has_help(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert b"Usage" in done.stdout


def test_the_seed_becomes_aligned_files_and_a_table(tmp_path: Path) -> None:
    done = instant(tmp_path, SEED)
    assert done.returncode == 0, done.stderr
    assert "characters a second" in done.stdout.decode()
    written = rows(tmp_path / "out" / "peoples-daily-wuzhen-2023.csv")
    assert list(written[0]) == ["id", "kind", "source", "machine", "target", "state", "terms", "flags", "where"]
    assert written[0]["source"] == "推动构建网络空间命运共同体"
    assert all(row["target"] for row in written)
    assert (tmp_path / "out" / "peoples-daily-wuzhen-2023.tmx").is_file()


def test_a_second_run_writes_the_same_bytes(tmp_path: Path, page: Path) -> None:
    def bytes_of() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / "out").glob("page.*")}

    assert instant(tmp_path, page).returncode == 0
    first = bytes_of()
    assert instant(tmp_path, page).returncode == 0
    assert bytes_of() == first
    assert len(first) == 2


def test_json_tells_the_same_as_the_table(tmp_path: Path, page: Path) -> None:
    facts = json.loads(instant(tmp_path, page, "--json").stdout)
    assert (facts["documents"], facts["units"], facts["refused"]) == (1, 3, [])
    assert set(facts["terms"]) == {"natural", "enforced", "repaired", "missing"}


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    assert instant(tmp_path, "-", stdin=PAGE.encode()).returncode == 0
    assert len(rows(tmp_path / "out" / "stdin.csv")) == 3


def test_a_person_s_edit_survives_the_next_run(tmp_path: Path, page: Path) -> None:
    instant(tmp_path, page)
    with Store(tmp_path / "out" / "workbench.sqlite") as store:
        unit = store.load("page").units[0]
        store.edit("page", unit.id, by="Li", target="What Li wrote.")
    page.write_text(PAGE + "\n又一段。\n", encoding="utf-8")
    assert instant(tmp_path, page).returncode == 0
    found = {row["id"]: row["target"] for row in rows(tmp_path / "out" / "page.csv")}
    assert found[unit.id] == "What Li wrote."
    assert len(found) == 4


def test_an_edited_view_is_kept_beside_the_new_one(tmp_path: Path, page: Path) -> None:
    instant(tmp_path, page)
    view = tmp_path / "out" / "page.csv"
    edited = view.read_bytes().replace(b"draft", b"final")
    view.write_bytes(edited)
    done = instant(tmp_path, page)
    assert (tmp_path / "out" / "page.edited.csv").read_bytes() == edited
    assert "page.edited.csv" in done.stderr.decode()


def test_two_files_of_one_name_do_not_cover_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(PAGE, encoding="utf-8")
    assert instant(tmp_path, tmp_path / "a", tmp_path / "b").returncode == 0
    assert {path.name for path in (tmp_path / "out").glob("*.csv")} == {"a-page.csv", "b-page.csv"}


def test_segment_shows_blocks_in_reading_order_with_kinds_and_joins() -> None:
    said = run("segment", SEED).stdout.decode()
    assert said.index("推动构建网络空间命运共同体") < said.index("当前,全球新一轮")
    assert "lines 11, 83" in said
    assert "伊万格利‖斯塔说" in said
    blocks = [json.loads(line) for line in run("segment", SEED, "--json").stdout.splitlines()]
    assert [block["order"] for block in blocks] == sorted(block["order"] for block in blocks)
    assert blocks[0]["kind"] == "title"


def test_glossary_find_and_check(tmp_path: Path) -> None:
    assert "World Internet Conference" in run("glossary", "find", "世界互联网大会").stdout.decode()
    assert "Wuzhen" in run("glossary", "find", "wuzhen").stdout.decode()
    assert run("glossary", "check").returncode == 0
    bad = tmp_path / "bad.csv"
    bad.write_text("source,target\n东盟,\n", encoding="utf-8")
    done = run("glossary", "check", "--glossary", bad)
    assert done.returncode == 1
    assert f"{bad}:2: error: 'target' is empty" in done.stdout.decode()


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith(b"bilingual ")


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\x7fELF\x00\x01\x02\x00" * 64, "binary"),
    "page.pdf": (b"%PDF-1.7\n", "cut off"),
    "half.txt": ("世界互联网大会在乌镇举行。".encode()[:-1], "half.txt"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, words = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    complained(instant(tmp_path, tmp_path / name), 3, name, words)
    assert not list((tmp_path / "out").glob("*.csv"))


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, page: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    complained(instant(tmp_path, tmp_path / "bad.txt", page), 3, "bad.txt")
    assert (tmp_path / "out" / "page.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["translate", "none.txt"], 3, "none.txt", id="missing-file"),
        pytest.param(["translate", "{empty}"], 3, "empty", id="folder-without-documents"),
        pytest.param(["translate", "{page}", "--engine", "other"], 2, "other", id="unknown-engine"),
        pytest.param(["translate", "{page}", "--format", "odt"], 2, "odt", id="unknown-format"),
        pytest.param(["translate", "{page}", "--glossary", "none.csv"], 3, "none.csv", id="missing-glossary"),
        pytest.param(["translate"], 2, "INPUT", id="no-input"),
        pytest.param(["segment", "none.txt"], 3, "none.txt", id="segment-missing-file"),
        pytest.param(["nonsense"], 2, "nonsense", id="unknown-command"),
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, page: Path, arguments: list[str], code: int, words: str) -> None:
    (tmp_path / "empty").mkdir()
    filled = [part.format(page=page, empty=tmp_path / "empty") for part in arguments]
    complained(run(*filled, cwd=tmp_path), code, words)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("id,source\na,东盟\n", "column 'target' is missing"),
        ("source,target\n东盟,ASEAN\n东盟,Asean\n", "terms.csv:3"),
        ("source,target\n东盟,ASEAN\n东盟,ASEAN\n", "duplicate"),
    ],
)
def test_a_bad_glossary_stops_the_run_before_it_starts(tmp_path: Path, page: Path, table: str, words: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(table, encoding="utf-8")
    complained(instant(tmp_path, page, "--glossary", path), 3, "terms.csv", words)


def test_a_line_of_200_000_characters_is_translated(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("世界互联网大会在乌镇举行，" * 16_000, encoding="utf-8")
    assert instant(tmp_path, long).returncode == 0


def test_control_characters_are_told_and_left_out(tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_text("世界互联网\x07大会在乌镇举行。\n", encoding="utf-8")
    assert instant(tmp_path, odd).returncode == 0
    (row,) = rows(tmp_path / "out" / "odd.csv")
    assert row["source"] == "世界互联网大会在乌镇举行。"
    assert "U+0007" in row["flags"]


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/version").exists(), reason="needs /proc")
def test_an_output_folder_that_cannot_be_written_is_told(tmp_path: Path, page: Path) -> None:
    complained(run("translate", page, "--engine", "instant", "-o", "/proc/none"), 3, "/proc/none")


def test_without_a_model_the_three_ways_out_are_named(tmp_path: Path, page: Path) -> None:
    home = {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "ARGOS_PACKAGES_DIR": str(tmp_path / "packages"),
    }
    complained(run("translate", page, "-o", tmp_path / "out", environment=home), 4, "bilingual model install")


def test_utf_16_gb18030_and_big5_read_the_same(tmp_path: Path) -> None:
    text = "二零二三年世界互聯網大會在烏鎮舉行,共有一千八百多位嘉賓參加本次峰會。人工智能是人類發展的新領域。\n"
    seen = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        assert instant(tmp_path, path).returncode == 0
        seen.add(tuple(row["source"] for row in rows(tmp_path / "out" / f"{encoding}.csv")))
    assert len(seen) == 1


def test_files_of_a_folder_that_nobody_reads_are_named(tmp_path: Path, page: Path) -> None:
    (page.parent / "in").mkdir()
    page.rename(page.parent / "in" / "page.txt")
    (page.parent / "in" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    complained(instant(tmp_path, page.parent / "in"), 3, "old.doc: passed over", "save it as .docx")
    assert (tmp_path / "out" / "page.tmx").is_file()


def test_a_unit_is_explained_and_nothing_is_written(tmp_path: Path, page: Path) -> None:
    instant(tmp_path, page)
    written = {path: path.read_bytes() for path in (tmp_path / "out").glob("page.*")}
    unit = rows(tmp_path / "out" / "page.csv")[0]["id"]
    options = ("--engine", "instant", "-o", tmp_path / "out", "--explain", unit[:6])
    done = run("translate", page, *options)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    for words in ("世界互联网大会 = World Internet Conference", "What was tried", "← chosen", "Chosen because"):
        assert words in said
    facts = json.loads(run("translate", page, *options, "--json").stdout)
    assert facts["id"] == unit
    assert sum(tried["chosen"] for tried in facts["parts"][0]["tried"]) == 1
    assert written == {path: path.read_bytes() for path in (tmp_path / "out").glob("page.*")}


def test_a_formula_of_the_page_is_explained_as_one(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("本报记者 张博岚\n", encoding="utf-8")
    instant(tmp_path, tmp_path / "p.txt")
    unit = rows(tmp_path / "out" / "p.csv")[0]["id"]
    done = run("translate", tmp_path / "p.txt", "--engine", "instant", "-o", tmp_path / "out", "--explain", unit)
    assert "rendered by rule" in done.stdout.decode()


def test_a_unit_that_is_not_there_cannot_be_explained(tmp_path: Path, page: Path) -> None:
    done = run("translate", page, "--engine", "instant", "-o", tmp_path / "out", "--explain", "zzz")
    complained(done, 3, "no unit 'zzz' in page", "NAME.csv")
    assert not (tmp_path / "out").exists()
