"""The search alone, without texts: against every way there is, and what its sureness adds up to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.alignment import band as bands
from bilingual.alignment.search import NEVER, SHAPES, best, sureness, table


def every_way(rows: int, columns: int) -> Iterator[list[tuple[int, int, int]]]:
    if rows == columns == 0:
        yield []
    for shape, (a, b) in enumerate(SHAPES):
        if a <= rows and b <= columns:
            for way in every_way(rows - a, columns - b):
                yield [*way, (rows, columns, shape)]


def scored(rows: int, columns: int, seed: int):  # type: ignore[no-untyped-def]
    band = bands.whole(rows, columns)
    cells = table(band)
    scores = np.random.default_rng(seed).normal(size=cells.before.shape).astype(np.float32) * 3
    scores[cells.before == band.size] = NEVER
    return cells, scores


def total(cells, scores, way) -> float:  # type: ignore[no-untyped-def]
    numbers = cells.band.numbers(np.array([step[0] for step in way]), np.array([step[1] for step in way]))
    return float(sum(scores[step[2], number] for step, number in zip(way, numbers, strict=True)))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 2), (2, 4), (4, 3)])
def test_the_best_way_is_the_best_of_all_ways(rows: int, columns: int, seed: int) -> None:
    cells, scores = scored(rows, columns, seed)
    way = best(cells, scores)
    assert total(cells, scores, way) == pytest.approx(
        max(total(cells, scores, other) for other in every_way(rows, columns)), abs=1e-3
    )
    assert way[-1][:2] == (rows, columns)


@pytest.mark.parametrize("seed", range(3))
def test_a_bead_is_as_sure_as_its_share_of_all_ways(seed: int) -> None:
    cells, scores = scored(3, 3, seed)
    ways = {tuple(way): np.exp(total(cells, scores, way)) for way in every_way(3, 3)}
    sure, _ = sureness(cells, scores)
    for bead in {bead for way in ways for bead in way}:
        number = int(cells.band.numbers(np.array([bead[0]]), np.array([bead[1]]))[0])
        share = sum(weight for way, weight in ways.items() if bead in way) / sum(ways.values())
        assert sure[bead[2], number] == pytest.approx(share, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 1000))
def test_every_sentence_is_in_exactly_one_bead(rows: int, columns: int, seed: int) -> None:
    cells, scores = scored(rows, columns, seed)
    way = best(cells, scores)
    ours = [at for row, _, shape in way for at in range(row - SHAPES[shape][0], row)]
    theirs = [at for _, column, shape in way for at in range(column - SHAPES[shape][1], column)]
    assert ours == [*range(rows)]
    assert theirs == [*range(columns)]
    sure, _ = sureness(cells, scores)
    sizes = np.array([a for a, _ in SHAPES])
    assert float((sure.sum(axis=1) * sizes).sum()) == pytest.approx(rows, rel=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 9), st.data())
def test_a_band_holds_its_path_and_what_is_near(rows: int, columns: int, reach: int, data: st.DataObject) -> None:
    turns = sorted({(data.draw(st.integers(0, rows)), data.draw(st.integers(0, columns))) for _ in range(3)})
    path = [(0, 0)]
    for row, column in [*turns, (rows, columns)]:
        path.append((max(row, path[-1][0]), max(column, path[-1][1])))
    band = bands.around(path, rows, columns, reach)
    for row, column in path:
        for down, right in ((0, 0), (reach, 0), (-reach, 0), (0, reach), (0, -reach)):
            near = row + down, column + right
            if 0 <= near[0] <= rows and 0 <= near[1] <= columns:
                assert band.low[near[0]] <= near[1] < band.high[near[0]]
    assert band.low[0] == 0
    assert band.high[-1] == columns + 1
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()


def test_the_band_of_a_long_text_grows_with_its_length_alone() -> None:
    sizes = [bands.around([(0, 0), (n, n)], n, n, 8).size / n for n in (1000, 8000)]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.05)
