"""XLIFF 1.2 and 2.0–2.2, and the forms Trados Studio (SDLXLIFF) and memoQ (MQXLIFF) give it.

`read` takes any of them, whatever the file is called. `write` makes a new file of the format's own kind. `fill` puts
the work of people back into the file it came from and leaves every other byte of it alone.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.bitext import Unit

if TYPE_CHECKING:
    from bilingual.bitext import Bitext


class Xliff:
    """XLIFF 1.2, which every CAT tool reads."""

    name = "xliff"
    suffixes: tuple[str, ...] = (".xlf", ".xliff")
    holds = frozenset(field.name for field in fields(Unit))
    dialect = "1"

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The bitext in a file of any version and dialect, UTF-8 or UTF-16; told by what it holds, not by its name."""
        from bilingual.formats.xliff.reader import read

        return read(stream, path)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """A new file; says which characters XML cannot hold."""
        from bilingual.formats.xliff.writer import write

        return write(bitext, stream, self.dialect)

    def fill(
        self, bitext: Bitext, original: bytes, stream: BinaryIO, path: Path | str | None = None
    ) -> tuple[str, ...]:
        """The file `original`, which the bitext was read from, with its targets, states, locks and new notes; every
        byte that says something else stays. Says which units the file has no place for. InputError as `read`."""
        from bilingual.formats.xliff.filling import fill

        return fill(bitext, original, stream, path)


class Xliff2(Xliff):
    """XLIFF 2.1, with the modules for matches and terms."""

    name = "xliff2"
    suffixes: tuple[str, ...] = (".xlf2", ".xliff2")
    dialect = "2"


class Sdlxliff(Xliff):
    """The XLIFF of Trados Studio."""

    name = "sdlxliff"
    suffixes: tuple[str, ...] = (".sdlxliff",)
    dialect = "sdl"


class Mqxliff(Xliff):
    """The XLIFF of memoQ."""

    name = "mqxliff"
    suffixes: tuple[str, ...] = (".mqxliff",)
    dialect = "mq"
