"""The editing page: its rows, what is done to units, filters, undo, the panel, the original and the queries."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Code,
    Document,
    Flag,
    FlagKind,
    Kind,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Span,
    State,
    Template,
    Term,
    Text,
    Unit,
)
from bilingual.checks.findings import Finding, Severity
from bilingual.editing import joined
from bilingual.errors import InputError
from bilingual.glossary import Glossary
from bilingual.review import acts, filters, original, panel
from bilingual.review.desk import Work
from bilingual.review.paper import Paper
from bilingual.review.patterns import Search
from bilingual.review.rows import Mark, pieces, row_of, utf16
from bilingual.store import Store
from tests.workbench import client_of, served, settings_in, workbench

httpx = pytest.importorskip("httpx")

NAME = "乌镇 report"
ADDRESS = "/d/%E4%B9%8C%E9%95%87%20report/"
MACHINE = Origin(OriginKind.MACHINE, "instant")
LINES = (
    ("title", Kind.TITLE, "乌镇峰会", "Wuzhen Summit"),
    ("b1", Kind.PARAGRAPH, "乌镇峰会在2023年举行。", "The Wuzhen Summit was held in 2023."),
    ("b1", Kind.PARAGRAPH, "嘉宾有1800人。", "There were 1,800 guests."),
    ("b2", Kind.PARAGRAPH, "嘉宾有1800人。", "There were 1,800 guests."),
    ("b3", Kind.LIST_ITEM, "合作<script>alert(1)</script>", "<img src=x onerror=alert(1)>"),
)


def _bitext() -> Bitext:
    text, units = "", []
    blocks: dict[str, Block] = {}
    for at, (block, kind, source, target) in enumerate(LINES):
        start = len(text)
        text += source + "\n"
        known = blocks.get(block)
        whole = (known.text.string if known else "") + source
        spans = (*(known.spans if known else ()), Span(start, start + len(source)))
        places = tuple(Locator(line=at + 1) for _ in spans)
        blocks[block] = Block(block, kind, Text(whole), spans, places, order=len(blocks))
        words = Text(target)
        units.append(
            Unit(
                f"u{at + 1}", block, Text(source), words, Span(len(whole) - len(source), len(whole)), State.DRAFT,
                origin=MACHINE, candidates=(Candidate(words, MACHINE),), source_locators=(Locator(line=at + 1),),
            )
        )  # fmt: skip
    document = Document(NAME, "zh", text, tuple(blocks.values()))
    return Bitext("zh", "en", (document,), tuple(units))


def _filled(folder: Path) -> Path:
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        store.save(NAME, _bitext())
    (folder / "mine.csv").write_text(
        "id,source,target,kind,status\nt1,乌镇峰会,Wuzhen Summit,event,approved\n", encoding="utf-8"
    )
    return folder


@contextmanager
def _opened(folder: Path) -> Iterator[Any]:
    with workbench(replace(settings_in(folder), glossary=(folder / "mine.csv",))) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _filled(tmp_path)


@pytest.fixture
def client(folder: Path) -> Iterator[Any]:
    with _opened(folder) as client:
        yield client


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client for tests that change nothing."""
    with _opened(_filled(tmp_path_factory.mktemp("still"))) as client:
        yield client


def _act(client: Any, unit: str, version: int, **what: Any) -> Any:
    return client.post(f"{ADDRESS}units/{unit}", json={"version": version, **what})


def _bare(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


def _ids(client: Any, **query: Any) -> list[str]:
    return list(client.get(f"{ADDRESS}list", params=query).json()["ids"])


# The page and its rows


def test_the_page_shows_the_document_in_its_structure_before_any_script_runs(still: Any) -> None:
    page = still.get(ADDRESS).text
    assert 'lang="zh-Hans"' in page
    assert page.count("data-unit=") == len(LINES)
    assert re.search(r'class="unit title level-0 first"[^>]*id="u-u1"', page)
    assert re.search(r'class="unit list-item[^>]*id="u-u5"', page)


def test_text_from_a_document_is_never_markup(still: Any) -> None:
    page = still.get(ADDRESS).text
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<script>alert" not in page


def test_a_term_is_marked_in_the_source_with_its_rendering_and_in_the_target(still: Any) -> None:
    rows = still.get(f"{ADDRESS}rows", params={"id": "u2"}).text
    assert re.search(r'<mark class="term is-said is-approved" title="乌镇峰会 = Wuzhen Summit; approved; in the ', rows)
    assert '<mark class="rendering" title="乌镇峰会 = Wuzhen Summit">Wuzhen Summit</mark>' in rows


def test_rows_come_by_their_ids_or_by_their_place_and_unknown_ids_are_left_out(still: Any) -> None:
    assert re.findall('data-unit="([^"]*)"', still.get(f"{ADDRESS}rows?id=u4&id=nobody&id=u2").text) == ["u4", "u2"]
    assert re.findall('data-unit="([^"]*)"', still.get(f"{ADDRESS}rows?from=3&count=9").text) == ["u4", "u5"]


def test_the_plain_words_come_apart_from_the_rows(still: Any) -> None:
    assert still.get(f"{ADDRESS}texts?from=1").json()[0] == ["u2", LINES[1][2], LINES[1][3], "draft", 1]


def test_a_document_that_is_not_there_is_told_in_a_sentence(still: Any) -> None:
    answer = still.get("/d/nothing/list")
    assert answer.status_code == 404
    assert "there is no document 'nothing' here" in answer.json()["message"]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6), st.lists(st.integers(0, 40)))
@settings(max_examples=150, deadline=None)
def test_pieces_put_end_to_end_are_the_text_and_hold_every_code(
    text: str, spans: list[tuple[int, int]], codes: list[int]
) -> None:
    marks = [Mark(Span(*sorted(span)), "finding", "error", "why") for span in spans]
    placed = tuple(Code(at, str(n), "empty", "<x/>") for n, at in enumerate(sorted(c for c in codes if c <= len(text))))
    made = pieces(Text(text, placed), marks)
    assert "".join(piece.text for piece in made) == text
    assert [piece.tag for piece in made if piece.tag] == [code.id for code in placed]


def test_an_inline_code_is_a_small_tag_with_its_meaning() -> None:
    text = Text("中国", (Code(0, "1", "open", "<b>", "bold"), Code(2, "1", "close", "</b>", "bold")))
    made = pieces(text, [])
    assert [(piece.tag, piece.told) for piece in made if piece.tag] == [
        ("b", "bold begins: <b>"), ("/b", "bold ends: </b>"),
    ]  # fmt: skip


def test_a_place_is_told_to_the_browser_as_it_counts() -> None:
    assert utf16("a𠮷b", 2) == 3


def test_a_term_that_is_not_in_the_target_is_missing() -> None:
    glossary = Glossary((Term("t", "乌镇峰会", "Wuzhen Summit"),))
    row = row_of(Unit("u", "b", Text("乌镇峰会"), Text("A meeting")), 1, 1, None, first=True, glossary=glossary)
    assert row.source[0].style == "term is-missing is-approved"


# Acts


def test_words_are_saved_and_the_answer_says_what_is_in_the_store(client: Any, folder: Path) -> None:
    told = _act(client, "u2", 1, target="The Wuzhen Summit took place in 2023.").json()
    assert (told["version"], told["state"]) == (2, "translated")
    assert 'data-version="2"' in told["row"]
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        unit = store.seen(NAME, ["u2"])["u2"].unit
    assert unit.target.string == "The Wuzhen Summit took place in 2023."
    assert unit.changed is not None
    assert unit.changed.by == "ann"


def test_typing_on_is_one_step_and_one_undo_takes_back_the_sitting(client: Any) -> None:
    first = _act(client, "u2", 1, target="The S").json()
    second = _act(client, "u2", first["version"], target="The Summit", join=first["step"]).json()
    assert second["step"] == first["step"]
    assert client.post(f"{ADDRESS}undo", json={}).json()["ids"] == ["u2"]
    assert LINES[1][3] in _bare(client.get(f"{ADDRESS}rows?id=u2").text)
    client.post(f"{ADDRESS}redo", json={})
    assert "The Summit" in _bare(client.get(f"{ADDRESS}rows?id=u2").text)


def test_the_same_request_sent_twice_changes_nothing_a_second_time(client: Any) -> None:
    first = _act(client, "u2", 1, target="Said once.")
    again = _act(client, "u2", 1, target="Said once.")
    assert (again.status_code, again.json()["version"]) == (200, first.json()["version"])


def test_the_second_writer_is_told_and_both_texts_stay(folder: Path) -> None:
    with served(settings_in(folder)) as access, client_of(access) as ann, client_of(access, "bob") as bob:
        _act(ann, "u2", 1, target="What Ann wrote.")
        answer = _act(bob, "u2", 1, target="What Bob wrote.")
        assert answer.status_code == 409
        assert answer.json()["now"]["target"] == "What Ann wrote."
        assert answer.json()["message"] == "ann has changed this unit meanwhile"
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        unit = store.seen(NAME, ["u2"])["u2"].unit
    assert unit.target.string == "What Ann wrote."
    assert Candidate(Text("What Bob wrote."), Origin(OriginKind.PERSON, "bob")) in unit.candidates


def test_no_undo_takes_away_what_was_kept_beside(folder: Path) -> None:
    with served(settings_in(folder)) as access, client_of(access) as ann, client_of(access, "bob") as bob:
        _act(ann, "u2", 1, target="What Ann wrote.")
        assert _act(bob, "u2", 1, target="What Bob wrote.").status_code == 409
        assert bob.post(f"{ADDRESS}undo").json()["done"] is False
        assert ann.post(f"{ADDRESS}undo").json()["done"] is True
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        unit = store.seen(NAME, ["u2"])["u2"].unit
    assert unit.target.string not in {"What Ann wrote.", "What Bob wrote."}
    assert Candidate(Text("What Bob wrote."), Origin(OriginKind.PERSON, "bob")) in unit.candidates


def test_a_note_written_meanwhile_is_no_conflict_with_new_words(client: Any) -> None:
    assert _act(client, "u2", 1, note="Is it held every year?").json()["version"] == 2
    assert _act(client, "u2", 1, target="New words.").status_code == 200
    assert _act(client, "u2", 1, note="A remark goes beside whatever is there.").status_code == 200


def test_a_state_is_not_given_to_words_that_were_not_seen(client: Any) -> None:
    _act(client, "u2", 1, target="Other words.")
    answer = _act(client, "u2", 1, state="reviewed")
    assert answer.status_code == 409
    assert answer.json()["hint"] == "look at the new words, then do it again"


def test_every_state_can_be_given(client: Any) -> None:
    version = 1
    for state in (*State, State.DRAFT):
        told = _act(client, "u2", version, state=state.value).json()
        assert told["state"] == state.value
        version = told["version"]


def test_a_unit_without_words_cannot_be_confirmed(client: Any) -> None:
    version = _act(client, "u2", 1, target="").json()["version"]
    answer = _act(client, "u2", version, state="reviewed")
    assert (answer.status_code, answer.json()["message"]) == (400, "a unit without a translation cannot be confirmed")


def test_a_locked_unit_takes_a_note_and_words_only_as_a_candidate(client: Any, folder: Path) -> None:
    version = _act(client, "u2", 1, locked=True).json()["version"]
    answer = _act(client, "u2", 1, target="Typed while somebody locked it.")
    assert (answer.status_code, answer.json()["message"]) == (409, "The unit is locked")
    assert answer.json()["now"]["target"] == LINES[1][3]
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        kept = store.seen(NAME, ["u2"])["u2"].unit.candidates
    assert "Typed while somebody locked it." in {one.target.string for one in kept}
    assert _act(client, "u2", version, state="final").json()["message"] == "the unit is locked"
    assert _act(client, "u2", version, note="Why is it locked?").status_code == 200


def test_a_corrected_source_stays_beside_what_the_file_says(client: Any) -> None:
    assert _act(client, "u2", 1, source="乌镇峰会在2024年举行。").status_code == 200
    shown = client.get(f"{ADDRESS}units/u2/panel").text
    assert "the file says" in shown
    assert "乌镇峰会在2023年举行。" in shown


def test_a_query_is_listed_until_it_is_settled(client: Any) -> None:
    version = _act(client, "u2", 1, query="2023 or 2024?").json()["version"]
    assert _ids(client, query="yes") == ["u2"]
    _act(client, "u2", version, answered=0)
    assert _ids(client, query="yes") == []


def test_the_note_that_was_seen_is_the_one_that_goes_also_where_the_request_is_sent_twice(client: Any) -> None:
    version = 1
    for words in ("The first.", "The second."):
        version = _act(client, "u2", version, note=words).json()["version"]
    for _ in range(2):
        assert _act(client, "u2", version, unnote=0).status_code == 200
    shown = client.get(f"{ADDRESS}units/u2/panel").text
    assert "The first." not in shown
    assert "The second." in shown


@pytest.mark.parametrize("kind", ["note", "query"])
def test_a_remark_that_is_sent_twice_stands_once(folder: Path, kind: str) -> None:
    work = Work(settings_in(folder))
    asked, seen = {"version": 1, kind: "Which year? "}, work.store.seen(NAME, ["u2"])["u2"]
    paper = Paper(NAME, work)
    for at in ("2023-11-09T08:00:00Z", "2023-11-09T08:00:01Z"):
        who = acts.Who(work, NAME, "u2", 1, "ann", at)
        acts._done(paper, acts._asked(asked, who), asked, who)
    unit = work.store.seen(NAME, ["u2"])["u2"].unit
    assert len(unit.notes) == len(seen.unit.notes) + 1
    work.close()


def test_a_finding_is_silenced_with_a_reason_and_looked_at_again(client: Any) -> None:
    told = _act(client, "u2", 1, target="The Wuzhen Summit was held in 1999.").json()
    check = told["findings"][0]["check"]
    silent = _act(client, "u2", told["version"], silence={"check": check, "reason": "the old year is meant"}).json()
    assert check not in {finding["check"] for finding in silent["findings"]}
    assert "the old year is meant" in client.get(f"{ADDRESS}units/u2/panel").text
    loud = _act(client, "u2", silent["version"], unsilence=check).json()
    assert check in {finding["check"] for finding in loud["findings"]}


def test_a_fix_is_applied_where_the_words_are_still_those(client: Any) -> None:
    fix = {"start": 0, "end": 5, "old": "There", "text": "Here"}
    told = _act(client, "u3", 1, fix=fix).json()
    assert told["target"] == "Here were 1,800 guests."
    assert _act(client, "u3", told["version"], fix=fix).status_code == 400


def test_a_machines_draft_with_a_fix_is_still_a_draft_as_after_check_fix(client: Any, folder: Path) -> None:
    told = _act(client, "u3", 1, fix={"start": 0, "end": 5, "old": "There", "text": "Here"}).json()
    assert told["state"] == "draft"
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        unit = store.seen(NAME, ["u3"])["u3"].unit
    assert (unit.unconfirmed, unit.origin) == (True, MACHINE)
    told = _act(client, "u3", told["version"], target="By hand.").json()
    told = _act(client, "u3", told["version"], fix={"start": 0, "end": 2, "old": "By", "text": "With"}).json()
    assert (told["target"], told["state"]) == ("With hand.", "translated")


def test_a_version_of_the_history_is_taken_again(client: Any) -> None:
    _act(client, "u2", 1, target="Other words.")
    shown = _bare(client.get(f"{ADDRESS}units/u2/history").text)
    assert "[added: words]" in shown
    assert f"[added: {LINES[1][3]}" not in shown  # the first version parts from none
    assert _act(client, "u2", 2, restore=1).json()["target"] == LINES[1][3]


def test_a_candidate_is_taken_by_its_place(client: Any) -> None:
    version = _act(client, "u2", 1, target="Other words.").json()["version"]
    assert _act(client, "u2", version, candidate=0).json()["target"] == LINES[1][3]


def test_an_inline_code_is_put_around_other_words(folder: Path) -> None:
    bold = (Code(0, "1", "open", "<b>", "bold"), Code(4, "1", "close", "</b>", "bold"))
    source = Text("乌镇峰会在2023年举行。", bold)
    bitext = _bitext()
    units = [replace(u, source=source, target=Text(u.target.string, (bold[0], replace(bold[1], position=10))))
             if u.id == "u2" else u for u in bitext.units]  # fmt: skip
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        store.save(NAME, replace(bitext, units=tuple(units)))
    with workbench(settings_in(folder)) as client:
        version = int(re.findall(r'data-version="(\d+)"', client.get(f"{ADDRESS}rows?id=u2").text)[0])
        assert "乌镇峰会 is bold: put it at the selection" in _bare(client.get(f"{ADDRESS}units/u2/panel").text)
        row = _act(client, "u2", version, code={"id": "1", "start": 4, "end": 17}).json()["row"]
    target = row[row.index('class="target"') :]
    assert "The {b}Wuzhen Summit{/b} was" in _bare(re.sub(r'<span class="code"[^>]*>([^<]*)</span>', r"{\1}", target))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"version": 1}, "the request asks for no act"),
        ({"version": 1, "note": "a", "state": "final"}, "the request asks for no act, or for several"),
        ({"target": "words"}, "the version is no number"),
        ({"version": True, "target": "words"}, "the version is no number"),
        ({"version": 1, "target": 7}, "the target is no text"),
        ({"version": 1, "target": "x" * 100_001}, "the target has 100,001 characters"),
        ({"version": 1, "target": "\ud800"}, "the text holds half of a character"),
        ({"version": 1, "state": "perfect"}, "“perfect” is no state"),
        ({"version": 1, "note": "  "}, "the note is empty"),
        ({"version": 1, "source": " "}, "a source without words"),
        ({"version": 1, "silence": "numbers"}, "a silence has a check and a reason"),
        ({"version": 1, "silence": {"check": "numbers", "reason": ""}}, "the reason is empty"),
        ({"version": 1, "candidate": 99}, "there is no such candidate"),
        ({"version": 1, "restore": 99}, "there is no such version"),
        ({"version": 1, "unnote": 0}, "there is no such note"),
        ({"version": 1, "code": {"id": "9", "start": 0, "end": 1}}, "the code cannot stand there"),
        ({"version": 1, "fix": {"start": 9, "end": 2, "old": "", "text": ""}}, "the words to be mended are others"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_done_is_refused_in_a_sentence(still: Any, asked: dict[str, Any], message: str) -> None:
    answer = still.post(f"{ADDRESS}units/u2", content=json.dumps(asked))
    assert answer.status_code == 400
    assert message in answer.json()["message"]


def test_time_and_keys_are_kept_beside_the_words_unless_the_settings_say_no(folder: Path) -> None:
    for effort in (True, False):
        with workbench(replace(settings_in(folder), effort=effort)) as client:
            told = client.get(f"{ADDRESS}rows?id=u2").text
            version = int(re.findall(r'data-version="(\d+)"', told)[0])
            _act(client, "u2", version, note=f"note {effort}", seconds=4.5, keys=30, sitting="abc")
        with Store(folder / "aligned" / "workbench.sqlite") as store:
            spent = {unit: (one.seconds, one.keys) for unit, one in store.spent(NAME).items()}
        assert spent == {"u2": (4.5, 30)}


def test_units_are_split_and_joined_and_the_order_follows(client: Any) -> None:
    source, target = LINES[1][2], LINES[1][3]
    places = {"source_at": source.index("在"), "target_at": target.index("was")}
    told = client.post(f"{ADDRESS}split", json={"id": "u2", "version": 1, **places}).json()
    assert told["ids"][0] == "u2"
    assert _ids(client)[1:3] == told["ids"]
    version = client.get(f"{ADDRESS}units/u2/history").text.count("<li>")
    both = {"id": "u2", "version": version, "next": told["ids"][1], "next_version": 1}
    joined = client.post(f"{ADDRESS}join", json=both)
    assert joined.status_code == 200, joined.json()
    assert len(_ids(client)) == len(LINES)
    for _ in range(2):
        assert client.post(f"{ADDRESS}undo", json={}).json()["recut"]
    assert _ids(client) == ["u1", "u2", "u3", "u4", "u5"]


def test_a_unit_is_not_joined_with_one_that_is_other_than_was_seen(client: Any) -> None:
    _act(client, "u3", 1, target="There were many visitors.")
    answer = client.post(f"{ADDRESS}join", json={"id": "u2", "version": 1, "next": "u3", "next_version": 1})
    assert (answer.status_code, "u3" in answer.json()["message"]) == (409, True)
    answer = client.post(f"{ADDRESS}join", json={"id": "u2", "version": 1, "next": "u4", "next_version": 1})
    assert (answer.status_code, "another unit follows" in answer.json()["message"]) == (409, True)
    assert len(_ids(client)) == len(LINES)


def test_words_for_a_unit_that_a_colleague_has_joined_away_find_none(client: Any, folder: Path) -> None:
    client.get(f"{ADDRESS}rows")
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        whole = joined([store.seen(NAME, ["u2"])["u2"].unit, store.seen(NAME, ["u3"])["u3"].unit])
        store.splice(NAME, ["u2", "u3"], [whole], expected={"u2": 1, "u3": 1}, by="bob", label="join")
    answer = _act(client, "u3", 1, target="Words of mine.")
    assert (answer.status_code, "no part of the document" in answer.json()["message"]) == (404, True)


def test_nothing_to_undo_is_said(still: Any) -> None:
    assert still.post(f"{ADDRESS}undo", json={}).json() == {"done": False, "message": "There is nothing to undo."}


def test_what_another_process_did_is_seen(client: Any, folder: Path) -> None:
    serial = client.get(f"{ADDRESS}list").json()["serial"]
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        store.edit(NAME, "u3", by="bob", target="There were 1,800 visitors.")
    told = client.get(f"{ADDRESS}progress", params={"since": serial, "new": 1}).json()
    assert "u3" in told["changed"]
    assert "visitors" in client.get(f"{ADDRESS}rows?id=u3").text


def test_progress_counts_units_and_characters_by_state(client: Any) -> None:
    _act(client, "u2", 1, state="final")
    told = client.get(f"{ADDRESS}progress?since=0&new=1").json()
    assert told["units"] == {"new": 0, "draft": 4, "translated": 0, "reviewed": 0, "final": 1}
    assert told["characters"]["final"] == len(LINES[1][2])
    assert (told["read"], told["total"]) == (5, 5)


# Filters

UNITS = (
    Unit("a", "b", Text("中国"), Text("China"), state=State.DRAFT),
    Unit("b", "b", Text("中国"), Text("china"), state=State.FINAL, locked=True),
    Unit("c", "b", Text("北京"), Text("Beijing"), flags=(Flag(FlagKind.NUMBER, "why"),)),
    Unit("d", "b", Text("上海"), Text("Shanghai"), notes=(Note("what?", "ann", kind=NoteKind.QUERY), Note("so"))),
)
FINDINGS = {"a": [Finding("a", "numbers", Severity.ERROR, "accuracy", "why")]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ([], "abcd"),
        ([("state", "draft"), ("state", "new")], "acd"),
        ([("finding", "any")], "a"),
        ([("finding", "warning")], ""),
        ([("finding", "numbers")], "a"),
        ([("flag", "number")], "c"),
        ([("flag", "any")], "c"),
        ([("term", "北京")], "c"),
        ([("text", "china")], "ab"),
        ([("text", "china"), ("case", "1")], "b"),
        ([("source", "[北上]"), ("regex", "1")], "cd"),
        ([("target", "ing$"), ("regex", "1")], "c"),
        ([("locked", "yes")], "b"),
        ([("repeated", "yes")], "ab"),
        ([("repeated", "yes"), ("locked", "no")], "a"),
        ([("query", "yes")], "d"),
        ([("note", "no")], "abc"),
        ([("by", "ann")], ""),
        ([("odd", "name")], "abcd"),
    ],
)
def test_a_filter_shows_what_fits_all_its_conditions(query: list[tuple[str, str]], expected: str) -> None:
    chosen = filters.read(query, {"numbers"})
    assert "".join(filters.shown(chosen, UNITS, FINDINGS, frozenset({"中国"}))) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ([("state", "perfect")], "'state' cannot be “perfect”"),
        ([("finding", "nothing")], "'finding' cannot be “nothing”"),
        ([("text", "("), ("regex", "1")], "“(” is no regular expression: missing )"),
        ([("text", "a{900}{900}"), ("regex", "1")], "repeats something 810,000 times"),
        ([("text", "x" * 401)], "'text' has more than 400 characters"),
    ],
)
def test_a_filter_that_cannot_be_is_told(query: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        filters.read(query)


def test_an_expression_that_takes_too_long_is_told_and_ends() -> None:
    with pytest.raises(InputError, match="takes too long to look for"):
        Search("(a|aa)+$", regular=True, seconds=0.2).found("a" * 200 + "b")


def test_a_bad_expression_in_the_address_is_one_sentence(still: Any) -> None:
    answer = still.get(f"{ADDRESS}list", params={"text": "[", "regex": "1"})
    assert answer.status_code == 400
    assert "is no regular expression" in answer.json()["message"]


@given(
    st.builds(
        filters.Filter, state=st.lists(st.sampled_from([s.value for s in State]), unique=True).map(tuple),
        text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
        locked=st.sampled_from(["", "yes", "no"]), by=st.text(max_size=9), case=st.sampled_from(["", "1"]),
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_filter_written_in_the_address_is_read_back(chosen: filters.Filter) -> None:
    assert filters.read(filters.written(chosen)) == chosen


def test_the_conditions_are_shown_as_chips(still: Any) -> None:
    told = still.get(f"{ADDRESS}list", params={"state": "draft", "text": "Summit", "locked": "no"}).json()
    assert [chip["label"] for chip in told["chips"]] == ["state: draft", "text: Summit", "not locked"]
    assert (told["ids"], told["total"]) == (["u1", "u2"], 5)


# Beside the text


def test_the_machines_text_is_held_against_the_edit_word_by_word() -> None:
    assert panel.difference("The summit was held.", "The summit took place.") == [
        ("The summit ", ""), ("was", "del"), ("took", "ins"), (" ", ""), ("held", "del"), ("place", "ins"), (".", ""),
    ]  # fmt: skip


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    made = panel.difference(old, new)
    assert "".join(text for text, what in made if what != "ins") == old
    assert "".join(text for text, what in made if what != "del") == new


def test_changes_can_be_heard_as_well_as_seen(client: Any) -> None:
    _act(client, "u2", 1, target="The Wuzhen Summit took place in 2023.")
    shown = client.get(f"{ADDRESS}units/u2/panel").text
    assert '<ins><span class="visually-hidden">[added: </span>took' in shown
    assert '<del><span class="visually-hidden">[taken out: </span>was' in shown


def test_the_units_words_are_marked_in_the_original(still: Any) -> None:
    shown = still.get(f"{ADDRESS}original", params={"id": "u3"}).text
    assert re.findall('data-line="(\\d)"><mark>([^<]*)</mark>', shown) == [("3", "嘉宾有1800人。")]


def test_spans_of_a_unit_follow_its_block_over_its_lines() -> None:
    block = Block("b", Kind.PARAGRAPH, Text("一二三四五六"), (Span(10, 13), Span(20, 23)), (Locator(), Locator()))
    unit = Unit("u", "b", Text("三四"), span=Span(2, 4))
    assert original.spans_of(unit, block) == [Span(12, 13), Span(20, 21)]


def test_a_page_that_cannot_be_drawn_is_told(still: Any) -> None:
    assert still.get(f"{ADDRESS}original/1").status_code == 404


def test_queries_are_listed_for_the_client_as_page_table_and_text(client: Any) -> None:
    _act(client, "u2", 1, query="=2023 or 2024?")
    assert "=2023 or 2024?" in client.get(f"{ADDRESS}queries").text
    table = client.get(f"{ADDRESS}queries?format=csv")
    assert "'=2023 or 2024?" in table.content.decode("utf-8-sig")
    assert "filename*=UTF-8''%E4%B9%8C" in table.headers["content-disposition"]
    assert client.get(f"{ADDRESS}queries?format=txt").text.startswith("1. Unit 2 (line 2)\n   乌镇峰会在2023年举行。")


def test_what_was_found_before_the_document_was_read_is_taken_back_all_the_same(folder: Path) -> None:
    work = Work(settings_in(folder))
    paper = Paper(NAME, work)
    seen = paper.unit(work.store, "u2")
    bad = replace(seen.unit, target=Text("It was held in 1999."))
    assert paper.look(bad)
    paper.everything(work.store)
    paper.take([seen])
    assert paper.findings["u2"] == paper.look(seen.unit)
    assert not any(finding.check == "dates" for finding in paper.findings["u2"])
    work.close()


class _Contested(Store):
    """A store in which somebody else is quicker by a moment, once."""

    quicker = True

    @contextmanager
    def together(self) -> Iterator[None]:
        if self.quicker:
            self.quicker = False
            self.edit(NAME, "u2", by="bob", target="What Bob wrote.")
        with super().together():
            yield


def test_who_is_overtaken_at_the_very_moment_is_told_and_both_texts_stay(folder: Path) -> None:
    work = Work(settings_in(folder))
    work._store = store = _Contested(folder / "aligned" / "workbench.sqlite")
    with pytest.raises(acts.OvertakenError, match="bob has changed this unit meanwhile"):
        acts.act(work, Paper(NAME, work), "u2", {"version": 1, "target": "What Ann wrote."}, "ann")
    unit = store.seen(NAME, ["u2"])["u2"].unit
    assert unit.target.string == "What Bob wrote."
    assert "What Ann wrote." in {one.target.string for one in unit.candidates}
    work.close()


def test_older_words_that_come_late_from_another_thread_are_not_taken(folder: Path) -> None:
    work = Work(settings_in(folder))
    paper = Paper(NAME, work)
    old = paper.unit(work.store, "u2")
    work.store.edit(NAME, "u2", by="ann", target="The latest words.")
    paper.take(work.store.seen(NAME, ["u2"]).values())
    paper.take([old])
    assert paper.unit(work.store, "u2").unit.target.string == "The latest words."
    work.close()


def test_a_document_that_is_read_anew_from_another_file_has_the_blocks_of_that(folder: Path) -> None:
    work = Work(settings_in(folder))
    paper = Paper(NAME, work)
    paper.everything(work.store)
    bitext = _bitext()
    (document,) = bitext.documents
    heading = replace(document.blocks[1], kind=Kind.HEADING)
    other = replace(document, blocks=(document.blocks[0], heading), template=Template("new.txt", "text", "0" * 64))
    work.store.save(NAME, replace(bitext, documents=(other,), units=bitext.units[:2]))
    paper.refresh(work.store, thoroughly=True)
    assert [panel.row(paper, seen).kind for seen in paper.units(work.store, paper.order)] == [Kind.TITLE, Kind.HEADING]
    work.close()


def test_a_page_that_was_open_before_the_server_was_started_anew_begins_anew(folder: Path) -> None:
    work = Work(settings_in(folder))
    before = Paper(NAME, work)
    serial, shape = before.serial, before.shape
    assert before.since(serial) == []
    work.store.edit(NAME, "u2", by="ann", target="Said while nobody looked.")
    after = Paper(NAME, work)
    assert after.since(serial) is None
    assert (after.since(after.serial), after.shape) == ([], shape)
    work.close()


def test_a_page_of_a_pdf_is_drawn() -> None:
    from reportlab.pdfgen.canvas import Canvas

    sheet = io.BytesIO()
    canvas = Canvas(sheet)
    canvas.drawString(72, 720, "page one")
    canvas.save()
    data = original._picture_of(sheet.getvalue(), 1)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") == original.WIDE
