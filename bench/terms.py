"""Term success on the WMT25 terminology task (track 2, zh→en), by the task's own measure, beside plain decoding."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import sacrebleu

from bench.common import Rows, engine, row
from bilingual.bitext import Term
from bilingual.chinese import to_simplified
from bilingual.engines import Engine, Request
from bilingual.glossary import Glossary
from bilingual.segmentation import segment
from bilingual.translation import Translator

YEARS = ("2016", "2018")


def run(data: Path | None, years: Sequence[str] = YEARS, mode: str = "proper") -> Rows:
    """Success and chrF++/BLEU gain over plain, for each year. Documents are cut into sentences, line by line."""
    if data is None:
        return {}
    rows: Rows = {}
    model = engine()
    for year in years:
        rows |= _year(model, data / "terms" / f"hkma_{year}.jsonl", year, mode)
    return rows


def _year(model: Engine, path: Path, year: str, mode: str) -> Rows:
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    terms: dict[str, Sequence[str]] = {}
    for document in documents:
        terms |= document[mode]
    sources = [document["zh"].split("\n") for document in documents]
    references = [document["en"] for document in documents]
    flat = [line for lines in sources for line in lines]
    cut = [[span.of(line) for span in segment(line).segments] for line in flat]
    sentences = [sentence for row in cut for sentence in row]
    answers = model.translate([Request(to_simplified(sentence)) for sentence in sentences])
    plain = _joined(_lines([answer[0].text for answer in answers], cut), sources)
    renderings = Translator(model, as_glossary(terms)).render(sentences)
    ours = _joined(_lines([rendering.target for rendering in renderings], cut), sources)
    note = f"hkma_{year}, {mode}, {len(sentences)} sentences"
    found = {name: success(documents, outputs, mode) for name, outputs in
             {"plain": plain, "success": ours, "reference": references}.items()}  # fmt: skip
    chrf = {
        name: sacrebleu.corpus_chrf(out, [references], word_order=2).score
        for name, out in (("plain", plain), ("ours", ours))
    }
    bleu = {name: sacrebleu.corpus_bleu(out, [references]).score for name, out in (("plain", plain), ("ours", ours))}
    return {
        f"terms.success.hkma_{year}": row(found["success"], "share", note),
        f"terms.plain.hkma_{year}": row(found["plain"], "share", note),
        f"terms.reference.hkma_{year}": row(found["reference"], "share", note),
        f"terms.chrfpp_gain.hkma_{year}": row(
            chrf["ours"] - chrf["plain"], "chrF++", f"{note}, plain {chrf['plain']:.1f}"
        ),
        f"terms.bleu_gain.hkma_{year}": row(bleu["ours"] - bleu["plain"], "BLEU", f"{note}, plain {bleu['plain']:.1f}"),
    }


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
