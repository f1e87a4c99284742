"""What the tests share: the evaluation data and the real model, each with a reason to skip where it is absent."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from bilingual.engines import Engine

# The gate must not depend on luck: the same examples every time.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.load_profile("gate")

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "peoples-daily-wuzhen-2023.txt"

Call = Callable[..., tuple[int, str, str]]
"""The command line with arguments: its exit code, what it wrote, and what it told."""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """The command line in this process, in the folder that is the present one; no traceback ever reaches a user."""
    from bilingual.cli import main

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bilingual", *arguments])
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return call


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation data beside the checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared evaluation data is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def model_engine() -> Engine:
    """The installed Argos model, loaded once for all tests."""
    from bilingual.engines.argos import ArgosEngine
    from bilingual.engines.packages import find_installed

    package = find_installed("zh", "en")
    if package is None:
        pytest.skip("the zh→en model is not installed: run `bilingual model install`")
    return ArgosEngine(package.path)
