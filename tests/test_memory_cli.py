"""The memory on the command line, as a translator meets it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.bitext import Bitext, Candidate, Change, Note, Origin, OriginKind, State, Text, Unit
from bilingual.cli import app
from bilingual.errors import InputError
from bilingual.store import Store
from tests.conftest import ROOT
from tests.test_memory_exchange import tmx, tu

PAGE = (ROOT / "docs" / "memory.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (bilingual memory .+?)(?:  +#.*)?$", PAGE, re.MULTILINE)
PAIRS = (
    ("大会于2023年11月8日在乌镇举行。", "The conference was held in Wuzhen on November 8, 2023."),
    ("数字经济增长5.3%。", "The digital economy grew by 5.3 percent."),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tmx(tmp_path / "client.tmx", *(tu(("zh", zh), ("en-US", en)) for zh, en in PAIRS))
    (tmp_path / "page.txt").write_text("数字经济增长6.1%。\n\n别的话。\n\n别的话。\n", encoding="utf-8")
    with Store(tmp_path / "aligned" / "workbench.sqlite") as store:
        drafted = Origin(OriginKind.MACHINE, "m")
        units = (
            Unit("u1", "", Text("会议结束。"), Text("The meeting ended."), state=State.REVIEWED),
            Unit(
                "u2",
                "",
                Text("机器译的。"),
                Text("By machine."),
                state=State.DRAFT,
                origin=drafted,
                candidates=(Candidate(Text("By machine."), drafted),),
            ),
        )
        store.save("report", Bitext("zh", "en", (), units))
    return tmp_path


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["memory", *arguments])
    assert done.exit_code == code, done.output
    return done.stdout


def test_the_documented_commands_run_in_their_order(project: Path) -> None:
    for command in COMMANDS:
        assert run(*shlex.split(command)[2:]), command
    assert len(COMMANDS) == 9


def test_the_documented_python_runs(project: Path) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.stdout.decode() == "context 100 The conference opened.\n", done.stderr.decode()


def test_what_people_did_comes_from_the_store_and_drafts_only_where_asked(project: Path) -> None:
    assert "report: 1 new" in run("add")
    assert "report: 1 new, 1 there already" in run("add", "--drafts")
    (match,) = json.loads(run("search", "--match", "机器译的。", "--json"))
    assert (match["score"], match["penalties"]) == (90, [{"reason": "machine", "points": 10}])


def test_a_draft_that_somebody_has_only_noted_something_on_is_a_draft_still(project: Path) -> None:
    with Store(project / "aligned" / "workbench.sqlite") as store:
        bitext = store.load("report")
        noted = replace(bitext.units[1], notes=(Note("对吗？"),), changed=Change("李雷", "2023-11-09T08:00:00Z"))
        store.save("report", replace(bitext, units=(bitext.units[0], noted)))
        assert store.load("report").units[1].touched
    assert "report: 1 new" in run("add")
    assert "report: 1 new, 1 there already" in run("add", "--drafts")


def test_the_table_of_matches_adds_up(project: Path) -> None:
    run("import", "client.tmx")
    rows = [*csv.DictReader(io.StringIO(run("analyse", "page.txt", "--csv")))]
    found = {row["match"]: int(row["segments"]) for row in rows if int(row["segments"])}
    assert found == {"95–99": 1, "repetitions": 1, "new": 1, "total": 3}
    total = next(row for row in rows if row["match"] == "total")
    assert (total["characters"], total["words"]) == ("12", "1")
    facts = json.loads(run("analyse", "page.txt", "--json"))
    assert facts["tables"][0]["matches"]["95–99"] == {
        "segments": 1, "characters": 6, "words": 1, "english_words": 5,
    }  # fmt: skip
    assert "English words: an estimate, 0.60" in run("analyse", "page.txt")


def test_sentences_like_earlier_ones_count_where_asked(project: Path) -> None:
    (project / "two.txt").write_text("大会今天在乌镇开幕。\n\n大会昨天在乌镇开幕。\n", encoding="utf-8")
    tables = json.loads(run("analyse", "two.txt", "--json"))["tables"]
    assert tables[0]["matches"]["new"]["segments"] == 2
    inside = json.loads(run("analyse", "two.txt", "--json", "--internal"))["tables"]
    assert inside[0]["matches"]["85–94"]["segments"] == 1


def test_several_files_have_a_total_and_a_bad_one_is_told(project: Path) -> None:
    (project / "two.txt").write_text("别的话。\n", encoding="utf-8")
    run("import", "client.tmx")
    out = run("analyse", "page.txt", "two.txt", "none.txt", "--json", code=3)
    tables = json.loads(out)["tables"]
    assert [table["name"] for table in tables] == ["page", "two", "total"]
    assert tables[1]["matches"]["repetitions"]["segments"] == 1


def test_an_import_is_undone_by_its_number(project: Path) -> None:
    assert "Undo it with: bilingual memory undo 1" in run("import", "client.tmx")
    assert "import client.tmx: 2 new" in run("undo")
    run("undo", "1")
    assert run("search", "乌镇") == ""


def test_one_bad_file_does_not_stop_the_others(project: Path) -> None:
    (project / "bad.tmx").write_text("<tmx><body>", encoding="utf-8")
    assert "client.tmx: 2 new" in run("import", "bad.tmx", "client.tmx", code=3)


def test_nothing_is_searched_where_there_is_no_memory(project: Path) -> None:
    done = CliRunner().invoke(app, ["memory", "search", "乌镇"])
    assert isinstance(done.exception, InputError)
    assert "there is no memory here yet" in str(done.exception)
    assert not (project / "memory.sqlite").exists()


def test_an_export_overwrites_nothing_unless_told(project: Path) -> None:
    run("import", "client.tmx")
    run("export", "-o", "out.tmx")
    done = CliRunner().invoke(app, ["memory", "export", "-o", "out.tmx"])
    assert "is there already" in str(done.exception)
    assert "2 entries" in run("export", "-o", "out.tmx", "--replace")
