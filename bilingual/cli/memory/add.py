"""`bilingual memory add`: what was translated in the workbench goes into the memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.memory.opening import MEMORY, counted, opened

if TYPE_CHECKING:
    pass

EXAMPLES = "Examples:\n\nbilingual memory add\n\nbilingual memory add report --drafts"


def add(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Documents of the store; all of them where none is named.", metavar="[NAME]..."),
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="The machine's drafts too; their matches are marked and score less.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)
    ] = None,
    memory: Annotated[Path | None, MEMORY] = None,
) -> None:
    """Put what people have translated or confirmed into the memory.

    May be run as often as you like: what is there already stays, and a sentence that was changed since takes the place
    of its older version.
    """
    from bilingual.errors import InputError
    from bilingual.settings import load
    from bilingual.store import Store

    file = (folder or load(Path.cwd()).output) / "workbench.sqlite"
    if not file.is_file():
        raise InputError("there is no store here", "translate a document first, or name its folder: --from", path=file)
    with Store(file) as store, opened(memory, readonly=False) as into:
        for name in names or store.names():
            units = store.load(name).units
            wanted = {unit.id for unit in units if drafts or (unit.touched and not unit.unconfirmed)}
            batch = into.add(units, document=name, only=wanted)
            if not wanted:
                typer.echo(f"{name}: nobody has translated or confirmed anything yet (--drafts takes it as it is)")
            else:
                typer.echo(f"{name}: {counted(batch)}")
