"""kill -9 at random moments of translating, merging, rebuilding and importing: what is left must be whole.

After each kill the store passes its integrity check, the aligned files are whole, every word that a finished command
acknowledged is there, and the same command run again ends well.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bench.common import Rows, row
from bilingual.bitext import Bitext, Text, Unit
from bilingual.errors import BilingualError
from bilingual.formats import named, read_file
from bilingual.store import Store

KILLS = 50
PARAGRAPHS = 150
"""Of two sentences each."""
TIRED = 4 * KILLS
"""Tries after which no more kills are waited for: a command that ended before its kill is no kill."""
IMPORTED = 3000
"""Pairs in each file that goes into the memory."""
_PROGRAM = "from bilingual.cli import main; main()"


def run(data: Path | None) -> Rows:
    """Kills, in turn during each of the commands."""
    del data
    with tempfile.TemporaryDirectory() as folder:
        bench = Faults(Path(folder))
        kills = bench.run()
    note = f"{len(bench.jobs)} commands in turn, {bench.writing} of the kills in the middle of writing; instant engine"
    problems = "; ".join(bench.problems[:3])
    return {
        "faults.kills_survived": row(kills - len(bench.problems), f"of {kills}", f"{note} {problems}".strip()),
        **{f"faults.kills.{name}": row(count, "kills", "") for name, count in bench.kills.items()},
    }


class Faults:
    """A document that is translated, merged into and rebuilt while processes are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.aligned = folder / "aligned"
        self.problems: list[str] = []
        self.acknowledged: dict[str, str] = {}
        self.lines: list[str] = []
        self.imported = 0
        self.writing = 0
        self.random = random.Random(5)
        self.jobs: dict[str, Callable[[int], Iterator[list[str]]]] = {
            "translate": self._translate, "merge": self._merge, "rebuild": self._rebuild, "import": self._import,
        }  # fmt: skip
        self.kills = dict.fromkeys(self.jobs, 0)

    def run(self) -> int:
        """How many processes were killed."""
        self._page()
        _finish(["translate", "page.txt", "--engine", "instant", "-q"], self.folder)
        times: dict[str, float] = {}
        names = [*self.jobs]
        for turn in range(TIRED):
            if sum(self.kills.values()) == KILLS:
                break
            name = names[sum(self.kills.values()) % len(names)]
            job = self.jobs[name](turn)
            command = next(job)
            if name not in times:  # how long it takes, in a copy of everything
                with tempfile.TemporaryDirectory() as copy:
                    shutil.copytree(self.folder, copy, dirs_exist_ok=True)
                    times[name] = _finish(command, Path(copy))
            killed = self._killed(command, times[name])
            self.kills[name] += killed
            try:
                self._look()
                for _ in job:  # it finishes what was begun, and looks at it
                    self._look()
            except (AssertionError, BilingualError, sqlite3.Error, OSError) as error:
                self.problems.append(f"{name} {turn}: {error}")
        return sum(self.kills.values())

    def _killed(self, command: list[str], seconds: float) -> bool:
        """Run a command and kill it at a random moment; whether it was still running."""
        process = _command(*command, cwd=self.folder)
        time.sleep(seconds * self.random.uniform(0.25, 1.0))
        running = process.poll() is None
        if running:
            process.send_signal(signal.SIGKILL)
        process.wait()
        self.writing += running and any(
            path.suffix == ".part" or (path.name.endswith("-wal") and path.stat().st_size)
            for path in self.folder.rglob("*")
        )  # fmt: skip
        return running

    def _look(self) -> None:
        """AssertionError where a store is broken, an aligned file is not whole, or acknowledged words are gone."""
        for path in self.folder.rglob("*.sqlite"):
            with closing(sqlite3.connect(path)) as base:
                found = base.execute("PRAGMA integrity_check").fetchone()[0]
            assert found == "ok", f"{path.name}: {found}"
        for path in (*self.aligned.glob("*.tmx"), *self.aligned.glob("*.csv")):
            assert len(read_file(path).units) >= PARAGRAPHS, f"{path.name} is not whole"
        with Store(self.aligned / "workbench.sqlite") as store:
            now = {unit.id: unit.target.string for unit in store.load("page").units}
        lost = [name for name, words in self.acknowledged.items() if now.get(name) != words]
        assert not lost, f"acknowledged words are gone: {lost[:3]}"

    def _page(self) -> None:
        """A page of paragraphs, each with sentences of its own, and what was written since."""
        made = [
            f"第{number}届世界互联网大会在乌镇举行,共有{number * 7}位嘉宾参加。他们说,数字经济增长了{number}%。"
            for number in range(1, PARAGRAPHS + 1)
        ]
        (self.folder / "page.txt").write_text("\n\n".join([*made, *self.lines]), encoding="utf-8")

    def _translate(self, turn: int) -> Iterator[list[str]]:
        """A new sentence at the end of the page."""
        self.lines.append(f"这是新写的第{turn}段。")
        self._page()
        command = ["translate", "page.txt", "--engine", "instant", "-q"]
        yield command
        _finish(command, self.folder)
        with Store(self.aligned / "workbench.sqlite") as store:
            sources = {unit.source.string for unit in store.load("page").units}
        assert self.lines[-1] in sources, "what was translated is not there"
        yield command

    def _merge(self, turn: int) -> Iterator[list[str]]:
        """Three sentences edited in the table, each of them acknowledged once the merge has ended."""
        path = self.aligned / "page.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        edits = {}
        for line in self.random.sample([line for line in rows if line["id"]], 3):
            edits[line["id"]] = line["target"] = f"Words of turn {turn} for {line['id']}."
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        edited = path.read_bytes()
        before = dict(self.acknowledged)
        for name in edits:  # killed, it may have done all of it or nothing
            self.acknowledged.pop(name, None)
        command = ["merge", "aligned/page.csv", "--by", "李雷", "-q"]
        yield command
        with Store(self.aligned / "workbench.sqlite") as store:
            now = {unit.id: unit.target.string for unit in store.load("page").units}
            done = {now[name] == words for name, words in edits.items()}
        assert len(done) == 1, "half of a merge was done"
        assert done == {True} or all(now[name] == words for name, words in before.items()), (
            "acknowledged words are gone"
        )
        kept = any(other.read_bytes() == edited for other in self.aligned.glob("page*.csv"))
        assert done == {True} or kept, "the edited file is gone and its words are not in the store"
        _finish(command, self.folder)
        self.acknowledged |= edits
        yield command

    def _rebuild(self, turn: int) -> Iterator[list[str]]:
        """A new store from the TMX: it is there whole, or not at all."""
        made = self.folder / f"again{turn}"
        command = ["rebuild", "aligned/page.tmx", "-o", made.name]
        yield command
        if not (made / "workbench.sqlite").exists():
            _finish(command, self.folder)
        with Store(made / "workbench.sqlite") as store:
            assert store.load("page").units == read_file(self.aligned / "page.tmx").units, "it was not rebuilt whole"
        shutil.rmtree(made)
        yield command

    def _import(self, turn: int) -> Iterator[list[str]]:
        """A new TMX into a memory that no merge adds to: at its end all of it is there, and all from before."""
        path = self.folder / "new.tmx"
        units = tuple(
            Unit(
                f"m{at}",
                "",
                Text(f"第{turn}届大会的第{at}位嘉宾发言。"),
                Text(f"Guest {at} of conference {turn} spoke."),
            )
            for at in range(IMPORTED)
        )
        with path.open("wb") as stream:
            named("tmx").write(Bitext("zh", "en", (), units), stream)
        command = ["memory", "import", "new.tmx", "--memory", "imports.sqlite", "--quiet"]
        yield command
        assert self._entries() >= self.imported, "imported pairs are gone"
        _finish(command, self.folder)
        self.imported += IMPORTED
        assert self._entries() == self.imported, f"{self._entries()} pairs in the memory, not {self.imported}"
        yield command

    def _entries(self) -> int:
        """How many pairs the memory holds, as the program itself says."""
        if not (self.folder / "imports.sqlite").exists():
            return 0
        command = [sys.executable, "-c", _PROGRAM, "memory", "stats", "--json", "--memory", "imports.sqlite"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=True)
        return int(json.loads(done.stdout)["entries"])


def _command(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *arguments], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _finish(arguments: list[str], cwd: Path) -> float:
    """Run a command to its end; the seconds it took. AssertionError, with what it said, where it fails or hangs."""
    started = time.monotonic()
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=300, check=False)
    except subprocess.TimeoutExpired as error:
        raise AssertionError(f"bilingual {' '.join(arguments)} hangs") from error
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    assert done.returncode == 0, f"bilingual {' '.join(arguments)} ended with {done.returncode}: {' '.join(said)}"
    return time.monotonic() - started
