"""Is a page that lost its layout read in its true order? The seed, and pages broken by `bench.page_breaker`.

The broken pages are made from the Chinese of the evaluation data that nothing was tuned on, with seeds of the generator
that nothing was tuned with.
"""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.common import Rows, row
from bench.page_breaker import HARD, KINDS, SEED_LIKE, Broken, article_of, broken
from bilingual.bitext import Block

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "peoples-daily-wuzhen-2023.txt"
GOLD = ROOT / "tests" / "golden" / "seed_reading_order.txt"
BODY = frozenset({"title", "byline", "heading", "paragraph", "list item"})
SETS = {
    "newstest2019": ("mt/newstest2019.zh",),
    "flores200": ("mt/flores200_devtest.zh",),
    "hansard": tuple(f"align/champollion/{name}.zh" for name in ("890621f", "921008f", "930422f")),
    "un": tuple(f"align/champollion/{name}.zh" for name in ("UN19930101_020", "UN19990209_010")),
    "magazine": tuple(f"align/champollion/{name}.zh" for name in ("198706005", "200110006")),
}
PAGES = 20
"""How many pages are made of each set."""

FIRST = 700_000
"""The first of the generator's seeds; those below 100,000 are for tuning."""

STRETCH = 30
"""How many lines a clean page has."""


def run(data: Path | None) -> Rows:
    """Order and joins of the seed; and, where `data` is there, of broken pages, overall, by kind of tear and by set, as
    the seed is broken (`layout`) and harder (`layout.hard`); and how many clean pages were touched (`clean_changed`).

    `order_correct`: share of neighbouring body blocks of the true order that come out as neighbours; `tears_mended`:
    seams inside true paragraphs that came out joined (for the seed their number); `wrong_joins`: joins that are none of
    these, over all joins made (for the seed, blocks put together that are no block of the true order).
    """
    rows = of_seed()
    sets = {name: files for name, files in SETS.items() if data and all((data / file).is_file() for file in files)}
    lines = {name: texts(data, files) for name, files in sets.items() if data}
    if lines:
        rows |= of_mixture("layout", lines, SEED_LIKE) | of_mixture("layout.hard", lines, HARD)
        pages = [page for found in lines.values() for page in clean_pages(found)]
        rows["layout.clean_changed"] = row(sum(map(changed, pages)), "pages", f"{len(pages)} clean pages")
    return rows


def of_mixture(area: str, lines: dict[str, list[str]], shares: dict[str, float]) -> Rows:
    """The figures of broken pages of a mixture: overall, by kind of tear, and by set."""
    counts = {name: measured(pages_of(found, shares)) for name, found in lines.items()}
    everything = sum(counts.values(), Counter[str]())
    rows = figures(area, everything, f"{PAGES * len(counts)} broken pages")
    for kind in KINDS:
        share = everything[f"mended.{kind}"] / max(1, everything[f"tears.{kind}"])
        rows[f"{area}.tears_mended.{kind}"] = row(share, "share", f"{everything[f'tears.{kind}']} tears")
    for name, count in counts.items():
        rows |= figures(area, count, name, f".{name}")
    return rows


def of_seed() -> Rows:
    """The figures of the seed."""
    from bilingual.documents import read

    blocks = read(SEED).blocks
    gold = [tuple(line.split("\t", 1)) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    truth = {text for _, text in gold}
    made = [block for block in blocks if len(block.spans) > 1]
    mended = [len(b.spans) - 1 for b in made if b.kind == "paragraph" and b.text.string in truth]
    right = neighbours(body(gold), body([(b.kind, b.text.string) for b in blocks]))
    return {
        "seed.order_correct": row(right[0] / right[1], "share", SEED.name),
        "seed.tears_mended": row(sum(mended), "tears", SEED.name),
        "seed.wrong_joins": row(sum(b.text.string not in truth for b in made), "joins", SEED.name),
    }


def texts(data: Path, files: Sequence[str]) -> list[str]:
    """The lines of the files that hold anything."""
    lines = [line.strip() for file in files for line in (data / file).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line]


def clean_pages(lines: Sequence[str]) -> list[str]:
    """Stretches of consecutive lines, a paragraph each, that nobody broke."""
    places = [random.Random(FIRST + number).randrange(max(1, len(lines) - STRETCH)) for number in range(PAGES)]
    return ["\n\n".join(lines[at : at + STRETCH]) for at in places]


def changed(page: str) -> bool:
    """Whether anything on the page was joined or moved. The staff's own lines are not counted."""
    from bilingual.documents import read_bytes

    found = read_bytes(page.encode(), "page.txt").blocks
    return any(block.repairs for block in found if block.kind != "staff")


def pages_of(lines: Sequence[str], shares: dict[str, float]) -> list[Broken]:
    """Broken pages, each of an article made of consecutive lines from a place of its own."""
    return [page_of(lines, FIRST + number, shares) for number in range(PAGES)]


def page_of(lines: Sequence[str], seed: int, shares: dict[str, float]) -> Broken:
    """A page of 3 to 12 tears, with 130 to 260 characters a column on the average."""
    rng = random.Random(seed)
    tears = rng.randint(3, 12)
    wanted = (tears + 2) * rng.randint(130, 260)
    start = end = rng.randrange(max(1, len(lines) - 150))
    while end < len(lines) and sum(map(len, lines[start:end])) < wanted:
        end += 1
    return broken(article_of(lines[start:end], rng), seed, tears, shares)


def measured(pages: Sequence[Broken]) -> Counter[str]:
    """What is counted over the pages: tears and those mended by kind, joins and wrong ones, neighbours, seconds."""
    from bilingual.documents import read_bytes

    count: Counter[str] = Counter()
    for page in pages:
        started = time.perf_counter()
        blocks = read_bytes(page.page.encode(), "page.txt").blocks
        count["milliseconds"] += round(1000 * (time.perf_counter() - started))
        true = {(tear.tail_end, tear.head_start): tear.kind for tear in page.tears}
        made = joins_of(blocks, page.page)
        count["pages"] += 1
        count["joins"] += len(made)
        count["wrong"] += len(made - true.keys())
        for seam, kind in true.items():
            count[f"tears.{kind}"] += 1
            count[f"mended.{kind}"] += seam in made
        right, wanted = neighbours(body(page.truth), body([(b.kind, b.text.string) for b in blocks]))
        count["right"] += right
        count["neighbours"] += wanted
    return count


def joins_of(blocks: Sequence[Block], page: str) -> set[tuple[int, int]]:
    """The joins made: where the first part ends and the second starts in the page. The staff's are not counted."""
    seams = set()
    for block in blocks:
        for first, second in itertools.pairwise(block.spans if block.kind != "staff" else ()):
            start = second.start + (len(page[second.start :]) - len(page[second.start :].lstrip()))
            seams.add((first.end, start))
    return seams


def figures(area: str, count: Counter[str], data: str, suffix: str = "") -> Rows:
    """The three figures of a set, and how long a page took."""
    tears, mended = (sum(count[f"{name}.{kind}"] for kind in KINDS) for name in ("tears", "mended"))
    return {
        f"{area}.tears_mended{suffix}": row(mended / max(1, tears), "share", data),
        f"{area}.wrong_joins{suffix}": row(count["wrong"] / max(1, count["joins"]), "share", data),
        f"{area}.order_correct{suffix}": row(count["right"] / max(1, count["neighbours"]), "share", data),
        f"{area}.seconds_a_page{suffix}": row(count["milliseconds"] / 1000 / max(1, count["pages"]), "s", data),
    }


def body(blocks: Sequence[tuple[str, ...]]) -> list[str]:
    """The texts of what is read as the article, without captions, staff and marks."""
    return [block[1] for block in blocks if block[0] in BODY]


def neighbours(truth: Sequence[str], found: Sequence[str]) -> tuple[int, int]:
    """How many neighbours in `truth` are neighbours, in that order, in `found`, and how many there are."""
    pairs = set(itertools.pairwise(found))
    wanted = list(itertools.pairwise(truth))
    return sum(pair in pairs for pair in wanted), len(wanted)
