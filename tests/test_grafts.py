"""Terms in the place of the engine's own words, with an engine that says what each of its words was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bilingual.bitext import Span, Term, TermKind, TermOutcome
from bilingual.engines import Attention, Decode, Hypothesis, Request
from bilingual.engines.instant import InstantEngine
from bilingual.engines.pieces import attended, source_spans, words
from bilingual.glossary import Glossary
from bilingual.terminology import Terminologist
from bilingual.terminology.grafts import Natural, grafted
from bilingual.terminology.protect import Slot

FUND = Term("fund", "外汇基金", "Exchange Fund", kind=TermKind.PHRASE)


class Attentive(InstantEngine):
    """An engine whose words are given with the Chinese each was made from; the longer text it scores higher."""

    capabilities = frozenset({"attention", "score"})

    def __init__(self, said: str, made_from: Mapping[str, str], alone: Mapping[str, str]) -> None:
        super().__init__()
        self._said = said
        self._made_from = made_from
        self._alone = alone
        self.asked: list[str] = []

    def translate(self, requests: Sequence[Request], options: Decode | None = None) -> list[tuple[Hypothesis, ...]]:
        self.asked += [request.text for request in requests if request.text not in self._alone]
        return [(self._hypothesis(request.text),) for request in requests]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [float(len(target)) for _, target in pairs]

    def _hypothesis(self, source: str) -> Hypothesis:
        said = self._alone.get(source, self._said)
        return Hypothesis(said, 0.0, (), attention(source, said, self._made_from))


def attention(source: str, said: str, made_from: Mapping[str, str]) -> Attention:
    found, at = [], 0
    for word in said.split(" "):
        chinese = made_from.get(word.strip(",.'").lower(), "")
        start = source.find(chinese) if chinese else -1
        heard = ((Span(start, start + len(chinese)), 0.9),) if start >= 0 else ()
        found.append((Span(at, at + len(word)), heard))
        at += len(word) + 1
    return tuple(found)


def natural(source: str, said: str, made_from: Mapping[str, str], *slots: tuple[str, str]) -> Natural:
    own = tuple(
        Slot(Span(at := source.index(chinese), at + len(chinese)), chinese, (english,)) for chinese, english in slots
    )
    alone = {"外汇基金": "foreign exchange funds"}
    return Natural(source, Hypothesis(said, 0.0, (), attention(source, said, made_from)), own, alone)


def graft(source: str, said: str, made_from: Mapping[str, str], *slots: tuple[str, str]) -> str | None:
    engine = Attentive(said, made_from, {})
    return grafted(engine, [natural(source, said, made_from, *slots)])[0]


MADE = {"foreign": "外汇", "exchange": "外汇", "funds": "基金", "authority": "金管局", "income": "收入", "rose": "上升",
        "system": "系统", "rtgs": "即时支付"}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "said", "slots", "wanted"),
    [
        pytest.param("外汇基金收入上升。", "The foreign exchange funds' income rose.", [("外汇基金", "Exchange Fund")],
                     "The Exchange Fund's income rose.", id="possessive stays"),
        pytest.param("金管局的收入上升。", "The income of the Authority rose.", [("金管局", "HKMA")],
                     "The income of the HKMA rose.", id="article stays"),
        pytest.param("收入上升，金管局说。", "Income rose, the Authority said.", [("金管局", "HKMA")],
                     "Income rose, the HKMA said.", id="stop stays"),
        pytest.param("金管局和外汇基金", "Authority and foreign exchange funds",
                     [("金管局", "HKMA"), ("外汇基金", "Exchange Fund")], "HKMA and Exchange Fund", id="two terms"),
        pytest.param("即时支付系统", "An RTGS system", [("即时支付系统", "payment rails")], "payment rails",
                     id="no article before a plural"),
    ],
)  # fmt: skip
def test_a_term_takes_the_place_of_the_words_made_from_it(
    source: str, said: str, slots: list[tuple[str, str]], wanted: str
) -> None:
    made = graft(source, said, MADE, *slots)
    assert made is not None
    assert made.lower() == wanted.lower()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        pytest.param("Income rose.", "no word", id="no word says it"),
        pytest.param("The Authority said income of the Authority rose.", "two places", id="two places say it"),
    ],
)
def test_where_a_terms_words_are_not_plain_nothing_is_made(said: str, why: str) -> None:
    assert graft("金管局的收入上升。", said, MADE, ("金管局", "HKMA")) is None, why


def test_words_the_term_says_itself_are_not_said_twice() -> None:
    made = graft("外汇基金上升。", "Hong Kong Exchange funds rose.", {**MADE, "hong": "外汇", "kong": "外汇"},
                 ("外汇基金", "Hong Kong Exchange Fund"))  # fmt: skip
    assert made == "Hong Kong Exchange Fund rose."


def test_a_place_with_its_province_is_not_said_with_two_provinces() -> None:
    made_from = {**MADE, "karamay": "基金", "xinjiang": "外汇"}
    assert graft("外汇基金上升。", "Karamay, Xinjiang rose.", made_from, ("外汇基金", "Karamay, Xinjiang")) == (
        "Karamay, Xinjiang rose."
    )


def test_a_run_of_many_more_words_than_the_term_says_something_else_too() -> None:
    made = dict.fromkeys(("despite", "many", "challenges", "funds"), "外汇基金")
    assert graft("外汇基金上升。", "Despite many challenges funds rose.", made, ("外汇基金", "Fund")) is None


def test_a_sentence_whose_terms_are_plain_is_translated_freely_and_once() -> None:
    engine = Attentive("The foreign exchange funds rose.", MADE, {"外汇基金": "foreign exchange funds"})
    (rendering,) = Terminologist(engine, Glossary((FUND,))).translate(["外汇基金上升。"])
    assert rendering.target == "The Exchange Fund rose."
    assert [use.outcome for use in rendering.terms] == [TermOutcome.ENFORCED]
    assert engine.asked == ["外汇基金上升。"]  # never with a placeholder


def test_a_sentence_whose_terms_are_not_plain_goes_up_the_ladder() -> None:
    engine = Attentive("Everything rose.", MADE, {"外汇基金": "foreign exchange funds"})
    Terminologist(engine, Glossary((FUND,))).translate(["外汇基金上升。"])
    assert any("T1X" in text for text in engine.asked)


def test_pieces_of_a_word_are_one_and_hear_the_mean_of_what_they_hear() -> None:
    pieces = ["▁World", "▁In", "ternet", "."]
    spans = source_spans(["▁世界", "互联网"], "世界互联网")
    heard = attended(pieces, spans, [[1.0, 0.0], [0.0, 0.5], [0.0, 1.0], [0.0, 0.0]])
    text = words(pieces).strip()
    assert [span.of(text) for span, _ in heard] == ["World", "Internet."]
    assert heard[1][1] == ((Span(2, 5), 0.5),)


def test_a_piece_the_text_spells_otherwise_has_an_empty_place() -> None:
    assert source_spans(["▁", "A", "大会"], "Ａ大会") == [Span(0, 0), Span(0, 0), Span(1, 3)]


def test_a_negation_is_never_lost_with_the_words_of_a_term() -> None:
    made_from = {**MADE, "non-civil": "外汇", "service": "基金"}
    slot = ("外汇基金", "civil service")
    assert graft("外汇基金上升。", "Non-civil service rose.", made_from, slot) is None
    assert graft("外汇基金上升。", "Non-civil service rose.", made_from, ("外汇基金", "non-civil service")) is not None


def test_a_verb_before_the_article_is_no_part_of_a_term() -> None:
    made_from = {"recorded": "估值", "valuation": "下调", "revision": "下调", "portfolio": "组合"}
    made = graft(
        "组合估值下调。", "The portfolio recorded a valuation revision.", made_from, ("估值下调", "valuation loss")
    )
    assert made in {None, "The portfolio recorded a valuation loss."}


def test_a_word_the_engine_does_not_say_for_the_term_alone_stays_beside_it() -> None:
    made_from = {**MADE, "creation": "外汇基金"}
    made = graft(
        "外汇基金上升。", "The creation of foreign exchange funds rose.", made_from, ("外汇基金", "Exchange Fund")
    )
    assert made == "The creation of Exchange Fund rose."


def test_a_word_between_those_of_a_term_keeps_the_term_from_being_put_in() -> None:
    made_from = {**MADE, "building": "外汇基金"}
    said = "Foreign exchange building funds rose."
    assert graft("外汇基金上升。", said, made_from, ("外汇基金", "Exchange Fund")) is None


def test_a_word_that_touches_those_of_a_term_keeps_the_term_from_being_put_in() -> None:
    made_from = {**MADE, "management": "外汇基金"}
    said = "The foreign exchange funds management rose."
    assert graft("外汇基金上升。", said, made_from, ("外汇基金", "Exchange Fund")) is None
