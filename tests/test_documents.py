"""The doors to the readers: what a file is told by, and what is said of files that nobody reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.bitext import Document
from bilingual.documents import ADVICE, READERS, ending_of, read, read_bytes
from bilingual.errors import InputError
from tests.fuzz_files import files

FILES = files()
STDIN = {"seed.txt": "text", "gb.txt": "text", "a.srt": "subtitles", "a.vtt": "subtitles", "modern.html": "html",
         "a.epub": "epub", "parts.docx": "docx"}  # fmt: skip


def form_of(document: Document) -> str:
    return document.template.format if document.template else ""


@pytest.mark.parametrize(("name", "form"), STDIN.items())
def test_standard_input_is_known_by_its_bytes(name: str, form: str) -> None:
    assert form_of(read_bytes(FILES[name], "-")) == form


def test_a_pdf_on_standard_input_is_one() -> None:
    name = next(name for name in FILES if name.endswith(".pdf"))
    assert ending_of(FILES[name]) == ".pdf"
    assert form_of(read_bytes(FILES[name], "-")) == "pdf"


@pytest.mark.parametrize("name", [name for name in FILES if name not in {"gb.txt", "b.srt"}])
def test_reading_twice_gives_the_same_document(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    first = read(tmp_path / name)
    assert first == read(tmp_path / name)
    assert first.name == name
    assert first.blocks


@pytest.mark.parametrize("suffix", [*ADVICE])
def test_files_that_are_often_sent_and_not_read_get_advice(suffix: str, tmp_path: Path) -> None:
    assert suffix not in READERS
    (tmp_path / f"x{suffix}").write_bytes(b"x")
    with pytest.raises(InputError) as error:
        read(tmp_path / f"x{suffix}")
    assert ADVICE[suffix] in str(error.value)


@pytest.mark.parametrize("suffix", [*READERS])
def test_an_empty_file_is_read_as_nothing_or_refused_in_one_sentence(suffix: str) -> None:
    refusals: list[str] = []
    try:
        assert not read_bytes(b"", f"x{suffix}").blocks
    except InputError as error:
        refusals.append(str(error))
    assert all(said.startswith(f"x{suffix}: ") and "\n" not in said for said in refusals)
