"""The workbench's server: the start page, jobs, downloads, and the command that starts it."""

from __future__ import annotations

from pathlib import Path

from tests.workbench import settings_in, workbench


def test_the_start_page_is_there_for_an_empty_store(tmp_path: Path) -> None:
    with workbench(settings_in(tmp_path)) as client:
        shown = client.get("/")
    assert shown.status_code == 200
    assert "Documents" in shown.text
