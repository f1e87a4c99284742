"""A sentence's words as a segmenter sees them: by its dictionary alone, and the names it guesses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class Words:
    """`ends` gives for each place where a word of the dictionary begins the place where it ends; `names` are the
    stretches the segmenter takes for names."""

    ends: dict[int, int]
    names: frozenset[tuple[int, int]]
    length: int

    def begins_at(self, at: int) -> bool:
        """Whether a word begins there."""
        return at in self.ends

    def ends_at(self, at: int) -> bool:
        """Whether a word ends there."""
        return at in self.ends or at == self.length

    def single(self, start: int, end: int) -> bool:
        """Whether every character between the two is a word of its own."""
        return all(self.ends.get(at) == at + 1 for at in range(start, end))


def words_of(text: str) -> Words:
    """The words of `text`, which is Simplified."""
    import rjieba

    edges = [*accumulate(map(len, rjieba.cut(text, False)), initial=0)]
    names, at = set(), 0
    for word, tag in rjieba.tag(text):
        if tag.startswith("nr"):
            names.add((at, at + len(word)))
        at += len(word)
    return Words(dict(pairwise(edges)), frozenset(names), len(text))


@lru_cache(maxsize=4096)
def is_word(name: str) -> bool:
    """Whether the dictionary knows it as a word that is no name: 高度, 简历, 查询."""
    import rjieba

    return len(rjieba.cut(name, False)) == 1 and not str(rjieba.tag(name)[0][1]).startswith("nr")
