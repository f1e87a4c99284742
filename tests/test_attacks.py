"""What broke when the program was attacked on purpose, each once, as real processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

BILINGUAL = str(Path(sys.executable).with_name("bilingual"))
PAGE = "二零二三年世界互联网大会在乌镇举行。\n"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [BILINGUAL, *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=False, encoding="utf-8", env={**os.environ, **environment}
    )


def translate(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "translate", "--engine", "instant", "-o", "out", *arguments, **environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def refused(done: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "a fault in bilingual" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_no_system_takes_is_refused_and_the_others_are_done(folder: Path) -> None:
    refused(translate(folder, "x" * 300 + ".txt", "page.txt"), 3, "cannot be looked for")
    assert (folder / "out" / "page.csv").is_file()
    refused(translate(folder, "page.txt", "--glossary", "x" * 300), 3, "cannot be looked for")


def test_an_empty_input_is_not_the_present_folder(folder: Path) -> None:
    refused(translate(folder, ""), 3, "an input is empty")
    assert not (folder / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="names there are no bytes")
def test_a_long_name_in_chinese_has_room_for_its_results(folder: Path) -> None:
    name = "中" * 80
    (folder / "page.txt").rename(folder / f"{name}.txt")
    assert translate(folder, f"{name}.txt").returncode == 0
    assert (folder / "out" / f"{name}.csv").is_file()


def test_a_result_that_cannot_be_written_does_not_stop_the_others(folder: Path) -> None:
    (folder / "out" / "a.tmx").mkdir(parents=True)
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    done = translate(folder, "a.txt", "page.txt", "--json")
    refused(done, 3, "a.tmx")
    assert json.loads(done.stdout)["documents"] == 1
    assert (folder / "out" / "page.csv").is_file()


@pytest.mark.parametrize("change", ["cache SET body = '[1,'", "cache SET body = 'null'", "version SET body = '{'"])
def test_a_store_with_damaged_entries_is_told(folder: Path, change: str) -> None:
    assert translate(folder, "page.txt").returncode == 0
    base = sqlite3.connect(folder / "out" / "workbench.sqlite")
    base.execute(f"UPDATE {change}")
    base.commit()
    base.close()
    (folder / "page.txt").write_text(PAGE + "很好。\n", encoding="utf-8")
    refused(translate(folder, "page.txt"), 3, "workbench.sqlite: is damaged")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('source,target\n乌镇,"Wu\nzhen"\n', "t.csv:2: 'target' holds the control character U+000A"),
        ("source,target\n乌镇,Wu\ufffezhen\n", "t.csv:2: 'target' holds the control character U+FFFE"),
        (f"source,target\n乌镇,{'x' * 20_000}\n", "t.csv:2: 'target' holds more than 500 characters"),
        ("source;target\n乌镇;Wuzhen\n", "put commas between the cells"),
        (
            "source,target\n乌镇,Wuzhen\n乌镇,Black Town\n",
            "t.csv:3: '乌镇' is 'Black Town' here and 'Wuzhen' at t.csv:2",
        ),
    ],
)
def test_a_glossary_s_fault_is_named(folder: Path, table: str, words: str) -> None:
    (folder / "t.csv").write_text(table, encoding="utf-8", newline="")
    refused(translate(folder, "page.txt", "--glossary", "t.csv"), 3, words)


def test_a_path_in_the_settings_holds_no_nul(folder: Path) -> None:
    (folder / "bilingual.toml").write_text('output = "a\\u0000b"\n', encoding="utf-8")
    refused(run(folder, "translate", "--engine", "instant", "page.txt"), 2, "bilingual.toml:1: 'output'")


def test_utf_32_is_refused(folder: Path) -> None:
    (folder / "page.txt").write_text(PAGE * 3, encoding="utf-32")
    refused(translate(folder, "page.txt"), 3, "page.txt: this is UTF-32")


def test_a_terminal_that_knows_no_chinese_is_no_fault(folder: Path) -> None:
    assert translate(folder, "page.txt", PYTHONIOENCODING="ascii").returncode == 0
    assert run(folder, "segment", "page.txt", PYTHONIOENCODING="cp1252").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["translate --engine instant page.txt", "segment page.txt", "--help"])
def test_standard_output_on_a_full_disk(folder: Path, command: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [BILINGUAL, *command.split()], cwd=folder, stdout=full, stderr=subprocess.PIPE,
            check=False, encoding="utf-8",
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("error: ")
    assert "a fault in bilingual" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no shell that closes streams")
@pytest.mark.parametrize("command", ["translate --engine instant -", "segment -"])
def test_standard_input_that_is_closed_is_empty(folder: Path, command: str) -> None:
    line = f'exec "{BILINGUAL}" {command} <&-'
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, check=False, encoding="utf-8")
    refused(done, 3, "-: the file is empty")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_name_that_is_no_text_is_refused_before_the_work(folder: Path) -> None:
    name = os.fsdecode(b"bad\xff.txt")
    (folder / "page.txt").rename(folder / name)
    refused(translate(folder, name), 3, "the file's name is not UTF-8")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    done = translate(folder, "page.txt", name, "missing" + name, "--json", PYTHONIOENCODING="utf-8:strict")
    refused(done, 3, "missingbad")
    assert len(json.loads(done.stdout)["refused"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process")
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="a shell that runs us behind ignores it")
def test_ctrl_c_says_that_the_work_is_kept(folder: Path) -> None:
    (folder / "page.txt").write_text(PAGE * 20_000, encoding="utf-8")
    command = [BILINGUAL, "translate", "--engine", "instant", "-o", "out", "page.txt"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as done:
        while done.poll() is None and not (folder / "out" / "workbench.sqlite").exists():
            time.sleep(0.05)
        done.send_signal(signal.SIGINT)
        _, told = done.communicate(timeout=60)
    assert (done.returncode, told.count("stopped: what was finished is kept")) == (130, 1)
    assert not [path for path in (folder / "out").iterdir() if path.suffix in {".tmx", ".csv", ".part"}]


@pytest.mark.skipif(sys.platform == "win32", reason="no shell that closes streams")
def test_standard_error_that_is_closed_hinders_nothing(folder: Path) -> None:
    line = f'exec "{BILINGUAL}" translate --engine instant -o out page.txt 2>&-'
    assert subprocess.run(["sh", "-c", line], cwd=folder, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert (folder / "out" / "page.csv").is_file()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_read_is_not_called_empty(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    refused(translate(folder, "closed"), 3, "closed: the folder cannot be read")
