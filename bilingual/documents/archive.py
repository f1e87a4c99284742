"""The one door for packages (docx, epub): nothing unpacks to more than is sane, nothing leaves the package, nothing is
written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bilingual.errors import InputError

MOST_MEMBERS = 20_000
"""How many files a package may hold."""

LARGEST_MEMBER = 256 << 20
"""How many bytes one file in it may unpack to."""

LARGEST = 1 << 30
"""How many bytes all of them may unpack to together."""

STEEPEST = 300
"""How many times its packed size a file from SMALL bytes on may unpack to: dull XML reaches 100, a bomb 1,000."""

SMALL = 4 << 20
"""Up to this size a file may be packed as tightly as it likes."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "get it again, or save it again in the program it comes from"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Archive:
    """A package that was looked through: its files by name, folders left out. `name` is the package's, for messages."""

    name: str
    file: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def find(self, member: str) -> str | None:
        """The name under which a file is in the package, capitals or not (Text/A.xhtml, text/a.xhtml)."""
        if member in self.members:
            return member
        return next((name for name in self.members if name.lower() == member.lower()), None)

    def read(self, member: str) -> bytes:
        """The bytes of a file; raises InputError where it is missing, damaged, or unpacks to more than it says."""
        if member not in self.members:
            raise InputError(f"the package lacks '{member}'", _AGAIN, path=self.name)
        info = self.members[member]
        try:
            with self.file.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except _BROKEN as error:
            raise InputError(f"'{member}' in the package is damaged ({error})", _AGAIN, path=self.name) from error
        if len(data) != info.file_size:
            raise InputError(f"'{member}' in the package is not of the size it says", _AGAIN, path=self.name)
        return data

    def changed(self, parts: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """The package with other bytes in some files, new ones at its end, and some left out; all else, the order and
        the dates stay, so that the same changes give the same bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            for member, info in self.members.items():
                if member not in dropped:
                    data = parts[member] if member in parts else self.read(member)
                    file.writestr(_entry(member, info.compress_type, info.date_time), data)
            for member in parts:
                if member not in self.members:
                    file.writestr(_entry(member, zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)), parts[member])
        return stream.getvalue()


def open_archive(data: bytes, name: str) -> Archive:
    """The package in `data`; `name` is for messages.

    Raises InputError for what is no zip archive or one cut short, for members that are locked with a password, packed
    in a way nobody uses here, doubled or named as if they lay outside, and for what unpacks to too much.
    """
    if not data:
        raise InputError("the file is empty", _AGAIN, path=name)
    if data.startswith(OLD_OFFICE):
        what = "the file is locked with a password, or in an old Office format"
        raise InputError(what, "open it, and save it without password in the new format", path=name)
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise InputError("the file is no zip package, or was cut short", _AGAIN, path=name) from error
    infos = file.infolist()
    if len(infos) > MOST_MEMBERS:
        raise InputError(f"the package holds {len(infos):,} files, more than {MOST_MEMBERS:,}", path=name)
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        member = _checked(info, name)
        if member in members:
            raise InputError(f"the package holds two files of the name '{member}'", _AGAIN, path=name)
        if not member.endswith("/"):
            members[member] = info
    if sum(info.file_size for info in members.values()) > LARGEST:
        raise InputError(f"the package unpacks to more than {LARGEST >> 20:,} MB", "split the document", path=name)
    return Archive(name, file, members)


def _checked(info: zipfile.ZipInfo, name: str) -> str:
    """The member's name, once the member is known to be harmless."""
    member = info.filename.replace("\\", "/")
    path = PurePosixPath(member)
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise InputError(f"the member {info.orig_filename!r} would lie outside the package", _AGAIN, path=name)
    if info.flag_bits & 0x1:
        raise InputError(f"'{member}' is locked with a password", "save the file without one", path=name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise InputError(f"'{member}' is packed in an unusual way", _AGAIN, path=name)
    if info.file_size > LARGEST_MEMBER:
        raise InputError(f"'{member}' unpacks to more than {LARGEST_MEMBER >> 20} MB", "split the document", path=name)
    if info.file_size > SMALL and info.file_size > STEEPEST * info.compress_size:
        what = f"'{member}' unpacks to {info.file_size // max(1, info.compress_size):,} times its size, as a bomb does"
        raise InputError(what, "do not open it; ask for the file again", path=name)
    return member


def _entry(member: str, packing: int, date: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(member, date)
    entry.compress_type = packing
    entry.external_attr = 0o644 << 16
    return entry
