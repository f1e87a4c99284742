"""Sentences too long for one decoding: cut at their clauses, each translated for itself, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bilingual.bitext import Candidate, Flag, FlagKind, Span, Text
from bilingual.terminology.ladder import Rendering

LONGEST = 400
"""Characters of a part. Few sentences that people write are longer; a list or a table in one line is."""

_STOP = re.compile(r"[；;。！？!?]|……")
_PAUSE = re.compile(r"[，：、]|[,:](?!\d)")


def split(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence: put end to end they are the sentence. One part where it is short enough."""
    return tuple(_parts(sentence))


def _parts(sentence: str) -> Iterator[str]:
    start = 0
    while len(sentence) - start > LONGEST:
        end = _cut(sentence, start)
        yield sentence[start:end]
        start = end
    yield sentence[start:]


def _cut(sentence: str, start: int) -> int:
    """The best place to cut in reach: after the last stop, else the last pause, else where the reach ends."""
    for pattern in (_STOP, _PAUSE):
        ends = [found.end() for found in pattern.finditer(sentence, start, start + LONGEST)]
        if ends and ends[-1] > start + LONGEST // 4:
            return ends[-1]
    end = start + LONGEST
    while end > start + LONGEST // 2 and _counts(sentence[end - 1]) and _counts(sentence[end]):
        end -= 1  # never inside a number or a Latin word
    return end


def _counts(char: str) -> bool:
    return char.isnumeric() or (char.isascii() and (char.isalnum() or char in ",.%"))


def join(parts: Sequence[str], renderings: Sequence[Rendering]) -> Rendering:
    """The rendering of the sentence that `parts` make up, out of theirs; flagged, because nobody saw it whole."""
    if len(parts) == 1:
        return renderings[0]
    target = " ".join(rendering.target for rendering in renderings)
    terms, flags, at = [], [Flag(FlagKind.LENGTH, f"too long for the model: translated in {len(parts)} parts")], 0
    for part, rendering in zip(parts, renderings, strict=True):
        terms += [replace(use, span=_moved(use.span, at)) for use in rendering.terms]
        flags += [
            replace(f, span=_moved(f.span, at) if f.span and f.side == "source" else None) for f in rendering.flags
        ]
        at += len(part)
    origin = renderings[0].candidates[0].origin
    return Rendering(target, tuple(terms), tuple(flags), (Candidate(Text(target), origin),))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
