"""The documents a command of the glossary looks at: those of the store as they are there, other files as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Bitext, Document
    from bilingual.store import Store

INPUTS = typer.Argument(
    help="Documents: their names in the store, source files, or folders of them.",
    metavar="INPUT...",
    show_default=False,
)
FROM = typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)


def documents_of(inputs: list[str], folder: Path | None) -> Iterator[tuple[str, Bitext | Document]]:
    """Name and contents of each input: the bitext of what has been translated, the document of what has not.

    Raises InputError where an input is neither a document of the store nor a file that can be read.
    """
    from bilingual.settings import load
    from bilingual.store import Store

    file = (folder or load(Path.cwd()).output) / "workbench.sqlite"
    if not file.is_file():
        for name in inputs:
            yield from _files(name, None, {})
        return
    with Store(file, look=True) as store:
        names = set(store.names())
        by_hash = {store.template(name): name for name in names}
        for name in inputs:
            if name in names:
                yield name, store.load(name)
            else:
                yield from _files(name, store, by_hash)


def _files(name: str, store: Store | None, by_hash: dict[str, str]) -> Iterator[tuple[str, Bitext | Document]]:
    """The documents in a file or folder; what has been translated comes from the store."""
    import sys

    from bilingual.errors import InputError
    from bilingual.files import sha256_of
    from bilingual.job import sources_of

    if name != "-" and not Path(name).exists():
        hint = f"the store has: {', '.join(store.names())}" if store else "check the name"
        raise InputError("is no document of the store and no file", hint, path=name)
    sources, refused = sources_of([name], sys.stdin.buffer.read)
    if refused:
        raise InputError(refused[0], problems=tuple(refused))
    for source in sources:
        data = source.contents()
        known = by_hash.get(sha256_of(data))
        yield (known, store.load(known)) if store and known else (source.name, source.read(data))
