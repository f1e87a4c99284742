"""Long sentences: cut at their clauses, each translated for itself, and put together again.

A model trained on sentences loses words in a paragraph of them: at ； and …… a long one is cut anyway, and one that no
model can hold is cut at its pauses, with a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bilingual.bitext import Candidate, Flag, FlagKind, Span, Text
from bilingual.terminology.attempts import Rendering

LONGEST = 400
"""Characters of a part at the most. Few sentences that people write are longer; a table in one line is."""

LONG = 90
"""Characters above which a sentence is cut at its ； and ……."""

_STOP = re.compile(r"[；;。！？!?]|……")
_PAUSE = re.compile(r"[，：、]|[,:](?!\d)")


def split(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence: put end to end they are the sentence. One part where it is short enough."""
    return tuple(_parts(sentence))


def _parts(sentence: str) -> Iterator[str]:
    if len(sentence) <= LONG:
        yield sentence
        return
    start = 0
    for end in [*_clauses(sentence), len(sentence)]:
        yield from _bounded(sentence[start:end])
        start = end


def _clauses(sentence: str) -> Iterator[int]:
    """Where a long sentence can be cut with nothing lost: behind a ； or …… that no quotation or bracket holds."""
    start = 0
    for found in _CLAUSE.finditer(sentence):
        head = sentence[start : found.end()]
        balanced = all(head.count(a) == head.count(b) for a, b in _PAIRS)
        if balanced and found.end() - start >= _SHORTEST and len(sentence) - found.end() >= _SHORTEST:
            yield found.end()
            start = found.end()


_CLAUSE = re.compile(r"[；;]|……")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"))
_SHORTEST = 15


def _bounded(sentence: str) -> Iterator[str]:
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
    """The rendering of the sentence that `parts` make up, out of theirs; flagged where it was cut in mid-clause."""
    if len(parts) == 1:
        return renderings[0]
    target = " ".join(_closed(rendering.target, last=rendering is renderings[-1]) for rendering in renderings)
    whole = all(_CLAUSE.search(part[-2:]) for part in parts[:-1])
    doubt = Flag(FlagKind.LENGTH, f"too long for the model: translated in {len(parts)} parts")
    terms, flags, at = [], [] if whole else [doubt], 0
    for part, rendering in zip(parts, renderings, strict=True):
        terms += [replace(use, span=_moved(use.span, at)) for use in rendering.terms]
        flags += [
            replace(f, span=_moved(f.span, at) if f.span and f.side == "source" else None) for f in rendering.flags
        ]
        at += len(part)
    origin = renderings[0].candidates[0].origin
    return Rendering(target, tuple(terms), tuple(flags), (Candidate(Text(target), origin),))


def _closed(target: str, *, last: bool) -> str:
    """A clause as a sentence of its own: the next one begins with a capital."""
    return target if last or not target.endswith((";", ",")) else f"{target[:-1]}."


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
