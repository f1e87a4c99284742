"""Pieces of texts for the page's modules, replacements and repetitions as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Code, Span, State, Text, Unit
from bilingual.errors import InputError
from bilingual.review.marked import compared, marked, shortened
from bilingual.review.patterns import Search
from bilingual.review.repeating import repetitions
from bilingual.review.replace import Replacement, preview

texts = st.text(st.sampled_from("ab 东西.\n"), max_size=12)


def joined(pieces: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in pieces)


@given(text=texts, spans=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4))
def test_pieces_put_end_to_end_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [Span(min(pair), min(max(pair), len(text))) for pair in spans]
    assert joined(marked(text, kept)) == text


@given(old=texts, new=texts)
def test_two_texts_compared_are_still_both_texts(old: str, new: str) -> None:
    before, after = compared(old, new)
    assert (joined(before), joined(after)) == (old, new)
    assert old != new or not any(mark for _, mark in before + after)


def test_texts_of_a_whole_book_are_not_compared_word_by_word() -> None:
    before, after = compared("a b " * 3000, "a c " * 3000)
    assert (len(before), len(after)) == (1, 1)


def test_a_long_sentence_is_shown_around_the_hit() -> None:
    pieces = shortened([("x" * 100, False), ("hit", True), ("y" * 100, False)], 10)
    assert pieces == [("…" + "x" * 10, False), ("hit", True), ("y" * 10 + "…", False)]


@pytest.mark.parametrize(
    ("search", "new", "before", "after"),
    [
        pytest.param(Search("a.c"), "$1", "a.c abc", "$1 abc", id="plain text is plain on both sides"),
        pytest.param(Search("wuzhen"), "Wu", "Wuzhen WUZHEN", "Wu Wu", id="any case"),
        pytest.param(Search("Wuzhen", case=True), "Wu", "Wuzhen WUZHEN", "Wu WUZHEN", id="this case"),
        pytest.param(Search("per cent"), "percent", "per cents", "percents", id="part of a word"),
        pytest.param(
            Search("per cent", whole=True), "percent", "per cents, per cent", "per cents, percent", id="whole"
        ),
        pytest.param(Search(r"(\d+) (\w+)", regular=True), "$2 \\1", "5 May", "May 5", id="groups turned"),
        pytest.param(Search(r"(?P<d>\d+)", regular=True), "<${d}|\\g<d>>", "7", "<7|7>", id="names"),
        pytest.param(Search(r"a(b)?", regular=True), "[$1]", "a ab", "[] [b]", id="a group that found nothing"),
        pytest.param(Search(r"\d", regular=True), "$0$0", "1", "11", id="all of it"),
        pytest.param(Search("x*", regular=True), "-", "axb", "a-b", id="nothing is no hit"),
    ],
)
def test_what_is_put_in_the_place_of_a_hit(search: Search, new: str, before: str, after: str) -> None:
    assert Replacement(search, new).done(before) == after


def test_only_ticked_hits_are_replaced() -> None:
    assert Replacement(Search("a"), "b").done("a a a", {0, 2}) == "b a b"


def test_a_preview_has_an_end() -> None:
    units = [Unit(str(n), "b", Text("东"), Text("a a")) for n in range(5)]
    hits, more = preview(units, Replacement(Search("a"), "b"), most=3)
    assert ([(hit.unit, hit.number) for hit in hits], more) == ([("0", 0), ("0", 1), ("1", 0)], True)


def test_what_stays_as_it_is_is_no_hit() -> None:
    assert preview([Unit("u", "b", Text("东"), Text("a A"))], Replacement(Search("a"), "a")) != ([], False)
    assert preview([Unit("u", "b", Text("东"), Text("a"))], Replacement(Search("a"), "a")) == ([], False)


def test_a_catastrophic_expression_ends() -> None:
    search = Search(r"(a|aa|a+)+$", regular=True, seconds=0.2)
    with pytest.raises(InputError, match="takes too long"):
        preview([Unit("u", "b", Text("东"), Text("a" * 80 + "b"))] * 50, Replacement(search, ""))


BOLD = (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold"))
OTHER = (Code(0, "7", "open", "<strong>", "bold"), Code(2, "7", "close", "</strong>", "bold"))
LINK = (Code(0, "7", "open", "<a>", "link"), Code(2, "7", "close", "</a>", "link"))


@pytest.mark.parametrize(
    ("codes", "target", "notes"),
    [
        pytest.param((), Text("Good day"), ("the formatting differs: look where it falls",), id="none"),
        pytest.param(
            OTHER,
            Text("Good day", (Code(0, "7", "open", "<strong>", "bold"), Code(4, "7", "close", "</strong>", "bold"))),
            (),
            id="the same, spelt otherwise",
        ),
        pytest.param(
            LINK,
            Text("Good day", (Code(0, "7", "open", "<a>", "link"), Code(8, "7", "close", "</a>", "link"))),
            ("the formatting differs: look where it falls",),
            id="others",
        ),
    ],
)
def test_a_repetition_keeps_its_own_codes(codes: tuple[Code, ...], target: Text, notes: tuple[str, ...]) -> None:
    said = Text("Good day", (Code(0, "1", "open", "<b>", "bold"), Code(4, "1", "close", "</b>", "bold")))
    unit = Unit("u", "b", Text("您好吗", BOLD), said)
    (found,) = repetitions([unit, Unit("v", "b", Text("您好吗", codes), state=State.NEW)], unit)
    assert (found.target, found.notes) == (target, notes)
