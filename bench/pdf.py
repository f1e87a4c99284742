"""Are PDF pages read in order, with all their text and the right kinds? How fast, and in how much memory?"""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.common import ROOT, Rows, row
from bilingual.bitext import Document, Kind
from bilingual.documents import read_bytes
from tests.pdf_pages import Made, layouts, random_page

SEEDS = range(1000, 1060)
"""Random pages that nothing was tuned on."""

BOOK = 500
FURNITURE = frozenset({Kind.RUNNING_HEAD, Kind.MARK})
Said = list[tuple[str, str]]

MEASURE = """
import sys
from pathlib import Path
from bilingual.documents import read
read(Path(sys.argv[1]))
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def run(data: Path | None) -> Rows:  # noqa: ARG001 (every area takes it)
    """Order, text, kinds and speed on pages of our own; `data` is not needed.

    `order_correct`: share of the true neighbouring blocks that come out as neighbours, whole. `text_similarity`: 1 less
    the edit distance over the longer length, of the blocks' text in order. `kinds_correct`: share of the true blocks
    that come out whole and of their kind. `wrong_joins`: joins over a column's end inside no true block, over all
    joins.
    """
    named = figures("pdf", layouts().values(), "our layouts, 1–5 columns")
    drawn = figures("pdf.random", map(random_page, SEEDS), f"{len(SEEDS)} random pages")
    return {**named, **drawn, **speed()}


def figures(name: str, pages: Iterable[Made], data: str) -> Rows:
    """The four shares over some pages."""
    neighbours, near, kinds, joins = [], [], [], []
    for made in pages:
        document = read_bytes(made.data, "page.pdf")
        truth, found = list(made.truth), said(document)
        pairs = set(itertools.pairwise(text for _, text in found))
        neighbours += [pair in pairs for pair in itertools.pairwise(text for _, text in truth)]
        near.append(similarity("".join(text for _, text in truth), "".join(text for _, text in found)))
        kinds += [block in found for block in truth]
        joins += [
            whole for block in document.blocks for whole in true_joins(block.text.string, len(block.spans), truth)
        ]
    return {
        f"{name}.order_correct": row(sum(neighbours) / len(neighbours), "share", data),
        f"{name}.text_similarity": row(sum(near) / len(near), "1 − distance", data),
        f"{name}.kinds_correct": row(sum(kinds) / len(kinds), "share", data),
        f"{name}.wrong_joins": row(joins.count(False) / max(1, len(joins)), f"of {len(joins)} joins", data),
    }


def said(document: Document) -> Said:
    """Kind and text of the blocks but for running heads and page numbers."""
    return [(str(block.kind), block.text.string) for block in document.blocks if block.kind not in FURNITURE]


def true_joins(string: str, parts: int, truth: Said) -> list[bool]:
    """For each join of a block, whether the block is (part of) a true one."""
    whole = any(string in text for _, text in truth)
    return [whole] * (parts - 1)


def similarity(first: str, second: str) -> float:
    """1 less the edit distance over the longer length; what the two begin and end with alike is passed over."""
    longest = max(len(first), len(second), 1)
    while first and second and first[0] == second[0]:
        alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
        same = sum(1 for _ in alike)
        first, second = first[same:], second[same:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return 1 - distance(first, second) / longest


def distance(first: str, second: str) -> int:
    """The edit distance (Levenshtein 1966)."""
    before = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        now = [i]
        for j, b in enumerate(second, start=1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (a != b)))
        before = now
    return before[-1]


def speed() -> Rows:
    """Pages a second of a book, and the memory that reading it takes."""
    data = book(BOOK)
    started = time.perf_counter()
    read_bytes(data, "book.pdf")
    rate = BOOK / (time.perf_counter() - started)
    few, many = memory(10), memory(BOOK)
    about = f"{BOOK} pages of two columns, {len(data) // 1024} KiB"
    return {
        "pdf.pages_per_s": row(rate, "pages/s", about),
        "pdf.memory.mb": row(many, "MiB", about),
        "pdf.memory.growth": row(many - few, "MiB", f"{BOOK} pages less 10 pages"),
    }


def memory(pages: int) -> float:
    """Peak memory, in MiB, of a process that reads a book of so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.pdf"
        path.write_bytes(book(pages))
        command = [sys.executable, "-c", MEASURE, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return int(done.stdout) / 1024


def book(pages: int) -> bytes:
    """A PDF of so many pages: one of our layouts again and again."""
    import pypdfium2

    source = pypdfium2.PdfDocument(layouts()["two columns"].data)
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        made.import_pages(source)
    out = io.BytesIO()
    made.save(out)
    made.close()
    source.close()
    return out.getvalue()
