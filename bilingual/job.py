"""A job: many inputs through the pipeline into the store and its views, one bad input never stopping the others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.bitext import Bitext, Document, OriginKind, Unit
from bilingual.documents import contents, find_documents, passed_over, read_bytes
from bilingual.engines import create
from bilingual.errors import InputError, OutputError
from bilingual.glossary import Glossary
from bilingual.glossary import load as load_glossary
from bilingual.memory import Memory
from bilingual.settings import Settings
from bilingual.store import Store
from bilingual.translation import Translator
from bilingual.views import check_formats, write_views

if TYPE_CHECKING:
    from bilingual.engines import Engine
    from bilingual.terminology import Explanation

Progress = Callable[[str, str, int, int], None]
"""Called with the document's name, what is counted ("parts" while it is read: pages, chapters; then "characters"), how
many are done, and how many there are."""

Parts = Callable[[int, int], None]
"""Called with how many pages or chapters are read, and of how many."""


_MOST_FOLDERS = 4
"""How many of its folders a file's name may take in front."""


@dataclass(slots=True)
class Tally:
    """What a job did. `characters` are those of the sources of all units; `terms` counts outcomes."""

    documents: int = 0
    units: int = 0
    characters: int = 0
    terms: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    kept: int = 0
    recalled: int = 0
    seconds: float = 0.0
    written: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def add(self, bitext: Bitext) -> None:
        """Count a document in."""
        self.documents += 1
        for unit in bitext.units:
            self.units += 1
            self.characters += len(unit.source.string)
            self.flagged += bool(unit.flags)
            self.kept += unit.touched
            self.recalled += unit.origin is not None and unit.origin.kind is OriginKind.MEMORY
            self.terms.update(use.outcome.value for use in unit.terms)

    @property
    def rate(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or the bytes of standard input, and the name its results get."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def contents(self) -> bytes:
        """Its bytes."""
        return contents(self.path) if self.path else self.data

    def read(self, data: bytes | None = None, progress: Parts | None = None) -> Document:
        """The document, under this source's name; `data` are its bytes if they are at hand."""
        data = self.contents() if data is None else data
        document = read_bytes(data, str(self.path) if self.path else "-", progress)
        template = document.template and replace(document.template, name=self.path.name if self.path else "-")
        return replace(document, name=self.name, template=template)


def sources_of(inputs: Sequence[str], stdin: Callable[[], bytes]) -> tuple[list[Source], list[str]]:
    """The sources in `inputs` (files, folders, "-"), and the sentence for each input, or file of a folder, that is
    none.

    No two sources have the same name, so that no result covers another's.
    """
    paths: list[Path] = []
    refused: list[str] = []
    for name in inputs:
        if not name:
            refused.append("an input is empty: name a file or a folder")
        elif name != "-":
            try:
                paths += [path for path in find_documents([Path(name)]) if path not in paths]
                refused += passed_over(Path(name)) if Path(name).is_dir() else []
            except InputError as error:
                refused.append(str(error))
    stdin_name = ["stdin"] if "-" in inputs else []
    names = _names(paths, taken=stdin_name)
    named = [Source(names[path], path) for path in paths]
    return named + [Source(name, data=stdin()) for name in stdin_name], refused


def _names(paths: Sequence[Path], taken: Sequence[str]) -> dict[Path, str]:
    """A name of its own for each path: its stem, with as many of its folders in front as it takes, else a number.

    Letter case does not tell names apart, because on some systems it does not tell files apart.
    """
    names = {path: path.stem for path in paths}
    for depth in range(1, _MOST_FOLDERS + 1):
        for path in _doubled(names, taken):
            names[path] = "-".join((*path.resolve().parent.parts[1:][-depth:], path.stem))
    used = {name.casefold() for name in taken}
    for path, name in names.items():
        number = 2
        while names[path].casefold() in used:
            names[path] = f"{name}-{number}"
            number += 1
        used.add(names[path].casefold())
    return names


def _doubled(names: Mapping[Path, str], taken: Sequence[str]) -> list[Path]:
    """The paths whose name is another's too."""
    count = Counter(name.casefold() for name in (*names.values(), *taken))
    return [path for path, name in names.items() if count[name.casefold()] > 1]


def run(
    sources: Sequence[Source], settings: Settings, engine: Engine | None = None, progress: Progress | None = None
) -> Tally:
    """Translate every source into the store and write its views; what is refused is told in the tally."""
    started = time.monotonic()
    check_formats(settings.formats)
    tally = Tally()
    glossary = load_glossary(settings.glossary_paths())
    with Store(settings.output / "workbench.sqlite") as store, _memory(settings, glossary) as memory:
        translator = Translator(engine or create(settings.engine), glossary, store, settings.rules, memory)
        for number, source in enumerate(sources, 1):
            try:
                _one(source, translator, store, settings, tally, progress)
            except InputError as error:
                tally.refused.append(str(error))
            except OutputError as error:  # of the store: every other document would meet it too
                left = len(sources) - number
                tally.refused.append(str(error) + (f" (documents left undone: {left})" if left else ""))
                break
    tally.seconds = time.monotonic() - started
    return tally


@contextmanager
def _memory(settings: Settings, glossary: Glossary) -> Iterator[Memory | None]:
    """The memory, for reading alone; None where there is none yet."""
    if not settings.memory.exists():
        yield None
        return
    with Memory(settings.memory, glossary=glossary, penalties=settings.penalties, readonly=True) as memory:
        yield memory


def explain(
    sources: Sequence[Source], settings: Settings, unit_id: str, engine: Engine | None = None
) -> tuple[Unit, tuple[Explanation, ...]]:
    """A unit (the beginning of its id is enough) and how its translation comes about. Nothing is written.

    Raises InputError where no source has such a unit.
    """
    glossary = load_glossary(settings.glossary_paths())
    translator = Translator(engine or create(settings.engine), glossary, None, settings.rules)
    for source in sources:
        kept = _kept(settings.output / "workbench.sqlite", source.name, unit_id)
        found = translator.explain(
            source.read(),
            lambda unit: unit.id.startswith(unit_id) or unit.source.string == kept,  # noqa: B023
        )
        if found:
            return found
    names = ", ".join(source.name for source in sources)
    raise InputError(f"no unit {unit_id!r} in {names}", "its id stands in the first column of NAME.csv")


def _kept(store: Path, name: str, unit_id: str) -> str | None:
    """The source of a unit that the store has under this id: one kept over a change of the document has an older id."""
    if not store.exists():
        return None
    with Store(store) as kept:
        units = kept.load(name).units if name in kept.names() else ()
        return next((unit.source.string for unit in units if unit.id.startswith(unit_id)), None)


def _one(
    source: Source, translator: Translator, store: Store, settings: Settings, tally: Tally, progress: Progress | None
) -> None:
    if any("\ud800" <= character <= "\udfff" for character in source.name):
        raise InputError("the file's name is not UTF-8, so no result can have it", "rename it", path=source.path)
    data = source.contents()
    reading = (lambda done, total: progress(source.name, "parts", done, total)) if progress else None
    document = source.read(data, reading)
    tally.warnings += [f"{source.name}: {flag.reason}" for flag in document.flags]
    report = (lambda done, total: progress(source.name, "characters", done, total)) if progress else None
    store.save(source.name, translator.translate(document, report), data)
    try:
        views = write_views(store, source.name, settings.output, settings.formats)
    except OutputError as error:  # this one's view: it is in the store, the next run writes it
        tally.refused.append(str(error))
        return
    tally.add(store.load(source.name))
    tally.written += views.written
    tally.warnings += views.warnings
