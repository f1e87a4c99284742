"""Texts as the page's modules get them: pieces, each with whether it is marked; they become text nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from bilingual.bitext import Span

Pieces = list[tuple[str, bool]]
"""A text cut into stretches, and which of them are marked; put end to end they are the text."""

LONGEST = 2000
"""Words (or characters of Chinese) of two texts beyond which they are not compared piece by piece."""

WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|\w+|\s+|[^\w\s]")
"""Where texts may part: between words, Chinese characters, spaces and marks."""


def marked(text: str, spans: Iterable[Span]) -> Pieces:
    """The text with these stretches marked; those that overlap are one."""
    pieces: Pieces = []
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        start = max(span.start, end)
        if start >= span.end:
            continue
        if text[end:start]:
            pieces.append((text[end:start], False))
        pieces.append((text[start : span.end], True))
        end = span.end
    return [*pieces, (text[end:], False)] if text[end:] or not pieces else pieces


def compared(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both texts, marked where they part, word by word."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > 2 * LONGEST:
        return ([(old, old != new)], [(new, old != new)])
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        _joined([("".join(before[a:b]), what != "equal") for what, a, b, _, _ in blocks]),
        _joined([("".join(after[a:b]), what != "equal") for what, _, _, a, b in blocks]),
    )


def shortened(pieces: Pieces, around: int) -> Pieces:
    """The pieces with at most `around` characters of what is not marked before, between and behind the marks."""
    last = len(pieces) - 1
    return [
        (text if mark else _cut(text, around, first=at == 0, last=at == last), mark)
        for at, (text, mark) in enumerate(pieces)
    ]


def _cut(text: str, around: int, *, first: bool, last: bool) -> str:
    if first and last:
        return text if len(text) <= 2 * around else text[: 2 * around] + "…"
    if first:
        return text if len(text) <= around else "…" + text[-around:]
    if last:
        return text if len(text) <= around else text[:around] + "…"
    return text if len(text) <= 2 * around else f"{text[:around]} … {text[-around:]}"


def _joined(pieces: Sequence[tuple[str, bool]]) -> Pieces:
    """Neighbours that are marked alike as one, empty ones left out; a space between two marks is marked too."""
    done: Pieces = []
    kept = [piece for piece in pieces if piece[0]]
    for at, (text, mark) in enumerate(kept):
        between = text.isspace() and 0 < at < len(kept) - 1 and kept[at - 1][1] and kept[at + 1][1]
        if done and done[-1][1] == (mark or between):
            done[-1] = (done[-1][0] + text, done[-1][1])
        else:
            done.append((text, mark or between))
    return done
