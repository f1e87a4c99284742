"""`bilingual merge`, `undo`, `history` and `rebuild` as people meet them, and the page that documents them."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bilingual.bitext import State, Unit
from bilingual.errors import OutputError
from bilingual.merge import merge_file
from bilingual.store import Store
from bilingual.views import write_views
from tests.conftest import ROOT, Call
from tests.test_merge import LI, PAGE, WHEN, drafted


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Call:
    """The command line in a folder with a document `page`, one of whose sentences was edited in the table."""
    monkeypatch.chdir(tmp_path)
    with Store(tmp_path / "aligned" / "workbench.sqlite") as store:
        store.save("page", drafted(*PAGE, name="page"))
        write_views(store, "page", tmp_path / "aligned", ["tmx", "csv"])
    edit("English of 大会闭幕。", "The conference closed.")

    return call


def edit(old: str, new: str) -> None:
    path = Path("aligned/page.csv")
    path.write_bytes(path.read_bytes().replace(f"{old},draft".encode(), f"{new},draft".encode()))


def target(unit: str) -> str:
    with Store(Path("aligned/workbench.sqlite")) as store:
        return {one.id: one.target.string for one in store.load("page").units}[unit]


def test_every_documented_command_runs(run: Call) -> None:
    page = (ROOT / "docs" / "merge.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    (bilingual .+?)(?:  +#.*)?$", page, re.MULTILINE)
    assert {shlex.split(command)[1] for command in commands} == {"merge", "undo", "history", "rebuild"}
    for number, command in enumerate(commands):
        edit("English of 大会在乌镇开幕。" if number else "", f"Words {number}.")
        words = shlex.split(command.replace("UNIT", "u7").replace("rescued", f"rescued{number}"))[1:]
        if words[0] == "undo":
            run("merge", "aligned/page.csv")
        code, out, err = run(*words) if words != ["undo", "1"] else (0, "taken back before", "")
        assert code == 0, (command, err)
        assert out


def test_a_merge_tells_what_it_did_and_writes_the_views_anew(run: Call) -> None:
    code, out, _ = run("merge", "aligned/page.csv", "--by", "李雷")
    assert code == 0
    for words in ("new words: 1", "大会闭幕。", "{+The conference closed.+}", "to take it back: bilingual undo 1"):
        assert words in out
    assert "The conference closed." in Path("aligned/page.tmx").read_text(encoding="utf-8")
    assert not [*Path("aligned").glob("*.edited*")], "all of it is in the store"
    assert "李雷  merge of page.csv into page" in run("history")[1]
    assert "{+The conference closed.+}" in run("history", "page", "u7")[1]
    code, out, _ = run("undo")
    assert "1 units are as they were before" in out
    assert "(undone by 2)" in run("history", "page")[1]
    assert target("u7") == "English of 大会闭幕。"
    assert run("merge", "aligned/page.csv")[1].splitlines()[2] == "nothing to change"


def test_a_dry_run_changes_nothing(run: Call) -> None:
    code, out, _ = run("merge", "aligned/page.csv", "--dry-run")
    assert code == 0
    assert "dry run: nothing is changed" in out
    assert "1 would change" in out
    assert target("u7") == "English of 大会闭幕。"
    assert "The conference closed." in Path("aligned/page.csv").read_text(encoding="utf-8")
    assert run("history")[1] == "nothing was merged yet\n"


def test_a_conflict_ends_with_1_and_the_file_is_kept(run: Call) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        store.edit("page", "u7", by="韩梅梅", when=WHEN, target="Han's words.")
    code, out, err = run("merge", "aligned/page.csv", "--by", "李雷")
    assert code == 1
    for words in ("conflict: 1", "store  Han's words.", "file   The conference closed.", "韩梅梅 changed it too"):
        assert words in out
    assert "page.edited.csv" in err
    code, out, _ = run("merge", "aligned/page.edited.csv", "--prefer", "file", "--json")
    (facts,) = json.loads(out)
    assert (code, facts["document"], facts["counts"]) == (0, "page", {"words": 1})
    assert target("u7") == "The conference closed."


def test_one_bad_file_does_not_stop_the_others(run: Call) -> None:
    Path("other.csv").write_text("id,source,target\na,别的,else\n", encoding="utf-8")
    code, _, err = run("merge", "other.csv", "none.csv", "aligned/page.csv")
    assert code == 3
    assert "other.csv: is of no document in the store – choose with --document from page" in err
    assert "none.csv: cannot be read" in err
    assert target("u7") == "The conference closed."


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["merge", "aligned/page.csv", "--from", "none"], 3, "there is no store in none – first run"),
        (["merge", "aligned/page.csv", "--document", "other"], 3, "there is no document 'other'"),
        (["merge", "aligned/page.csv", "--prefer", "both"], 2, "prefer"),
        (["merge", "page.odt"], 3, "is no format for aligned text"),
        (["undo"], 3, "there is no merge to undo"),
        (["undo", "9"], 3, "there is no merge 9 – nothing was merged yet"),
        (["history", "other"], 3, "there is no document 'other'"),
        (["history", "page", "zzz"], 3, "no unit has an id in 'page' that begins with 'zzz'"),
        (["rebuild", "aligned/page.tmx"], 3, "there is a store already, and none is ever overwritten – name"),
        (["rebuild", "aligned/page.csv", "-o", "new"], 3, "does not hold enough to make a store of"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_a_wrong_call_is_told(run: Call, arguments: list[str], code: int, words: str) -> None:
    found, _, err = run(*arguments)
    assert (found, words in " ".join(err.split())) == (code, True), err


def test_a_damaged_store_is_told_and_left_alone(run: Call) -> None:
    path = Path("aligned/workbench.sqlite")
    path.write_bytes(b"no database at all" * 999)
    code, _, err = run("merge", "aligned/page.csv")
    assert (code, "is damaged" in err) == (3, True)
    assert path.read_bytes() == b"no database at all" * 999
    code, _, err = run("rebuild", str(path), "-o", "new")
    assert (code, "nothing in it can be read" in err) == (3, True)


def _locked(store: Store) -> sqlite3.Connection:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def _full(store: Store) -> None:
    pages = store._base.execute("PRAGMA page_count").fetchone()[0]
    store._base.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_locked, "another process is writing to it – wait for it to end, then run again"),
        (_full, "the disk is full – make room and run it again"),
        (lambda store: store._base.execute("PRAGMA query_only = ON"), "read-only – allow writing there"),
    ],
    ids=["locked", "full", "read-only"],
)
def test_a_store_that_cannot_be_written_is_told_and_nothing_is_half_merged(
    tmp_path: Path, spoil: Callable[[Store], object], words: str
) -> None:
    with Store(tmp_path / "workbench.sqlite", wait=0.05) as store:
        store.save("page", drafted(*PAGE, name="page"))
        write_views(store, "page", tmp_path, ["csv"])
        path = tmp_path / "page.csv"
        table = path.read_text(encoding="utf-8-sig").replace(",English of", f",New {'words ' * 2000}")
        path.write_text(table, encoding="utf-8-sig")
        before = store.load("page")
        held = spoil(store)
        with pytest.raises(OutputError, match=re.escape(words)):
            merge_file(store, path, LI)
        assert store.load("page") == before
        assert store.steps() == ()
        if isinstance(held, sqlite3.Connection):
            held.close()


def test_what_was_merged_is_in_the_memory_until_the_merge_is_undone(run: Call) -> None:
    assert "1 sentences for the next job" in run("merge", "aligned/page.csv", "--by", "李雷")[1]
    assert "The conference closed." in run("memory", "search", "闭幕")[1]
    run("undo")
    assert "The conference closed." not in run("memory", "search", "闭幕")[1]
    run("undo", "2")  # the undoing is undone: the merge is done again
    assert "The conference closed." in run("memory", "search", "闭幕")[1]


def test_a_merge_that_was_killed_before_it_came_to_the_memory_is_caught_up(run: Call) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        merge_file(store, Path("aligned/page.csv"), LI)
    assert "1 sentences of earlier merges, which it had not got" in run("merge", "aligned/page.csv")[1]
    assert "The conference closed." in run("memory", "search", "闭幕")[1]
    assert "earlier merges" not in run("merge", "aligned/page.csv")[1]


def test_what_was_taken_out_of_the_memory_stays_out(run: Call) -> None:
    run("merge", "aligned/page.csv")
    assert run("memory", "undo", "1")[0] == 0
    assert "earlier merges" not in run("merge", "aligned/page.csv")[1]
    assert "The conference closed." not in run("memory", "search", "闭幕")[1]


def test_a_merge_of_drafts_leaves_no_memory_behind(run: Call) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        write_views(store, "page", Path("aligned"), ["tmx", "csv"])
    run("merge", "aligned/page.tmx")
    assert not Path("memory.sqlite").exists()


def test_a_memory_that_cannot_be_used_is_told_and_the_merge_stands(run: Call) -> None:
    Path("memory.sqlite").write_bytes(b"no memory at all" * 100)
    code, _, told = run("merge", "aligned/page.csv")
    assert code == 0
    assert "warning: the memory was left as it is: memory.sqlite" in told
    assert b"no memory" in Path("memory.sqlite").read_bytes()
    assert "The conference closed." in {unit.target.string for unit in _units()}


def _units() -> tuple[Unit, ...]:
    with Store(Path("aligned/workbench.sqlite")) as store:
        return store.load("page").units


def test_a_quiet_merge_still_tells_of_conflicts(run: Call) -> None:
    with Store(Path("aligned/workbench.sqlite")) as store:
        unit = next(one for one in store.load("page").units if one.source.string == "大会闭幕。")
        store.edit("page", unit.id, by="王五", target="It ended.")
    code, out, told = run("merge", "aligned/page.csv", "--quiet")
    assert (code, out) == (1, "")
    assert "1 conflicts" in told


def test_a_state_said_of_other_words_is_not_taken(run: Call) -> None:
    mine = Path("aligned/page.csv").read_bytes()
    run("merge", "aligned/page.csv", "--by", "李雷")
    theirs = mine.replace(b"The conference closed.,draft", "English of 大会闭幕。,reviewed".encode())
    Path("theirs.csv").write_bytes(theirs)
    run("merge", "theirs.csv", "--document", "page", "--by", "韩梅梅", "--prefer", "file")
    (unit,) = [one for one in _units() if one.source.string == "大会闭幕。"]
    assert (unit.target.string, unit.state) == ("The conference closed.", State.TRANSLATED)
