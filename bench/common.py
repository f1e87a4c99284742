"""What the areas share: rows, the seed, the model, and counting a process's memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from bilingual.documents import read
from bilingual.engines import Engine, create
from bilingual.glossary import Glossary, load
from bilingual.translation import Translator

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "peoples-daily-wuzhen-2023.txt"

Rows = dict[str, dict[str, object]]


def row(value: object, unit: str, data: str) -> dict[str, object]:
    """One result."""
    return {"value": value, "unit": unit, "data": data}


def glossary() -> Glossary:
    """The repository's own glossary."""
    return load([ROOT / "glossary"])


def engine() -> Engine:
    """The installed model."""
    return create("argos")


def seed_sentences() -> list[str]:
    """The sentences of the seed that go to the engine."""
    return Translator(create("instant"), glossary()).sentences(read(SEED))


PEAK = "int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1024"
"""An expression for the peak resident memory of a process, in MiB (Linux); `getrusage` gives a child its parent's."""


def peak_memory(code: str) -> float:
    """Peak resident memory, in MiB, of a Python process that runs `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint({PEAK})"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(done.stdout.split()[-1])


def own_memory() -> float:
    """Peak resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
