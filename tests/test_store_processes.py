"""The store when several processes write at once, and when one is killed in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from bilingual.bitext import Bitext, Text, Unit
from bilingual.store import Store

SAVE = """
    import os, signal, sys
    from pathlib import Path
    from bilingual.bitext import Bitext, Candidate, Origin, OriginKind, Text, Unit
    from bilingual.store import Store
    path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with Store(path) as store:
        for run in range(count):
            words = Text(f"{name} {run}")
            made = (Candidate(words, Origin(OriginKind.MACHINE)),)
            units = tuple(Unit(f"u{n}", "", Text(f"第{n}句。"), words, candidates=made) for n in range(50))
            store.save(name, Bitext("zh", "en", (), units))
"""
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from bilingual import saving
    from bilingual.bitext import Bitext, Text, Unit
    from bilingual.store import Store
    flush = saving.Saving._flush
    def dying(self):
        flush(self)
        os.kill(os.getpid(), signal.SIGKILL)
    saving.Saving._flush = dying
    units = tuple(Unit(f"u{n}", "", Text(f"第{n}句。"), Text("half")) for n in range(5000))
    with Store(Path(sys.argv[1])) as store:
        store.save("页", Bitext("zh", "en", (), units))
"""


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)], stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes], code: int = 0) -> None:
    _, told = process.communicate(timeout=60)
    assert process.returncode == code, told.decode()


def test_processes_that_start_at_once_all_save(tmp_path: Path) -> None:
    path = tmp_path / "workbench.sqlite"
    running = [start(SAVE, path, f"页{number}", 5) for number in range(4)]
    for process in running:
        finish(process)
    with Store(path) as store:
        assert store.names() == ("页0", "页1", "页2", "页3")
        assert {unit.target.string for unit in store.load("页2").units} == {"页2 4"}


def test_a_process_killed_while_saving_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "workbench.sqlite"
    old = Bitext("zh", "en", (), (Unit("u0", "", Text("第0句。"), Text("old")),))
    with Store(path) as store:
        store.save("页", old)
    finish(start(KILLED, path), -signal.SIGKILL)
    with Store(path) as store:
        assert store.load("页") == old
        store.save("页", Bitext("zh", "en", (), ()))
