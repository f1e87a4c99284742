"""Which memory a command works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bilingual.glossary import Glossary
    from bilingual.memory import Batch, Memory

MEMORY = typer.Option(
    "--memory",
    help="The memory's file.  [default: what bilingual.toml says, else memory.sqlite]",
    show_default=False,
)


def path_of(given: Path | None) -> Path:
    """The memory named on the command line, else that of the settings."""
    from bilingual.settings import load

    return load(Path.cwd()).with_overrides(memory=given).memory


def opened(given: Path | None, *, readonly: bool, glossary: Glossary | None = None) -> Memory:
    """That memory, with the project's penalties."""
    from bilingual.memory import Memory
    from bilingual.settings import load

    settings = load(Path.cwd()).with_overrides(memory=given)
    return Memory(settings.memory, readonly=readonly, glossary=glossary, penalties=settings.penalties)


def counted(batch: Batch) -> str:
    """What became of a batch, in words."""
    parts = [
        f"{batch.added:,} new",
        *([f"{batch.merged:,} known, noted where else they are used"] if batch.merged else []),
        *([f"{batch.replaced:,} of these took the place of an older version"] if batch.replaced else []),
        *([f"{batch.same:,} there already"] if batch.same else []),
        *([f"{batch.skipped:,} left out (a side is empty, or cannot be stored)"] if batch.skipped else []),
    ]
    return ", ".join(parts)
