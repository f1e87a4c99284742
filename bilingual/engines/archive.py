"""What may be unpacked: an Argos package archive is checked before a single byte of it is written."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bilingual.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIRED = ("metadata.json", "sentencepiece.model", "model/model.bin", "model/config.json")
"""Files without which a package cannot translate, under its one top folder."""

LARGEST = 2_000_000_000
"""Bytes an archive may unpack to; the Chinese model needs 86 MB."""

_CHUNK = 1 << 20
_AGAIN = "download it again and give it with `bilingual model install --from FILE`"


def sha256(path: Path, progress: Callable[[int, int], None] | None = None) -> str:
    """The SHA-256 of a file in hexadecimal; `progress` is told the bytes done and the bytes in all."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if progress:
                progress(done, total)
    return digest.hexdigest()


def check_layout(archive: Path) -> str:
    """The name of the one folder an archive unpacks to.

    Raises EngineError for what is no zip file or a truncated one, for members that would leave that folder (absolute
    names, "..", links), for several top folders, and for missing files.
    """
    try:
        with zipfile.ZipFile(archive) as file:
            members = file.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise EngineError(f"{archive}: not an Argos package, or cut off in the middle", _AGAIN) from error
    for member in members:
        _check_member(archive, member)
    tops = {PurePosixPath(member.filename).parts[0] for member in members}
    if len(tops) != 1:
        raise EngineError(f"{archive}: a package holds one top folder, this one {len(tops)}", _AGAIN)
    top = tops.pop()
    missing = [name for name in REQUIRED if f"{top}/{name}" not in {member.filename for member in members}]
    if missing:
        raise EngineError(f"{archive}: lacks {', '.join(missing)}", _AGAIN)
    if sum(member.file_size for member in members) > LARGEST:
        raise EngineError(f"{archive}: unpacks to more than {LARGEST:,} bytes", _AGAIN)
    return top


def _check_member(archive: Path, member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or not path.parts
    strange = "\\" in name or ":" in name or "\0" in name
    link = (member.external_attr >> 16) & 0o170000 == 0o120000
    if outside or strange or link or path.parts[0].startswith("."):
        raise EngineError(f"{archive}: the member {name!r} would leave the package's folder; nothing was unpacked")


def unpack(archive: Path, into: Path, progress: Callable[[int, int], None] | None = None) -> Path:
    """Unpack a checked archive into the folder `into`, on disk when it returns, and give the package's folder.

    Raises EngineError for a damaged member, OSError for a full disk.
    """
    top = check_layout(archive)
    try:
        with zipfile.ZipFile(archive) as file:
            members, done = file.infolist(), 0
            total = sum(member.file_size for member in members)
            for member in members:
                _write(file, member, into)
                done += member.file_size
                if progress:
                    progress(done, total)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise EngineError(f"{archive}: damaged ({error})", _AGAIN) from error
    return into / top


def _write(file: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    target = into / member.filename
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with file.open(member) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink, _CHUNK)
        sink.flush()
        os.fsync(sink.fileno())
