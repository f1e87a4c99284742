"""A document that somebody has open: its units as they are, what the checks say of them, and what became different.

It opens at once and is read on in small portions (`advance`), so that nobody waits for the 20,000th unit to see the
first. It belongs to the desk's thread, and holds nothing that the store does not hold.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from bilingual.bitext import Bitext, Block, State, Unit
from bilingual.checks.checker import Checker
from bilingual.checks.findings import Finding
from bilingual.glossary import Glossary
from bilingual.review.desk import Work
from bilingual.review.web import MissingError
from bilingual.store import Seen, Store

PORTION = 100
"""Units read from the store at a time."""

MANY = 20
"""Units that are checked at once when they are changed; of more the findings come later."""

REMEMBERED = 5000
"""Changes that are told to a page that asks; one that has not asked for longer is told to begin anew."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How far a document has come: units and Chinese characters by state, and how many units were read and checked."""

    units: dict[str, int]
    characters: dict[str, int]
    findings: dict[str, int]
    read: int
    checked: int
    total: int


class Paper:
    """One open document. `order` are the ids in reading order; `serial` rises with everything that becomes different,
    also from one start of the server to the next; `shape` is another where units came or went."""

    def __init__(self, name: str, work: Work) -> None:
        self.name = name
        self._open(work.store)
        self.glossary = work.glossary
        self.order: list[str] = []
        self.places: dict[str, int] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.serial = self._anew = time.time_ns() // 1000
        self.shape = 0
        self._settings = work.settings
        self._versions: dict[str, int] = {}
        self._seen: dict[str, Seen] = {}
        self._next = 0
        self._whole = self._whole_once = False
        self._checked = 0
        self._done: set[str] = set()
        self._sources: Counter[str] = Counter()
        self._units: Counter[State] = Counter()
        self._characters: Counter[State] = Counter()
        self._revision = -1
        self._log: list[tuple[int, str]] = []
        self._checker = self._made_checker(())
        self.refresh(work.store)

    def _open(self, store: Store) -> None:
        self._template = store.template(self.name)
        self.document: Bitext = store.document(self.name)
        self.blocks: dict[str, Block] = {b.id: b for document in self.document.documents for b in document.blocks}

    # What there is

    def units(self, store: Store, ids: Iterable[str]) -> list[Seen]:
        """Those of the units that are part of the document, read from the store where they were not yet."""
        wanted = [unit for unit in ids if unit in self.places]
        if missing := [unit for unit in wanted if unit not in self._seen]:
            self._hold(store.seen(self.name, missing, self.places).values())
        return [self._seen[unit] for unit in wanted if unit in self._seen]

    def unit(self, store: Store, unit_id: str) -> Seen:
        """One unit; MissingError where it is no part of the document."""
        found = self.units(store, [unit_id])
        if not found:
            raise MissingError("this unit is no part of the document any more", "load the page anew")
        return found[0]

    def everything(self, store: Store) -> list[Unit]:
        """All units in reading order."""
        while self._read(store):
            pass
        return [self._seen[unit].unit for unit in self.order if unit in self._seen]

    def words(self, store: Store, start: int, count: int) -> list[tuple[str, str, str, str, int]]:
        """Of a stretch of the document, each unit's id, source, target, state and version, without making units."""
        words = store.words(self.name, self.order[start : start + count])
        return [(*line, self._versions[line[0]]) for line in words]

    @property
    def complete(self) -> bool:
        """Whether every unit was read."""
        return self._whole

    @property
    def repeated(self) -> frozenset[str]:
        """The sources that stand in the document more than once, as far as it was read."""
        return frozenset(source for source, count in self._sources.items() if count > 1)

    def repeats(self, unit: Unit) -> bool:
        """Whether its source stands in the document more than once, as far as it was read."""
        return self._sources[unit.source.string] > 1

    def first(self, unit: Unit) -> bool:
        """Whether the unit opens its block."""
        place = self.places[unit.id]
        before = self._seen.get(self.order[place - 1]) if place else None
        return unit.span.start == 0 if before is None else before.unit.block != unit.block

    def totals(self) -> Totals:
        """How far it has come, as far as it was read."""
        worst = Counter(found[0].severity.value for found in self.findings.values() if found)
        return Totals(
            {state.value: self._units[state] for state in State},
            {state.value: self._characters[state] for state in State},
            dict(worst), len(self._seen), len(self._done), len(self.order),
        )  # fmt: skip

    def since(self, serial: int) -> list[str] | None:
        """The units that became different after a serial; None where everything may have."""
        forgotten = len(self._log) >= REMEMBERED and self._log[0][0] > serial + 1
        if forgotten or not self._anew <= serial <= self.serial:
            return None
        return [*dict.fromkeys(unit for when, unit in self._log if when > serial)]

    # How it is read on

    def advance(self, store: Store, near: Sequence[str] = (), seconds: float = 0.02) -> bool:
        """Read and check a little more, what is `near` to somebody's eyes first; whether there is more to do."""
        end = time.monotonic() + seconds
        for unit in near:
            if unit in self._seen and unit not in self._done and time.monotonic() < end:
                self._look(self._seen[unit].unit)
        while time.monotonic() < end:
            if not (self._read(store) or self._check()):
                return False
        return True

    def read_on(self, store: Store, seconds: float = 0.02) -> bool:
        """Read a little more without checking it; whether there is more to read."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self._read(store):
                return False
        return True

    def _read(self, store: Store) -> bool:
        """Read the next portion; whether there was one."""
        if self._whole:
            return False
        while self._next < len(self.order):
            ids = self.order[self._next : self._next + PORTION]
            self._next += PORTION
            if missing := [unit for unit in ids if unit not in self._seen]:
                self._hold(store.seen(self.name, missing, self.places).values())
                return True
        if not self._whole_once:  # what the checks know of the document as such, they know of all of it now
            self._begin_checks()
        self._whole = self._whole_once = True
        return True

    def _check(self) -> bool:
        """Check the next unit that was not yet; whether there was one."""
        while self._checked < len(self.order):
            unit = self.order[self._checked]
            self._checked += 1
            if unit in self._seen and unit not in self._done:
                self._look(self._seen[unit].unit)
                return True
        return False

    def _look(self, unit: Unit) -> list[str]:
        self._done.add(unit.id)
        self.findings.setdefault(unit.id, ())
        news = self._checker.changed(unit)
        news.setdefault(unit.id, self._checker.unit(unit))  # no news to this checker may be some to whoever looks on
        return self._tell(news)

    def _begin_checks(self) -> None:
        """Forget what was checked, though not yet what was found: it stays until something else is."""
        self._checker = self._made_checker(tuple(self._seen[unit].unit for unit in self.order if unit in self._seen))
        self._done, self._checked = set(), 0

    def _made_checker(self, units: tuple[Unit, ...]) -> Checker:
        return Checker(replace(self.document, units=units), self.glossary, self._settings)

    # What becomes different

    def look(self, unit: Unit) -> tuple[Finding, ...]:
        """The findings of a unit now, looked for if nobody has yet."""
        if unit.id not in self._done:
            self._look(unit)
        return self.findings[unit.id]

    def take(self, seen: Iterable[Seen]) -> list[str]:
        """Take units as the store has them now; the other units whose findings are others for it.

        Of many units at once only the words are taken; `advance` checks them again, so that nobody waits for that.
        What is older than what was taken before is left: it comes late, from another thread.
        """
        seen, touched = [one for one in seen if one.version >= self._versions.get(one.unit.id, 0)], list[str]()
        if len(seen) > MANY:
            self._take_many(seen)
            return touched
        for one in seen:
            self._hold([one])
            self._versions[one.unit.id] = one.version
            touched += self._look(one.unit)
            self._note(one.unit.id)
        return touched

    def _take_many(self, seen: Sequence[Seen]) -> None:
        self._hold(seen)
        for one in seen:
            self._versions[one.unit.id] = one.version
            self._done.discard(one.unit.id)
            self._note(one.unit.id)
        self._checked = 0

    def adopt(self, glossary: Glossary) -> None:
        """See everything with another glossary: all rows are others, and all is to be checked again."""
        self.glossary = glossary
        self._begin_checks()
        self.serial += 1
        self._anew = self.serial

    def refresh(self, store: Store, *, thoroughly: bool = False) -> bool:
        """See what others did in the store meanwhile; whether anything is another. A run that did nothing but take
        units away, or put them elsewhere, is seen `thoroughly` only."""
        revision = store.revision(self.name)
        if revision == self._revision and not thoroughly:
            return False
        self._revision = revision
        outline = store.outline(self.name)
        order = [unit for unit, _ in outline]
        changed = [unit for unit, version in outline if self._versions.get(unit, version) != version]
        recut = order != self.order
        if store.template(self.name) != self._template:  # a run has read another file: every row may be another
            self._open(store)
            self._whole = self._whole_once = False
            self._next = self._checked = 0
            self.serial += 1
            self._anew = self.serial
        if recut:
            gone = self.places.keys() - set(order)
            self.order, self.places = order, {unit: place for place, unit in enumerate(order)}
            self._forget(gone)
            self._whole, self._next, self._checked = False, 0, 0
            self.serial += 1
            self.shape = crc32("\n".join(order).encode())
        self._versions = dict(outline)
        fresh = {unit for unit in changed if unit in self._seen}
        if fresh:
            self.take(store.seen(self.name, fresh).values())
        return recut or bool(changed)

    def _hold(self, seen: Iterable[Seen]) -> None:
        for one in seen:
            self._count(self._seen.get(one.unit.id), -1)
            self._count(one, 1)
            self._seen[one.unit.id] = one

    def _count(self, seen: Seen | None, by: int) -> None:
        if seen is not None:
            source, state = seen.unit.source.string, seen.unit.state
            self._sources[source] += by
            self._units[state] += by
            self._characters[state] += by * len(source)

    def _forget(self, gone: Iterable[str]) -> None:
        for unit in gone:
            self._count(self._seen.pop(unit, None), -1)
            self.findings.pop(unit, None)
            self._done.discard(unit)
            self._tell(self._checker.dropped(unit))

    def _tell(self, news: dict[str, list[Finding]]) -> list[str]:
        """Keep what the checks say now; the units of which they say something else than before."""
        other = []
        for unit, found in news.items():
            if unit in self.places and self.findings.get(unit, ()) != tuple(found):
                self.findings[unit] = tuple(found)
                self._note(unit)
                other.append(unit)
        return other

    def _note(self, unit: str) -> None:
        self.serial += 1
        self._log.append((self.serial, unit))
        del self._log[:-REMEMBERED]


def paper_of(work: Work, name: str) -> Paper:
    """The open document of that name, seen with the glossary as it is now; MissingError where there is none."""
    paper = work.kept(name, "paper", lambda: Paper(work.known(name), work))
    if paper.glossary is not (glossary := work.glossary):
        paper.adopt(glossary)
    return paper


def warm(work: Work, name: str) -> None:
    """Let the checks load what they need, once, on a thread for which nobody waits."""
    work.kept("", "warm", lambda: _looked_once(work, name))


def _looked_once(work: Work, name: str) -> bool:
    seen = work.store.window(name, 0, 1)
    if seen:
        bitext = Bitext("zh", "en", (), (seen[0].unit,))
        Checker(bitext, work.glossary, work.settings).unit(seen[0].unit)
    return True
