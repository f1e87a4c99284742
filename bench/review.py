"""The review page at 20,000 units: how soon it shows, how soon a save is done, what it takes; and kill -9 while typing.

The browser is Debian's Chromium without a window. Saves go over loopback as the page sends them: the words, the
version they were made from, the step they go on with; the answer comes when they are in the store and checked.
"""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from bench.common import Rows, row
from bench.workbench import CHROMIUM, FLAGS, Workbench
from bilingual.bitext import Bitext, Candidate, Document, Origin, OriginKind, State, Text, Unit
from bilingual.codes import cut
from bilingual.documents import read_bytes
from bilingual.segmentation import locators_of, units_of
from bilingual.settings import Rules
from bilingual.store import Store

UNITS = 20_000
SAVES = 300
LOADS = 5
KILLS = 50
NAME = "long"

_WHO = ("代表团", "主办方", "专家组", "委员会", "记者", "与会嘉宾", "企业家", "研究人员")
_WHAT = (
    "讨论了数字经济",
    "参观了互联网之光博览会",
    "发布了新的报告",
    "介绍了“一带一路”倡议",
    "谈到了网络空间命运共同体",
)
_WHERE = ("乌镇", "北京", "上海", "杭州", "深圳", "成都")


def run(data: Path | None) -> Rows:
    """The figures of the issue, and the scrolling."""
    del data
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        fill(folder, UNITS)
        with Workbench(folder) as bench:
            rows = {**_pages(bench), **_saves(bench, folder)}
            rows["review.rss_mb"] = row(bench.memory(), "MiB", f"peak of the server, {UNITS:,} units, after all that")
    return {**rows, **_kills()}


def fill(folder: Path, units: int, name: str = NAME) -> None:
    """A store in `folder`/aligned with a document of so many generated sentences and their drafts."""
    dice = random.Random(7)
    lines = []
    for number in range(units // 4):
        said = [
            f"{dice.choice(_WHO)}{dice.randint(1, 30)}日在{dice.choice(_WHERE)}{dice.choice(_WHAT)},"
            f"共有{dice.randint(3, 9000)}人参加。"
            for _ in range(4)
        ]
        lines.append("".join(said) + ("\n" if number % 25 else f"\n\n第{number}节\n"))
    data = "\n".join(lines).encode()
    document = replace(read_bytes(data, f"{name}.txt"), name=name)
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        store.save(name, Bitext("zh", "en", (document,), tuple(_units(document))), data)


def _units(document: Document) -> Iterator[Unit]:
    """A draft for every sentence, with the candidate it is."""
    machine = Origin(OriginKind.MACHINE, "generated")
    for block, spans in units_of(document, Rules()):
        for span, source in zip(spans, cut(block.text, spans), strict=True):
            numbers = ", ".join(re.findall(r"\d+", source.string))
            words = Text(f"The delegation spoke in Wuzhen about the digital economy and the Internet ({numbers}).")
            yield Unit(
                f"u{block.order}-{span.start}", block.id, source, words, span, State.DRAFT, origin=machine,
                candidates=(Candidate(words, machine),), source_locators=locators_of(block, span),
            )  # fmt: skip


def _pages(bench: Workbench) -> Rows:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(bench.address)
        paints = []
        for _ in range(LOADS):
            page.goto(bench.page(NAME))
            page.wait_for_selector("[data-unit]")
            shown = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            rows = page.evaluate("performance.now()")
            paints.append((shown, rows))
        blank, looks = _scrolled(page)
        browser.close()
    note = f"median of {LOADS}; the first rows are there after {statistics.median(p[1] for p in paints):.0f} ms"
    return {
        "review.first_paint_ms": row(statistics.median(p[0] for p in paints), "ms", note),
        "review.first_rows_ms": row(statistics.median(p[1] for p in paints), "ms", "the first units can be read"),
        "review.blank_looks": row(blank, f"of {looks}", "frames of scrolling in which a place in the list was blank"),
    }


_LOOK = """async ({steps, by}) => {
  const list = document.querySelector('[data-list]') || document.scrollingElement;
  let blank = 0;
  for (let step = 0; step < steps; step += 1) {
    if (by) list.scrollTop += by; else list.scrollTop = Math.random() * (list.scrollHeight - list.clientHeight);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const box = list === document.scrollingElement
      ? {top: 0, bottom: innerHeight, left: 0} : list.getBoundingClientRect();
    for (const share of [0.2, 0.5, 0.8]) {
      const y = box.top + (box.bottom - box.top) * share;
      if (!document.elementFromPoint(box.left + 60, y)?.closest('[data-unit], [data-block]')) { blank += 1; break; }
    }
  }
  return blank;
}"""


def _scrolled(page: object) -> tuple[int, int]:
    """Frames in which a third of the list showed nothing, and how many were looked at: by the wheel, and by leaps."""
    wheel = page.evaluate(_LOOK, {"steps": 200, "by": 700})  # type: ignore[attr-defined]
    leaps = page.evaluate(_LOOK, {"steps": 50, "by": 0})  # type: ignore[attr-defined]
    return wheel + leaps, 250


def _saves(bench: Workbench, folder: Path) -> Rows:
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        versions = store.versions(NAME)
    dice = random.Random(11)
    times = []
    for turn, unit in enumerate(dice.sample(sorted(versions), SAVES)):
        words = f"On day {turn} the delegation spoke in Wuzhen about the digital economy before {turn} people."
        value = {"version": versions[unit], "target": words, "sitting": "bench", "seconds": 2.5, "keys": 40}
        started = time.perf_counter()
        status, answer = bench.post(f"/d/{quote(NAME)}/units/{unit}", value)
        times.append((time.perf_counter() - started) * 1000)
        assert status == 200, answer
    note = f"median of {SAVES} on {UNITS:,} units, saved and checked; 95 % within {_p95(times):.0f} ms"
    return {"review.save_ms": row(statistics.median(times), "ms", note)}


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _kills() -> Rows:
    survived, said = 0, 0
    problems: list[str] = []
    dice = random.Random(13)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        fill(folder, 200)
        bench = Workbench(folder)
        for turn in range(KILLS):
            typist = _Typist(bench, folder, turn)
            bench.start()
            said += typist.type(dice.uniform(0, 1.5))
            bench.stop()
            lost = typist.lost()
            survived += not lost
            problems += lost
    note = f"{said} acknowledged saves in all {'; '.join(problems[:3])}".strip()
    return {"review.kills_survived": row(survived, f"of {KILLS}", note)}


class _Typist:
    """Types into units, a few letters a save, until the server is gone; knows what was acknowledged."""

    def __init__(self, bench: Workbench, folder: Path, turn: int) -> None:
        self._bench, self._path, self._turn = bench, folder / "aligned" / "workbench.sqlite", turn
        with Store(self._path) as store:
            self._versions = store.versions(NAME)
        self._acknowledged: dict[str, str] = {}
        self._sent: tuple[str, str] = ("", "")

    def type(self, seconds: float) -> int:
        """How many saves were acknowledged; the server is killed so long after the first one."""
        dice, done = random.Random(self._turn), 0
        try:
            while True:
                unit, join = dice.choice(sorted(self._versions)), None
                words = f"Turn {self._turn}, unit {unit}: "
                for letter in "what is typed is kept":
                    words += letter
                    value = {"version": self._versions[unit], "target": words, "join": join, "keys": 1, "seconds": 0.1}
                    self._sent = (unit, words)
                    status, answer = self._bench.post(f"/d/{quote(NAME)}/units/{unit}", value)
                    assert status == 200, answer
                    self._versions[unit], join = answer["version"], answer["step"]
                    self._acknowledged[unit] = words
                    done += 1
                    if done == 1:
                        threading.Timer(seconds, self._bench.kill).start()
        except (OSError, HTTPException, ValueError):
            return done

    def lost(self) -> list[str]:
        """What the store does not hold of what was acknowledged; the save under way may be there or not."""
        with Store(self._path) as store:
            now = {unit.id: unit.target.string for unit in store.load(NAME).units}
        return [
            f"turn {self._turn}, {unit}: {now[unit]!r} for {words!r}"
            for unit, words in self._acknowledged.items()
            if now[unit] != words and (unit, now[unit]) != self._sent
        ]
