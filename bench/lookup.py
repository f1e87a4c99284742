"""The memory at 1,000,000 units: look-ups against a full scan, and an import while others read.

The units are made as `bench.lookup_data` says. Half of the queries are real sentences, half are units of the memory,
all with 10 to 40 percent of their characters changed; the truth is rapidfuzz over every form of the memory, with a
cutoff of 70 %, which is its fastest way. Times are the process's own CPU time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.common import ROOT, Rows, row
from bench.lookup_data import edited, sentences, units
from bilingual.bitext import Bitext, Text, Unit
from bilingual.formats.tmx import Tmx
from bilingual.memory import Match, Memory, Pair, Use
from bilingual.memory.forms import form, forms

T = TypeVar("T")
UNITS, IMPORTED, QUERIES = 1_000_000, 100_000, 200
FOUND_FROM = 0.7
"""What a scan must find for the memory to be asked for it."""

IMPORT = """
import sys
from pathlib import Path
from bilingual.memory import Memory
from bilingual.memory.exchange import import_file
with Memory(Path(sys.argv[1])) as memory:
    batch = import_file(memory, Path(sys.argv[2]))
assert batch.state == "done" and batch.added + batch.merged == 100_000, batch
"""


def run(data: Path | None) -> Rows:
    """Build the memory, ask it, import into it."""
    if data is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        texts = _build(path, data)
        queries = _queries(data, texts)
        return _ask(path, texts, queries) | _import(path, data, queries)


def _build(path: Path, data: Path) -> list[str]:
    """The memory on disk, and its sentences."""
    texts: list[str] = []

    def pairs() -> Iterator[Pair]:
        for at, (source, target) in enumerate(units(data, UNITS)):
            texts.append(source)
            yield Pair(Text(source), Text(target), Use(f"document {at // 2000}", f"u{at}"))

    with Memory(path) as memory:
        memory.put(pairs(), kind="import", name="bench")
    return texts


def _queries(data: Path, texts: list[str]) -> list[str]:
    chance = random.Random(7)
    real = [source for source, _ in sentences(data)]
    others = "".join(chance.sample(real, 500))
    chosen = [*chance.sample(real, QUERIES // 2), *chance.sample(texts, QUERIES // 2)]
    return [edited(text, chance.uniform(0.1, 0.4), chance, others) for text in chosen]


def _ask(path: Path, texts: list[str], queries: list[str]) -> Rows:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    scorer = Levenshtein.normalized_similarity
    everything, asked = forms(texts), [form(query) for query in queries]
    with Memory(path, readonly=True) as memory:
        memory.lookup(queries[0])
        found, ours = _timed(lambda at: memory.lookup(queries[at]), len(queries))
    one = partial(process.extractOne, scorer=scorer, score_cutoff=FOUND_FROM)
    best, scan = _timed(lambda at: one(asked[at], everything), len(queries))
    truth = [result[1] if result else 0.0 for result in best]
    wanted = [at for at, score in enumerate(truth) if score]
    right = sum(_best(asked[at], found[at]) >= truth[at] for at in wanted)
    note = f"{UNITS:,} units, {len(queries)} queries with 10–40 % edits"
    return {
        "memory.lookup_vs_scan": row(
            sum(ours) / sum(scan), "ratio", f"{note}, rapidfuzz {1000 * _median(scan):.0f} ms"
        ),
        "memory.lookup_recall": row(right / len(wanted), "share", f"best found, of {len(wanted)} with a best ≥ 70 %"),
        "memory.lookup_ms": row(1000 * _median(ours), "ms", f"{note}, median"),
        "memory.lookup_p95_ms": row(1000 * sorted(ours)[int(0.95 * len(ours))], "ms", note),
        "memory.disk_mb": row(path.stat().st_size / (1 << 20), "MiB", f"{UNITS:,} units, indexes included"),
    }


def _best(asked: str, found: tuple[Match, ...]) -> float:
    from rapidfuzz.distance import Levenshtein

    likes = (Levenshtein.normalized_similarity(asked, form(match.entry.source.string)) for match in found)
    return max(likes, default=0.0)


def _import(path: Path, data: Path, queries: list[str]) -> Rows:
    """A TMX into the full memory, by another process, while this one goes on looking up."""
    tmx = path.with_name("more.tmx")
    made = units(data, IMPORTED, seed=6)
    more = tuple(Unit(f"u{n}", "", Text(source), Text(target)) for n, (source, target) in enumerate(made))
    with tmx.open("wb") as stream:
        Tmx().write(Bitext("zh", "en", (), more), stream)
    with Memory(path, readonly=True) as memory:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        code = [sys.executable, "-c", IMPORT, str(path), str(tmx)]
        importing = subprocess.Popen(code, cwd=ROOT)
        waits: list[float] = []
        while importing.poll() is None:
            asked = time.monotonic()
            memory.lookup(queries[len(waits) % len(queries)])
            waits.append(time.monotonic() - asked)
            time.sleep(0.05)
    assert importing.returncode == 0
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - started
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = f"{wall:.0f} s by the clock; meanwhile {len(waits)} look-ups, median {1000 * _median(waits):.0f} ms"
    return {"memory.import_100k_s": row(seconds, "s", f"TMX of {IMPORTED:,} into {UNITS:,}, {told}")}


def _timed(work: Callable[[int], T], count: int) -> tuple[list[T], list[float]]:
    """What comes of each, and the seconds of CPU time it took."""
    results, seconds = [], []
    for at in range(count):
        started = time.process_time()
        results.append(work(at))
        seconds.append(time.process_time() - started)
    return results, seconds


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
