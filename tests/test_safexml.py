"""The one door for XML."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bilingual import safexml
from bilingual.errors import InputError

BOMB = '<?xml version="1.0"?>\n<!-- [ --><!DOCTYPE a PUBLIC "]" "x>y" [<!ENTITY b "bb">]>\n<a><b>&b;</b></a>'


def texts(data: bytes, tag: str = "b", root: str = "") -> list[str | None]:
    return [element.text for element in safexml.elements(io.BytesIO(data), (tag,), "x.xml", root)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_internal_subset_is_refused_in_any_encoding(encoding: str) -> None:
    data = BOMB.replace("?>", f' encoding="{encoding.removesuffix("-sig")}"?>', 1).encode(encoding)
    for read in (texts, safexml.parse):
        with pytest.raises(InputError, match="declares entities"):
            read(data)


def test_an_internal_subset_behind_a_false_encoding_is_refused() -> None:
    data = BOMB.replace("?>", ' encoding="UTF-16"?>', 1).encode()
    with pytest.raises(InputError):
        texts(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_each_encoding_is_read(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a><b>世界</b><b>大會</b></a>'
    assert texts(data.encode(encoding)) == ["世界", "大會"]


def test_an_outside_dtd_is_kept_out_and_harmless() -> None:
    assert texts(b'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx><b>x</b></tmx>') == ["x"]
    with pytest.raises(InputError, match="&foo; is not declared"):
        texts(b'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx><b>x&foo;y</b></tmx>')


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<a>\n<b>x</b>\n<b>y</a>", r"x\.xml:3: is not well-formed XML: .*mismatch"),
        (b"<a>\n<b>&foo;</b></a>", r"x\.xml:2: .*'foo' not defined"),
        (b"<a><b>\x01</b></a>", r"x\.xml:1: .*Char value 1"),
        (b"<a><b>\xff</b></a>", r"x\.xml:1: .*(UTF-8|utf-8|Invalid bytes|encoding)"),
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"<a><b>x</b>", r"x\.xml:1: "),
        (b"just words", "x.xml"),
        (b"<!DOCTYPE a " + b" " * 70_000 + b"[]><a/>", "broken or far too long"),
        (b"<!--" + b" " * 70_000 + b"--><!DOCTYPE a [<!ENTITY b 'b'>]><a/>", "broken or far too long"),
        ("<a>" * 5000 + "</a>" * 5000, "depth"),
    ],
    ids=["mismatch", "entity", "control", "bytes", "empty", "blank", "cut", "words", "doctype", "comment", "deep"],
)
def test_what_is_broken_is_told_with_file_and_line(data: bytes | str, told: str) -> None:
    raw = data if isinstance(data, bytes) else data.encode()
    for read in (texts, lambda raw: safexml.parse(raw, "x.xml")):
        with pytest.raises(InputError, match=told):
            read(raw)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="outermost element is <html>"):
        texts(b"<html><b>x</b></html>", root="tmx")
    with pytest.raises(InputError, match="outermost element is <html>"):
        texts(b"<html/>", root="tmx")


def test_what_was_read_is_forgotten() -> None:
    stream = io.BytesIO(b"<a>" + b"<b>x</b>\n" * 50_000 + b"</a>")
    sizes = [len(element.getroottree().getroot()) for element in safexml.elements(stream, ("b",))]
    assert len(sizes) == 50_000
    assert max(sizes) < 10_000  # the parser reads a piece ahead


@given(st.text(st.characters()))
def test_cleaned_text_can_stand_in_xml(text: str) -> None:
    cleaned, removed = safexml.clean(text)
    element = etree.Element("a")
    element.text = cleaned
    assert len(cleaned) + len(removed) == len(text)
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == cleaned


def test_control_characters_are_taken_out_and_named() -> None:
    assert safexml.clean("数\x01字\x0c化\x01") == ("数字化", "\x01\x0c\x01")
    assert safexml.names("\x01\x0c\x01") == "U+0001, U+000C"


class Endless(io.RawIOBase):
    """A file that goes on for ever, and counts what was read of it."""

    def __init__(self, begins: bytes, goes_on: bytes) -> None:
        self.begins, self.goes_on, self.given = begins, goes_on, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self.begins if not self.given else self.goes_on * (size // len(self.goes_on))
        self.given += len(piece)
        return piece


def test_a_file_of_another_kind_is_refused_before_it_is_read() -> None:
    stream = Endless(b"<html><p>", b"words ")
    with pytest.raises(InputError, match="outermost element is <html>"):
        next(safexml.elements(cast("BinaryIO", stream), ("b",), "x.xml", "tmx"))
    assert stream.given < 10 * safexml.PROLOG


@pytest.mark.parametrize(
    "goes_on", [b"words ", b"<c/>", b"<c><c/></c>", b'<c d="e"/>'], ids=["text", "elements", "nested", "attributes"]
)
def test_one_element_that_never_ends_is_refused(goes_on: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safexml, "LARGEST", 1 << 20)
    monkeypatch.setattr(safexml, "MARKS", 1 << 16)
    stream = Endless(b"<a><b>x</b><b>", goes_on)
    with pytest.raises(InputError, match=r"x\.xml: one of its elements is too large .* split it"):
        list(safexml.elements(cast("BinaryIO", stream), ("b",), "x.xml", "a"))
    assert stream.given < 3 << 20


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<?xml version="1.0" encoding="UTF-7"?><a><b>+ADw-c/+AD4-</b></a>', "is in UTF-7"),
        (b'<?xml version="1.0" encoding="hz"?><a><b>~{<:Ky~}</b></a>', "is in hz"),
        (b'<?xml version="1.0" encoding="utf-32"?><a><b>x</b></a>', "is in utf-32"),
        ("<a><b>世界</b></a>".encode("utf-32"), "is in UTF-32 or EBCDIC"),
        ("<a><b>世界</b></a>".encode("utf-32-be"), "is in UTF-32 or EBCDIC"),
        ('<?xml version="1.0"?><a><b>x</b></a>'.encode("cp037"), "is in UTF-32 or EBCDIC"),
        (b'<?xml version="1.0" encoding="cp500"?><a><b>x</b></a>', "is in cp500"),
    ],
    ids=["utf-7", "hz", "utf-32 said", "utf-32", "utf-32-be", "ebcdic", "ebcdic said"],
)
def test_an_encoding_in_which_markup_can_hide_is_refused(data: bytes, told: str) -> None:
    for read in (texts, lambda raw: safexml.parse(raw, "x.xml")):
        with pytest.raises(InputError, match=rf"x\.xml:1: {told}.*safe.*save it as UTF-8"):
            read(data)
