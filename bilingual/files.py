"""Writing files so that nobody ever meets half of one, and telling one file's bytes from another's."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from bilingual.errors import OutputError

STALE_SECONDS = 3600.0
"""A temporary file nobody has written to for this long was left by a process that was killed."""

YOUNG_SECONDS = 60.0
"""One that is younger than this may be any process's; in between, whoever writes to one holds a lock on it."""

CAUSES = {
    errno.ENOSPC: ("the disk is full", "make room and run it again"),
    errno.EDQUOT: ("your quota on this disk is used up", "make room and run it again"),
    errno.EFBIG: ("the file would be larger than this system allows", "raise the limit or split the input"),
    errno.EACCES: ("permission denied", "choose another folder, or allow writing there"),
    errno.EPERM: ("permission denied", "choose another folder, or allow writing there"),
    errno.EROFS: ("the disk is read-only", "choose another folder"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "choose another folder"),
    errno.EEXIST: ("a part of the path is a file, not a folder", "choose another folder"),
    errno.EISDIR: ("there is a folder of that name", "choose another name"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
}


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file at `path` in one step when the block ends well, and are gone otherwise.

    Missing folders are made. What stood at `path` stays whole until that step, and stays for good when the block
    raises. A link is followed; a pipe or device is written to directly. Raises OutputError where the system refuses.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{_temporary(target)}{os.getpid()}-{time.monotonic_ns():x}.part")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb", buffering=0) as device:
                yield device
            return
        _prepare(target)
        with temporary.open("xb") as stream:
            _locked(stream)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _move(temporary, target)
    except OSError as error:
        if error.filename not in {None, str(temporary), str(target), str(target.parent)}:
            raise  # the block's own trouble with some other file
        raise output_error(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def exclusive(paths: Iterable[Path]) -> Iterator[None]:
    """A block in which no other process of ours is that works on files of the same folders: for what is read, changed
    and written again. Where the system locks no folders (Windows) nothing is held."""
    with ExitStack() as held:
        for folder in sorted({Path(os.path.realpath(path)).parent for path in paths}):
            held.enter_context(_held(folder))
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    try:
        import fcntl

        lock = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # what cannot be opened is told by what reads or writes there
        yield
        return
    try:
        with suppress(OSError):  # some network drives have no locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def output_error(path: Path, error: OSError) -> OutputError:
    """`error` as one sentence for the user: what could not be written, why, and what to do."""
    cause, hint = CAUSES.get(error.errno or 0, (error.strerror or str(error) or type(error).__name__, ""))
    return OutputError(f"{path}: cannot be written: {cause}", hint)


def sha256_of(source: Path | bytes | IO[bytes]) -> str:
    """The SHA-256 of a file's bytes, of bytes, or of what is left of a stream, in hexadecimal; OSError as it comes."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return sha256_of(stream)
    digest = hashlib.sha256()
    while piece := source.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _temporary(target: Path) -> str:
    """How the names of the target's temporary files begin: short, for a system may count a name in bytes."""
    return f".{target.name[:40]}."


def _prepare(target: Path) -> None:
    """The folder made and cleared of what killed processes left; refuses a file its owner has made read-only."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only", str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:  # it may name any folder above
        raise OSError(error.errno, error.strerror, str(target.parent)) from error
    for left in target.parent.iterdir():
        if left.name.startswith(_temporary(target)) and left.suffix == ".part":
            with suppress(OSError):
                if _abandoned(left):
                    left.unlink()


def _abandoned(left: Path) -> bool:
    """Whether no process writes to a temporary file any more."""
    age = time.time() - left.stat().st_mtime
    if YOUNG_SECONDS < age < STALE_SECONDS:
        with left.open("r+b") as stream:
            return _locked(stream)
    return age >= STALE_SECONDS


def _locked(stream: IO[bytes]) -> bool:
    """Lock a file for as long as it is open here; False where another process has, or the system locks no files."""
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _move(temporary: Path, target: Path) -> None:
    """The step itself, made to last: the folder is synchronised too where the system knows how."""
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o7777)
    temporary.replace(target)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
