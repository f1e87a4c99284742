"""Making the checks: on which documents, how, and what comes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bilingual.checks.context import Check
    from bilingual.checks.findings import Finding
    from bilingual.checks.reports import Checked
    from bilingual.cli.check.named import Named
    from bilingual.glossary import Glossary
    from bilingual.settings import Settings
    from bilingual.store import Store

STEP = 50
"""Units that are read between two lines of progress."""


@dataclass(frozen=True)
class Run:
    """How the checks are made; `severity` is the least that is told."""

    settings: Settings
    glossary: tuple[Path, ...]
    checks: tuple[Check, ...]
    severity: str
    quiet: bool

    @cached_property
    def terms(self) -> Glossary:
        """The glossary, read when the first document is checked."""
        from bilingual.glossary import load

        return load(self.glossary)


@contextmanager
def store_in(folder: Path) -> Iterator[Store | None]:
    """The store in a folder; None where there is none."""
    from bilingual.store import Store

    file = folder / "workbench.sqlite"
    if not file.is_file():
        yield None
        return
    with Store(file, look=True) as store:
        yield store


def found_in(names: list[str] | None, store: Store | None, folder: Path) -> tuple[list[Named], list[str]]:
    """The documents, and what is wrong with the names that are none."""
    from bilingual.cli.check.named import named
    from bilingual.errors import InputError

    if not names and (store is None or not store.names()):
        hint = "first run: bilingual translate, or name an aligned file"
        raise InputError(f"there is no document in {folder}", hint)
    found, refused = [], []
    for name in dict.fromkeys(names or (store.names() if store else ())):
        try:
            found.append(named(name, store))
            if store and found[-1].stored:
                _tell_of_edits(store, found[-1].name, folder)
        except InputError as error:
            refused += [str(error), *(f"  {problem}" for problem in error.problems[1:5])]
    if not found:
        raise InputError(refused[0], problems=tuple(refused))
    return found, refused


def _tell_of_edits(store: Store, name: str, folder: Path) -> None:
    """What somebody has written into a view is not in the store yet: that is not what is checked."""
    for place in sorted({place for place, _, _ in store.shown(name)}):
        view = folder / place
        if view.is_file() and store.view_changed(view):
            told = f"{view} was edited, and its words are not in the store: check that file, or first bring them home"
            typer.echo(f"warning: {told} with: bilingual merge {view}", err=True)


def findings_of(run: Run, one: Named) -> list[Finding]:
    """All findings of a document, those put to rest too, with a line of progress on a terminal."""
    from bilingual.checks.checker import Checker
    from bilingual.checks.findings import Severity

    checker = Checker(one.bitext, run.terms, run.settings, run.checks)
    shown = not run.quiet and bool(sys.stderr and sys.stderr.isatty())
    done, whole = 0, len(one.bitext.units)
    while checker.read(STEP):
        done = min(done + STEP, whole)
        if shown:
            typer.echo(f"\rchecking {one.name}: {done:,} of {whole:,} units", nl=False, err=True)
    if shown:
        typer.echo("\r\x1b[K", nl=False, err=True)
    told = [*Severity][: [*Severity].index(Severity(run.severity)) + 1]
    return [finding for finding in checker.all(silenced=True) if finding.severity in told]


def checked(run: Run, one: Named, *, silenced: bool) -> Checked:
    """A document with its findings; with `silenced` those that were put to rest are told too."""
    from bilingual.checks.reports import Checked

    quiet = {unit.id: {silence.check: silence for silence in unit.silenced} for unit in one.bitext.units}
    findings, rest = [], []
    for finding in findings_of(run, one):
        silence = quiet[finding.unit].get(finding.check)
        if silence is None:
            findings.append(finding)
        else:
            rest.append((finding, silence))
    shown = tuple(rest) if silenced else ()
    return Checked(one.name, one.file, one.bitext.units, tuple(findings), shown, len(rest))
