"""Do these words follow those? A small model of what stands on both sides of a seam, learnt once and kept as a table.

`following.npz` holds two lists of features (last or first character, word, its class, the class beside it) and for
each a vector of 32 small integers; those of the first text added up, times those of the second, is how much likelier
the second is to go on from the first than texts cut anywhere are (natural log, not normalised).

Learnt with in-batch contrastive loss on 1.3 million seams cut at random inside sentences of a month of the People's
Daily (the first four fifths of the PFR corpus of January 1998), each side tagged by rjieba on its own. Only the
weights are kept.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = 16
"""How many characters on each side of a seam are looked at."""

FULL_WIDTH = str.maketrans(",:;!?()", "，：；！？（）")
"""The table was learnt on full-width marks; newspapers on the web often have half-width ones."""

CLASSES = {
    "nrt": "nr",
    "nrfg": "nr",
    "nr": "nr",
    "nz": "nz",
    "ns": "ns",
    "nt": "nt",
    "vn": "vn",
    "ad": "ad",
    "an": "an",
}
"""The segmenter's word classes that are told apart by more than their first letter."""


class Table:
    """The vectors of one side: by feature, with how likely the feature is there anyway."""

    def __init__(
        self, names: str, vectors: NDArray[Any], scale: float, bias: NDArray[Any], fresh: NDArray[Any]
    ) -> None:
        """`fresh` is how much each feature speaks for the beginning of a sentence."""
        self.fresh = fresh
        self.places = {name: at for at, name in enumerate(names.split("\n"))}
        self.vectors = vectors.astype("f4") * scale
        self.bias = bias

    def of(self, features: tuple[str, ...]) -> tuple[NDArray[Any], float]:
        """The features' vector, and their bias."""
        known = [self.places[feature] for feature in features if feature in self.places]
        return self.vectors[known].sum(0), float(self.bias[known].sum())


@lru_cache(maxsize=1)
def tables() -> tuple[Table, Table]:
    """The table of what stands before a seam, and that of what stands after."""
    import numpy as np

    with (files(__package__) / "following.npz").open("rb") as stream, np.load(stream) as stored:
        sides = [
            Table(
                stored[f"{side}_names"].tobytes().decode(),
                stored[side],
                float(stored["scale"]),
                stored[f"{side}_bias"],
                stored["fresh"],
            )
            for side in ("before", "after")
        ]
    return sides[0], sides[1]


@lru_cache(maxsize=4096)
def fresh(head: str) -> float:
    """How much likelier the text is to begin where a sentence begins than inside one (natural log); `head` as it
    stands or its first characters."""
    bare = head.lstrip("“‘「『（(《").translate(FULL_WIDTH)
    table = tables()[1]
    known = [table.places[name] for name in head_features(bare[:NEAR]) if name in table.places] if bare else []
    return float(table.fresh[known].sum())


def follows(tail: str, head: str) -> float:
    """How well the head follows the tail; about 0 for what follows no better than any other text."""
    before, after = before_seam(tail[-NEAR:].translate(FULL_WIDTH)), after_seam(head[:NEAR].translate(FULL_WIDTH))
    return float(before[0] @ after[0]) + before[1] + after[1]


@lru_cache(maxsize=4096)
def before_seam(text: str) -> tuple[NDArray[Any], float]:
    """The vector of the end of a text."""
    import rjieba

    tagged = rjieba.tag(text, True)[-2:]
    beside = word_class(*tagged[0]) if len(tagged) > 1 else "^"
    return tables()[0].of(named(text[-1], tagged[-1], beside))


@lru_cache(maxsize=4096)
def after_seam(text: str) -> tuple[NDArray[Any], float]:
    """The vector of the beginning of a text."""
    return tables()[1].of(head_features(text))


def head_features(text: str) -> tuple[str, ...]:
    """The features of the beginning of a text, by the names they have in the table."""
    import rjieba

    tagged = rjieba.tag(text, True)[:2]
    beside = word_class(*tagged[1]) if len(tagged) > 1 else "$"
    return named(text[0], tagged[0], beside)


def named(character: str, tagged: tuple[str, str], beside: str) -> tuple[str, ...]:
    """The features of one side of a seam, by the names they have in the table."""
    return f"c:{character}", f"w:{tagged[0]}", f"k:{word_class(*tagged)}", f"i:{beside}"


def word_class(word: str, tag: str) -> str:
    """The word itself where it is common enough, else its class and whether it has one character or more."""
    if word[0].isdigit():
        return "0"
    if word[0].isascii() and word[0].isalpha():
        return "A"
    if not word[0].isalnum() or f"k:{word}" in tables()[0].places:
        return word
    return CLASSES.get(tag, tag[:1]) + str(min(len(word), 2))
