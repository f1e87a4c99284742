"""From the offsets of cuts to segments and gaps: every character in one of them, no white space at a segment's edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bilingual.bitext import Span
from bilingual.quotations import BLANK_LINE, NEW_LINES

EDGES = "".join(
    [" \t\x1f\xa0\u1680\u202f\u205f\u3000\ufeff", NEW_LINES, *(chr(code) for code in range(0x2000, 0x200C))]
)
"""White space of every kind, that of line ends too."""

EDGE = re.compile(f"[{EDGES}]*")
WORD = re.compile(r"\w")
_NEW_LINE = re.compile(f"[{NEW_LINES}]")
_LINE_END = re.compile(rf"\r\n|[{NEW_LINES}]")


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The sentences of a text and the gaps (white space) between them: together every character, each in one span."""

    segments: tuple[Span, ...]
    gaps: tuple[Span, ...]


def between_cuts(text: str, cuts: Iterable[int], *, strict: bool = False) -> Segmentation:
    """The segmentation of `text` at `cuts`, which rise. What holds no word belongs to the segment before it.

    `strict`: every cut holds, also before what holds no word.
    """
    segments: list[Span] = []
    start = 0
    for end in (*cuts, len(text)):
        sentence = trimmed(text, start, end)
        start = end
        if sentence is None:
            continue
        if not strict and segments and _belongs_before(text, segments[-1], sentence):
            segments[-1] = Span(segments[-1].start, sentence.end)
        else:
            segments.append(sentence)
    return Segmentation(tuple(segments), tuple(_between(segments, len(text))))


def paragraphs(text: str, *, each_line: bool) -> Iterator[Span]:
    """The parts of `text` that no sentence crosses: its lines or, without `each_line`, what stands between blank lines.

    Line ends belong to the part before them, so the parts put end to end are the text.
    """
    start = 0
    for end in (*((_LINE_END if each_line else BLANK_LINE).finditer(text)), None):
        stop = end.end() if end else len(text)
        if start < stop:
            yield Span(start, stop)
        start = stop


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The part of [start, end) without white space at its edges; None where nothing is left."""
    rest = text[start:end].lstrip(EDGES)
    left = end - len(rest)
    rest = rest.rstrip(EDGES)
    return Span(left, left + len(rest)) if rest else None


def _belongs_before(text: str, before: Span, sentence: Span) -> bool:
    """Whether what would be a sentence is only a dash or the like at the end of the line before."""
    return not WORD.search(text, sentence.start, sentence.end) and not _NEW_LINE.search(
        text, before.end, sentence.start
    )


def _between(segments: list[Span], length: int) -> Iterator[Span]:
    """What no segment covers."""
    start = 0
    for found in (*segments, Span(length, length)):
        if start < found.start:
            yield Span(start, found.start)
        start = found.end
