"""How the English of aligned documents says what may be a term: counted, shown, and proposed before the machine's."""

from __future__ import annotations

import pytest

from bilingual.glossary import Glossary
from bilingual.suggest import Passage, as_term, suggest
from bilingual.suggest.official import Official, told

PAIRS = (
    ("会议通过了“千村示范工程”。", "The meeting adopted the Thousand Villages Demonstration Project."),
    ("“千村示范工程”已经开始。", "The Thousand Villages Demonstration Project has begun."),
    ("农民欢迎“千村示范工程”。", "Farmers welcome the Thousand Villages Demonstration Project, they say."),
    ("“千村示范工程”需要资金。", "The Villages Project needs money."),
    ("天气很好。", "The weather is fine."),
    ("农民很高兴。", "Farmers are happy."),
)


def passages(official: bool = True) -> list[Passage]:
    return [Passage("page", zh, number, en, official=official) for number, (zh, en) in enumerate(PAIRS, 1)]


def test_the_whole_rendering_is_found_with_its_count_and_an_example() -> None:
    count, usages = Official(passages()).usages("千村示范工程")
    assert (count, usages[0].english, usages[0].count) == (4, "Thousand Villages Demonstration Project", 3)
    assert usages[0].target == PAIRS[0][1]
    assert "3 of 4 sentences" in told(count, usages)


@pytest.mark.parametrize("source", ["天气", "没有这个词"], ids=["once", "never"])
def test_what_stands_once_proves_nothing(source: str) -> None:
    assert not Official(passages()).usages(source)[1]


def test_english_of_the_machine_is_not_official() -> None:
    assert Official(passages(official=False)).usages("千村示范工程") == (0, ())


def test_official_english_is_proposed_before_the_machine_s() -> None:
    found = suggest(passages(), Glossary(), 10, lambda texts: ["Machine Words"] * len(texts))
    one = next(one for one in found if one.candidate.source == "千村示范工程")
    assert one.target == "Thousand Villages Demonstration Project"
    assert "official English" in one.basis
    assert PAIRS[0][1] in as_term(one).note
