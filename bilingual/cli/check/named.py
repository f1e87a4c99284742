"""What a NAME on the command line means: a document of the store, an aligned file, or a source that was translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingual.bitext import Bitext, Unit
    from bilingual.store import Store


@dataclass(frozen=True, slots=True)
class Named:
    """A document with its units: its name in the store, or (`stored` false) the aligned file it stands in.

    Each unit has an id of its own; `own` are the ids as the file has them, empty where a row was put in by hand.
    """

    name: str
    bitext: Bitext
    stored: bool
    own: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file that people know it by: its source, or the aligned file itself."""
        templates = [document.template.name for document in self.bitext.documents if document.template]
        return (templates or [self.name])[0] if self.stored else self.name

    def with_own_ids(self, bitext: Bitext) -> Bitext:
        """The same units with the ids of the file."""
        units = zip(bitext.units, self.own, strict=True)
        return replace(bitext, units=tuple(replace(unit, id=own) for unit, own in units))


def named(name: str, store: Store | None) -> Named:
    """What `name` means; InputError, with what to do, where it means nothing."""
    from bilingual.errors import InputError
    from bilingual.files import sha256_of

    if store and name in store.names():
        return Named(name, store.load(name), True)
    path = Path(name)
    if not path.is_file():
        known = ", ".join(store.names()[:20]) if store else ""
        hint = f"there is: {known}" if known else "say with --from where the store is"
        raise InputError("is no document of the store, and no file", hint, path=name)
    if store:
        digest = sha256_of(path)
        same = [one for one in store.names() if store.template(one) == digest]
        if same:
            known = path.stem if path.stem in same else same[0]
            return Named(known, store.load(known), True)
    bitext = _aligned(path)
    if bitext is None:
        raise InputError("was not translated yet", f"first run: bilingual translate {name}", path=name)
    own = tuple(unit.id for unit in bitext.units)
    return Named(name, replace(bitext, units=tuple(_with_ids(bitext.units))), False, own)


def _with_ids(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units, each with an id that no other has."""
    from bilingual.rematch import new_id

    taken: set[str] = set()
    for unit in units:
        name = new_id(unit.id, unit.source.string, taken)
        taken.add(name)
        yield replace(unit, id=name)


def _aligned(path: Path) -> Bitext | None:
    """The bitext in an aligned file; None where it is a document like those that are translated. InputError where it
    is neither."""
    from bilingual.documents import READERS
    from bilingual.errors import InputError
    from bilingual.formats import FORMATS, read_file

    ending = path.suffix.lower()
    if ending in READERS and not any(ending in form.suffixes for form in FORMATS):
        return None
    try:
        return read_file(path)
    except InputError:
        if ending in READERS:
            return None
        raise
