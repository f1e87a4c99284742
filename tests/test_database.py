"""Opening SQLite files that may only be looked at."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bilingual import database
from bilingual.bitext import Bitext, Document, Text, Unit
from bilingual.errors import InputError
from bilingual.store import Store

APPLICATION = 0x62_69_6C_78
SCHEMA = "CREATE TABLE word (text TEXT)"

READ = """
import os, sys
from pathlib import Path
from bilingual import database
from bilingual.errors import BilingualError
path = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
try:
    base = database.connect(path, {application}, "{schema}", look={look})
    print(*[word for word, in base.execute("SELECT text FROM word")])
    with database.transaction(base, path):
        base.execute("INSERT INTO word VALUES ('more')")
except BilingualError as error:
    print(error)
"""

shut = pytest.mark.skipif(not hasattr(os, "setuid"), reason="no users on this system")


@pytest.fixture
def path() -> Iterator[Path]:
    """A file of ours with one word, closed, where another user may go too."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "project" / "words.sqlite"
        base = database.connect(path, APPLICATION, SCHEMA)
        base.execute("INSERT INTO word VALUES ('乌镇')")
        base.close()
        path.parents[1].chmod(0o755)
        yield path


def read_by_another(path: Path, *, look: bool = True) -> list[str]:
    """What somebody who may not write there reads, and what is said to one who tries to change it."""
    code = READ.format(application=APPLICATION, schema=SCHEMA, look=look)
    path.parent.chmod(0o555)
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    path.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@shut
def test_a_file_in_a_folder_where_one_may_not_write_is_looked_at_and_not_changed(path: Path) -> None:
    word, told = read_by_another(path)
    assert word == "乌镇"
    assert told.startswith(f"{path}: cannot be used: the file or its folder is read-only – allow writing there")


@shut
def test_who_wants_to_write_is_told_at_once(path: Path) -> None:
    (told,) = read_by_another(path, look=False)
    assert "allow writing there" in told


@shut
def test_what_another_process_has_written_and_not_put_away_is_read(path: Path) -> None:
    base = database.connect(path, APPLICATION, SCHEMA)
    base.execute("INSERT INTO word VALUES ('大会')")
    try:
        assert path.with_name("words.sqlite-wal").stat().st_size
        assert read_by_another(path)[0] == "乌镇 大会"
    finally:
        base.close()


@shut
@pytest.mark.parametrize(
    ("kept", "told"), [(("", "-wal", "-shm"), "乌镇 大会"), (("", "-wal"), "allow writing there")], ids=str
)
def test_what_a_killed_process_left_in_the_log_is_read_or_told(path: Path, kept: tuple[str, ...], told: str) -> None:
    base = database.connect(path, APPLICATION, SCHEMA)
    base.execute("INSERT INTO word VALUES ('大会')")
    left = {file: file.read_bytes() for end in kept if (file := path.with_name(f"words.sqlite{end}"))}
    base.close()
    for file, data in left.items():
        file.write_bytes(data)
    assert told in read_by_another(path)[0]


def test_one_who_may_write_looks_as_ever(path: Path) -> None:
    base = database.connect(path, APPLICATION, SCHEMA, look=True)
    base.execute("INSERT INTO word VALUES ('大会')")
    assert base.execute("SELECT count(*) FROM word").fetchone() == (2,)
    base.close()


@pytest.mark.parametrize(
    ("application", "version", "told"),
    [
        (APPLICATION, 2, "older bilingual"), (APPLICATION, 0, "newer bilingual"), (7, 1, "another program's database"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_as_it_is_is_told(path: Path, application: int, version: int, told: str) -> None:
    with pytest.raises(InputError, match=told):
        database.reading(path, application, version)


def test_a_damaged_file_and_an_empty_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(InputError, match="is damaged"):
        database.reading(path, APPLICATION, 1)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        database.reading(path, APPLICATION, 1)


def test_reading_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    base = database.reading(path, APPLICATION, 1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base.execute("INSERT INTO word VALUES ('x')")
    base.close()
    assert path.read_bytes() == before


LOOK = """
import os, sys
from pathlib import Path
import bilingual.errors, bilingual.store
from bilingual.bitext import Text
path = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
with bilingual.store.Store(path, look=True) as store:
    print(*store.names())
    print(store.load("page").units[0].target)
    try:
        store.edit("page", "u", by="me", target="other")
    except bilingual.errors.BilingualError as error:
        print(error)
"""


@shut
def test_a_project_in_a_read_only_folder_can_be_looked_at(path: Path) -> None:
    file = path.with_name("workbench.sqlite")
    with Store(file) as store:
        unit = Unit("u", "b", Text("乌镇"), Text("Wuzhen"))
        store.save("page", Bitext("zh", "en", (Document("page", "zh", "乌镇", ()),), (unit,)))
    path.parent.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    path.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["page", "Wuzhen"]
    assert "read-only" in done.stdout.splitlines()[2]
