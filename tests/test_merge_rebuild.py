"""A store made anew, from TMX files or from the ruins of another, and never over one that is there."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from bilingual.errors import InputError, OutputError
from bilingual.merge import Choice, merge_file, undo
from bilingual.merge.rebuilding import NOT_IN_TMX, rebuild
from bilingual.store import Store
from bilingual.views import write_views
from tests.test_merge import LI, PAGE, WHEN, drafted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of two documents, one of them edited, merged and edited again, and their views."""
    made = tmp_path / "aligned"
    with Store(made / "workbench.sqlite") as store:
        store.save("乌镇", drafted(*PAGE), b"source")
        store.save(
            "北京", drafted("很" * 9999 + "长。", *(f"第{number}段，它很长。" * 9 for number in range(30)), name="北京")
        )
        for name in ("乌镇", "北京"):
            write_views(store, name, made, ["tmx", "csv"])
        table = made / "乌镇.csv"
        table.write_bytes(table.read_bytes().replace("English of 大会闭幕。,draft".encode(), b"It closed.,final"))
        assert merge_file(store, table, LI).step == 1
        store.edit("乌镇", "u1", by="韩梅梅", when=WHEN, target="Guests came.", note="查过")
        for name in ("乌镇", "北京"):
            write_views(store, name, made, ["tmx", "csv"])
    return made


def test_a_store_is_made_from_its_tmx_files(folder: Path, tmp_path: Path) -> None:
    done = rebuild([folder / "乌镇.tmx", folder / "北京.tmx"], tmp_path / "new")
    assert done.documents == {"乌镇": 8, "北京": 271}
    assert done.lacks == NOT_IN_TMX
    with Store(done.path) as again, Store(folder / "workbench.sqlite") as old:
        for name in ("乌镇", "北京"):
            assert again.load(name) == old.load(name)
        again.save("乌镇", drafted(*PAGE, prefix="Better"))
        assert [u.target.string for u in again.load("乌镇").units if u.id in {"u1", "u7"}] == [
            "Guests came.",
            "It closed.",
        ]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["workbench.sqlite"]


def test_a_store_made_where_its_views_are_knows_them(folder: Path) -> None:
    (folder / "workbench.sqlite").rename(folder / "old.sqlite")
    with Store(rebuild([folder / "乌镇.tmx"], folder).path) as store:
        assert not store.view_changed(folder / "乌镇.tmx")


def test_a_store_that_is_there_is_never_overwritten(folder: Path) -> None:
    before = (folder / "workbench.sqlite").read_bytes()
    for source in ("乌镇.tmx", "workbench.sqlite"):
        with pytest.raises(OutputError, match="there is a store already"):
            rebuild([folder / source], folder)
    assert (folder / "workbench.sqlite").read_bytes() == before
    assert not [*folder.glob(".workbench*")]


def test_what_cannot_be_rebuilt_from_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"does not hold enough .* give the \.tmx"):
        rebuild([folder / "乌镇.csv"], tmp_path / "new")
    copy = tmp_path / "copy.tmx"
    copy.write_bytes((folder / "乌镇.tmx").read_bytes())
    with pytest.raises(InputError, match="is of '乌镇', as is"):
        rebuild([folder / "乌镇.tmx", copy], tmp_path / "new")
    with pytest.raises(InputError, match="mended alone"):
        rebuild([folder / "workbench.sqlite", copy], tmp_path / "new")
    with pytest.raises(InputError, match="cannot be read"):
        rebuild([tmp_path / "none.sqlite"], tmp_path / "new")
    assert not (tmp_path / "new" / "workbench.sqlite").exists()


def _same(old: Path, new: Path) -> None:
    with Store(old) as one, Store(new) as other:
        assert one.names() == other.names()
        for name in one.names():
            assert one.load(name) == other.load(name)
            for unit in one.load(name).units:
                assert one.history(name, unit.id) == other.history(name, unit.id)


def test_of_a_sound_store_everything_is_saved(folder: Path, tmp_path: Path) -> None:
    done = rebuild([folder / "workbench.sqlite"], tmp_path / "new")
    assert done.told == []
    _same(folder / "workbench.sqlite", done.path)
    with Store(done.path) as store:
        assert store.source("乌镇") is not None
        assert not store.view_changed(folder / "乌镇.csv") or store.path.parent != folder
        undo(store, None, by="李雷", when=WHEN)


def _roots(path: Path, *tables: str) -> list[int]:
    with sqlite3.connect(path) as base:
        return [base.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (t,)).fetchone()[0] for t in tables]


def _spoil(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(random.Random(page).randbytes(4096))


@pytest.mark.parametrize("tables", [("version",), ("unit",), ("version", "unit", "document", "cache", "changed")],
                         ids=["versions", "units", "all"])  # fmt: skip
def test_what_people_did_is_saved_though_the_tables_roots_are_gone(
    folder: Path, tmp_path: Path, tables: tuple[str, ...]
) -> None:
    path = folder / "workbench.sqlite"
    with Store(path) as store:
        wanted = store.load("北京").units
    _spoil(path, _roots(path, *tables))
    before = path.read_bytes()
    done = rebuild([path], tmp_path / "new")
    assert path.read_bytes() == before
    with Store(done.path) as store:
        found = {unit.id: unit for unit in store.load("北京").units}
        assert len(found["u0"].source.string) == 10_001
        assert len(found) >= 0.99 * len(wanted)
        assert all(found[unit.id] == unit for unit in wanted if unit.id in found)


def test_a_store_without_its_first_page_is_saved(folder: Path, tmp_path: Path) -> None:
    path = folder / "workbench.sqlite"
    copy = tmp_path / "whole.sqlite"
    copy.write_bytes(path.read_bytes())
    _spoil(path, [1])
    done = rebuild([path], tmp_path / "new")
    with Store(done.path) as store, Store(copy) as whole:
        for name in whole.names():
            assert {u.id: u for u in store.load(name).units} == {u.id: u for u in whole.load(name).units}


def test_random_damage_loses_only_what_it_hit(folder: Path, tmp_path: Path) -> None:
    path = folder / "workbench.sqlite"
    with Store(path) as store:
        wanted = {name: len(store.load(name).units) for name in store.names()}
    count = path.stat().st_size // 4096
    for seed in range(6):
        chosen = random.Random(seed)
        broken = tmp_path / f"broken{seed}.sqlite"
        broken.write_bytes(path.read_bytes())
        _spoil(broken, chosen.sample(range(1, count + 1), max(1, count // 20)))
        done = rebuild([broken], tmp_path / f"new{seed}")
        assert sum(done.documents.values()) >= 0.7 * sum(wanted.values())
        with Store(done.path) as store:
            assert store.names()


def test_what_was_only_in_the_log_is_saved(folder: Path, tmp_path: Path) -> None:
    path = folder / "workbench.sqlite"
    killed = tmp_path / "killed.sqlite"
    with Store(path) as store:
        store.edit("乌镇", "u0", by="李雷", when=WHEN, target="Only in the log.")
        killed.write_bytes(path.read_bytes())
        Path(f"{killed}-wal").write_bytes(Path(f"{path}-wal").read_bytes())
    _spoil(killed, _roots(path, "version"))
    with Store(rebuild([killed], tmp_path / "new").path) as again:
        assert again.load("乌镇").units[0].target.string == "Only in the log."


@pytest.mark.parametrize("data", [b"", b"no store at all" * 500, bytes(40960)], ids=["empty", "text", "zeros"])
def test_where_nothing_can_be_read_that_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "workbench.sqlite"
    path.write_bytes(data)
    with pytest.raises(InputError, match="nothing in it can be read – rebuild the store from the TMX files"):
        rebuild([path], tmp_path / "new")
    assert [*(tmp_path / "new").iterdir()] == []


def test_a_merge_into_a_saved_store_goes_on_as_before(folder: Path, tmp_path: Path) -> None:
    done = rebuild([folder / "workbench.sqlite"], tmp_path / "new")
    table = folder / "乌镇.csv"
    table.write_bytes(table.read_bytes().replace(b"Guests came.", b"Guests arrived."))
    with Store(done.path) as store:
        assert merge_file(store, table, Choice("王芳", WHEN)).step == 3
