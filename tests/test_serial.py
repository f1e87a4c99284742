"""The nouns as JSON and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from bilingual.bitext import Bitext, Flag, FlagKind, Locator, Span, State, Text
from bilingual.safexml import clean
from bilingual.serial import dumps, loads
from tests.strategies import bitexts, hostile


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bitexts(hostile))
def test_what_goes_in_comes_out(bitext: Bitext) -> None:
    text = dumps(bitext)
    assert loads(Bitext, text) == bitext
    assert clean(text) == (text, "")
    text.encode()
    assert dumps(loads(Bitext, text)) == text


def test_defaults_are_left_out_and_the_rest_is_readable() -> None:
    assert dumps(Locator(line=9)) == '{"line":9}'
    assert (
        dumps(Flag(FlagKind.NUMBER, "30亿", Span(0, 3)))
        == '{"kind":"number","reason":"30亿","span":{"start":0,"end":3}}'
    )
    assert dumps({"b": 1, "a": (True, None, 0.5)}) == '{"a":[true,null,0.5],"b":1}'


def test_plain_types_and_containers_are_read() -> None:
    assert loads(dict[str, int], '{"a":1}') == {"a": 1}
    assert loads(tuple[str, int], '["a",1]') == ("a", 1)
    assert loads(State, '"draft"') is State.DRAFT


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Text, '{"string":1}'), (Text, "[]"), (Text, "{}"), (Text, '{"string":"a","more":1}'), (Text, '{"string":"a"'),
        (Text, '{"string":"a","codes":{}}'), (State, '"done"'), (int, "true"), (tuple[str, int], '["a"]'),
        (dict[str, int], "[]"), (Locator, '{"box":[1,2,3]}'),
    ],
)  # fmt: skip
def test_anything_else_is_a_value_error(kind: type, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        loads(kind, text)


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no JSON form"):
        dumps({1, 2})
    with pytest.raises(TypeError, match="only unions with None"):
        loads(int | str, "1")  # type: ignore[arg-type]
    assert json.loads(dumps(Text("\ud800"))) == {"string": "\ud800"}
