"""What the page says and keeps of words that the server does not take, or whose answer does not come, in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.workbench import CHROMIUM
from bilingual import editing
from bilingual.bitext import State
from bilingual.store import Store
from tests.browser import Editor
from tests.test_review_browser import bench, browser, context, editor, keys

if TYPE_CHECKING:
    from playwright.sync_api import Route

__all__ = ["bench", "browser", "context", "editor", "keys"]
pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}: install the package chromium"
)

LONG = "x" * 100_001


def told(editor: Editor) -> str:
    return editor.page.locator("#saved").inner_text()


def test_words_that_are_refused_are_not_called_saved_and_stay_in_the_page(editor: Editor) -> None:
    before = editor.unit(2)
    editor.go(2)
    editor.field.fill(LONG)
    editor.until(lambda: told(editor) == "Not saved: it was refused", "the page says that it is not saved")
    editor.do("reviewed")
    assert editor.active() == 2
    editor.go(3)
    editor.go(2)
    assert editor.field.input_value() == LONG
    assert editor.unit(2) == before
    editor.type("Shorter words.")
    editor.do("reviewed")
    editor.until(lambda: editor.unit(2).state is State.REVIEWED, "the shorter ones can be confirmed")


def test_an_answer_that_breaks_off_is_asked_for_again(editor: Editor) -> None:
    broken: list[str] = []

    def breaking(route: Route) -> None:
        if broken:
            route.continue_()
            return
        broken.append(route.request.url)
        route.fulfill(status=200, body='{"version": ', content_type="application/json")

    editor.go(2)
    editor.page.route("**/units/*", breaking)
    editor.type("Said once more.")
    assert broken
    assert editor.unit(2).target.string == "Said once more."


@pytest.mark.parametrize("status", [401, 408, 507])
def test_what_cannot_be_saved_now_is_told_and_sent_again(editor: Editor, status: int) -> None:
    away = [1]

    def answer(route: Route) -> None:
        if not away:
            route.continue_()
            return
        route.fulfill(status=status, body='{"message": "not now", "hint": ""}', content_type="application/json")

    editor.go(2)
    editor.page.route("**/units/*", answer)
    editor.field.focus()
    editor.page.keyboard.type("Again. ")
    editor.until(lambda: told(editor) == "Not saved – trying again", "the page says that it is not saved")
    editor.until(lambda: "not now" in editor.said(), "the reason is told")
    away.clear()
    editor.until(lambda: told(editor) == "Everything is saved", "it is saved in the end")
    assert "Again. " in editor.unit(2).target.string
    editor.until(lambda: "not now" not in editor.said(), "the warning is gone when its cause is")


def test_a_warning_stays_until_it_is_dismissed(editor: Editor) -> None:
    editor.go(2)
    editor.field.fill(LONG)
    warning = editor.page.locator("#alert")
    editor.until(lambda: "at most" in warning.inner_text(), "it is told why")
    assert warning.evaluate("(one) => getComputedStyle(one).animationName") == "none"
    warning.click()
    assert not warning.inner_text()
    editor.type("Shorter words.")


def test_words_for_a_unit_that_is_gone_stay_on_the_page_until_they_are_dismissed(editor: Editor) -> None:
    editor.page.route("**/progress?*", lambda _: None)  # the page does not see what a colleague does
    editor.go(3)
    editor.field.focus()
    first, second = editor.units()[1:3]
    with Store(editor.bench.folder / "aligned" / "workbench.sqlite") as store:
        versions = store.versions(editor.name)
        expected = {one.id: versions[one.id] for one in (first, second)}
        whole = editing.joined([first, second])
        store.splice(editor.name, [*expected], [whole], expected=expected, by="bob", label="join")
    editor.page.keyboard.type("Words of mine. ")
    box = editor.page.get_by_role("group", name="Your words for a unit that is gone")
    editor.until(lambda: "Words of mine. " in " ".join(box.all_inner_texts()), "the words stand above the rows")
    editor.page.reload()
    editor.until(lambda: "Words of mine. " in " ".join(box.all_inner_texts()), "also in a page that is loaded anew")
    box.get_by_role("button").click()
    editor.until(lambda: told(editor) == "Everything is saved", "nothing is left to be saved")
    assert not box.count()
