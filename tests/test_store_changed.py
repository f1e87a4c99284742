"""A document that changed since people worked on it: their words are found again, and never put in force in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilingual.bitext import Candidate, FlagKind, Origin, OriginKind, Text, Unit
from bilingual.rematch.words import covered, difference, likeness, plain
from bilingual.store import Store
from tests.test_merge import PAGE, WHEN, drafted


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workbench.sqlite") as opened:
        opened.save("乌镇", drafted(*PAGE))
        yield opened


def run(store: Store, *paragraphs: str) -> dict[str, Unit]:
    store.save("乌镇", drafted(*paragraphs, prefix="Better"))
    return {unit.source.string: unit for unit in store.load("乌镇").units}


CHANGED = {
    "a word changed": ("大会在乌镇开幕。", "大会在桐乡开幕。", "大会在[-乌镇-]{+桐乡+}开幕。"),
    "much changed, same neighbours": (
        "主办方表示感谢。",
        "主办方对各国嘉宾表示感谢。",
        "主办方{+对各国嘉宾+}表示感谢。",
    ),
    "words added at the end": ("大会闭幕。", "大会今天闭幕了。", "大会{+今天+}闭幕{+了+}。"),
}


@pytest.mark.parametrize(("old", "new", "told"), CHANGED.values(), ids=CHANGED)
def test_a_changed_sentence_gets_the_old_words_as_a_candidate_and_shows_what_changed(
    store: Store, old: str, new: str, told: str
) -> None:
    unit = next(unit for unit in store.load("乌镇").units if unit.source.string == old)
    store.edit("乌镇", unit.id, by="李雷", when=WHEN, target="What Li wrote.")
    changed = [new if paragraph == old else paragraph for paragraph in PAGE]
    first = run(store, *changed)[new]
    assert first.target.string == f"Better {new}", "never in silence as the target"
    assert not first.touched
    score = round(likeness(old, new), 3)
    assert first.candidates[-1] == Candidate(Text("What Li wrote."), Origin(OriginKind.MEMORY, "李雷", score), score)
    (flag,) = first.flags
    assert flag.kind is FlagKind.SOURCE
    assert f"since 李雷 translated it: {told} The words for the old one: “What Li wrote.”" in flag.reason
    assert run(store, *changed)[new] == first, "a second run says the same"
    assert [unit.target.string for unit in store.orphans("乌镇")] == ["What Li wrote."]
    store.edit("乌镇", first.id, by="韩梅梅", when=WHEN, target="What Han made of it.")
    assert run(store, *changed)[new].target.string == "What Han made of it."
    assert run(store, *PAGE)[old].target.string == "What Li wrote."


def test_a_moved_paragraph_keeps_its_words(store: Store) -> None:
    store.edit("乌镇", "u5", by="李雷", when=WHEN, target="The hosts said thanks.")
    now = run(store, PAGE[3], *PAGE[:3], *PAGE[4:])
    assert now["主办方表示感谢。"].target.string == "The hosts said thanks."
    assert now["主办方表示感谢。"].flags == ()


def test_an_identical_sentence_inserted_before_does_not_take_the_words(store: Store) -> None:
    store.edit("乌镇", "u4", by="李雷", when=WHEN, target="Good.")
    store.save("乌镇", drafted("好。", *PAGE, prefix="Better"))
    assert [u.target.string for u in store.load("乌镇").units if u.source.string == "好。"] == [
        "Better 好。",
        "Good.",
        "Better 好。",
    ]


def test_another_sentence_in_the_same_place_gets_nothing(store: Store) -> None:
    store.edit("乌镇", "u5", by="李雷", when=WHEN, target="The hosts said thanks.")
    changed = run(store, *PAGE[:3], "天气很热。", *PAGE[4:])["天气很热。"]
    assert (len(changed.candidates), changed.flags) == (1, ())


def test_no_words_are_proposed_where_a_person_has_put_some(store: Store) -> None:
    store.edit("乌镇", "u0", by="李雷", when=WHEN, target="What Li wrote.")
    first = run(store, "大会在桐乡开幕。", *PAGE[1:])["大会在桐乡开幕。"]
    store.edit("乌镇", first.id, by="李雷", when=WHEN, target="Li again.")
    before = store.load("乌镇")
    store.save("乌镇", drafted("大会在桐乡开幕。", *PAGE[1:], prefix="Better"))
    assert store.load("乌镇").units[0] == before.units[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("a b", "a\u00a0\u2009b"),
     ("“好”", '"好"'), ("ＡＢＣ，１２", "ABC,12"), ("it’s – so", "it's-so"), ("\ufeff好\r\n", "好")],
    ids=["spaces", "quotes", "widths", "dashes", "mark and line end"],
)  # fmt: skip
def test_what_tools_change_by_accident_makes_no_difference(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert likeness(one, other) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("the big day", "the great day", "the [-big-]{+great+} day"),
        ("大会开幕。", "大会闭幕。", "大会[-开-]{+闭+}幕。"),
        ("one", "quite another thing", "[-one-]{+quite another thing+}"),
        ("same", "same", "same"),
        ("a red old house here", "a blue new house here", "a [-red old-]{+blue new+} house here"),
    ],
)
def test_differences_are_told_by_the_word(old: str, new: str, told: str) -> None:
    assert difference(old, new) == told


def test_parts_put_end_to_end_are_found_without_end() -> None:
    assert covered("甲乙丙", {"甲": [4], "乙": [1], "乙丙": [2], "丙": [0]}) == [4, 2]
    assert covered("甲甲", {"甲": [7]}) is None
    assert covered("甲甲", {"甲": [7, 9]}) == [7, 9]
    assert covered("甲", {"甲": [7]}) is None
    assert covered("甲" * 500 + "乙", {"甲" * n: list(range(50)) for n in range(1, 60)}) is None
