"""JSON Lines: complete, to the last control character, and simple enough for anybody's script."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings

from bilingual.bitext import Bitext, State
from bilingual.errors import InputError
from bilingual.formats.jsonl import Jsonl
from tests.strategies import bitexts, hostile


def load(text: str) -> Bitext:
    return Jsonl().read(io.BytesIO(text.encode()), "x.jsonl")


@settings(deadline=None, max_examples=20)
@given(bitexts(hostile))
def test_everything_comes_back(bitext: Bitext) -> None:
    stream = io.BytesIO()
    assert Jsonl().write(bitext, stream) == ()
    stream.seek(0)
    assert Jsonl().read(stream) == bitext
    assert all(isinstance(json.loads(line), dict) for line in stream.getvalue().decode().splitlines())


def test_plain_pairs_of_another_program_are_units_and_its_own_fields_survive() -> None:
    text = '\ufeff{"source": "大会", "target": "Congress", "score": 0.5, "who": "x"}\n\n{"id": 7, "source": "开幕"}\r\n'
    first, second = load(text).units
    assert (first.id, str(first.target), first.state) == ("row 1", "Congress", State.TRANSLATED)
    assert first.extra == (("score", "0.5"), ("who", "x"))
    assert (second.id, second.state) == ("7", State.NEW)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"x\.jsonl: the file is empty"),
        ('{"source": "a"}\n{"source": \n', r"x\.jsonl:2: is no JSON"),
        ("[1]", r"x\.jsonl:1: is no JSON object"),
        ('{"target": "a"}', r"x\.jsonl:1: cannot be read: it has no 'source'"),
        ('{"id": "a", "source": "x"}\n{"id": "a", "source": "y"}', r"x\.jsonl:2: .* 'a' stands on line 1 already"),
        ('{"source": 5}', r"x\.jsonl:1: cannot be read: 5 is not a Text"),
        ('{"source": "a", "state": "done"}', r"x\.jsonl:1: cannot be read: 'done' is not a valid State"),
        ("[" * 100_000, r"x\.jsonl:1: "),
    ],
    ids=["empty", "broken", "list", "no source", "twice", "number", "state", "deep"],
)
def test_a_bad_line_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(text)


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    with pytest.raises(InputError, match=r"x\.jsonl:2: is not UTF-8"):
        Jsonl().read(io.BytesIO(b'{"source": "a"}\n{"source": "\xff"}'), "x.jsonl")
