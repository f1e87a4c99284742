"""Steps of people: each can be taken back and done again without end, and nothing anybody did is lost by it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bilingual import editing
from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Document,
    Kind,
    Locator,
    Origin,
    OriginKind,
    Span,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import ConflictError, InputError
from bilingual.merge.rebuilding import rebuild
from bilingual.saving import Saved, Saving
from bilingual.store import Done, Edit, Spent, Store, Undone

MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
WHEN = "2023-11-09T08:00:00Z"
Act = Callable[[Unit], Unit]
SENTENCES = ("大会开幕。", "习近平发表视频致辞。", "数字经济发展迅速。", "嘉宾来自126个国家和地区。", "大会闭幕。")


def page(*sentences: str) -> Bitext:
    text = "".join(sentences)
    block = Block("b1", Kind.PARAGRAPH, Text(text), (Span(0, len(text)),), (Locator(line=1),))
    units, at = [], 0
    for number, source in enumerate(sentences):
        words = Text(f"English of {source}")
        units.append(
            Unit(f"u{number}", "b1", Text(source), words, Span(at, at + len(source)), State.DRAFT, origin=MACHINE,
                 candidates=(Candidate(words, MACHINE),), source_locators=(Locator(line=1),))
        )  # fmt: skip
        at += len(source)
    return Bitext("zh", "en", (Document("乌镇", "zh", text, (block,)),), tuple(units))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workbench.sqlite") as opened:
        opened.save("乌镇", page(*SENTENCES))
        yield opened


def unit(store: Store, name: str) -> Unit:
    return store.seen("乌镇", [name])[name].unit


def say(store: Store, name: str, words: str, by: str = "李雷", join: int | None = None) -> Done:
    seen = store.seen("乌镇", [name])[name]
    edit = Edit(seen.version, editing.retargeted(seen.unit, words, by))
    return store.change("乌镇", [edit], by=by, at=WHEN, label="edit", join=join)


def words(store: Store) -> list[str]:
    return [one.target.string for one in store.load("乌镇").units]


def taken_back(store: Store, by: str = "李雷") -> Undone:
    back = store.undo("乌镇", by, WHEN)
    assert back is not None
    return back


def done_again(store: Store, by: str = "李雷") -> Undone:
    again = store.redo("乌镇", by, WHEN)
    assert again is not None
    return again


def split(store: Store, name: str, at: int, target_at: int, by: str = "李雷") -> Done:
    seen = store.seen("乌镇", [name])[name]
    second = store.new_id("乌镇", name, seen.unit.source.string)
    parts = editing.split_at(seen.unit, at, target_at, second)
    return store.splice("乌镇", [name], parts, expected={name: seen.version}, by=by, at=WHEN, label="split")


def test_a_window_an_outline_and_single_units_say_what_the_document_is(store: Store) -> None:
    whole = store.load("乌镇").units
    assert [(seen.place, seen.version, seen.unit) for seen in store.window("乌镇", 1, 3)] == [
        (1, 1, whole[1]), (2, 1, whole[2]), (3, 1, whole[3])
    ]  # fmt: skip
    assert [seen.place for seen in store.window("乌镇", 4, 50)] == [4]
    assert store.window("乌镇", 5, 50) == store.window("乌镇", 0, 0) == store.window("乌镇", 0, -1) == []
    assert store.window("乌镇", -3, 1) == store.window("乌镇", 0, 1)
    assert store.outline("乌镇") == [(f"u{number}", 1) for number in range(5)]
    found = store.seen("乌镇", ["u3", "u9", "u0", "u3"])
    assert list(found) == ["u3", "u0"]
    assert (found["u3"].place, found["u3"].unit) == (3, whole[3])
    assert store.words("乌镇", ["u4", "u9", "u1"]) == [
        (f"u{number}", SENTENCES[number], f"English of {SENTENCES[number]}", "draft") for number in (4, 1)
    ]
    assert (store.version("乌镇", "u1", 1), store.version("乌镇", "u1", 2)) == (whole[1], None)
    assert store.document("乌镇") == replace(store.load("乌镇"), units=())


def test_many_units_are_seen_at_the_places_that_a_few_are(tmp_path: Path) -> None:
    with Store(tmp_path / "workbench.sqlite") as store:
        store.save("乌镇", page(*(f"第{number}句。" for number in range(1200))))
        found = store.seen("乌镇", [f"u{number}" for number in range(1200)])
        assert [seen.place for seen in found.values()] == list(range(1200))
        assert store.seen("乌镇", ["u777"])["u777"] == found["u777"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.window("北京", 0, 1),
        lambda s: s.outline("北京"),
        lambda s: s.document("北京"),
        lambda s: say(s, "u0", "x") and s.outline("北京"),
    ],
)
def test_a_document_that_is_not_there_is_told(store: Store, ask: Callable[[Store], object]) -> None:
    with pytest.raises(InputError, match="there is no document '北京' in the store – there is: 乌镇"):
        ask(store)


def test_a_change_is_a_step_that_is_taken_back_and_done_again(store: Store) -> None:
    before = store.load("乌镇").units
    done = say(store, "u1", "Xi spoke by video.")
    after = store.load("乌镇").units
    assert (done.versions, unit(store, "u1").changed) == ({"u1": 2}, after[1].changed)
    back = taken_back(store)
    assert (back.label, back.versions, back.left, back.recut) == ("edit", {"u1": 3}, (), False)
    assert store.load("乌镇").units == before
    again = done_again(store)
    assert (again.label, again.versions) == ("edit", {"u1": 4})
    assert store.load("乌镇").units == after
    assert [(v.number, v.by, v.label) for v in store.history("乌镇", "u1")] == [
        (1, "", ""), (2, "李雷", "edit"), (3, "李雷", "undo"), (4, "李雷", "redo")
    ]  # fmt: skip
    assert [v.step for v in store.history("乌镇", "u1")] == [None, done.step, back.step, again.step]


def test_what_a_person_took_back_is_a_draft_again_that_a_run_may_replace(store: Store) -> None:
    say(store, "u1", "Xi spoke by video.")
    store.undo("乌镇", "李雷")
    better = replace(page(*SENTENCES), units=tuple(
        replace(one, target=Text("Better."), candidates=(Candidate(Text("Better."), MACHINE),))
        for one in page(*SENTENCES).units
    ))  # fmt: skip
    store.save("乌镇", better)
    assert unit(store, "u1").target.string == "Better."


def test_nothing_to_take_back_or_to_do_again_is_none(store: Store) -> None:
    assert store.undo("乌镇", "李雷") is None
    say(store, "u1", "Xi spoke.")
    assert store.redo("乌镇", "李雷") is None
    assert store.undo("乌镇", "韩梅梅") is None
    assert store.undo("北京", "李雷") is None
    assert store.undo("乌镇", "李雷") is not None
    assert store.undo("乌镇", "李雷") is None


def test_a_new_edit_after_an_undo_leaves_nothing_to_do_again(store: Store) -> None:
    say(store, "u1", "One.")
    say(store, "u2", "Two.")
    store.undo("乌镇", "李雷")
    say(store, "u3", "Three.")
    assert store.redo("乌镇", "李雷") is None
    assert [step and step.label for step in (store.undo("乌镇", "李雷"), store.undo("乌镇", "李雷"))] == ["edit"] * 2
    assert store.undo("乌镇", "李雷") is None
    assert words(store) == [one.target.string for one in page(*SENTENCES).units]


def test_all_that_was_taken_back_is_done_again_in_its_order(store: Store) -> None:
    said = [words(store)]
    for number in range(5):
        say(store, f"u{number % 3}", f"Li {number}.")
        said.append(words(store))
    for turns in (2, 5, 3):
        for left in range(1, turns + 1):
            taken_back(store)
            assert words(store) == said[-1 - left]
        for left in range(turns - 1, -1, -1):
            done_again(store)
            assert words(store) == said[-1 - left]
        assert store.redo("乌镇", "李雷") is None


def test_steps_are_taken_back_after_a_restart(store: Store) -> None:
    for number in range(5):
        say(store, f"u{number}", f"Li {number}.")
    store.close()
    with Store(store.path) as again:
        for _ in range(3):
            assert again.undo("乌镇", "李雷")
    with Store(store.path) as again:
        assert again.redo("乌镇", "李雷")
        assert words(again)[:3] == ["Li 0.", "Li 1.", "Li 2."]
        assert words(again)[3:] == ["English of 嘉宾来自126个国家和地区。", "English of 大会闭幕。"]


def test_typing_that_goes_on_is_one_step_and_every_version_is_kept(store: Store) -> None:
    first = say(store, "u1", "X").step
    for typed in ("Xi", "Xi s", "Xi spoke."):
        assert say(store, "u1", typed, join=first).step == first
    assert [v.unit.target.string for v in store.history("乌镇", "u1")][1:] == ["X", "Xi", "Xi s", "Xi spoke."]
    assert {v.step for v in store.history("乌镇", "u1")[1:]} == {first}
    store.undo("乌镇", "李雷")
    assert unit(store, "u1") == page(*SENTENCES).units[1]
    store.redo("乌镇", "李雷")
    assert unit(store, "u1").target.string == "Xi spoke."


@pytest.mark.parametrize("meanwhile", ["another unit", "another person", "an undo", "no such step"])
def test_a_step_is_only_gone_on_with_while_it_is_the_last_of_its_person(store: Store, meanwhile: str) -> None:
    first = say(store, "u1", "X").step
    if meanwhile == "another unit":
        say(store, "u2", "Y")
    elif meanwhile == "another person":
        say(store, "u1", "Han.", by="韩梅梅")
    elif meanwhile == "an undo":
        store.undo("乌镇", "李雷")
    done = say(store, "u1", "Xi", join=99 if meanwhile == "no such step" else first)
    assert done.step not in {None, first}


def test_what_changes_nothing_is_no_step(store: Store) -> None:
    seen = store.seen("乌镇", ["u1"])["u1"]
    done = store.change("乌镇", [Edit(seen.version, seen.unit)], by="李雷", label="edit")
    assert (done, store.undo("乌镇", "李雷")) == (Done(None, {"u1": 1}), None)


def test_all_units_of_a_change_or_none(store: Store) -> None:
    seen = store.seen("乌镇", ["u1", "u2"])
    say(store, "u2", "Han's.", by="韩梅梅")
    edits = [Edit(one.version, editing.retargeted(one.unit, "Li's.", "李雷")) for one in seen.values()]
    with pytest.raises(ConflictError, match="unit u2 of 乌镇 was changed by 韩梅梅 since you opened it") as told:
        store.change("乌镇", edits, by="李雷", label="replace")
    assert {name: one.unit.target.string for name, one in told.value.now.items()} == {"u2": "Han's."}
    assert words(store)[1:3] == ["English of 习近平发表视频致辞。", "Han's."]


def test_notes_and_proposals_that_came_meanwhile_are_no_conflict_and_stay(store: Store) -> None:
    seen = store.seen("乌镇", ["u1"])["u1"]
    acts: list[Act] = [
        lambda u: editing.noted(u, "查过", "韩梅梅", WHEN),
        lambda u: editing.candidate_kept(u, "Or so.", "韩梅梅"),
    ]
    for act in acts:
        now = store.seen("乌镇", ["u1"])["u1"]
        store.change("乌镇", [Edit(now.version, act(now.unit))], by="韩梅梅", label="note")
    edit = Edit(seen.version, editing.noted(editing.retargeted(seen.unit, "Xi spoke.", "李雷"), "好", "李雷", WHEN))
    assert store.change("乌镇", [edit], by="李雷", label="edit").versions == {"u1": 4}
    whole = unit(store, "u1")
    assert (whole.target.string, [note.text for note in whole.notes]) == ("Xi spoke.", ["查过", "好"])
    assert "Or so." in {candidate.target.string for candidate in whole.candidates}


def test_the_same_words_sent_twice_are_no_conflict(store: Store) -> None:
    seen = store.seen("乌镇", ["u1"])["u1"]
    edit = Edit(seen.version, editing.retargeted(seen.unit, "Xi spoke.", "李雷"))
    store.change("乌镇", [edit], by="李雷", label="edit")
    assert store.change("乌镇", [edit], by="李雷", label="edit") == Done(None, {"u1": 2})


@pytest.mark.parametrize("act", [lambda u: editing.with_state(u, State.FINAL), editing.locked,
                                 lambda u: editing.source_corrected(u, "习近平作视频致辞。"),
                                 lambda u: editing.retargeted(u, "Han's.", "韩梅梅")],
                         ids=["state", "lock", "source", "words"])  # fmt: skip
def test_what_two_people_cannot_both_change_is_a_conflict(store: Store, act: Act) -> None:
    seen = store.seen("乌镇", ["u1"])["u1"]
    store.change("乌镇", [Edit(1, act(seen.unit))], by="韩梅梅", label="edit")
    with pytest.raises(ConflictError):
        store.change("乌镇", [Edit(1, editing.retargeted(seen.unit, "Li's.", "李雷"))], by="李雷", label="edit")


@pytest.mark.parametrize("wrong", ["twice", "unknown", "a version nobody saw"])
def test_a_change_that_cannot_be_is_told(store: Store, wrong: str) -> None:
    one = replace(unit(store, "u1"), target=Text("New."))
    edits = {"twice": [Edit(1, one), Edit(1, one)], "unknown": [Edit(1, replace(one, id="u9"))],
             "a version nobody saw": [Edit(7, one)]}[wrong]  # fmt: skip
    with pytest.raises(ConflictError if "version" in wrong else InputError):
        store.change("乌镇", edits, by="李雷", label="edit")
    assert words(store)[1] == "English of 习近平发表视频致辞。"


def test_what_another_did_later_to_the_same_unit_stays_and_is_told(store: Store) -> None:
    say(store, "u1", "Li's words.")
    say(store, "u2", "Li's too.")
    say(store, "u1", "Han's words.", by="韩梅梅")
    assert store.undo("乌镇", "李雷")
    back = taken_back(store)
    assert [one.id for one in back.left] == ["u1"]
    assert words(store)[1:3] == ["Han's words.", "English of 数字经济发展迅速。"]
    assert store.undo("乌镇", "李雷") is None


def test_only_what_nobody_changed_later_is_taken_back_of_a_unit(store: Store) -> None:
    say(store, "u1", "Li's words.")
    seen = store.seen("乌镇", ["u1"])["u1"]
    final = editing.noted(editing.with_state(seen.unit, State.FINAL), "查过", "韩梅梅", WHEN)
    store.change("乌镇", [Edit(seen.version, final)], by="韩梅梅", label="state")
    back = taken_back(store)
    whole = unit(store, "u1")
    assert [one.id for one in back.left] == ["u1"]
    assert (whole.target.string, whole.state) == ("English of 习近平发表视频致辞。", State.FINAL)
    assert [note.text for note in whole.notes] == ["查过"]


def test_a_unit_that_another_has_locked_later_stays_as_it_is(store: Store) -> None:
    say(store, "u1", "Li's words.")
    seen = store.seen("乌镇", ["u1"])["u1"]
    store.change("乌镇", [Edit(seen.version, editing.locked(seen.unit))], by="韩梅梅", label="lock")
    assert [one.id for one in taken_back(store).left] == ["u1"]
    assert unit(store, "u1").target.string == "Li's words."


def test_back_and_forth_has_no_end(store: Store) -> None:
    say(store, "u1", "Xi spoke.")
    store._base.execute("PRAGMA synchronous = OFF")  # a test need not survive a power cut
    for _ in range(520):
        assert (taken_back(store).label, done_again(store).label) == ("edit", "edit")
    taken_back(store)
    assert unit(store, "u1") == page(*SENTENCES).units[1]


def test_each_person_takes_back_their_own_steps(store: Store) -> None:
    say(store, "u1", "Li's.")
    say(store, "u2", "Han's.", by="韩梅梅")
    store.undo("乌镇", "李雷")
    assert words(store)[1:3] == ["English of 习近平发表视频致辞。", "Han's."]
    store.undo("乌镇", "韩梅梅")
    store.redo("乌镇", "李雷")
    assert words(store)[1:3] == ["Li's.", "English of 数字经济发展迅速。"]


def test_a_run_in_between_takes_nothing_from_the_way_back(store: Store) -> None:
    say(store, "u1", "Li's.")
    split(store, "u3", 4, 7)
    store.save("乌镇", page("新闻。", *SENTENCES))
    assert store.undo("乌镇", "李雷")
    back = taken_back(store)
    assert not back.left
    assert unit(store, "u1").target.string == "English of 习近平发表视频致辞。"


def test_what_was_done_to_a_unit_that_has_gone_is_told_and_stays(store: Store) -> None:
    say(store, "u1", "Li's.")
    store.save("乌镇", page(*SENTENCES[2:]))
    assert [one.target.string for one in taken_back(store).left] == ["Li's."]
    assert [one.target.string for one in store.orphans("乌镇")] == ["Li's."]


def test_an_edit_while_a_run_finds_out_what_to_save_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run, others = Saving.run, [("u2", "Li's too.")]

    def slow(self: Saving, units: Sequence[Unit], blocks: Mapping[str, Block]) -> Saved:
        if others:
            with Store(store.path) as other:
                say(other, *others.pop())
        return run(self, units, blocks)

    with monkeypatch.context() as patch:
        patch.setattr(Saving, "run", slow)
        better = [replace(one, target=Text("Better.")) for one in page(*SENTENCES).units]
        store.save("乌镇", replace(page(*SENTENCES), units=tuple(better)))
    assert words(store)[1:3] == ["Better.", "Li's too."]
    assert Text("Better.") in {candidate.target for candidate in unit(store, "u2").candidates}


def test_merges_are_not_taken_back_by_it_nor_its_steps_by_bilingual_undo(store: Store) -> None:
    units = [replace(one, target=Text("Merged.")) if one.id == "u1" else one for one in store.load("乌镇").units]
    store.arrange("乌镇", units, seen=store.stamp("乌镇"), kind="merge", by="李雷", at=WHEN)
    assert store.undo("乌镇", "李雷") is None
    done = say(store, "u2", "Li's.")
    assert [step.kind for step in store.steps("乌镇")] == ["merge"]
    assert [(step.kind, step.id) for step in store.acts("乌镇")] == [("edit", done.step)]
    with pytest.raises(InputError, match=f"there is no merge {done.step}"):
        store.step(done.step or 0)
    assert [v.label for v in store.history("乌镇", "u1")] == ["", "merge"]


def test_a_unit_is_split_and_made_whole_again(store: Store) -> None:
    before = store.load("乌镇").units
    done = split(store, "u3", 4, 7)
    cut = store.load("乌镇").units
    assert [one.source.string for one in cut[3:5]] == ["嘉宾来自", "126个国家和地区。"]
    assert list(done.versions.values()) == [2, 1]
    assert [seen.unit for seen in store.window("乌镇", 0, 9)] == list(cut)
    back = taken_back(store)
    assert (back.recut, back.gone) == (True, (cut[4].id,))
    assert store.load("乌镇").units == before
    again = done_again(store)
    assert again.versions.keys() == {"u3", cut[4].id}
    assert store.load("乌镇").units == cut


def test_a_cut_that_was_worked_on_later_stays_and_is_told(store: Store) -> None:
    split(store, "u3", 4, 7)
    second = store.outline("乌镇")[4][0]
    say(store, second, "From 126 countries.", by="韩梅梅")
    back = taken_back(store)
    assert (back.recut, back.versions) == (False, {})
    assert [one.id for one in back.left] == ["u3", second]
    assert len(store.outline("乌镇")) == 6


def test_units_are_joined_by_a_splice_and_parted_again(store: Store) -> None:
    before = store.load("乌镇")
    whole = editing.joined(before.units[1:4], before.documents[0].blocks[0])
    versions = {f"u{number}": 1 for number in (1, 2, 3)}
    store.splice("乌镇", list(versions), [whole], expected=versions, by="李雷", label="join")
    assert [one for one, _ in store.outline("乌镇")] == ["u0", "u1", "u4"]
    assert unit(store, "u1").source.string == "".join(SENTENCES[1:4])
    back = taken_back(store)
    assert back.versions.keys() == {"u1", "u2", "u3"}
    assert store.load("乌镇") == before


def test_a_run_finds_cut_units_again(store: Store) -> None:
    split(store, "u3", 4, 7)
    before = [(one.id, one.source.string, one.target.string) for one in store.load("乌镇").units]
    store.save("乌镇", page(*SENTENCES))
    assert [(one.id, one.source.string, one.target.string) for one in store.load("乌镇").units] == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (["u1", "u3"], ["u1"], "only units that follow each other"),
        (["u2", "u1"], ["u1"], "only units that follow each other"),
        ([], ["u9"], "only units that follow each other"),
        (["u1"], [], "only units that follow each other"),
        (["u1"], ["u1", "u4"], "a new unit has the id of another"),
        (["u1"], ["u1", "u1"], "a new unit has the id of another"),
        (["u9"], ["u9"], "there is no unit 'u9' in '乌镇'"),
    ],
)
def test_a_splice_that_cannot_be_is_told_and_changes_nothing(
    store: Store, old: list[str], new: list[str], told: str
) -> None:
    before = store.stamp("乌镇")
    units = [replace(page(*SENTENCES).units[0], id=name) for name in new]
    with pytest.raises(InputError, match=told):
        store.splice("乌镇", old, units, expected=dict.fromkeys(old, 1), by="李雷", label="split")
    assert store.stamp("乌镇") == before


def test_a_splice_of_what_another_has_changed_is_a_conflict(store: Store) -> None:
    say(store, "u1", "Han's.", by="韩梅梅")
    with pytest.raises(ConflictError) as told:
        store.splice("乌镇", ["u1"], page(*SENTENCES).units[1:2], expected={"u1": 1}, by="李雷", label="split")
    assert list(told.value.now) == ["u1"]


def test_units_are_put_where_there_is_no_room_left(store: Store) -> None:
    for number in range(8):
        if number in {0, 5}:  # as older stores have them
            base = sqlite3.connect(store.path)
            places = [(place, name) for place, (name, _) in enumerate(store.outline("乌镇"))]
            base.executemany("UPDATE unit SET place = ? WHERE id = ?", places)
            base.commit()
            base.close()
        split(store, store.outline("乌镇")[1 + number][0], 1, 0)
    whole = store.load("乌镇").units
    assert [one.source.string for one in whole[1:10]] == [*"习近平发表视频致", "辞。"]
    assert [seen.unit for seen in store.window("乌镇", 0, 99)] == list(whole)


def test_an_id_is_never_given_twice(store: Store) -> None:
    split(store, "u3", 4, 7)
    store.undo("乌镇", "李雷")
    gone = store.history("乌镇", store.new_id("乌镇", "u3x", "嘉宾"))
    assert gone == ()
    first = split(store, "u3", 4, 7).versions
    second = split(store, "u3", 2, 3).versions
    assert len(first.keys() | second.keys()) == 3


def test_what_people_spend_is_added_up_by_unit_and_sitting(store: Store) -> None:
    for sitting, by, seconds, keys in (
        ("a", "李雷", 2.5, 10),
        ("a", "李雷", 1.5, 5),
        ("b", "李雷", 1, 0),
        ("c", "韩梅梅", 8, 80),
    ):
        store.effort("乌镇", "u1", by=by, sitting=sitting, seconds=seconds, keys=keys)
    assert store.spent("乌镇") == {"u1": Spent(13.0, 95, 3)}
    assert store.spent("乌镇", by="李雷") == {"u1": Spent(5.0, 15, 2)}
    assert store.spent("北京") == {}


def test_what_is_done_together_is_kept_together_or_not_at_all(store: Store) -> None:
    before, was = store.seen("乌镇", ["u1"]), store.spent("乌镇")

    def both(seconds: float) -> None:
        with store.together():
            say(store, "u1", "Li's.")
            store.effort("乌镇", "u1", by="李雷", sitting="a", seconds=seconds)

    with pytest.raises(InputError, match="cannot be"):
        both(-1)
    assert (store.seen("乌镇", ["u1"]), store.spent("乌镇")) == (before, was)
    both(1)
    assert store.seen("乌镇", ["u1"])["u1"].unit.target.string == "Li's."
    assert store.spent("乌镇")["u1"].seconds == 1.0


@pytest.mark.parametrize(("seconds", "keys"), [(-1, 0), (0, -1), (float("nan"), 0), (float("inf"), 0)])
def test_an_effort_that_cannot_be_is_told(store: Store, seconds: float, keys: int) -> None:
    with pytest.raises(InputError, match="cannot be"):
        store.effort("乌镇", "u1", by="李雷", sitting="a", seconds=seconds, keys=keys)


def test_a_store_mended_from_a_damaged_one_goes_on_taking_back(store: Store, tmp_path: Path) -> None:
    say(store, "u1", "Li's.")
    split(store, "u3", 4, 7)
    store.effort("乌镇", "u1", by="李雷", sitting="a", seconds=3, keys=4)
    store.close()
    with Store(rebuild([store.path], tmp_path / "new").path) as mended:
        assert mended.steps() == ()
        assert [step and step.label for step in (mended.undo("乌镇", "李雷"), mended.undo("乌镇", "李雷"))] == [
            "split",
            "edit",
        ]
        assert mended.load("乌镇") == page(*SENTENCES)
        assert mended.spent("乌镇") == {"u1": Spent(3.0, 4, 1)}


TYPING = """
    import sys
    from pathlib import Path
    from bilingual import editing
    from bilingual.store import Edit, Store
    with Store(Path(sys.argv[1])) as store:
        for number in range(100_000):
            seen = store.seen("乌镇", ["u1"])["u1"]
            edit = Edit(seen.version, editing.retargeted(seen.unit, f"Words {number}.", "李雷"))
            store.change("乌镇", [edit], by="李雷", label="edit")
            print(number, flush=True)
"""
NOTING = """
    import sys
    from pathlib import Path
    from bilingual import editing
    from bilingual.errors import ConflictError
    from bilingual.store import Edit, Store
    with Store(Path(sys.argv[1])) as store:
        for number in range(25):
            seen = store.seen("乌镇", ["u1"])["u1"]
            unit = editing.noted(seen.unit, f"{number}", sys.argv[2], "")
            store.change("乌镇", [Edit(seen.version, unit)], by=sys.argv[2], label="note")
"""


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_process_has_lost_nothing_it_acknowledged(store: Store) -> None:
    known = 0
    for lines in (3, 17):
        process = start(TYPING, store.path)
        assert process.stdout
        acknowledged = [process.stdout.readline() for _ in range(lines)]
        os.kill(process.pid, signal.SIGKILL)
        rest, _ = process.communicate()
        last = int([*acknowledged, *rest.split("\n")[:-1]][-1])
        with Store(store.path) as again:
            history = [version.unit.target.string for version in again.history("乌镇", "u1")][1:]
            assert history[known : known + last + 1] == [f"Words {number}." for number in range(last + 1)]
            known = len(history)
    with Store(store.path) as again:
        for _ in range(known):
            assert again.undo("乌镇", "李雷")
        assert again.undo("乌镇", "李雷") is None
        assert again.load("乌镇") == page(*SENTENCES)


def test_two_processes_on_one_unit_lose_nothing_of_each_other(store: Store) -> None:
    running = [start(NOTING, store.path, by) for by in ("李雷", "韩梅梅")]
    for process in running:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
    said = {(note.author, note.text) for note in unit(store, "u1").notes}
    assert said == {(by, str(number)) for by in ("李雷", "韩梅梅") for number in range(25)}


class Sitting(RuleBasedStateMachine):
    """One person's work against a list of what the document was after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "workbench.sqlite")
        self.store.save("乌镇", page(*SENTENCES))
        self.states = [self.store.load("乌镇").units]
        self.at = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def one(self, place: int) -> str:
        outline = self.store.outline("乌镇")
        return outline[place % len(outline)][0]

    def done(self) -> None:
        units = self.store.load("乌镇").units
        if units != self.states[self.at]:
            self.states[self.at + 1 :] = [units]
            self.at += 1

    @rule(
        places=st.lists(st.integers(0, 9), min_size=1, max_size=3),
        words=st.sampled_from(["Xi spoke.", "好", "", "It."]),
    )
    def say(self, places: list[int], words: str) -> None:
        seen = self.store.seen("乌镇", map(self.one, places)).values()
        edits = [Edit(one.version, editing.retargeted(one.unit, words, "李雷")) for one in seen if not one.unit.locked]
        self.store.change("乌镇", edits, by="李雷", label="edit")
        self.done()

    @rule(place=st.integers(0, 9), on=st.booleans())
    def mark(self, place: int, on: bool) -> None:
        (one,) = self.store.seen("乌镇", [self.one(place)]).values()
        marked = editing.noted(editing.locked(one.unit, on), "查过", "李雷", WHEN)
        self.store.change("乌镇", [Edit(one.version, marked)], by="李雷", label="lock")
        self.done()

    @rule(place=st.integers(0, 9), at=st.integers(1, 5))
    def cut(self, place: int, at: int) -> None:
        (one,) = self.store.seen("乌镇", [self.one(place)]).values()
        if one.unit.locked or len(one.unit.source.string) <= at:
            return
        split(self.store, one.unit.id, at, at)
        self.done()

    @rule(place=st.integers(0, 9))
    def join(self, place: int) -> None:
        both = self.store.window("乌镇", place % len(self.store.outline("乌镇")), 2)
        if len(both) < 2 or any(one.unit.locked for one in both):
            return
        versions = {one.unit.id: one.version for one in both}
        whole = editing.joined([one.unit for one in both])
        self.store.splice("乌镇", list(versions), [whole], expected=versions, by="李雷", label="join")
        self.done()

    @rule()
    def undo(self) -> None:
        assert (self.store.undo("乌镇", "李雷") is not None) == (self.at > 0)
        self.at = max(self.at - 1, 0)

    @rule()
    def redo(self) -> None:
        more = self.at + 1 < len(self.states)
        assert (self.store.redo("乌镇", "李雷") is not None) == more
        self.at += more

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store(self.store.path)

    @invariant()
    def the_document_is_what_it_was_then(self) -> None:
        units = self.store.load("乌镇").units
        assert units == self.states[self.at]
        assert [seen.unit for seen in self.store.window("乌镇", 0, 99)] == list(units)
        assert "".join(one.source.string for one in units) == "".join(SENTENCES)


TestSitting = Sitting.TestCase
TestSitting.settings = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
