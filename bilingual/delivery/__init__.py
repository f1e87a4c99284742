"""The way out again: what a delivered document is made of, and which module writes which kind of file."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bilingual.bitext import Block, Code, Document, Kind, Text
from bilingual.errors import InputError

UNREVIEWED = "unreviewed"
"""The type of the codes around what no person has reviewed, where that is to be shown."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its English, for reading side by side; `reviewed`: by a person."""

    source: Text
    target: Text
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """A block as it goes out.

    `text` is its English with the codes of the source block, each once, nested; the source itself where there is
    nothing to translate (an empty cell, a lone mark). Codes of type UNREVIEWED are ours, not the source's. `pairs` are
    its sentences, none where there is nothing to translate.
    """

    block: Block
    text: Text
    pairs: tuple[Pair, ...] = ()

    @property
    def kind(self) -> Kind:
        """What the block is on its page."""
        return self.block.kind


@dataclass(frozen=True, slots=True)
class Delivery:
    """An English document on its way out: blocks in reading order, and what it says at its head ("" for nothing)."""

    document: Document
    blocks: tuple[Delivered, ...]
    notice: str = ""

    @property
    def shows_state(self) -> bool:
        """Whether it is to be seen what no person has reviewed."""
        return bool(self.notice) or any(code.type == UNREVIEWED for item in self.blocks for code in item.text.codes)

    @property
    def title(self) -> str:
        """The English of the document's title; its name where it has none."""
        titles = (item.text.string for item in self.blocks if item.kind is Kind.TITLE)
        return next(titles, self.document.name)


WRITERS: dict[str, str] = {
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".epub": "epub",
    ".txt": "plain",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
"""Which module of this package writes files of which ending.

`make(delivery, suffix) -> bytes`: a new file. `FORMS`: the forms (`Template.format`) whose source file can be the
template; `fill(delivery, source, suffix) -> bytes`: that file with the English in the place of the Chinese.
`side_by_side(delivery) -> bytes`, where the module has it: a document of two columns.
"""


NEW = "the file it was read from is not in the store, so this is a new one without its styles"
STAY_BEHIND = {
    "markdown": "program text in blocks, raw HTML and pictures stay behind in the .md",
    "html": "pictures, forms and scripts stay behind in the page",
    "epub": "pictures stay behind in the book",
    "docx": "pictures, charts and page set-up stay behind in the .docx",
}
"""What a new document does not take along from a file of another kind."""


def kept_words(code: Code) -> str:
    """The words a lone code holds that nobody translates: a piece of program text, a bare address."""
    if code.type == "code":
        return re.sub("<[^<>]*>", "", code.data).strip("` ")
    return code.href if code.type == "link" else ""


def written(
    delivery: Delivery, path: Path, source: bytes | None = None, *, side_by_side: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the document for a file named `path`, and what its reader should be told.

    `source` is the file the document was read from: where the kind of file is the same, the English is put into it.
    `side_by_side`: both languages in two columns. Raises InputError for a kind of file that cannot be written so.
    """
    writer, suffix = _writer_of(path), path.suffix.lower()
    if side_by_side:
        if not hasattr(writer, "side_by_side"):
            raise InputError(f"'{suffix}' files have no two columns", f"choose one of {', '.join(_TWO)}", path=path)
        return writer.side_by_side(delivery), ()
    form = delivery.document.template.format if delivery.document.template else ""
    if form in writer.FORMS and source is not None:
        return writer.fill(delivery, source, suffix), ()
    shown = replace(delivery, blocks=_shown(delivery.blocks))
    told = NEW if form in writer.FORMS else STAY_BEHIND.get(form, "")
    return writer.make(shown, suffix), (f"{path.name}: {told}",) if told else ()


def _shown(blocks: tuple[Delivered, ...]) -> tuple[Delivered, ...]:
    """What a new document has a place for: no labels of pictures and fields, which it lacks, and no title (of a page's
    head, of a book) that a heading says again."""
    headings = {item.block.text.string for item in blocks if item.kind is Kind.HEADING}
    again = [item for item in blocks if item.kind is Kind.TITLE and item.block.text.string in headings]
    return tuple(item for item in blocks if item.kind is not Kind.LABEL and item not in again)


def _writer_of(path: Path) -> Any:
    """Who writes a file of this name; raises InputError with the choices where nobody does."""
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        what = f"'{suffix}' is no kind of document we can write" if suffix else "the name has no ending"
        raise InputError(what, f"choose one of {', '.join(WRITERS)}", path=path)
    return importlib.import_module(f"{__name__}.{WRITERS[suffix]}")


_TWO = (".docx", ".html")
