"""What was tried for a sentence, what is wrong with each try, and which is the best."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from bilingual.bitext import Candidate, Flag, TermUse
from bilingual.terminology.protect import Protected, Slot
from bilingual.terminology.steps import Step
from bilingual.terminology.verify import Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """One translation of a sentence with its terms in place, and what is still wrong with it."""

    step: str
    target: str
    hidden: tuple[Slot, ...]
    verdict: Verdict
    trouble: str | None
    extra: int
    signs: tuple[str, ...]
    score: float
    protected: Protected | None = None
    written: str = ""

    @property
    def rank(self) -> tuple[float, ...]:
        """Smaller is better: first what must never be wrong, then what reads badly, then the model's own score."""
        unsaid = len(self.verdict.missing)
        return (
            self.verdict.faults,
            self.trouble is not None,
            self.extra + len(self.verdict.numbers),
            unsaid,
            -self.score,
        )

    @property
    def good(self) -> bool:
        """Whether nothing is left for a higher rung to mend."""
        return not self.verdict.faults and self.trouble is None and not self.extra


CLOSE = 3
"""How many attempts that are equally right the engine is asked to score."""


@dataclass(slots=True)
class Job:
    """A sentence on its way up."""

    source: str
    yuan: str
    slots: tuple[Slot, ...]
    flags: tuple[Flag, ...]
    attempts: list[Attempt] = field(default_factory=list)
    tried: set[tuple[str, int, int]] = field(default_factory=set)
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def best(self) -> Attempt:
        """The attempt with the fewest faults, and of several the one the engine scores best."""
        return min(self.attempts, key=lambda a: (*a.rank[:-1], -self.scores.get(a.target, -math.inf), a.rank[-1]))

    @property
    def equals(self) -> list[Attempt]:
        """The attempts that are as good as the best, but for the engine's score: CLOSE targets at most."""
        best = sorted(self.attempts, key=lambda attempt: attempt.rank)
        return list({a.target: a for a in reversed(best) if a.rank[:-1] == best[0].rank[:-1]}.values())[-CLOSE:]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence translated: its English, how each term got there, what a person must look at, and the proposals."""

    target: str
    terms: tuple[TermUse, ...] = ()
    flags: tuple[Flag, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a rendering came about. `slots`: what is settled in the sentence, each with the engine's own words for it and
    whether these will do; `attempts` in the order they were made; `scores` of the source itself, where there was a
    choice; `chosen` the attempt that was taken, and `rendering` what was made of it."""

    sentence: str
    slots: tuple[tuple[Slot, str, bool], ...]
    attempts: tuple[Attempt, ...]
    scores: dict[str, float]
    chosen: Attempt
    rendering: Rendering

    @property
    def reason(self) -> str:
        """Why this attempt was chosen, in words."""
        others = [a for a in self.attempts if a.target != self.chosen.target]
        if not others:
            return "the first try left nothing wrong" if self.chosen.good else "every try gave the same words"
        fewer = [a for a in others if a.rank[:-1] == self.chosen.rank[:-1]]
        what = "nothing wrong" if self.chosen.good else "the fewest faults"
        return f"it has {what}, and of those the engine's best score" if fewer else f"it has {what}"


def needs(step: Step, best: Attempt) -> bool:
    """Whether a step may mend what is wrong: against loops only the one that forbids repetition helps, and it is for
    nothing else."""
    return (best.trouble is not None or best.extra > 0) if step.options.no_repeat_ngram else not best.good


def key_of(text: Protected, step: Step) -> tuple[str, int, int]:
    """What makes a try worth making: another text, more hypotheses, or other rules; not another beam."""
    return text.text, step.options.hypotheses, step.options.no_repeat_ngram


def lost_by(job: Job) -> Iterable[tuple[Protected, str, str]]:
    """The best attempt that hid a term the job lacks: what the engine was given, what it wrote, and the placeholder of
    that term; none where there is none."""
    for slot in job.best.verdict.lost[:1]:
        hiding = [(attempt.protected, attempt.written, mark) for attempt in sorted(job.attempts, key=lambda a: a.rank)
                  if attempt.protected is not None and slot in attempt.verdict.missing
                  for mark, own in attempt.protected.marks if own == slot or slot in own.parts]  # fmt: skip
        yield from hiding[:1]
