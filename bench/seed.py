"""The seed through everything: terms, numbers, and what must never be in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.common import ROOT, SEED, Rows, engine, glossary, row
from bilingual.bitext import Bitext, TermOutcome
from bilingual.chinese import has_chinese
from bilingual.documents import read
from bilingual.translation import Translator

NUMBERS = ROOT / "tests" / "golden" / "seed_numbers.txt"


def run(data: Path | None) -> Rows:
    """Counts over all units; the numbers by a key made by hand, not by the program's own check."""
    del data
    bitext = Translator(engine(), glossary()).translate(read(SEED))
    uses = [use for unit in bitext.units for use in unit.terms]
    note = f"seed, {len(bitext.units)} units"
    found = {outcome: sum(use.outcome is outcome for use in uses) for outcome in TermOutcome}
    return {
        "seed.terms_missing": row(found[TermOutcome.MISSING], "terms", f"{note}, {len(uses)} terms"),
        "seed.numbers_wrong": row(len([*wrong_numbers(bitext)]), "sentences", f"{note}, key of {len(key())} sentences"),
        "seed.units_with_chinese": row(sum(has_chinese(unit.target.string) for unit in bitext.units), "units", note),
        "seed.empty_targets": row(sum(not unit.target.string.strip() for unit in bitext.units), "units", note),
        "seed.flagged": row(sum(bool(unit.flags) for unit in bitext.units), "units", note),
    }


def key() -> list[tuple[str, str]]:
    """Pieces of source sentences and the patterns their English must match."""
    lines = NUMBERS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(piece, pattern) for piece, pattern in pairs]


def wrong_numbers(bitext: Bitext) -> Iterator[str]:
    """The sentences of the key whose English lacks a number, or that are not there at all."""
    for piece, pattern in key():
        targets = [unit.target.string for unit in bitext.units if piece in unit.source.string]
        if not targets or not all(re.search(pattern, target) for target in targets):
            yield f"{piece} → {targets}"
