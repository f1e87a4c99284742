"""Candidates for new terms: how many of a withheld glossary's entries are found, and how many candidates are right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.common import ROOT, SEED, Rows, glossary, row
from bilingual.chinese import strip_chinese_punctuation
from bilingual.documents import read
from bilingual.glossary import Glossary
from bilingual.glossary.matching import normal_form
from bilingual.segmentation import segment
from bilingual.suggest import Passage, of_document
from bilingual.suggest.mining import mine

JUDGED = ROOT / "tests" / "golden" / "suggest_judged.txt"
RECALL_OVER = 150
PRECISION_OVER = 100
SPEED_BYTES = 10_000_000


def run(data: Path | None) -> Rows:
    """Recall on the seed with an empty glossary; precision on it and on a text nothing was tuned on; speed."""
    passages = [*of_document(read(SEED))]
    found = [_key(candidate.source) for candidate in mine(passages)]
    own = glossary()
    longest = {_key(m.term.source) for p in passages for m in own.match(p.text)}
    nested = {_key(t.source) for t in own.terms if any(Glossary((t,)).match(p.text) for p in passages)} | longest
    rows = {
        "glossary.suggest_recall": _recall(found, longest, "occur leftmost-longest"),
        "glossary.suggest_recall_nested": _recall(found, nested, "occur, nested ones too"),
        "glossary.suggest_precision.seed": _precision(found, "seed", nested),
        "glossary.suggest_10mb_s": _speed(passages),
    }
    if data is not None:
        rows |= _hkma(data / "terms" / "hkma_2018.jsonl")
    precisions = [measured for name, measured in rows.items() if name.startswith("glossary.suggest_precision.")]
    rows["glossary.suggest_precision"] = min(precisions, key=lambda measured: float(str(measured["value"])))
    return rows


def _recall(found: Sequence[str], wanted: set[str], which: str) -> dict[str, object]:
    """The share of `wanted` that is among the first suggestions, word for word but for marks."""
    hit = wanted & set(found[:RECALL_OVER])
    return row(len(hit) / len(wanted), "share", f"seed: {len(hit)} of {len(wanted)} entries that {which}")


def _precision(found: Sequence[str], text: str, right: set[str]) -> dict[str, object]:
    """The share of right ones among the first: `right`, or judged so; what nobody has judged counts as wrong."""
    judged = dict(_judged(text))
    first = found[:PRECISION_OVER]
    good = sum(key in right or judged.get(key) == "yes" for key in first)
    unjudged = sum(key not in right and key not in judged for key in first)
    return row(good / len(first), "share", f"{text}, first {len(first)}, {unjudged} not judged")


def _judged(text: str) -> Iterator[tuple[str, str]]:
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{text}\t"):
            _, candidate, verdict = line.split("\t")
            yield _key(candidate), verdict


def _hkma(path: Path) -> Rows:
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [(str(n), line) for n, document in enumerate(documents) for line in document["zh"].split("\n")]
    passages = [Passage(name, span.of(line)) for name, line in lines for span in segment(line).segments]
    listed = {_key(term) for document in documents for term in document["proper"]}
    found = [_key(candidate.source) for candidate in mine(passages)]
    witness = sum(key in listed for key in found[:PRECISION_OVER]) / PRECISION_OVER
    return {
        "glossary.suggest_precision.hkma_2018": _precision(found, "hkma_2018", listed),
        "glossary.suggest_listed.hkma_2018": row(witness, "share", "in the task's own list, word for word"),
    }


def _speed(passages: Sequence[Passage]) -> dict[str, object]:
    """Processor time for 10 MB: sentences of the seed's halves, each with each, so that few are the same."""
    texts = [passage.text for passage in passages]
    mixed = [a[: len(a) // 2] + b[len(b) // 2 :] for a in texts for b in texts]
    size = sum(len(text.encode()) for text in mixed)
    many = (mixed * (SPEED_BYTES // size + 1))[: int(len(mixed) * SPEED_BYTES / size)]
    started = time.process_time()
    mine([Passage("mixed", text) for text in many])
    return row(time.process_time() - started, "s", f"{sum(len(t.encode()) for t in many) / 1e6:.1f} MB, one process")


def _key(source: str) -> str:
    """What is compared: the normal form without quotation marks."""
    bare = strip_chinese_punctuation(normal_form(source))
    return bare.translate(dict.fromkeys(map(ord, "“”「」『』《》〈〉")))
