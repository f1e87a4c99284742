"""One translation unit of a file that is being filled: its pairs as they are, and as they shall be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.bitext import Unit
from bilingual.formats.xliff.places import Page
from bilingual.formats.xliff.slots import Slot

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of the file, the unit read from it, and the unit wanted (the same object where nothing was asked)."""

    slot: Slot
    was: Unit
    now: Unit


@dataclass(frozen=True, slots=True)
class Work:
    """The pairs of one unit, at least one, and the page they stand on."""

    page: Page
    pairs: tuple[Pair, ...]

    @property
    def unit(self) -> etree._Element:
        """The <trans-unit> or <unit>."""
        return self.pairs[0].slot.unit

    @property
    def dialect(self) -> str:
        """Whose XLIFF it is."""
        return self.pairs[0].slot.dialect

    @property
    def prefix(self) -> str:
        """What stands before the names of XLIFF's elements in this file: nothing, or "x:"."""
        return f"{self.unit.prefix}:" if self.unit.prefix else ""

    def prefixed(self, namespace: str, name: str) -> str:
        """A name in another namespace, with the prefix the file has for it."""
        prefix = next((prefix for prefix, uri in self.unit.nsmap.items() if uri == namespace), None)
        return f"{prefix}:{name}" if prefix else name
