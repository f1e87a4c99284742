"""The checks held against truth: errors planted in human translations, and false alarms in them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

from bench.common import Rows, glossary, row
from bench.number_pairs import Pair
from bench.planted import CODED, DEFINITE, KINDS, Bench, dressed, terms
from bilingual.bitext import Bitext, Text, Unit
from bilingual.checks.checker import Checker
from bilingual.checks.context import context_of
from bilingual.checks.findings import Finding, Severity
from bilingual.glossary import Glossary
from bilingual.settings import Settings

_EACH = 100
"""Errors of each kind."""
_MANY = 20_000
_SERIOUS = {"warning": (Severity.ERROR, Severity.WARNING), "error": (Severity.ERROR,)}


def run(data: Path | None) -> Rows:
    """Recall by kind, false alarms, and speed; nothing without the data."""
    if data is None:
        return {}
    pairs = reported(data)
    names = Glossary(terms())
    checker, units = checker_of(pairs, names)
    note = f"{len(pairs):,} human pairs of newstest2019 and flores200, the half that nothing was made from"
    rows = recall_rows(checker, units, names)
    for name, found in (("", alarms(checker)), (".repository_glossary", alarms(checker_of(pairs, glossary())[0]))):
        for level, severities in _SERIOUS.items():
            wrong = {finding.unit for finding in found if finding.severity in severities}
            key = f"checks.false_alarms{name}{'' if level == 'warning' else '.error'}"
            rows[key] = row(len(wrong) / len(pairs), "share", f"{note}, {len(wrong)} with a finding, {level} and above")
    return rows | speed_rows(pairs, names)


def lines(data: Path) -> list[Pair]:
    """The human pairs, without the space around them that files leave."""
    found: list[Pair] = []
    for name in ("flores200_devtest", "newstest2019"):
        zh, en = ((data / "mt" / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en"))
        found += [(source.strip(), target.strip()) for source, target in zip(zh, en, strict=True)]
    return found


def reported(data: Path) -> list[Pair]:
    """Every second pair: the half for reporting; the other half is for development."""
    return lines(data)[1::2]


def checker_of(pairs: Iterable[Pair], names: Glossary) -> tuple[Checker, tuple[Unit, ...]]:
    """A checker over the pairs as one document, and its units."""
    units = tuple(Unit(f"u{row}", f"b{row}", Text(zh), Text(en)) for row, (zh, en) in enumerate(pairs))
    return Checker(Bitext("zh", "en", (), units), names, Settings()), units


def alarms(checker: Checker) -> list[Finding]:
    """Every finding in what people wrote."""
    return checker.all()


def recall_rows(checker: Checker, units: tuple[Unit, ...], names: Glossary) -> Rows:
    """The share of the planted errors of each kind that is found, at both severities, and the least of them."""
    rows: Rows = {}
    least = dict.fromkeys(_SERIOUS, 1.0)
    for kind in KINDS:
        planted = plant(kind, units, names)
        for level, severities in _SERIOUS.items():
            hits = [noticed(checker, clean, wrong, kind, severities) for clean, wrong in planted]
            share = sum(hits) / len(hits)
            least[level] = min(least[level], share) if kind in DEFINITE else least[level]
            name = f"checks.recall.{kind.replace(' ', '_')}" + ("" if level == "warning" else ".error")
            rows[name] = row(share, "share", f"{len(hits)} planted, {level} and above")
    note = f"the least of {len(DEFINITE)} kinds with a definite answer, {len(KINDS)} kinds planted"
    rows["checks.recall_min"] = row(least["warning"], "share", f"{note}, warning and above")
    rows["checks.recall_min.error"] = row(least["error"], "share", f"{note}, errors alone")
    return rows


def plant(kind: str, units: tuple[Unit, ...], names: Glossary) -> list[tuple[Unit, Unit]]:
    """Pairs of a clean unit and the same with one error of the kind; each unit once before any comes again."""
    chance = random.Random(kind)
    context = context_of(Bitext("zh", "en", (), units), names, Settings())
    bench = Bench(chance, context, tuple(unit.target.string for unit in units))
    order = chance.sample(units, len(units))
    found: list[tuple[Unit, Unit]] = []
    for unit in islice(cycle(order), 10 * len(order)):
        clean = dressed(unit, chance) if kind in CODED else unit
        wrong = KINDS[kind][0](clean, bench)
        found += [(clean, wrong)] if wrong else []
        if len(found) == _EACH:
            break
    return found


def noticed(checker: Checker, clean: Unit, wrong: Unit, kind: str, severities: Iterable[Severity]) -> bool:
    """Whether one of the kind's checks finds in the wrong unit what it does not find in the clean one."""
    before = {(finding.check, finding.reason) for finding in checker.unit(clean)}
    fit = (f for f in checker.unit(wrong) if f.check in KINDS[kind][1] and f.severity in severities)
    return any((finding.check, finding.reason) not in before for finding in fit)


def speed_rows(pairs: list[Pair], names: Glossary) -> Rows:
    """A document of 20,000 units from the start, and one unit while somebody types."""
    started = time.perf_counter()
    checker, units = checker_of(islice(cycle(pairs), _MANY), names)
    count = len(checker.all())
    whole = time.perf_counter() - started
    times = []
    for unit in units[: len(pairs)]:
        edited = Unit(unit.id, unit.block, unit.source, Text(unit.target.string + " x"))
        started = time.perf_counter()
        checker.unit(edited)
        times.append((time.perf_counter() - started) * 1000)
    note = f"{len(times):,} units, each edited"
    return {
        "checks.all_20k_s": row(whole, "s", f"{_MANY:,} units, {count:,} findings"),
        "checks.unit_ms": row(statistics.median(times), "ms", f"{note}, median"),
        "checks.unit_ms.p99": row(statistics.quantiles(times, n=100)[98], "ms", note),
    }
