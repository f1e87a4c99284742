"""From the start page to the delivered document, as a newcomer would go: in Chromium, with the fake engine."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bench.workbench import CHROMIUM, Workbench
from bilingual.bitext import State
from tests.browser import Editor
from tests.test_review_browser import PAGE, bench, browser, context, keys, save

__all__ = ["bench", "browser", "context", "keys"]
pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}: install the package chromium"
)


@pytest.fixture
def start(context, bench: Workbench, keys: dict[str, str]) -> Editor:  # type: ignore[no-untyped-def]
    """The start page."""
    editor = Editor(context.new_page(), bench, "", keys)
    editor.page.goto(bench.address)
    return editor


def translated(start: Editor, name: str) -> Editor:
    """Wait until the document is translated, open it by its link."""
    job = start.page.locator(".job", has_text=name)
    start.until(job.locator(".job-open").is_visible, "the document is translated")
    job.locator(".job-open").click()
    editor = Editor(start.page, start.bench, name, start.keys)
    editor.until(editor.field.count, "the page is open")
    return editor


def test_pasted_text_is_translated_edited_approved_delivered_and_remembered(start: Editor) -> None:
    start.page.fill("#pasted", PAGE)
    start.page.fill("#pasted-name", "pasted page")
    start.page.click("#paste-go")
    editor = translated(start, "pasted page")
    assert len(editor.units()) == 8
    for number in range(1, 9):
        editor.until(lambda: editor.active() == number, f"unit {number} is next")  # noqa: B023
        editor.type(f"This is sentence {number} of the page.")
        editor.do("reviewed")
    editor.until(lambda: all(unit.state is State.REVIEWED for unit in editor.units()), "all are reviewed")
    editor.page.click("a[href=finish]")
    editor.page.wait_for_selector("#write")
    assert "All 8 units have been reviewed." in editor.page.inner_text("main")
    editor.page.click("#write button.primary")
    editor.page.wait_for_selector("#written li")
    written = set(editor.page.locator("#written li").all_inner_texts())
    assert {"pasted page.tmx", "pasted page.csv"} <= written
    folder = start.bench.folder / "aligned"
    assert "This is sentence 8 of the page." in (folder / "pasted page.tmx").read_text("utf-8")
    assert "8 reviewed sentences are new in the memory" in editor.page.inner_text("#written")


def test_a_chosen_file_is_translated_and_the_list_knows_it(start: Editor, tmp_path: Path) -> None:
    path = tmp_path / "会议.md"
    path.write_text("# 乌镇峰会\n\n峰会在**乌镇**举行。\n", encoding="utf-8")
    other = tmp_path / "议程.md"
    other.write_text("# 议程\n", encoding="utf-8")
    start.page.set_input_files("#files", [other, path])
    editor = translated(start, "会议")
    assert [unit.source.string for unit in editor.units()] == ["乌镇峰会", "峰会在乌镇举行。"]
    editor.page.goto(f"http://127.0.0.1:{start.bench.port}/")
    row = editor.page.locator("#documents tr[data-name='会议']")
    start.until(lambda: "2 units" in row.inner_text(), "the list knows its size")
    editor.page.click("#jobs-dismiss")
    start.until(lambda: not editor.page.locator("#jobs [data-state=done]").count(), "what is done is put away")
    assert editor.page.locator("#jobs-dismiss").is_hidden()


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(start: Editor, tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK no such thing")
    start.page.set_input_files("#files", path)
    job = start.page.locator(".job", has_text="broken")
    start.until(lambda: "broken.docx" in job.inner_text() and job.locator(".job-again").is_visible(), "it is refused")
    assert "Traceback" not in job.inner_text()


def test_an_edited_table_is_shown_before_it_comes_home_and_can_go_back(start: Editor, tmp_path: Path) -> None:
    save(start.bench.folder, "table")
    editor = Editor(start.page, start.bench, "table", start.keys)
    editor.page.goto(f"http://127.0.0.1:{start.bench.port}/d/table/finish")
    with editor.page.expect_download() as download:
        editor.page.select_option("#kind", "download/csv")
        editor.page.click("#one button")
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    before = editor.unit(2).target.string
    rows[2][rows[0].index("target")] = "Edited in a spreadsheet."
    edited = tmp_path / "table.csv"
    with edited.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    editor.page.goto(f"http://127.0.0.1:{start.bench.port}/bring")
    editor.page.set_input_files("#file", edited)
    editor.page.click("#choose button.primary")
    editor.page.wait_for_selector("#take")
    assert "Edited in a spreadsheet." in editor.page.inner_text("#result")
    assert editor.unit(2).target.string == before
    editor.page.click("#take")
    editor.until(lambda: editor.unit(2).target.string == "Edited in a spreadsheet.", "the edit is at home")
    editor.until(lambda: "merge of table.csv into table" in editor.page.inner_text("#merges"), "the list has it")
    assert "Before" in editor.page.inner_text("#result thead")
    editor.page.click("#result button:has-text('Undo')")
    editor.until(lambda: editor.unit(2).target.string == before, "it is undone")


def test_another_rendering_is_shown_everywhere_before_it_is_applied(start: Editor) -> None:
    save(start.bench.folder, "renamed")
    editor = Editor(start.page, start.bench, "renamed", start.keys)
    editor.open()
    editor.go(2)
    editor.type("The Summit of the World Internet Conference opened.")
    editor.do("search-glossary")
    editor.page.keyboard.press("Control+A")
    editor.page.keyboard.type("世界互联网大会")
    hit = editor.page.locator("[data-panel=glossary] .hits li", has_text="World Internet Conference").first
    hit.locator("button", has_text="another rendering").click()
    dialog = editor.page.locator("#rendering-dialog[open]")
    dialog.locator("[name=target]").fill("World Internet Forum")
    dialog.locator(".look").click()
    change = dialog.locator(".ticks li", has_text="renamed, 2")
    editor.until(lambda: "World Internet Forum" in change.inner_text(), "the change is shown")
    dialog.locator(".primary").click()
    editor.until(
        lambda: editor.unit(2).target.string == "The Summit of the World Internet Forum opened.", "it is applied"
    )
    table = start.bench.folder / "glossary" / "terms.csv"
    assert "世界互联网大会,World Internet Forum" in table.read_text("utf-8")
