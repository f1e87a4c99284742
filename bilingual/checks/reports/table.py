"""The findings as a text that a translator reads in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bilingual.bitext import Silence, Span, Unit
from bilingual.checks.findings import Finding
from bilingual.checks.reports.checked import Checked, counts, many, place, totals

WIDTH = 92
"""Columns of a text that are shown at most, around the place that is spoken of."""


def table(documents: Sequence[Checked]) -> str:
    """The documents one after the other: number and id of each unit, what is wrong and why, both texts with the place
    marked below. At the end how many findings there are."""
    lines = [line for document in documents for line in _document(document)]
    if len(documents) > 1:
        lines.append(totals(documents))
    return "\n".join(lines) + "\n"


def _document(document: Checked) -> Iterator[str]:
    yield document.name if document.file == document.name else f"{document.name}  ({document.file})"
    for number, unit, findings in document.by_unit:
        where = f", {place(unit)}" if place(unit) else ""
        yield f"\n  {number:,}  {unit.id}{where}"
        before: list[str] = []
        for finding, silence in findings:
            yield from _finding(finding, silence)
            texts = _texts(unit, finding)
            yield from (line for line in texts if line not in before)
            before = texts
    quiet = document.hidden
    rest = f"; {many(quiet, 'finding')} put to rest" if quiet else ""
    yield f"\n{document.name}: {counts(document.findings)} in {many(len(document.units), 'unit')}{rest}\n"


def _finding(finding: Finding, silence: Silence | None) -> Iterator[str]:
    yield f"      {finding.severity.value:<8} {finding.reason}  [{finding.check}]"
    if finding.fix:
        yield (
            f"               --fix writes “{finding.fix.text}”"
            if finding.fix.text
            else "               --fix removes it"
        )
    if silence:
        yield f"               put to rest: {silence.reason}"


def _texts(unit: Unit, finding: Finding) -> list[str]:
    """The two texts, each with what marks the place in it."""
    sides = (("zh", unit.source.string, finding.source), ("en", unit.target.string, finding.target))
    lines = []
    for side, (excerpt, marks) in ((side, marked(text, span)) for side, text, span in sides):
        below = f"\n             {marks}" if marks else ""
        lines += [f"         {side}  {excerpt}{below}"] if excerpt else []
    return lines


def marked(text: str, span: Span | None, width: int = WIDTH) -> tuple[str, str]:
    """What is shown of a text, and the line below it that marks the span; wide characters count as two columns."""
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    start, end = (span.start, span.end) if span else (0, 0)
    first = last = start
    used = 0
    while used < width and (first > 0 or last < len(text)):  # grows on both sides, a third of it before the place
        if last < len(text) and (first == 0 or last < end or (last - end) <= 2 * (start - first)):
            used += columns(text[last])
            last += 1
        else:
            first -= 1
            used += columns(text[first])
    before, after = ("…" if first else ""), ("…" if last < len(text) else "")
    whole = not span or (start <= first and end >= last)
    marks = (
        "" if whole else " " * columns(before + text[first:start]) + "^" * max(columns(text[start : min(end, last)]), 1)
    )
    return f"{before}{text[first:last]}{after}", marks


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) or unicodedata.category(char) == "Cf"
        else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for char in text
    )  # fmt: skip
