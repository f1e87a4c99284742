"""What the memory gives a document: the very sentence before the engine, like ones beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingual.bitext import FlagKind, Origin, OriginKind, State, Term, Text, Unit
from bilingual.documents import read_bytes
from bilingual.engines.instant import InstantEngine
from bilingual.glossary import Glossary
from bilingual.memory import Memory
from bilingual.translation import Translator

PAGE = "大会昨天开幕。\n\n代表们讨论了数字经济。\n\n大会明天闭幕。\n"
OPENED = Unit("u1", "b1", Text("大会昨天开幕。"), Text("The conference opened yesterday."), state=State.REVIEWED)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.sqlite")


def translated(memory: Memory, *terms: Term) -> list[Unit]:
    translator = Translator(InstantEngine(), Glossary(terms), memory=memory)
    return list(translator.translate(read_bytes(PAGE.encode(), "page.txt")).units)


def test_the_very_sentence_takes_the_engines_place_and_stays_a_draft(memory: Memory) -> None:
    memory.add([OPENED], document="last year")
    unit = translated(memory)[0]
    assert (unit.target.string, unit.state) == ("The conference opened yesterday.", State.DRAFT)
    assert unit.origin is not None
    assert (unit.origin.kind, unit.origin.name) == (OriginKind.MEMORY, "last year")
    assert not unit.touched


def test_a_sentence_like_it_is_a_candidate_behind_the_engines_words(memory: Memory) -> None:
    memory.add([Unit("u1", "b1", Text("大会后天闭幕。"), Text("It closes later."), state=State.FINAL)], document="old")
    unit = translated(memory)[2]
    kinds = [candidate.origin.kind for candidate in unit.candidates]
    assert kinds[0] is OriginKind.MACHINE
    assert kinds[-1] is OriginKind.MEMORY
    assert unit.candidates[-1].score == pytest.approx(0.8, abs=0.15)
    assert unit.target == unit.candidates[0].target


def test_a_machines_draft_in_the_memory_never_goes_before_the_engine(memory: Memory) -> None:
    draft = Unit("u1", "b1", OPENED.source, OPENED.target, state=State.DRAFT, origin=Origin(OriginKind.MACHINE))
    memory.add([draft], document="old")
    unit = translated(memory)[0]
    assert unit.origin is not None
    assert unit.origin.kind is OriginKind.MACHINE
    assert OPENED.target in [candidate.target for candidate in unit.candidates]


def test_what_the_glossary_says_otherwise_now_is_only_a_candidate(memory: Memory) -> None:
    memory.add([OPENED], document="old")
    unit = translated(memory, Term("wic", "大会", "Summit"))[0]
    assert "Summit" in unit.target.string
    assert OPENED.target in [candidate.target for candidate in unit.candidates]


def test_numbers_of_a_recalled_sentence_are_checked_too(memory: Memory) -> None:
    wrong = Unit("u1", "b1", Text("代表们讨论了数字经济。"), Text("They met 300 times."), state=State.REVIEWED)
    memory.add([wrong], document="old")
    unit = translated(memory)[1]
    assert unit.target.string == "They met 300 times."
    assert FlagKind.NUMBER in {flag.kind for flag in unit.flags}
