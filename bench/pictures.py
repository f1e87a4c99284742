"""The pictures of docs/review.md: the seed on the review page, translated by the model; taken anew when that changes.

python -m bench.pictures
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.common import ROOT, SEED
from bench.workbench import CHROMIUM, FLAGS, Workbench
from bilingual.job import Source, run
from bilingual.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURES = ROOT / "docs" / "pictures"
NAME = "wuzhen"


def main() -> None:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        folder = Path(place)
        settings = Settings(output=folder / "aligned", glossary=(ROOT / "glossary",))
        run([Source(NAME, data=SEED.read_bytes())], settings)
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        with Workbench(folder, "--glossary", str(ROOT / "glossary"), "--by", "李雷") as bench:
            _taken(page, bench)
        browser.close()


def _taken(page: Page, bench: Workbench) -> None:
    page.goto(bench.address)
    _shot(page, "start")
    page.goto(bench.page(NAME))
    page.wait_for_timeout(4000)  # until the checks have been everywhere
    for number in (6, 7):
        _unit(page, number)
        page.keyboard.press("Control+Shift+Enter")
    _unit(page, 8)
    _shot(page, "edit")
    page.keyboard.press("Control+H")
    page.fill("#replace-find", "the Summit")
    page.fill("#replace-new", "the summit")
    _shot(page, "replace")
    page.keyboard.press("Escape")
    page.emulate_media(color_scheme="dark")
    page.keyboard.press("F1")
    _shot(page, "keys")
    page.keyboard.press("Escape")
    page.emulate_media(color_scheme="light")
    page.goto(f"http://127.0.0.1:{bench.port}/d/{NAME}/finish")
    page.wait_for_timeout(3000)
    _shot(page, "finish")


def _unit(page: Page, number: int) -> None:
    page.locator(".unit[data-unit]").nth(number - 1).locator(".target").click()
    page.wait_for_timeout(800)


def _shot(page: Page, name: str) -> None:
    from PIL import Image

    page.wait_for_timeout(1200)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(160, Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main()
