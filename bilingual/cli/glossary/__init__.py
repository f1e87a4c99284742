"""`bilingual glossary`: keep the terms in order, and look them up. One file a command."""

from __future__ import annotations

import typer

from bilingual.cli.glossary import approve, check, coverage, export, find, import_, overview, suggest

app = typer.Typer(
    help="Keep the glossary: look terms up, check it, find new ones, approve, import and export.", no_args_is_help=True
)
app.command(name="check", epilog=check.EXAMPLES)(check.check)
app.command(name="find", epilog=find.EXAMPLES)(find.find)
app.command(name="list", epilog=overview.EXAMPLES)(overview.overview)
app.command(name="import", epilog=import_.EXAMPLES)(import_.import_)
app.command(name="export", epilog=export.EXAMPLES)(export.export)
app.command(name="coverage", epilog=coverage.EXAMPLES)(coverage.coverage)
app.command(name="suggest", epilog=suggest.EXAMPLES)(suggest.suggest)
app.command(name="approve", epilog=approve.EXAMPLES)(approve.approve)
