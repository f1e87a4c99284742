"""A fake engine for tests and plumbing: no model, no waiting, the same English-looking words for the same Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import normalize
from zlib import crc32

from bilingual.engines import Decode, Hypothesis, Request, Trace

Answer = Callable[[Request, Decode], str | list[str]]

_WORDS = (
    *("river", "town", "light", "stone", "bridge", "market", "wind", "letter", "garden", "summit", "village", "cloud"),
    *("road", "lamp", "paper", "harbour", "song", "window", "field", "winter", "silver", "morning", "silk", "mountain"),
)
_CHINESE = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff々〇]{1,4}")
_MARKS = str.maketrans("。、·—“”‘’「」『』《》〈〉【】〔〕", ".,--\"\"''\"\"''\"\"''[][]")
_LEFT_OVER = re.compile(r"[⺀-⿟　-〿㇀-㇯]")
"""Radicals, strokes and marks of Chinese that have no English counterpart."""

_SPACES = re.compile(r"\s+")
_BEFORE = re.compile(r"\s+([,.!?;:)\]])")
_AFTER = re.compile(r"([,;:!?)\]])(?=[^\W\d])")
_OPENING = re.compile(r"([(\[])\s+")


class InstantEngine:
    """An engine that makes its answers up, or has them from `answer`: a text or several, best first, for a request.

    Its own words keep Latin words, digits and placeholders such as T1X where they stand, put one word for each run of
    up to four Chinese characters, and honour `prefix` and `hypotheses`.
    """

    identity = "instant/1"
    capabilities = frozenset({"prefix", "hypotheses", "score"})

    def __init__(self, answer: Answer | None = None) -> None:
        self._answer = answer
        self.on_progress: Callable[[int, int], None] | None = None

    def translate(self, requests: Sequence[Request], options: Decode | None = None) -> list[tuple[Hypothesis, ...]]:
        """For each request its hypotheses, the same ones every time; an empty text gives one empty one."""
        options = options or Decode()
        answers = [self._hypotheses(request, options) for request in requests]
        if self.on_progress:
            total = sum(len(request.text) for request in requests)
            self.on_progress(total, total)
        return answers

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The nearer the lengths, the higher: 0 is best."""
        return [-abs(len(target) - 3 * len(source)) / (1 + len(target)) for source, target in pairs]

    def trace(self, pairs: Sequence[tuple[str, str]]) -> list[Trace]:
        """Nothing: its words come from nowhere."""
        return [() for _ in pairs]

    def _hypotheses(self, request: Request, options: Decode) -> tuple[Hypothesis, ...]:
        if not request.text.strip():
            return (Hypothesis("", 0.0),)
        if self._answer is not None:
            told = self._answer(request, options)
            texts = [told] if isinstance(told, str) else told[: options.hypotheses]
        else:
            texts = [_made_up(request, turn) for turn in range(options.hypotheses)]
        return tuple(Hypothesis(text, -0.1 * (rank + 1)) for rank, text in enumerate(texts))


def _made_up(request: Request, turn: int) -> str:
    text = _CHINESE.sub(lambda run: f" {_word(run[0], turn)} ", normalize("NFKC", request.text).translate(_MARKS))
    text = _AFTER.sub(r"\1 ", _LEFT_OVER.sub(" ", text))
    text = _OPENING.sub(r"\1", _BEFORE.sub(r"\1", _SPACES.sub(" ", text))).strip()
    text = text[:1].upper() + text[1:]
    return f"{request.prefix} {text}" if request.prefix else text


def _word(chinese: str, turn: int) -> str:
    return _WORDS[(crc32(chinese.encode()) + turn) % len(_WORDS)]
