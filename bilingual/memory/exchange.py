"""Files into the memory and out of it, one unit at a time where the format allows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from bilingual import formats
from bilingual.bitext import Bitext, Change, Unit
from bilingual.chinese import has_chinese
from bilingual.errors import InputError, SettingsError
from bilingual.files import atomic_write, sha256_of
from bilingual.languages import primary
from bilingual.memory.forms import neighbour
from bilingual.memory.memory import Memory, Progress, use_of
from bilingual.memory.nouns import Batch, Entry, Pair, Use
from bilingual.safexml import elements
from bilingual.serial import DamagedError, dumps, loads

if TYPE_CHECKING:
    from lxml import etree

USE = "x-memory-use"
"""The property that holds a use of an entry, one each."""

_LOOKED_AT = 2000
"""Units whose languages are looked at before a TMX is read."""

_FARTHEST = 1 << 63
"""What SQLite holds of a number."""

_MADE_UP = re.compile(r"tu\d+")
_DOCUMENT, _UNIT = ("file", "x-document"), ("id",)
_BEFORE, _AFTER = ("prev", "x-context-pre"), ("next", "x-context-post")
"""How OmegaT and memoQ name the document, the unit, and the sentences around it."""


def import_file(memory: Memory, path: Path, by: str = "", progress: Progress | None = None) -> Batch:
    """Keep every pair of Chinese and English in a file, as one batch; in bounded memory where the file is TMX.

    A file that was stopped in the middle is gone on with. Raises InputError for one that cannot be read to its end or
    holds no such pairs: then nothing of it is kept.
    """
    try:
        sha256 = sha256_of(path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", "check the name", path=path) from error
    pairs = _tmx_pairs(path) if path.suffix.lower() == ".tmx" else _pairs(formats.read_file(path), path)
    return memory.put(pairs, kind="import", name=path.name, by=by, sha256=sha256, progress=progress)


def export_file(memory: Memory, path: Path, document: str | None = None) -> tuple[int, tuple[str, ...]]:
    """Write the memory, or one document's entries, in the format its ending names; how many, and what was lost.

    The same memory gives the same bytes. A TMX holds every use, and brings it back when it is imported. Raises
    InputError, and writes nothing, for a document that uses no entry.
    """
    if not path.suffix:
        raise SettingsError(f"{path} has no ending that says what to write", "name it memory.tmx, for example")
    if document is not None and next(memory.entries(document), None) is None:
        hint = "`bilingual memory stats --json` lists the documents"
        raise InputError(f"no entry is used in {document!r}", hint, path=memory.path)
    form = formats.format_of(path)
    units = _Units(memory, document)
    whole = Bitext("zh", "en", (), cast("tuple[Unit, ...]", units) if form.name == "tmx" else tuple(units))
    with atomic_write(path) as stream:
        told = form.write(whole, stream)
    return units.count, told


class _Units:
    """The entries of a memory as units, read as they are asked for."""

    def __init__(self, memory: Memory, document: str | None) -> None:
        self._memory = memory
        self._document = document
        self.count = 0

    def __iter__(self) -> Iterator[Unit]:
        self.count = 0
        for entry in self._memory.entries(self._document):
            self.count += 1
            yield _unit(entry)


def _unit(entry: Entry) -> Unit:
    best = entry.uses[0]
    uses = tuple((USE, dumps(use)) for use in (replace(best, notes=(), extra=()), *entry.uses[1:]))
    changed = Change(best.by, best.when) if best.by or best.when else None
    return Unit(
        f"m{entry.id}", "", entry.source, entry.target, state=best.state, origin=best.origin, changed=changed,
        notes=best.notes, extra=(*uses, *best.extra),
    )  # fmt: skip


def _pairs(bitext: Bitext, path: Path) -> Iterator[Pair]:
    """The pairs of a bitext that was read whole, each knowing its neighbours."""
    source, target = _sides(bitext)
    if {source, target} != {"zh", "en"}:
        raise InputError(f"holds {source} and {target}", _WANTED, path=path)
    units: Iterable[Unit] = bitext.units
    if source == "en":
        units = (replace(unit, source=unit.target, target=unit.source) for unit in bitext.units)
    name = bitext.documents[0].name if bitext.documents else path.name
    yield from _with_neighbours(units, name)


def _sides(bitext: Bitext) -> tuple[str, str]:
    """The languages of a bitext, told by its characters where the file does not say them."""
    source, target = primary(bitext.source_language), primary(bitext.target_language)
    if {source, target} <= {"", _UNKNOWN}:
        left = sum(has_chinese(unit.source.string) for unit in bitext.units)
        right = sum(has_chinese(unit.target.string) for unit in bitext.units)
        return ("zh", "en") if left >= right else ("en", "zh")
    return source, target


_UNKNOWN = "und"


def _tmx_pairs(path: Path) -> Iterator[Pair]:
    from bilingual.formats.tmx_reader import TmxReader

    found = _languages(path)
    chinese, english = _spelling(found, "zh"), _spelling(found, "en")
    count = 0
    with path.open("rb") as stream:
        reader = TmxReader(stream, path, source=chinese or "zh", target=english or "en")
        units = iter(reader.units())
        first = next(units, None)
        rest = _chained(first, units)
        ours = reader.documents[0].name if reader.documents else ""
        for pair in _with_neighbours(rest, ours) if ours else _foreign_pairs(rest, path.name):
            count += bool(pair.target.string.strip())
            yield from _uses(pair)
    if not count:
        there = ", ".join(sorted(found)) or "none"
        raise InputError(f"holds no pair of Chinese and English (languages: {there})", _WANTED, path=path)


_WANTED = "a memory takes Chinese and English, marked as zh and en, in any usual spelling"


def _chained(first: Unit | None, rest: Iterator[Unit]) -> Iterator[Unit]:
    if first is not None:
        yield first
        yield from rest


def _languages(path: Path) -> Counter[str]:
    """How often each language stands in the first units of a TMX, as the file spells it."""
    found: Counter[str] = Counter()
    with path.open("rb") as stream:
        for unit in islice(elements(cast("BinaryIO", stream), ("{*}tu",), path, root="tmx"), _LOOKED_AT):
            found.update(filter(None, map(_language, unit)))
    return found


def _language(variant: etree._Element) -> str:
    attributes: Any = variant.attrib
    return str(attributes.get("{http://www.w3.org/XML/1998/namespace}lang") or attributes.get("lang") or "")


def _spelling(found: Counter[str], language: str) -> str:
    """How a file spells a language, in the way it does most."""
    return next((spelled for spelled, _ in found.most_common() if primary(spelled) == language), "")


def _with_neighbours(units: Iterable[Unit], document: str) -> Iterator[Pair]:
    """The units of a document in reading order, each knowing the one before and the one after."""
    before, last = 0, None
    for unit in units:
        here = neighbour(unit.source.string)
        if last is not None:
            yield replace(last, use=replace(last.use, after=here))
            before = neighbour(last.source.string)
        last = Pair(unit.source, unit.target, replace(use_of(unit, document), before=before, after=0))
    if last is not None:
        yield last


def _foreign_pairs(units: Iterable[Unit], name: str) -> Iterator[Pair]:
    """The units of a memory of another tool's, or of an export of ours: what stands side by side was not so before."""
    for unit in units:
        use = use_of(unit, _said(unit, _DOCUMENT) or name)
        own = _said(unit, _UNIT) or ("" if _MADE_UP.fullmatch(unit.id) else unit.id)
        before, after = _said(unit, _BEFORE), _said(unit, _AFTER)
        around = (neighbour(before), neighbour(after)) if before or after else (None, None)
        yield Pair(unit.source, unit.target, replace(use, unit=own, before=around[0], after=around[1]))


def _uses(pair: Pair) -> Iterator[Pair]:
    """A pair for each use that our own export tells of; else the pair itself."""
    uses = [_use(value) for name, value in pair.use.extra if name == USE]
    rest = tuple(fact for fact in pair.use.extra if fact[0] != USE)
    best, *others = uses or [None]
    for use in filter(None, reversed(others)):
        yield replace(pair, use=use)
    yield replace(pair, use=replace(best or pair.use, notes=pair.use.notes, extra=rest))


def _use(value: str) -> Use | None:
    """The use a property tells of; None where somebody has changed it so that it tells of none."""
    try:
        use = loads(Use, value)
    except DamagedError:
        return None
    sound = all(place is None or -_FARTHEST <= place < _FARTHEST for place in (use.before, use.after))
    return use if sound else None


def _said(unit: Unit, names: tuple[str, ...]) -> str:
    """What a file says under one of these names, without the <seg> some put around it."""
    value = next((value for name, value in unit.extra if name in names), "")
    return re.sub(r"</?seg>", "", value).strip()
