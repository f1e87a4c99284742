"""The store: nothing a person did is lost, whatever a run, another process or the disk does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Change,
    Document,
    Kind,
    Locator,
    Origin,
    OriginKind,
    Span,
    State,
    Template,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import ConflictError, InputError, OutputError
from bilingual.saving import Saved
from bilingual.store import Store
from tests.strategies import bitexts, hostile

MACHINE = Origin(OriginKind.MACHINE, "zh_en 1.9")
WHEN = "2023-11-09T08:00:00Z"
SENTENCES = ("大会开幕。", "习近平发表视频致辞。", "数字经济发展迅速。", "大会闭幕。")


def drafted(number: int, source: str, target: str = "") -> Unit:
    words = Text(target or f"English of {source}")
    return Unit(f"u{number}", "b1", Text(source), words, Span(0, len(source)), State.DRAFT, origin=MACHINE,
                candidates=(Candidate(words, MACHINE),), source_locators=(Locator(line=number),))  # fmt: skip


def page(*sentences: str, prefix: str = "") -> Bitext:
    text = "".join(sentences)
    block = Block("b1", Kind.PARAGRAPH, Text(text), (Span(0, len(text)),), (Locator(line=1),))
    document = Document("乌镇", "zh", text, (block,), Template("乌镇.txt", "0" * 64, "text"))
    units = tuple(drafted(number, source, prefix and f"{prefix} {source}") for number, source in enumerate(sentences))
    return Bitext("zh", "en", (document,), units)


def sources(bitext: Bitext) -> list[str]:
    return [unit.source.string for unit in bitext.units]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "aligned" / "workbench.sqlite") as opened:
        yield opened


def test_what_was_saved_is_loaded_and_saving_it_again_changes_nothing(store: Store) -> None:
    assert store.save("乌镇", page(*SENTENCES)) == Saved(added=4)
    assert store.load("乌镇") == page(*SENTENCES)
    assert store.names() == ("乌镇",)
    assert store.save("乌镇", page(*SENTENCES)) == Saved()
    assert set(store.versions("乌镇").values()) == {1}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(bitext=bitexts(hostile), name=st.text(max_size=5))
def test_every_field_is_stored(tmp_path_factory: pytest.TempPathFactory, bitext: Bitext, name: str) -> None:
    with Store(tmp_path_factory.mktemp("store") / "workbench.sqlite") as store:
        store.save(name, bitext)
        assert store.load(name) == bitext


def test_a_run_replaces_what_nobody_touched_and_keeps_the_version_before(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    assert store.save("乌镇", page(*SENTENCES, prefix="Better")) == Saved(changed=4)
    assert store.load("乌镇") == page(*SENTENCES, prefix="Better")
    first, second = store.history("乌镇", "u0")
    assert (first.number, first.by, first.at, first.unit.target.string) == (1, "", "", "English of 大会开幕。")
    assert (second.number, second.unit.target.string) == (2, "Better 大会开幕。")


def test_a_run_never_overwrites_a_persons_words(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    store.edit("乌镇", "u1", by="李雷", when=WHEN, target="Xi spoke by video.", note="查过")
    moved = page("新的一句。", *SENTENCES, prefix="Better")
    assert store.save("乌镇", moved) == Saved(added=1, changed=4, kept=1)
    unit = store.load("乌镇").units[2]
    assert unit.target.string == "Xi spoke by video."
    assert (unit.state, unit.changed, unit.origin) == (
        State.TRANSLATED,
        Change("李雷", WHEN),
        Origin(OriginKind.PERSON, "李雷"),
    )
    assert [note.text for note in unit.notes] == ["查过"]
    assert [c.target.string for c in unit.candidates] == [
        "English of 习近平发表视频致辞。",
        "Better 习近平发表视频致辞。",
    ]
    assert unit.source_locators == moved.units[2].source_locators
    assert store.save("乌镇", moved) == Saved(kept=1), "a second run adds nothing"


@pytest.mark.parametrize(
    "touched",
    [
        {"state": State.REVIEWED},
        {"locked": True},
        {"changed": Change("李雷", WHEN)},
        {"target": Text("words of my own")},
    ],
    ids=["state", "locked", "changed", "target"],
)  # fmt: skip
def test_whatever_makes_a_unit_touched_protects_it(store: Store, touched: dict[str, object]) -> None:
    before = page(*SENTENCES)
    edited = replace(before.units[0], **touched)  # type: ignore[arg-type]
    store.save("乌镇", replace(before, units=(edited, *before.units[1:])))
    for prefix in ("Better", "Worse"):
        store.save("乌镇", page(*SENTENCES, prefix=prefix))
    now = store.load("乌镇").units[0]
    assert (now.target, now.state, now.locked, now.changed) == (
        edited.target,
        edited.state,
        edited.locked,
        edited.changed,
    )
    assert [c.target.string for c in now.candidates[1:]] == ["Better 大会开幕。", "Worse 大会开幕。"]


def test_units_are_found_again_by_their_words_and_neighbours(store: Store) -> None:
    store.save("乌镇", page("好。", "大会开幕。", "好。", "大会闭幕。"))
    store.edit("乌镇", "u2", by="李雷", when=WHEN, target="Good indeed.")
    store.save("乌镇", page("前言。", "好。", "大会开幕。", "好。", "大会闭幕。"))
    now = store.load("乌镇")
    assert [unit.id for unit in now.units[1:]] == ["u0", "u1", "u2", "u3"]
    assert now.units[0].id not in {"u0", "u1", "u2", "u3"}
    assert now.units[3].target.string == "Good indeed."


def test_touched_units_without_a_source_are_kept_aside_and_come_back(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    store.edit("乌镇", "u1", by="李雷", when=WHEN, target="Xi spoke by video.")
    assert store.save("乌镇", page(SENTENCES[0], SENTENCES[3])) == Saved(changed=1, removed=1, orphaned=1)
    assert sources(store.load("乌镇")) == [SENTENCES[0], SENTENCES[3]]
    assert [unit.target.string for unit in store.orphans("乌镇")] == ["Xi spoke by video."]
    assert store.save("乌镇", page(SENTENCES[0], SENTENCES[3])) == Saved(orphaned=1)
    store.save("乌镇", page(*SENTENCES))
    assert store.load("乌镇").units[1].target.string == "Xi spoke by video."
    assert store.orphans("乌镇") == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs=st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=7), min_size=2, max_size=4), touch=st.data())
def test_no_run_whatever_loses_a_persons_words(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]], touch: st.DataObject
) -> None:
    theirs: dict[str, str] = {}
    with Store(tmp_path_factory.mktemp("store") / "workbench.sqlite") as store:
        for number, run in enumerate(runs):
            store.save("页", page(*run, prefix=str(number)))
            now = store.load("页")
            assert sources(now) == run
            assert len({unit.id for unit in now.units}) == len(run)
            if now.units:
                unit = touch.draw(st.sampled_from(now.units))
                theirs[unit.id] = f"person {number}"
                store.edit("页", unit.id, by="韩梅梅", when=WHEN, target=theirs[unit.id])
            kept = {unit.id: unit.target.string for unit in (*store.load("页").units, *store.orphans("页"))}
            assert theirs.items() <= kept.items()


def test_the_second_of_two_people_is_told(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    seen = store.versions("乌镇")["u0"]
    store.edit("乌镇", "u0", by="李雷", when=WHEN, target="Opened.", expected=seen)
    with pytest.raises(ConflictError, match="changed by 李雷"):
        store.edit("乌镇", "u0", by="韩梅梅", target="Opens.", expected=seen)
    store.edit("乌镇", "u0", by="韩梅梅", state=State.FINAL, expected=seen + 1)
    last = store.history("乌镇", "u0")[-1]
    assert (last.by, last.unit.target.string, last.unit.state) == ("韩梅梅", "Opened.", State.FINAL)
    assert last.at.endswith("Z")


def test_what_is_not_there_is_told_with_what_is(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    with pytest.raises(InputError, match="no document '北京' in the store – there is: 乌镇"):
        store.load("北京")
    with pytest.raises(InputError, match="no unit 'u9'"):
        store.edit("乌镇", "u9", by="李雷")
    assert store.history("乌镇", "u9") == ()


def test_a_translation_once_kept_stays(store: Store) -> None:
    store.remember({"k1": Text("first"), "k2": Text("second")})
    store.remember({"k1": Text("other")})
    many = {f"n{n}": Text(str(n)) for n in range(1200)}
    store.remember(many)
    assert store.cached(["k1", "k2", "k3"], Text) == {"k1": Text("first"), "k2": Text("second")}
    assert store.cached(many, Text) == many


def test_two_processes_see_each_other(store: Store) -> None:
    with Store(store.path) as other:
        other.save("乌镇", page(*SENTENCES))
        store.edit("乌镇", "u0", by="李雷", when=WHEN, target="Opened.")
        assert other.load("乌镇").units[0].target.string == "Opened."


def test_a_store_that_is_busy_is_told(store: Store) -> None:
    blocker = sqlite3.connect(store.path, isolation_level=None)
    with Store(store.path, wait=0.05) as other:
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match="another process is writing"):
            other.save("乌镇", page(*SENTENCES))
        blocker.execute("COMMIT")
        other.save("乌镇", page(*SENTENCES))
    blocker.close()


def test_a_full_disk_is_told_and_nothing_is_half_saved(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    pages = store._base.execute("PRAGMA page_count").fetchone()[0]
    store._base.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(OutputError, match="the disk is full – make room"):
        store.save("北京", page(*("数字经济" * 50 + str(number) for number in range(500))))
    assert store.names() == ("乌镇",)
    assert store.load("乌镇") == page(*SENTENCES)


def _moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite"))


def _deleted(path: Path) -> None:
    path.unlink()


def _replaced(path: Path) -> None:
    copy = path.with_name("copy.sqlite")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("act", [_moved, _deleted, _replaced])
def test_nothing_is_called_saved_in_a_file_that_has_gone(store: Store, act: Callable[[Path], None]) -> None:
    store.save("乌镇", page(*SENTENCES))
    act(store.path)
    with pytest.raises(OutputError, match="was moved, deleted or replaced while it was open: nothing was saved"):
        store.edit("乌镇", "u0", by="ann", target="The conference opened.")
    assert store.load("乌镇").units[0].target.string == "English of 大会开幕。"


def test_a_file_that_is_put_back_is_written_again(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    away = store.path.with_name("away.sqlite")
    store.path.rename(away)
    with pytest.raises(OutputError):
        store.edit("乌镇", "u0", by="ann", target="The conference opened.")
    away.rename(store.path)
    store.edit("乌镇", "u0", by="ann", target="The conference opened.")
    assert store.load("乌镇").units[0].target.string == "The conference opened."


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is no database at all" * 100)


def _cut(path: Path) -> None:
    with Store(path) as store:
        store.save("乌镇", page(*SENTENCES * 200))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 20)


def _foreign(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE recipes (name)")
    base.commit()
    base.close()


def _newer(path: Path) -> None:
    Store(path).close()
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 99")
    base.close()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [(_garbage, "is damaged"), (_cut, "is damaged"), (_foreign, "another program's"), (_newer, "newer bilingual")],
    ids=["garbage", "cut", "foreign", "newer"],
)
def test_a_file_that_is_no_store_of_ours_is_told_and_left_alone(tmp_path: Path, spoil: object, told: str) -> None:
    path = tmp_path / "workbench.sqlite"
    spoil(path)  # type: ignore[operator]
    before = path.read_bytes()

    def use() -> None:
        with Store(path) as store:
            store.load("乌镇")

    with pytest.raises(InputError, match=told):
        use()
    assert path.read_bytes() == before


def test_a_store_of_an_older_kind_gets_what_it_lacks(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    store.close()
    base = sqlite3.connect(store.path)
    for table in ("journal", "recut", "effort", "shown", "changed", "change"):
        base.execute(f"DROP TABLE {table}")
    base.execute("DROP INDEX unit_place")
    base.execute("PRAGMA user_version = 2")
    base.close()
    with Store(store.path) as newer:
        assert newer.load("乌镇") == page(*SENTENCES)
        assert (newer.steps(), newer.shown("乌镇")) == ((), [])


def test_a_document_as_it_was_at_a_revision(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    first = store.revision("乌镇")
    store.edit("乌镇", "u1", by="李雷", when=WHEN, target="Xi spoke.")
    store.save("乌镇", page(*SENTENCES[2:]))
    assert store.revision("乌镇") > first
    assert tuple(store.as_of("乌镇", first).values()) == page(*SENTENCES).units
    assert store.as_of("乌镇", first + 1)["u1"].target.string == "Xi spoke."


def test_a_step_is_made_only_from_what_is_still_so(store: Store) -> None:
    store.save("乌镇", page(*SENTENCES))
    seen, units = store.stamp("乌镇"), store.load("乌镇").units
    store.edit("乌镇", "u1", by="李雷", when=WHEN, target="Xi spoke.")
    with pytest.raises(ConflictError, match="changed by another process"):
        store.arrange("乌镇", units, seen=seen, kind="merge", by="韩梅梅", at=WHEN)
    seen = store.stamp("乌镇")
    assert store.arrange("乌镇", store.load("乌镇").units, seen=seen, kind="merge", by="韩梅梅", at=WHEN) is None
    assert store.arrange("乌镇", units[:2], seen=seen, kind="merge", by="韩梅梅", at=WHEN) == 2
    assert store.step(2).units == (("u1", 2, 3), ("u2", 1, 0), ("u3", 1, 0))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="a file, not a folder"):
        Store(tmp_path / "file" / "workbench.sqlite")
    (tmp_path / "workbench.sqlite").mkdir()
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path / "workbench.sqlite")
