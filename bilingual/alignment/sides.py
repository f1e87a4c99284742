"""One side of an alignment: its sentences, and what their looks say of where they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.chinese import fold

_SPEAKER = re.compile(r"[:：]\s*[”’」』\"')）]*\s*$")
_QUESTION = re.compile(r"[?？]")
_LEAD = re.compile(r"\s*[(（\[]?\s*(\d{1,4}|[A-Za-z](?=[).、）]))(?=[\s).,、：:）\]．]|\D)")


@dataclass(frozen=True, slots=True)
class Side:
    """Sentences in reading order; `blocks` numbers the block that each stands in, `headings` says whether that is a
    heading. Without blocks every sentence may stand in one: then nothing is said of them."""

    sentences: tuple[str, ...]
    blocks: tuple[int, ...] = ()
    headings: tuple[bool, ...] = ()

    def __len__(self) -> int:
        return len(self.sentences)

    def part(self, chosen: Sequence[int]) -> Side:
        """Only these sentences."""
        return Side(
            tuple(self.sentences[at] for at in chosen),
            tuple(self.blocks[at] for at in chosen) if self.blocks else (),
            tuple(self.headings[at] for at in chosen) if self.headings else (),
        )

    def begins(self, at: int) -> bool:
        """Whether sentence `at` is the first of its block."""
        return bool(self.blocks) and (at == 0 or self.blocks[at] != self.blocks[at - 1])


def introduces(sentence: str) -> bool:
    """Whether it ends in a colon: “The Secretary answered:”."""
    return _SPEAKER.search(sentence) is not None


def questions(sentence: str) -> int:
    """How many question marks it has."""
    return len(_QUESTION.findall(sentence))


def lead(sentence: str) -> str:
    """The number or letter it begins with, "" where there is none: “(a)”, “3.”, “１２、”."""
    found = _LEAD.match(fold(sentence[:12]))
    return found[1].lower().lstrip("0") if found else ""
