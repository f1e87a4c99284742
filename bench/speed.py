"""Seconds for the sentences of the seed: argostranslate's own call as shipped, and ours with the glossary on."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.common import Rows, engine, glossary, row, seed_sentences
from bilingual.engines.packages import find_installed
from bilingual.translation import Translator

ROUNDS = 3


def run(data: Path | None) -> Rows:
    """Median of `ROUNDS`, ours and theirs in turn, models warm; theirs also with one call for the whole document."""
    del data
    sentences = seed_sentences()
    theirs = _argos()
    model, terms = engine(), glossary()
    ours: Callable[[], Any] = lambda: Translator(model, terms).render(sentences)  # noqa: E731
    ours(), theirs("你好。")
    times = [(_seconds(lambda: [theirs(s) for s in sentences]), _seconds(ours)) for _ in range(ROUNDS)]
    whole = _seconds(lambda: theirs("\n".join(sentences)))
    median = statistics.median(a for a, _ in times), statistics.median(b for _, b in times)
    note = f"{len(sentences)} sentences of the seed, median of {ROUNDS}"
    return {
        "speed.seed.vs_argos": row(median[0] / median[1], "ratio", f"{note}, one call a sentence"),
        "speed.seed.vs_argos_document": row(whole / median[1], "ratio", f"{note}, one call a document"),
        "speed.seed.seconds": row(median[1], "s", note),
        "speed.seed.argos_seconds": row(median[0], "s", note),
    }


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _argos() -> Callable[[str], str]:
    """argostranslate's translation with a sentence splitter that returns its input (its own downloads a model)."""
    import argostranslate.package
    import argostranslate.translate as argos

    class Whole:
        def __init__(self, pkg: object) -> None:
            del pkg

        def split_sentences(self, text: str) -> list[str]:
            return [text]

    package = find_installed("zh", "en")
    assert package is not None
    argos.MiniSBDSentencizer = Whole
    languages = (argos.Language("zh", "Chinese"), argos.Language("en", "English"))
    translation = argos.PackageTranslation(*languages, argostranslate.package.Package(package.path))

    def translate(text: str) -> str:
        return str(translation.translate(text))

    return translate
