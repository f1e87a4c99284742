"""What a format for aligned text is, the table of them, and what each can hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from bilingual.errors import InputError, SettingsError
from bilingual.formats.delimited import Csv, Tsv
from bilingual.formats.docx import Docx
from bilingual.formats.html import Html
from bilingual.formats.jsonl import Jsonl
from bilingual.formats.po import Po
from bilingual.formats.tmx import Tmx
from bilingual.formats.xliff import Mqxliff, Sdlxliff, Xliff, Xliff2
from bilingual.formats.xlsx import Xlsx

if TYPE_CHECKING:
    from bilingual.bitext import Bitext


class Format(Protocol):
    """A way to write a bitext down. `suffixes` are the file endings, the one we write first; `holds` names the fields
    of a unit that come back from `read` exactly as `write` was given them.

    A format may say more: `partly`, fields that come back in part (its `write` tells what does not), and `words_only`
    where texts lose their inline codes, `plain_notes` where a query comes back as any other note.
    """

    name: str
    suffixes: tuple[str, ...]
    holds: frozenset[str]

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The bitext in `stream`; InputError, naming `path` and the line, where it holds none."""
        ...

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """Write the same bytes for the same bitext; returns a sentence for everything the format could not take."""
        ...


@runtime_checkable
class Fillable(Protocol):
    """A format that can also put people's work into the very file a bitext was read from."""

    def fill(
        self, bitext: Bitext, original: bytes, stream: BinaryIO, path: Path | str | None = None
    ) -> tuple[str, ...]:
        """`original` with the targets, states and new notes of the bitext, everything else as it was; returns a
        sentence for everything the file has no place for."""
        ...


FORMATS: tuple[Format, ...] = (
    Tmx(), Csv(), Xliff(), Xliff2(), Sdlxliff(), Mqxliff(), Tsv(), Xlsx(), Docx(), Html(), Po(), Jsonl(),
)  # fmt: skip
"""Every format there is. A new one is a module and a line here."""


def named(name: str) -> Format:
    """The format called `name`; SettingsError with the choices where there is none."""
    for form in FORMATS:
        if form.name == name.strip().lower():
            return form
    raise SettingsError(f"there is no format {name!r}", f"choose from {', '.join(form.name for form in FORMATS)}")


def format_of(path: Path) -> Format:
    """The format of a file, by its ending; InputError with the choices where it is none of ours."""
    for form in FORMATS:
        if path.suffix.lower() in form.suffixes:
            return form
    known = ", ".join(suffix for form in FORMATS for suffix in form.suffixes)
    raise InputError(f"{path.suffix or 'no ending'} is no format for aligned text", f"give one of {known}", path=path)


def read_file(path: Path) -> Bitext:
    """The bitext in a file, whatever its format; InputError where it is missing, unreadable or broken."""
    form = format_of(path)
    try:
        with path.open("rb") as stream:
            return form.read(stream, path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error
