"""The checks held against truth: errors planted in human translations, and false alarms in them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path

from bench.common import Rows, glossary, row
from bench.number_pairs import Pair
from bench.planted import DEFINITE, KINDS, Bench, terms
from bilingual.bitext import Bitext, Text, Unit
from bilingual.checks.checker import Checker
from bilingual.checks.context import context_of
from bilingual.checks.findings import Finding, Severity
from bilingual.glossary import Glossary
from bilingual.settings import Settings

_EACH = 100
"""Errors of each kind."""
_MANY = 20_000
_DOCUMENT = 100
"""Pairs that make a document."""
_LEVELS = {
    "warning and above": (Severity.ERROR, Severity.WARNING),
    "errors alone": (Severity.ERROR,),
    "hints too": tuple(Severity),
}
_SUFFIX = {"warning and above": "", "errors alone": ".error", "hints too": ".hint"}


def run(data: Path | None) -> Rows:
    """Recall by kind, false alarms, and speed; nothing without the data."""
    if data is None:
        return {}
    pairs = reported(data)
    names = Glossary(terms())
    documents = documents_of(pairs, names)
    note = f"{len(pairs):,} human pairs of newstest2019 and flores200, the half that nothing was made from"
    rows = recall_rows(documents, names)
    for name, found in (("", alarms(documents)), (".repository_glossary", alarms(documents_of(pairs, glossary())))):
        for level, severities in _LEVELS.items():
            wrong = {finding.unit for finding in found if finding.severity in severities}
            rows[f"checks.false_alarms{name}{_SUFFIX[level]}"] = row(
                len(wrong) / len(pairs), "share", f"{note}, {len(wrong)} with a finding, {level}"
            )
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


Documents = dict[Unit, Checker]
"""Each unit and the checker of its document."""


def documents_of(pairs: list[Pair], names: Glossary) -> Documents:
    """The pairs as short documents: lines far apart are of other texts and translators, and agree on no spelling."""
    found: Documents = {}
    for first in range(0, len(pairs), _DOCUMENT):
        checker, units = checker_of(pairs[first : first + _DOCUMENT], names, first)
        checker.read()
        found |= dict.fromkeys(units, checker)
    return found


def checker_of(pairs: Iterable[Pair], names: Glossary, first: int = 0) -> tuple[Checker, tuple[Unit, ...]]:
    """A checker over the pairs as one document, and its units."""
    units = tuple(Unit(f"u{row}", f"b{row}", Text(zh), Text(en)) for row, (zh, en) in enumerate(pairs, first))
    return Checker(Bitext("zh", "en", (), units), names, Settings()), units


def alarms(documents: Documents) -> list[Finding]:
    """Every finding in what people wrote."""
    return [finding for unit, checker in documents.items() for finding in checker.unit(unit)]


def recall_rows(documents: Documents, names: Glossary) -> Rows:
    """The share of the planted errors of each kind that is found, at each severity, and the least of them."""
    rows: Rows = {}
    least = dict.fromkeys(_LEVELS, 1.0)
    for kind in KINDS:
        planted = plant(kind, [*documents], names)
        worst = [noticed(documents[clean], clean, wrong, kind) for clean, wrong in planted]
        for level, severities in _LEVELS.items():
            share = sum(severity in severities for severity in worst) / len(worst)
            least[level] = min(least[level], share) if kind in DEFINITE else least[level]
            rows[f"checks.recall.{kind.replace(' ', '_')}{_SUFFIX[level]}"] = row(
                share, "share", f"{len(worst)} planted, {level}"
            )
    for level in _LEVELS:
        note = f"the least of {len(DEFINITE)} kinds with a definite answer, of {len(KINDS)} planted; {level}"
        rows[f"checks.recall_min{_SUFFIX[level]}"] = row(least[level], "share", note)
    return rows


def plant(kind: str, units: Sequence[Unit], names: Glossary) -> list[tuple[Unit, Unit]]:
    """Clean units, each with the same unit with one error of the kind; every unit once before any comes again."""
    chance = random.Random(kind)
    context = context_of(Bitext("zh", "en", (), tuple(units)), names, Settings())
    bench = Bench(chance, context, tuple(unit.target.string for unit in units))
    order = chance.sample(units, len(units))
    found: list[tuple[Unit, Unit]] = []
    for unit in islice(cycle(order), 10 * len(order)):
        wrong = KINDS[kind][0](unit, bench)
        found += [(unit, wrong)] if wrong else []
        if len(found) == _EACH:
            break
    return found


def noticed(checker: Checker, clean: Unit, wrong: Unit, kind: str) -> Severity | None:
    """The worst severity at which one of the kind's checks finds what it does not find in the clean unit; None where
    nothing is found."""
    before = {(finding.check, finding.reason) for finding in checker.unit(clean)}
    found = (f for f in checker.unit(wrong) if f.check in KINDS[kind][1] and (f.check, f.reason) not in before)
    return next((finding.severity for finding in found), None)  # the worst stand first


def speed_rows(pairs: list[Pair], names: Glossary) -> Rows:
    """A document of 20,000 units from the start, and one unit while somebody types, in seconds of one processor."""
    started = time.process_time()
    checker, units = checker_of(islice(cycle(pairs), _MANY), names)
    count = len(checker.all())
    whole = time.process_time() - started
    times = []
    for unit in units[: len(pairs)]:
        edited = Unit(unit.id, unit.block, unit.source, Text(unit.target.string + " x"))
        started = time.process_time()
        checker.unit(edited)
        times.append((time.process_time() - started) * 1000)
    note = f"{len(times):,} units, each edited"
    return {
        "checks.all_20k_s": row(whole, "s", f"{_MANY:,} units, {count:,} findings"),
        "checks.unit_ms": row(statistics.median(times), "ms", f"{note}, median"),
        "checks.unit_ms.p99": row(statistics.quantiles(times, n=100)[98], "ms", note),
    }
