"""What the tests share: the evaluation data and the real model, each with a reason to skip where it is absent."""

from __future__ import annotations

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
