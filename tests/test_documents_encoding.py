"""Which encoding a file is in, and what is said of files that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.documents.encoding import decode
from bilingual.errors import InputError

SIMPLIFIED = "今天上午，我们在图书馆看书。\n他说：“这本书很有意思，大家都应该读一读。”\n"
TRADITIONAL = "今天上午，我們在圖書館看書。\n他說：「這本書很有意思，大家都應該讀一讀。」\n"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        pytest.param(SIMPLIFIED.encode(), "utf-8", SIMPLIFIED, id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + SIMPLIFIED.encode(), "utf-8-sig", SIMPLIFIED, id="utf-8-bom"),
        pytest.param(SIMPLIFIED.encode("gb18030"), "gb18030", SIMPLIFIED, id="gb18030"),
        pytest.param(TRADITIONAL.encode("big5"), "big5", TRADITIONAL, id="big5"),
        pytest.param(codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED, id="utf-16-le-bom"),
        pytest.param(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"), "utf-16-be", SIMPLIFIED, id="utf-16-be-bom"),
        pytest.param(SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED, id="utf-16-le"),
        pytest.param(SIMPLIFIED.encode("utf-16-be"), "utf-16-be", SIMPLIFIED, id="utf-16-be"),
        pytest.param(b"Only ASCII here.\n", "utf-8", "Only ASCII here.\n", id="ascii"),
        pytest.param("你好，世界。".encode("gb18030"), "gb18030", "你好，世界。", id="short-gb18030"),
    ],
)
def test_encoding_is_told_from_the_bytes(data: bytes, encoding: str, text: str) -> None:
    decoded = decode(data, "page.txt")
    assert (decoded.encoding, decoded.text) == (encoding, text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\n", "no text", id="blank"),
        pytest.param(b"%PDF-1.7\n...", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00", "ZIP", id="docx"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "PNG", id="png"),
        pytest.param(bytes(range(256)) * 20, "binary", id="binary"),
        pytest.param(b"plain\x00text\x00with\x00zeros", "binary", id="zeros"),
        pytest.param("Größe und Maß, schön für Österreich".encode("latin-1"), "none of", id="latin-1"),
    ],
)
def test_what_is_no_chinese_text_is_refused_in_plain_words(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        decode(data, "page.txt")
    assert str(caught.value).startswith("page.txt: ")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_half_a_character_at_the_end_is_named_with_its_line(encoding: str) -> None:
    data = TRADITIONAL.strip().encode(encoding)
    data += "書".encode(encoding)[:1]
    with pytest.raises(InputError, match=r"page\.txt:2: the file ends in half a"):
        decode(data, "page.txt")


def test_a_broken_byte_in_the_middle_is_named_with_its_line() -> None:
    data = SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode()
    with pytest.raises(InputError, match=r"page\.txt:3: byte 0xFF"):
        decode(data, "page.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "any")
    except InputError:
        return
    assert decoded.text.strip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
@given(text=st.text(alphabet="的一是不了在人有我他这中大来上国，。"))
def test_chinese_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    page = SIMPLIFIED + text
    assert decode(page.encode(encoding), "any").text == page
