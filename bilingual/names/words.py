"""A sentence's words as a segmenter sees them: by its dictionary alone, and the names it guesses."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import accumulate, pairwise


class Words:
    """The words of `text`, which is Simplified: `ends` gives for each place where a word of the dictionary begins the
    place where it ends."""

    def __init__(self, text: str) -> None:
        import rjieba

        self._text = text
        self.ends = dict(pairwise(accumulate(map(len, rjieba.cut(text, False)), initial=0)))

    @cached_property
    def names(self) -> frozenset[tuple[int, int]]:
        """The stretches the segmenter takes for names."""
        import rjieba

        tags = rjieba.tag(self._text)
        ends = accumulate(len(word) for word, _ in tags)
        return frozenset((end - len(word), end) for end, (word, tag) in zip(ends, tags, strict=True) if tag[:2] == "nr")

    def begins_at(self, at: int) -> bool:
        """Whether a word begins there."""
        return at in self.ends

    def ends_at(self, at: int) -> bool:
        """Whether a word ends there."""
        return at in self.ends or at == len(self._text)

    def single(self, start: int, end: int) -> bool:
        """Whether every character between the two is a word of its own."""
        return all(self.ends.get(at) == at + 1 for at in range(start, end))


@lru_cache(maxsize=65536)
def is_word(name: str) -> bool:
    """Whether the dictionary knows it as a word that is no name: 高度, 简历, 查询."""
    import rjieba

    return len(rjieba.cut(name, False)) == 1 and not str(rjieba.tag(name)[0][1]).startswith("nr")
