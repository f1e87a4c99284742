"""The review page in headless Chromium: a document opened, and what a test does to it and asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.workbench import Workbench
from bilingual.bitext import Unit
from bilingual.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_SHOWN = "document.querySelector('#of-unit').dataset.id === document.querySelector('.unit.active').dataset.unit"
PATIENCE = 15_000
"""Milliseconds that something may take on a busy machine before a test fails."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A document's page. Units are counted from 1, as the page counts them."""

    page: Page
    bench: Workbench
    name: str
    keys: dict[str, str]
    """The first key of each action."""

    def open(self, query: str = "") -> None:
        """Load the page, and wait for it to be alive."""
        self.page.goto(self.bench.page(self.name))
        if query:
            self.page.goto(f"{self.page.url.partition('?')[0]}?{query}")
        self.until(self.field.count, "a unit can be worked in")

    def do(self, action: str) -> None:
        """What the action's key does."""
        self.page.keyboard.press(re.sub(r"\bCtrl\b", "Control", self.keys[action]))

    def row(self, number: int) -> Locator:
        """A unit's row."""
        return self.page.locator(".unit[data-unit]").nth(number - 1)

    def go(self, number: int) -> None:
        """Work in a unit."""

        def there() -> bool:
            if self.active() != number:  # a row may just have been put in anew under the pointer
                self.row(number).locator(".target").click()
                self.page.wait_for_timeout(300)
            return self.active() == number

        self.until(there, f"unit {number} is active")
        self.until(lambda: self.page.evaluate(_SHOWN), "the panel is the unit's")

    def active(self) -> int:
        """The unit that is worked in; 0 where none is."""
        rows = self.page.locator(".unit[data-unit]").evaluate_all("rows => rows.map(row => row.className)")
        return next((at for at, name in enumerate(rows, 1) if "active" in name.split()), 0)

    @property
    def field(self) -> Locator:
        """Where the translation of the unit is written."""
        return self.page.locator(".unit.active textarea")

    def type(self, words: str) -> None:
        """Write these words in the place of those that are there, key by key, and wait for them to be saved."""
        self.field.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.saved(words)

    def saved(self, words: str) -> None:
        """Wait until the page says that it is saved: the store must hold the words then."""
        self.until(lambda: self.page.locator("#saved").inner_text() == "Everything is saved", "it is saved")
        found = [unit.target.string for unit in self.units()]
        assert words in found, f"the page says saved, and the store has {found}"

    def units(self) -> Sequence[Unit]:
        """The units as the store has them."""
        with Store(self.bench.folder / "aligned" / "workbench.sqlite") as store:
            return store.load(self.name).units

    def unit(self, number: int) -> Unit:
        """One of them."""
        return self.units()[number - 1]

    def ask(self, answer: str) -> None:
        """Answer the question that the page puts."""
        self.page.locator("#ask[open] #asked").fill(answer)
        self.page.locator("#ask .primary").click()

    def until(self, true: Callable[[], Any], told: str) -> None:
        """Wait for something to become true."""
        for _ in range(PATIENCE // 50):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not within {PATIENCE / 1000:.0f} s: {told}; the page says {self.said()!r}")

    def said(self) -> str:
        """What the page's live regions say."""
        return " | ".join(self.page.locator("#told, #alert").all_inner_texts())
