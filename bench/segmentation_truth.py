"""What counts as a sentence's end in the benchmark: the lines of corpora others have cut, joined again, and witnesses.

A document's line that ends in no final stop (a heading, a name, an item that ends in ；) is a paragraph of its own:
such a line is not joined to the next, for nothing but the line end could tell them apart. All others are joined to
paragraphs of PARAGRAPH lines at most. The truth is then

* every line end inside a paragraph, also where it stands inside a quotation that we keep in one piece, and
* inside a line, for lines may hold several sentences, what witnesses say who do not know our rules: in Chinese where
  both the `sentencex` library and `plain_chinese` see an end, in English, where the library is under our own rules,
  where `plain_english` sees one.

A cut that is neither is wrong, an end that is not cut is missed. The `lines` figures take every line as it comes: all
are joined, and inside a line there is no end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PARAGRAPH = 5
"""Most lines joined into one paragraph."""

Ends = Callable[[str], set[int]]
"""The offsets at which sentences of a text end (the text's own end may be among them)."""


@dataclass(frozen=True)
class Side:
    """How one language joins its lines: what stands between them, which end in a final stop, who sees ends within."""

    language: str
    between: str
    final: re.Pattern[str]
    listed: re.Pattern[str]
    witness: Ends


@dataclass(frozen=True)
class Counts:
    """Ends that were right, found, and there; and how many line ends of how many were inside paragraphs."""

    right: int = 0
    found: int = 0
    there: int = 0
    joined: int = 0
    lines: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.found + other.found,
            self.there + other.there,
            self.joined + other.joined,
            self.lines + other.lines,
        )

    @property
    def f1(self) -> float:
        """Of precision and recall, the harmonic mean."""
        return 2 * self.right / (self.found + self.there)


def second_half(path: Path) -> list[str]:
    """The second half of a file's lines: the rules were made looking at the first."""
    lines = [" ".join(line.split(" ")).strip() for line in path.read_text("utf-8", errors="replace").splitlines()]
    lines = [line for line in lines if line]
    return lines[len(lines) // 2 :]


def counted(side: Side, lines: Sequence[str], ours: Ends) -> Counts:
    """Lines joined as a document would have them, judged with witnesses."""
    return _counted(side, _paragraphs(lines, side.final), ours, side.witness, len(lines))


def counted_lists(side: Side, lines: Sequence[str], ours: Ends) -> Counts:
    """The same, with lines that end in a colon or semicolon before the number of an item joined too."""
    return _counted(side, _paragraphs(lines, side.final, side.listed), ours, side.witness, len(lines))


def counted_lines(side: Side, lines: Sequence[str], ours: Ends) -> Counts:
    """Every line joined, and nothing but line ends true."""
    groups = (lines[first : first + PARAGRAPH] for first in range(0, len(lines), PARAGRAPH))
    return _counted(side, groups, ours, lambda _: set(), len(lines))


def _paragraphs(lines: Sequence[str], *joinable: re.Pattern[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        group.append(line)
        seam = f"{line}\n{following}"
        if len(group) == PARAGRAPH or not any(pattern.search(seam) for pattern in joinable):
            yield group
            group = []
    if group:
        yield group


def _counted(side: Side, groups: Iterator[Sequence[str]], ours: Ends, witness: Ends, lines: int) -> Counts:
    total = Counts(lines=lines)
    for group in groups:
        text = side.between.join(group)
        ends, at = set(), 0
        for line in group[:-1]:
            ends.add(at + len(line))
            at += len(line) + len(side.between)
        truth = (ends | witness(text)) - {len(text)}
        found = ours(text) - {len(text)}
        total += Counts(len(truth & found), len(found), len(truth), len(ends))
    return total


def library(language: str) -> Ends:
    """The ends that `sentencex` sees."""
    import sentencex

    def ends(text: str) -> set[int]:
        return {len(text[: b["end_index"]].rstrip()) for b in sentencex.get_sentence_boundaries(language, text)}

    return ends


def plain_chinese(text: str) -> set[int]:
    """The ends of runs of 。！？ outside all brackets and quotations.

    Not of a half-width ? with a blank before it: the Hansard's conversion left one in the place of many a dash.
    """
    ends, depth = set(), 0
    for found in re.finditer(r"[“「『《〈（(【［\[]|[”」』》〉）)】］\]]|[。！？!?]+", text):
        mark = found[0]
        if mark in "“「『《〈（(【［[":
            depth += 1
        elif mark in "”」』》〉）)】］]":
            depth = max(0, depth - 1)
        elif depth == 0 and not (mark == "?" and text[found.start() - 1 : found.start()].isspace()):
            ends.add(found.end())
    return ends


_ENGLISH = re.compile(r"[\"“”()\[\]]|[.!?]+(?: ?[\"”’)\]])*(?= +[\"“‘(]?[A-Z0-9]|$)")
_SHORT = re.compile(
    r"(?:(?:^| |\()(?:mr|mrs|ms|dr|st|nos?|prof|gen|paras?|vs|[a-z])|[a-z]\.[a-z]"
    r"|(?:^|[.!?;:][\"”)]? )\(?(?:\d{1,3}|[a-z]))[.)]$",
    re.IGNORECASE,
)


def plain_english(text: str) -> set[int]:
    """The ends of runs of .!? before a blank and a capital, outside brackets and quotations, but for short words."""
    ends, depth, quoted = set(), 0, False
    for found in _ENGLISH.finditer(text):
        mark, outside = found[0], not depth and not quoted
        for character in mark:
            quoted ^= character == '"'
            depth = max(0, depth + (character in "“([") - (character in "”)]"))
        if mark[0] in ".!?" and outside and not _SHORT.search(text, max(0, found.end() - 12), found.end()):
            ends.add(found.end())
    return ends


def sides() -> dict[str, Side]:
    """Chinese and English."""
    items = r"\s*[\"“]?[（(]?(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,3})[）).、]"
    both = library("zh")
    return {
        "zh": Side(
            "zh",
            "",
            re.compile(r"(?:[。！？!?｡]|……|(?<=[一-鿿])\.)\s*[”’」』》）)\"\]】]*(?:\[\d+\])?\n"),
            re.compile(rf"[：:；;]\n{items}"),
            lambda text: plain_chinese(text) & both(text),
        ),
        "en": Side(
            "en",
            " ",
            re.compile(r"(?<![A-Z]\.[A-Z])[.!?…]\s*[\"”’')\]]*\n"),
            re.compile(rf"[:;]\n{items}"),
            plain_english,
        ),
    }
