"""The documentation tells the truth: its commands run, its Python runs, its columns are those of the code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from bilingual.bitext import TermKind, TermStatus
from bilingual.glossary import COLUMNS
from tests.conftest import ROOT

README = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "docs/documents.md"))
COMMANDS = re.findall(r"^    ((?:cat page\.txt \| )?bilingual .+?)(?:  +#.*)?$", README, re.MULTILINE)
SILENT = re.compile("--install-completion|bilingual review")
"""What changes the machine, and what serves until it is stopped: tests/test_review_*.py do that."""
BOTH = {
    "zh": "世界互联网大会在乌镇举行。\n共有1800多位嘉宾参加本次峰会。\n《乌镇数字贸易倡议》在会上发布。\n",
    "en": "The World Internet Conference was held in Wuzhen.\nMore than 1,800 guests attended the summit.\n"
    "The Wuzhen Digital Trade Initiative was released at the conference.\n",
}


def bilingual(folder: Path, *arguments: str | Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("bilingual"), *arguments],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("command", [c for c in COMMANDS if not SILENT.search(c)])
def test_every_documented_command_runs(command: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for page in (tmp_path / "page.txt", tmp_path / "folder" / "one.txt"):
        page.write_text("世界互联网大会在乌镇举行。\n《乌镇数字贸易倡议》在会上发布。\n", encoding="utf-8")
    (tmp_path / "bilingual.toml").write_text('engine = "instant"\n', encoding="utf-8")
    report = docx.Document()
    report.add_paragraph("世界互联网大会在乌镇举行。")
    report.save(str(tmp_path / "report.docx"))
    for name, text in BOTH.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        same = docx.Document()
        for line in text.splitlines():
            same.add_paragraph(line)
        same.save(str(tmp_path / f"report-{name}.docx"))
    if command.split()[1] in {
        "deliver",
        "convert",
        "merge",
        "history",
        "memory",
        "check",
    }:  # what was translated before
        bilingual(tmp_path, "translate", "page.txt", "report.docx")
    if command.startswith("bilingual memory search"):
        bilingual(tmp_path, "memory", "import", "aligned/page.tmx")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or " -o " in command


def test_there_are_documented_commands() -> None:
    assert {shlex.split(command)[1] for command in COMMANDS if command.startswith("bilingual")} >= {
        "translate",
        "segment",
        "glossary",
        "model",
    }


def test_the_documented_python_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code.replace('"argos"', '"instant"')],
        cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "utf-8"}, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert "推动构建网络空间命运共同体 →" in done.stdout.decode()


def test_every_column_kind_and_status_of_the_glossary_is_documented() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in page for column in COLUMNS)
    assert all(value in page for value in (*TermKind, *TermStatus))


def test_every_part_is_in_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = [path.stem for path in (ROOT / "bilingual").iterdir() if path.stem[0] != "_" and path.name != "data"]
    assert not [part for part in parts if f"`{part}" not in page and f"/{part}.py`" not in page]
