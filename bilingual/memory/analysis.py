"""How much of a text the memory knows: the table of matches that translators are paid by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.bitext import Text, Unit
from bilingual.memory.forms import codes_of
from bilingual.memory.memory import Memory
from bilingual.memory.nouns import Match, MatchKind
from bilingual.memory.statistics import USUAL, chinese_characters, other_words

BANDS = ("context", "repetitions", "100", "95–99", "85–94", "75–84", "50–74", "new")
"""The rows, best first; a segment is counted in the first that it fits."""

_FROM = ((95, "95–99"), (85, "85–94"), (75, "75–84"), (50, "50–74"))
LOWEST = 50


@dataclass(slots=True)
class Count:
    """Segments, Chinese characters, and words and numbers in other scripts."""

    segments: int = 0
    characters: int = 0
    words: int = 0

    def add(self, text: str) -> None:
        """Count a segment in."""
        self.segments += 1
        self.characters += chinese_characters(text)
        self.words += other_words(text)

    def english(self, ratio: float) -> int:
        """About how many English words it will be."""
        return round(self.characters * ratio) + self.words


@dataclass(slots=True)
class Table:
    """The counts of one document, or of all, by band."""

    name: str
    bands: dict[str, Count] = field(default_factory=lambda: {band: Count() for band in BANDS})

    @property
    def total(self) -> Count:
        """All bands together."""
        counts = self.bands.values()
        return Count(*(sum(getattr(c, name) for c in counts) for name in ("segments", "characters", "words")))


def analyse(
    memory: Memory | None, documents: Iterable[tuple[str, Sequence[Text]]], *, internal: bool = False
) -> list[Table]:
    """A table for each document (its segments in reading order), and one named "total" where there are several.

    A segment that stood in these documents before is a repetition. With `internal` one that is like an earlier one
    counts as a match too, at the percentage it will have once that one is translated.
    """
    seen: set[tuple[str, str]] = set()
    tables: list[Table] = []
    with Memory(Path(":memory:")) as earlier:
        for name, segments in documents:
            table = Table(name)
            for at, segment in enumerate(segments):
                before = segments[at - 1].string if at else ""
                after = segments[at + 1].string if at + 1 < len(segments) else ""
                found = memory.lookup(segment, before, after, limit=1) if memory else ()
                key = segment.string, codes_of(segment)
                band = _band(found, repeated=key in seen)
                if internal and key not in seen and band not in {"context", "100"}:
                    band = min(band, _band(earlier.lookup(segment, limit=1), repeated=False), key=BANDS.index)
                if internal and key not in seen:
                    unit = Unit(f"{name} {at}", "", segment, segment)
                    earlier.add([unit], document=name)
                seen.add(key)
                table.bands[band].add(segment.string)
            tables.append(table)
    return [*tables, _sum(tables)] if len(tables) > 1 else tables


def ratio_of(memory: Memory | None) -> float:
    """English words for a Chinese character: the memory's own, or the usual one."""
    return memory.ratio() if memory else USUAL


def _band(found: Sequence[Match], *, repeated: bool) -> str:
    best = found[0] if found else None
    if best and best.kind is MatchKind.CONTEXT and best.score == 100:
        return "context"
    if repeated:
        return "repetitions"
    if best and best.score == 100:
        return "100"
    return next((band for lowest, band in _FROM if best and best.score >= lowest), "new")


def _sum(tables: Sequence[Table]) -> Table:
    total = Table("total")
    for table in tables:
        for band, count in table.bands.items():
            whole = total.bands[band]
            whole.segments += count.segments
            whole.characters += count.characters
            whole.words += count.words
    return total
