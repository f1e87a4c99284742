"""Inline codes: does the marked English say what the marked Chinese says?

Truth that is not ours: the terms of the WMT25 task. A sentence in which a term stands once, and whose plain translation
holds one of its admitted renderings once, tells where the marks around the term belong. The weights were set on 2016;
2018 is reported.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.common import Rows, engine, row
from bilingual.bitext import Code, Span, Text
from bilingual.chinese import to_simplified
from bilingual.engines import Request
from bilingual.phrasing import for_engine
from bilingual.placing import Coded, place_codes

YEAR = "hkma_2018"
SENTENCES = 400
"""The first so many sentences of 26 to 89 characters."""


def run(data: Path | None) -> Rows:
    """Shares of marked terms: `exact` the marks enclose just the rendering, `touching` at least a part of it; F1 over
    characters; seconds for each marked term."""
    if data is None:
        return {}
    model = engine()
    rows = list(_sentences(data / "terms" / f"{YEAR}.jsonl"))[:SENTENCES]
    outputs = [found[0].text for found in model.translate([Request(for_engine(source)) for source, _ in rows])]
    cases = [
        (_marked(source, term), target, place)
        for (source, terms), target in zip(rows, outputs, strict=True)
        for term, place in _known(source, target, terms)
    ]
    started = time.perf_counter()
    placed = place_codes(model, [Coded(source, target) for source, target, _ in cases])
    seconds = time.perf_counter() - started
    found = [Span(text.codes[0].position, text.codes[-1].position) for text in placed]
    truth = [place for _, _, place in cases]
    note = f"{YEAR}, {len(cases)} terms of {len(rows)} sentences"
    pairs = list(zip(found, truth, strict=True))
    return {
        "codes.exact": row(sum(a == b for a, b in pairs) / len(pairs), "share", note),
        "codes.touching": row(sum(a.overlaps(b) for a, b in pairs) / len(pairs), "share", note),
        "codes.f1": row(statistics.mean(_f1(a, b) for a, b in pairs), "F1", note),
        "codes.lost_or_doubled": row(sum(len(text.codes) != 2 for text in placed), "codes", note),
        "codes.ms_each": row(1000 * seconds / len(cases), "ms", note),
    }


def _sentences(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        terms = {to_simplified(zh): _listed(en) for zh, en in {**document["proper"], **document["random"]}.items()}
        for sentence in document["zh"].split("\n"):
            if 25 < len(sentence) < 90:
                yield to_simplified(sentence), terms


def _listed(renderings: str | list[str]) -> list[str]:
    return [renderings] if isinstance(renderings, str) else renderings


def _known(source: str, target: str, terms: dict[str, list[str]]) -> Iterator[tuple[str, Span]]:
    for term, renderings in terms.items():
        if len(term) < 2 or source.count(term) != 1:
            continue
        for rendering in renderings:
            found = list(re.finditer(rf"(?<!\w){re.escape(rendering)}(?!\w)", target, re.IGNORECASE))
            if len(found) == 1:
                yield term, Span(*found[0].span())
                break


def _marked(source: str, term: str) -> Text:
    at = source.index(term)
    return Text(source, (Code(at, "1", "open", "<b>", "bold"), Code(at + len(term), "1", "close", "</b>", "bold")))


def _f1(found: Span, truth: Span) -> float:
    both = max(0, min(found.end, truth.end) - max(found.start, truth.start))
    return 2 * both / (len(found) + len(truth)) if both else 0.0
