"""Which glossary a command works on."""

from __future__ import annotations

from pathlib import Path

import typer

PATHS = typer.Option("--glossary", help="Glossary table, or folder of them; may be given more than once.")


def paths_of(given: list[Path] | None) -> tuple[Path, ...]:
    """The tables and folders named on the command line, else those of the settings."""
    from bilingual.settings import load

    return load(Path.cwd()).with_overrides(glossary=tuple(given) if given else None).glossary_paths()
