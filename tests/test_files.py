"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from bilingual.errors import BilingualError, InputError, OutputError
from bilingual.files import atomic_write, output_error, sha256_of
from bilingual.formats import FORMATS


def in_process(code: str, *arguments: Path, check: int = 0) -> str:
    """Run `code` in a Python of its own and return what it printed."""
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == check, done.stderr
    return done.stdout


def test_the_bytes_become_the_file_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "aligned" / "乌镇.csv"
    with atomic_write(path) as stream:
        stream.write("世界".encode())
        assert not path.exists()
    assert path.read_text("utf-8") == "世界"
    assert [left.name for left in path.parent.iterdir()] == ["乌镇.csv"]


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), OSError(errno.ENOSPC, "full")], ids=repr)
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "a.tmx"
    path.write_bytes(b"old")
    with pytest.raises((type(error), OutputError)), atomic_write(path) as stream:  # noqa: PT012
        stream.write(b"half")
        raise error
    assert path.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["a.tmx"]


def test_a_killed_process_leaves_the_old_file_and_its_leavings_are_swept(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_bytes(b"old")
    code = """
        import os, signal, sys
        from pathlib import Path
        from bilingual.files import atomic_write
        with atomic_write(Path(sys.argv[1])) as stream:
            stream.write(b"half" * 100_000)
            stream.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """
    in_process(code, path, check=-signal.SIGKILL)
    assert path.read_bytes() == b"old"
    (left,) = (found for found in tmp_path.iterdir() if found != path)
    with atomic_write(path) as stream:
        stream.write(b"new")
    assert left.exists(), "a young one may be another process's"
    os.utime(left, (time.time() - 7200,) * 2)
    with atomic_write(path) as stream:
        stream.write(b"newer")
    assert [found.name for found in tmp_path.iterdir()] == ["a.tmx"]


def test_what_nobody_writes_to_any_more_is_swept_after_a_minute_and_what_is_written_to_stays(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="the system locks no files")
    path, left = tmp_path / "a.tmx", tmp_path / ".a.tmx.1-a.part"
    left.write_bytes(b"half")
    ago = (time.time() - 120,) * 2
    os.utime(left, ago)
    with atomic_write(path) as slow:
        (written,) = tmp_path.glob(".a.tmx.*.part")
        assert not left.exists()
        slow.write(b"slow")
        slow.flush()
        os.utime(written, ago)
        in_process("import sys; from pathlib import Path; from bilingual.files import atomic_write\n"
                   "with atomic_write(Path(sys.argv[1])) as s: s.write(b'quick')", path)  # fmt: skip
        assert path.read_bytes() == b"quick"
        assert written.exists()
    assert path.read_bytes() == b"slow"


def test_a_full_disk_is_told_and_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_bytes(b"old")
    code = """
        import hashlib, resource, sys
        from pathlib import Path
        from bilingual.bitext import Bitext, Text, Unit
        from bilingual.errors import OutputError
        from bilingual.files import atomic_write
        from bilingual.formats import FORMATS
        words = lambda n: hashlib.sha512(str(n).encode()).hexdigest()  # nothing makes them shorter
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        units = tuple(Unit(str(n), "", Text(words(n))) for n in range(5000))
        for form in FORMATS:
            try:
                with atomic_write(Path(sys.argv[1])) as stream:
                    form.write(Bitext("zh", "en", (), units), stream)
            except OutputError as error:
                print(error)
    """
    told = in_process(code, path).splitlines()
    assert len(told) == len(FORMATS)
    assert all("a.tmx: cannot be written: the file would be larger" in line for line in told)
    assert path.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["a.tmx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_device_is_written_directly_and_its_fullness_told() -> None:
    with pytest.raises(OutputError, match="the disk is full – make room"), atomic_write(Path("/dev/full")) as stream:
        stream.write(b"x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no users on this system")
def test_a_folder_where_one_may_not_write_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code = """
        import os, sys
        from pathlib import Path
        from bilingual.errors import OutputError
        from bilingual.files import atomic_write
        from bilingual.store import Store
        path = Path(sys.argv[1])
        if os.geteuid() == 0:
            os.setuid(65534)
        for write in (lambda: atomic_write(path / "a.tmx").__enter__(), lambda: Store(path / "workbench.sqlite")):
            try:
                write()
            except OutputError as error:
                print(error)
    """
    told = in_process(code, tmp_path).splitlines()
    tmp_path.chmod(0o700)
    assert len(told) == 2
    assert "a.tmx: cannot be written: permission denied – " in told[0]
    assert "workbench.sqlite: cannot be " in told[1]
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "a.tmx").mkdir()
    with pytest.raises(OutputError, match="file, not a folder"), atomic_write(tmp_path / "file" / "deep" / "a.tmx"):
        pass
    with pytest.raises(OutputError, match="there is a folder of that name"), atomic_write(tmp_path / "a.tmx"):
        pass
    with pytest.raises(OutputError, match="name is too long"), atomic_write(tmp_path / ("a" * 300)):
        pass


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO], ids=errno.errorcode.get)
def test_each_refusal_is_one_sentence_naming_the_file(number: int) -> None:
    error = output_error(Path("aligned/a.tmx"), OSError(number, os.strerror(number)))
    assert str(error).startswith("aligned/a.tmx: cannot be written: ")
    assert "Errno" not in str(error)
    assert isinstance(error, BilingualError)
    assert error.exit_code == 3


def test_trouble_with_another_file_inside_is_not_blamed_on_this_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write(tmp_path / "a.tmx"):
        (tmp_path / "other").read_bytes()
    with pytest.raises(InputError), atomic_write(tmp_path / "a.tmx"):
        raise InputError("x")
    assert not list(tmp_path.iterdir())


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    with atomic_write(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc" * 1_000_000)
    expected = sha256_of(b"abc" * 1_000_000)
    assert sha256_of(tmp_path / "a") == sha256_of(io.BytesIO(b"abc" * 1_000_000)) == expected
    assert sha256_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
