"""The benchmark's own parts: what it learns, what it counts, and other people's ways on a text of ours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bench.align_data import Changed, Pair, dropped, f1, shuffled
from bench.align_methods import exact, gale_church, vecalign
from bench.align_training import Stretches, gold_way, learn, likelihood, minimum, stretches, together
from bilingual.alignment import encoder
from bilingual.alignment.coarse import near_path
from bilingual.alignment.evidence import view
from bilingual.alignment.search import SHAPES
from bilingual.alignment.sides import Side
from bilingual.alignment.vectors import Space
from tests.alignment_texts import BEADS, CHINESE, ENGLISH

PAIR = Pair("page", CHINESE, ENGLISH, BEADS)


@pytest.fixture(scope="module")
def spaces() -> dict[str, Space]:
    model = encoder.load()
    return {"encoder": (model.parts(CHINESE), model.parts(ENGLISH))}


@pytest.fixture(scope="module")
def lesson(spaces: dict[str, Space]) -> Stretches:
    band = near_path(*spaces["encoder"], 8)
    return stretches(view(Side(CHINESE), Side(ENGLISH), band), spaces, BEADS, 1.0)


def test_the_slope_of_the_likelihood_is_its_slope(lesson: Stretches) -> None:
    data = together([lesson])
    weights = np.random.default_rng(1).normal(size=len(data.names))
    value, slope = likelihood(data, weights)
    for place in range(0, len(weights), 4):
        step = np.zeros(len(weights))
        step[place] = 1e-3
        measured = (likelihood(data, weights + step)[0] - likelihood(data, weights - step)[0]) / 2e-3
        assert slope[place] == pytest.approx(measured, rel=0.05, abs=0.02)
    assert value < 0


def test_learning_makes_the_gold_beads_likelier(lesson: Stretches) -> None:
    weights = learn([lesson], rounds=8)
    data = together([lesson])
    before = likelihood(data, np.zeros(len(data.names)))[0]
    assert likelihood(data, np.array([*weights.values()]))[0] > before / 2


def test_the_smallest_place_of_a_bowl_is_found() -> None:
    bottom = np.array([1.0, -2.0, 3.0])
    found = minimum(lambda at: (float(((at - bottom) ** 2).sum()), 2 * (at - bottom)), 3, 20)
    assert found == pytest.approx(bottom, abs=1e-3)


def test_the_gold_way_takes_every_sentence_once() -> None:
    way = gold_way(BEADS, len(CHINESE), len(ENGLISH))
    assert sum(SHAPES[shape][0] for _, _, shape in way) == len(CHINESE)
    assert sum(SHAPES[shape][1] for _, _, shape in way) == len(ENGLISH)


def test_strict_f1_counts_whole_beads_alone() -> None:
    assert f1(BEADS, BEADS) == 1
    assert f1([((0,), (0,)), ((1,), (1, 2))], [((0,), (0,)), ((1,), (1,)), ((), (2,))]) == 0.5


@pytest.mark.parametrize("make", [lambda: dropped(PAIR, 0.3, 1), lambda: shuffled(PAIR, 0.1, 1, paragraphs=2, size=2)])
def test_the_beads_of_a_changed_text_are_of_the_same_sentences(make: Callable[[], Changed]) -> None:
    changed = make()
    assert len(set(changed.target)) == len(changed.target)
    for source, target in changed.gold:
        ours, theirs = {changed.source[at] for at in source}, {changed.target[at] for at in target}
        assert any(ours <= set(a) and theirs <= set(b) for a, b in BEADS)


def test_other_peoples_ways_find_what_is_plain(spaces: dict[str, Space]) -> None:
    assert ((15,), (15,)) in vecalign(*spaces["encoder"])
    assert len({at for source, _ in gale_church(CHINESE, ENGLISH) for at in source}) == len(CHINESE)


def test_a_span_encoded_whole_is_near_the_one_put_together(spaces: dict[str, Space]) -> None:
    parts = spaces["encoder"][0]
    whole = exact(encoder.load(), parts, CHINESE, "")
    ends = np.arange(2, 6)
    assert (whole.spans(2, ends) * parts.spans(2, ends)).sum(axis=1).min() > 0.95
