"""English e-books: the source book with other words in it, or a new one of plain chapters.

`fill` changes the words of the chapters and the book's title as `html` does a page's; the tables of contents follow,
where they repeat what a chapter says. Everything else in the package stays, byte for byte.
"""

from __future__ import annotations

import html
import io
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivery
from bilingual.delivery.html import filled, matched
from bilingual.delivery.html import style as looks
from bilingual.delivery.html.page import blocks, escaped
from bilingual.documents.archive import open_archive
from bilingual.documents.epub import CONTAINER, package_of, parts
from bilingual.documents.html import decode
from bilingual.documents.web.markup import page_of

__all__ = ["FORMS", "fill", "make"]

FORMS = ("epub",)

LANGUAGE = re.compile(r"(<dc:language[^>]*>\s*)zh[\w-]*", re.IGNORECASE)
LABEL = re.compile(r"(<(?:\w+:)?text\b[^>]*>)([^<]*)(?=</)")
HEADING = re.compile(r"<h[12]>(.*)</h[12]>\n", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NAMESPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
CONTAINED = (
    '<?xml version="1.0" encoding="utf-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:'
    'container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:{}</dc:identifier>
<dc:title>{}</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{}</manifest>
<spine>{}</spine>
</package>
"""
ITEM = '<item id="c{}" href="{}" media-type="application/xhtml+xml"/>\n'


def fill(delivery: Delivery, source: bytes, suffix: str = ".epub") -> bytes:
    """The source book with the English in the place of the Chinese.

    Raises InputError where `source` is not the book that was read.
    """
    del suffix
    archive = open_archive(source, delivery.document.name)
    package = package_of(archive)
    changed: dict[str, bytes] = {}
    notice, first = delivery.notice, 1
    for part in parts(archive, package):
        given = matched(part.page.slots, delivery, first)
        first += len(part.page.slots)
        if part.path == package.path:
            changed[part.path] = LANGUAGE.sub(r"\1en", filled(part.page, given, xml=True)).encode()
        elif part.page.text:
            changed[part.path] = filled(part.page, given, notice, xml=True).encode()
            notice = ""
    labels = {item.block.text.string: item.text.string for item in delivery.blocks}
    for path in package.contents:
        changed[path] = _contents(decode(archive.read(path), path).text, labels).encode()
    return archive.changed(changed)


def _contents(text: str, labels: Mapping[str, str]) -> str:
    """A table of contents (nav or ncx) with the English of what it repeats."""
    page = page_of(text, xml=True, titled=False)
    known = [slot for slot in page.slots if slot.text.string in labels and not slot.text.codes]
    done = filled(page, [(slot, Text(labels[slot.text.string])) for slot in known], xml=True)
    return LABEL.sub(lambda found: found[1] + _label(found[2], labels), done)


def _label(raw: str, labels: Mapping[str, str]) -> str:
    string = " ".join(html.unescape(raw).split())
    return escaped(labels[string]) if string in labels else raw


def make(delivery: Delivery, suffix: str = ".epub") -> bytes:
    """A new book of the English document, a chapter for each heading of the first level."""
    del suffix
    chapters = {f"{number}.xhtml": chapter for number, chapter in enumerate(_chapters(delivery), 1)}
    pages = {name: _page(title, "".join(said)) for name, (title, said) in chapters.items()}
    links = "".join(f'<li><a href="{name}">{title}</a></li>\n' for name, (title, _) in chapters.items())
    nav = _page("Contents", f'<nav epub:type="toc"><h1>Contents</h1>\n<ol>\n{links}</ol></nav>\n')
    items = "".join(ITEM.format(name.removesuffix(".xhtml"), name) for name in chapters)
    spine = "".join(f'<itemref idref="c{name.removesuffix(".xhtml")}"/>' for name in chapters)
    own = uuid.uuid5(uuid.NAMESPACE_URL, "".join(pages.values()))
    package = PACKAGE.format(own, escaped(delivery.title), items, spine)
    members = {"mimetype": "application/epub+zip", CONTAINER: CONTAINED, "book.opf": package, "nav.xhtml": nav, **pages}
    return _packed(members)


def _chapters(delivery: Delivery) -> Iterator[tuple[str, list[str]]]:
    """The title (as markup) and the elements of each chapter."""
    top = "<h2>" if any(item.kind is Kind.TITLE for item in delivery.blocks) else "<h1>"
    notice = f'<p class="notice">{escaped(delivery.notice)}</p>\n' if delivery.notice else ""
    title, said = escaped(delivery.title), [notice]
    for element in blocks(delivery):
        heading = HEADING.fullmatch(element) if element.startswith(top) else None
        if heading and len(said) > 1:
            yield title, said
            said = []
        title = TAG.sub("", heading[1]) if heading else title
        said.append(element)
    yield title, said


def _page(title: str, inside: str) -> str:
    head = f"<title>{title}</title><style>{looks.COMMON}{looks.READING}</style>"
    page = f'<html {NAMESPACES} lang="en" xml:lang="en"><head>{head}</head>\n<body>{inside}</body></html>\n'
    return f"<!DOCTYPE html>\n{page}"


def _packed(members: Mapping[str, str]) -> bytes:
    """The files as a package; its first one, as the standard has it, is not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, text in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), text.encode(), packing)
    return stream.getvalue()
