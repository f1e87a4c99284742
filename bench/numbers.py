"""Numbers, Chinese to English: said right, found in human translations, missed where they are wrong, kept by ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bench.common import ROOT, Rows, engine, row
from bench.number_pairs import HONG_KONG, Pair, damaged, human_pairs, report_pairs
from bilingual.chinese import to_simplified
from bilingual.engines import Request
from bilingual.glossary import Glossary
from bilingual.numbers import compare, find_zh, options
from bilingual.translation import Translator

TABLE = ROOT / "tests" / "golden" / "numbers.txt"
_SURVIVING = ("hansard", "un")
_SENTENCES = 300


def run(data: Path | None) -> Rows:
    """The table, and where the data is: false alarms, detection, the witness of a fresh draw, survival."""
    rows = table_rows()
    if data is not None:
        pairs = human_pairs(data)
        rows |= judge_rows(pairs, "human")
        rows |= judge_rows({"hkma_2018": report_pairs(data)}, "hkma_2018")
        rows |= witness_rows(pairs)
        rows |= survive_rows([pair for name in _SURVIVING for pair in pairs[name]])
    return rows


def table_rows() -> Rows:
    """The share of the table's expressions that are said right and judged right."""
    cases = list(table())
    right = sum(not faults(*case) for case in cases)
    return {"numbers.table": row(right / len(cases), "share", f"{len(cases)} Chinese expressions, tests/golden")}


def table() -> Iterator[tuple[str, list[str], str, str]]:
    """Each expression with its English (none: it holds no number), its wording in a human text, and a wrong one."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            chinese, english, witness, wrong = (part.strip() for part in line.split(" | "))
            yield chinese, [] if english == "-" else english.split("; "), witness, wrong


def faults(chinese: str, english: Sequence[str], witness: str, wrong: str) -> list[str]:
    """What is wrong with one line of the table: its rendering, its judgement of the witness, or of the wrong one."""
    found = []
    said = [options(quantity)[0] for quantity in find_zh(chinese)]
    if said != list(english):
        found.append(f"{chinese}: {said} said")
    if _major(chinese, witness):
        found.append(f"{chinese}: {witness!r} is right")
    if wrong != "-" and not _major(chinese, wrong):
        found.append(f"{chinese}: {wrong!r} is wrong")
    return found


def _major(source: str, target: str, yuan: str = "yuan") -> bool:
    return any(problem.severity == "major" for problem in compare(source, target, yuan=yuan))


def _numbered(source: str) -> bool:
    return any(not quantity.optional for quantity in find_zh(source))


def judge_rows(pairs: dict[str, list[Pair]], name: str) -> Rows:
    """How often a human translation is called wrong, and how often one damaged number is noticed, by kind of damage."""
    alarms, count, noticed = 0, 0, []
    for corpus, lines in pairs.items():
        chance, yuan = random.Random(7), "$" if corpus in HONG_KONG else "yuan"
        for source, target in lines:
            count += 1
            if _major(source, target, yuan):
                alarms += 1
            elif _numbered(source):
                noticed += [
                    (kind, _major(source, wrong, yuan)) for kind, wrong in damaged(source, target, chance).items()
                ]
    note = f"{count:,} human pairs"
    kinds = groupby(sorted(noticed), key=lambda case: case[0])
    shares = {kind: _share(hit for _, hit in cases) for kind, cases in kinds}
    plain = _share(hit for kind, hit in noticed if kind != "swap")
    return {
        f"numbers.false_alarms.{name}": row(alarms / count, "share", f"{note}, {alarms} called wrong"),
        f"numbers.detected.{name}": row(plain, "share", f"{note}, one number damaged, places not exchanged"),
        **{f"numbers.detected.{name}.{kind}": row(share, "share", note) for kind, share in shares.items()},
    }


def _share(hits: Iterable[bool]) -> float:
    listed = list(hits)
    return sum(listed) / len(listed) if listed else 1.0


def witness_rows(pairs: dict[str, list[Pair]]) -> Rows:
    """The share of freshly drawn numbers that are found in the human English of the same line."""
    chance, hits = random.Random(1911), []
    for corpus, lines in pairs.items():
        yuan = "$" if corpus in HONG_KONG else "yuan"
        for source, target in lines:
            asked = [quantity for quantity in find_zh(to_simplified(source), yuan) if not quantity.optional]
            if asked:
                quantity = chance.choice(asked)
                lost = {p.span for p in compare(to_simplified(source), target, yuan=yuan) if p.severity == "major"}
                hits.append(quantity.span not in lost)
    return {"numbers.witness": row(_share(hits), "share", f"{len(hits)} numbers drawn, seed 1911")}


def survive_rows(lines: Sequence[Pair]) -> Rows:
    """The share of sentences whose numbers all come over: of the engine alone, and of ours without a glossary.

    Judged twice: by `compare`, and without any code of ours by the digits of the human English.
    """
    drawn = [pair for pair in lines if _numbered(pair[0])]
    random.Random(41).shuffle(drawn)
    drawn = drawn[:_SENTENCES]
    model = engine()
    sources = [source for source, _ in drawn]
    plain = [answer[0].text for answer in model.translate([Request(source) for source in sources])]
    ours = [rendering.target for rendering in Translator(model, Glossary()).render(sources)]
    return survived(drawn, {"plain": plain, "ours": ours})


def survived(drawn: Sequence[Pair], outputs: dict[str, list[str]]) -> Rows:
    """The rows of one set of sentences and what became of them."""
    note = f"{len(drawn)} sentences of Hansard and UN, seed 41"
    rows: Rows = {}
    for name, targets in outputs.items():
        kept = _share(not _lost(source, target) for (source, _), target in zip(drawn, targets, strict=True))
        digits = [token for (_, human), target in zip(drawn, targets, strict=True) for token in _digits(human, target)]
        rows[f"numbers.survive.champollion.{name}"] = row(kept, "share", f"{note}, judged by compare")
        rows[f"numbers.digits.champollion.{name}"] = row(
            _share(digits), "share", f"{len(digits)} numbers in digits of the human English found again"
        )
    return rows


def _lost(source: str, target: str) -> bool:
    """Whether a number of the source is lost; its dollars may be of any country."""
    return min(_major(source, target, yuan) for yuan in ("yuan", "$"))


def _digits(human: str, target: str) -> Iterator[bool]:
    bare = re.compile(r"\d+(?:[., ]\d+)*")
    said = [re.sub(r"[, ]", "", number) for number in bare.findall(target)]
    yield from (re.sub(r"[, ]", "", number) in said for number in bare.findall(human))
