"""Which files can be read, and by whom: the table of readers, and the three doors to it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from bilingual.bitext import Document
from bilingual.errors import InputError

Progress = Callable[[int, int], None]
"""Called with how many parts of a file (pages, chapters) are read, and of how many."""


class Reader(Protocol):
    """Takes a file's bytes and its name, gives the document; raises InputError for what it cannot read."""

    def __call__(self, data: bytes, name: str, progress: Progress | None = None) -> Document:
        """The document in `data`."""
        ...


STDIN = "-"

READERS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".epub": "epub",
}
"""Which module of this package reads a file of which ending; each has a `read`, and is loaded when it is needed."""

ADVICE = {
    ".doc": "open it in Word or LibreOffice and save it as .docx",
    ".docm": "save it as .docx, which holds no macros",
    ".rtf": "save it as .docx",
    ".odt": "save it as .docx",
    ".wps": "save it as .docx",
    ".pages": "export it as .docx",
    ".mht": "save the page as .html",
    ".png": "an image has no text: run OCR on it first, for example ocrmypdf -l chi_sim",
    ".jpg": "an image has no text: run OCR on it first, for example ocrmypdf -l chi_sim",
}
"""What to do with files that are often sent and that nobody reads here."""


def read(path: Path, progress: Progress | None = None) -> Document:
    """The document in the file at `path`, named by its file name.

    Raises InputError for a missing file, a folder, a kind of file nobody reads, and one that cannot be read.
    """
    reader = reader_of(path.name, path)
    document = reader(contents(path), str(path), progress)
    template = document.template and replace(document.template, name=path.name)
    return replace(document, name=path.name, template=template)


def read_bytes(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in `data`, read as `name` says; what comes from "-" (standard input), as its bytes say."""
    ending = f"x{ending_of(data)}" if name == STDIN else name
    return reader_of(ending, name)(data, name, progress)


def reader_of(name: str, path: Path | str) -> Reader:
    """Who reads a file of this name; raises InputError, naming `path`, where nobody does."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        known = f"the kinds read are {', '.join(READERS)}"
        what = f"no reader for '{suffix}' files" if suffix else "the name has no ending that says what it is"
        raise InputError(what, ADVICE.get(suffix, known), path=path)
    return cast(Reader, importlib.import_module(f"{__name__}.{READERS[suffix]}").read)


def ending_of(data: bytes) -> str:
    """The ending that a file with these bytes would have: plain text where nothing else shows."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".epub" if b"application/epub+zip" in head else ".docx"
    if head.startswith(b"WEBVTT"):
        return ".vtt"
    if b"-->" in head and head[:1].isdigit():
        return ".srt"
    lower = head[:64].lower()
    return ".html" if lower.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in data.lower() else ".txt"


def contents(path: Path) -> bytes:
    """The bytes of a file; raises InputError, in plain words, where there are none to be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", "check the name", path=path) from error
    except IsADirectoryError as error:
        raise InputError("this is a folder", "name a file in it", path=path) from error
    except PermissionError as error:
        raise InputError("the file may not be read", "change its permissions", path=path) from error
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", path=path) from error


def find_documents(paths: Iterable[Path]) -> list[Path]:
    """The files at `paths`, in their order, each once; of a folder, everything in it that has a reader, sorted.

    Hidden files and folders are passed over. A file that was named is returned whatever its kind or state: reading it
    says what is wrong. Raises InputError for a path that is not there and a folder without documents.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if str(path) == STDIN or is_there(path):
            found.update(dict.fromkeys(documents_in(path) if path.is_dir() else [path]))
        else:
            raise InputError("there is no such file or folder", "check the name", path=path)
    return list(found)


def passed_over(folder: Path) -> list[str]:
    """A sentence for each file in a folder that may be a document and that nobody reads."""
    inside = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ADVICE and path.is_file())
    return [
        f"{path}: passed over, not translated – {ADVICE[path.suffix.lower()]}"
        for path in inside
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def is_there(path: Path) -> bool:
    """Whether there is a file or folder at `path`; raises InputError where the system does not even look."""
    try:
        return path.exists()
    except OSError as error:
        raise InputError(f"cannot be looked for: {error.strerror}", "check the name", path=path) from error


def documents_in(folder: Path) -> list[Path]:
    """Every document under `folder`, sorted; raises InputError where there is none."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise InputError(
            f"the folder cannot be read: {error.strerror}", "change its permissions", path=folder
        ) from error
    inside = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READERS and path.is_file())
    documents = [path for path in inside if not any(p.startswith(".") for p in path.relative_to(folder).parts)]
    if not documents:
        raise InputError("no document in this folder", f"the kinds read are {', '.join(READERS)}", path=folder)
    return documents
