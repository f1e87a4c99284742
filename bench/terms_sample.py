"""Sentences with terms, drawn by a fixed seed, as rows for a reader to judge: what stands around each term.

`python -m bench.terms_sample FOLDER` writes them to standard output, a term a line: number of the sentence, the term in
Chinese, how it got there, and the English around it. What a reader found is in docs/terms-sample.md.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.common import engine
from bench.terms import Corpus, as_glossary
from bilingual.glossary import find_rendering
from bilingual.terminology import Rendering
from bilingual.translation import Translator

SEED, SENTENCES = 2024, 200
AROUND = 6
"""Words that are shown on either side of a term."""


def sample(path: Path) -> list[tuple[str, Rendering]]:
    """So many of the report's sentences that hold a term, with their renderings."""
    corpus = Corpus.read(path)
    terms = {source: renderings for document in corpus.documents for source, renderings in document["proper"].items()}
    glossary = as_glossary(terms)
    holding = [sentence for sentence in dict.fromkeys(corpus.sentences) if glossary.match(sentence)]
    drawn = random.Random(SEED).sample(holding, SENTENCES)
    return list(zip(drawn, Translator(engine(), glossary).render(drawn), strict=True))


def around(rendering: Rendering) -> Iterator[tuple[str, str, str]]:
    """For each term of a sentence its Chinese, how it got there, and the words around it, the term in ⟦ ⟧."""
    taken = 0
    for use in rendering.terms:
        spots = find_rendering(rendering.target, use.target) if use.target else ()
        spot = next((spot for spot in spots if spot.start >= taken), spots[0] if spots else None)
        if spot is None:
            yield use.source, use.outcome, ""
            continue
        before = rendering.target[: spot.start].split()[-AROUND:]
        after = rendering.target[spot.end :]
        close = "" if after[:1].isspace() else after.split()[0] if after.split() else ""
        rest = after[len(close) :].split()[:AROUND]
        yield use.source, use.outcome, " ".join([*before, f"⟦{spot.of(rendering.target)}⟧{close}", *rest])


if __name__ == "__main__":
    for number, (sentence, rendering) in enumerate(sample(Path(sys.argv[1]) / "terms" / "hkma_2018.jsonl"), 1):
        print(f"# {number}\t{sentence}\n# \t{rendering.target}")
        for source, outcome, words in around(rendering):
            print(f"{number}\t{source}\t{outcome}\t{words}")
