"""What an engine is: text in, scored proposals out. The table of engines is at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bilingual.bitext import Span
from bilingual.errors import SettingsError

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
    """How to search: it holds for every request of a call. `more` is how many pieces of words an answer may have
    behind its prefix, 0 for as many as it takes; only engines that can go on from a prefix ask for it."""

    beam: int = 4
    hypotheses: int = 1
    alternatives: bool = False
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    suppress: tuple[str, ...] = ()
    attention: bool = False
    more: int = 0


Attention = tuple[tuple[Span, tuple[tuple[Span, float], ...]], ...]
"""For each word of a target, where it stands, and what it was made from: stretches of the source with their weights,
which sum up to 1 at most. One layer of a network tells it, so it is a hint and no proof."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One proposal: its words, the model's own score (mean log-probability a token), and `signs` of trouble that only
    the engine can know: "split" (too long for the model, translated in parts), "cut" (the output limit was reached).
    `attention` is there where it was asked for, but not for a text that was split or has a prefix."""

    text: str
    score: float
    signs: tuple[str, ...] = ()
    attention: Attention = ()


Trace = tuple[tuple[Span, float], ...]
"""The stretches of a target that an engine makes one by one, each with its log-probability (natural)."""


class Engine(Protocol):
    """A translation engine. `identity` changes whenever its words may change (model hash, arithmetic);
    `capabilities` names which of "prefix", "hypotheses", "alternatives", "suppress", "score", "trace", "attention",
    "context", "terms" it honours."""

    @property
    def identity(self) -> str:
        """Which engine this is, short enough to be kept with every translation."""
        ...

    @property
    def capabilities(self) -> frozenset[str]:
        """What it honours."""
        ...

    def translate(
        self,
        requests: Sequence[Request],
        options: Decode = Decode(),
    ) -> list[tuple[Hypothesis, ...]]:
        """For each request its hypotheses, best first, at most `options.hypotheses`; an empty text gives one, empty."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each (source, target) the mean log-probability a target token."""
        ...

    def trace(self, pairs: Sequence[tuple[str, str]]) -> list[Trace]:
        """For each (source, target) how likely each stretch of the target is, given the source and what goes before."""
        ...


def create(name: str, **options: Any) -> Engine:
    """The engine of that name, made with its own options; its library is loaded only now.

    Raises SettingsError for a name that is not in the table, EngineError where the default model is not installed.
    """
    maker = ENGINES.get(name)
    if maker is None:
        raise SettingsError(f"no engine is called {name!r}", f"choose one of: {', '.join(ENGINES)}")
    return maker(**options)


def _argos(path: Path | None = None, **options: Any) -> Engine:
    from bilingual.engines.argos import ArgosEngine
    from bilingual.engines.packages import required

    return ArgosEngine(path or required("zh", "en").path, **options)


def _instant(**options: Any) -> Engine:
    from bilingual.engines.instant import InstantEngine

    return InstantEngine(**options)


ENGINES: dict[str, Callable[..., Engine]] = {"argos": _argos, "instant": _instant}
