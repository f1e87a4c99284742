"""Which files can be read, and by whom: the table of readers, and the three doors to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from bilingual.bitext import Document
from bilingual.errors import InputError

Reader = Callable[[bytes, str], Document]
"""Takes a file's bytes and its name, gives the document; raises InputError for what it cannot read."""

STDIN = "-"


def plain_text(data: bytes, name: str) -> Document:
    """The reader of plain text."""
    from bilingual.documents.text import read as read_text

    return read_text(data, name)


READERS: dict[str, Reader] = {
    ".txt": plain_text,
    ".text": plain_text,
}


def read(path: Path) -> Document:
    """The document in the file at `path`, named by its file name.

    Raises InputError for a missing file, a folder, a kind of file nobody reads, and one that cannot be read.
    """
    reader = reader_of(path.name, path)
    document = reader(contents(path), str(path))
    template = document.template and replace(document.template, name=path.name)
    return replace(document, name=path.name, template=template)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in `data`, read as `name` says; "-" (standard input) is plain text."""
    return reader_of(name, name)(data, name)


def reader_of(name: str, path: Path | str) -> Reader:
    """Who reads a file of this name; raises InputError, naming `path`, where nobody does."""
    if name == STDIN:
        return plain_text
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(READERS)
        what = f"no reader for '{suffix}' files" if suffix else "the name has no ending that says what it is"
        raise InputError(what, f"the kinds read are {known}", path=path)
    return READERS[suffix]


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
