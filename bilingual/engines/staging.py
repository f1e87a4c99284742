"""A place beside the packages where one install at a time may make a mess, and nothing of it stays."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = ".bilingual-install-"
_LOCK = ".bilingual-install.lock"


@contextmanager
def staging(packages: Path) -> Iterator[Path]:
    """An empty folder on the same disk as `packages`, gone afterwards; other processes wait for their turn.

    What an install that was killed left behind is removed first: under the lock it can belong to nobody. Raises OSError
    where the folder cannot be written.
    """
    packages.mkdir(parents=True, exist_ok=True)
    beside = _beside(packages)
    with (beside / _LOCK).open("a+b") as lock:
        _wait_for(lock)
        for left in beside.glob(f"{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside, ignore_cleanup_errors=True) as name:
            yield beside / name


def _beside(packages: Path) -> Path:
    """The parent of the packages' folder, because argostranslate chokes on a folder without metadata among them; the
    folder itself only where it is a disk of its own or its parent is closed to us."""
    parent = packages.resolve().parent
    same_disk = parent.stat().st_dev == packages.stat().st_dev
    return parent if same_disk and os.access(parent, os.W_OK) else packages


def _wait_for(lock: IO[bytes]) -> None:
    """Hold the lock until the file is closed, or the process ends in whatever way."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                return
            except OSError:
                time.sleep(0.2)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)


def sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
