"""Sentences: the gold cases, boundary F1 on lines joined into paragraphs and cut again, and speed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bench.common import Rows, row
from bench.segmentation_truth import (
    Counts,
    Ends,
    Side,
    counted,
    counted_lines,
    counted_lists,
    library,
    second_half,
    sides,
)
from bilingual.segmentation import Rules, segment

LISTS = Rules(break_at_list_items=True)
"""The convention of the UN's texts: each item of a list a unit."""


def run(data: Path | None) -> Rows:
    """Share of gold cases right; boundary F1 by corpus, ours and the library's alone; MB of UTF-8 a second.

    What is counted stands in `bench.segmentation_truth`. Second halves only: the rules were made looking at the first.
    """
    if data is None:
        return {}
    rows = _gold(data) | _speeds(data)
    for side in sides().values():
        prefix = "segmentation." if side.language == "zh" else f"segmentation.{side.language}."
        for name, paths in _corpora(data, side.language).items():
            halves = [second_half(path) for path in paths]
            rows |= {f"{prefix}{key}": found for key, found in _of_corpus(side, name, halves)}
    return rows


def _corpora(data: Path, language: str) -> dict[str, list[Path]]:
    align = data / "align" / "champollion"
    return {
        "newstest2019": [data / "mt" / f"newstest2019.{language}"],
        "flores200": [data / "mt" / f"flores200_devtest.{language}"],
        "hansard": sorted(align.glob(f"*f.{language}")),
        "un": sorted(align.glob(f"UN*.{language}")),
        "magazines": sorted(align.glob(f"[12]*.{language}")),
    }


def _of_corpus(side: Side, name: str, halves: Sequence[list[str]]) -> Iterator[tuple[str, dict[str, object]]]:
    ours = _ours(side.language)
    yield f"f1.{name}", _row(_total(counted, side, halves, ours), "")
    yield f"f1.{name}.library", _row(_total(counted, side, halves, library(side.language)), "sentencex alone; ")
    if name in {"un", "hansard"}:
        lists = _total(counted_lists, side, halves, _ours(side.language, LISTS))
        yield f"f1.{name}.lists", _row(lists, "items of lists joined and cut too; ")
    yield f"f1.{name}.lines", _row(_total(counted_lines, side, halves, ours), "every line as it comes; ")


def _row(counts: Counts, what: str) -> dict[str, object]:
    shares = f"precision {counts.right / counts.found:.4f}, recall {counts.right / counts.there:.4f}"
    return row(counts.f1, "F1", f"{what}{shares}; {counts.joined} of {counts.lines} lines joined to the next")


def _total(
    count: Callable[[Side, Sequence[str], Ends], Counts], side: Side, halves: Sequence[list[str]], ends: Ends
) -> Counts:
    return sum((count(side, half, ends) for half in halves), Counts())


def _ours(language: str, rules: Rules = Rules()) -> Ends:  # noqa: B008 (frozen)
    return lambda text: {span.end for span in segment(text, rules, language).segments}


def _gold(data: Path) -> Rows:
    lines = (data / "segmentation" / "zh_gold.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    note = f"segmentation/zh_gold.jsonl, {len(cases)} cases"
    rows: Rows = {}
    for name, ends in (("", _ours("zh")), (".library", library("zh"))):
        right = sum(_parts(case["text"], ends) == case["sentences"] for case in cases)
        rows[f"segmentation.gold{name}"] = row(
            right / len(cases), "share", note + ("; sentencex alone" if name else "")
        )
    return rows


def _parts(text: str, ends: Ends) -> list[str]:
    at = [0, *sorted(ends(text) | {len(text)})]
    return [part for a, b in pairwise(at) if (part := text[a:b].strip())]


def _speeds(data: Path) -> Rows:
    rows: Rows = {}
    for language, name in (("zh", "segmentation"), ("en", "segmentation.en")):
        text = (data / "mt" / f"newstest2019.{language}").read_text("utf-8") * 3
        note = f"newstest2019.{language} three times over, best of 3"
        for kind, ends in (("", _ours(language)), (".library", library(language))):
            seconds = min(_seconds(ends, text) for _ in range(3))
            told = f"{note}; sentencex alone" if kind else note
            rows[f"{name}.mb_per_s{kind}"] = row(len(text.encode()) / 1e6 / seconds, "MB/s", told)
    ours = _ours("zh")
    rows["segmentation.seconds.no_stop"] = row(_seconds(ours, "字" * 200_000), "s", "200,000 characters without a stop")
    rows["segmentation.seconds.quotations"] = row(_seconds(ours, "“字。”" * 50_000), "s", "a line of 50,000 quotations")
    rows["segmentation.seconds.quotations_4"] = row(
        _seconds(ours, "“字。”" * 200_000), "s", "a line of 200,000 quotations"
    )
    return rows


def _seconds(ends: Ends, text: str) -> float:
    started = time.perf_counter()
    ends(text)
    return time.perf_counter() - started
