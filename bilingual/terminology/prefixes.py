"""Where in a translation should a placeholder stand that the engine dropped?

The engine tells: after each word of what it wrote, how likely is the placeholder to come next? From the likeliest
places on the sentence is decoded again, so that what follows fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.engines import Engine
from bilingual.terminology.grammar import OPEN

PLACES = 2
"""From how many places a sentence is decoded again for one placeholder."""

MOST = 8
"""Places that are looked at, those nearest to where the term stands in the source: each costs a reading."""


def prefixes(engine: Engine, wanted: Sequence[tuple[str, str, str]]) -> list[list[str]]:
    """For each (protected source, what the engine made of it, placeholder that it lacks) the beginnings from which to
    decode it again, each ending with the placeholder, the likeliest first."""
    if not {"prefix", "trace"} <= engine.capabilities:
        return [[] for _ in wanted]
    begun = [
        [f"{begin} {mark}".lstrip() for begin in _beginnings(written, text.find(mark) / len(text))]
        for text, written, mark in wanted
    ]
    traces = iter(engine.trace([(wanted[row][0], text) for row, texts in enumerate(begun) for text in texts]))
    found = []
    for (_, _, mark), texts in zip(wanted, begun, strict=True):
        likely = [sum(log for span, log in next(traces) if span.end > len(text) - len(mark)) for text in texts]
        best = sorted(range(len(texts)), key=lambda at: -likely[at])[:PLACES]
        found.append([texts[at] for at in best])
    return found


def _beginnings(text: str, share: float) -> list[str]:
    """The text up to each of its words before which a name can stand, where about that share of it is said."""
    begun = (text[: word.start()] for word in re.finditer(r"\S+", text))
    places = [words.rstrip() for words in begun if OPEN.search(words)]
    return sorted(places, key=lambda words: abs(len(words) / len(text) - share))[:MOST]
