"""A store made anew: from the TMX files that were written from it, or from what can be read of a damaged one.

Nothing that is there is ever overwritten: the new store appears whole, in one step, where no store was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.bitext import Bitext
from bilingual.errors import InputError, OutputError
from bilingual.files import STALE_SECONDS, output_error, sha256_of
from bilingual.formats import format_of, read_file
from bilingual.merge.salvage import salvage
from bilingual.store import Store

NOT_IN_TMX = (
    "the versions of each unit before the present one",
    "the list of merges and edits, and the way to undo them",
    "the time and the keys that people spent on a unit",
    "sentences set aside because they are no longer in the source",
    "the source files: translate them once more to have them again, or deliver with --source",
    "translations kept for the next run, which makes them again",
)
"""What a store holds that its TMX files do not."""
_STORE = "workbench.sqlite"
_MARK = ".workbench-"


@dataclass(slots=True)
class Rebuilt:
    """The new store, its documents and how many units each has, and what is to be told."""

    path: Path
    documents: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    lacks: tuple[str, ...] = ()


def rebuild(inputs: Sequence[Path], folder: Path) -> Rebuilt:
    """A new store in `folder` from TMX files, or from one damaged store.

    Raises InputError where an input cannot be used, OutputError where there is a store already.
    """
    if len(inputs) > 1 and any(path.suffix == ".sqlite" for path in inputs):
        raise InputError("a damaged store is mended alone", "give one .sqlite, or several .tmx", path=inputs[0])
    done = Rebuilt(folder / _STORE)
    if inputs[0].suffix == ".sqlite":
        with _made(done.path) as path, Store(path) as store:
            done.told = salvage(inputs[0], store)
            done.documents = {name: len(store.load(name).units) for name in store.names()}
        return done
    bitexts = _read(inputs)
    done.lacks = NOT_IN_TMX
    with _made(done.path) as path, Store(path) as store:
        for name, (_, bitext) in bitexts.items():
            store.save(name, bitext)
            done.documents[name] = len(bitext.units)
    with Store(done.path) as store:
        for name, (source, _) in bitexts.items():
            if source.resolve() == (folder / f"{name}{source.suffix}").resolve():
                store.record_shown(name, source, sha256_of(source), store.revision(name))
                store.record_view(source, sha256_of(source))
    return done


def _read(inputs: Sequence[Path]) -> dict[str, tuple[Path, Bitext]]:
    """What is in the files, by the document's name."""
    bitexts: dict[str, tuple[Path, Bitext]] = {}
    for path in inputs:
        if format_of(path).name != "tmx":
            raise InputError("does not hold enough to make a store of", "give the .tmx of the document", path=path)
        bitext = read_file(path)
        name = next((d.name for d in bitext.documents if d.language == bitext.source_language), path.stem)
        if name in bitexts:
            raise InputError(f"is of {name!r}, as is {bitexts[name][0]}", "give one of them", path=path)
        bitexts[name] = (path, bitext)
    return bitexts


@contextmanager
def _made(path: Path) -> Iterator[Path]:
    """A path for the new store, which goes to `path` when the block ends well."""
    if path.exists() or path.is_symlink():
        raise _there(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path.parent)
        with tempfile.TemporaryDirectory(prefix=_MARK, dir=path.parent, ignore_cleanup_errors=True) as folder:
            made = Path(folder) / _STORE
            yield made
            _put(made, path)
    except FileExistsError as error:
        raise _there(path) from error
    except OSError as error:
        raise output_error(path, error) from error


def _there(path: Path) -> OutputError:
    return OutputError(f"{path}: there is a store already, and none is ever overwritten", "name a new folder with -o")


def _put(made: Path, path: Path) -> None:
    with made.open("rb") as stream:
        os.fsync(stream.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError from None
        made.rename(path)


def _clear(folder: Path) -> None:
    """Away with what killed processes left."""
    for left in folder.glob(f"{_MARK}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - STALE_SECONDS:
                shutil.rmtree(left)
