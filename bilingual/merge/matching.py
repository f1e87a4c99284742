"""Which row of an edited file is which unit: by id and words, by words and place, split and joined rows, by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bilingual.bitext import Unit
from bilingual.rematch import keys_of, rematch
from bilingual.rematch.words import covered, likeness, plain

ALIKE = 0.5
"""How much alike the sources of a row and the unit of its id must be to be the same one, edited."""


@dataclass(slots=True)
class Matching:
    """Indices of units of the document and of rows of the file. `pairs` gives units their row; `splits` a unit the
    rows it was cut into, `joins` a row the units it was made of, both in the order of the text."""

    pairs: dict[int, int] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    splits: dict[int, list[int]] = field(default_factory=dict)
    joins: dict[int, list[int]] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def matched(units: Sequence[Unit], rows: Sequence[Unit]) -> Matching:
    """Every row and unit in one place of the matching."""
    done = Matching()
    _by_words(units, rows, done)
    open_units = {at for at in range(len(units)) if at not in done.pairs}
    taken = set(done.pairs.values())
    open_rows = {at for at in range(len(rows)) if at not in taken}
    _repeats(units, rows, done, open_units)
    _cut(units, rows, done, open_units, open_rows)
    _by_id(units, rows, done, open_units, open_rows)
    _by_place(units, rows, done, open_units, open_rows)
    done.missing, done.unknown = sorted(open_units), sorted(open_rows)
    return done


def _by_words(units: Sequence[Unit], rows: Sequence[Unit], done: Matching) -> None:
    sides = [[(unit.id, plain(unit.source.string)) for unit in side] for side in (units, rows)]
    for row, unit in enumerate(rematch(keys_of(sides[0]), keys_of(sides[1]))):
        if unit is not None and sides[1][row][1]:
            done.pairs[unit] = row


def _repeats(units: Sequence[Unit], rows: Sequence[Unit], done: Matching, open_units: set[int]) -> None:
    """A file without our ids says a repeated sentence once: its words are for every repetition that was said alike."""
    ids = {unit.id for unit in units}
    said = {
        (plain(units[unit].source.string), units[unit].target.string): row
        for unit, row in done.pairs.items()
        if rows[row].id not in ids
    }
    for unit in sorted(open_units) if said else ():
        row = said.get((plain(units[unit].source.string), units[unit].target.string))
        if row is not None:
            done.pairs[unit] = row
            done.repeated.add(unit)
            open_units.discard(unit)


def _cut(
    units: Sequence[Unit], rows: Sequence[Unit], done: Matching, open_units: set[int], open_rows: set[int]
) -> None:
    """Rows that are several units put end to end, and units that are several rows."""
    if not open_units or not open_rows:
        return
    parts = _texts(rows, open_rows)
    for unit in sorted(open_units):
        found = covered(plain(units[unit].source.string), parts)
        if found:
            done.splits[unit] = found
            open_units.discard(unit)
            open_rows -= set(found)
            parts = _texts(rows, open_rows)
    parts = _texts(units, open_units)
    for row in sorted(open_rows):
        found = covered(plain(rows[row].source.string), parts)
        if found:
            done.joins[row] = found
            open_rows.discard(row)
            open_units -= set(found)
            parts = _texts(units, open_units)


def _by_id(
    units: Sequence[Unit], rows: Sequence[Unit], done: Matching, open_units: set[int], open_rows: set[int]
) -> None:
    """A row whose source somebody has changed, and which still has its id."""
    ids = {units[at].id: at for at in open_units}
    for row in sorted(open_rows):
        unit = ids.get(rows[row].id)
        source = rows[row].source.string
        if unit is not None and (not source or likeness(units[unit].source.string, source) >= ALIKE):
            done.pairs[unit] = row
            open_units.discard(unit)
            open_rows.discard(row)


def _by_place(
    units: Sequence[Unit], rows: Sequence[Unit], done: Matching, open_units: set[int], open_rows: set[int]
) -> None:
    """A row between the rows of the two units around one that has none, with a source much like it."""
    back = {row: unit for unit, row in done.pairs.items()}
    for row in sorted(open_rows):
        unit = back.get(row - 1, -1) + 1 if row else 0
        end = back.get(row + 1, len(units) if row == len(rows) - 1 else -1)
        alone = unit in open_units and unit + 1 == end
        if alone and likeness(units[unit].source.string, rows[row].source.string) >= ALIKE:
            done.pairs[unit] = row
            open_units.discard(unit)
            open_rows.discard(row)


def _texts(side: Sequence[Unit], among: set[int]) -> dict[str, list[int]]:
    texts: dict[str, list[int]] = {}
    for at in sorted(among):
        texts.setdefault(plain(side[at].source.string), []).append(at)
    return texts
