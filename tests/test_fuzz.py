"""Ten seconds of `make fuzz`, with the same damage every time; and that it would find what it looks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.bitext import Code, Text
from bilingual.documents import read_bytes
from tests import fuzz
from tests.fuzz_files import files


def test_damaged_files_are_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    found = fuzz.run(files(), 10, seed=20231108, keep=tmp_path)
    assert found.faults == []
    assert found.read > 0
    assert found.refused > 0


@pytest.mark.parametrize("name", [*files()])
def test_the_sound_files_are_read_and_take_their_own_words_back(name: str) -> None:
    assert fuzz.tried(name, files()[name]) == "read"


def test_an_unsound_document_would_be_found() -> None:
    document = read_bytes("春天来了。".encode(), "x.txt")
    crossing = (
        Code(0, "a", "open", ""),
        Code(1, "b", "open", ""),
        Code(2, "a", "close", ""),
        Code(3, "b", "close", ""),
    )
    block = replace(document.blocks[0], text=Text("春天来了。", crossing))
    with pytest.raises(AssertionError, match="cross"):
        fuzz.check(replace(document, blocks=(block,)))
    with pytest.raises(AssertionError, match="length"):
        fuzz.check(replace(document, blocks=(replace(document.blocks[0], text=Text("春天")),)))
