"""Views are written from the store, and what people did in one is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bilingual.errors import InputError, OutputError, SettingsError
from bilingual.files import sha256_of
from bilingual.formats import read_file
from bilingual.store import Store
from bilingual.views import check_formats, write_views
from tests.test_store import SENTENCES, page


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(tmp_path / "workbench.sqlite")
    opened.save("乌镇", page(*SENTENCES))
    return opened


def views(store: Store) -> tuple[list[str], list[str]]:
    done = write_views(store, "乌镇", store.path.parent, ["tmx", "csv"])
    assert len(done.kept) == len(done.warnings)
    return [path.name for path in done.written], [path.name for path in done.kept]


def test_views_are_written_and_written_again_the_same(store: Store) -> None:
    folder = store.path.parent
    assert views(store) == (["乌镇.tmx", "乌镇.csv"], [])
    before = {path.name: path.read_bytes() for path in folder.glob("乌镇*")}
    assert views(store) == (["乌镇.tmx", "乌镇.csv"], [])
    assert {path.name: path.read_bytes() for path in folder.glob("乌镇*")} == before
    assert read_file(folder / "乌镇.tmx") == store.load("乌镇")


def test_the_store_can_be_rebuilt_from_the_tmx(store: Store, tmp_path: Path) -> None:
    store.edit("乌镇", "u1", by="李雷", target="Xi spoke by video.", note="查过")
    views(store)
    with Store(tmp_path / "again" / "workbench.sqlite") as again:
        again.save("乌镇", read_file(tmp_path / "乌镇.tmx"))
        assert again.load("乌镇") == store.load("乌镇")
        again.save("乌镇", page(*SENTENCES, prefix="Better"))
        assert again.load("乌镇").units[1].target.string == "Xi spoke by video."


@pytest.mark.parametrize("links", [True, False], ids=["links", "copies"])
def test_an_edited_view_is_kept_beside_the_new_one(store: Store, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    folder = store.path.parent
    views(store)
    edited = folder / "乌镇.csv"
    for number, name in enumerate(("乌镇.edited.csv", "乌镇.edited-2.csv", "乌镇.edited-3.csv")):
        edited.write_text(f"id,source,target\r\nu0,大会开幕。,my words {number}\r\n", "utf-8")
        assert store.view_changed(edited)
        assert views(store)[1] == [name]
        assert f"my words {number}" in (folder / name).read_text("utf-8")
        assert not store.view_changed(edited)
        assert "my words" not in edited.read_text("utf-8")
    assert "my words 0" in (folder / "乌镇.edited.csv").read_text("utf-8")


def test_an_edited_view_put_aside_is_known_by_what_it_was_made_from(store: Store) -> None:
    views(store)
    first = store.revision("乌镇")
    (store.path.parent / "乌镇.csv").write_text("id,source,target\r\nu0,大会开幕。,my words\r\n", "utf-8")
    store.edit("乌镇", "u1", by="李雷", target="Xi spoke by video.")
    views(store)
    aside = sha256_of(store.path.parent / "乌镇.edited.csv")
    assert [revision for _, digest, revision in store.shown("乌镇") if digest == aside] == [first]
    assert store.shown_at("乌镇", store.path.parent / "乌镇.csv") == first + 1


def _no_links(*_: object) -> None:
    raise OSError(95, "not supported")


def test_a_view_edited_twice_the_same_way_is_kept_once(store: Store) -> None:
    for _ in range(2):
        (store.path.parent / "乌镇.csv").write_text("my words", "utf-8")
        assert views(store)[1] == ["乌镇.edited.csv"]


def test_a_stop_between_writing_and_recording_does_no_harm(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    views(store)
    store.edit("乌镇", "u1", by="李雷", target="Xi spoke by video.")
    with monkeypatch.context() as stopped:
        stopped.setattr(Store, "record_view", _stop)
        with pytest.raises(KeyboardInterrupt):
            views(store)
    store.edit("乌镇", "u1", by="李雷", target="Xi spoke.")
    assert views(store)[1] == []


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_folder_may_be_moved(store: Store, tmp_path: Path) -> None:
    views(store)
    store.close()
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("workbench.sqlite", "乌镇.csv", "乌镇.tmx"):
        (tmp_path / name).rename(moved / name)
    with Store(moved / "workbench.sqlite") as again:
        assert not again.view_changed(moved / "乌镇.csv")
        assert not again.view_changed(moved / "absent.csv")


def test_what_cannot_be_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no format 'pages'"):
        check_formats(["tmx", "pages"])
    with pytest.raises(InputError, match="no document"):
        write_views(store, "北京", tmp_path, ["tmx"])
    with pytest.raises(OutputError, match="cannot be a file's name"):
        write_views(store, "../乌镇", tmp_path, ["tmx"])
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="not a folder"):
        write_views(store, "乌镇", tmp_path / "file", ["tmx"])
