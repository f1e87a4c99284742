"""Putting right what decoding left wrong, only where it is plain which words of the target stand for the term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilingual import english
from bilingual.bitext import Span
from bilingual.glossary import find_rendering
from bilingual.terminology.verify import Verdict

_MOST_OF_IT = 0.8
"""Words that fill more of the target than this are the sentence, not the term."""

_MARK = "\ue000"
"""One private character that stands for the spot; it never leaves this module."""


def repair(target: str, verdict: Verdict, bare: Mapping[str, str]) -> str:
    """`target` with forbidden renderings, and the engine's own words for a missing term, replaced by the settled ones.

    `bare` is what the engine makes of each term standing alone. A term whose words cannot be told stays missing.
    """
    edits = [(span, slot) for slot, span in verdict.forbidden]
    taken = [span for _, span in verdict.found if span is not None]
    for slot in verdict.missing:
        if any(slot is other for _, other in edits):
            continue
        spot = _own_words(target, bare.get(slot.source, ""), [*taken, *(span for span, _ in edits)])
        if spot:
            edits.append((spot, slot))
    for span, slot in sorted(edits, key=lambda edit: -edit[0].start):
        marked = target[: span.start] + _MARK + target[span.end :]
        target, _ = english.place(marked, _MARK, slot.renderings[0])
    return english.tidy(target) if edits else target


def _own_words(target: str, words: str, taken: Sequence[Span]) -> Span | None:
    """The one free place of the engine's own words for a term; None where there is none, or more than one."""
    if len(words) < 4 or len(words) > len(target) * _MOST_OF_IT:
        return None
    spots = [spot for spot in find_rendering(target, words) if not any(spot.overlaps(other) for other in taken)]
    return spots[0] if len(spots) == 1 else None
