"""Sentences: the gold cases, boundary F1 on lines joined into paragraphs and cut again, and speed."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from bench.common import Rows, row
from bilingual.segmentation import segment

PARAGRAPH = 5
"""Lines joined into one paragraph."""

Counts = tuple[int, int, int]
"""Boundaries found and right, found, and there."""


def run(data: Path | None) -> Rows:
    """Share of gold cases right; precision, recall and F1 of the boundaries of joined lines; MB of UTF-8 a second.

    The lines' second halves only: the rules were made looking at the first. Lines that hold several sentences lower the
    precision, headings and lists without a stop lower the recall.
    """
    if data is None:
        return {}
    rows: Rows = {"segmentation.gold": row(_gold(data), "share", "segmentation/zh_gold.jsonl, 30 cases")}
    sets = {
        "newstest2019": [data / "mt" / "newstest2019.zh"],
        "flores200": [data / "mt" / "flores200_devtest.zh"],
        "champollion": sorted((data / "align" / "champollion").glob("*.zh")),
    }
    for name, paths in sets.items():
        right, found, there = map(sum, zip(*(_joined_and_cut(_second_half(path)) for path in paths), strict=True))
        note = f"{name}, second halves in paragraphs of {PARAGRAPH} lines"
        rows[f"segmentation.f1.{name}"] = row(2 * right / (found + there), "F1", note)
        rows[f"segmentation.precision.{name}"] = row(right / found, "share", note)
        rows[f"segmentation.recall.{name}"] = row(right / there, "share", note)
    rows["segmentation.mb_per_second"] = row(_speed(data), "MB/s", "newstest2019 three times over, best of 3")
    rows["segmentation.seconds.no_stop"] = row(_seconds("字" * 200_000), "s", "200,000 characters without a stop")
    rows["segmentation.seconds.quotations"] = row(_seconds("“字。”" * 50_000), "s", "a line of 50,000 quotations")
    return rows


def _gold(data: Path) -> float:
    cases = [json.loads(line) for line in (data / "segmentation" / "zh_gold.jsonl").read_text("utf-8").splitlines()]
    right: list[bool] = [
        [s.of(case["text"]) for s in segment(case["text"]).segments] == case["sentences"] for case in cases
    ]
    return sum(right) / len(right)


def _second_half(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return lines[len(lines) // 2 :]


def _joined_and_cut(lines: Sequence[str]) -> Counts:
    right = found = there = 0
    for first in range(0, len(lines), PARAGRAPH):
        group = lines[first : first + PARAGRAPH]
        gold = {sum(map(len, group[:count])) for count in range(1, len(group))}
        ours = {span.end for span in segment("".join(group)).segments[:-1]}
        right, found, there = right + len(gold & ours), found + len(ours), there + len(gold)
    return right, found, there


def _speed(data: Path) -> float:
    text = (data / "mt" / "newstest2019.zh").read_text("utf-8") * 3
    return len(text.encode()) / 1e6 / min(_seconds(text) for _ in range(3))


def _seconds(text: str) -> float:
    started = time.perf_counter()
    segment(text)
    return time.perf_counter() - started
