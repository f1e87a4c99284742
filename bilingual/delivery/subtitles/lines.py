"""English for the screen: a sentence shared out over its cues, and the words of a cue set in lines.

A line has about 42 characters, and a cue two lines of about one length; what is longer gets more lines. No word is
ever lost or cut.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bilingual.bitext import Span

WIDTH = 42
"""How many characters a line should have at most."""

STRETCH = 46
"""How many a line may have so that two lines are enough."""

LONG = 120
"""From how many words on nobody looks for the best lines: they are filled one after the other."""

WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
WORD = re.compile(rf"[{WIDE}]|[^\s{WIDE}]+")
WEAK = re.compile("a|an|the|of|in|on|at|to|for|with|by|from|and|or|but|my|your|his|her|its|our|their", re.IGNORECASE)
POINT = re.compile(r"[,.;:!?…—][”’\"')\]]*$")


def shares(string: str, cuts: list[int]) -> list[Span]:
    """The stretches of `string` for the cues that `cuts` begin, all but the first: each cut at the nearest gap between
    words, no stretch without a word if there are enough of them. What is between two stretches is white space."""
    words = [Span(*found.span()) for found in WORD.finditer(string)]
    firsts: list[int] = []
    for number, cut in enumerate(cuts, 1):
        least = (firsts[-1] if firsts else 0) + 1
        most = len(words) - (len(cuts) - number) - 1
        firsts.append(min(max(min(_nearest(words, cut), most), least), len(words)))
    edges = [0, *firsts, len(words)]
    return [_stretch(words, left, right, len(string)) for left, right in pairwise(edges)]


def _nearest(words: list[Span], cut: int) -> int:
    """The first word after the gap that is nearest to a place."""
    for at, word in enumerate(words):
        if cut <= word.start or cut - word.start < word.end - cut:
            return at
    return len(words)


def _stretch(words: list[Span], left: int, right: int, length: int) -> Span:
    if left < right:
        return Span(words[left].start, words[right - 1].end)
    place = words[left].start if left < len(words) else length
    return Span(place, place)


def line_breaks(string: str) -> list[Span]:
    """The white space in `string` (one cue's words, or one speaker's) where its lines are to be broken."""
    words = [Span(*found.span()) for found in re.finditer(r"\S+", string)]
    if len(string.strip()) <= WIDTH or len(words) < 2:
        return []
    breaks = _balanced(string, words, 2, STRETCH) if len(words) <= LONG else None
    lines = 3
    while breaks is None and len(words) <= LONG and lines <= len(words):
        breaks, lines = _balanced(string, words, lines, WIDTH), lines + 1
    breaks = _filled(words) if breaks is None else breaks
    return [Span(words[at - 1].end, words[at].start) for at in breaks]


def _balanced(string: str, words: list[Span], lines: int, width: int) -> list[int] | None:
    """The words that begin the second and further lines, the lines as even as can be; None where they are too wide."""
    best: list[tuple[float, list[int]] | None] = [None] * len(words) + [(0.0, [])]
    for left in range(lines):
        row: list[tuple[float, list[int]] | None] = [None] * (len(words) + 1)
        for start in range(len(words)):
            stops = [len(words)] if left == 0 else range(start + 1, len(words))
            options = []
            for stop in stops:
                size = words[stop - 1].end - words[start].start
                if size > width and stop - start > 1:
                    if left:
                        break
                    continue
                rest = best[stop]
                if rest is not None:
                    first = [] if stop == len(words) else [stop]
                    options.append((rest[0] + _cost(string, words, stop, size), first + rest[1]))
            row[start] = min(options, default=None)
        best = row
    return best[0][1] if best[0] is not None else None


def _cost(string: str, words: list[Span], stop: int, size: int) -> float:
    """How ill a line of a size reads that ends before the word `stop`."""
    if stop == len(words):
        return size * size
    last = words[stop - 1].of(string)
    return size * size + (400 if WEAK.fullmatch(last) else -400 if POINT.search(last) else 0)


def _filled(words: list[Span]) -> list[int]:
    """The words that begin lines when each line takes as many as fit."""
    firsts, start = [], words[0].start
    for at, word in enumerate(words[1:], 1):
        if word.end - start > WIDTH:
            firsts.append(at)
            start = word.start
    return firsts
