"""Next words: what the engine would say behind what somebody has typed, with the glossary's own words in it."""

from __future__ import annotations

import pytest

from bilingual.bitext import Term, TermKind
from bilingual.engines import Decode, Request
from bilingual.engines.instant import InstantEngine
from bilingual.glossary import Glossary
from bilingual.terminology.continuing import completions, continuations

SOURCE = "大会将于11月在乌镇举行。"
GLOSSARY = Glossary(
    (
        Term("wz", "乌镇", "Wuzhen", kind=TermKind.PLACE),
        Term("de", "数字经济", "digital economy", admitted=("Digital Economy Zone",)),
    )
)
ENDINGS = {
    "": ["The conference will be held at T1X in November.", "The congress will meet."],
    "The": ["The conference will be held", "The congress will be held", "The Conference, will be held"],
    "The conference will be held in": ["The conference will be held in T1X in November, with delegates from"],
    "The conference will be held in T1X,": ["The conference will be held in T1X, in November."],
    "In N": ["In Ningbo there"],
    "In": ["In the town"],
    "Held": ["Held in T1", "Held in 1X now", "Held at T1X"],
    "End": ["End."],
    "The end.": ["The end.", "The end. And more"],
}


def answer(request: Request, options: Decode) -> list[str]:
    assert options.more
    return ENDINGS.get(request.prefix, [f"{request.prefix} nothing"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("", ("The conference will be", "The congress will meet."), id="from the start"),
        pytest.param("The", (" conference will be held", " congress will meet."), id="behind a word"),
        pytest.param("The ", ("conference will be held", "congress will be held"), id="behind a space, each once"),
        pytest.param("The Conf", ("erence will be held",), id="inside a word, in any case"),
        pytest.param("The conference will be held in", (" Wuzhen in November, with",), id="the glossary's word"),
        pytest.param("The conference will be held in W", ("uzhen in November, with",), id="begun glossary word"),
        pytest.param("The conference will be held in Wuzhen, ", ("in November.",), id="hidden where it stands"),
        pytest.param("In N", ("ingbo there",), id="only the whole of it leads on"),
        pytest.param("Held", (" in", " at Wuzhen"), id="broken placeholders go"),
        pytest.param("The end.", (), id="the end"),
    ],
)
def test_what_may_come_next(typed: str, found: tuple[str, ...]) -> None:
    engine = InstantEngine(answer)
    assert continuations(engine, GLOSSARY, SOURCE, typed) == found


def test_an_engine_without_prefixes_suggests_nothing() -> None:
    engine = InstantEngine(answer)
    engine.capabilities = frozenset()
    assert continuations(engine, GLOSSARY, SOURCE, "The") == ()


def test_an_empty_source_has_nothing_to_come() -> None:
    assert continuations(InstantEngine(), GLOSSARY, " ", "The") == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("in the dig", ("ital economy", "ital Economy Zone"), id="both renderings"),
        pytest.param("in the digital e", ("conomy", "conomy Zone"), id="within"),
        pytest.param("the di", ("gital economy", "gital Economy Zone"), id="two letters"),
        pytest.param("the d", (), id="one letter is none"),
        pytest.param("prodig", (), id="inside a word"),
        pytest.param("digital economy", (" Zone",), id="whole"),
    ],
)
def test_the_rest_of_a_term_is_offered(typed: str, found: tuple[str, ...]) -> None:
    assert completions(GLOSSARY.match("发展数字经济"), typed) == found


def test_the_fake_engine_goes_on_from_anything() -> None:
    assert continuations(InstantEngine(), GLOSSARY, SOURCE, "We meet")
