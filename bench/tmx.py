"""A memory of a million units as TMX: processor time against bare lxml loops on the same file, and peak memory.

The units are made of pairs of news lines: unit n is the first half of line i and the second half of line j, in both
languages, no pair twice (i, j); so phrases are shared and units distinct. Two in five are the machine's drafts, the
rest have the name and the date of who changed them, one in twenty has a note. No chance is in it: n decides all.
The bare loops write, or read, every element, attribute and text: `etree.xmlfile`, and `etree.iterparse` with `clear`.
Making the units is not timed, nor is loading a library. Each measurement is a process of its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bench.common import PEAK, ROOT, SEED, Rows, row
from bilingual.bitext import Bitext, Change, Note, Origin, OriginKind, State, Text, Unit

UNITS = 1_000_000
ROUNDS = 3
PEOPLE = ("李雷", "韩梅梅", "J. Smith", "王芳")
STATES = (State.DRAFT, State.DRAFT, State.TRANSLATED, State.REVIEWED, State.FINAL)
TASK = "from bench.tmx import timed; timed({task!r}, {file!r}, {data!r}, {units})"


def run(data: Path | None, units: int = UNITS) -> Rows:
    """Medians of `ROUNDS`, ours and the bare loop in turn."""
    seconds: dict[str, list[float]] = {}
    peak = 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "memory.tmx")
        for _ in range(ROUNDS):
            for task in ("write", "bare_write", "read", "bare_read"):
                program = TASK.format(task=task, file=file, data=str(data or ""), units=units)
                done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
                figures = json.loads(done.stdout)
                seconds.setdefault(task, []).append(figures["seconds"])
                if not task.startswith("bare"):
                    peak = max(peak, figures["peak"])
    median = {task: statistics.median(times) for task, times in seconds.items()}
    note = f"{units} units, median of {ROUNDS}"
    return {
        "tmx.write_vs_lxml": row(median["write"] / median["bare_write"], "ratio", note),
        "tmx.read_vs_lxml": row(median["read"] / median["bare_read"], "ratio", note),
        "tmx.rss_mb": row(peak, "MiB", f"{note}, the larger of writing and reading"),
        "tmx.write_s": row(median["write"], "s", note),
        "tmx.read_s": row(median["read"], "s", note),
    }


def timed(task: str, file: str, data: str, units: int) -> None:
    """Do one task and say what it took, as JSON."""
    work: dict[str, Callable[[str, str, int], float]] = {
        "write": _write, "bare_write": _bare_write, "read": _read, "bare_read": _bare_read,
    }  # fmt: skip
    seconds = work[task](file, data, units)
    print(json.dumps({"seconds": seconds, "peak": eval(PEAK)}))


def generated(data: Path | None, count: int) -> Iterator[Unit]:
    """`count` distinct units, always the same."""
    chinese, english = _lines(data)
    lines = len(chinese)
    for number in range(count):
        first = number % lines
        second = (number // lines + first + 1) % lines
        person = PEOPLE[number % 4]
        state = STATES[number % 5]
        by_machine = state is State.DRAFT
        origin = Origin(OriginKind.MACHINE, "zh_en 1.9") if by_machine else Origin(OriginKind.PERSON, person)
        when = f"2023-11-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:{number % 59:02}Z"
        yield Unit(
            f"n{number:07}", "", _joined(chinese[first], chinese[second]), _joined(english[first], english[second]),
            state=state, origin=origin, changed=None if by_machine else Change(person, when),
            notes=(Note("请核对数字。", person, when),) if number % 20 == 0 else (),
        )  # fmt: skip


def _joined(first: str, second: str) -> Text:
    return Text(first[: len(first) // 2] + second[len(second) // 2 :])


def _lines(data: Path | None) -> tuple[list[str], list[str]]:
    if data is not None:
        chinese, english = (data / "mt" / f"newstest2019.{side}" for side in ("zh", "en"))
        return chinese.read_text(encoding="utf-8").splitlines(), english.read_text(encoding="utf-8").splitlines()
    seed = [
        f"{number}：{line}" for number, line in enumerate(SEED.read_text(encoding="utf-8").splitlines() * 20) if line
    ]
    return seed, [f"Line {number} of the seed, {len(line)} characters" for number, line in enumerate(seed)]


class _Paused:
    """The items of an iterator, made a thousand at a time; what making them took is in `seconds`."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = iter(items)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(iter(self._batch, []))

    def _batch(self) -> list[Any]:
        started = time.process_time()
        batch = list(islice(self._items, 1000))
        self.seconds += time.process_time() - started
        return batch


def _write(file: str, data: str, units: int) -> float:
    from bilingual.formats.tmx import Tmx

    made = _Paused(generated(Path(data) if data else None, units))
    with Path(file).open("wb") as stream:
        started = time.process_time()
        Tmx().write_units(Bitext("zh", "en", (), ()), made, stream)
        return time.process_time() - started - made.seconds


def _bare_write(file: str, _data: str, _units: int) -> float:
    """The file that `_write` made, from plain tuples read of it (untimed), written again beside it."""
    from lxml import etree

    def write(out: Any, node: Any) -> None:
        tag, attributes, text, children, tail = node
        with out.element(tag, attributes):
            if text:
                out.write(text)
            for child in children:
                write(out, child)
        if tail:
            out.write(tail)

    made = _Paused(_nodes(file))
    with Path(f"{file}.bare").open("wb") as stream:
        started = time.process_time()
        with etree.xmlfile(stream, encoding="UTF-8") as out, out.element("tmx"), out.element("body"):
            for node in made:
                write(out, node)
        seconds = time.process_time() - started - made.seconds
    Path(f"{file}.bare").unlink()
    return seconds


def _nodes(file: str) -> Iterator[Any]:
    from lxml import etree

    def node(element: Any) -> Any:
        children = [node(child) for child in element]
        return element.tag, dict(element.attrib), element.text, children, element.tail

    for _, element in etree.iterparse(file, tag="tu"):
        yield node(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _read(file: str, _data: str, units: int) -> float:
    from bilingual.formats.tmx import Tmx

    with Path(file).open("rb") as stream:
        next(Tmx().reader(stream, file).units())  # what is loaded for the first unit is not timed: nor is it below
        stream.seek(0)
        started = time.process_time()
        count = sum(1 for _ in Tmx().reader(stream, file).units())
        seconds = time.process_time() - started
    assert count == units
    return seconds


def _bare_read(file: str, _data: str, units: int) -> float:
    from lxml import etree

    started, count = time.process_time(), 0
    for _, element in etree.iterparse(file, tag="tu"):
        for part in element.iter():
            part.tag, part.items(), part.text, part.tail
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    assert count == units
    return time.process_time() - started
