"""The inbox: documents that came from the browser and wait for their translation, kept until they are done.

Each is two files in `.inbox` beside the store, under a number of ours: the bytes, and what is to be done with them. A
server that dies and starts again finds them there, so that nothing that was taken in is lost.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bilingual.errors import InputError
from bilingual.files import atomic_write, output_error
from bilingual.serial import dumps, loads

LONGEST_NAME = 100
_DEVICES = re.compile(r"(con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""What Windows takes for a device, with any ending."""
_CUT = re.compile(r"[/\\:*?\"<>|\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
"""What no file's name may hold on one system or another, and marks that turn the writing round."""


@dataclass(frozen=True, slots=True)
class Order:
    """A document to translate: the name it gets, that of its file, and how. `tables` are names of glossary tables, none
    for all of them; without `glossary` no table is used."""

    name: str
    file_name: str
    by: str
    formats: tuple[str, ...] = ("tmx", "csv")
    tables: tuple[str, ...] = ()
    memory: bool = True
    glossary: bool = True


class Inbox:
    """The folder. Whoever takes something out of it says so by `done`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = 0

    def data(self, number: int) -> Path:
        """The file with the bytes of a document."""
        return self._folder / f"{number:06d}.data"

    def waiting(self) -> Iterator[tuple[int, Order]]:
        """What is in it, the first one first."""
        for path in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else ():
            with suppress(ValueError, OSError):
                order, number = loads(Order, path.read_text(encoding="utf-8")), int(path.stem)
                if self.data(number).is_file():
                    yield number, order

    async def take(self, pieces: AsyncIterator[bytes]) -> int:
        """Put a document's bytes in, without an order yet; its number. OutputError where the disk refuses."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            there = (int(path.stem) for path in self._folder.glob("*.*") if path.stem.isdigit())
            number = self._last = 1 + max([self._last, *there])
            with open(self.data(number), "xb", opener=_private) as stream:
                try:
                    async for piece in pieces:
                        stream.write(piece)
                    stream.flush()
                    os.fsync(stream.fileno())
                except BaseException:
                    self.done(number)
                    raise
        except OSError as error:
            raise output_error(self._folder, error) from error
        return number

    def order(self, number: int, order: Order) -> None:
        """Say what is to be done with a document: from now on it is kept until it is done."""
        with atomic_write(self._folder / f"{number:06d}.json") as stream:
            stream.write(dumps(order).encode())

    def done(self, number: int) -> None:
        """Forget a document."""
        for path in (self._folder / f"{number:06d}.json", self.data(number)):
            with suppress(OSError):
                path.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def document_name(text: str) -> str:
    """A name that every system takes for a file's, made of what somebody gave; InputError where nothing is left."""
    name = _CUT.sub(" ", unicodedata.normalize("NFC", text))
    name = " ".join(name.split()).strip(" .")
    while len(name.encode()) > LONGEST_NAME * 2 or len(name) > LONGEST_NAME:
        name = name[:-1].rstrip(" .")
    name = _DEVICES.sub(r"\1_", name, count=1) if _DEVICES.match(name) else name
    if not name:
        raise InputError("the document has no name", "give it one")
    return name


def free_name(name: str, taken: set[str]) -> str:
    """The name, with the lowest number behind it that makes it nobody else's; letter case tells nothing apart."""
    number = 2
    known = {one.casefold() for one in taken}
    while f"{name}-{number}".casefold() in known:
        number += 1
    return name if name.casefold() not in known else f"{name}-{number}"
