"""A glossary of 100,000 terms: how long it takes to load again, and to find its terms in 10 MB of text."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from bench.common import PEAK, ROOT, Rows, row
from bilingual.bitext import TermKind

TERMS = 100_000
FROM_THE_TEXT = 6_000
SIZE = 10_000_000
SEED = 20
LENGTHS = (2, 2, 3, 3, 4, 4, 4, 5, 6, 7, 8, 10)

TIMED = """
import json, time
from pathlib import Path
from bilingual.glossary import load
started = time.process_time()
terms = load([Path({table!r})])
terms.match({warm!r})
loaded = time.process_time()
lines = Path({text!r}).read_text(encoding="utf-8").split("\\n")
read = time.process_time()
found = sum(len(terms.match(line)) for line in lines)
done = time.process_time()
memory = {peak}
print(json.dumps(dict(load=loaded - started, match=done - read, found=found, lines=len(lines), memory=memory)))
"""


def run(data: Path | None) -> Rows:
    """Six terms in a hundred are pieces of the news, the others are made of its characters; the text is the news over
    and over, each line a sentence. Loading ends when the first sentence is matched.
    Seconds are the processor's: the work is of one thread, and others may be at work on the machine."""
    if data is None:
        return {}
    news = (data / "mt" / "newstest2019.zh").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        table, text = Path(folder) / "terms.csv", Path(folder) / "text.txt"
        _write_table(table, news)
        text.write_text("\n".join(_lines(news)), encoding="utf-8")
        program = TIMED.format(table=str(table), text=str(text), warm=news[0], peak=PEAK)
        first, second = _timed(program, folder), _timed(program, folder)
    note = (
        f"{TERMS} terms, {second['lines']} lines of news, {second['found'] / second['lines']:.1f} terms found in each"
    )
    return {
        "terms.load_100k_first_s": row(first["load"], "s", note),
        "terms.load_100k_s": row(second["load"], "s", f"{note}, second time"),
        "terms.match_100k_s": row(second["match"], "s", f"{note}, 10 MB"),
        "terms.match_100k_mb": row(second["memory"], "MiB", f"{note}, the whole process, its text included"),
    }


def _timed(program: str, cache: str) -> dict[str, float]:
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _lines(news: Sequence[str]) -> Iterator[str]:
    size = 0
    for line in cycle(news):
        size += len(line.encode()) + 1
        if size > SIZE:
            return
        yield line


def _write_table(path: Path, news: Sequence[str]) -> None:
    rng = random.Random(SEED)
    kinds = [*TermKind]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "source", "target", "admitted", "kind", "status", "note"])
        for number, source in enumerate(sorted(_sources(news, rng))):
            admitted = f"Expression {number}" if number % 3 == 0 else ""
            writer.writerow(
                [f"t{number}", source, f"Term {number}", admitted, rng.choice(kinds), "approved", "made up"]
            )


def _sources(news: Sequence[str], rng: random.Random) -> set[str]:
    """Terms of 2 to 10 characters: pieces of the news, the rest drawn from its characters as often as they occur."""
    characters = [char for line in news for char in line if "\u4e00" <= char <= "\u9fff"]
    sources: set[str] = set()
    while len(sources) < TERMS:
        length = rng.choice(LENGTHS)
        if len(sources) < FROM_THE_TEXT:
            at = rng.randrange(len(characters) - length)
            sources.add("".join(characters[at : at + length]))
        else:
            sources.add("".join(rng.choices(characters, k=length)))
    return sources
