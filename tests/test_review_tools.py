"""The tools of the editing page through the server: candidates, searches, replacements, repetitions, next words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilingual.bitext import Bitext, Block, Candidate, Document, Kind, Origin, OriginKind, Span, State, Text, Unit
from bilingual.memory import Memory
from bilingual.settings import Settings
from bilingual.store import Store
from tests.workbench import settings_in, workbench

if TYPE_CHECKING:
    import httpx

SENTENCES = (
    ("大会在乌镇举行。", "The conference is held in Wuzhen.", State.DRAFT),
    ("数字经济发展很快。", "The digital economy grows fast.", State.TRANSLATED),
    ("大会在乌镇举行。", "The meeting took place in Wuzhen.", State.DRAFT),
    ("乌镇是水乡。", "Wuzhen is a water town.", State.FINAL),
    ("大会 在乌镇举行。", "", State.NEW),
    ("<script>alert(1)</script>很好。", "<script>alert(1)</script> good.", State.DRAFT),
)
MACHINE = Origin(OriginKind.MACHINE, "instant/1")


def document() -> Bitext:
    units = tuple(
        Unit(f"u{n}", f"b{n}", Text(zh), Text(en), Span(0, len(zh)), state, origin=MACHINE,
             candidates=(Candidate(Text(en), MACHINE, -0.5),) if en else ())
        for n, (zh, en, state) in enumerate(SENTENCES)
    )  # fmt: skip
    blocks = tuple(
        Block(f"b{n}", Kind.PARAGRAPH, Text(zh), (Span(0, len(zh)),), (), order=n)
        for n, (zh, _, _) in enumerate(SENTENCES)
    )
    return Bitext("zh", "en", (Document("报告", "zh", "", blocks),), units)


def project(folder: Path) -> Settings:
    made = settings_in(folder)
    with Store(made.output / "workbench.sqlite") as store:
        store.save("报告", document())
        store.save("other", replace(document(), units=document().units[:2]))
    (folder / "glossary" / "terms.csv").write_text(
        "id,source,target,admitted,kind,status\nwz,乌镇,Wuzhen,Wuzhen town,place,approved\n"
        "de,数字经济,digital economy,,,\n"
    )
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client for what changes nothing, so that one server is enough for all of it."""
    with workbench(project(tmp_path_factory.mktemp("reading"))) as client:
        yield client


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    with workbench(settings) as client:
        yield client


def got(client: httpx.Client, path: str, **params: str) -> Any:
    answered = client.get(path, params=params)
    assert answered.status_code == 200, answered.text
    return answered.json()


def posted(client: httpx.Client, path: str, body: object, status: int = 200) -> Any:
    answered = client.post(path, json=body)
    assert answered.status_code == status, answered.text
    return answered.json()


def targets(settings: Settings, name: str = "报告") -> list[str]:
    with Store(settings.output / "workbench.sqlite") as store:
        return [unit.target.string for unit in store.load(name).units]


def remembered(settings: Settings) -> None:
    units = [
        Unit("m1", "b", Text("大会在北京举行。"), Text("The conference is held in Beijing."), state=State.REVIEWED),
        Unit("m2", "b", Text("乌镇是水乡。"), Text("Wuzhen is a town of canals."), state=State.TRANSLATED),
    ]
    with Memory(settings.memory) as memory:
        memory.add(units, document="2016年报", by="Li Na", when="2024-03-01T00:00:00Z")


def test_candidates_are_the_units_own_without_a_memory(reader: httpx.Client) -> None:
    found = got(reader, "/d/报告/units/u0/candidates")
    assert [(one["kind"], one["text"], one["present"]) for one in found["candidates"]] == [
        ("machine", "The conference is held in Wuzhen.", True)
    ]
    assert "no memory yet" in found["told"]


def test_candidates_of_the_memory_have_percentages_differences_and_where_they_are_from(settings: Settings) -> None:
    remembered(settings)
    with workbench(settings) as client:
        near, exact = (got(client, f"/d/报告/units/{unit}/candidates")["candidates"] for unit in ("u0", "u3"))
    assert exact[0]["label"] == "100 %"
    assert exact[0]["source"] is None
    assert exact[0]["change"] == [["Wuzhen is a ", False], ["town of canals", True], [".", False]]
    match = next(one for one in near if one["kind"] == "memory")
    assert match["percent"] < 100
    assert match["source"] == [["大会在", False], ["北京", True], ["举行。", False]]
    assert "2016年报" in match["origin"]
    assert "Li Na" in match["origin"]


def test_words_are_found_in_this_document_on_both_sides(reader: httpx.Client) -> None:
    found = got(reader, "/d/报告/search/document", q="烏鎮")["hits"]
    assert [hit["number"] for hit in found] == [1, 3, 4, 5]
    assert found[0]["source"] == [["大会在", False], ["乌镇", True], ["举行。", False]]
    english = got(reader, "/d/报告/search/document", q="WUZHEN is", side="en")["hits"]
    assert [hit["target"][0] for hit in english] == [["Wuzhen is", True]]


def test_words_are_found_in_the_memory(settings: Settings) -> None:
    remembered(settings)
    with workbench(settings) as client:
        found = got(client, "/d/报告/search/memory", q="canals")["hits"]
    assert found[0]["target"][1] == ["canals", True]
    assert found[0]["origin"] == "2016年报, translated, Li Na, 2024-03-01"


@pytest.mark.parametrize("words", ["乌镇", "wuzhen", "wu zhen"])
def test_terms_are_found_by_chinese_english_and_pinyin(reader: httpx.Client, words: str) -> None:
    assert [hit["text"] for hit in got(reader, "/d/报告/search/glossary", q=words)["hits"]] == ["Wuzhen"]


@pytest.mark.parametrize(
    ("path", "params", "told"),
    [
        pytest.param("/d/报告/search/memory", {"q": ""}, "nothing to look for", id="nothing"),
        pytest.param("/d/报告/search/memory", {"q": "a" * 201}, "more than 200", id="a sentence"),
        pytest.param("/d/报告/search/document", {"q": "a", "side": "fr"}, "one cannot look in 'fr'", id="no such side"),
        pytest.param("/d/报告/search/web", {"q": "a"}, "one cannot search in 'web'", id="no such place"),
    ],
)
def test_odd_searches_are_told(reader: httpx.Client, path: str, params: dict[str, str], told: str) -> None:
    answered = reader.get(path, params=params)
    assert answered.status_code == 400
    assert told in answered.json()["message"]


def test_what_is_no_document_is_not_found(reader: httpx.Client) -> None:
    for path in ("/d/nothing/units/u0/candidates", "/d/报告/units/u99/candidates", "/d/..%2Fx/search/document?q=a"):
        assert reader.get(path).status_code == 404


def test_words_are_replaced_where_they_are_ticked(client: httpx.Client, settings: Settings) -> None:
    asked = {"find": "wuzhen", "new": "Wu Town"}
    hits = posted(client, "/d/报告/replace/preview", asked)["hits"]
    assert [(hit["place"], hit["held"]) for hit in hits] == [(1, ""), (3, ""), (4, "final")]
    assert hits[0]["after"] == [["The conference is held in ", False], ["Wu Town", True], [".", False]]
    ticked = {hit["id"]: {"version": hit["version"], "hits": [hit["number"]]} for hit in hits if not hit["held"]}
    done = posted(client, "/d/报告/replace", {**asked, "ticked": ticked})
    assert done["message"] == "2 units changed."
    assert targets(settings)[0] == "The conference is held in Wu Town."
    assert targets(settings)[3] == "Wuzhen is a water town."
    with Store(settings.output / "workbench.sqlite") as store:
        units = store.load("报告").units
    assert [unit.state for unit in units] == [state for _, _, state in SENTENCES], "nobody has read the drafts for it"
    assert all(unit.unconfirmed for unit in units if unit.state is State.DRAFT)
    posted(client, "/d/报告/undo", {})
    assert targets(settings) == [english for _, english, _ in SENTENCES]


def test_groups_of_an_expression_are_put_where_the_replacement_has_them(
    client: httpx.Client, settings: Settings
) -> None:
    asked = {"find": r"held in (?<town>\w+)", "new": "$town? ${town} holds $1$$", "regular": True}
    hits = posted(client, "/d/报告/replace/preview", asked)["hits"]
    assert hits[0]["after"][1] == ["$town? Wuzhen holds Wuzhen$", True]


def test_only_what_the_filter_shows_is_looked_through(reader: httpx.Client) -> None:
    asked = {"find": "Wuzhen", "new": "x", "filter": "?state=final"}
    assert [hit["place"] for hit in posted(reader, "/d/报告/replace/preview", asked)["hits"]] == [4]
    assert not posted(reader, "/d/报告/replace/preview", asked | {"filter": "finding=codes"})["hits"]


def test_a_unit_that_was_changed_meanwhile_is_left_and_told(client: httpx.Client, settings: Settings) -> None:
    asked = {"find": "Wuzhen", "new": "Wu Town"}
    hits = posted(client, "/d/报告/replace/preview", asked)["hits"]
    posted(client, "/d/报告/units/u0", {"version": hits[0]["version"], "target": "Held in Wuzhen, that is."})
    ticked = {hit["id"]: {"version": hit["version"], "hits": [0]} for hit in hits}
    done = posted(client, "/d/报告/replace", {**asked, "ticked": ticked})
    assert done["lost"] == ["u0"]
    assert "1 left" in done["message"]
    assert targets(settings)[0] == "Held in Wuzhen, that is."
    assert targets(settings)[2] == "The meeting took place in Wu Town."
    assert targets(settings)[3] == "Wu Town is a water town."


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param({"find": ""}, "nothing to look for", id="nothing"),
        pytest.param({"find": "(", "regular": True}, "no regular expression", id="half a bracket"),
        pytest.param({"find": "a" * 401}, "more than 400", id="long"),
        pytest.param({"find": "(a)", "new": "$2", "regular": True}, "one group", id="no such group"),
        pytest.param({"find": "a", "new": "${x}", "regular": True}, "no group", id="no such name"),
        pytest.param({"find": "a", "new": "x" * 1001}, "more than 1000", id="long replacement"),
        pytest.param({"find": "a", "new": "\u0007"}, "control character", id="control character"),
        pytest.param({"find": 3}, "is no text", id="a number"),
        pytest.param({"find": "a", "filter": "?state=wild"}, "'state' cannot be", id="odd filter"),
        pytest.param({"find": "(?:a{1000}){1000}", "regular": True}, "repeats", id="huge repetition"),
    ],
)  # fmt: skip
def test_odd_replacements_are_told(reader: httpx.Client, asked: dict[str, object], told: str) -> None:
    answered = reader.post("/d/报告/replace/preview", json=asked)
    assert answered.status_code == 400
    assert told in answered.json()["message"]


def test_an_expression_without_end_is_stopped_and_saves_go_on(settings: Settings) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        unit = store.load("报告").units[1]
        store.edit("报告", unit.id, by="ann", target="a" * 60 + "b")
    with workbench(settings) as client:
        answered = client.post("/d/报告/replace/preview", json={"find": "(a|aa|a+)+$", "regular": True, "new": ""})
        assert answered.status_code in {200, 400}
        assert posted(client, "/d/报告/replace/preview", {"find": "good", "new": "fine"})["hits"]


@pytest.mark.parametrize(
    "body",
    [
        {"find": "a", "new": "b"},
        {"find": "a", "new": "b", "ticked": []},
        {"find": "a", "new": "b", "ticked": {"u0": 1}},
        {"find": "a", "new": "b", "ticked": {"u0": {"version": "1", "hits": [0]}}},
        {"find": "a", "new": "b", "ticked": {"u0": {"version": 1, "hits": [True]}}},
    ],
    ids=["nothing", "a list", "no hits", "a text for a version", "a truth for a hit"],
)
def test_odd_ticks_are_told_and_change_nothing(client: httpx.Client, settings: Settings, body: object) -> None:
    assert client.post("/d/报告/replace", json=body).status_code == 400
    assert targets(settings) == [english for _, english, _ in SENTENCES]


def test_repetitions_are_shown_with_what_differs_and_done(client: httpx.Client, settings: Settings) -> None:
    found = got(client, "/d/报告/units/u0/repetitions")
    shown = [(one["number"], one["ticked"], one["notes"]) for one in found["repetitions"]]
    assert shown == [(3, True, []), (5, True, ["the Chinese is written in other characters"])]
    assert found["repetitions"][0]["after"] == [["The ", False], ["conference is held", True], [" in Wuzhen.", False]]
    ticked = {one["id"]: one["version"] for one in found["repetitions"]}
    posted(client, "/d/报告/repeat", {"id": "u0", "ticked": ticked})
    assert [targets(settings)[n] for n in (0, 2, 4)] == ["The conference is held in Wuzhen."] * 3


def test_nothing_else_is_changed_by_a_repetition(client: httpx.Client, settings: Settings) -> None:
    posted(client, "/d/报告/repeat", {"id": "u0", "ticked": {"u1": 1, "u2": 7}})
    assert targets(settings) == [english for _, english, _ in SENTENCES]


def test_a_locked_repetition_is_changed_only_where_it_is_ticked_and_stays_locked(
    client: httpx.Client, settings: Settings
) -> None:
    posted(client, "/d/报告/units/u2", {"version": 1, "locked": True})
    found = {one["id"]: one for one in got(client, "/d/报告/units/u0/repetitions")["repetitions"]}
    assert (found["u2"]["ticked"], found["u2"]["notes"]) == (False, ["locked"])
    posted(client, "/d/报告/repeat", {"id": "u0", "ticked": {"u2": found["u2"]["version"]}})
    with Store(settings.output / "workbench.sqlite") as store:
        unit = store.load("报告").units[2]
    assert (unit.target.string, unit.locked) == ("The conference is held in Wuzhen.", True)


def test_next_words_are_those_of_the_glossary_where_no_engine_is_wanted(reader: httpx.Client) -> None:
    found = posted(reader, "/d/报告/units/u1/next", {"typed": "The dig"})
    assert found == {"terms": ["ital economy"], "words": [], "told": ""}


def test_next_words_come_from_the_engine(reader: httpx.Client) -> None:
    for _ in range(5):  # whoever waits too long gets none; the engine is there the next time
        found = posted(reader, "/d/报告/units/u1/next", {"typed": "", "engine": True})
        assert found["told"] == ""
        if found["words"]:
            break
    assert found["words"]


def test_text_of_people_stays_text(reader: httpx.Client) -> None:
    hits = got(reader, "/d/报告/search/document", q="script")["hits"]
    assert ["<", False] in hits[0]["source"]
    assert (
        reader.get("/d/报告/search/document", params={"q": "x"}).headers["content-type"].startswith("application/json")
    )
