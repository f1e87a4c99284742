"""The review page as people use it: every action by its key, in Chromium, and what the store holds afterwards.

Skipped where there is no Chromium or Playwright. Debian's package is found by its path; nothing is downloaded.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from bench.workbench import CHROMIUM, FLAGS, Workbench
from bilingual.bitext import Bitext, NoteKind, State
from bilingual.documents import read_bytes
from bilingual.editing import retargeted
from bilingual.engines import create
from bilingual.glossary import load
from bilingual.store import Edit, Store
from bilingual.translation import Translator
from tests.browser import PATIENCE, Editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}: install the package chromium"
)

PAGE = """乌镇峰会开幕

2023年世界互联网大会乌镇峰会在浙江乌镇举行。共有1800多位嘉宾参加本次峰会。

各方共同推动构建网络空间命运共同体。代表们参观了展览。

数字经济快速发展,互联网成为重要力量。

各方共同推动构建网络空间命运共同体。全球仍有近30亿人没有接入互联网。
"""
TERMS = """source,target,kind,status
网络空间命运共同体,community with a shared future in cyberspace,initiative,approved
世界互联网大会,World Internet Conference,event,approved
"""
KEYS = """async () => Object.fromEntries(
    (await import('/static/keys.js')).ACTIONS.map((action) => [action.id, action.keys[0]]))"""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("workbench")
    (folder / "glossary").mkdir()
    (folder / "glossary" / "terms.csv").write_text(TERMS, encoding="utf-8")
    save(folder, "first")
    with Workbench(folder, "--by", "李雷") as started:
        yield started


@pytest.fixture(scope="module")
def keys(browser: Browser, bench: Workbench) -> dict[str, str]:
    page = browser.new_page()
    page.goto(bench.page("first"))
    found: dict[str, str] = page.evaluate(KEYS)
    page.close()
    return found


def drafted(folder: Path) -> Bitext:
    """The page, translated by the fake engine."""
    return Translator(create("instant"), load([folder / "glossary"])).translate(read_bytes(PAGE.encode(), "page.txt"))


def save(folder: Path, name: str) -> None:
    """A document in the store of that name."""
    with Store(folder / "aligned" / "workbench.sqlite") as store:
        store.save(name, drafted(folder), PAGE.encode())


_numbers = itertools.count()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def editor(context: BrowserContext, bench: Workbench, keys: dict[str, str]) -> Iterator[Editor]:
    """A document of its own, open; the page must have had no fault of its own in the end."""
    name = f"page {next(_numbers)}"
    save(bench.folder, name)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    made = Editor(page, bench, name, keys)
    made.open()
    yield made
    assert not faults


def next_unit(editor: Editor) -> None:
    editor.go(2)
    editor.do("next")
    editor.until(lambda: editor.active() == 3, "the next unit is active")


def previous_unit(editor: Editor) -> None:
    editor.go(3)
    editor.do("previous")
    editor.until(lambda: editor.active() == 2, "the unit before is active")


def next_open(editor: Editor) -> None:
    editor.go(2)
    editor.do("reviewed")
    editor.until(lambda: editor.unit(2).state is State.REVIEWED, "it is reviewed")
    editor.go(1)
    editor.do("next-open")
    editor.until(lambda: editor.active() == 3, "the reviewed unit is passed over")


def previous_open(editor: Editor) -> None:
    editor.go(2)
    editor.do("reviewed")
    editor.until(lambda: editor.unit(2).state is State.REVIEWED, "it is reviewed")
    editor.go(3)
    editor.do("previous-open")
    editor.until(lambda: editor.active() == 1, "the reviewed unit is passed over")


def _flawed(editor: Editor) -> None:
    """Unit 3 has a finding with a certain fix, whatever the others have."""
    editor.go(3)
    editor.type("More than 1,800  guests took part in the Summit .")
    editor.until(lambda: editor.page.locator("#of-unit [data-fix]").count(), "a fix is offered")


def next_finding(editor: Editor) -> None:
    _flawed(editor)
    editor.go(1)
    for _ in range(3):
        if editor.active() != 3:
            was = editor.active()
            editor.do("next-finding")
            editor.until(lambda: editor.active() != was, "another unit with a finding is active")  # noqa: B023
    assert editor.active() == 3
    assert editor.row(3).get_attribute("data-worst")


def previous_finding(editor: Editor) -> None:
    _flawed(editor)
    editor.go(8)
    for _ in range(6):
        if editor.active() != 3:
            was = editor.active()
            editor.do("previous-finding")
            editor.until(lambda: editor.active() != was, "another unit with a finding is active")  # noqa: B023
    assert editor.active() == 3


def goto(editor: Editor) -> None:
    editor.go(1)
    editor.do("goto")
    editor.ask("5")
    editor.until(lambda: editor.active() == 5, "the fifth unit is active")
    editor.do("filter")
    editor.page.keyboard.type("互联网")
    editor.until(lambda: editor.page.locator("#count").inner_text() == "3 of 8 units", "three units are shown")
    for number in ("8", "1"):
        editor.do("goto")
        editor.ask(number)
    editor.until(lambda: "does not show unit 1" in editor.said(), "numbers are those of the rows")
    assert editor.page.locator(".unit.active .n").inner_text() == "8"


def panel(editor: Editor) -> None:
    editor.go(2)
    editor.do("panel")
    editor.until(
        lambda: editor.page.evaluate("document.activeElement.closest('#panel') !== null"), "the panel is in focus"
    )
    editor.do("panel")
    editor.until(lambda: editor.page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the field is in focus")


def leave(editor: Editor) -> None:
    editor.go(2)
    editor.do("leave")
    editor.until(lambda: editor.page.evaluate("document.activeElement.tagName") != "TEXTAREA", "the field is left")


def _confirmed(action: str, state: State) -> Callable[[Editor], None]:
    def test(editor: Editor) -> None:
        editor.go(2)
        editor.type("The Wuzhen Summit of the 2023 World Internet Conference is held.")
        editor.do(action)
        editor.until(lambda: editor.unit(2).state is state, f"it is {state}")
        editor.until(lambda: editor.active() == 3, "the next one is active")

    return test


def draft(editor: Editor) -> None:
    editor.go(2)
    editor.do("final")
    editor.until(lambda: editor.unit(2).state is State.FINAL, "it is final")
    editor.go(2)
    editor.do("draft")
    editor.until(lambda: editor.unit(2).state is State.DRAFT, "it is a draft again")


def lock(editor: Editor) -> None:
    editor.go(2)
    editor.do("lock")
    editor.until(lambda: editor.unit(2).locked, "it is locked")
    editor.until(lambda: editor.field.get_attribute("readonly") is not None, "nothing can be typed")
    editor.do("lock")
    editor.until(lambda: not editor.unit(2).locked, "it is open again")


def undo(editor: Editor) -> None:
    before = editor.unit(2).target.string
    editor.go(2)
    editor.type("Words that shall go.")
    editor.go(3)
    editor.do("undo")
    editor.until(lambda: editor.unit(2).target.string == before, "the words before are back")


def redo(editor: Editor) -> None:
    undo(editor)
    editor.do("redo")
    editor.until(lambda: editor.unit(2).target.string == "Words that shall go.", "the undone words are back")


def copy_source(editor: Editor) -> None:
    editor.go(4)
    editor.do("copy-source")
    editor.until(lambda: editor.unit(4).target.string == editor.unit(4).source.string, "the source is the target")


def insert_term(editor: Editor) -> None:
    editor.go(4)
    editor.type("All sides build a ")
    editor.do("insert-term")
    editor.until(
        lambda: "community with a shared future in cyberspace" in editor.unit(4).target.string, "the term is in"
    )


def fix(editor: Editor) -> None:
    _flawed(editor)
    before = editor.unit(3).target.string
    editor.do("fix")
    editor.until(lambda: editor.unit(3).target.string != before, "it is mended")


def split(editor: Editor) -> None:
    editor.go(6)
    editor.type("The digital economy grows. The Internet is a force.")
    count = len(editor.units())
    editor.do("split")
    editor.page.locator("#ask[open] .primary").click()
    editor.until(lambda: len(editor.units()) == count + 1, "there is a unit more")
    whole = editor.unit(6).source.string + editor.unit(7).source.string
    assert whole.replace(" ", "") == "数字经济快速发展,互联网成为重要力量。"


def join(editor: Editor) -> None:
    editor.go(2)
    count, texts = len(editor.units()), [editor.unit(2).source.string, editor.unit(3).source.string]
    editor.do("join")
    editor.until(lambda: len(editor.units()) == count - 1, "there is a unit less")
    assert editor.unit(2).source.string == "".join(texts)


def source(editor: Editor) -> None:
    editor.go(5)
    editor.do("source")
    editor.ask("代表们参观了展览会。")
    editor.until(lambda: editor.unit(5).source.string == "代表们参观了展览会。", "the source is corrected")


def repeat(editor: Editor) -> None:
    editor.go(4)
    editor.type("All sides build a community with a shared future in cyberspace together.")
    editor.do("repeat")
    editor.page.locator("#repeat-dialog[open] .primary:enabled").click()
    editor.until(lambda: editor.unit(7).target == editor.unit(4).target, "the repetition has the same words")


def replace(editor: Editor) -> None:
    editor.go(5)
    editor.type("Delegates visited the exhibition.")
    editor.go(6)
    editor.type("An exhibition is a force.")
    editor.do("replace")
    dialog = editor.page.locator("#replace-dialog[open]")
    dialog.locator("[name=find]").fill("exhibition")
    dialog.locator("[name=new]").fill("expo")
    editor.page.keyboard.press("Enter")  # nothing was shown yet: it looks, and the dialog stays
    editor.until(lambda: dialog.locator("li input").count() == 2, "two places are shown")
    assert editor.unit(6).target.string == "An exhibition is a force."
    editor.page.wait_for_timeout(700)  # the look that follows typing is over
    editor.until(dialog.locator(".primary").is_enabled, "it can be replaced")
    dialog.locator("[name=new]").press("Enter")
    editor.until(lambda: editor.unit(5).target.string == "Delegates visited the expo.", "it is replaced")
    assert editor.unit(6).target.string == "An expo is a force."
    editor.until(lambda: editor.field.input_value() == "An expo is a force.", "the page shows it")
    editor.do("undo")
    editor.until(lambda: editor.unit(6).target.string == "An exhibition is a force.", "one undo takes both back")
    assert editor.unit(5).target.string == "Delegates visited the exhibition."


def _candidate(number: int) -> Callable[[Editor], None]:
    def test(editor: Editor) -> None:
        editor.go(2)
        for said in range(1, 10):
            editor.type(f"Proposal {said}.")
            editor.go(3)
            editor.go(2)
        shown = editor.page.locator("[data-candidate]")
        editor.until(lambda: shown.count() >= 1, "candidates are shown")
        if shown.count() < number:  # the key says so, and nothing is changed
            editor.do(f"candidate-{number}")
            editor.until(lambda: "no candidate" in editor.said(), "it is said")
            return
        words = shown.nth(number - 1).get_attribute("data-text")
        editor.do(f"candidate-{number}")
        editor.until(lambda: editor.unit(2).target.string == words, "the candidate is taken")

    return test


def suggest(editor: Editor) -> None:
    editor.go(4)
    editor.type("All sides build a comm")
    editor.do("suggest")
    editor.until(lambda: editor.page.locator(".suggestions button").count(), "words are offered")


def take_words(editor: Editor) -> None:
    suggest(editor)
    words = editor.page.locator(".suggestions button[aria-pressed=true]").inner_text().split("Alt")[0].strip()
    editor.do("take-words")
    editor.until(lambda: words in editor.unit(4).target.string, "they are taken")


def other_words(editor: Editor) -> None:
    suggest(editor)
    offered = editor.page.locator(".suggestions button")
    editor.do("other-words")
    chosen = 1 % offered.count()
    editor.until(lambda: offered.nth(chosen).get_attribute("aria-pressed") == "true", "the next ones are chosen")


def note(editor: Editor) -> None:
    editor.go(2)
    editor.do("note")
    editor.page.keyboard.type("Is it this year’s?")
    editor.page.keyboard.press("Control+Enter")
    editor.until(lambda: editor.unit(2).notes, "the note is kept")
    assert (editor.unit(2).notes[0].text, editor.unit(2).notes[0].author) == ("Is it this year’s?", "李雷")


def query(editor: Editor) -> None:
    editor.go(3)
    editor.do("query")
    editor.page.keyboard.type("Which guests?")
    editor.page.keyboard.press("Control+Enter")
    editor.until(lambda: editor.unit(3).notes, "the query is kept")
    assert editor.unit(3).notes[0].kind is NoteKind.QUERY


def queries(editor: Editor) -> None:
    query(editor)
    editor.do("queries")
    editor.page.wait_for_url("**/queries*")
    assert "Which guests?" in editor.page.inner_text("main")


def silence(editor: Editor) -> None:
    _flawed(editor)
    before = editor.page.locator("#of-unit [data-silence]").count()
    editor.do("silence")
    editor.ask("A quotation")
    editor.until(lambda: editor.unit(3).silenced, "it is silenced")
    assert editor.unit(3).silenced[0].reason == "A quotation"
    editor.until(lambda: editor.page.locator("#of-unit [data-silence]").count() < before, "it is gone from the list")


def filtered(editor: Editor) -> None:
    editor.go(1)
    editor.do("filter")
    editor.page.keyboard.type("互联网")
    editor.until(lambda: editor.page.locator("#count").inner_text() == "3 of 8 units", "three units are shown")
    editor.page.reload()
    editor.until(lambda: editor.page.locator("#count").inner_text() == "3 of 8 units", "the address keeps the filter")


def clear_filter(editor: Editor) -> None:
    filtered(editor)
    editor.do("clear-filter")
    editor.until(lambda: editor.page.locator("#count").inner_text() == "8 units", "all are shown")


def concordance(editor: Editor) -> None:
    editor.go(2)
    editor.do("concordance")
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type("互联网")
    hits = editor.page.locator("[data-panel=concordance] .hits li")
    editor.until(lambda: hits.count() == 3, "three sentences of the document have it")


def search_glossary(editor: Editor) -> None:
    editor.go(2)
    editor.do("search-glossary")
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type("wangluo")
    hits = editor.page.locator("[data-panel=glossary] .hits li")
    editor.until(lambda: "网络空间命运共同体" in " ".join(hits.all_inner_texts()), "it is found by its pinyin")


def add_term(editor: Editor) -> None:
    editor.go(5)
    editor.do("add-term")
    dialog = editor.page.locator("#term-dialog[open]")
    word = f"展览{next(_numbers)}"
    dialog.locator("[name=source]").fill(word)
    dialog.locator("[name=target]").fill("exhibition")
    dialog.locator(".primary").click()
    table = editor.bench.folder / "glossary" / "terms.csv"
    editor.until(lambda: word in table.read_text("utf-8"), "the table has it")
    assert TERMS.splitlines()[1] in table.read_text("utf-8")


def changes(editor: Editor) -> None:
    editor.go(6)
    editor.type("The digital economy grows.")
    editor.do("changes")
    part = editor.page.locator("[data-part=changes]")
    editor.until(lambda: part.locator("ins").count() and part.locator("del").count(), "the difference is shown")


def history(editor: Editor) -> None:
    before = editor.unit(6).target.string
    editor.go(6)
    editor.type("The digital economy grows.")
    editor.do("history")
    versions = editor.page.locator("#history .versions [data-restore]")
    editor.until(versions.count, "the versions are shown")
    versions.last.click()
    editor.until(lambda: editor.unit(6).target.string == before, "the first one is restored")


def original(editor: Editor) -> None:
    editor.go(3)
    editor.do("original")
    editor.until(lambda: "共有1800多位嘉宾" in editor.page.locator("#original").inner_text(), "the original is beside")


def shown_keys(editor: Editor) -> None:
    editor.go(2)
    editor.do("keys")
    told = editor.page.locator("#keys-dialog[open] .keys")
    editor.until(lambda: told.locator("dt").count() == len(editor.keys), "every action is listed with its keys")


ACTIONS: dict[str, Callable[[Editor], None]] = {
    "next": next_unit,
    "previous": previous_unit,
    "next-open": next_open,
    "previous-open": previous_open,
    "next-finding": next_finding,
    "previous-finding": previous_finding,
    "goto": goto,
    "panel": panel,
    "leave": leave,
    "confirm": _confirmed("confirm", State.TRANSLATED),
    "reviewed": _confirmed("reviewed", State.REVIEWED),
    "final": _confirmed("final", State.FINAL),
    "draft": draft,
    "lock": lock,
    "undo": undo,
    "redo": redo,
    "copy-source": copy_source,
    "insert-term": insert_term,
    "fix": fix,
    "split": split,
    "join": join,
    "source": source,
    "repeat": repeat,
    "replace": replace,
    **{f"candidate-{number}": _candidate(number) for number in (1, 2, 9)},
    "suggest": suggest,
    "take-words": take_words,
    "other-words": other_words,
    "note": note,
    "query": query,
    "queries": queries,
    "silence": silence,
    "filter": filtered,
    "clear-filter": clear_filter,
    "concordance": concordance,
    "search-glossary": search_glossary,
    "add-term": add_term,
    "changes": changes,
    "history": history,
    "original": original,
    "keys": shown_keys,
}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_does_by_its_key_what_it_says(action: str, editor: Editor) -> None:
    ACTIONS[action](editor)


def test_no_action_is_without_a_test(keys: dict[str, str]) -> None:
    assert set(keys) - {f"candidate-{number}" for number in range(3, 9)} == set(ACTIONS)
    assert all(keys.values())


def test_who_has_left_the_field_is_not_told_what_would_go_on_there(editor: Editor) -> None:
    held: list[Route] = []
    editor.go(4)
    editor.type("All sides build a comm")
    editor.until(lambda: editor.page.locator(".suggestions button").count(), "words are offered")
    editor.page.route("**/next", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    editor.do("suggest")
    editor.until(lambda: held, "the glossary is asked")
    editor.page.locator("#filter-text").focus()
    before = editor.said()
    held.pop().continue_()
    editor.until(lambda: held, "the engine is asked")
    with editor.page.expect_response("**/next"):
        held.pop().continue_()
    editor.page.wait_for_timeout(200)
    assert editor.said() == before


PRESSED = """async (pressed) => {
    const { ACTIONS, on } = await import('/static/keys.js');
    return new Promise((done) => {
        for (const { id } of ACTIONS) on(id, () => done(id));
        document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...pressed }));
        done('');
    });
}"""


@pytest.mark.parametrize(
    ("key", "place", "held", "action"),
    [
        ("z", "KeyY", "ctrlKey", "undo"),
        ("y", "KeyZ", "ctrlKey", "redo"),
        ("a", "KeyQ", "altKey", "add-term"),
        ("&", "Digit1", "altKey", "candidate-1"),
        ("˜", "KeyN", "altKey", "next-open"),
        ("я", "KeyZ", "ctrlKey", "undo"),
    ],
    ids=["German Z", "German Y", "French A", "French 1", "a Mac's sign", "Russian"],
)
def test_a_letter_is_what_the_key_writes_and_a_sign_the_place_of_its_key(
    key: str, place: str, held: str, action: str, editor: Editor
) -> None:
    assert editor.page.evaluate(PRESSED, {"key": key, "code": place, held: True}) == action


def test_what_the_page_calls_saved_is_there_after_the_server_is_killed(
    context: BrowserContext, keys: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "terms.csv").write_text(TERMS, encoding="utf-8")
    save(tmp_path, "page")
    with Workbench(tmp_path) as bench:
        editor = Editor(context.new_page(), bench, "page", keys)
        editor.open()
        editor.go(2)
        editor.type("The Summit is held in Wuzhen.")
        bench.kill()
        editor.field.press("End")
        editor.page.keyboard.type(" It is large.")
        assert editor.unit(2).target.string == "The Summit is held in Wuzhen."
        editor.page.wait_for_timeout(1000)
        assert editor.page.locator("#saved").inner_text() != "Everything is saved"
        bench.start()
        editor.saved("The Summit is held in Wuzhen. It is large.")


def test_two_people_in_one_unit_are_told_and_both_texts_are_kept(
    editor: Editor, browser: Browser, keys: dict[str, str]
) -> None:
    with_other = browser.new_context()
    other = Editor(with_other.new_page(), editor.bench, editor.name, keys)
    other.page.route("**/progress?*", lambda _: None)  # no answer: this page does not see what the first one does
    other.open()
    editor.go(2)
    other.go(2)
    editor.type("Mine.")
    other.field.focus()
    other.page.keyboard.press("Control+A")
    other.page.keyboard.type("Theirs.")
    other.until(lambda: other.page.locator(".conflict").count(), "the second one is told")
    said = other.page.locator(".conflict").inner_text()
    assert "Mine." in said
    assert "Theirs." in said
    other.until(
        lambda: "Theirs." in {one.target.string for one in editor.unit(2).candidates}, "the second text is a candidate"
    )
    assert editor.unit(2).target.string == "Mine."
    with_other.close()


def test_nothing_of_the_page_needs_a_mouse_or_breaks_the_rules_of_accessibility(
    editor: Editor, browser: Browser
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()
    _flawed(editor)
    found = {}
    for scheme in SCHEMES:
        editor.page.emulate_media(color_scheme=scheme)
        for place, open_it in _places(editor).items():
            open_it()
            editor.page.wait_for_timeout(300)
            found[f"{place}, {scheme}"] = _violations(axe.run(editor.page).response)
            editor.page.keyboard.press("Escape")
            editor.page.wait_for_timeout(100)
    for path in ("/", "/bring", f"/d/{editor.name}/queries", f"/d/{editor.name}/finish"):
        editor.page.goto(f"http://127.0.0.1:{editor.bench.port}{path}")
        editor.page.wait_for_timeout(500)
        for scheme in SCHEMES:
            editor.page.emulate_media(color_scheme=scheme)
            editor.page.wait_for_timeout(800)  # until the colours have passed into each other
            found[f"{path}, {scheme}"] = _violations(axe.run(editor.page).response)
    bad = {place: told for place, told in found.items() if told}
    assert not bad, json.dumps(bad, indent=1)


def _places(editor: Editor) -> dict[str, Callable[[], None]]:
    names = ("keys", "replace", "add-term", "split", "note", "original", "concordance", "history", "filter")
    return {"the page": lambda: None, **{name: lambda name=name: editor.do(name) for name in names}}  # type: ignore[misc]


def _violations(answer: dict[str, Any]) -> list[str]:
    return [f"{one['id']}: {node['html'][:160]}" for one in answer["violations"] for node in one["nodes"][:3]]


IN_SIGHT = """() => {
    const row = document.querySelector('.unit.active').getBoundingClientRect();
    const room = document.getElementById('sheet').getBoundingClientRect();
    return row.top >= room.top + 30 && row.bottom <= room.bottom;
}"""


def _long(editor: Editor) -> None:
    """Texts long enough for the eight units to need several windows."""
    with Store(editor.bench.folder / "aligned" / "workbench.sqlite") as store:
        seen = store.seen(editor.name, [unit.id for unit in store.load(editor.name).units])
        words = "A long sentence of many words. " * 12
        longer = [Edit(one.version, retargeted(one.unit, words, "李雷")) for one in seen.values()]
        store.change(editor.name, longer, by="李雷", label="edit")
    editor.open()


def test_the_unit_somebody_works_in_stays_in_sight(editor: Editor) -> None:
    _long(editor)
    editor.go(3)
    for number in range(4, 9):
        editor.do("reviewed")
        editor.until(lambda number=number: editor.active() == number, "the next unit is active")  # type: ignore[misc]
        editor.until(lambda: editor.page.evaluate(IN_SIGHT), "all of the next unit is in sight")
    editor.do("original")
    editor.until(lambda: editor.page.locator("#original mark").count(), "the original is beside")
    editor.until(lambda: editor.page.evaluate(IN_SIGHT), "it is in sight beside the original")
    for width in (1024, 1600):
        editor.page.set_viewport_size({"width": width, "height": 800})
        editor.until(lambda: editor.page.evaluate(IN_SIGHT), f"it is in sight where the window is {width} wide")


def test_what_is_wrong_comes_before_what_could_be_taken_instead(editor: Editor) -> None:
    order = """() => [...document.querySelectorAll('#of-unit > section')]
        .map((one) => one.dataset.part ?? one.dataset.panel)"""
    editor.go(4)
    assert editor.page.evaluate(order)[:2] == ["candidates", "findings"]
    _flawed(editor)
    editor.until(lambda: editor.page.evaluate(order)[:2] == ["findings", "candidates"], "the findings come first")


def test_a_filter_leads_back_to_where_somebody_was_and_marks_what_it_found(editor: Editor) -> None:
    editor.go(6)
    editor.do("filter")
    editor.page.keyboard.type("参")
    editor.until(lambda: editor.page.locator("#count").inner_text() == "2 of 8 units", "two units are shown")
    found = "() => [...(CSS.highlights.get('found') ?? [])].map(String)"
    editor.until(lambda: editor.page.evaluate(found) == ["参", "参"], "the words are marked")
    assert editor.active() == 1, "the panel is that of a unit that is shown"
    editor.do("clear-filter")
    editor.until(lambda: editor.page.locator("#count").inner_text() == "8 units", "all are shown")
    editor.until(lambda: editor.active() == 6, "it is the unit from before")
    assert editor.page.input_value("#filter-text") == ""
    assert editor.page.evaluate(found) == []


def test_enter_in_a_dialog_does_what_it_asks_for(editor: Editor) -> None:
    editor.go(5)
    editor.do("add-term")
    editor.page.fill("#term-dialog [name=source]", "代表们")
    editor.page.fill("#term-dialog [name=target]", "the delegates")
    editor.page.keyboard.press("Enter")
    table = editor.bench.folder / "glossary" / "terms.csv"
    editor.until(lambda: "代表们,the delegates" in table.read_text(encoding="utf-8"), "the term is in the glossary")
    count = len(editor.units())
    editor.go(6)
    editor.type("The digital economy grows, the Internet is a force.")
    for _ in "rce.":
        editor.page.keyboard.press("ArrowLeft")
    editor.do("split")
    editor.page.keyboard.press("Enter")
    editor.until(lambda: len(editor.units()) == count + 1, "there is a unit more")
    assert editor.unit(7).target.string == "force."


def test_the_key_for_suggested_words_never_leaves_the_page_from_the_field(editor: Editor) -> None:
    editor.go(2)
    pressed = """field => !field.dispatchEvent(new KeyboardEvent(
        'keydown', { key: 'ArrowRight', code: 'ArrowRight', altKey: true, bubbles: true, cancelable: true }))"""
    assert not editor.page.locator(".suggestions").count()
    assert editor.field.evaluate(pressed), "the browser would go forward"


def test_the_places_of_a_split_are_asked_for_anew_where_the_words_changed_meanwhile(editor: Editor) -> None:
    editor.go(6)
    editor.type("The digital economy grows. The Internet is a force.")
    count = len(editor.units())
    editor.do("split")
    shown = editor.page.locator("#ask[open] .cut").nth(1)
    with Store(editor.bench.folder / "aligned" / "workbench.sqlite") as store:
        store.edit(editor.name, editor.unit(6).id, by="bob", target="Growing is the digital economy, and the Internet.")
    editor.until(lambda: editor.field.input_value().startswith("Growing"), "the page knows the new words")
    editor.page.locator("#ask[open] .primary").click()
    editor.until(lambda: shown.inner_text().startswith("Growing"), "it is asked again, with the new words")
    assert len(editor.units()) == count
    editor.page.locator("#ask[open] .primary").click()
    editor.until(lambda: len(editor.units()) == count + 1, "there is a unit more")
