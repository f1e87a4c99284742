"""Term success on the WMT25 terminology task (track 2, zh→en), by the task's own measure, beside plain decoding."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sacrebleu

from bench.common import Rows, engine, row
from bilingual.bitext import Term
from bilingual.chinese import to_simplified
from bilingual.engines import Engine, Request
from bilingual.glossary import Glossary
from bilingual.segmentation import segment
from bilingual.terminology import Rendering
from bilingual.translation import Translator

YEARS = ("2016", "2018")


MODES = ("proper", "random")
"""The task's lists: names and terms that a glossary would hold; and any words of the text, single characters too."""


def run(data: Path | None, years: Sequence[str] = YEARS, modes: Sequence[str] = MODES) -> Rows:
    """Success, chrF++ and BLEU over plain, what never must be in an output, and the time against plain, for each year
    and list. Documents are cut into sentences, line by line."""
    if data is None:
        return {}
    rows: Rows = {}
    model = engine()
    seconds: dict[str, float] = defaultdict(float)
    for year in years:
        corpus = Corpus.read(data / "terms" / f"hkma_{year}.jsonl")
        plain = corpus.plain(model, seconds)
        for mode in modes:
            rows |= corpus.rows(model, year, mode, plain, seconds)
    note = f"processor time, {', '.join(years)}, proper lists"
    rows["terms.cost_ratio"] = row(seconds["proper"] / seconds["plain"], "times plain", note)
    return rows


@dataclass(frozen=True)
class Corpus:
    """A year's report: its documents, and their sentences line by line."""

    documents: list[dict[str, Any]]
    lines: list[list[str]]
    cut: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> Corpus:
        """The report in a file of the task."""
        documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        lines = [document["zh"].split("\n") for document in documents]
        flat = [line for own in lines for line in own]
        return cls(documents, lines, [[span.of(line) for span in segment(line).segments] for line in flat])

    @property
    def sentences(self) -> list[str]:
        """All sentences in their order."""
        return [sentence for row in self.cut for sentence in row]

    def plain(self, model: Engine, seconds: dict[str, float]) -> list[str]:
        """The documents as the engine alone translates them."""
        started = time.process_time()
        answers = model.translate([Request(to_simplified(sentence)) for sentence in self.sentences])
        seconds["plain"] += time.process_time() - started
        return self.joined([answer[0].text for answer in answers])

    def joined(self, translations: Sequence[str]) -> list[str]:
        """The sentences' translations as documents."""
        return _joined(_lines(translations, self.cut), self.lines)

    def rows(self, model: Engine, year: str, mode: str, plain: list[str], seconds: dict[str, float]) -> Rows:
        """The figures of one list."""
        terms: dict[str, Sequence[str]] = {}
        for document in self.documents:
            terms |= document[mode]
        started = time.process_time()
        renderings = Translator(model, as_glossary(terms)).render(self.sentences)
        seconds[mode] += time.process_time() - started
        ours = self.joined([rendering.target for rendering in renderings])
        references = [document["en"] for document in self.documents]
        note = f"hkma_{year}, {mode}, {len(renderings)} sentences, {sum(len(r.terms) for r in renderings)} terms"
        area = "terms" if mode == "proper" else f"terms.{mode}"
        sep = "." if mode == "proper" else "_"
        found = {name: success(self.documents, outputs, mode) for name, outputs in
                 {"success": ours, "plain": plain, "reference": references}.items()}  # fmt: skip
        rows = {f"{area}{sep}{name}.hkma_{year}": row(value, "share", note) for name, value in found.items()}
        for name, score in (("chrfpp", _chrfpp), ("bleu", _bleu)):
            before, after = score(plain, references), score(ours, references)
            rows[f"{area}{sep}{name}_gain.hkma_{year}"] = row(after - before, "points", f"{note}, plain {before:.1f}")
        left = {"placeholders": _PLACEHOLDER, "chinese": _CHINESE}
        targets = [rendering.target for rendering in renderings]
        for name, pattern in left.items():
            rows[f"{area}{sep}{name}.hkma_{year}"] = row(
                sum(map(bool, map(pattern.search, targets))), "sentences", note
            )
        doubled = sum(_doubled(rendering) for rendering in renderings)
        rows[f"{area}{sep}doubled.hkma_{year}"] = row(doubled, "sentences", note)
        return rows


_PLACEHOLDER = re.compile(r"(?<!\w)(?:Q?T\d+X|Q?Z\d+Z|Q?N\d+)s?(?!\w)", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")


def _doubled(rendering: Rendering) -> bool:
    """Whether an enforced term stands twice with at most a short word between, though the source says it once."""
    said = {use.target.lower() for use in rendering.terms if use.target and len(use.target) > 3}
    text = rendering.target.lower()
    uses = Counter(use.target.lower() for use in rendering.terms)
    return any(
        uses[words] < 2 and re.search(rf"\b{re.escape(words)}\W+(?:(?:the|of|and|a)\W+)?{re.escape(words)}\b", text)
        for words in said
    )


def _chrfpp(outputs: Sequence[str], references: Sequence[str]) -> float:
    return float(sacrebleu.corpus_chrf(outputs, [references], word_order=2).score)


def _bleu(outputs: Sequence[str], references: Sequence[str]) -> float:
    return float(sacrebleu.corpus_bleu(outputs, [references]).score)


def as_glossary(terms: Mapping[str, Sequence[str]]) -> Glossary:
    """The task's list as our terms: the first rendering is preferred, the others are admitted."""
    usable = ((source, [r for r in renderings if r.strip()]) for source, renderings in terms.items())
    return Glossary(tuple(Term(source, source, r[0], tuple(r[1:])) for source, r in usable if r))


def success(documents: Sequence[Mapping[str, Mapping[str, Sequence[str]]]], outputs: Sequence[str], mode: str) -> float:
    """The mean over documents' terms of min(1, renderings in the output / occurrences in the source), lower-cased.

    Counted are terms that occur in the source and have an admitted rendering in the reference.
    """
    scores = []
    for document, output in zip(documents, outputs, strict=True):
        source, reference, said = str(document["zh"]).lower(), str(document["en"]).lower(), output.lower()
        for term, renderings in document[mode].items():
            wanted = [rendering.lower() for rendering in renderings if rendering]
            occurrences = source.count(term.lower())
            if occurrences and any(rendering in reference for rendering in wanted):
                scores.append(min(1.0, sum(said.count(rendering) for rendering in wanted) / occurrences))
    return sum(scores) / len(scores)


def _lines(translations: Sequence[str], cut: Sequence[Sequence[str]]) -> list[str]:
    """The sentences of each line, on one line again."""
    rest = iter(translations)
    return [" ".join(next(rest) for _ in row) for row in cut]


def _joined(lines: Sequence[str], shape: Sequence[Sequence[str]]) -> list[str]:
    documents, at = [], 0
    for part in shape:
        documents.append("\n".join(lines[at : at + len(part)]))
        at += len(part)
    return documents
