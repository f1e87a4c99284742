"""Writing a document's views from the store, without ever losing what a person did in one of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.errors import OutputError
from bilingual.files import atomic_write, output_error, sha256_of
from bilingual.formats import Format, named

if TYPE_CHECKING:
    from bilingual.bitext import Bitext
    from bilingual.store import Store


@dataclass(slots=True)
class Views:
    """The files written, the edited ones that were kept beside them, and what the user should know."""

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def check_formats(names: Sequence[str]) -> None:
    """SettingsError where one of `names` is no format."""
    for name in names:
        named(name)


def write_views(store: Store, name: str, folder: Path, formats: Sequence[str]) -> Views:
    """Write NAME.tmx, NAME.csv … of a document into `folder`, each in one step.

    A file that somebody has changed since we wrote it is first kept as NAME.edited.csv (or -2, -3 …) and named in
    `kept` and `warnings`. Raises InputError for an unknown document and OutputError where a file cannot be written.
    """
    if Path(name).name != name or not name:
        raise OutputError(f"{name!r} cannot be a file's name", "give the document a name without / and \\")
    bitext = store.load(name)
    views = Views()
    for form in map(named, formats):
        path = folder / f"{name}{form.suffixes[0]}"
        _write(store, bitext, form, path, views)
        views.written.append(path)
    return views


def _write(store: Store, bitext: Bitext, form: Format, path: Path, views: Views) -> None:
    with atomic_write(path) as stream:
        warnings = form.write(bitext, stream)
        stream.flush()
        new = sha256_of(Path(stream.name))
        if store.view_changed(path) and sha256_of(path) != new:
            kept = keep_aside(path)
            views.kept.append(kept)
            told = f"{path} was changed since it was written; what it held is now in {kept.name}, merge it from there"
            views.warnings.append(told)
        store.expect_view(path, new)
    store.record_view(path, new)
    views.warnings += [f"{path.name}: {warning}" for warning in warnings]


def keep_aside(path: Path) -> Path:
    """Give the file at `path` a second name that nobody has yet, and return it; equal bytes are kept once."""
    number = 1
    while True:
        mark = ".edited" if number == 1 else f".edited-{number}"
        aside = path.with_name(f"{path.stem}{mark}{path.suffix}")
        try:
            if aside.exists() and sha256_of(aside) == sha256_of(path):
                return aside
            _second_name(path, aside)
            return aside
        except FileExistsError:
            number += 1
        except OSError as error:
            raise output_error(aside, error) from error


def _second_name(path: Path, aside: Path) -> None:
    """A link where the disk knows links, else a copy; FileExistsError, and no harm, where the name is taken."""
    try:
        os.link(path, aside)
    except FileExistsError:
        raise
    except OSError:
        with path.open("rb") as source, aside.open("xb") as copy:
            try:
                shutil.copyfileobj(source, copy)
            except OSError:
                with suppress(OSError):
                    aside.unlink()
                raise
