"""E-books (EPUB 2 and 3): the chapters in the order they are read, each walked as a web page is.

The tables of contents (`nav`, `ncx`) repeat the chapters' headings and are no text of their own. A chapter that is not
well-formed is read as a browser would read it, and flagged. `Locator.part` is the chapter's path in the package.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilingual import safexml
from bilingual.bitext import Document, Flag, FlagKind, Kind
from bilingual.documents import Progress
from bilingual.documents.archive import Archive, open_archive
from bilingual.documents.encoding import Decoded
from bilingual.documents.found import Found, document_of
from bilingual.documents.html import decode, found_in, refuse_entities
from bilingual.documents.web.inline import Item, run_of
from bilingual.documents.web.markup import Page, Slot, page_of
from bilingual.documents.web.tags import tokens
from bilingual.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
CHAPTERS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
ENTITY = re.compile("&([A-Za-z][A-Za-z0-9]*);")
OWN = frozenset({"lt", "gt", "amp", "quot", "apos"})
"""The entities that XML knows."""

DECLARATION = re.compile(r"<\?xml[^>]*\?>")
AGAIN = "get the book again, or save it again in the program it comes from"
LOCKED = "the book is locked against copying (DRM)"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the book that holds text: its path in the package, what it says, its parts, and doubts about it."""

    path: str
    decoded: Decoded
    page: Page
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """What a book's package document says: its own path, the chapters' paths in reading order, the tables of contents,
    and what is amiss."""

    path: str
    chapters: tuple[str, ...]
    contents: tuple[str, ...]
    flags: tuple[Flag, ...] = ()


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in an e-book.

    Raises InputError for what is no EPUB, a book that is locked, and one of which no chapter can be read.
    """
    archive = open_archive(data, name)
    package = package_of(archive)
    found: list[Found] = []
    flags = list(package.flags)
    for part in parts(archive, package, progress):
        found += found_in(part.page, part.path)
        flags += part.flags
    if not found:
        flags.append(Flag(FlagKind.SOURCE, "no text found: the book's pages may be images"))
    return document_of(name, data, "epub", found, encoding="utf-8", flags=tuple(flags))


def parts(archive: Archive, package: Package, progress: Progress | None = None) -> Iterator[Part]:
    """The book's title, in its package document, and its chapters, one after the other.

    Raises InputError where no chapter at all can be read.
    """
    decoded = decode(archive.read(package.path), archive.name)
    yield Part(package.path, decoded, titled(decoded.text))
    failed: list[str] = []
    for done, path in enumerate(package.chapters, 1):
        try:
            yield _chapter(archive, path)
        except InputError as error:
            why = error.message.removeprefix(f"{archive.name}: ")
            failed.append(why)
            yield Part(path, Decoded("", ""), page_of(""), (Flag(FlagKind.SOURCE, f"not read: {why}"),))
        if progress:
            progress(done, len(package.chapters))
    if failed and len(failed) == len(package.chapters):
        what = f"no chapter of the book can be read; the first one: {failed[0]}"
        raise InputError(what, AGAIN, path=archive.name)


def package_of(archive: Archive) -> Package:
    """What the package document says; raises InputError where there is none, and for a locked book."""
    path = _root_file(archive)
    root = safexml.parse(archive.read(path), f"{archive.name}: {path}")
    items = {item.get("id", ""): item for item in root.iter("{*}item")}
    spine = [items.get(ref.get("idref", "")) for ref in root.iter("{*}itemref")]
    chapters = [item for item in spine if item is not None and _is_chapter(item)]
    places = {id(item): _place(path, item.get("href", "")) for item in items.values()}
    missing = [places[id(item)] for item in chapters if places[id(item)] not in archive]
    paths = tuple(dict.fromkeys(places[id(item)] for item in chapters if places[id(item)] in archive))
    if not paths:
        raise InputError("the book names no chapters that are in it", AGAIN, path=archive.name)
    _refuse_locked(archive, {path, *paths})
    contents = [item for item in items.values() if _is_nav(item) or item.get("media-type", "").endswith("dtbncx+xml")]
    flags = [Flag(FlagKind.SOURCE, f"the chapter {place} is missing from the book") for place in missing]
    pictures = sum(item is not None and not _is_chapter(item) and not _is_nav(item) for item in spine)
    if pictures:
        flags.append(Flag(FlagKind.SOURCE, f"{pictures} pages of the book are images and were not read"))
    there = [places[id(item)] for item in contents if places[id(item)] in archive]
    return Package(path, paths, tuple(there), tuple(flags))


def titled(text: str) -> Page:
    """The package document as a page whose only text is the book's title."""
    found = [*tokens(text, xml=True)]
    slots: list[Slot] = []
    for at, token in enumerate(found[:-1]):
        if token.kind == "open" and token.name == "dc:title" and found[at + 1].kind == "text":
            run = run_of(text, [Item("text", found[at + 1].start, found[at + 1].end, at)])
            if run:
                slots.append(Slot(Kind.TITLE, 0, run.text, *run.place, run.codes))
            break
    return Page(text, found, slots, (), frozenset())


def _chapter(archive: Archive, path: str) -> Part:
    """A chapter; where it is not well-formed, with a flag that says so."""
    decoded = decode(archive.read(path), path)
    refuse_entities(decoded.text, path)
    page = page_of(decoded.text, xml=True, titled=False)
    flags = [Flag(flag.kind, f"{path}: {flag.reason}") for flag in (*decoded.flags, *page.flags)]
    broken = _why_broken(decoded.text, path)
    if broken:
        flags.append(Flag(FlagKind.SOURCE, f"{broken}; read as a browser would, check that nothing is missing"))
    return Part(path, decoded, page, tuple(flags))


def _why_broken(text: str, path: str) -> str:
    """Why a chapter is no XML, "" where it is; the entities of HTML do not count."""
    plain = ENTITY.sub(lambda found: found[0] if found[1] in OWN else html5.get(f"{found[1]};", found[0]), text)
    try:
        safexml.parse(DECLARATION.sub("", plain, count=1).lstrip().encode(), path)
    except InputError as error:
        return error.message
    return ""


def _root_file(archive: Archive) -> str:
    """The path of the package document."""
    if CONTAINER not in archive:
        raise InputError(f"this is no e-book: {CONTAINER} is missing", AGAIN, path=archive.name)
    root = safexml.parse(archive.read(CONTAINER), f"{archive.name}: {CONTAINER}")
    named = [file.get("full-path", "") for file in root.iter("{*}rootfile")]
    path = next((path for path in named if path in archive), None)
    if path is None:
        told = f"the package document '{named[0]}' is missing" if named else "no package document is named"
        raise InputError(f"the e-book is broken: {told}", AGAIN, path=archive.name)
    return path


def _place(package: str, href: str) -> str:
    """Where in the package a reference of the package document leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href.partition("#")[0])))


def _is_nav(item: etree._Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _is_chapter(item: etree._Element) -> bool:
    return item.get("media-type", "").lower() in CHAPTERS and not _is_nav(item)


def _refuse_locked(archive: Archive, texts: set[str]) -> None:
    """Raise InputError where the text is encrypted; fonts may be."""
    if ENCRYPTION not in archive:
        return
    root = safexml.parse(archive.read(ENCRYPTION), f"{archive.name}: {ENCRYPTION}")
    locked = {unquote(reference.get("URI", "")) for reference in root.iter("{*}CipherReference")}
    if locked & texts:
        raise InputError(LOCKED, "ask the publisher for a copy that is not", path=archive.name)
