"""`bilingual check`: what is wrong in a translation, with the place, the reason, and a fix where one is certain."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.checks.reports import Checked
    from bilingual.cli.check.named import Named

EXAMPLES = """Examples:\n
bilingual check report\n
bilingual check report --only numbers,missing_term --severity error\n
bilingual check report --fix\n
bilingual check memory.xliff --fix -o memory.fixed.xliff\n
bilingual check report -o report.check.html\n
bilingual check --format sarif -o check.sarif\n
bilingual check report --silence 12:length --reason "the client wants it short\""""

ENDINGS = {".json": "json", ".sarif": "sarif", ".xml": "junit", ".html": "html", ".htm": "html", ".txt": "table"}


class Report(StrEnum):
    """How the findings are told."""

    TABLE = "table"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    HTML = "html"


class Least(StrEnum):
    """The least severity that is told."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Documents of the store, source files that were translated, or aligned files (TMX, XLIFF, CSV, Excel "
            "…).  [default: every document of the store]",
            metavar="NAME", show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="CHECK", help="Make these checks alone; several with commas.", show_default=False
        ),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(
            "--skip", metavar="CHECK", help="Leave these checks out; several with commas.", show_default=False
        ),
    ] = None,
    severity: Annotated[
        Least, typer.Option(help="Tell findings of this severity and worse.")
    ] = Least.HINT,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Put right what is certain (spaces, house style …); tell what is left."),
    ] = False,
    silence: Annotated[
        list[str] | None,
        typer.Option(
            "--silence", metavar="UNIT:CHECK",
            help="Put a finding to rest: the unit's number or id, a colon, the check. Needs --reason.",
            show_default=False,
        ),
    ] = None,
    unsilence: Annotated[
        list[str] | None,
        typer.Option("--unsilence", metavar="UNIT:CHECK", help="Let a check find again.", show_default=False),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why the finding is none.", show_default=False)] = "",
    show_silenced: Annotated[
        bool, typer.Option("--show-silenced", help="Also tell what was put to rest, with the reason.")
    ] = False,
    report: Annotated[
        Report | None,
        typer.Option(
            "--format", help="How to tell it.  [default: by the ending of -o, else table]", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File for the report; with --fix of a file, for the fixed file.",
                     show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file of -o.")] = False,
    glossary: Annotated[list[Path] | None, PATHS] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)
    ] = None,
    by: Annotated[str, typer.Option(help="Who does it.  [default: your login name]", show_default=False)] = "",
    list_checks: Annotated[bool, typer.Option("--list", help="Only list the checks, with what each finds.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the report, warnings and errors.")] = False,
) -> None:  # fmt: skip
    """Find what a tired eye misses: numbers, terms, Chinese left over, brackets, house style, spelling and more.

    An error must not be delivered, a warning wants a look, a hint is a matter of taste. What each check finds, and how
    to set it for a project, is in docs/checks.md. --fix changes documents as one step that `bilingual undo` takes back.

    Ends with 1 where there is an error, else with 0.
    """
    from bilingual.checks.choosing import chosen
    from bilingual.cli.check.fix import put_right
    from bilingual.cli.check.keeping import refuse_ours
    from bilingual.cli.check.running import Run, checked, found_in, store_in
    from bilingual.cli.check.silence import put_to_rest
    from bilingual.settings import load

    if list_checks:
        _list()
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the encoder's small products only wait for more threads
    settings = load(Path.cwd())
    run = Run(settings, paths_of(glossary), chosen(settings, _listed(only), _listed(skip)), severity.value, quiet)
    with store_in(folder or settings.output) as store:
        if silence or unsilence:
            put_to_rest(store, names or [], silence or [], unsilence or [], reason, by)
            return
        found, refused = found_in(names, store, folder or settings.output)
        to_file = fix and any(not one.stored for one in found)
        _check_output(output, found, force=force, to_file=to_file)
        if output and output.is_file():
            refuse_ours(output, store, run.glossary)
        if fix:
            found = [put_right(run, one, store, output, by) for one in found]
        documents = [checked(run, one, silenced=show_silenced) for one in found]
    _tell(documents, report, None if to_file else output, quiet=quiet)
    for problem in refused:
        typer.echo(f"error: {problem}", err=True)
    if refused:
        raise typer.Exit(3)
    if any(finding.severity.value == "error" for document in documents for finding in document.findings):
        raise typer.Exit(1)


def _list() -> None:
    from bilingual.checks.choosing import EVERY

    width = max(len(check.name) for check in EVERY)
    for check in EVERY:
        typer.echo(f"{check.name:<{width}}  {check.finds}")


def _listed(given: list[str] | None) -> list[str]:
    return [name for part in given or () for name in part.split(",") if name.strip()]


def _check_output(output: Path | None, found: list[Named], *, force: bool, to_file: bool) -> None:
    """Nothing is written over an input, nor over anything else without --force; a fixed file needs a name."""
    from bilingual.errors import OutputError, SettingsError

    if to_file and (output is None or len(found) > 1):
        why = "say with -o where to write the fixed file" if output is None else "one file at a time can be fixed"
        raise SettingsError(f"{found[0].name} is a file, no document of the store", why)
    if output is None or not output.exists():
        return
    if any(not one.stored and Path(one.name).samefile(output) for one in found):
        raise OutputError(f"{output}: is the input itself", "choose another name")
    if output.is_file() and not force:
        raise OutputError(f"{output}: is there already", "choose another name, or say --force")


def _tell(documents: Sequence[Checked], report: Report | None, output: Path | None, *, quiet: bool) -> None:
    """Print the report, or write it to its file and print how many findings there are."""
    from bilingual.checks.reports import REPORTS
    from bilingual.checks.reports.checked import totals
    from bilingual.files import atomic_write

    guess = ENDINGS.get(output.suffix.lower(), "table") if output else "table"
    text = REPORTS[report.value if report else guess](documents)
    if output is None or str(output) == "-":
        typer.echo(text, nl=False)
        return
    with atomic_write(output) as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))
    if not quiet:
        typer.echo(f"{totals(documents)} → {output}", err=True)
