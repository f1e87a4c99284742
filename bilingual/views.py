"""Writing a document's views from the store, without ever losing what a person did in one of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.codes import carried
from bilingual.errors import OutputError
from bilingual.files import atomic_write, output_error, sha256_of
from bilingual.formats import FORMATS, Format, named

if TYPE_CHECKING:
    from bilingual.bitext import Bitext, Unit
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


def written_before(store: Store, name: str, folder: Path) -> list[str]:
    """The formats of the views of a document that we have written into `folder` and that are still there."""
    written = {place for place, _, _ in store.shown(name)}
    places = {form.name: f"{name}{form.suffixes[0]}" for form in FORMATS}
    return [form for form, place in places.items() if place in written and (folder / place).is_file()]


def write_views(store: Store, name: str, folder: Path, formats: Sequence[str]) -> Views:
    """Write NAME.tmx, NAME.csv … of a document into `folder`, each in one step.

    A file that somebody has changed since we wrote it is first kept as NAME.edited.csv (or -2, -3 …) and named in
    `kept` and `warnings`. Raises InputError for an unknown document and OutputError where a file cannot be written.
    """
    if Path(name).name != name or not name:
        raise OutputError(f"{name!r} cannot be a file's name", "give the document a name without / and \\")
    revision = store.revision(name)  # before it is loaded: what is newer than its revision is never taken for an edit
    bitext = store.load(name)
    views = Views()
    for form in map(named, formats):
        path = folder / f"{name}{form.suffixes[0]}"
        _write(store, bitext, form, path, views, (name, revision))
        views.written.append(path)
    return views


def _write(store: Store, bitext: Bitext, form: Format, path: Path, views: Views, of: tuple[str, int]) -> None:
    with _safely(store, path, views, of) as stream:
        warnings = form.write(bitext, stream)
    views.warnings += [f"{path.name}: {warning}" for warning in warnings]


def write_file(store: Store, path: Path, data: bytes) -> list[str]:
    """Write `data` to `path` in one step; a file there that we did not write, or that somebody has changed since, is
    first kept beside it, and that is told."""
    views = Views()
    with _safely(store, path, views) as stream:
        stream.write(data)
    return views.warnings


@contextmanager
def _safely(store: Store, path: Path, views: Views, of: tuple[str, int] | None = None) -> Iterator[BinaryIO]:
    """`of` is the document and the revision that is written; what an edited file was made from is kept with it."""
    with atomic_write(path) as stream:
        yield stream
        stream.flush()
        new = sha256_of(Path(stream.name))
        if store.view_changed(path) and sha256_of(path) != new:
            kept = keep_aside(path)
            before = store.shown_at(of[0], path) if of else None
            if of and before is not None:
                store.record_shown(of[0], path, sha256_of(kept), before)
            views.kept.append(kept)
            told = f"{path} was changed since it was written; what it held is now in {kept.name}"
            told += f" – take it home with: bilingual merge {kept}" if of else ""
            views.warnings.append(told)
        if of:
            store.record_shown(of[0], path, new, of[1])
        store.expect_view(path, new)
    store.record_view(path, new)


def with_edits(bitext: Bitext, edited: Bitext) -> Bitext:
    """The document with the words and states that the units of the same id have in an edited view; words without
    codes keep those of the words before them."""
    edits = {unit.id: unit for unit in edited.units}
    return replace(bitext, units=tuple(_edited(unit, edits.get(unit.id, unit)) for unit in bitext.units))


def _edited(unit: Unit, edit: Unit) -> Unit:
    target = edit.target if edit.target.codes else carried(unit.target, edit.target.string)
    return replace(unit, target=target, state=edit.state)


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
