"""E-books: the chapters in reading order, each with its places; what is broken is told, what is dangerous refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from bilingual.bitext import Document
from bilingual.documents.epub import read
from bilingual.errors import InputError

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>乌镇 &amp; 网络</dc:title>
<dc:language>zh</dc:language></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/%E4%B8%80.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine toc="ncx"><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine>
</package>"""


def chapter(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>章</title></head><body>{body}</body></html>"
    )


BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/content.opf": OPF,
    "OEBPS/nav.xhtml": chapter("<nav><ol><li><a href='text/two.xhtml'>第二章</a></li></ol></nav>"),
    "OEBPS/toc.ncx": "<ncx/>",
    "OEBPS/text/two.xhtml": chapter("<h1>第二章</h1>\n<p>甲&nbsp;<b>乙</b>丙<br/></p>"),
    "OEBPS/text/一.xhtml": chapter("<h1>第一章</h1><p/>"),
}


def packed(parts: Mapping[str, str | bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in parts.items():
            if data is not None:
                file.writestr(member, data)
    return stream.getvalue()


def opened(changed: Mapping[str, str | bytes | None]) -> Document:
    return read(packed(BOOK | dict(changed)), "书.epub")


def test_chapters_are_read_in_the_order_of_the_spine_and_contents_not_twice() -> None:
    found = opened({})
    assert [(b.text.string, str(b.kind), b.locators[0].part, b.locators[0].line) for b in found.blocks] == [
        ("乌镇 & 网络", "title", "OEBPS/content.opf", 3),
        ("第一章", "heading", "OEBPS/text/一.xhtml", 3),
        ("第二章", "heading", "OEBPS/text/two.xhtml", 3),
        ("甲 乙丙", "paragraph", "OEBPS/text/two.xhtml", 4),
    ]
    assert found.flags == ()
    assert found.template is not None
    assert found.template.format == "epub"
    assert [code.type for code in found.blocks[3].text.codes] == ["bold", "bold"]


def test_progress_is_told_chapter_by_chapter() -> None:
    told: list[tuple[int, int]] = []
    read(packed(BOOK), "书.epub", lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_chapter_that_is_no_xml_is_read_as_a_browser_would_and_flagged() -> None:
    found = opened({"OEBPS/text/two.xhtml": chapter("<p>甲<b>乙</p>\n<p>丙 & 丁<br></p>")})
    assert [b.text.string for b in found.blocks[2:]] == ["甲乙", "丙 & 丁"]
    (flag,) = found.flags
    assert flag.reason.startswith("OEBPS/text/two.xhtml:")
    assert "is not well-formed XML" in flag.reason


def test_a_chapter_in_another_encoding_than_it_declares_is_read_and_flagged() -> None:
    found = opened({"OEBPS/text/two.xhtml": chapter("<p>今天天下大事，人民在心。</p>" * 3).encode("gb18030")})
    assert found.blocks[2].text.string == "今天天下大事，人民在心。"
    assert any("declares utf-8 but is GB18030" in flag.reason for flag in found.flags)


def test_a_missing_or_unreadable_chapter_and_pages_of_pictures_are_told() -> None:
    assert "text/two.xhtml is missing" in opened({"OEBPS/text/two.xhtml": None}).flags[0].reason
    assert "not read: " in opened({"OEBPS/text/two.xhtml": bytes(range(256)) * 9}).flags[0].reason
    opf = OPF.replace('two.xhtml" media-type="application/xhtml+xml"', 'two.png" media-type="image/png"')
    assert "1 pages of the book are images" in opened({"OEBPS/content.opf": opf}).flags[0].reason


def encryption(member: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
        f'<enc:CipherReference URI="{member}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )


def test_fonts_may_be_encrypted_the_text_may_not() -> None:
    assert opened({"META-INF/encryption.xml": encryption("OEBPS/font.otf")}).flags == ()
    with pytest.raises(InputError, match="locked against copying"):
        opened({"META-INF/encryption.xml": encryption("OEBPS/text/two.xhtml")})


BOMB = '<!DOCTYPE x [<!ENTITY a "中中中中"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"META-INF/container.xml": None}, "this is no e-book: META-INF/container.xml is missing"),
        ({"META-INF/container.xml": "<container/>"}, "no package document is named"),
        ({"META-INF/container.xml": "<container"}, "not well-formed XML"),
        ({"META-INF/container.xml": BOMB + CONTAINER}, "entities of its own"),
        ({"OEBPS/content.opf": None}, "the package document 'OEBPS/content.opf' is missing"),
        ({"OEBPS/content.opf": "<package>"}, "not well-formed XML"),
        ({"OEBPS/content.opf": BOMB + "<package/>"}, "entities of its own"),
        ({"OEBPS/content.opf": "<package/>"}, "names no chapters"),
        ({"OEBPS/text/two.xhtml": None, "OEBPS/text/一.xhtml": None}, "names no chapters that are in it"),
        ({"OEBPS/text/two.xhtml": b"", "OEBPS/text/一.xhtml": b"\0\1" * 500}, "no chapter of the book can be read"),
        ({"OEBPS/text/two.xhtml": BOMB + "<html/>", "OEBPS/text/一.xhtml": None}, "entities of its own"),
        ({"OEBPS/bomb.css": bytes(20 << 20)}, "as a bomb does"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_book_is_refused_in_one_sentence(changed: Mapping[str, str | bytes | None], told: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(changed)
    assert told in str(caught.value)
    assert str(caught.value).startswith("书.epub: ")


def test_a_broken_package_is_refused() -> None:
    with pytest.raises(InputError, match="no zip package, or was cut short"):
        read(packed(BOOK)[:-40], "书.epub")
