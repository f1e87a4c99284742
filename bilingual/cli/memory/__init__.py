"""`bilingual memory`: what was translated before, found again. One file a command."""

from __future__ import annotations

import typer

from bilingual.cli.memory import add, analyse, export, import_, salvage, search, stats, undo

app = typer.Typer(
    help="Keep the translation memory: search it, see what it knows of a text, bring memories in and out.",
    no_args_is_help=True,
)
app.command(name="search", epilog=search.EXAMPLES)(search.search)
app.command(name="analyse", epilog=analyse.EXAMPLES)(analyse.analyse)
app.command(name="add", epilog=add.EXAMPLES)(add.add)
app.command(name="import", epilog=import_.EXAMPLES)(import_.import_)
app.command(name="export", epilog=export.EXAMPLES)(export.export)
app.command(name="undo", epilog=undo.EXAMPLES)(undo.undo)
app.command(name="stats", epilog=stats.EXAMPLES)(stats.stats)
app.command(name="salvage", epilog=salvage.EXAMPLES)(salvage.salvage)
