"""Suggestions for the glossary: names by their looks, phrases that recur, people's edits, and whose English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bench.suggest import PRECISION_OVER, RECALL_OVER, _judged, _key
from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.cli import app
from bilingual.documents import read
from bilingual.glossary import Glossary, load
from bilingual.suggest import Passage, as_term, of_document, suggest
from bilingual.suggest.edits import assign, cached, changes_in
from bilingual.suggest.mining import mine
from bilingual.suggest.renderings import clean
from bilingual.suggest.termhood import Counts, frequency
from bilingual.suggest.words import words_of
from tests.conftest import ROOT, SEED

FILLER = "会议讨论了有关问题,与会者提出了许多意见。"


def mined(*texts: str) -> dict[str, TermKind]:
    return {c.source: c.kind for c in mine([Passage("page", text) for text in texts])}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("中方提出《全球数据安全倡议》,受到欢迎。", "全球数据安全倡议", TermKind.INITIATIVE),
        ("双方签署《关于加强投资合作的谅解备忘录》。", "关于加强投资合作的谅解备忘录", TermKind.DOCUMENT),
        ("当局发布《可疑交易指引(银行适用)》。", "可疑交易指引(银行适用)", TermKind.DOCUMENT),
        ("他们共同发起“中文联盟”,为教育服务。", "中文联盟", TermKind.ORGANISATION),
        ("世界互联网大会“互联网之光”博览会今天开幕。", "世界互联网大会“互联网之光”博览会", TermKind.EVENT),
        ("主任罗尼·林斯认为,这很重要。", "罗尼·林斯", TermKind.PERSON),
        ("秘书长任贤良说,形势很好。", "任贤良", TermKind.PERSON),
        ("肯尼亚总统鲁托表示,这是机遇。", "鲁托", TermKind.PERSON),
        ("他在巴西互联网指导委员会工作。", "巴西互联网指导委员会", TermKind.ORGANISATION),
        ("展览在祝融航天科普基地举行。", "祝融航天科普基地", TermKind.PLACE),
        ("游客来到浙江乌镇。", "浙江乌镇", TermKind.PLACE),
        ("建立中俄信息安全磋商机制。", "中俄信息安全磋商机制", TermKind.PROGRAMME),
        ("推动金砖国家的合作。", "金砖国家", TermKind.PHRASE),
        ("本版责编:张芳曼", "本版责编", TermKind.PHRASE),
        ("他們成立了IFFO。", "IFFO", TermKind.ABBREVIATION),
        ("財政司司長透過外匯基金諮詢委員會辦事。", "外匯基金諮詢委員會", TermKind.ORGANISATION),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 12 else "",
)
def test_a_name_is_known_by_its_looks(text: str, name: str, kind: TermKind) -> None:
    assert mined(text, FILLER).get(name) is kind


def test_a_phrase_that_recurs_is_found_and_its_fragments_are_not() -> None:
    found = mined("弥合数字鸿沟是任务。", "数字鸿沟依然存在。", "我们要弥合数字鸿沟。", FILLER)
    assert "数字鸿沟" in found
    assert "鸿沟" not in found


def test_a_part_of_a_longer_candidate_is_counted_only_where_it_stands_alone() -> None:
    texts = ("世界互联网大会开幕。", "亚洲世界互联网大会研究中心成立。", "世界互联网大会闭幕。")
    found = {c.source: c.count for c in mine([Passage("page", text) for text in texts])}
    assert found["世界互联网大会"] == 2


@pytest.mark.parametrize("text", ["", "。", "，，，", "123 456", "hello world", "“”《》··", "的", "\ud800中国"])
def test_what_holds_no_name_gives_no_candidate_and_no_fault(text: str) -> None:
    assert not [name for name in mined(text) if name != "中国"]


@given(st.lists(st.text(alphabet="中国乌镇大会《》“”·—,。:1a的与", max_size=40), max_size=4))
@hypothesis_settings(max_examples=60)
def test_every_candidate_stands_in_its_context_and_is_counted(texts: list[str]) -> None:
    for candidate in mine([Passage("page", text) for text in texts]):
        assert candidate.source in candidate.context.text
        assert candidate.count > 0
        assert 0 <= candidate.score <= 1


@given(st.text(alphabet="中国乌镇大会《》“”·—,。:1a的与组织二十国集团 ", max_size=60))
@hypothesis_settings(max_examples=100)
def test_the_words_of_a_sentence_are_the_sentence(text: str) -> None:
    words = words_of(text)
    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)


def test_terms_the_glossary_has_are_left_out_deprecated_ones_too() -> None:
    terms = (
        Term("a", "乌镇峰会", "Wuzhen Summit", status=TermStatus.DEPRECATED),
        Term("b", "數字鴻溝", "digital divide"),  # Traditional is the same term
    )
    passages = [Passage("page", "乌镇峰会讨论数字鸿沟。"), Passage("page", "数字鸿沟和乌镇峰会。")]
    assert not {"乌镇峰会", "数字鸿沟"} & {s.candidate.source for s in suggest(passages, Glossary(terms), 50)}


def test_termhood_rises_with_recurrence_and_falls_for_fragments() -> None:
    counts = Counts()
    for text in ("数字鸿沟很大", "弥合数字鸿沟", "数字鸿沟"):
        words = words_of(text)
        counts.add(words, [[word for word in words if word.text in {"数字", "鸿沟"}]])
    facts = counts.termhood()
    assert facts["数字", "鸿沟"].c_value > 0
    assert facts["鸿沟",].c_value == 0
    assert frequency("中国") > frequency("鸿沟") > frequency("数字鸿沟") == 0


# English


def changed(text: str, machine: str, target: str, *, approved: bool = False) -> Passage:
    return Passage("report", text, 1, target, machine, approved)


TWICE = [
    changed(
        "国际社会各方都欢迎。", "The international community welcomed it.", "The community of nations welcomed it."
    ),
    changed(
        "这对国际社会重要。", "It matters to the international community.", "It matters to the community of nations."
    ),
]


def test_what_people_changed_twice_is_proposed_first_with_their_words() -> None:
    said = {"国际社会": "International community"}
    (first, *_) = suggest(TWICE, Glossary(), 5, lambda texts: [said.get(text, "") for text in texts])
    assert (first.candidate.source, first.target) == ("国际社会", "community of nations")
    assert "2 sentences" in first.basis


def test_what_people_changed_twice_is_found_without_an_engine_where_only_one_chinese_can_be_meant() -> None:
    (change,) = changes_in(TWICE)
    assert assign([change], ["国际社会"], cached({})) == {"国际社会": change}
    assert not assign([change], ["国际", "社会"], cached({}))


def test_one_change_counts_only_in_an_approved_sentence() -> None:
    (once, _) = TWICE
    assert not changes_in([once])
    assert [change.new for change in changes_in([replace(once, approved=True)])] == ["community of nations"]


def test_different_changes_of_the_same_words_are_not_consistent() -> None:
    other = replace(TWICE[1], target="It matters to all states.")
    assert not changes_in([TWICE[0], other])


def test_a_sentence_said_anew_is_no_change_of_a_term() -> None:
    long = "one two three four five six seven eight nine ten"
    assert not changes_in([changed("国际社会", long, long[::-1], approved=True)])


@pytest.mark.parametrize(
    ("text", "source", "target", "basis"),
    [
        ("秘书长任贤良说,好。", "任贤良", "Ren Xianliang", "pinyin"),
        ("世界互联网大会乌镇峰会开幕。", "世界互联网大会乌镇峰会", "World Internet Conference Wuzhen Summit", "parts"),
        ("使用CHATS。", "CHATS", "CHATS", "as it stands"),
        ("祝融航天科普基地落成。", "祝融航天科普基地", "", "no English known"),
    ],
    ids=["pinyin", "parts", "latin", "nothing"],
)
def test_english_comes_from_where_it_is_known(text: str, source: str, target: str, basis: str) -> None:
    terms = (Term("a", "世界互联网大会", "World Internet Conference"), Term("b", "乌镇峰会", "Wuzhen Summit"))
    found = {s.candidate.source: s for s in suggest([Passage("page", text)], Glossary(terms), 20)}
    assert found[source].target == target
    assert basis in found[source].basis


def test_the_engine_is_asked_once_and_its_words_are_held_against_the_translations() -> None:
    asked: list[Sequence[str]] = []

    def say(texts: Sequence[str]) -> list[str]:
        asked.append(texts)
        return ["The Zhurong Space Base." for _ in texts]

    passages = [Passage("report", "祝融航天科普基地落成。", 1, "Zhurong Space Base was opened.")]
    found = suggest(passages, Glossary(), 5, say)
    assert found[0].target == "Zhurong Space Base"
    assert found[0].basis.endswith("stands in 1 of 1 translations")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "answer", ["", "  ", "世界", "=1+1", "a|b", "a\x00b", "@x", "w" * 201], ids=lambda answer: repr(answer[:5])
)
def test_an_answer_that_cannot_be_a_rendering_is_none(answer: str) -> None:
    assert clean(answer) == ""


def test_a_suggestion_is_a_proposed_row_that_says_where_it_comes_from() -> None:
    (first, *_) = suggest([Passage("page", "中方提出《全球数据安全倡议》。", 7)], Glossary(), 1)
    term = as_term(first)
    assert term.status is TermStatus.PROPOSED
    assert "title in 《》" in term.note
    assert "page:7" in term.note
    assert term.example == "中方提出《全球数据安全倡议》。"


# The command


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["glossary", "suggest", *map(str, arguments), "--engine", "none"])
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.stdout


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "terms.csv").write_text("id,source,target\na,乌镇,Wuzhen\n", encoding="utf-8")
    path = tmp_path / "page.txt"
    path.write_text("中方提出《全球数据安全倡议》。\n秘书长任贤良说,乌镇很美。\n", encoding="utf-8")
    return path


def test_the_command_shows_each_candidate_with_its_place(page: Path) -> None:
    out = run(page, "--glossary", "terms.csv")
    assert "任贤良 = Ren Xianliang  [person, 1×" in out
    assert "page:1: 中方提出《全球数据安全倡议》。" in out
    assert "乌镇 =" not in out


def test_the_command_writes_rows_that_the_glossary_reads_once_their_english_is_there(page: Path) -> None:
    run(page, "--glossary", "terms.csv", "-o", "new.csv", "--limit", "1")
    (row,) = Path("new.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert ",proposed," in row
    Path("new.csv").write_text(
        Path("new.csv").read_text(encoding="utf-8-sig").replace(",全球数据安全倡议,,", ",全球数据安全倡议,X,"),
        encoding="utf-8",
    )
    (term,) = load([Path("new.csv")]).terms
    assert (term.source, term.status) == ("全球数据安全倡议", TermStatus.PROPOSED)


def test_the_command_does_not_overwrite_unasked(page: Path) -> None:
    done = CliRunner().invoke(app, ["glossary", "suggest", str(page), "-o", "terms.csv", "--engine", "none"])
    assert done.exit_code != 0
    assert "is there already" in str(done.exception)


def test_the_command_speaks_json(page: Path) -> None:
    facts = json.loads(run(page, "--glossary", "terms.csv", "--json", "--limit", "1"))
    assert facts[0]["source"] == "全球数据安全倡议"
    assert facts[0]["line"] == 1


# What is measured


def test_the_seeds_own_terms_are_found_when_the_glossary_is_withheld() -> None:
    passages = [*of_document(read(SEED))]
    found = [_key(candidate.source) for candidate in mine(passages)]
    wanted = {_key(m.term.source) for p in passages for m in load([ROOT / "glossary"]).match(p.text)}
    assert len(wanted & set(found[:RECALL_OVER])) >= 0.87 * len(wanted)
    judged = dict(_judged("seed"))
    right = [key for key in found[:PRECISION_OVER] if key in wanted or judged.get(key) == "yes"]
    assert len(right) >= 0.9 * PRECISION_OVER
