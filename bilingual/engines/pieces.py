"""Words to the pieces a model knows, and back: SentencePiece for the source, the model's vocabulary for the target.

The package brings only the Chinese side's SentencePiece model. English cut with that falls into letters the decoder has
never seen in a row (▁W or l d), so a target is cut into the vocabulary's own pieces instead: the cheapest way through,
where a piece costs as much as its rank in the vocabulary says (Zipf), because that file is ordered by frequency.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from bilingual.bitext import Span
from bilingual.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bilingual.engines import Attention

UNKNOWN = "<unk>"
_SPACE = "▁"
_PER_PIECE = 2.0
_FOR_UNKNOWN = 40.0
_NEVER_ENGLISH = re.compile(r"<.*>|.*[0-9A-Za-z][.,;:!?]")
"""Marks of the model itself, and "1999." or "8,", pieces of the Chinese side: English is cut before its stops."""


class Pieces:
    """The pieces of one installed package. Raises EngineError where its files cannot be read."""

    def __init__(self, package: Path) -> None:
        import sentencepiece

        file = package / "sentencepiece.model"
        try:
            self._processor: Any = sentencepiece.SentencePieceProcessor(model_proto=file.read_bytes())
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise EngineError(f"{file}: cannot be read ({reason})", "run `bilingual model install`") from error
        self._package = package
        self._costs: dict[str, float] | None = None
        self._longest = 0

    def source(self, texts: Sequence[str]) -> list[list[str]]:
        """The pieces of each source text; none for one of white space alone."""
        encoded: list[list[str]] = self._processor.encode(list(texts), out_type=str)
        return encoded

    def target(self, text: str) -> list[str]:
        """The pieces of an English text as the decoder would have made them; a character it does not know is <unk>."""
        costs, string = self._vocabulary(), _SPACE + _SPACE.join(text.split())
        if string == _SPACE:
            return []
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(string) + 1):
            cheapest = (best[end - 1][0] + _FOR_UNKNOWN, end - 1)
            for start in range(max(0, end - self._longest), end):
                cost = costs.get(string[start:end])
                if cost is not None:
                    cheapest = min(cheapest, (best[start][0] + cost, start))
            best.append(cheapest)
        return _walk(string, best, costs)

    def _vocabulary(self) -> dict[str, float]:
        """What each piece costs. Read when first asked for: plain translation needs no targets."""
        if self._costs is None:
            pieces = self._read_vocabulary()
            self._costs = {
                piece: math.log(rank + 2) + _PER_PIECE
                for rank, piece in enumerate(pieces)
                if not _NEVER_ENGLISH.fullmatch(piece)
            }
            self._longest = max(map(len, self._costs), default=1)
        return self._costs

    def _read_vocabulary(self) -> list[str]:
        folder = self._package / "model"
        file = next((folder / name for name in _VOCABULARIES if (folder / name).is_file()), None)
        if file is None:
            raise EngineError(f"{folder}: the model has no vocabulary file", "run `bilingual model install`")
        try:
            text = file.read_text("utf-8")
            return [str(piece) for piece in json.loads(text)] if file.suffix == ".json" else text.splitlines()
        except (OSError, ValueError) as error:
            raise EngineError(f"{file}: cannot be read ({error})", "run `bilingual model install`") from error


_VOCABULARIES = ("shared_vocabulary.json", "target_vocabulary.json", "shared_vocabulary.txt", "target_vocabulary.txt")


def _walk(string: str, best: list[tuple[float, int]], costs: dict[str, float]) -> list[str]:
    pieces, end = [], len(string)
    while end:
        start = best[end][1]
        piece = string[start:end]
        pieces.append(piece if piece in costs else UNKNOWN)
        end = start
    return pieces[::-1]


def piece_spans(pieces: Sequence[str], text: str) -> list[Span]:
    """Where each of the pieces that `Pieces.target` made of a text stands in it; white space before a word is no part
    of it."""
    spans: list[Span] = []
    at = 0
    for piece in pieces:
        begins = piece.startswith(_SPACE)
        while begins and at < len(text) and text[at].isspace():
            at += 1
        length = 1 if piece == UNKNOWN else len(piece.lstrip(_SPACE))
        spans.append(Span(at, min(at + length, len(text))))
        at = spans[-1].end
    return spans


def words(pieces: Sequence[str]) -> str:
    """The text of decoded pieces. `SentencePieceProcessor.decode` would leave a stray ▁ where the target side cut."""
    return "".join(piece for piece in pieces if piece != UNKNOWN).replace(_SPACE, " ")


def source_spans(pieces: Sequence[str], text: str) -> list[Span]:
    """Where each piece of a source stands in its text: empty where the model's own spelling of it is another."""
    spans: list[Span] = []
    at = 0
    for piece in pieces:
        start = text.find(piece.replace(_SPACE, ""), at)
        length = len(piece.replace(_SPACE, "")) if start >= 0 else 0
        spans.append(Span(max(start, at), max(start, at) + length))
        at = spans[-1].end
    return spans


def attended(pieces: Sequence[str], spans: Sequence[Span], weights: Sequence[Sequence[float]]) -> Attention:
    """What each word of the text that `words` makes of decoded pieces was made from; a word of several pieces from the
    mean of theirs. `weights` has a row for each piece, with a number for each of the source's `spans`."""
    rows: list[tuple[str, list[Sequence[float]]]] = []
    for piece, row in zip(pieces, weights, strict=False):
        own = "" if piece == UNKNOWN else piece
        if own.startswith(_SPACE) or not rows:
            rows.append((own.removeprefix(_SPACE), [row]))
        else:
            rows[-1] = rows[-1][0] + own, [*rows[-1][1], row]
    found: list[tuple[Span, tuple[tuple[Span, float], ...]]] = []
    at = 0
    for word, own_rows in rows:
        means = [sum(column) / len(own_rows) for column in zip(*own_rows, strict=True)]
        told = zip(spans, means, strict=False)
        heard = tuple((span, weight) for span, weight in told if len(span) and weight > _FAINT)
        found.append((Span(at, at + len(word)), heard))
        at += len(word) + 1
    return tuple(found)


_FAINT = 0.01
"""A weight below this says nothing."""
