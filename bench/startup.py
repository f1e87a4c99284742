"""How long `bilingual --help` takes beside an empty Typer program, as whole processes, in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.common import Rows, row

EMPTY = """import typer
app = typer.Typer()
@app.command()
def hello(name: str = "x") -> None:
    '''Say hello.'''
app()
"""
ROUNDS = 15


def run(data: Path | None) -> Rows:
    """Medians of `ROUNDS` pairs after a warm-up."""
    del data
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        ours, theirs = [Path(sys.executable).with_name("bilingual"), "--help"], [sys.executable, empty, "--help"]
        pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS + 2)][2:]
    note = f"median of {ROUNDS} pairs of whole processes"
    return {
        "startup.help.vs_typer": row(statistics.median(a / b for a, b in pairs), "ratio", note),
        "startup.help.seconds": row(statistics.median(a for a, _ in pairs), "s", note),
    }


def _seconds(command: list[object]) -> float:
    started = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return time.perf_counter() - started
