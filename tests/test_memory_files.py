"""The memory's file: several processes, one that is killed, and files that are damaged, foreign, full or read-only."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from bilingual.bitext import State, Text, Unit
from bilingual.errors import InputError, OutputError
from bilingual.memory import Memory, Pair, Use, postings, writing
from bilingual.memory.exchange import import_file
from bilingual.memory.forms import form
from bilingual.memory.postings import Index
from bilingual.memory.salvage import salvage
from tests.test_memory_exchange import tmx, tu

ADD = """
    import sys
    from pathlib import Path
    from bilingual.bitext import Text, Unit
    from bilingual.memory import Memory
    name = sys.argv[2]
    with Memory(Path(sys.argv[1])) as memory:
        for run in range(10):
            numbers = range(run * 5, run * 5 + 5)
            units = [Unit(f"u{n}", "", Text(f"{name}说第{n}句。"), Text(f"{name} {n}")) for n in numbers]
            memory.add([*units, Unit("same", "", Text("大会开幕。"), Text("Opening."))], document=name)
            assert memory.lookup(units[0].source)[0].entry.source == units[0].source
"""
IMPORT = """
    import sys
    from pathlib import Path
    from bilingual.memory import Memory, writing
    from bilingual.memory.exchange import import_file
    writing.CHUNK = 50
    with Memory(Path(sys.argv[1])) as memory:
        import_file(memory, Path(sys.argv[2]), progress=lambda batch: print(batch.added, flush=True))
"""


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def sentences(count: int) -> list[tuple[str, str]]:
    """Sentences of different words, and their English."""
    return [
        ("".join(chr(0x4E00 + (n * 7919 + k * 104729) % 9000) for k in range(8)) + "。", f"No. {n}")
        for n in range(count)
    ]


def sample(path: Path, count: int) -> Path:
    with Memory(path) as memory:
        pairs = [Pair(Text(zh), Text(en), Use("d", f"u{n}")) for n, (zh, en) in enumerate(sentences(count))]
        memory.put(pairs, kind="import", name="sample")
    return path


def test_processes_that_add_at_once_all_keep_their_own_and_share_what_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    running = [start(ADD, path, f"甲{n}") for n in range(3)]
    for process in running:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told.decode()
    with Memory(path) as memory:
        assert memory.check() == ()
        assert memory.statistics().entries == 3 * 50 + 1
        assert len(memory.lookup("大会开幕。")[0].entry.uses) == 3


def test_an_import_killed_in_the_middle_leaves_a_sound_memory_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    file = tmx(tmp_path / "a.tmx", *(tu(("zh", zh), ("en", en)) for zh, en in sentences(4000)))
    importing = start(IMPORT, path, file)
    assert importing.stdout
    acknowledged = int(importing.stdout.readline())
    os.kill(importing.pid, signal.SIGKILL)
    importing.communicate(timeout=60)
    with Memory(path) as memory:
        assert memory.check() == ()
        (stopped,) = memory.batches()
        assert stopped.state == "stopped"
        assert acknowledged <= memory.statistics().entries
        assert memory.lookup(sentences(1)[0][0], minimum=90)
        done = import_file(memory, file)
        assert (done.id, done.state, memory.statistics().entries) == (stopped.id, "done", 4000)
        memory.undo(done.id)
        assert memory.statistics().entries == 0


def test_readers_go_on_while_another_process_writes(tmp_path: Path) -> None:
    path = sample(tmp_path / "memory.sqlite", 10)
    file = tmx(tmp_path / "a.tmx", *(tu(("zh", zh), ("en", en)) for zh, en in sentences(3000)))
    importing = start(IMPORT, path, file)
    with Memory(path, readonly=True) as memory:
        asked = 0
        while importing.poll() is None:
            assert memory.lookup(sentences(1)[0][0])[0].score >= 95
            asked += 1
            time.sleep(0.01)
        assert memory.statistics().entries == 3000
    importing.communicate()
    assert asked > 3


def test_a_reader_sees_one_moment_even_while_blocks_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "SMALL", 16)
    monkeypatch.setattr(postings, "LARGE", 64)
    path = tmp_path / "memory.sqlite"
    every = sentences(300)
    with Memory(path) as writer, Memory(path, readonly=True) as reader:
        for at in range(0, 300, 20):
            units = [Unit(f"u{at + n}", "", Text(zh), Text(en)) for n, (zh, en) in enumerate(every[at : at + 20])]
            writer.add(units, document="d")
            for zh, en in every[: at + 20 : 7]:
                changed = zh[:3] + "一" + zh[4:]
                assert reader.lookup(changed)[0].entry.target.string == en
        assert {size for (size,) in writer._base.execute("SELECT size FROM block")} == {16, 64}
        assert writer.check() == ()


def test_the_index_finds_what_a_scan_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rapidfuzz.distance import Levenshtein

    monkeypatch.setattr(postings, "SMALL", 64)
    monkeypatch.setattr(postings, "LARGE", 256)
    path = sample(tmp_path / "memory.sqlite", 700)
    with Memory(path) as memory:
        index = Index(memory._base)
        forms = [form(zh) for zh, _ in sentences(700)]
        for at in range(0, 700, 50):
            asked = forms[at][:2] + "一二" + forms[at][4:]
            truth = max(Levenshtein.normalized_similarity(asked, known) for known in forms)
            assert index.like(asked, 0.5, 1)[0][1] == truth


def test_another_programs_database_and_a_workbench_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE mine (x)")
    base.close()
    before = path.read_bytes()
    for readonly in (True, False):
        with pytest.raises(InputError, match=r"other\.sqlite: is (another program's|no memory)"):
            Memory(path, readonly=readonly)
    assert path.read_bytes() == before


def test_a_newer_memory_is_refused(tmp_path: Path) -> None:
    path = sample(tmp_path / "memory.sqlite", 3)
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 9")
    base.close()
    for readonly in (True, False):
        with pytest.raises(InputError, match="newer bilingual"):
            Memory(path, readonly=readonly)


def test_a_memory_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no memory here yet"):
        Memory(tmp_path / "memory.sqlite", readonly=True)
    assert not [*tmp_path.iterdir()]


def test_a_file_of_rubbish_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"not a database at all" * 500)
    for readonly in (True, False):
        with pytest.raises(InputError, match="is damaged") as told:
            Memory(path, readonly=readonly)
        assert "salvage" in told.value.hint
    assert path.read_bytes() == b"not a database at all" * 500
    with pytest.raises(InputError, match="nothing in it can be read"):
        salvage(path, tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


def test_what_can_be_read_of_a_damaged_memory_is_saved_into_a_new_one(tmp_path: Path) -> None:
    path = sample(tmp_path / "memory.sqlite", 3000)
    base = sqlite3.connect(path)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    query = "SELECT pageno FROM dbstat WHERE name IN ('entry', 'use') AND pagetype = 'leaf'"
    pages = [page for (page,) in base.execute(query)] if _has_dbstat(base) else [20, 40, 60]
    size = base.execute("PRAGMA page_size").fetchone()[0]
    base.close()
    data = bytearray(path.read_bytes())
    for page in pages[2:6]:
        data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    done = salvage(path, tmp_path / "new.sqlite")
    assert 2000 < done.pairs <= 3000
    assert path.read_bytes() == data
    with Memory(tmp_path / "new.sqlite") as memory:
        assert memory.check() == ()
        assert memory.statistics().entries == done.pairs
    with pytest.raises(InputError, match="is there already"):
        salvage(path, tmp_path / "new.sqlite")


def spoilt(path: Path, good: bytes, bad: bytes) -> Path:
    """A memory with `bad` bytes in the place of the first `good` ones."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    data = path.read_bytes()
    assert good in data
    path.write_bytes(data.replace(good, bad, 1))
    return path


def test_a_table_whose_own_words_are_broken_hides_no_other(tmp_path: Path) -> None:
    path = spoilt(sample(tmp_path / "memory.sqlite", 30), b"CREATE TABLE use (", b"CREATE TABLE use )")
    for readonly in (True, False):
        with pytest.raises(InputError, match="is damaged") as told:
            Memory(path, readonly=readonly)
        assert "salvage" in str(told.value)
    assert salvage(path, tmp_path / "new.sqlite").pairs == 30
    with Memory(tmp_path / "new.sqlite") as memory:
        assert {use.state for entry in memory.entries() for use in entry.uses} == {State.DRAFT}


def test_text_that_is_no_utf8_is_told_as_damage_and_is_not_saved(tmp_path: Path) -> None:
    zh, _ = sentences(1)[0]
    raw = zh.encode()
    path = tmp_path / "memory.sqlite"
    sample(path, 30)
    base = sqlite3.connect(path)
    base.execute("UPDATE entry SET source = CAST(? AS TEXT) WHERE source = ?", (b"\xff" + raw[1:], zh))
    base.commit()
    base.close()
    with Memory(path, readonly=True) as memory, pytest.raises(InputError, match="is damaged: some of its text"):
        [*memory.entries()]
    assert salvage(path, tmp_path / "new.sqlite").pairs == 29


def _has_dbstat(base: sqlite3.Connection) -> bool:
    try:
        base.execute("SELECT 1 FROM dbstat LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def test_a_locked_memory_is_told(tmp_path: Path) -> None:
    path = sample(tmp_path / "memory.sqlite", 3)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Memory(path, wait=0.05) as memory:
        assert memory.lookup(sentences(1)[0][0])
        with pytest.raises(OutputError, match="another process is writing"):
            memory.add([Unit("u", "", Text("新。"), Text("New."))], document="d")
    other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_is_told_and_what_was_there_is_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sample(tmp_path / "memory.sqlite", 50)
    monkeypatch.setattr(writing, "CHUNK", 200)
    with Memory(path) as memory:
        pages = memory._base.execute("PRAGMA page_count").fetchone()[0]
        memory._base.execute(f"PRAGMA max_page_count = {pages + 40}")
        pairs = [Pair(Text(zh), Text(en), Use("e", f"u{n}")) for n, (zh, en) in enumerate(sentences(5000)[50:])]
        with pytest.raises(OutputError, match="disk is full"):
            memory.put(pairs, kind="import", name="much")
    with Memory(path) as memory:
        assert memory.check() == ()
        assert memory.statistics().entries >= 50
        assert memory.lookup(sentences(1)[0][0], minimum=90)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_memory_in_a_folder_one_may_not_write_in_is_read(tmp_path: Path) -> None:
    path = sample(tmp_path / "memory.sqlite", 3)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Memory(path, readonly=True) as memory:
            assert memory.lookup(sentences(1)[0][0])
        with pytest.raises(OutputError), Memory(path) as memory:
            memory.add([Unit("u", "", Text("新。"), Text("New."), state=State.FINAL)], document="d")
    finally:
        tmp_path.chmod(0o755)
