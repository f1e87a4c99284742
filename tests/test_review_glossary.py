"""Glossary work on the page: a term added, where one occurs, and another rendering for it in all documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilingual.bitext import Bitext, Span, State, Term, TermKind, Text, Unit
from bilingual.coverage import occurrences
from bilingual.glossary import Glossary, load
from bilingual.review import glossary_work
from bilingual.review.renaming import renamed
from bilingual.settings import Settings
from bilingual.store import Store
from tests.workbench import settings_in, workbench

if TYPE_CHECKING:
    import httpx

TABLE = (
    "id,source,target,admitted,kind,status\n"
    "wz,乌镇峰会,Wuzhen Summit,the Summit,event,approved\n"
    "数据,数据,data item,,,\n"
)


def bitext(*pairs: tuple[str, str], state: State = State.TRANSLATED) -> Bitext:
    units = [Unit(f"u{n}", "b", Text(zh), Text(en), Span(0, len(zh)), state) for n, (zh, en) in enumerate(pairs)]
    return Bitext("zh", "en", (), tuple(units))


ONE = bitext(
    ("乌镇峰会开幕。", "The Wuzhen Summit opened."),
    ("乌镇峰会的成果。", "Results of the Wuzhen Summit's work."),
    ("乌镇峰会上，", "At the Summit,"),
    ("乌镇峰会很好。", "It is good."),
    ("天气很好。", "The Wuzhen Summit is nowhere in the Chinese."),
)
TWO = replace(bitext(("乌镇峰会结束。", "A Wuzhen Summit ended.")), documents=())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_in(tmp_path)
    with Store(made.output / "workbench.sqlite") as store:
        store.save("one", ONE)
        store.save("two", TWO)
        store.edit("two", "u0", by="ann", locked=True)
    (tmp_path / "glossary" / "terms.csv").write_text(TABLE)
    return made


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    with workbench(settings) as client:
        yield client


def posted(client: httpx.Client, path: str, body: object, status: int = 200) -> Any:
    answered = client.post(path, json=body)
    assert answered.status_code == status, answered.text
    return answered.json()


def key(client: httpx.Client, words: str = "乌镇峰会") -> str:
    return str(client.get("/d/one/search/glossary", params={"q": words}).json()["hits"][0]["key"])


def targets(settings: Settings, name: str) -> list[str]:
    with Store(settings.output / "workbench.sqlite") as store:
        return [unit.target.string for unit in store.load(name).units]


TERM = {"table": "0", "name": "terms.csv", "source": "天气", "target": "the weather", "kind": "phrase"}


def test_a_term_is_added_and_at_once_in_force(client: httpx.Client, settings: Settings) -> None:
    done = posted(client, "/glossary/term", TERM)
    assert done["place"] == "terms.csv, line 4"
    assert (settings.folder / "glossary" / "terms.csv").read_text() == TABLE + ",天气,the weather,,phrase,proposed\n"
    assert "天气" in client.get("/d/one/units/u4/panel").text


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        pytest.param({"source": ""}, 400, "'source' is empty", id="no Chinese"),
        pytest.param({"target": "天"}, 400, "holds Chinese", id="Chinese for English"),
        pytest.param({"source": "乌镇峰会"}, 400, "stands there already", id="known"),
        pytest.param({"kind": "animal"}, 400, "unknown kind or status", id="no such kind"),
        pytest.param({"status": "wild"}, 400, "unknown kind or status", id="no such status"),
        pytest.param({"table": "7"}, 409, "the tables of the glossary are others now", id="no such table"),
        pytest.param({"name": "../x.csv"}, 409, "the tables of the glossary are others now", id="a path"),
        pytest.param({"source": ["a"]}, 400, "is no text", id="a list"),
        pytest.param({"note": "a" * 2001}, 400, "is no text, or a very long one", id="long"),
    ],
)
def test_what_cannot_be_a_term_is_told(
    client: httpx.Client, settings: Settings, given: dict[str, object], status: int, told: str
) -> None:
    assert told in posted(client, "/glossary/term", TERM | given, status)["message"]
    assert (settings.folder / "glossary" / "terms.csv").read_text() == TABLE


def test_script_in_a_term_is_text(client: httpx.Client, settings: Settings) -> None:
    posted(client, "/glossary/term", TERM | {"target": '<img src=x onerror="alert(1)">'})
    shown = client.get("/d/one/units/u4/panel").text
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_a_table_open_in_a_spreadsheet_is_told_before_and_when_saving(client: httpx.Client, settings: Settings) -> None:
    (settings.folder / "glossary" / ".~lock.terms.csv#").touch()
    assert [table["open"] for table in client.get("/glossary/tables").json()["tables"]] == [True]
    assert "open in a spreadsheet" in posted(client, "/glossary/term", TERM, 400)["message"]


def test_where_a_term_occurs_is_shown_for_all_documents(client: httpx.Client) -> None:
    found = client.get("/glossary/uses", params={"key": key(client)}).json()
    assert [(document["name"], document["count"]) for document in found["documents"]] == [("one", 4), ("two", 1)]
    first = found["documents"][0]["uses"][0]
    assert (first["number"], first["source"], first["target"]) == (
        1, [["乌镇峰会", True], ["开幕。", False]], [["The ", False], ["Wuzhen Summit", True], [" opened.", False]],
    )  # fmt: skip
    assert found["outcomes"] == {"by hand": 4, "otherwise": 1}


def test_a_rendering_is_changed_in_all_documents_where_it_is_ticked(client: httpx.Client, settings: Settings) -> None:
    asked = {"key": key(client), "target": "Wuzhen Forum"}
    shown = posted(client, "/glossary/preview", asked)
    one, two = shown["documents"]
    assert [(change["number"], change["ticked"]) for change in one["changes"]] == [(1, True), (2, True)]
    assert one["changes"][1]["after"] == [
        ["Results of the Wuzhen ", False], ["Forum", True], ["'s work.", False]
    ]  # fmt: skip
    assert [left["why"] for left in one["left"]] == ["says “the Summit”, which is right too",
                                                     "said in other words, or not at all"]  # fmt: skip
    assert [(change["notes"], change["ticked"]) for change in two["changes"]] == [(["locked"], False)]
    ticked = {"one": {change["id"]: change["version"] for change in one["changes"]}}
    done = posted(client, "/glossary/rename", {**asked, "keep": "admitted", "ticked": ticked})
    assert [document["message"] for document in done["documents"]] == ["2 units changed."]
    assert targets(settings, "one")[:2] == ["The Wuzhen Forum opened.", "Results of the Wuzhen Forum's work."]
    assert targets(settings, "two") == ["A Wuzhen Summit ended."]
    term = load(settings.glossary_paths()).terms[0]
    assert (term.target, term.admitted) == ("Wuzhen Forum", ("Wuzhen Summit", "the Summit"))
    posted(client, "/d/one/undo", {})
    assert targets(settings, "one")[0] == "The Wuzhen Summit opened."


def test_a_unit_changed_meanwhile_is_left_when_a_term_is_renamed(client: httpx.Client, settings: Settings) -> None:
    posted(client, "/d/one/units/u0", {"version": 1, "target": "The Wuzhen Summit has opened."})
    asked = {"key": key(client), "target": "Wuzhen Forum", "ticked": {"one": {"u0": 1, "u1": 1}}}
    assert posted(client, "/glossary/rename", asked)["documents"][0]["lost"] == ["u0"]
    assert targets(settings, "one")[0] == "The Wuzhen Summit has opened."


def test_a_document_that_fails_is_left_and_told_when_a_term_is_renamed(
    client: httpx.Client, settings: Settings
) -> None:
    ticked = {"gone": {"u0": 1}, "one": {"u0": 1}}
    done = posted(client, "/glossary/rename", {"key": key(client), "target": "Wuzhen Forum", "ticked": ticked})
    gone, one = done["documents"]
    assert (gone["lost"], gone["message"][:15]) == (["u0"], "left as it was:")
    assert one["message"] == "1 unit changed."
    assert targets(settings, "one")[0] == "The Wuzhen Forum opened."
    assert client.get("/glossary/uses", params={"key": done["key"]}).json()["target"]


def test_an_entry_changed_by_a_spreadsheet_meanwhile_changes_nothing(client: httpx.Client, settings: Settings) -> None:
    asked = {"key": key(client), "target": "Wuzhen Forum", "ticked": {"one": {"u0": 1}}}
    (settings.folder / "glossary" / "terms.csv").write_text(TABLE.replace("Wuzhen Summit", "Wuzhen Meeting"))
    assert "changed meanwhile" in posted(client, "/glossary/rename", asked, 409)["message"]
    assert targets(settings, "one")[0] == "The Wuzhen Summit opened."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({"target": "Wuzhen Summit"}, "already", id="the same"),
        pytest.param({"target": "  "}, "'target' is empty", id="nothing"),
        pytest.param({"keep": "framed"}, "'keep' cannot be", id="no such way"),
        pytest.param({"ticked": {"one": ["u0"]}}, "nothing is ticked", id="a list"),
        pytest.param({"ticked": {"one": {"u0": "x"}}}, "version", id="no version"),
    ],
)
def test_odd_renamings_are_told(client: httpx.Client, settings: Settings, given: dict[str, object], told: str) -> None:
    asked = {"key": key(client), "target": "Wuzhen Forum", "ticked": {"one": {"u0": 1}}} | given
    assert told in posted(client, "/glossary/rename", asked, 400)["message"]
    assert (settings.folder / "glossary" / "terms.csv").read_text() == TABLE


SUMMIT = Term("s", "数据中心", "data hub", kind=TermKind.PHRASE)


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        pytest.param("It is a data hub.", "info hub", "It is an info hub.", id="article"),
        pytest.param("Data hubs grow.", "data centre", "Data centres grow.", id="plural and capital"),
        pytest.param("The data hub's role", "data centre", "The data centre's role", id="possessive"),
        pytest.param("DATA HUB PLANS", "data centre", "DATA CENTRE PLANS", id="all capitals"),
        pytest.param("New Data Hub in Wuzhen", "centre of data", "New Centre of Data in Wuzhen", id="a title"),
        pytest.param("in the data hub", "the Hub", "in the Hub", id="no article twice"),
        pytest.param("one data hub and one data hub", "store", "one store and one store", id="twice"),
    ],
)
def test_a_rendering_is_put_in_as_english_wants_it(before: str, new: str, after: str) -> None:
    count = before.lower().count("data hub")
    text = bitext(("数据中心" * count, before))
    uses = occurrences([("d", text)], Glossary((SUMMIT,)), SUMMIT)
    changes, _ = renamed(text.units, uses, SUMMIT, new)
    assert [change.target for change in changes] == [after]


def test_a_project_without_a_glossary_of_its_own_gets_one_with_all_it_had(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, output=tmp_path / "aligned")
    had = load(settings.glossary_paths())
    (table,) = glossary_work.tables(settings)
    assert "beside a copy" in table.told
    glossary_work.added(settings, table, Term("天气", "天气", "weather"))
    assert settings.glossary_paths() == (tmp_path / "glossary",)
    assert len(load(settings.glossary_paths())) == len(had) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["glossary"]


def test_an_empty_folder_gets_a_table(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, output=tmp_path / "aligned")
    (tmp_path / "glossary").mkdir()
    (table,) = glossary_work.tables(settings)
    glossary_work.added(settings, table, Term("天气", "天气", "weather"))
    assert [term.target for term in load(settings.glossary_paths()).terms] == ["weather"]
    assert [one.number for one in glossary_work.tables(settings)] == ["0"]
