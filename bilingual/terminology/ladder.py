"""The ladder: cheap decoding for every sentence, dearer ways only for those whose terms or numbers came out wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bilingual import english, numbers
from bilingual.bitext import (
    Candidate,
    Flag,
    FlagKind,
    Origin,
    OriginKind,
    Span,
    TermKind,
    TermOutcome,
    TermStatus,
    TermUse,
    Text,
)
from bilingual.engines import Decode, Engine, Hypothesis, Request
from bilingual.glossary import Glossary
from bilingual.names import NOBODY
from bilingual.phrasing import for_engine
from bilingual.signals import degenerate
from bilingual.terminology.attempts import Attempt, Explanation, Job, Rendering, key_of, lost_by, needs
from bilingual.terminology.grafts import Natural, grafted, may_be_plain
from bilingual.terminology.grammar import settle_articles
from bilingual.terminology.prefixes import prefixes
from bilingual.terminology.protect import Protected, Slot, protect, restore
from bilingual.terminology.repair import repair
from bilingual.terminology.slots import find_slots, meet
from bilingual.terminology.steps import GRAFTED, PLACED, STEPS, Step
from bilingual.terminology.titles import titled
from bilingual.terminology.verify import Verdict, spelt, verify

RULES = "6"
"""Changes whenever this package may give other words for the same engine output; part of a translation's key."""

_FREE = frozenset({TermKind.PHRASE, TermKind.PLACE})
"""Kinds that any admitted rendering serves equally well."""

Progress = Callable[[int, int], None]


class Terminologist:
    """Translates sentences with an engine under a glossary."""

    def __init__(self, engine: Engine, glossary: Glossary) -> None:
        self._engine = engine
        self._glossary = glossary
        self._bare: dict[str, str] = {}
        self._people = NOBODY
        self.yuan = "yuan"
        """What 元 alone is in the document: "yuan", or "$"."""

    def meet(self, sentences: Sequence[str]) -> None:
        """Get to know a document by its sentences: its people (who was named in full is known by a part of it) and its
        money."""
        self._people = meet(sentences, self._glossary)
        self.yuan = numbers.yuan_of("\n".join(sentences))

    def slots(self, sentence: str) -> tuple[tuple[Slot, ...], tuple[Flag, ...]]:
        """What is settled in a sentence, and the doubts about its wording."""
        return find_slots(sentence, self._glossary, self._people)

    def translate(self, sentences: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """The renderings of `sentences`, in their order."""
        return self._finish(self._climbed(sentences, progress))

    def explain(self, sentence: str) -> Explanation:
        """How the rendering of a sentence comes about: it is translated anew for this."""
        jobs = self._climbed([sentence])
        (rendering,) = self._finish(jobs)
        job = jobs[0]
        alone = tuple((slot, self._bare.get(slot.source, ""), self._knows(slot)) for slot in job.slots)
        return Explanation(sentence, alone, tuple(job.attempts), dict(job.scores), job.best, rendering)

    def _climbed(self, sentences: Sequence[str], progress: Progress | None = None) -> list[Job]:
        jobs = [Job(sentence, self.yuan, *self.slots(sentence)) for sentence in sentences]
        self._learn_bare(slot.source for job in jobs for slot in job.slots if _may_be_known(slot))
        self._graft(jobs)
        for step in STEPS:
            waiting = [job for job in jobs if not job.attempts or needs(step, job.best)]
            self._climb(step, waiting)
            if progress:
                progress(len(jobs) - sum(not job.best.good for job in jobs), len(jobs))
        self._from_prefixes([job for job in jobs if 0 < len(job.best.verdict.lost) <= _FEW])
        return jobs

    def _graft(self, jobs: Sequence[Job]) -> None:
        """Translate the sentences freely that hold what the engine would not say by itself, and put that in the place
        of its own words."""
        if not {"attention", "score"} <= self._engine.capabilities:
            return
        hidden = [(job, self._hidden(STEPS[0], job), for_engine(job.source)) for job in jobs]
        asked = [
            (job, slots, text)
            for job, slots, text in hidden
            if 0 < len(slots) <= _GRAFTED and len(text) == len(job.source)
            and all(may_be_plain(slot, job.source) for slot in slots)
        ]  # fmt: skip
        answers = self._engine.translate([Request(text) for _, _, text in asked], GRAFTED.options)
        naturals = [
            Natural(text, hypotheses[0], slots, self._bare)
            for (_, slots, text), hypotheses in zip(asked, answers, strict=True)
        ]
        for (job, slots, _), natural, target in zip(asked, naturals, grafted(self._engine, naturals), strict=True):
            if target is not None:
                job.attempts.append(self._judged(GRAFTED, job, target, slots, natural.hypothesis))

    def _from_prefixes(self, jobs: Sequence[Job]) -> None:
        """Decode sentences that lack a term again, from the places where its placeholder is likeliest."""
        lacking = [(job, *dropped) for job in jobs for dropped in lost_by(job)]
        asked = [(for_engine(text.text), written, mark) for _, text, written, mark in lacking]
        rows = [
            (row, Request(asked[row][0], begin))
            for row, begins in enumerate(prefixes(self._engine, asked))
            for begin in begins
        ]
        answers = self._engine.translate([request for _, request in rows], PLACED.options)
        for (row, _), hypotheses in zip(rows, answers, strict=True):
            job, text, _, _ = lacking[row]
            self._take(PLACED, job, text, hypotheses)

    def judge(self, sentence: str, target: str, maker: str) -> Rendering:
        """The rendering of a sentence whose English `maker` made by construction, with its terms as found there."""
        slots, flags = self.slots(sentence)
        verdict = verify(sentence, target, slots, self.yuan)
        attempt = Attempt(maker, target, slots, verdict, None, 0, (), 0.0)
        uses = tuple(_use(slot, span, target, attempt, span) for slot, span in verdict.found)
        found = (*flags, *_flags(attempt, verdict, degenerate(sentence, target)))
        candidate = Candidate(Text(target), Origin(OriginKind.MACHINE, maker))
        return Rendering(target, uses, found, (candidate,))

    def _learn_bare(self, sources: Iterable[str]) -> None:
        """What the engine makes of each term standing alone: it tells which terms it knows by itself."""
        unseen = sorted(set(sources) - self._bare.keys())
        answers = self._engine.translate([Request(for_engine(source)) for source in unseen], Decode(beam=2))
        for source, hypotheses in zip(unseen, answers, strict=True):
            self._bare[source] = english.tidy(hypotheses[0].text).strip(" .!?\"“”'‘’")

    def _knows(self, slot: Slot) -> bool:
        """Whether the engine says it right by itself; for names only the preferred words will do, so all are alike."""
        bare = self._bare.get(slot.source, "").lower()
        free = slot.term is not None and slot.term.kind in _FREE
        renderings = {rendering.lower() for rendering in (slot.renderings if free else slot.renderings[:1])}
        return bare in renderings or (free and not {f"{bare}s", bare.removesuffix("s")}.isdisjoint(renderings))

    def _climb(self, step: Step, jobs: Sequence[Job]) -> None:
        texts = [protect(job.source, self._hidden(step, job), step.shape) for job in jobs]
        new = [(job, text) for job, text in zip(jobs, texts, strict=True) if key_of(text, step) not in job.tried]
        jobs, protected = [job for job, _ in new], [text for _, text in new]
        requests = [Request(for_engine(text.text)) for text in protected]
        for job, text, hypotheses in zip(jobs, protected, self._engine.translate(requests, step.options), strict=True):
            job.tried.add(key_of(text, step))
            self._take(step, job, text, hypotheses)

    def _take(self, step: Step, job: Job, text: Protected, hypotheses: Iterable[Hypothesis]) -> None:
        """Note what the engine made of a protected sentence as attempts at it."""
        for hypothesis in hypotheses:
            job.attempts.append(self._attempt(step, job, text, hypothesis))

    def _hidden(self, step: Step, job: Job) -> tuple[Slot, ...]:
        slots = tuple(slot for slot in job.slots if not slot.ordinary)
        if step.hide != "all":
            failed = {slot for attempt in job.attempts for slot in attempt.verdict.missing}
            slots = tuple(slot for slot in slots if slot in failed or not self._knows(slot))
        wrong = {
            problem.span for attempt in job.attempts for problem in attempt.verdict.numbers if problem.side == "source"
        }
        return _in_order([*_as_titled(slots, job), *_number_slots(job, wrong)])

    def _attempt(self, step: Step, job: Job, protected: Protected, hypothesis: Hypothesis) -> Attempt:
        restored = restore(protected, hypothesis.text)
        slots = tuple(slot for _, slot in protected.marks)
        made = self._judged(step, job, restored.text, slots, hypothesis)
        return replace(made, extra=restored.extra, protected=protected, written=hypothesis.text)

    def _judged(self, step: Step, job: Job, text: str, slots: Iterable[Slot], hypothesis: Hypothesis) -> Attempt:
        """A text in which `slots` are said as settled, as an attempt."""
        lettered = _LETTERED.sub("", text) if not job.source.startswith(("(", "（")) else text
        target = english.tidy(lettered)
        verdict = verify(job.source, target, job.slots, job.yuan)
        trouble = degenerate(job.source, _unkept(target, job.slots))
        hidden = tuple(part for slot in slots for part in (slot.parts or (slot,)))
        return Attempt(step.name, target, hidden, verdict, trouble, 0, hypothesis.signs, hypothesis.score)

    def _finish(self, jobs: Sequence[Job]) -> list[Rendering]:
        self._choose([job for job in jobs if len(job.equals) > 1])
        chosen = [job.best for job in jobs]
        self._learn_bare(slot.source for attempt in chosen for slot in attempt.verdict.lost)
        texts = [repair(attempt.target, attempt.verdict, self._bare) for attempt in chosen]
        settled = settle_articles(self._engine, [
            (job.source, text, _placed(job, attempt, text))
            for job, attempt, text in zip(jobs, chosen, texts, strict=True)
        ])  # fmt: skip
        return [self._rendering(job, attempt, text) for job, attempt, text in zip(jobs, chosen, settled, strict=True)]

    def _choose(self, jobs: Sequence[Job]) -> None:
        """Where several attempts have nothing wrong, or the same, the engine's score of the source itself decides."""
        if "score" not in self._engine.capabilities:
            return
        rows = [(job, attempt) for job in jobs for attempt in job.equals]
        scores = self._engine.score([(for_engine(job.source), attempt.target) for job, attempt in rows])
        for (job, attempt), score in zip(rows, scores, strict=True):
            job.scores[attempt.target] = score

    def _rendering(self, job: Job, attempt: Attempt, target: str) -> Rendering:
        before = dict(attempt.verdict.found)
        verdict = verify(job.source, target, job.slots, job.yuan)
        target = spelt(target, verdict)
        uses = tuple(_use(slot, span, target, attempt, before.get(slot)) for slot, span in verdict.found)
        trouble = degenerate(job.source, _unkept(target, job.slots))
        flags = (*job.flags, *_flags(attempt, verdict, trouble))
        others = dict.fromkeys([target, *(a.target for a in sorted(job.attempts, key=lambda a: a.rank))])
        origin = Origin(OriginKind.MACHINE, self._engine.identity)
        candidates = tuple(Candidate(Text(text), origin) for text in list(others)[:3])
        return Rendering(target, uses, flags, candidates)


_GRAFTED = 3
"""Terms in a sentence above which the engine's own words are seldom plain for all of them, and its time is lost."""

_FEW = 2
"""Terms lost by every step above which a sentence is not decoded once more for the first of them."""


def _may_be_known(slot: Slot) -> bool:
    """Whether it is worth asking the engine for it alone: long names and transcribed ones it never says in full."""
    if slot.ordinary:
        return False
    if slot.kind == "name" or (slot.term is not None and slot.term.kind is TermKind.PERSON):
        return len(slot.source) <= _CHINESE_NAME
    return slot.term is not None and len(slot.source) <= _LONG_NAME


_LONG_NAME, _CHINESE_NAME = 10, 4
"""Characters above which a name, and a person's name, is never what the engine says by itself."""


def _placed(job: Job, attempt: Attempt, target: str) -> tuple[tuple[Slot, Span], ...]:
    """The terms that we put into the target, and where they stand; a body in front of its officer wants no article."""
    found = verify(job.source, target, job.slots, job.yuan).found
    titles = {part for slot in titled(job.source, job.slots) for part in slot.parts}
    ours = set(attempt.hidden) - titles
    return tuple((slot, span) for slot, span in found if span and slot.term and slot in ours)


def _as_titled(slots: Sequence[Slot], job: Job) -> list[Slot]:
    """The slots to hide, a body and its officer in one where one of them is among them."""
    joined = [slot for slot in titled(job.source, job.slots) if set(slot.parts) & set(slots)]
    alone = [slot for slot in slots if not any(slot in other.parts for other in joined)]
    return [*alone, *joined]


def _unkept(target: str, slots: Sequence[Slot]) -> str:
    """The target without what stays Chinese because the glossary says so."""
    for slot in slots:
        if slot.term is not None and slot.term.status is TermStatus.KEEP:
            target = target.replace(slot.renderings[0], "kept")
    return target


def _in_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(sorted(slots, key=lambda slot: slot.span.start))


def _number_slots(job: Job, wrong: set[Span]) -> list[Slot]:
    return [
        Slot(quantity.span, quantity.span.of(job.source), numbers.options(quantity), kind="number")
        for quantity in numbers.find_zh(job.source, job.yuan)
        if quantity.span in wrong and not any(quantity.span.overlaps(slot.span) for slot in job.slots)
    ]


def _use(slot: Slot, span: Span | None, target: str, attempt: Attempt, before: Span | None) -> TermUse:
    if span is None:
        outcome = TermOutcome.MISSING
    elif before is None:
        outcome = TermOutcome.REPAIRED
    elif slot in attempt.hidden:
        outcome = TermOutcome.ENFORCED
    else:
        outcome = TermOutcome.NATURAL
    return TermUse(slot.term.id if slot.term else "", slot.source, span.of(target) if span else "", slot.span, outcome)


def _flags(attempt: Attempt, verdict: Verdict, trouble: str | None) -> Iterable[Flag]:
    for slot in verdict.missing:
        yield Flag(FlagKind.TERM, f"{slot.source} should be “{slot.renderings[0]}”", slot.span)
    for slot, span in verdict.forbidden:
        yield Flag(FlagKind.TERM, f"a forbidden rendering of {slot.source}", span, "target")
    for problem in verdict.numbers:
        yield Flag(FlagKind.NUMBER, problem.reason, problem.span, problem.side)
    if trouble:
        yield Flag(FlagKind.DEGENERATE, trouble)
    if attempt.extra:
        yield Flag(FlagKind.TERM, "a term stands in the English more often than in the source", side="target")
    if attempt.step == PLACED.name:
        yield Flag(FlagKind.TERM, "a term is put where it is likeliest: read the words around it", side="target")
    for sign in attempt.signs:
        yield Flag(FlagKind.LENGTH, _SIGNS.get(sign, sign))


_LETTERED = re.compile(r"^\(\w\) ")
"""The letter of a list that the engine puts before a clause: it has read many resolutions."""

_SIGNS = {
    "split": "too long for the model: translated in parts",
    "cut": "the model stopped at its limit: the end may be missing",
}
