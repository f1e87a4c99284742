"""Run the areas, print the table, write bench/results.json (metric → value, unit, data)."""

from __future__ import annotations

import argparse
import importlib
import json
import time
from pathlib import Path

AREAS = (
    *("startup", "layout", "segmentation", "pdf", "docx", "html"),
    *("formats", "seed", "suggest", "matching", "codes", "names", "memory", "mt", "terms", "numbers", "speed"),
    *("checks", "review", "tmx", "lookup", "faults", "align"),
)
"""One module each, quick ones first; the last ones take minutes."""

BARS = {
    "speed.seed.vs_argos": ">= 6",
    "startup.help.vs_typer": "<= 1.3",
    **{f"terms.success.hkma_{year}": f">= {bar}" for year, bar in (("2016", 0.954), ("2018", 0.955))},
    **{f"terms.chrfpp_gain.hkma_{year}": ">= 2.5" for year in ("2016", "2018")},
    **{f"terms.bleu_gain.hkma_{year}": ">= 3.5" for year in ("2016", "2018")},
    **{f"terms.random_chrfpp_gain.hkma_{year}": ">= 0" for year in ("2016", "2018")},
    **{
        f"terms.{what}.hkma_{year}": "= 0"
        for what in ("placeholders", "doubled", "chinese")
        for year in ("2016", "2018")
    },
    "terms.cost_ratio": "<= 1.6",
    "terms.match_100k_s": "<= 5",
    "terms.match_100k_mb": "<= 300",
    "terms.load_100k_s": "<= 1.5",
    "names.table.wrong": "= 0",
    "names.table.recall": ">= 0.85",
    "names.precision.newstest2019": ">= 0.93",
    "names.recall.newstest2019": ">= 0.65",
    "names.unsaid.flores200": "<= 2",
    "names.said.newstest2019": ">= 0.95",
    "formats.readable": "= 1",
    "formats.refused": "= 1",
    "formats.filled": "= 1",
    "formats.table": "= 1",
    "tmx.write_vs_lxml": "<= 1.5",
    "tmx.read_vs_lxml": "<= 1.5",
    "tmx.rss_mb": "<= 100",
    "memory.lookup_vs_scan": "<= 0.05",
    "memory.lookup_recall": ">= 0.99",
    "memory.import_100k_s": "<= 60",
    "faults.kills_survived": ">= 50",
    "align.f1_mean": ">= 0.9",
    "align.f1_min": ">= 0.8",
    "align.f1_lexicon": ">= 0.8",
    "align.robust_f1": ">= 0.85",
    "align.seconds_10k": "<= 60",
    "align.rss_mb_10k": "<= 1024",
    "align.growth": "<= 1.15",
    "align.encoding_ratio": "<= 2",
    "checks.unit_ms": "<= 20",
    "checks.recall_min": ">= 0.95",
    "checks.false_alarms": "<= 0.02",
    "review.first_paint_ms": "<= 1000",
    "review.save_ms": "<= 100",
    "review.rss_mb": "<= 400",
    "review.blank_looks": "= 0",
    "review.kills_survived": ">= 50",
    "numbers.table": "= 1",
    "numbers.false_alarms.human": "<= 0.012",
    "numbers.detected.human": ">= 0.97",
    "numbers.detected.hkma_2018": ">= 0.97",
    "numbers.witness": ">= 0.97",
    "numbers.survive.champollion.ours": ">= 0.98",
    "numbers.digits.champollion.ours": ">= 0.97",
    "glossary.suggest_recall": ">= 0.9",
    "glossary.suggest_precision": ">= 0.6",
    "mt.bleu.flores200.below_bare": "<= 0.1",
    "seed.order_correct": "= 1",
    "seed.tears_mended": "= 3",
    "seed.wrong_joins": "= 0",
    "seed.terms_missing": "= 0",
    "seed.numbers_wrong": "= 0",
    "seed.units_with_chinese": "= 0",
    "seed.empty_targets": "= 0",
    "memory.mb.seed": "<= 700",
    "memory.mb.text_300k": "<= 900",
    "memory.mb.text_10m_instant": "<= 1200",
    "segmentation.gold": "= 1",
    "segmentation.f1.newstest2019": ">= 0.99",
    "segmentation.f1.flores200": ">= 0.99",
    "segmentation.f1.hansard": ">= 0.99",
    "segmentation.f1.un": ">= 0.99",
    "segmentation.mb_per_s": ">= 5",
    "codes.lost_or_doubled": "= 0",
    "layout.tears_mended": ">= 0.95",
    "layout.wrong_joins": "<= 0.01",
    "layout.order_correct": ">= 0.95",
    "layout.clean_changed": "= 0",
    "pdf.order_correct": "= 1",
    "pdf.kinds_correct": "= 1",
    "pdf.wrong_joins": "= 0",
    "pdf.random.order_correct": ">= 0.99",
    "pdf.random.wrong_joins": "<= 0.01",
    "pdf.text_similarity": ">= 0.995",
    "docx.order_correct": "= 1",
    "docx.text_similarity": ">= 0.995",
    **{f"docx.roundtrip.{what}": "= 1" for what in ("paragraphs", "tables", "images", "sections", "styles", "codes")},
    "html.codes_right": "= 1",
    "html.roundtrip.same": "= 1",
    "html.roundtrip.codes": "= 1",
    "epub.order_correct": "= 1",
    "epub.text_similarity": ">= 0.995",
    "html.order_correct": "= 1",
    "html.text_similarity": ">= 0.995",
}
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """The command line of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", help=f"areas with commas between: {', '.join(AREAS)}")
    parser.add_argument("--data", type=Path, help="folder of the evaluation data (default: beside the checkout)")
    given = parser.parse_args()
    data = given.data or Path(__file__).parents[2] / "shared" / "data"
    areas = given.only.split(",") if given.only else AREAS
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() and given.only else {}
    for area in areas:
        if area not in AREAS:
            parser.error(f"no area is called {area!r}: choose from {', '.join(AREAS)}")
        started = time.monotonic()
        found = importlib.import_module(f"bench.{area}").run(data if data.is_dir() else None)
        print(f"\n{area}  ({time.monotonic() - started:.0f} s)")
        for name, row in found.items():
            print(f"  {name:<36} {_shown(row['value']):>12} {row['unit']:<14} {BARS.get(name, ''):<9} {row['data']}")
        results |= found
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
