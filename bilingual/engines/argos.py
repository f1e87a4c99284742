"""The engine: CTranslate2 and SentencePiece directly on an installed Argos package, with no network anywhere."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilingual.engines import Decode, Hypothesis, Request, Trace
from bilingual.engines.lengths import halve, parts
from bilingual.engines.packages import model_hash
from bilingual.engines.pieces import Pieces, attended, piece_spans, source_spans, words
from bilingual.errors import EngineError

LONGEST_SOURCE = 200
"""Source pieces in one go. English takes up to 1.5 times as many, and past 256 the decoder stops in silence."""

LONGEST_TARGET = 256
"""Target pieces at which the decoder stops."""

BATCH = 768
"""Pieces in a batch, padding included: on a CPU more is no faster."""

LEAST_BATCH = 192
"""Pieces below which a batch is not made smaller."""

SCORED = 128
"""Target pieces in a batch that is scored, padding included: each has a probability for every word there is, and more
of them than the processor keeps at hand take a quarter longer."""

_ROUNDS = 1
"""Batches for each thread that a short call is cut into."""

BATCH_TEXTS = 16
"""Texts in a batch. Each takes a megabyte (beams × vocabulary), so short ones need a bound of their own."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Job:
    """One text to decode, with the English it must start with."""

    text: str
    prefix: str


class ArgosEngine:
    """A model on disk; it is loaded when it is first asked for something.

    `inter_threads` batches are decoded at a time, each by `intra_threads`; by default every core decodes its own batch.
    `on_progress`, where set, is told how many characters of the source are done, and of how many. A text that stands
    in a call twice is translated once, and the order of requests does not matter to their words. An engine is for one
    thread; it cannot be pickled, so make one in each process.
    """

    capabilities = frozenset({"prefix", "hypotheses", "alternatives", "suppress", "score", "trace", "attention"})

    def __init__(
        self,
        path: Path,
        *,
        inter_threads: int | None = None,
        intra_threads: int | None = None,
        compute_type: str = "int8",
        device: str = "cpu",
    ) -> None:
        self.path = Path(path)
        self.on_progress: Progress | None = None
        self._threads = _threads(inter_threads, intra_threads)
        self._compute_type = compute_type
        self._device = device
        self._model: Any = None
        self._tokens: Pieces | None = None

    @property
    def identity(self) -> str:
        """Package, weights and arithmetic: "translate-zh_en-1_9@edd8c8a6863d/int8/ct2-4"."""
        from importlib.metadata import version

        major = version("ctranslate2").partition(".")[0]
        return f"{self.path.name}@{model_hash(self.path)[:12]}/{self._compute_type}/ct2-{major}"

    def translate(self, requests: Sequence[Request], options: Decode | None = None) -> list[tuple[Hypothesis, ...]]:
        """For each request its hypotheses, best first; a text of white space alone gives one empty one.

        `prefix` is honoured to the letter, but for white space at its end. Raises EngineError where the model cannot
        be loaded or fails.
        """
        jobs = dict.fromkeys(_Job(r.text, r.prefix.rstrip()) for r in requests if r.text.strip())
        answers = self._translate(list(jobs), options or Decode()) if jobs else {}
        empty = (Hypothesis("", 0.0),)
        return [answers.get(_Job(request.text, request.prefix.rstrip()), empty) for request in requests]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The mean log-probability a target piece (its end included) of each pair; an over-long text counts as far as
        the model can read it."""
        targets = [self._pieces().target(target)[:LONGEST_TARGET] for _, target in pairs]
        return [sum(found) / len(found) for found in self._log_probabilities([source for source, _ in pairs], targets)]

    def trace(self, pairs: Sequence[tuple[str, str]]) -> list[Trace]:
        """The log-probability of each piece of each target; of an over-long text, as far as the model can read it."""
        pieces = [self._pieces().target(target)[:LONGEST_TARGET] for _, target in pairs]
        found = self._log_probabilities([source for source, _ in pairs], pieces)
        return [
            tuple(zip(piece_spans(own, target), probabilities, strict=False))  # the last one is that of the end
            for (_, target), own, probabilities in zip(pairs, pieces, found, strict=True)
        ]

    def _log_probabilities(self, sources: Sequence[str], targets: Sequence[list[str]]) -> list[list[float]]:
        """Of each target's pieces and of its end."""
        if not sources:
            return []
        pieces = [own[:LONGEST_SOURCE] or [""] for own in self._pieces().source(sources)]
        with _failures():
            results = self._translator().score_batch(pieces, targets, batch_type="tokens", max_batch_size=SCORED)
            return [list(result.log_probs) for result in results]

    def _translate(self, jobs: Sequence[_Job], options: Decode) -> dict[_Job, tuple[Hypothesis, ...]]:
        split = {job: self._split(job) for job in jobs}
        done = self._decode(
            list(dict.fromkeys(part for own in split.values() for part in own)), options, self.on_progress
        )
        again = {part: halves for part, found in done.items() if "cut" in found[0].signs and (halves := _halves(part))}
        if again:
            more = self._decode(
                list(dict.fromkeys(half for halves in again.values() for half in halves)), options, None
            )
            done.update({part: _joined([more[half] for half in halves]) for part, halves in again.items()})
        return {job: _joined([done[part] for part in own]) for job, own in split.items()}

    def _split(self, job: _Job) -> list[_Job]:
        """The job itself, or as many shorter ones as the model needs; the prefix goes with the first."""
        if len(job.text) <= LONGEST_SOURCE // 2:  # far from any limit, whatever it is cut into
            return [job]
        texts = [text for text in parts(job.text, self._fits) if text.strip()]
        return [_Job(text, job.prefix if index == 0 else "") for index, text in enumerate(texts)]

    def _fits(self, text: str) -> bool:
        return len(text) < 20 * LONGEST_SOURCE and len(self._pieces().source([text])[0]) <= LONGEST_SOURCE

    def _decode(
        self, jobs: Sequence[_Job], options: Decode, tell: Progress | None
    ) -> dict[_Job, tuple[Hypothesis, ...]]:
        """Decode every job, in batches of like length, with only as many batches under way as there are threads."""
        translator, tokens = self._translator(), self._pieces()
        sources = dict(zip(jobs, tokens.source([job.text for job in jobs]), strict=True))
        settings = self._settings(options)
        if options.more:
            longest = max(len(tokens.target(job.prefix)) for job in jobs) + options.more
            settings["max_decoding_length"] = min(longest, LONGEST_TARGET)
        total, done = sum(len(job.text) for job in jobs), 0
        found: dict[_Job, tuple[Hypothesis, ...]] = {}
        under_way: deque[tuple[list[_Job], Any]] = deque()

        def finish() -> None:
            nonlocal done
            batch, results = under_way.popleft()
            for job, result in zip(batch, results, strict=True):
                found[job] = self._hypotheses(job, sources[job], result.result())
            done += sum(len(job.text) for job in batch)
            if tell:
                tell(done, total)

        with _failures():
            for batch in _batches(sources, self._room(sources.values())):
                if len(under_way) >= 2 * self._threads[0]:
                    finish()
                prefixes = [tokens.target(job.prefix) for job in batch] if any(job.prefix for job in batch) else None
                texts = [sources[job] for job in batch]
                under_way.append((batch, translator.translate_batch(texts, target_prefix=prefixes, **settings)))
            while under_way:
                finish()
        return found

    def _room(self, texts: Collection[Sequence[str]]) -> int:
        """Pieces in a batch of this call: fewer where there is little to do, so that no core waits for another."""
        share = sum(map(len, texts)) // (_ROUNDS * self._threads[0])
        return max(LEAST_BATCH, min(BATCH, share))

    def _settings(self, options: Decode) -> dict[str, Any]:
        suppress = [self._pieces().target(words_) for words_ in options.suppress]
        return {
            "asynchronous": True,
            "max_batch_size": 0,
            "max_input_length": 0,
            "max_decoding_length": LONGEST_TARGET,
            "beam_size": options.beam if options.alternatives else max(options.beam, options.hypotheses),
            "num_hypotheses": options.hypotheses,
            "return_alternatives": options.alternatives,
            "repetition_penalty": options.repetition_penalty,
            "no_repeat_ngram_size": options.no_repeat_ngram,
            "suppress_sequences": [sequence for sequence in suppress if sequence] or None,
            "disable_unk": True,
            "return_scores": True,
            "return_attention": options.attention,
        }

    def _hypotheses(self, job: _Job, source: list[str], result: Any) -> tuple[Hypothesis, ...]:
        skip = len(self._pieces().target(job.prefix)) if job.prefix else 0
        heard = result.attention if result.attention and not job.prefix else [[] for _ in result.hypotheses]
        return tuple(
            Hypothesis(
                (job.prefix + words(pieces[skip:])).strip(),
                score,
                ("cut",) if len(pieces) >= LONGEST_TARGET else (),
                attended(pieces, source_spans(source, job.text), weights) if weights else (),
            )
            for pieces, score, weights in zip(result.hypotheses, result.scores, heard, strict=True)
        )

    def _pieces(self) -> Pieces:
        if self._tokens is None:
            self._tokens = Pieces(self.path)
        return self._tokens

    def _translator(self) -> Any:
        if self._model is None:
            import ctranslate2

            inter, intra = self._threads
            with _failures(f"{self.path}: the model cannot be loaded", "run `bilingual model install`"):
                self._model = ctranslate2.Translator(
                    str(self.path / "model"),
                    device=self._device,
                    compute_type=self._compute_type,
                    inter_threads=inter,
                    intra_threads=intra,
                )
        return self._model


@contextmanager
def _failures(what: str = "the translation engine failed", hint: str = "") -> Iterator[None]:
    """CTranslate2 raises the built-in errors for everything: a bad option, a broken model, no memory."""
    try:
        yield
    except (RuntimeError, ValueError, TypeError, OSError, MemoryError) as error:
        raise EngineError(f"{what} ({error})", hint) from error


def _threads(inter: int | None, intra: int | None) -> tuple[int, int]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if inter is None:
        inter = max(1, min(8, cores // (intra or 1)))
    return inter, intra if intra is not None else max(1, cores // inter)


def _batches(sources: dict[_Job, list[str]], room: int) -> Iterator[list[_Job]]:
    """Jobs of like length together, the longest first, in an order that depends on nothing but the jobs."""
    batch: list[_Job] = []
    longest = 0
    for job in sorted(sources, key=lambda job: (-len(sources[job]), job.text, job.prefix)):
        longest = longest or len(sources[job])
        if batch and (longest * (len(batch) + 1) > room or len(batch) == BATCH_TEXTS):
            yield batch
            batch, longest = [], len(sources[job])
        batch.append(job)
    if batch:
        yield batch


def _halves(job: _Job) -> tuple[_Job, ...]:
    cut = halve(job.text.strip())
    if cut is None or not all(text.strip() for text in cut):
        return ()
    return _Job(cut[0], job.prefix), _Job(cut[1], "")


def _joined(found: Sequence[tuple[Hypothesis, ...]]) -> tuple[Hypothesis, ...]:
    """The hypotheses of a text from those of its parts: the first of each together, the second of each, and so on."""
    if len(found) == 1:
        return found[0]
    together = []
    for row in zip(*found, strict=False):
        signs = dict.fromkeys(["split", *(sign for hypothesis in row for sign in hypothesis.signs)])
        text = " ".join(hypothesis.text for hypothesis in row if hypothesis.text)
        together.append(Hypothesis(text, sum(hypothesis.score for hypothesis in row) / len(row), tuple(signs)))
    return tuple(together)
