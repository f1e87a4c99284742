"""A source that was corrected by hand: where each of its characters went, and its codes with them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from bilingual.bitext import Span, Text
from bilingual.codes import placed

_LONGEST = 4000
"""Stretches that differ are compared letter by letter up to this length: longer ones take too long."""


def corrected(text: Text, string: str) -> Text:
    """`string`, a corrected form of `text`, with the codes of `text` at the characters that were kept."""
    if not text.codes or string == text.string:
        return Text(string, text.codes)
    at = places(text.string, string)
    return placed(text, string, lambda span: moved(span, at))


def moved(span: Span, at: Sequence[int]) -> Span:
    """Where a stretch of the old text stands in the new one, by the `places` of its characters; what was put in behind
    it is no part of it."""
    start, end = (min(place, len(at) - 1) for place in (span.start, span.end))
    return Span(at[start], min(at[end - 1] + 1, at[end]) if end > start else at[start])


def places(old: str, new: str) -> list[int]:
    """For each place of `old`, its end among them, the place in `new`."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    stop, end = len(old) - tail, len(new) - tail
    middle = [head] * (stop - head)
    if max(stop, end) - head <= _LONGEST:
        matcher = SequenceMatcher(None, old[head:stop], new[head:end], autojunk=False)
        for _, first, last, start, limit in matcher.get_opcodes():
            for at in range(first, last):
                middle[at] = head + min(start + at - first, limit)
    return [*range(head), *middle, *range(end, len(new) + 1)]


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
