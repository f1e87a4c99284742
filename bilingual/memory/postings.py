"""Which forms are like a form: an index of pairs of neighbouring tokens, read rarest first.

Forms are indexed in blocks of consecutive numbers. A block never changes, so a posting is a plain array of 16-bit
offsets from the block's first number, under a key made of the two tokens and the block. Small blocks become a large
one when all its forms are there; the newest forms, fewer than a small block, are compared one by one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bilingual.memory.forms import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

SMALL, LARGE = 8192, 65536
"""Forms in a block."""

BUDGET = 60_000
"""Postings read for one look-up: the rarest pairs of tokens come first."""

CANDIDATES = 200
"""Forms that are compared token by token."""

_BITS = 21  # of a code point
_BLOCKS = 1 << 20
Block = tuple[int, int, int]
"""Number, first form, size."""


class Index:
    """The index of the forms in a database; one for a connection."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._version = -1
        self._blocks: dict[int, tuple[int, Array]] = {}
        self._frequency: dict[int, int] = {}
        self._tail: tuple[list[int], list[str]] = ([], [])

    def like(self, form: str, cutoff: float, most: int) -> list[tuple[int, float]]:
        """The numbers of the forms most like `form`, with their likeness from `cutoff` to 1; the best first."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        if not form or len(form) > LONGEST:
            return []
        self._refresh()
        numbers, texts = self._fetch(self._candidates(form))
        numbers, texts = numbers + self._tail[0], texts + self._tail[1]
        scorer = Levenshtein.normalized_similarity
        found = process.extract(form, texts, scorer=scorer, processor=None, score_cutoff=cutoff, limit=most)
        return [(numbers[at], score) for _, score, at in found]

    def holding(self, form: str) -> list[int]:
        """The numbers of the forms that may hold `form`, a part of a sentence; the newest first."""
        import numpy as np

        self._refresh()
        tail = [number for number, text in zip(*self._tail, strict=True) if form in text]
        pairs = sorted(set(_pairs(form)), key=self._count)[:4]
        ranges = [(pair * _BLOCKS, (pair + 1) * _BLOCKS) for pair in pairs]
        if len(form) == 1:  # every pair that begins with it; the last token's has an empty second half
            first = ord(form) << _BITS
            ranges = [(first * _BLOCKS, (first + (1 << _BITS)) * _BLOCKS)]
        found: dict[int, Any] | None = None
        for low, high in ranges:
            here: defaultdict[int, list[Any]] = defaultdict(list)
            for block, offsets in self._postings(low, high):
                here[block].append(offsets)
            merged = {block: np.unique(np.concatenate(parts)) for block, parts in here.items()}
            found = merged if found is None else _common(found, merged)
        blocks = sorted((self._blocks[number][0], offsets) for number, offsets in (found or {}).items())
        return tail[::-1] + [first + at for first, offsets in reversed(blocks) for at in offsets[::-1].tolist()]

    def settle(self, *, finish: bool) -> None:
        """Index what is not yet: whole large blocks, and the small ones too at the end. Call it while writing."""
        top = self._top()
        last = self._base.execute("SELECT coalesce(max(id), 0) FROM form").fetchone()[0]
        start = top // LARGE * LARGE
        while start + LARGE <= last:
            self._index(start + 1, LARGE)
            start += LARGE
        start = max(start, top)
        while finish and start + SMALL <= last:
            self._index(start + 1, SMALL)
            start += SMALL

    def _top(self) -> int:
        """The last form that is in a block."""
        return int(self._base.execute("SELECT coalesce(max(first + size - 1), 0) FROM block").fetchone()[0])

    def _refresh(self) -> None:
        """Learn of the blocks and forms that have come since, here or in another process."""
        last = self._base.execute("SELECT coalesce(max(id), 0) FROM form").fetchone()[0]
        newest = self._base.execute("SELECT coalesce(max(id), 0) FROM block").fetchone()[0]
        if (version := last * _BLOCKS + newest) == self._version:
            return
        import numpy as np

        rows = self._base.execute("SELECT id, first, lengths FROM block WHERE id > ?", (max(self._blocks, default=0),))
        self._blocks |= {number: (first, np.frombuffer(lengths, np.uint16)) for number, first, lengths in rows}
        present = {number for (number,) in self._base.execute("SELECT id FROM block")}
        self._blocks = {number: block for number, block in self._blocks.items() if number in present}
        query = "SELECT id, form FROM form WHERE id > ? AND length(form) BETWEEN 1 AND ?"
        tail = self._base.execute(query, (self._top(), LONGEST)).fetchall()
        self._tail = ([number for number, _ in tail], [text for _, text in tail])
        self._frequency.clear()
        self._version = version

    def _candidates(self, form: str) -> list[int]:
        """The forms that share most of the rarest pairs of tokens, for their length."""
        import numpy as np

        by_block: defaultdict[int, list[Any]] = defaultdict(list)
        for pair in self._rarest(form):
            for block, offsets in self._postings(pair * _BLOCKS, (pair + 1) * _BLOCKS):
                by_block[block].append(offsets)
        numbers, scores = [np.empty(0, np.int64)], [np.empty(0)]
        for block, parts in by_block.items():
            first, lengths = self._blocks[block]
            shared = np.bincount(np.concatenate(parts), minlength=len(lengths))
            (at,) = np.nonzero(shared > max(1, shared.max() // 4) - 1)
            score = shared[at] / np.maximum(lengths[at], len(form))
            if len(at) > CANDIDATES:
                best = np.argpartition(-score, CANDIDATES)[:CANDIDATES]
                at, score = at[best], score[best]
            numbers.append(at + first)
            scores.append(score)
        all_numbers, all_scores = np.concatenate(numbers), np.concatenate(scores)
        order = np.argsort(-all_scores, kind="stable")[:CANDIDATES]
        return [int(number) for number in all_numbers[order]]

    def _rarest(self, form: str) -> list[int]:
        """The pairs of tokens of a form that are in the index, rarest first, as many as the budget allows."""
        pairs = [pair for pair in sorted(set(_pairs(form + "\0")), key=self._count) if self._count(pair)]
        chosen: list[int] = []
        spent = 0
        for pair in pairs:
            spent += self._count(pair)
            if chosen and spent > BUDGET:
                break
            chosen.append(pair)
        return chosen

    def _count(self, pair: int) -> int:
        """How many forms have a pair of tokens."""
        if pair not in self._frequency:
            query = "SELECT coalesce(sum(length(offsets)), 0) / 2 FROM posting WHERE key >= ? AND key < ?"
            low = pair * _BLOCKS
            self._frequency[pair] = self._base.execute(query, (low, low + _BLOCKS)).fetchone()[0]
        return self._frequency[pair]

    def _postings(self, low: int, high: int) -> list[tuple[int, Array]]:
        import numpy as np

        rows = self._base.execute("SELECT key, offsets FROM posting WHERE key >= ? AND key < ?", (low, high))
        found = ((key % _BLOCKS, offsets) for key, offsets in rows)
        return [(block, np.frombuffer(offsets, np.uint16)) for block, offsets in found if block in self._blocks]

    def _fetch(self, numbers: Sequence[int]) -> tuple[list[int], list[str]]:
        marks = ",".join(map(str, numbers))
        rows = self._base.execute(f"SELECT id, form FROM form WHERE id IN ({marks})").fetchall()  # noqa: S608 (numbers)
        return [number for number, _ in rows], [text for _, text in rows]

    def _index(self, first: int, size: int) -> None:
        """Make a block of `size` forms from `first` on, in the place of smaller ones."""
        query = "SELECT id, form FROM form WHERE id >= ? AND id < ?"
        texts = [""] * size
        for number, text in self._base.execute(query, (first, first + size)):
            texts[number - first] = text if len(text) <= LONGEST else ""
        import numpy as np

        lengths = np.array([*map(len, texts)], np.uint16)
        values = (first, size, lengths.tobytes())
        block = 1 + self._base.execute("SELECT coalesce(max(id), 0) FROM block").fetchone()[0]
        self._base.execute("INSERT INTO block VALUES (?, ?, ?, ?)", (block, *values))
        pairs, offsets = _postings_of(texts)
        cuts = [0, *(np.flatnonzero(np.diff(pairs)) + 1).tolist(), len(pairs)] if len(pairs) else [0]
        keys = (pairs[cuts[:-1]] * _BLOCKS).tolist()
        query = "SELECT id FROM block WHERE id <> ? AND first >= ? AND first < ?"
        old = [number for (number,) in self._base.execute(query, (block, first, first + size))]
        for number in old:
            self._base.executemany("DELETE FROM posting WHERE key = ?", ((key + number,) for key in keys))
            self._base.execute("DELETE FROM block WHERE id = ?", (number,))
        data = memoryview(offsets.tobytes())
        spans = zip(keys, cuts[:-1], cuts[1:], strict=True)
        rows = ((key + block, data[2 * start : 2 * end]) for key, start, end in spans)
        self._base.executemany("INSERT INTO posting VALUES (?, ?)", rows)


def _postings_of(texts: Sequence[str]) -> tuple[Array, Array]:
    """Every pair of tokens in `texts` and the text it stands in, each once, sorted. The last token's pair is with 0."""
    import numpy as np

    tokens = np.frombuffer("\0".join([*texts, ""]).encode("utf-32-le"), np.uint32).astype(np.int64)
    inside = tokens[:-1] != 0
    text_of = np.cumsum(tokens == 0)[:-1][inside]
    pairs = ((tokens[:-1] << _BITS) | tokens[1:])[inside]
    order = np.argsort(pairs, kind="stable")
    pairs, text_of = pairs[order], text_of[order]
    new = np.ones(len(pairs), bool)
    new[1:] = (np.diff(pairs) != 0) | (np.diff(text_of) != 0)
    return pairs[new], text_of[new].astype(np.uint16)


def _pairs(form: str) -> list[int]:
    points = [*map(ord, form)]
    return [first << _BITS | second for first, second in pairwise(points)]


def _common(one: dict[int, Array], other: dict[int, Array]) -> dict[int, Array]:
    import numpy as np

    return {
        block: np.intersect1d(offsets, other[block], assume_unique=True)
        for block, offsets in one.items()
        if block in other
    }
