"""What a help text says in brackets is shown: it is no markup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bilingual.cli import app


def commands(group: TyperGroup, *path: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


def command_at(path: tuple[str, ...]) -> TyperCommand:
    found = get_command(app)
    for name in path:
        assert isinstance(found, TyperGroup)
        found = found.commands[name]
    assert isinstance(found, TyperCommand)
    return found


root = get_command(app)
assert isinstance(root, TyperGroup)
each = pytest.mark.parametrize("path", list(commands(root)), ids=" ".join)


@each
def test_nothing_that_the_help_says_in_brackets_disappears(path: tuple[str, ...]) -> None:
    shown = CliRunner(env={"COLUMNS": "500", "TERM": "dumb"}).invoke(app, [*path, "--help"]).output
    flat = " ".join(shown.split())
    for parameter in command_at(path).params:
        told = (getattr(parameter, "help", None) or "").replace("\\[", "[")
        assert " ".join(told.split()) in flat


def test_the_folder_of_results_has_a_default_that_is_told() -> None:
    shown = CliRunner(env={"COLUMNS": "500"}).invoke(app, ["merge", "--help"]).output
    assert "Folder with the store. [default: aligned]" in " ".join(shown.split())
