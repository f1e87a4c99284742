"""Edits made elsewhere come home: an edited file against what it was made from and what the store holds now.

A merge is one step of the store: all of it or nothing, under a number by which it can be undone. What both sides
changed is kept on both sides, what is missing in the file stays, and every row that is not taken is told.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bilingual.bitext import Bitext, Text, Unit
from bilingual.errors import ConflictError, InputError
from bilingual.files import sha256_of
from bilingual.formats import format_of
from bilingual.merge.deciding import Base, Deciding
from bilingual.merge.findings import CHANGES, LEFT, Choice, Finding, Outcome, What
from bilingual.merge.matching import Matching, matched
from bilingual.merge.origins import bases_of, document_of, says_states
from bilingual.merge.recutting import join, split
from bilingual.merge.undoing import undo
from bilingual.store import Store

__all__ = ["CHANGES", "LEFT", "Choice", "Finding", "Outcome", "What", "merge_file", "undo"]

_TRIES = 5
"""How often a merge starts again because another process wrote at the same moment."""


def merge_file(
    store: Store, path: Path, choice: Choice, document: str = "", *, dry: bool = False, data: bytes | None = None
) -> Outcome:
    """Take home what people did in the file at `path`; with `dry` only say what would be done. Where `data` is given it
    holds the file's bytes, and nothing is looked for at `path`.

    Raises InputError where the file cannot be read or is of no document of the store.
    """
    edited, digest = _read(path, data)
    name = document_of(store, path, edited, document)
    for turn in range(_TRIES):
        seen = store.stamp(name)
        now = store.load(name)
        merge = _Merge(store, name, path, digest, now, edited, choice)
        units, findings = merge.result()
        if dry:
            return Outcome(path.name, digest, name, None, len(edited.units), findings)
        try:
            step = store.arrange(name, units, seen=seen, kind="merge", by=choice.by, at=choice.when, file=path.name)
        except ConflictError:
            if turn == _TRIES - 1:
                raise
            continue
        store.record_shown(name, path, digest, merge.revision)
        return Outcome(path.name, digest, name, step, len(edited.units), findings)
    raise AssertionError


def _read(path: Path, data: bytes | None) -> tuple[Bitext, str]:
    """The bitext in a file, and the SHA-256 of the very bytes it was read from, whoever saves it again meanwhile."""
    form = format_of(path)
    try:
        data = path.read_bytes() if data is None else data
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error
    return form.read(io.BytesIO(data), path), sha256_of(data)


class _Merge:
    """One file against one state of its document."""

    def __init__(
        self, store: Store, name: str, path: Path, digest: str, now: Bitext, edited: Bitext, choice: Choice
    ) -> None:
        self._now = now
        self._rows = edited.units
        self._choice = choice
        self._matching = matched(now.units, self._rows)
        form = format_of(path)
        pairs = [(now.units[unit], self._rows[row]) for unit, row in sorted(self._matching.pairs.items())]
        bases = bases_of(store, name, path, digest, form, now, pairs, trusted=choice.prefer == "file")
        self._bases, self.revision, self._last = bases.units, bases.revision, bases.last
        states, self._unsaid = says_states(pairs, bases, form)
        self._deciding = Deciding(choice, states, bases.known, _older(store, name, states))
        self._blocks = {block.id: block for document in now.documents for block in document.blocks}
        self._taken = {unit.id for unit in (*now.units, *store.orphans(name))}

    def result(self) -> tuple[list[Unit], tuple[Finding, ...]]:
        """The document's units as they will be, and the findings in the order of the page."""
        found: dict[int, list[Finding]] = {}
        units: list[list[Unit]] = [[unit] for unit in self._now.units]
        for at, row in self._matching.pairs.items():
            units[at], found[at] = self._one(at, self._rows[row])
        for at, parts in self._matching.splits.items():
            rows = [self._rows[row] for row in parts]
            units[at], found[at] = split(
                self._now.units[at], rows, self._bases, self._blocks, self._taken, self._choice
            )
        for number, parts in self._matching.joins.items():
            first, follow = parts[0], parts == list(range(parts[0], parts[0] + len(parts)))
            whole = [self._now.units[at] for at in parts]
            done, found[first] = join(whole, self._rows[number], follow, self._bases, self._blocks, self._choice)
            for at, unit in zip(parts, [*done, *[None] * (len(parts) - len(done))], strict=True):
                units[at] = [unit] if unit else []
        for at in self._matching.missing:
            unit = self._now.units[at]
            found[at] = [Finding(What.MISSING, unit.id, unit.source.string, unit.target.string)]
        told = [finding for at in sorted(found) for finding in found[at]]
        return [unit for group in units for unit in group], (*told, *_unknown(self._matching, self._rows))

    def _one(self, at: int, row: Unit) -> tuple[list[Unit], list[Finding]]:
        now = self._now.units[at]
        base = self._bases.get(now.id)
        if base is None:  # it came later than what the file was made from: only words and notes tell
            base = Base(replace(now, target=Text("")), replace(row, target=Text(""), notes=()))
        unit, findings = self._deciding.decide(now, base, row)
        if at in self._matching.repeated:
            findings = [f for f in findings if f.what is not What.SOURCE]
            told = [Finding(What.REPEATED, now.id, now.source.string)] if unit != now else []
            return [unit], [*findings, *told]
        last = self._last.get(now.id)
        differs = self._deciding.differs
        if not findings and last and differs(row, last.shown) and not differs(now, last.unit):
            words = (now.target.string, row.target.string)
            findings = [Finding(What.OLDER, now.id, now.source.string, *words, f"{row.state}, and now {now.state}")]
        if self._unsaid and not findings and row.state not in {(last or base).shown.state, now.state}:
            findings = [Finding(What.STATES, now.id, now.source.string, now.state.value, row.state.value)]
        return [unit], findings


def _unknown(matching: Matching, rows: Sequence[Unit]) -> list[Finding]:
    found = [rows[at] for at in matching.unknown]
    return [Finding(What.UNKNOWN, row.id, row.source.string, "", row.target.string) for row in found]


def _older(store: Store, name: str, states: bool) -> Callable[[str, Unit], bool]:
    """Tells whether a row says just what a version of its unit before the present one said."""
    kept: dict[str, Mapping[tuple[str, str], int]] = {}

    def older(unit: str, row: Unit) -> bool:
        if unit not in kept:
            past = store.history(name, unit)
            kept[unit] = {(v.unit.target.string.strip(), v.unit.state if states else ""): v.number for v in past[:-1]}
        return (row.target.string.strip(), row.state if states else "") in kept[unit]

    return older
