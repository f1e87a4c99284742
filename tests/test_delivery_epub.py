"""English e-books: the source book keeps all but its words, and a new book is one that can be read again."""

from __future__ import annotations

import pytest

from bilingual import safexml
from bilingual.bitext import Block, Document, Kind, Locator, Span, Text
from bilingual.delivery import Delivered, Delivery, Pair
from bilingual.delivery.epub import fill, make
from bilingual.documents.archive import open_archive
from bilingual.documents.epub import read
from bilingual.errors import InputError
from tests.test_documents_epub import BOOK, chapter, packed

ENGLISH = {"乌镇 & 网络": "Wuzhen & the net", "第一章": "Chapter One", "第二章": "Chapter <Two>", "甲 乙丙": "A b c"}


def in_english(document: Document, notice: str = "") -> Delivery:
    def delivered(block: Block) -> Delivered:
        text = Text(ENGLISH[block.text.string], block.text.codes)
        return Delivered(block, text, (Pair(block.text, text, True),))

    return Delivery(document, tuple(delivered(block) for block in document.blocks), notice)


def test_the_book_comes_back_in_english_with_its_contents() -> None:
    ncx = "<ncx><navMap><navPoint><navLabel><text>第二章</text></navLabel></navPoint></navMap></ncx>"
    parts = BOOK | {"OEBPS/toc.ncx": ncx, "OEBPS/a.css": "p { }"}
    source = packed(parts)
    out = open_archive(fill(in_english(read(source, "书.epub"), "A draft"), source, ".epub"), "out.epub")
    said = {name: out.read(name).decode() for name in out.members}
    assert [*said] == [*parts]
    assert said["OEBPS/a.css"] == "p { }"
    assert "<dc:title>Wuzhen &amp; the net</dc:title>\n<dc:language>en</dc:language>" in said["OEBPS/content.opf"]
    assert "<text>Chapter &lt;Two&gt;</text>" in said["OEBPS/toc.ncx"]
    assert "<a href='text/two.xhtml'>Chapter &lt;Two&gt;</a>" in said["OEBPS/nav.xhtml"]
    assert '<body><div role="note"' in said["OEBPS/text/一.xhtml"], "the notice stands in the first chapter"
    expected = chapter("<h1>Chapter &lt;Two&gt;</h1>\n<p>A <b>b</b> c<br/></p>").replace("<html", '<html lang="en"')
    assert said["OEBPS/text/two.xhtml"] == expected
    again = read(fill(in_english(read(source, "书.epub")), source, ".epub"), "书.epub")
    assert [block.text.string for block in again.blocks] == [*ENGLISH.values()]
    assert again.flags == ()


def test_another_book_than_the_one_that_was_read_is_refused() -> None:
    with pytest.raises(InputError, match="not the file that was translated"):
        fill(in_english(read(packed(BOOK), "书.epub")), packed(BOOK | {"OEBPS/text/two.xhtml": chapter("<p>丁</p>")}))


def block(number: int, kind: Kind, string: str, level: int = 0) -> Delivered:
    made = Block(f"b{number}", kind, Text(string), (Span(0, 0),), (Locator(line=number),), level, number - 1)
    return Delivered(made, made.text)


def test_a_new_book_has_chapters_and_is_well_formed() -> None:
    items = (
        block(1, Kind.TITLE, "T & t"), block(2, Kind.PARAGRAPH, "p"), block(3, Kind.HEADING, "One <1>", 1),
        block(4, Kind.LIST_ITEM, "i", 1), block(5, Kind.HEADING, "Two", 1), block(6, Kind.PARAGRAPH, "q"),
    )  # fmt: skip
    data = make(Delivery(Document("文.txt", "zh", "", ()), items, "N"), ".epub")
    found = read(data, "new.epub")
    assert [(str(b.kind), b.text.string, b.locators[0].part) for b in found.blocks] == [
        ("title", "T & t", "book.opf"), ("paragraph", "N", "1.xhtml"), ("heading", "T & t", "1.xhtml"),
        ("paragraph", "p", "1.xhtml"), ("heading", "One <1>", "2.xhtml"), ("list item", "i", "2.xhtml"),
        ("heading", "Two", "3.xhtml"), ("paragraph", "q", "3.xhtml"),
    ]  # fmt: skip
    assert found.flags == ()
    archive = open_archive(data, "new.epub")
    assert next(iter(archive.members)) == "mimetype"
    for name in archive.members:
        if name != "mimetype":
            safexml.parse(archive.read(name), name)
    assert make(Delivery(Document("文.txt", "zh", "", ()), items, "N"), ".epub") == data
