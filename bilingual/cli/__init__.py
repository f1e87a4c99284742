"""The command line: one file a command, and the only place that prints or exits."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import suppress
from typing import Any

import typer
from typer.core import HAS_RICH, TyperGroup

from bilingual.cli import (
    align,
    check,
    convert,
    deliver,
    glossary,
    memory,
    merge,
    model,
    rebuild,
    review,
    segment,
    translate,
    undo,
)
from bilingual.errors import BilingualError, InputError

STOPPED = 130
"""The exit code after Ctrl-C."""


class Plain(TyperGroup):
    """The commands, with help texts that are words: what stands in brackets is no markup, and is shown."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if HAS_RICH:
            _shield(self)


def _shield(group: TyperGroup) -> None:
    """Put a backslash before what Rich would take for markup, in every help text of the commands below a group."""
    for command in group.commands.values():
        if isinstance(command, TyperGroup):
            _shield(command)
        for told in (command, *command.params):
            for name in ("help", "epilog"):
                if text := getattr(told, name, None):
                    setattr(told, name, re.sub(r"\[(?=[a-z/@#])", r"\\[", text))


app = typer.Typer(
    name="bilingual",
    cls=Plain,
    help="Translate Chinese documents into English, aligned sentence by sentence, with every name and term right.\n\n"
    "Offline: no text leaves this machine. Start with: bilingual translate page.txt",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="translate", epilog=translate.EXAMPLES)(translate.translate)
app.command(name="align", epilog=align.EXAMPLES)(align.align)
app.command(name="segment", epilog=segment.EXAMPLES)(segment.segment)
app.command(name="deliver", epilog=deliver.EXAMPLES)(deliver.deliver)
app.command(name="check", epilog=check.EXAMPLES)(check.check)
app.command(name="convert", epilog=convert.EXAMPLES)(convert.convert)
app.command(name="merge", epilog=merge.EXAMPLES)(merge.merge)
app.command(name="undo", epilog=undo.UNDO_EXAMPLES)(undo.undo)
app.command(name="history", epilog=undo.HISTORY_EXAMPLES)(undo.history)
app.command(name="review", epilog=review.EXAMPLES)(review.review)
app.command(name="rebuild", epilog=rebuild.EXAMPLES)(rebuild.rebuild)
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(model.app, name="model")


@app.callback(invoke_without_command=True)
def options(
    version: bool = typer.Option(False, "--version", help="Print the version and leave.", is_eager=True),
) -> None:
    """Translate Chinese documents into English, aligned sentence by sentence, with every name and term right.

    Offline: no text leaves this machine. Start with: bilingual translate page.txt
    """
    if version:
        from bilingual import __version__

        typer.echo(f"bilingual {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line: each error becomes one sentence on stderr and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except SystemExit as leaving:  # typer makes this of Ctrl-C
        if leaving.code == STOPPED:
            _stopped()
        raise
    except BilingualError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _stopped()
        sys.exit(STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if os.environ.get("BILINGUAL_DEBUG"):
            raise
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"error: {where}the system refused: {error.strerror or error}", err=True)
        with suppress(OSError):  # what is left in its buffer must not fail a second time, and last
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(3)
    except Exception as error:
        if os.environ.get("BILINGUAL_DEBUG"):
            raise
        typer.echo(f"error: a fault in bilingual itself: {type(error).__name__}: {error}", err=True)
        typer.echo("  set BILINGUAL_DEBUG=1 and run it again for the details a report needs", err=True)
        sys.exit(1)


def _stopped() -> None:
    typer.echo("stopped: what was finished is kept, run the same command again to go on", err=True)


def _tell(error: BilingualError) -> None:
    typer.echo(f"error: {error}", err=True)
    problems = error.problems if isinstance(error, InputError) else ()
    for problem in problems[1:20]:
        typer.echo(f"  {problem}", err=True)
    if len(problems) > 20:
        typer.echo(f"  … and {len(problems) - 20} more", err=True)
