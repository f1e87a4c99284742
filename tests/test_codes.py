"""Inline codes come through cutting, placing and joining: each once, nested, around the right words."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.bitext import Code, Span, Text
from bilingual.codes import carried, completed, cut, is_nested, joined, placed, uncrossed, wrapped

ALPHABET = "春天来了。 ab"


def marked(string: str) -> Text:
    """A text from a spelling: <b> … </b> is a pair, <f/> a lone code; the letter is its id."""
    plain, codes, at = "", [], 0
    while at < len(string):
        if string[at] == "<":
            end = string.index(">", at)
            name = string[at + 1 : end]
            kind = "close" if name[0] == "/" else "empty" if name[-1] == "/" else "open"
            codes.append(Code(len(plain), name.strip("/"), kind, string[at : end + 1]))
            at = end + 1
        else:
            plain += string[at]
            at += 1
    return Text(plain, tuple(codes))


def spelled(text: Text) -> str:
    """The inverse of `marked`."""
    out, at = "", 0
    for code in text.codes:
        out += text.string[at : code.position]
        at = code.position
        out += {"open": f"<{code.id}>", "close": f"</{code.id}>", "empty": f"<{code.id}/>"}[code.kind]
    return out + text.string[at:]


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Texts whose codes are nested, each id once."""
    names = iter("cdefghijklmnopqrstuvwxyz")

    def run(depth: int) -> str:
        parts = draw(st.lists(st.sampled_from(("words", "pair", "lone")), max_size=4 if depth < 3 else 1))
        out = ""
        for part in parts:
            if part == "words":
                out += draw(st.text(ALPHABET, max_size=6))
            elif part == "lone":
                out += f"<{name}/>" if (name := next(names, "")) else ""
            elif name := next(names, ""):
                out += f"<{name}>{run(depth + 1)}</{name}>"
        return out

    return marked(run(0))


@st.composite
def texts_and_cuts(draw: st.DrawFn) -> tuple[Text, list[Span]]:
    text = draw(texts())
    if not text.string:
        return text, [Span(0, 0)]
    ends = sorted(draw(st.lists(st.integers(0, len(text.string)), min_size=2, max_size=6, unique=True)))
    spans = [Span(a, b) for a, b in itertools.pairwise(ends)]
    kept = [span for span in spans if draw(st.booleans())] or spans
    return text, kept


@pytest.mark.parametrize(
    ("whole", "spans", "parts"),
    [
        pytest.param("春天<b>来了</b>。花开了。", [(0, 5), (5, 9)], ["春天<b>来了</b>。", "花开了。"], id="inside-one"),
        pytest.param("<b>春天。花</b>开。", [(0, 3), (3, 6)], ["<b>春天。</b>", "<b>花</b>开。"], id="over-two"),
        pytest.param("春天。<f/>花开。", [(0, 3), (3, 6)], ["春天。<f/>", "花开。"], id="note-mark"),
        pytest.param("<f/>春天。", [(0, 3)], ["<f/>春天。"], id="picture-in-front"),
        pytest.param("春天。 <b>花开。</b>", [(0, 3), (4, 7)], ["春天。", "<b>花开。</b>"], id="gap"),
        pytest.param("春天。<b></b>花", [(0, 3), (3, 4)], ["春天。<b></b>", "花"], id="empty-pair"),
        pytest.param("春天。<b> </b>花", [(0, 3), (4, 5)], ["春天。<b></b>", "花"], id="pair-around-white-space"),
        pytest.param(
            "<i>春<b>天。花</b>开。</i>",
[(0, 3), (3, 6)],
["<i>春<b>天。</b></i>", "<i><b>花</b>开。</i>"],
id="nested",
        ),
    ],
)  # fmt: skip
def test_each_sentence_gets_its_codes(whole: str, spans: list[tuple[int, int]], parts: list[str]) -> None:
    assert [spelled(part) for part in cut(marked(whole), [Span(*span) for span in spans])] == parts


def test_a_divided_pair_is_one_again() -> None:
    parts = [marked("<b>Spring.</b>"), marked("<b>Flowers</b> open.")]
    assert spelled(joined(parts, [" "])) == "<b>Spring. Flowers</b> open."


def test_pairs_that_would_cross_are_nested() -> None:
    parts = [marked("<i>x <b>y</b></i> <b>z</b>"), marked("<b>u</b> v")]
    whole = joined(parts, [" "])
    assert spelled(whole) == "<i>x <b>y z u</b></i> v"


@given(texts_and_cuts())
def test_cutting_and_joining_loses_and_doubles_no_code(case: tuple[Text, list[Span]]) -> None:
    text, spans = case
    parts = cut(text, spans)
    assert [part.string for part in parts] == [span.of(text.string) for span in spans]
    assert all(is_nested(part.codes) for part in parts)
    whole = joined(parts, [text.string[a.end : b.start] for a, b in itertools.pairwise(spans)])
    assert Counter((c.id, c.kind, c.data) for c in whole.codes) == Counter((c.id, c.kind, c.data) for c in text.codes)
    assert is_nested(whole.codes)


@given(texts())
def test_cutting_at_everything_is_no_cut(text: Text) -> None:
    assert cut(text, [Span(0, len(text.string))]) == [text]


@given(texts(), st.text("Spring comes.", max_size=20), st.randoms(use_true_random=False))
def test_placing_loses_and_doubles_no_code_wherever_the_words_go(text: Text, target: str, rng: object) -> None:
    def anywhere(span: Span) -> Span:
        ends = sorted(rng.randint(-3, len(target) + 3) for _ in range(2))  # type: ignore[attr-defined]
        return Span(*ends)

    result = placed(text, target, anywhere)
    assert result.string == target
    assert Counter((c.id, c.kind, c.data) for c in result.codes) == Counter((c.id, c.kind, c.data) for c in text.codes)
    assert is_nested(result.codes)
    positions = [code.position for code in result.codes]
    assert positions == sorted(positions)
    assert all(0 <= position <= len(target) for position in positions)


def test_a_pair_around_everything_stays_around_everything() -> None:
    found = placed(
        marked("<b>春天<i>来</i>了。</b><f/>"), "Spring comes.", lambda span: Span(7, 12) if len(span) else Span(13, 13)
    )
    assert spelled(found) == "<b>Spring <i>comes</i>.</b><f/>"


def test_crossing_pairs_are_told_apart() -> None:
    crossing = (
        Code(0, "a", "open", ""),
        Code(1, "b", "open", ""),
        Code(2, "a", "close", ""),
        Code(3, "b", "close", ""),
    )
    assert [(c.id, c.kind, c.position) for c in uncrossed(crossing)] == [
        ("a", "open", 0),
        ("b", "open", 1),
        ("b", "close", 3),
        ("a", "close", 3),
    ]


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [
        pytest.param(
            "The <b>digital age</b> came.",
            "The new digital age has come.",
            "The new <b>digital age</b> has come.",
            id="words-around",
        ),
        pytest.param(
            "The <b>digital age</b> came.", "The digital era came.", "The <b>digital era</b> came.", id="word-replaced"
        ),
        pytest.param("A report<f/> came.", "Our report came.", "Our report<f/> came.", id="note-mark"),
        pytest.param("<b>All of it.</b>", "Something else.", "<b>Something else.</b>", id="around-everything"),
        pytest.param("The <b>old </b>age came.", "The age came.", "The<b> </b>age came.", id="marked-words-gone"),
    ],
)
def test_codes_stay_at_the_words_that_an_edit_kept(old: str, new: str, result: str) -> None:
    assert spelled(carried(marked(old), new)) == result


@given(texts(), st.text("Spring comes.春天", max_size=20))
def test_an_edit_loses_and_doubles_no_code(text: Text, string: str) -> None:
    result = carried(text, string)
    assert result.string == string
    assert sorted((c.id, c.kind) for c in result.codes) == sorted((c.id, c.kind) for c in text.codes)
    assert is_nested(result.codes)


@given(texts(), texts())
def test_a_target_ends_up_with_exactly_the_codes_of_its_source(source: Text, target: Text) -> None:
    result = completed(source, target)
    assert result.string == target.string
    assert Counter((c.id, c.kind, c.data) for c in result.codes) == Counter(
        (c.id, c.kind, c.data) for c in source.codes
    )
    assert is_nested(result.codes)


def test_a_complete_target_stays_as_it_is() -> None:
    target = marked("Spring <b>comes</b><f/>.")
    assert completed(marked("春天<f/><b>来</b>。"), target) == target


def test_marks_are_divided_by_codes_and_stay_nested() -> None:
    text = marked("One <b>two. Three</b> four.")
    found = wrapped(text, [Span(0, 8)], lambda n: (Code(0, f"m{n}", "open", ""), Code(0, f"m{n}", "close", "")))
    assert spelled(found) == "<m1>One </m1><b><m2>two.</m2> Three</b> four."
