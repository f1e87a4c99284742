"""Peak memory of whole runs: the seed, 300 kB of text with the model, 10 MB of text with the instant engine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.common import SEED, Rows, peak_memory, row

RUN = """
from pathlib import Path
from dataclasses import replace
from bilingual.job import run, sources_of
from bilingual.settings import load
sources, refused = sources_of([{source!r}], bytes)
settings = load(Path.cwd()).with_overrides(output=Path({output!r}), engine={engine!r})
tally = run(sources, settings)
assert tally.documents == 1 and not tally.refused, tally
"""


def run(data: Path | None) -> Rows:
    """Each as a process of its own, into a folder of its own."""
    results = {"memory.mb.seed": _measure(SEED, "argos", "seed, model")}
    if data is None:
        return results
    news = (data / "mt" / "newstest2019.zh").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        some = Path(folder) / "some.txt"
        some.write_bytes(_paragraphs(news, 300_000))
        results["memory.mb.text_300k"] = _measure(some, "argos", "300 kB of newstest2019.zh, model")
        much = Path(folder) / "much.txt"
        much.write_bytes(_paragraphs(news, 10_000_000))
        results["memory.mb.text_10m_instant"] = _measure(
            much, "instant", "10 MB made of newstest2019.zh, instant engine"
        )
    return results


def _paragraphs(news: str, size: int) -> bytes:
    """`size` bytes of news in paragraphs of four lines; at its end it starts again, the paragraphs numbered anew."""
    lines = news.splitlines()
    paragraphs: list[bytes] = []
    length = turn = 0
    while length < size:
        for at in range(0, len(lines), 4):
            again = f"第{turn}轮," if turn else ""
            paragraphs.append((again + "".join(lines[at : at + 4]) + "\n\n").encode())
            length += len(paragraphs[-1])
        turn += 1
    return b"".join(paragraphs)[:size].decode(errors="ignore").encode()


def _measure(source: Path, engine: str, data: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as output:
        return row(peak_memory(RUN.format(source=str(source), output=output, engine=engine)), "MiB", data)
