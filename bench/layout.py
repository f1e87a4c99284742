"""Is the seed page read in its true order? Measured against the order worked out by hand (tests/golden)."""

from __future__ import annotations

import itertools
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "peoples-daily-wuzhen-2023.txt"
GOLD = ROOT / "tests" / "golden" / "seed_reading_order.txt"
BODY = frozenset({"title", "byline", "heading", "paragraph", "list item"})


def run(data: Path | None) -> dict[str, dict[str, object]]:  # noqa: ARG001 (every area takes it)
    """Order and joins of the seed; `data` is not needed.

    `seed.order_correct`: share of neighbouring body blocks of the true order that come out as neighbours;
    `seed.tears_mended`: seams inside true paragraphs that came out whole; `seed.wrong_joins`: blocks put
    together that are no block of the true order.
    """
    from bilingual.documents import read

    blocks = read(SEED).blocks
    gold = [tuple(line.split("\t", 1)) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    truth = {text for _, text in gold}
    made = [block for block in blocks if len(block.spans) > 1]
    mended = [len(b.spans) - 1 for b in made if b.kind == "paragraph" and b.text.string in truth]
    figures = {
        "seed.order_correct": (order_correct(body(gold), body([(b.kind, b.text.string) for b in blocks])), "share"),
        "seed.tears_mended": (sum(mended), "tears"),
        "seed.wrong_joins": (sum(b.text.string not in truth for b in made), "joins"),
    }
    return {name: {"value": value, "unit": unit, "data": SEED.name} for name, (value, unit) in figures.items()}


def body(blocks: list[tuple[str, ...]]) -> list[str]:
    """The texts of what is read as the article, without captions, staff and marks."""
    return [text for kind, text in blocks if kind in BODY]


def order_correct(truth: list[str], found: list[str]) -> float:
    """Share of the neighbours in `truth` that are neighbours, in that order, in `found`."""
    pairs = set(itertools.pairwise(found))
    wanted = list(itertools.pairwise(truth))
    return sum(pair in pairs for pair in wanted) / len(wanted)
