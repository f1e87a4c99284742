"""What a person's acts make of a unit: nothing of it gets lost, and each act has a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bilingual import editing
from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Flag,
    FlagKind,
    Kind,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Silence,
    Span,
    State,
    TermOutcome,
    TermUse,
    Text,
    Unit,
)  # fmt: skip
from bilingual.codes import completed
from bilingual.documents import read_bytes
from bilingual.engines import create
from bilingual.errors import InputError
from bilingual.glossary import Glossary
from bilingual.saving import keep
from bilingual.store import Edit, Store
from bilingual.translation import Translator
from tests.test_codes import marked, spelled, texts

MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
WHEN = "2023-11-09T08:00:00Z"
SOURCE = "习近平在乌镇致辞。嘉宾来自126个国家。"
TARGET = "Xi spoke in Wuzhen. Guests came from 126 countries."
BLOCK = Block(
    "b1", Kind.PARAGRAPH, Text("导语。" + SOURCE), (Span(0, 12), Span(12, 23)), (Locator(line=1), Locator(line=2))
)
UNIT = Unit(
    "u1", "b1", Text(SOURCE), Text(TARGET), Span(3, 23), State.DRAFT, origin=MACHINE,
    candidates=(Candidate(Text(TARGET), MACHINE), Candidate(Text("Xi gave a speech. From 126 countries."), MACHINE)),
    terms=(TermUse("wuzhen", "乌镇", "Wuzhen", Span(4, 6), TermOutcome.NATURAL),
           TermUse("guest", "嘉宾", "guest", Span(9, 11), TermOutcome.NATURAL)),
    flags=(Flag(FlagKind.NUMBER, "126", Span(13, 16)), Flag(FlagKind.NAME, "Xi", Span(0, 2), "target"),
           Flag(FlagKind.DEGENERATE, "all of it")),
    notes=(Note("查过", "韩梅梅", WHEN),), silenced=(Silence("length", "a title"),),
    source_locators=(Locator(line=1), Locator(line=2)), extra=(("x-client", "17"),),
)  # fmt: skip


def test_a_person_s_words_make_a_unit_translated_and_the_machine_s_stay_beside_them() -> None:
    plain = replace(UNIT, candidates=())
    said = editing.retargeted(plain, "Xi spoke.", "李雷")
    assert (said.target.string, said.state, said.origin) == (
        "Xi spoke.",
        State.TRANSLATED,
        Origin(OriginKind.PERSON, "李雷"),
    )
    assert [candidate.target.string for candidate in said.candidates] == [TARGET]
    assert editing.retargeted(replace(UNIT, state=State.FINAL), "Xi spoke.", "李雷").state is State.FINAL


def test_a_unit_whose_words_are_taken_away_is_new_again() -> None:
    assert editing.retargeted(replace(UNIT, state=State.REVIEWED), " ", "李雷").state is State.NEW


def test_a_query_is_a_note_that_is_answered_and_asked_again() -> None:
    asked = editing.queried(UNIT, " 126 or 128? ", "李雷", WHEN)
    query = Note("126 or 128?", "李雷", WHEN, NoteKind.QUERY)
    assert asked.notes == (*UNIT.notes, query)
    settled = editing.answered(asked, query)
    assert [note.answered for note in settled.notes] == [False, True]
    assert editing.answered(settled, settled.notes[1], on=False) == asked
    assert editing.unnoted(asked, query) == UNIT


def test_a_check_is_silenced_for_one_reason_and_wakes_again() -> None:
    quiet = editing.silenced(UNIT, "numbers", "a date")
    assert editing.silenced(quiet, "numbers", "a year").silenced == (*UNIT.silenced, Silence("numbers", "a year"))
    assert editing.unsilenced(quiet, "numbers") == UNIT


def test_the_words_of_the_second_of_two_writers_are_kept_once_beside_the_others() -> None:
    both = editing.candidate_kept(UNIT, "Xi said so.", "李雷")
    assert both.target == UNIT.target
    assert both.candidates[-1] == Candidate(Text("Xi said so."), Origin(OriginKind.PERSON, "李雷"))
    assert editing.candidate_kept(both, "Xi said so.", "李雷") == both
    assert editing.candidate_kept(UNIT, TARGET, "李雷") == editing.candidate_kept(UNIT, "", "李雷") == UNIT


LOCKED = replace(UNIT, locked=True)
REFUSED: dict[str, Callable[[Unit], object]] = {
    "words": lambda u: editing.retargeted(u, "Xi.", "李雷"),
    "state": lambda u: editing.with_state(u, State.FINAL),
    "silence": lambda u: editing.silenced(u, "numbers", "a date"),
    "wake": lambda u: editing.unsilenced(u, "length"),
    "source": lambda u: editing.source_corrected(u, "嘉宾。"),
    "split": lambda u: editing.split_at(u, 9, 19, "u2"),
    "join": lambda u: editing.joined([UNIT, u]),
}


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
def test_a_locked_unit_refuses(act: Callable[[Unit], object]) -> None:
    with pytest.raises(InputError, match="the unit is locked – unlock it first"):
        act(LOCKED)


def test_a_locked_unit_takes_notes_queries_and_proposals_and_is_unlocked() -> None:
    assert editing.noted(LOCKED, "好", "李雷", WHEN).notes[-1].text == "好"
    assert editing.queried(LOCKED, "？", "李雷", WHEN).notes[-1].kind is NoteKind.QUERY
    assert len(editing.candidate_kept(LOCKED, "Xi.", "李雷").candidates) == 3
    assert editing.locked(LOCKED, on=False) == UNIT


EMPTY: dict[str, Callable[[], object]] = {
    "note": lambda: editing.noted(UNIT, " ", "李雷", WHEN),
    "query": lambda: editing.queried(UNIT, "\n", "李雷", WHEN),
    "reason": lambda: editing.silenced(UNIT, "numbers", ""),
    "source": lambda: editing.source_corrected(UNIT, "\u3000"),
}


@pytest.mark.parametrize("act", EMPTY.values(), ids=EMPTY)
def test_what_must_say_something_is_not_empty(act: Callable[[], object]) -> None:
    with pytest.raises(InputError, match=r"is empty|without words"):
        act()


def test_a_split_gives_each_part_what_speaks_of_it() -> None:
    first, second = editing.split_at(UNIT, 9, 19, "u2", BLOCK)
    assert (first.id, first.source.string, first.target.string) == ("u1", "习近平在乌镇致辞。", "Xi spoke in Wuzhen.")
    assert (second.id, second.source.string) == ("u2", "嘉宾来自126个国家。")
    assert second.target.string == "Guests came from 126 countries."
    assert (first.span, second.span) == (Span(3, 12), Span(12, 23))
    assert (first.source_locators, second.source_locators) == ((Locator(line=1),), (Locator(line=2),))
    assert [(use.source, use.span) for u in (first, second) for use in u.terms] == [
        ("乌镇", Span(4, 6)),
        ("嘉宾", Span(0, 2)),
    ]
    assert [flag.reason for flag in first.flags] == ["Xi", "all of it"]
    assert [(flag.reason, flag.span) for flag in second.flags] == [("126", Span(4, 7)), ("all of it", None)]
    assert (first.notes, first.extra, second.notes, second.extra) == (UNIT.notes, UNIT.extra, (), ())
    assert first.silenced == second.silenced == UNIT.silenced
    assert [candidate.target.string for candidate in first.candidates] == [
        first.target.string,
        "Xi gave a speech. From 126 countries.",
    ]
    assert [candidate.target.string for candidate in second.candidates] == [second.target.string]


@pytest.mark.parametrize("at", [0, -3, len(SOURCE), 999])
def test_no_part_is_without_a_source(at: int) -> None:
    with pytest.raises(InputError, match="a part would have no source"):
        editing.split_at(UNIT, at, 5, "u2")


def test_what_was_split_and_joined_is_what_it_was() -> None:
    parts = editing.split_at(UNIT, 9, 19, "u2", BLOCK)
    whole = editing.joined(parts, BLOCK)
    assert replace(whole, candidates=()) == replace(UNIT, candidates=(), flags=whole.flags)
    assert set(UNIT.candidates) <= set(whole.candidates)
    assert [flag.reason for flag in whole.flags] == ["Xi", "all of it", "126"]


@settings(max_examples=30, deadline=None)
@given(source=texts(), target=texts(), data=st.data())
def test_splitting_and_joining_gives_back_words_and_codes(source: Text, target: Text, data: st.DataObject) -> None:
    text = source.string
    assume(text == text.strip() and len(text) > 1)
    block = Block("b1", Kind.PARAGRAPH, source, (Span(0, len(text)),), (Locator(line=1),))
    unit = Unit("u1", "b1", source, completed(source, target), Span(0, len(text)))
    places = data.draw(st.integers(1, len(text) - 1)), data.draw(st.integers(0, len(target.string)))
    first, second = editing.split_at(unit, *places, "u2", block)
    assert text[: places[0]].strip() == first.source.string
    assert text[places[0] :].strip() == second.source.string
    whole = editing.joined([first, second], block)
    assert spelled(whole.source) == spelled(source)
    assert whole.target.string.split() == target.string[: places[1]].split() + target.string[places[1] :].split()
    assert sorted((c.id, c.kind) for c in whole.target.codes) == sorted((c.id, c.kind) for c in source.codes)
    assert whole.span == unit.span


@settings(max_examples=30, deadline=None)
@given(source=texts(), words=st.text("春天来了。 ab", min_size=1).filter(str.strip))
def test_a_corrected_source_is_taken_back_to_the_letter(source: Text, words: str) -> None:
    assume(source.string.strip())
    unit = Unit("u1", "b1", source)
    mended = editing.source_corrected(unit, words)
    assert (mended.source.string, mended.written) == (words, source)
    assert sorted((c.id, c.kind) for c in mended.source.codes) == sorted((c.id, c.kind) for c in source.codes)
    assert editing.source_corrected(mended, source.string) == unit


def test_a_corrected_source_keeps_the_places_of_what_is_said_of_it() -> None:
    mended = editing.source_corrected(UNIT, "国家主席习近平在乌镇致辞。来宾来自128个国家。")
    assert (mended.original, mended.state) == (UNIT.source, State.DRAFT)
    assert editing.source_corrected(replace(UNIT, state=State.FINAL), "嘉宾。").state is State.TRANSLATED
    assert [(use.source, use.span) for use in mended.terms] == [("乌镇", Span(8, 10))]
    assert [flag.span for flag in mended.flags if flag.side == "source" and flag.span] == [Span(17, 20)]
    behind = editing.source_corrected(UNIT, "习近平在乌镇古城致辞。嘉宾来自126个国家。")
    assert [(use.source, use.span) for use in behind.terms] == [("乌镇", Span(4, 6)), ("嘉宾", Span(11, 13))]
    again = editing.source_corrected(mended, "主席习近平在乌镇致辞。来宾来自128个国家。")
    assert again.original == UNIT.source


def test_a_split_of_a_corrected_unit_splits_what_the_file_says() -> None:
    mended = editing.source_corrected(UNIT, "习近平在乌镇致辞。来宾来自128个国家。")
    first, second = editing.split_at(mended, 9, 19, "u2", BLOCK)
    assert (first.original, second.original) == (None, Text("嘉宾来自126个国家。"))
    assert (first.span, second.span) == (Span(3, 12), Span(12, 23))
    whole = editing.joined([first, second], BLOCK)
    assert (whole.source, whole.original) == (mended.source, UNIT.source)


def test_words_that_are_not_in_the_file_cannot_be_a_part() -> None:
    longer = editing.source_corrected(UNIT, SOURCE + "掌声。")
    with pytest.raises(InputError, match="stand in the file"):
        editing.split_at(longer, len(SOURCE), 19, "u2")


@pytest.mark.parametrize(
    "units", [[UNIT], [], [UNIT, replace(UNIT, id="u2", block="b2")]], ids=["one", "none", "blocks"]
)
def test_only_neighbours_of_one_paragraph_are_joined(units: list[Unit]) -> None:
    with pytest.raises(InputError, match="only neighbours of one paragraph"):
        editing.joined(units)


def test_joined_units_have_the_least_of_their_states_and_every_note_and_proposal() -> None:
    first, second = editing.split_at(UNIT, 9, 19, "u2", BLOCK)
    second = editing.noted(editing.with_state(second, State.FINAL), "好", "李雷", WHEN)
    whole = editing.joined([editing.retargeted(first, "Xi spoke.", "李雷"), second], BLOCK)
    assert (whole.state, whole.target.string) == (State.TRANSLATED, "Xi spoke. Guests came from 126 countries.")
    assert [note.text for note in whole.notes] == ["查过", "好"]
    assert {c.target.string for c in whole.candidates} >= {
        "Xi spoke in Wuzhen.",
        TARGET,
        "Guests came from 126 countries.",
    }


def test_units_without_places_are_joined_with_a_space_only_where_both_are_latin() -> None:
    def one(name: str, source: str) -> Unit:
        return Unit(name, "", Text(source), Text(source))

    assert editing.joined([one("a", "Wuzhen."), one("b", "AI")]).source.string == "Wuzhen. AI"
    assert editing.joined([one("a", "乌镇。"), one("b", "好。")]).source.string == "乌镇。好。"


def test_a_run_keeps_a_correction_with_the_codes_the_file_has_now() -> None:
    unit = replace(UNIT, terms=(), flags=(), source=marked("在<b>乌镇</b>致辞。"), target=marked("in <b>Wuzhen</b>"))
    mended = editing.source_corrected(unit, "于乌镇致辞。")
    kept = keep(mended, replace(unit, source=marked("在<c>乌镇</c>致辞。")))
    assert (spelled(kept.source), kept.original) == ("于<c>乌镇</c>致辞。", marked("在<c>乌镇</c>致辞。"))


def test_places_that_a_unit_cannot_have_break_nothing() -> None:
    odd = replace(UNIT, span=Span(90, 95), terms=(TermUse("x", "x", "x", Span(50, 70), TermOutcome.NATURAL),),
                  flags=(Flag(FlagKind.NUMBER, "x", Span(60, 61)),))  # fmt: skip
    parts = editing.split_at(odd, 9, 19, "u2", BLOCK)
    assert editing.joined(parts, BLOCK).source == UNIT.source
    assert editing.source_corrected(odd, "嘉宾。").terms == ()


PAGE = "大会在乌镇开慕。\n嘉宾来自126个国家。\n大会闭幕。\n"


def translated(text: str, store: Store) -> Bitext:
    document = read_bytes(text.encode(), "page.txt")
    bitext = Translator(create("instant"), Glossary(()), store).translate(document)
    store.save("page", bitext)
    return store.load("page")


@pytest.fixture
def mended(tmp_path: Path) -> Store:
    """A translated page whose first source has a wrong character, which a person has put right."""
    store = Store(tmp_path / "workbench.sqlite")
    unit = translated(PAGE, store).units[0]
    right = editing.retargeted(editing.source_corrected(unit, "大会在乌镇开幕。"), "It opened in Wuzhen.", "李雷")
    store.change("page", [Edit(1, right)], by="李雷", at=WHEN, label="source")
    return store


def test_a_run_on_the_unchanged_file_keeps_the_correction(mended: Store) -> None:
    before = mended.load("page")
    assert translated(PAGE, mended) == before
    assert translated("新闻。\n" + PAGE, mended).units[1].source.string == "大会在乌镇开幕。"
    assert translated(PAGE, mended).units[0].original == Text("大会在乌镇开慕。")
    assert mended.orphans("page") == ()


def test_a_file_that_says_by_now_what_the_person_said_is_the_same_unit(mended: Store) -> None:
    name = mended.outline("page")[0][0]
    unit = translated(PAGE.replace("开慕", "开幕"), mended).units[0]
    assert (unit.id, unit.target.string, unit.original) == (name, "It opened in Wuzhen.", None)
    assert mended.orphans("page") == ()


def test_a_file_that_says_something_else_shows_the_words_and_the_correction(mended: Store) -> None:
    unit = translated(PAGE.replace("大会在乌镇开慕", "峰会在乌镇开慕"), mended).units[0]
    assert unit.source.string == "峰会在乌镇开慕。"
    assert "It opened in Wuzhen." in {candidate.target.string for candidate in unit.candidates}
    (told,) = [flag.reason for flag in unit.flags if flag.kind is FlagKind.SOURCE]
    assert "[-大-]{+峰+}会在乌镇开慕。" in told
    assert "The old one had been corrected by hand: 大会在乌镇开[-慕-]{+幕+}。" in told
    assert [orphan.source.string for orphan in mended.orphans("page")] == ["大会在乌镇开幕。"]


def test_a_correction_and_its_split_survive_runs_together(mended: Store) -> None:
    seen = mended.window("page", 0, 1)[0]
    parts = editing.split_at(seen.unit, 2, 2, mended.new_id("page", seen.unit.id, ""))
    mended.splice("page", [seen.unit.id], parts, expected={seen.unit.id: seen.version}, by="李雷", label="split")
    told = [(unit.source.string, unit.written.string) for unit in mended.load("page").units]
    assert told[:2] == [("大会", "大会"), ("在乌镇开幕。", "在乌镇开慕。")]
    again = translated(PAGE, mended)
    assert [(unit.source.string, unit.written.string) for unit in again.units] == told
