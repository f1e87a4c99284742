"""What an engine is: text in, scored proposals out. The table of engines is at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bilingual.bitext import Term


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence to translate. `prefix` is English the answer must start with; `context` and `terms` are for
    engines whose `capabilities` name them."""

    text: str
    prefix: str = ""
    context: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Decode:
    """How to search: it holds for every request of a call."""

    beam: int = 4
    hypotheses: int = 1
    alternatives: bool = False
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    suppress: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One proposal: its words, the model's own score (mean log-probability a token), and `signs` of trouble that only the
    engine can know: "split" (too long for the model, translated in parts), "cut" (the output limit was reached)."""

    text: str
    score: float
    signs: tuple[str, ...] = ()


class Engine(Protocol):
    """A translation engine. `identity` changes whenever its words may change (model hash, arithmetic);
    `capabilities` names which of "prefix", "hypotheses", "alternatives", "suppress", "score", "context", "terms" it
    honours."""

    identity: str
    capabilities: frozenset[str]

    def translate(
        self,
        requests: Sequence[Request],
        options: Decode = Decode(),  # noqa: B008 (frozen)
    ) -> list[tuple[Hypothesis, ...]]:
        """For each request its hypotheses, best first, at most `options.hypotheses`; an empty text gives one empty one."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each (source, target) the mean log-probability a target token."""
        ...
