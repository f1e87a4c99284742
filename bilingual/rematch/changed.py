"""Sentences whose source was changed a little: the person's old English comes back as a proposal, never in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bilingual.bitext import Candidate, Flag, FlagKind, Origin, OriginKind, Unit
from bilingual.rematch import Keys
from bilingual.rematch.words import difference, likeness, plain

NEAR = 0.45
"""How much alike two sources between the same neighbours must be to be one sentence, before and after a change."""
ANYWHERE = 0.75
"""How much alike they must be where the place says nothing."""
_SHOWN = 300
"""How much of the old words a flag shows; the candidate has them whole."""
_TRIED = 8
"""How many sources are compared with one that has lost its place."""


def with_old_words(
    units: Sequence[Unit], keys: Sequence[Keys], free: Iterable[int], gone: Sequence[tuple[Keys, Unit]]
) -> list[Unit]:
    """The units, those of `free` that a sentence of `gone` seems to have become with its English as a candidate and a
    flag that shows what changed in the source. The nearest goes first; none is used twice."""
    now = list(units)
    open_to = dict.fromkeys(free)
    used = set()
    for _, found, at, old in sorted(_pairs(units, keys, open_to, gone)):
        if at in open_to and old not in used:
            del open_to[at]
            used.add(old)
            now[at] = _proposed(units[at], gone[old][1], found)
    return now


def _pairs(
    units: Sequence[Unit], keys: Sequence[Keys], free: Mapping[int, None], gone: Sequence[tuple[Keys, Unit]]
) -> list[tuple[float, float, int, int]]:
    """A rank (the least is best), the likeness, the unit and the sentence that is gone."""
    after = {key.before: index for index, key in enumerate(keys) if index in free and key.before}
    before = {key.after: index for index, key in enumerate(keys) if index in free and key.after}
    grams: dict[str, list[int]] = {}
    for index in free:
        for gram in _grams(units[index].source.string):
            grams.setdefault(gram, []).append(index)
    pairs = []
    for number, (key, old) in enumerate(gone):
        if not old.target.string:
            continue
        near = [index for index in (after.get(key.before), before.get(key.after)) if index is not None]
        for index in dict.fromkeys([*near, *_likely(old.written.string, grams)]):
            found = likeness(old.written.string, units[index].source.string)
            if found >= (NEAR if index in near else ANYWHERE):
                pairs.append((-found - (index in near), found, index, number))
    return pairs


def _likely(source: str, grams: Mapping[str, Sequence[int]]) -> list[int]:
    """The free units that share most with a source, by its pairs of characters; what everybody has says nothing."""
    shared: dict[int, int] = {}
    for gram in _grams(source):
        having = grams.get(gram, ())
        for index in having if len(having) <= 200 else ():
            shared[index] = shared.get(index, 0) + 1
    return sorted(shared, key=lambda index: (-shared[index], index))[:_TRIED]


def _grams(text: str) -> set[str]:
    bare = plain(text)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def _proposed(unit: Unit, before: Unit, found: float) -> Unit:
    by = before.changed.by if before.changed else ""
    old = Candidate(before.target, Origin(OriginKind.MEMORY, by, round(found, 3)), round(found, 3))
    told = difference(before.written.string, unit.source.string)
    if before.original is not None:
        mended = difference(before.original.string, before.source.string)
        told += f" The old one had been corrected by hand: {mended}"
    who = f"{by} translated it" if by else "it was translated"
    words = before.target.string
    words = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
    flag = Flag(FlagKind.SOURCE, f"the source has changed since {who}: {told} The words for the old one: “{words}”")
    return replace(unit, candidates=(*unit.candidates, old), flags=(*unit.flags, flag))
