"""The memory: what comes in is found again, kept once, and goes out again when it is undone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import Change, Code, Origin, OriginKind, Span, State, Term, Text, Unit
from bilingual.errors import InputError
from bilingual.glossary import Glossary
from bilingual.memory import Match, MatchKind, Memory, Pair, Use
from bilingual.memory.forms import form, tokens
from bilingual.memory.scoring import likeness
from bilingual.settings import Penalties

OPENED = Unit("u1", "", Text("大会在乌镇开幕。"), Text("The conference opened in Wuzhen."), state=State.REVIEWED)
GROWN = Unit(
    "u2", "", Text("数字经济增长5.3%。"), Text("The digital economy grew by 5.3 percent."), state=State.REVIEWED
)
CLOSED = Unit("u3", "", Text("大会闭幕。"), Text("The conference closed."), state=State.REVIEWED)
UNITS = (OPENED, GROWN, CLOSED)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "memory.sqlite") as made:
        yield made


def holding(memory: Memory, *units: Unit) -> Memory:
    memory.add(units or UNITS, document="大会", by="Li Na", when="2023-11-09T08:00:00Z")
    return memory


def best(memory: Memory, source: str | Text, before: str | None = None, after: str | None = None) -> Match:
    return memory.lookup(source, before, after)[0]


def pairs_in(memory: Memory) -> dict[tuple[str, str], set[str]]:
    """Everything a memory says, but for numbers and batches."""
    return {(entry.source.string, entry.target.string): {repr(use) for use in entry.uses} for entry in memory.entries()}


def test_the_same_sentence_between_the_same_neighbours_is_a_context_match(memory: Memory) -> None:
    holding(memory)
    match = best(memory, GROWN.source, OPENED.source.string, CLOSED.source.string)
    assert (match.kind, match.score, match.target) == (MatchKind.CONTEXT, 100, GROWN.target)
    assert best(memory, OPENED.source, "", GROWN.source.string).kind is MatchKind.CONTEXT


def test_the_use_that_speaks_most_for_a_pair_counts_however_many_newer_ones_there_are(memory: Memory) -> None:
    memory.add([OPENED], document="first")
    for n in range(30):
        memory.add([replace(OPENED, state=State.DRAFT)], document=f"later {n}", when="2024-01-01T00:00:00Z")
    match = best(memory, OPENED.source)
    assert (match.score, match.entry.uses[0].document) == (100, "first")


def test_the_same_sentence_elsewhere_is_an_exact_match(memory: Memory) -> None:
    holding(memory)
    assert best(memory, GROWN.source, CLOSED.source.string, "").kind is MatchKind.EXACT
    assert best(memory, GROWN.source).kind is MatchKind.EXACT


def test_many_are_looked_up_with_their_neighbours(memory: Memory) -> None:
    holding(memory)
    found = memory.lookup_many([unit.source for unit in UNITS])
    assert [matches[0].kind for matches in found] == [MatchKind.CONTEXT] * 3


def test_of_two_translations_the_one_used_between_these_neighbours_comes_first(memory: Memory) -> None:
    holding(memory)
    memory.add([replace(CLOSED, target=Text("It closed."))], document="其他", when="2024-01-01T00:00:00Z")
    assert best(memory, CLOSED.source, GROWN.source.string, "").target == CLOSED.target
    assert best(memory, CLOSED.source).target.string == "It closed."


@pytest.mark.parametrize(
    ("asked", "known", "score"),
    [
        pytest.param("大会在乌镇开幕。", "大会在乌镇开幕。", 100, id="the same"),
        pytest.param("大会在乌镇闭幕。", "大会在乌镇开幕。", 87, id="one character of eight"),
        pytest.param("共有1800名代表。", "共有1900名代表。", 99, id="one number"),
        pytest.param("2023年有1800名代表。", "2024年有1900名代表。", 98, id="two numbers"),
        pytest.param("共有三千名代表。", "共有五千名代表。", 99, id="a number in characters"),
        pytest.param("1月2日3时4分5秒6", "2月3日4时5分6秒7", 95, id="never more than five points"),
        pytest.param("ＡＩ大会", "AI大会", 99, id="width"),
        pytest.param("網絡安全", "网络安全", 99, id="script"),
        pytest.param("AI 大会", "AI大会", 99, id="spaces"),
        pytest.param("wto改革", "WTO改革", 99, id="capitals"),
        pytest.param("WTO改革", "WHO改革", 66, id="a word is one token"),
        pytest.param("大会有1800人参加。", "大会有1900人出席。", 74, id="words and a number"),
        pytest.param("天地", "玄黄", 0, id="nothing in common"),
        pytest.param("", "天地", 0, id="empty"),
    ],
)
def test_the_percentage(asked: str, known: str, score: int) -> None:
    assert likeness(Text(asked), Text(known)).score == score
    assert likeness(Text(known), Text(asked)).score == score


def test_a_code_more_or_less_takes_a_point_and_other_spelling_none() -> None:
    bold = Text("大会开幕", (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold")))
    other = Text("大会开幕", (Code(0, "9", "open", "<w:b>", "bold"), Code(2, "9", "close", "</w:b>", "bold")))
    assert likeness(bold, other).score == 100
    assert likeness(bold, Text("大会开幕")).score == 98
    assert likeness(bold, Text("大会闭幕")).score == 73


def test_an_exact_match_brings_the_codes_of_the_sentence_asked_for(memory: Memory) -> None:
    def marked(string: str, name: str, data: str, end: int) -> Text:
        return Text(string, (Code(0, name, "open", data, "bold"), Code(end, name, "close", "/" + data, "bold")))

    known, target = marked("大会开幕", "1", "b", 2), marked("Conference opens", "1", "b", 10)
    holding(memory, Unit("u1", "", known, target, state=State.REVIEWED))
    match = best(memory, marked("大会开幕", "7", "strong", 2))
    assert (match.score, match.target) == (100, marked("Conference opens", "7", "strong", 10))
    assert best(memory, Text("大会开幕")).score == 98


def test_where_sentences_part_is_told_in_both() -> None:
    asked, known = "大会2024年在北京开幕。", "大会2023年在乌镇开幕。"
    parts = likeness(Text(asked), Text(known)).differences
    assert [(part.asked.of(asked), part.found.of(known)) for part in parts] == [("2024", "2023"), ("北京", "乌镇")]


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_every_token_of_a_form_has_its_place(text: str) -> None:
    places = tokens(text)
    assert len(places) == len(form(text))
    assert all(a.span.end <= b.span.start for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("asked", "source", "target", "wanted"),
    [
        pytest.param("增长6.1%。", "增长5.3%。", "Up 5.3 percent.", "Up 6.1 percent.", id="percent"),
        pytest.param("1900多名代表。", "1800多名代表。", "Over 1,800 delegates.", "Over 1,900 delegates.", id="more than"),  # noqa: E501
        pytest.param("投资40亿元。", "投资30亿元。", "Some 3 billion yuan.", "Some 4 billion yuan.", id="亿"),
        pytest.param("2024年10月9日。", "2023年11月8日。", "On November 8, 2023.", "On October 9, 2024.", id="date"),
        pytest.param("共有2家，占6%。", "共有3家，占5%。", "There are three, or 5%.", "There are two, or 6%.", id="two numbers"),  # noqa: E501
        pytest.param("图12：会场。", "图2：会场。", "Photo 2: venue.", "Photo 12: venue.", id="figures stay figures"),
        pytest.param("（2）会议", "（1）会议", "(1) Meeting", "(2) Meeting", id="figures of one, too"),
    ],
)  # fmt: skip
def test_where_only_numbers_differ_the_target_is_mended(
    memory: Memory, asked: str, source: str, target: str, wanted: str
) -> None:
    holding(memory, Unit("u1", "", Text(source), Text(target), state=State.REVIEWED))
    match = best(memory, asked)
    assert (match.target.string, match.repaired) == (wanted, True)
    assert match.score < 100
    assert match.entry.target.string == target


@pytest.mark.parametrize(
    ("asked", "source", "target"),
    [
        pytest.param("有5家。", "有3家。", "There are several.", id="the target does not say it"),
        pytest.param("3家和4家。", "3家和3家。", "Three and three.", id="it says it twice"),
        pytest.param("有6家参加。", "有5家出席。", "Five attended.", id="words differ too"),
        pytest.param("有1个苹果。", "有5个苹果。", "There are 5 apples.", id="one apple, five apples"),
        pytest.param("3年后", "1年后", "1 year later", id="one year, three years"),
        pytest.param("103", "10³", "10³", id="a raised number"),
        pytest.param("80后", "90后", "the post-90s generation", id="a decade for a number"),
    ],
)
def test_what_is_not_sure_is_not_mended(memory: Memory, asked: str, source: str, target: str) -> None:
    holding(memory, Unit("u1", "", Text(source), Text(target)))
    match = best(memory, asked)
    assert (match.target.string, match.repaired) == (target, False)


TERMS = Glossary(
    (
        Term("1", "世界互联网大会", "World Internet Conference"),
        Term("2", "世界人工智能大会", "World Artificial Intelligence Conference"),
        Term("3", "代表", "delegate"),
        Term("4", "工程师", "engineer"),
    )
)


def test_where_only_a_term_differs_the_target_is_mended(tmp_path: Path) -> None:
    with Memory(tmp_path / "m", glossary=TERMS) as memory:
        unit = Unit(
            "u1", "", Text("世界互联网大会有代表参加。"), Text("Delegates attended the World Internet Conference.")
        )
        holding(memory, replace(unit, state=State.REVIEWED))
        match = best(memory, "世界人工智能大会有代表参加。")
        assert match.target.string == "Delegates attended the World Artificial Intelligence Conference."
        assert match.repairs == (("World Internet Conference", "World Artificial Intelligence Conference"),)
        assert match.score < 100
        other = best(memory, "世界互联网大会有工程师参加。")
        assert other.target.string == "Engineers attended the World Internet Conference."


def drafted(kind: OriginKind) -> Unit:
    return replace(OPENED, state=State.DRAFT, origin=Origin(kind, "x"))


@pytest.mark.parametrize(
    ("unit", "rules", "wanted"),
    [
        pytest.param(OPENED, Penalties(), (100, ()), id="reviewed"),
        pytest.param(replace(OPENED, state=State.TRANSLATED), Penalties(), (100, ()), id="a person's"),
        pytest.param(
            replace(OPENED, state=State.TRANSLATED), Penalties(reviewed_from="reviewed"), (95, ("unreviewed",)),
            id="a person's where somebody else must review",
        ),
        pytest.param(replace(OPENED, state=State.DRAFT), Penalties(), (95, ("unreviewed",)), id="draft"),
        pytest.param(drafted(OriginKind.MACHINE), Penalties(), (90, ("machine",)), id="machine"),
        pytest.param(drafted(OriginKind.ALIGNMENT), Penalties(), (95, ("alignment",)), id="alignment"),
        pytest.param(drafted(OriginKind.MACHINE), Penalties(machine=0), (100, ()), id="none set"),
    ],
)  # fmt: skip
def test_penalties(tmp_path: Path, unit: Unit, rules: Penalties, wanted: tuple[int, tuple[str, ...]]) -> None:
    with Memory(tmp_path / "m", penalties=rules) as memory:
        match = best(holding(memory, unit), OPENED.source)
        assert (match.score, tuple(penalty.reason for penalty in match.penalties)) == wanted
        assert match.kind is MatchKind.EXACT


def test_a_target_older_than_the_glossary_loses_points(tmp_path: Path) -> None:
    terms = Glossary((Term("1", "乌镇", "Wuzhen Water Town"),))
    with Memory(tmp_path / "m", glossary=terms) as memory:
        match = best(holding(memory), OPENED.source)
    assert (match.score, match.penalties[0].reason) == (97, "glossary")


def test_the_same_pair_is_kept_once_with_both_its_uses(memory: Memory) -> None:
    holding(memory)
    memory.add([OPENED], document="又一次", by="Wang", when="2024-01-01T00:00:00Z")
    (entry,) = {match.entry for match in memory.lookup(OPENED.source, minimum=100)}
    assert {use.document for use in entry.uses} == {"大会", "又一次"}


def test_adding_twice_changes_nothing(memory: Memory) -> None:
    before = pairs_in(holding(memory))
    batch = memory.add(UNITS, document="大会", by="Li Na", when="2023-11-09T08:00:00Z")
    assert (batch.added, batch.merged, batch.replaced, batch.same) == (0, 0, 0, 3)
    assert pairs_in(memory) == before
    assert len(memory.batches()) == 1


def test_a_newer_version_takes_the_place_of_the_older_one_which_stays_as_history(memory: Memory) -> None:
    holding(memory)
    newer = replace(
        OPENED, target=Text("The meeting opened in Wuzhen."), changed=Change("Wang", "2024-01-01T00:00:00Z")
    )
    assert memory.add([newer, *UNITS[1:]], document="大会", by="Li Na", when="2023-11-09T08:00:00Z").replaced == 1
    found = memory.lookup(OPENED.source, minimum=100)
    assert [match.target.string for match in found] == ["The meeting opened in Wuzhen."]
    (old,) = memory.history(1)
    assert (old.by, old.when) == ("Li Na", "2023-11-09T08:00:00Z")


def test_an_older_version_that_comes_later_is_history_at_once(memory: Memory) -> None:
    holding(memory)
    old = replace(OPENED, target=Text("Opening."), changed=Change("Wang", "2020-01-01T00:00:00Z"))
    memory.add([old, *UNITS[1:]], document="大会", by="Li Na", when="2023-11-09T08:00:00Z")
    assert best(memory, OPENED.source).target == OPENED.target


def test_another_source_under_the_same_id_takes_nobodys_place(memory: Memory) -> None:
    holding(memory)
    memory.add([replace(CLOSED, id="u1")], document="大会")
    assert best(memory, OPENED.source).score == 100


def test_only_the_units_named_come_in_and_know_their_neighbours(memory: Memory) -> None:
    memory.add(UNITS, document="大会", only={"u2"})
    assert len([*memory.entries()]) == 1
    match = best(memory, GROWN.source, OPENED.source.string, CLOSED.source.string)
    assert match.kind is MatchKind.CONTEXT


def test_undo_brings_back_what_was_replaced_and_leaves_what_was_merged(memory: Memory) -> None:
    before = pairs_in(holding(memory))
    newer = replace(OPENED, target=Text("It opened."))
    batch = memory.add([newer, GROWN, CLOSED, replace(OPENED, id="u9")], document="大会")
    assert (batch.added, batch.merged, batch.replaced) == (1, 3, 3)
    memory.undo(batch.id)
    assert pairs_in(memory) == before
    assert memory.search("It opened") == ()
    assert memory.lookup(OPENED.source)[0].target == OPENED.target


def test_undoing_twice_or_what_never_was_is_refused(memory: Memory) -> None:
    holding(memory)
    memory.undo(1)
    assert memory.lookup(OPENED.source) == ()
    with pytest.raises(InputError, match="number 1 is undone already"):
        memory.undo(1)
    with pytest.raises(InputError, match="nothing came in under the number 7"):
        memory.undo(7)


TARGETS = st.sampled_from(["one", "two", "three"])
PAIRS = st.tuples(st.sampled_from(["天", "地", "人"]), TARGETS, st.sampled_from(["a", "b"]))
BATCHES = st.lists(st.lists(PAIRS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(BATCHES, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_undoing_every_batch_in_any_order_leaves_nothing(
    batches: list[list[tuple[str, str, str]]], chance: random.Random
) -> None:
    with Memory(Path(":memory:")) as memory:
        for batch in batches:
            pairs = [Pair(Text(zh), Text(en), Use("d", unit)) for zh, en, unit in batch]
            memory.put(pairs, kind="import", name="x")
        numbers = [batch.id for batch in memory.batches()]
        chance.shuffle(numbers)
        for number in numbers:
            memory.undo(number)
        assert [*memory.entries()] == []
        assert memory.statistics().replaced == 0


@given(BATCHES)
@settings(max_examples=25)
def test_undoing_the_last_batch_is_as_if_it_had_never_been(batches: list[list[tuple[str, str, str]]]) -> None:
    with Memory(Path(":memory:")) as memory:
        states = [pairs_in(memory)]
        for batch in batches:
            count = len(memory.batches())
            pairs = [Pair(Text(zh), Text(en), Use("d", unit)) for zh, en, unit in batch]
            memory.put(pairs, kind="import", name="x")
            if len(memory.batches()) > count:
                states.append(pairs_in(memory))
        while len(states) > 1:
            assert pairs_in(memory) == states.pop()
            newest = next(batch for batch in memory.batches() if batch.state == "done")
            memory.undo(newest.id)
            assert pairs_in(memory) == states[-1]


@pytest.mark.parametrize(
    ("words", "side", "hits"),
    [
        pytest.param("乌", "source", {"乌"}, id="one character"),
        pytest.param("乌镇", "both", {"乌镇"}, id="two characters"),
        pytest.param("在乌镇开幕", "source", {"在乌镇开幕"}, id="more"),
        pytest.param("烏鎮", "source", {"乌镇"}, id="traditional"),
        pytest.param("增长5.3", "source", {"增长5.3"}, id="a number"),
        pytest.param("。", "source", {"。"}, id="a sign"),
        pytest.param("digital ECONOMY", "target", {"digital economy"}, id="English in any case"),
        pytest.param("econ", "both", {"econ"}, id="a word begun"),
        pytest.param("conomy", "target", {"conomy"}, id="the middle of a word"),
        pytest.param("5.3 percent", "target", {"5.3 percent"}, id="figures in English"),
        pytest.param("北京", "both", set(), id="not there"),
        pytest.param("economy", "source", set(), id="the other side"),
        pytest.param("镇乌", "source", set(), id="in another order"),
        pytest.param('"; DROP TABLE entry', "both", set(), id="SQL"),
        pytest.param("%", "both", {"%"}, id="a wildcard is a sign"),
        pytest.param("  ", "both", set(), id="blank"),
    ],
)
def test_concordance(memory: Memory, words: str, side: str, hits: set[str]) -> None:
    found = holding(memory).search(words, side)
    said = {span.of(hit.entry.source.string) for hit in found for span in hit.source}
    said |= {span.of(hit.entry.target.string) for hit in found for span in hit.target}
    assert said == hits


def test_concordance_marks_every_place(memory: Memory) -> None:
    holding(memory, Unit("u1", "", Text("大会，大会！"), Text("Meetings.")))
    (hit,) = memory.search("大会")
    assert hit.source == (Span(0, 2), Span(3, 5))


def test_what_cannot_be_kept_is_left_out_and_counted(memory: Memory) -> None:
    pairs = [Pair(Text("半\ud800"), Text("half"), Use("d")), Pair(Text("  "), Text("x"), Use("d")),
             Pair(Text("好\x00"), Text("good"), Use("d"))]  # fmt: skip
    batch = memory.put(pairs, kind="import", name="x")
    assert (batch.added, batch.skipped) == (1, 2)
    assert memory.lookup("好\x00")[0].score == 100


def test_a_very_long_sentence_is_found_again_and_compared_with_none(memory: Memory) -> None:
    long = "".join(chr(0x4E00 + n % 5000) for n in range(200_000))
    holding(memory, Unit("u1", "", Text(long), Text("Long."), state=State.FINAL))
    assert best(memory, long).score == 100
    assert memory.lookup(long + "人") == ()


def test_notes_and_what_a_file_said_stay_with_the_use(memory: Memory) -> None:
    holding(memory, replace(OPENED, extra=(("client", "ACME"),)))
    assert best(memory, OPENED.source).entry.uses[0].extra == (("client", "ACME"),)


def test_statistics(memory: Memory) -> None:
    facts = holding(memory).statistics()
    assert (facts.entries, facts.uses, facts.states, facts.people) == (3, 3, (("reviewed", 3),), (("Li Na", 3),))
    assert memory.check() == ()
