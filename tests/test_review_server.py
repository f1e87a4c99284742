"""The workbench's server: documents go in, their progress is seen, they come out; and it may die at any moment."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from bilingual.bitext import Note, NoteKind, State
from bilingual.checks import meaning
from bilingual.formats import FORMATS
from bilingual.memory import Memory
from bilingual.review.child import Child, order_of, settings_of
from bilingual.review.desk import Desk, Work
from bilingual.review.downloads import DOCUMENT_WORDS, FORMAT_WORDS
from bilingual.review.finish import REPORTS
from bilingual.review.inbox import Inbox, Order, document_name, free_name
from bilingual.review.login import GUESSES
from bilingual.review.overview import Overview, facts_of
from bilingual.review.safety import Access
from bilingual.settings import Penalties, Rules, Settings
from bilingual.store import Store
from tests.workbench import TOKEN, client_of, served, settings_in, store_with, workbench

if TYPE_CHECKING:
    import httpx

PAGE = ["世界互联网大会在乌镇举行。", "他们来自126个国家和地区。", "共有1800多位嘉宾参加。"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    store_with(settings, {"page": PAGE})
    with workbench(settings, by="ann") as client:
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_in(tmp_path_factory.mktemp("jobs"))


@pytest.fixture(scope="module")
def busy(shared: Settings) -> Iterator[httpx.Client]:
    """A client of a server whose worker process serves many tests: starting one takes a while."""
    with workbench(shared, by="ann") as client:
        yield client


def ended(client: httpx.Client, number: int, seconds: float = 60) -> dict[str, Any]:
    """A job, once it is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job: dict[str, Any] = next(one for one in client.get("/jobs").json()["jobs"] if one["id"] == number)
        if job["state"] not in {"waiting", "running"}:
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def upload(client: httpx.Client, text: str, file_name: str = "", **asked: str) -> httpx.Response:
    headers = {"x-file-name": quote(file_name)} if file_name else {}
    return client.post("/translate", content=text.encode(), headers=headers, params=asked)


# --- the start page


def test_the_start_page_is_there_for_an_empty_store(settings: Settings) -> None:
    with workbench(settings) as client:
        shown = client.get("/")
    assert shown.status_code == 200
    assert "There is no document yet" in shown.text


def test_a_document_in_the_list_says_how_far_it_is(client: httpx.Client, settings: Settings) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        first, second, _ = store.load("page").units
        store.edit("page", first.id, by="李雷", state=State.REVIEWED, when="2026-11-25T10:00:00Z", note="good")
        store.edit("page", second.id, by="ann", target="", when="2026-11-25T09:00:00Z")
    assert 'href="/d/page/"' in client.get("/").text
    row = client.get("/d/page/overview").text
    assert "1 reviewed" in row
    assert "2 of 3" in row
    assert "1 empty" in row
    assert "李雷" in row
    with Store(settings.output / "workbench.sqlite") as store:
        store.edit("page", second.id, by="ann", target="So.", when="2026-11-25T09:00:00Z", state=State.FINAL)
    row = client.get("/d/page/overview").text
    assert "1 final, 1 reviewed, 1 draft" in row
    assert "empty" not in row


def test_a_document_that_is_not_there_is_told(client: httpx.Client) -> None:
    shown = client.get("/d/nope/finish", headers={"accept": "text/html"})
    assert shown.status_code == 404
    assert "there is no document &#39;nope&#39; here" in shown.text
    assert client.get("/d/nope/overview").json()["message"] == "there is no document 'nope' here"


def test_the_counts_of_a_document_are_right() -> None:
    from bilingual.bitext import Text, Unit

    one = Unit("1", "b", Text("你 好"), Text("Hello there"), state=State.FINAL)
    query = Note("which?", "ann", "2026", NoteKind.QUERY)
    overview = Overview("x")
    for unit in (one, replace(one, id="2", state=State.NEW, target=Text(" "), notes=(query, Note("n")))):
        overview.take(facts_of(unit))
    found = (overview.units, overview.words, overview.characters, overview.left, overview.empty)
    assert found == (2, 2, 6, 3, 1)
    assert (overview.queries, overview.notes, overview.open) == (1, 1, 1)
    assert overview.bar == [("final", 0.0, 50.0), ("new", 50.0, 50.0)]
    assert overview.told == "1 final, 1 new"


# --- documents go in


def test_a_document_is_translated_and_then_in_the_list(busy: httpx.Client, shared: Settings) -> None:
    job = upload(busy, "\n".join(PAGE), "年报.txt").json()
    assert job["state"] in {"waiting", "running"}
    job = ended(busy, job["id"])
    assert (job["state"], job["name"]) == ("done", "年报")
    assert job["made"]["units"] == 3
    assert job["made"]["written"] == ["年报.tmx", "年报.csv"]
    assert "年报" in busy.get("/documents").text
    assert busy.get(f"/d/{quote('年报')}/source").content == "\n".join(PAGE).encode()
    with Store(shared.output / "workbench.sqlite") as store:
        (document,) = store.load("年报").documents
        assert document.template
        assert document.template.name == "年报.txt"
    assert not [*(shared.output / ".inbox").iterdir()]


def test_pasted_text_gets_a_name_and_the_options_that_were_chosen(busy: httpx.Client) -> None:
    job = ended(busy, upload(busy, "乌镇在哪里？", name="一", formats="xlsx", table="terms.csv").json()["id"])
    assert job["made"]["terms"] == {"enforced": 1}
    assert job["made"]["written"] == ["一.xlsx"]


def test_a_document_for_which_no_table_is_chosen_is_translated_without_terms(busy: httpx.Client) -> None:
    job = ended(busy, upload(busy, "乌镇在哪里？", name="no terms", table="").json()["id"])
    assert (job["state"], job["made"]["terms"]) == ("done", {})


def test_a_table_that_is_gone_is_told_and_nothing_translated_without_it(busy: httpx.Client) -> None:
    answer = upload(busy, "乌镇在哪里？", name="gone", table="gone.csv")
    assert (answer.status_code, "“gone.csv”" in answer.json()["message"]) == (400, True)


def test_a_file_that_cannot_be_read_is_told_and_the_next_one_goes_on(busy: httpx.Client) -> None:
    bad = upload(busy, "PK nothing", "a.docx").json()
    good = upload(busy, PAGE[0], "b.txt").json()
    bad = ended(busy, bad["id"])
    assert bad["state"] == "failed"
    assert bad["message"].startswith("a.docx: this is no .docx file")
    assert ended(busy, good["id"])["state"] == "done"


@pytest.mark.parametrize(
    ("file_name", "text", "told"),
    [
        ("a.doc", "x", "no reader for '.doc' files"),
        ("noending", "x", "the name has no ending"),
        ("a.txt", "", "is empty"),
        ("", "你好。", "the document has no name"),
    ],
)
def test_what_cannot_be_translated_is_refused_at_once(
    client: httpx.Client, file_name: str, text: str, told: str
) -> None:
    answer = upload(client, text, file_name)
    assert answer.status_code == 400
    assert told in answer.json()["message"]
    assert not client.get("/jobs").json()["jobs"]


def test_a_name_that_is_taken_is_asked_about_and_an_update_keeps_what_people_did(
    busy: httpx.Client, shared: Settings
) -> None:
    store_with(shared, {"page": PAGE})
    with Store(shared.output / "workbench.sqlite") as store:
        unit = store.load("page").units[0]
        store.edit("page", unit.id, by="ann", target="The conference is in Wuzhen.")
    refused = upload(busy, "\n\n".join(PAGE), "PAGE.txt")
    assert refused.status_code == 409
    assert (refused.json()["name"], refused.json()["free"]) == ("page", "PAGE-2")
    job = ended(busy, upload(busy, "\n\n".join([*PAGE, "再见。"]), "PAGE.txt", update="1").json()["id"])
    assert (job["name"], job["made"]["units"], job["made"]["kept"]) == ("page", 4, 1)
    with Store(shared.output / "workbench.sqlite") as store:
        assert store.load("page").units[0].target.string == "The conference is in Wuzhen."


def test_jobs_wait_for_each_other_and_can_be_taken_back(busy: httpx.Client, shared: Settings) -> None:
    long = "\n\n".join(f"第{number}次大会在乌镇举行。" for number in range(4000))
    jobs = [upload(busy, text, name=f"n{at}").json()["id"] for at, text in enumerate((long, PAGE[0], PAGE[0]))]
    busy.post("/jobs/cancel", json={"id": jobs[1]})
    until = time.monotonic() + 60
    while not busy.get("/jobs").json()["jobs"][-3]["total"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    busy.post("/jobs/cancel", json={"id": jobs[0]})
    assert [ended(busy, job)["state"] for job in jobs] == ["stopped", "stopped", "done"]
    left = busy.post("/jobs/cancel", json={"id": jobs[1]}).json()["jobs"]
    assert jobs[1] not in [job["id"] for job in left]
    with Store(shared.output / "workbench.sqlite") as store:
        assert {"n0", "n1", "n2"} & {*store.names()} == {"n2"}


def test_what_was_taken_in_is_translated_by_the_next_server(settings: Settings) -> None:
    """As if the first one had been killed before it got to it."""
    import asyncio
    from collections.abc import AsyncIterator

    async def pieces() -> AsyncIterator[bytes]:
        yield PAGE[0].encode()

    inbox = Inbox(settings.output / ".inbox")
    number = asyncio.run(inbox.take(pieces()))
    inbox.order(number, Order("left", "left.txt", "ann"))
    with workbench(settings) as client:
        assert ended(client, number)["state"] == "done"
    assert not [*inbox.waiting()]


def _worker(others: set[int]) -> int:
    """The process id of a worker of this process that is none of these, once it is there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                words = (status.parent / "cmdline").read_bytes()
                mine = f"PPid:\t{os.getpid()}\n" in status.read_text() and b"bilingual.review.worker" in words
                if mine and int(status.parent.name) not in others:
                    return int(status.parent.name)
            except OSError:  # it has just ended
                continue
        time.sleep(0.02)
    raise AssertionError("there is no worker")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_document_whose_worker_dies_is_tried_once_more_and_then_kept(settings: Settings) -> None:
    long = "\n\n".join(f"第{number}次大会在乌镇举行。" for number in range(20_000))
    others = {int(path.name) for path in Path("/proc").glob("[0-9]*")}
    with workbench(settings) as client:
        job = upload(client, long, name="long").json()["id"]
        for _ in range(2):
            others.add(worker := _worker(others))
            os.kill(worker, signal.SIGKILL)
        told = ended(client, job)
        assert told["state"] == "failed"
        assert "has stopped (signal 9)" in told["message"]
        assert [order.name for _, order in Inbox(settings.output / ".inbox").waiting()] == ["long"]
        client.post("/jobs/cancel", json={"id": job})
        assert not [*Inbox(settings.output / ".inbox").waiting()]


def test_a_store_that_was_moved_away_is_told_and_no_other_takes_its_place(settings: Settings) -> None:
    store_with(settings, {"page": PAGE})
    store = settings.output / "workbench.sqlite"
    with workbench(settings) as client:
        with Store(store) as opened:
            unit, version = opened.outline("page")[0]
        assert client.get("/d/page/").status_code == 200
        files = sorted(settings.output.glob("workbench*"))
        for file in files:
            file.rename(settings.folder / file.name)
        done = client.post(f"/d/page/units/{unit}", json={"version": version, "target": "In Wuzhen."})
        assert done.status_code == 507
        assert "was moved, deleted or replaced while it was open: nothing was saved" in done.json()["message"]
        assert client.get("/d/page/download/tmx").status_code == 404
        assert not store.exists()
        for file in files:
            (settings.folder / file.name).rename(file)
        assert client.post(f"/d/page/units/{unit}", json={"version": version, "target": "In Wuzhen."}).is_success
        assert client.get("/d/page/download/tmx").is_success
    with Store(store) as opened:
        assert opened.load("page").units[0].target.string == "In Wuzhen."


def test_what_failed_for_a_reason_that_may_pass_is_kept_for_the_next_start(settings: Settings) -> None:
    table = settings.folder / "glossary" / "terms.csv"
    good = table.read_bytes()
    table.write_bytes(b"nonsense")
    with workbench(settings) as client:
        job = upload(client, PAGE[0], name="kept").json()["id"]
        assert ended(client, job)["state"] == "failed"
        table.write_bytes(good)
        broken = upload(client, "no archive", "broken.docx").json()["id"]
        assert ended(client, broken)["state"] == "failed"
    assert [order.name for _, order in Inbox(settings.output / ".inbox").waiting()] == ["kept"]
    with workbench(settings) as client:
        assert ended(client, job)["state"] == "done"
    assert not [*Inbox(settings.output / ".inbox").waiting()]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("report", "report"), ("  a  b ", "a b"), ("../../x", "x"), ("a/b\\c:d", "a b c d"), ("年报？", "年报？"),
        ("a\x00b\u202ec", "a b c"), ("..", None), ("", None), ("/", None), ("e\u0301", "é"), (".hidden", "hidden"),
        ("中" * 300, "中" * 66), ("a" * 300, "a" * 100), ("name.", "name"), ("\ud800", None),
        ("CON", "CON_"), ("nul.2023", "nul_.2023"), ("com1.x", "com1_.x"), ("console", "console"),
    ],
)  # fmt: skip
def test_a_name_is_one_that_every_system_takes(given: str, name: str | None) -> None:
    from bilingual.errors import InputError

    if name is None:
        with pytest.raises(InputError, match="has no name"):
            document_name(given)
    else:
        assert document_name(given) == name
        assert document_name(name) == name


def test_a_free_name_is_nobodys() -> None:
    assert free_name("a", set()) == "a"
    assert free_name("A", {"a", "a-2"}) == "A-3"


def test_the_workers_order_holds_the_settings(tmp_path: Path) -> None:
    import json

    settings = Settings(
        output=tmp_path, glossary=(tmp_path / "g.csv",), formats=("xlsx",), engine="instant", memory=tmp_path / "m",
        rules=Rules(break_at_newline=False, srx=tmp_path / "r.srx"), penalties=Penalties(machine=7), folder=tmp_path,
    )  # fmt: skip
    assert settings_of(json.loads(json.dumps(order_of(settings)))) == settings
    assert settings_of(json.loads(json.dumps(order_of(Settings())))) == Settings()


def test_the_worker_is_started_again_when_it_is_lost(settings: Settings) -> None:
    import asyncio

    from bilingual.errors import EngineError

    async def scene() -> list[Any]:
        child = Child()
        unknown = replace(settings, engine="x")
        asked: dict[str, Any] = {"settings": order_of(settings), "source": "乌镇在哪里？"}
        first = await child.ask("continue", typed="Wh", count=3, **asked)
        assert child._process
        child._process.kill()
        await child._process.wait()
        await asyncio.sleep(0.1)
        again = await child.ask("continue", typed="Wh", count=3, **asked)
        with pytest.raises(EngineError, match="no engine is called 'x'"):
            await child.ask("continue", typed="Wh", count=3, **asked | {"settings": order_of(unknown)})
        await child.stop()
        return [first, again]

    first, again = asyncio.run(scene())
    assert isinstance(first, list)
    assert first == again


# --- documents come out


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_can_be_downloaded_and_read_again(client: httpx.Client, form: Any) -> None:
    got = client.get(f"/d/page/download/{form.name}")
    assert got.status_code == 200
    assert f'filename="page{form.suffixes[0]}"' in got.headers["content-disposition"]
    assert len(form.read(io.BytesIO(got.content), f"page{form.suffixes[0]}").units) == 3
    assert got.content == client.get(f"/d/page/download/{form.name}").content
    assert isinstance(client.get(f"/d/page/losses/{form.name}").json()["losses"], list)


def test_every_format_has_its_words() -> None:
    assert [*FORMAT_WORDS] == [*(form.name for form in FORMATS), "omegat"]


@pytest.mark.parametrize("kind", DOCUMENT_WORDS)
def test_the_english_document_can_be_downloaded_in_every_kind(client: httpx.Client, kind: str) -> None:
    got = client.get(f"/d/page/deliver/{kind}")
    assert got.status_code in ({200, 400} if kind in {"srt", "vtt"} else {200})
    if got.status_code == 200:
        assert f"page.en.{kind}" in got.headers["content-disposition"]


def test_both_languages_can_be_downloaded_in_two_columns(client: httpx.Client) -> None:
    text = client.get("/d/page/deliver/html?bilingual=1").text
    assert "乌镇" in text
    assert "Wuzhen" in text
    refused = client.get("/d/page/deliver/md?bilingual=1")
    assert refused.status_code == 400
    assert "have no two columns" in refused.json()["message"]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_the_checks_can_be_downloaded(client: httpx.Client, report: str) -> None:
    got = client.get(f"/d/page/report/{report}")
    assert got.status_code == 200
    assert f"page.check.{REPORTS[report][0]}" in got.headers["content-disposition"]
    assert got.content == client.get(f"/d/page/report/{report}").content


def test_a_report_of_the_page_makes_no_check_that_wants_a_model(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def likeness(source: str, target: str) -> float:
        asked.append(source + target)
        return 1.0

    monkeypatch.setattr(meaning, "_likeness", likeness)
    assert client.get("/d/page/report/json").status_code == 200
    assert not asked


def test_an_omegat_project_can_be_downloaded(client: httpx.Client) -> None:
    got = client.get("/d/page/download/omegat")
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert "project/omegat.project" in archive.namelist()
        assert "乌镇".encode() in archive.read("project/source/document.po")
    assert got.content == client.get("/d/page/download/omegat").content


def test_finishing_says_what_is_open_and_writes_what_was_chosen(client: httpx.Client, settings: Settings) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        first, second, _ = store.load("page").units
        store.edit("page", first.id, by="ann", target="The conference is in Wuzhen.", state=State.REVIEWED)
        store.edit("page", second.id, by="ann", target="From 125 countries.", state=State.TRANSLATED)
    shown = client.get("/d/page/finish").text
    assert "<strong>2</strong> of 3 units have not been reviewed" in shown
    found = client.get("/d/page/checks").json()
    assert (found["checked"], found["total"]) == (3, 3)
    assert found["severities"]["error"] >= 1
    assert any("126" in finding["reason"] for finding in found["findings"])
    order = {"formats": ["tmx", "xlsx"], "documents": [{"kind": "txt"}, {"kind": "docx", "bilingual": True}],
             "memory": True}  # fmt: skip
    done = client.post("/d/page/finish", json=order).json()
    assert done["written"] == ["page.tmx", "page.xlsx", "page.en.txt", "page.zh-en.docx"]
    assert all((settings.output / name).is_file() for name in done["written"])
    for name, link in zip(done["written"], done["links"], strict=True):
        got = client.get(f"/d/page/{link}")
        assert (got.status_code, name in got.headers["content-disposition"]) == (200, True)
        assert got.content == (settings.output / name).read_bytes()
    assert done["memory"] == 1
    with Memory(settings.memory, readonly=True) as memory:
        assert [match.target.string for match in memory.lookup(PAGE[0])] == ["The conference is in Wuzhen."]
    again = client.post("/d/page/finish", json=order).json()
    assert (again["memory"], again["told"]) == (0, done["told"])


def test_finishing_refuses_what_it_cannot_write(client: httpx.Client) -> None:
    for order in ({"formats": ["nope"]}, {"documents": [{"kind": "exe"}]}, {"formats": "tmx"}, {"documents": ["txt"]}):
        assert client.post("/d/page/finish", json=order).status_code == 400


def test_what_is_said_twice_of_a_unit_is_one_row(client: httpx.Client, settings: Settings) -> None:
    with Store(settings.output / "workbench.sqlite") as store:
        first = store.load("page").units[0]
        store.edit("page", first.id, by="ann", target="The  conference is  held.", state=State.TRANSLATED)
    rows = client.get("/d/page/checks").json()["findings"]
    keys = [(row["id"], row["check"], row["reason"]) for row in rows]
    assert len(keys) == len({*keys})
    assert {row["times"] for row in rows if row["id"] == first.id and row["check"] == "spaces"} == {2}


def test_an_edited_view_is_kept_when_a_document_is_finished(client: httpx.Client, settings: Settings) -> None:
    client.post("/d/page/finish", json={"formats": ["csv"]})
    (settings.output / "page.csv").write_text("mine", encoding="utf-8")
    told = client.post("/d/page/finish", json={"formats": ["csv"]}).json()["told"]
    assert "page.edited.csv" in told[0]
    assert (settings.output / "page.edited.csv").read_text(encoding="utf-8") == "mine"


# --- edited files come home


def test_an_edited_file_comes_home_after_a_look_and_can_be_taken_back(client: httpx.Client, settings: Settings) -> None:
    data = client.get("/d/page/download/csv").content.decode("utf-8-sig")
    with Store(settings.output / "workbench.sqlite") as store:
        was = store.load("page").units[0].target.string
    edited = data.replace(was, "The conference is held in Wuzhen.").encode("utf-8-sig")
    headers = {"x-file-name": quote("page (1).csv")}
    look = client.post("/merge?dry=1", content=edited, headers=headers).json()
    assert (look["document"], look["changes"], look["step"], look["dry"]) == ("page", 1, None, True)
    assert look["findings"][0]["after"] == "The conference is held in Wuzhen."
    with Store(settings.output / "workbench.sqlite") as store:
        assert store.load("page").units[0].target.string == was
    done = client.post("/merge", content=edited, headers=headers).json()
    assert done["step"]
    assert "page (1).csv" in client.get("/bring").text
    with Store(settings.output / "workbench.sqlite") as store:
        unit = store.load("page").units[0]
        assert unit.target.string == "The conference is held in Wuzhen."
        assert unit.changed
        assert unit.changed.by == "ann"
    assert settings.memory.exists()
    back = client.post("/merges/undo", json={"step": done["step"]}).json()
    assert back["restored"] == 1
    with Store(settings.output / "workbench.sqlite") as store:
        assert store.load("page").units[0].target.string == was
    assert client.post("/merges/undo", json={"step": done["step"]}).status_code == 400


@pytest.mark.parametrize(
    ("file_name", "told"), [("page.exe", "is no format"), ("", "is no format"), ("page.xlsx", "page.xlsx")]
)
def test_what_cannot_come_home_is_told(client: httpx.Client, file_name: str, told: str) -> None:
    answer = client.post("/merge?dry=1", content=b"nonsense", headers={"x-file-name": file_name})
    assert answer.status_code == 400
    assert told in answer.json()["message"]


def test_what_people_translated_goes_into_the_memory(client: httpx.Client, settings: Settings) -> None:
    assert client.post("/memory", json={"name": "page"}).json() == {"new": 0, "known": 0, "same": 0, "wanted": 0}
    with Store(settings.output / "workbench.sqlite") as store:
        unit = store.load("page").units[0]
        store.edit("page", unit.id, by="ann", target="The conference is in Wuzhen.")
    assert client.post("/memory", json={"name": "page"}).json()["new"] == 1
    assert client.post("/memory", json={"name": "page", "drafts": True}).json()["new"] == 2


# --- coming in from elsewhere


@pytest.fixture
def team(settings: Settings) -> Iterator[Access]:
    store_with(settings, {"page": PAGE})
    with served(settings, password="one word that all know") as access:
        yield access


def test_others_come_in_with_the_password_and_their_name(team: Access) -> None:
    import httpx

    origin = f"http://127.0.0.1:{team.port}"
    with httpx.Client(base_url=origin, headers={"origin": origin, "accept": "text/html"}) as client:
        away = client.get("/d/page/finish", headers={"sec-fetch-site": "cross-site"})
        assert (away.status_code, away.headers["location"]) == (303, "/login?to=%2Fd%2Fpage%2Ffinish")
        assert client.get("/jobs", headers={"accept": "*/*"}).status_code == 401
        assert 'value="/d/page/finish"' in client.get(away.headers["location"]).text
        form = {"name": " 韩 梅梅 ", "password": "one word that all know", "to": "/d/page/finish"}
        done = client.post("/login", data=form)
        assert (done.status_code, done.headers["location"]) == (303, "/d/page/finish")
        assert "韩 梅梅" in client.get("/d/page/finish").text
        assert client.post("/logout").status_code == 303
        assert client.get("/").status_code == 303


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a\r\nb"])
def test_coming_in_leads_nowhere_else(team: Access, to: str) -> None:
    with client_of(team, "x") as client:
        form = {"name": "x", "password": "one word that all know", "to": to}
        assert client.post("/login", data=form).headers["location"] == "/"


def test_guessing_passwords_is_stopped(team: Access) -> None:
    with client_of(team, "x") as client:
        form = {"name": "x", "password": "guess", "to": "/"}
        found = [client.post("/login", data=form).status_code for _ in range(GUESSES + 2)]
        assert found == [403] * GUESSES + [429] * 2
        assert client.post("/login", data=form | {"password": "one word that all know"}).status_code == 429


def test_another_password_ends_what_the_old_one_opened(team: Access) -> None:
    other = Access(team.port, TOKEN, "another word for all")
    assert team.person(team.pass_for("ann")) == "ann"
    assert other.person(team.pass_for("ann")) is None
    assert team.person(team.pass_for("ann").replace("YW5u", "Ym9i")) is None


def test_without_a_password_there_is_no_login(client: httpx.Client) -> None:
    assert client.get("/login").status_code == 404
    assert client.post("/login", data={"name": "x", "password": ""}).status_code == 404


# --- the desk


def test_what_takes_long_keeps_no_save_waiting(settings: Settings) -> None:
    import asyncio
    from threading import Event

    begun, saved = Event(), Event()

    def export(_: Work) -> bool:
        begun.set()
        return saved.wait(10)

    async def scene() -> bool:
        desk = Desk(settings, "ann")
        long = asyncio.ensure_future(desk.aside(export))
        await asyncio.to_thread(begun.wait, 20)
        await desk.do(lambda _: saved.set())
        ended = await long
        await desk.close()
        return ended

    assert asyncio.run(scene())


def test_a_long_export_does_not_keep_the_server_from_ending(settings: Settings) -> None:
    import asyncio
    from threading import Event

    begun, enough = Event(), Event()

    def export(_: Work) -> bool:
        begun.set()
        return enough.wait(20)

    async def scene() -> bool:
        desk = Desk(settings, "ann")
        long = asyncio.ensure_future(desk.aside(export))
        await asyncio.to_thread(begun.wait, 20)
        await desk.close(patience=0.1)
        enough.set()
        return await long

    assert asyncio.run(scene())


def test_a_broken_glossary_keeps_nobody_from_working(settings: Settings) -> None:
    table = settings.folder / "glossary" / "terms.csv"
    work = Work(settings)
    assert len(work.glossary.terms) == 1
    table.write_text("nonsense\n", encoding="utf-8")
    assert len(work.glossary.terms) == 1
    assert "column 'source' is missing" in work.glossary_problem
    table.write_text("source,target\n乌镇,Wuzhen\n大会,conference\n", encoding="utf-8")
    assert len(work.glossary.terms) == 2
    assert not work.glossary_problem


def test_what_is_kept_of_a_document_is_made_once_for_each_state_of_it(settings: Settings) -> None:
    work, made = Work(settings), []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [work.kept("a", "x", make, 1), work.kept("a", "x", make, 1), work.kept("a", "x", make, 2)] == [1, 1, 2]
    for other in "bcd":
        work.kept(other, "x", make)
    assert work.kept("a", "x", make, 2) == 6
