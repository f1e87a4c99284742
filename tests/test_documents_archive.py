"""Packages: what is in them is read, what is dangerous or broken is refused in one sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest

from bilingual.documents import archive
from bilingual.documents.archive import open_archive
from bilingual.errors import InputError


def package(parts: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as file:
        for member, data in parts.items():
            file.writestr(zipfile.ZipInfo(member), data, compress_type=packing)
    return stream.getvalue()


def sentence(data: bytes, member: str = "") -> str:
    """The message that opening (and reading) ends with."""
    with pytest.raises(InputError) as caught:
        open_archive(data, "书.epub").read(member)
    return str(caught.value)


def test_what_is_in_a_package_is_read_by_name() -> None:
    opened = open_archive(package({"a/一.xml": "字".encode(), "b.xml": b""}), "书.epub")
    assert opened.read("a/一.xml").decode() == "字"
    assert opened.read("b.xml") == b""
    assert "a/一.xml" in opened
    assert "c.xml" not in opened
    assert opened.find("A/一.XML") == "a/一.xml"
    assert opened.find("c.xml") is None


def test_a_changed_package_keeps_order_packing_and_the_rest_and_is_the_same_each_time() -> None:
    opened = open_archive(package({"mimetype": b"x", "a": b"1", "b": b"2", "c": b"3"}, zipfile.ZIP_STORED), "书.epub")
    data = opened.changed({"b": b"two", "d": b"4"}, dropped={"c"})
    again = open_archive(data, "书.epub")
    assert {name: again.read(name) for name in again.members} == {"mimetype": b"x", "a": b"1", "b": b"two", "d": b"4"}
    assert [*again.members] == ["mimetype", "a", "b", "d"]
    assert again.members["mimetype"].compress_type == zipfile.ZIP_STORED
    assert opened.changed({"b": b"two", "d": b"4"}, dropped={"c"}) == data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"not a zip at all", "no zip package, or was cut short"),
        (package({"a": b"1" * 5000})[:-30], "no zip package, or was cut short"),
        (archive.OLD_OFFICE + bytes(600), "locked with a password, or in an old Office format"),
        (package({"../a": b"1"}), "would lie outside the package"),
        (package({"/etc/passwd": b"1"}), "would lie outside the package"),
        (package({"..\\a": b"1"}), "would lie outside the package"),
        (package({"C:/a": b"1"}), "would lie outside the package"),
        (package({"a": b"1"}, zipfile.ZIP_LZMA), "packed in an unusual way"),
        (package({"a": bytes(8 << 20)}), "as a bomb does"),
    ],
    ids=["empty", "text", "cut short", "ole", "above", "absolute", "backslash", "drive", "lzma", "bomb"],
)
def test_a_bad_package_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    said = sentence(data)
    assert said.startswith("书.epub: ")
    assert told in said


def test_two_files_of_one_name_are_refused() -> None:
    data = package({"a": b"1", "b": b"2"})
    assert "two files of the name 'a'" in sentence(data.replace(b"b\x01\x00", b"a\x01\x00").replace(b"b", b"a"))


def test_a_locked_member_is_refused() -> None:
    data = bytearray(package({"a": b"1"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    assert "'a' is locked with a password" in sentence(bytes(data))


def test_too_much_in_all_and_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = package({"a": b"12", "b": b"34"}, zipfile.ZIP_STORED)
    monkeypatch.setattr(archive, "LARGEST", 3)
    assert "unpacks to more than" in sentence(data)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    assert "holds 2 files, more than 1" in sentence(data)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 5)
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1)
    assert "'a' unpacks to more than" in sentence(data)


def test_a_missing_and_a_damaged_member_are_told_by_name() -> None:
    data = package({"a": b"some text, some text"}, zipfile.ZIP_STORED)
    assert "lacks 'b'" in sentence(data, "b")
    assert "'a' in the package is damaged" in sentence(data.replace(b"some", b"same", 1), "a")


def test_a_member_that_lies_about_its_size_is_never_inflated_past_it() -> None:
    data = bytearray(package({"a": bytes(8 << 20)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert "damaged" in sentence(bytes(data), "a")
