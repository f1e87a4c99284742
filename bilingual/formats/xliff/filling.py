"""People's work put back into the XLIFF file it came from: targets, states, locks, notes; every other byte stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Bitext, Unit
from bilingual.errors import InputError
from bilingual.formats.xliff.kept import packed
from bilingual.formats.xliff.marks import set_marks
from bilingual.formats.xliff.markup import escape
from bilingual.formats.xliff.notes import add_notes, commented, define
from bilingual.formats.xliff.places import Page
from bilingual.formats.xliff.reading import own_kept, unit_of
from bilingual.formats.xliff.slots import UNITS, Walk, line_of, slots
from bilingual.formats.xliff.targets import put_targets
from bilingual.formats.xliff.work import Pair, Work
from bilingual.safexml import clean, names

PLACELESS = ("candidates", "terms", "flags", "silenced", "extra")
"""What another tool's file has no place for once it is made."""


def fill(bitext: Bitext, original: bytes, stream: BinaryIO, path: Path | str | None = None) -> tuple[str, ...]:
    """Write `original` with the work of `bitext` in it; returns a sentence for everything it could not take."""
    wanted = {unit.id: unit for unit in bitext.units}
    page = Page(original, path)
    losses: list[str] = []
    placeless: Counter[str] = Counter()
    definitions: list[str] = []
    for work in _works(page, wanted, path):
        attributes = set_marks(work)
        put_targets(work, commented(work, definitions), attributes)
        add_notes(work)
        losses += _shared(work)
        for pair in work.pairs:
            losses += _lost(pair)
            placeless.update(_keep(page, pair))
    define(page, definitions)
    stream.write(page.bytes())
    losses += [f"unit {name}: is not in this file" for name in wanted]
    losses += [f"the file has no place for the {name} of {count} units" for name, count in sorted(placeless.items())]
    return tuple(losses)


def _works(page: Page, wanted: dict[str, Unit], path: Path | str | None) -> Iterator[Work]:
    """The units of the file in which something has changed; those found are taken out of `wanted`."""
    walk = Walk()
    for element in page.root.iter(*UNITS):
        try:
            read = [(slot, unit_of(slot, walk)) for slot in slots(element)]
        except (ValueError, KeyError) as error:
            raise InputError(f"cannot be read: {error}", path=path, line=line_of(element)) from error
        pairs = tuple(Pair(slot, was, wanted.pop(was.id, was)) for slot, was in read)
        if any(pair.was != pair.now for pair in pairs):
            yield Work(page, pairs)


def _shared(work: Work) -> Iterator[str]:
    """What the segments of a unit cannot say each for itself, where they now differ."""
    name, units = work.unit.get("id"), [pair.now for pair in work.pairs]
    if work.dialect in {"1", "2"} and len({unit.locked for unit in units}) > 1:
        yield f"unit {name}: only some of its segments are locked, and a lock is for all of them; it stays open"
    if work.dialect == "1" and len({unit.state for unit in units}) > 1:
        yield f"unit {name}: its segments have different states; the file gives all of them the lowest"


def _lost(pair: Pair) -> Iterator[str]:
    """What one unit says that does not come into the file."""
    if pair.now.source != pair.was.source:
        yield f"unit {pair.now.id}: its source was changed; the file keeps its own"
    removed = clean(pair.now.target.string)[1]
    if removed and pair.now.target != pair.was.target:
        kept = "is in an element <cp>" if pair.slot.dialect == "2" else "was left out"
        yield f"unit {pair.now.id}: {names(removed)} cannot stand in XML and {kept}"
    if pair.slot.dialect == "sdl" and pair.slot.segment is None and pair.now.state is not pair.was.state:
        yield f"unit {pair.now.id}: the file has no place for its state"


def _keep(page: Page, pair: Pair) -> Iterator[str]:
    """Bring what we keep beside a unit of ours up to date; in another tool's file, the fields without a place."""
    kept = own_kept(pair.slot)
    if kept is not None:
        if pair.now != pair.was:
            page.fill(kept, escape(packed(pair.now, pair.slot.version)))
        return
    yield from (name for name in PLACELESS if getattr(pair.now, name) != getattr(pair.was, name))
    if pair.now.changed != pair.was.changed and pair.slot.dialect != "mq":
        yield "names of those who changed them"
