"""The seed through the real model and the repository's glossary: what a translator would be blamed for is right."""

from __future__ import annotations

import re

import pytest

from bench.seed import key, wrong_numbers
from bilingual.bitext import Bitext, FlagKind, State, TermOutcome
from bilingual.chinese import has_chinese
from bilingual.documents import read
from bilingual.engines import Engine
from bilingual.glossary import load
from bilingual.translation import Translator
from tests.conftest import ROOT, SEED


@pytest.fixture(scope="module")
def bitext(model_engine: Engine) -> Bitext:
    return Translator(model_engine, load([ROOT / "glossary"])).translate(read(SEED))


def test_no_term_is_missing(bitext: Bitext) -> None:
    uses = [use for unit in bitext.units for use in unit.terms]
    assert len(uses) > 150
    assert not [use for use in uses if use.outcome is TermOutcome.MISSING]


def test_every_number_is_right(bitext: Bitext) -> None:
    assert len(key()) > 20
    assert not [*wrong_numbers(bitext)]


def test_every_unit_is_english_and_a_draft(bitext: Bitext) -> None:
    for unit in bitext.units:
        assert unit.target.string.strip()
        assert not has_chinese(unit.target.string)
        assert not re.search(r"▁|[，。；：“”‘’《》、]|\b[TZN]\d+[XZ]?s?\b", unit.target.string.replace("5G", ""))
        assert unit.state is State.DRAFT


def test_what_the_page_itself_gets_wrong_is_flagged(bitext: Bitext) -> None:
    reasons = [flag.reason for unit in bitext.units for flag in unit.flags if flag.kind is FlagKind.SOURCE]
    for wrong in ("拉克蒂奇奇", "二十国集团数字经济与合作倡议", "东盟各国", "品牌出海货聚全球"):
        assert any(wrong in reason for reason in reasons), wrong


@pytest.mark.parametrize(
    ("piece", "english"),
    [
        ("任贤良", "Ren Xianliang"),
        ("罗尼·林斯", "Ronnie Lins"),
        ("《全球数据安全倡议》", "Global Initiative on Data Security"),
        ("《全球人工智能治理倡议》", "Global AI Governance Initiative"),
        ("二十国集团数字经济与合作倡议", "G20 Digital Economy Development and Cooperation Initiative"),
        ("阿拉伯国家联盟", "League of Arab States"),
        ("本报记者 张博岚 刘军国", "By staff reporters Zhang Bolan and Liu Junguo"),
    ],
)
def test_names_and_initiatives_are_the_official_ones(bitext: Bitext, piece: str, english: str) -> None:
    targets = [unit.target.string for unit in bitext.units if piece in unit.source.string]
    assert targets
    assert all(english in target for target in targets)
