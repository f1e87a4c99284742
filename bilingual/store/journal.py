"""The steps of people, one by one: what each did, and the way back and forth without end, also after a restart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bilingual.bitext import Change, Unit
from bilingual.database import DAMAGED_HINT
from bilingual.errors import ConflictError, InputError
from bilingual.saving import Row, Saving
from bilingual.store.file import now
from bilingual.store.nouns import Done, Edit, Undone
from bilingual.store.reading import Reading
from bilingual.store.threeway import rebased, rejoined, taken_back

_LABEL = """
WITH RECURSIVE chain (step) AS (
    VALUES (?) UNION ALL SELECT undoes FROM change JOIN chain ON id = step WHERE undoes IS NOT NULL
)
SELECT kind FROM change JOIN chain ON id = step WHERE undoes IS NULL"""

Line = tuple[str, int, int]
"""A unit's id, its version before and its version after; 0 where it was no part of the document."""


class Journal(Reading):
    """What people do to the units of a document, each act one transaction and one step that can be taken back."""

    def change(
        self, name: str, edits: Sequence[Edit], *, by: str, at: str = "", label: str, join: int | None = None
    ) -> Done:
        """Make units what the edits say, all or none, as one step under a label ("edit", "state", "replace" …).

        ConflictError, and no change, where the words, source, state or lock of a unit are no longer those of the
        expected version; its `now` are those units as they are. Notes and proposals that came since stay. Each unit
        that is another afterwards is signed with `by` and `at` (UTC in ISO 8601, now if empty).
        `join` is the step that this goes on with, as while somebody types in one unit: where that is the person's last
        one, of the same label and units, it is extended, so that one undo takes back the sitting. Every version is kept
        all the same. Without a label it is no step: no undo takes it away, as words that are kept beside others.
        """
        with self._writing():
            return self._change(name, edits, by, at or now(), label, join)

    def splice(
        self, name: str, old: Sequence[str], units: Sequence[Unit], *, expected: Mapping[str, int], by: str,
        at: str = "", label: str,
    ) -> Done:  # fmt: skip
        """Put units in the place of others that follow each other, as one step: a unit that is split, several joined.

        `expected` are the versions of the old ones: ConflictError, and no change, where one is another now.
        Raises InputError where the old ones do not follow each other, or a new one has the id of a unit elsewhere.
        """
        at = at or now()
        with self._writing():
            rows = self._rows_of(name, old)
            wrong = [unit for unit in old if self._present(name, rows, unit).version != expected.get(unit)]
            if wrong:
                raise self._conflict(name, wrong)
            made = [replace(unit, changed=Change(by, at)) for unit in units]
            lines = self._cut(name, [rows[unit] for unit in old], made, by, at)
            step = self._step(name, label, by, at, lines)
            self._note_recut(step, old, units)
            self._put_on_top(step)
        return Done(step, {unit: after for unit, _, after in lines if after})

    def undo(self, name: str, by: str, at: str = "") -> Undone | None:
        """Take back this person's last step in the document that is in force; None where there is none.

        What was changed later by others stays, and is told. Merges are taken back by `bilingual undo` alone.
        """
        return self._turned(name, by, at or now(), forth=False)

    def redo(self, name: str, by: str, at: str = "") -> Undone | None:
        """Do again what this person's last undo took back; None where there is nothing, as after a new edit."""
        return self._turned(name, by, at or now(), forth=True)

    def _change(self, name: str, edits: Sequence[Edit], by: str, at: str, label: str, join: int | None = None) -> Done:
        ids = [edit.unit.id for edit in edits]
        if len({*ids}) < len(ids):
            raise InputError("one act cannot change a unit twice", "give each unit once", path=self.path)
        rows = self._rows_of(name, ids)
        made = self._on_top(name, rows, edits)
        saving = Saving(self._base, name, [])
        versions, lines = {unit: row.version for unit, row in rows.items()}, []
        for unit in made:
            row = rows[unit.id]
            versions[unit.id] = saving.update(row, replace(unit, changed=Change(by, at)), by, at)
            lines.append((unit.id, row.version, versions[unit.id]))
        if not lines or not label:
            return Done(None, versions)
        if join is not None and self._extended(join, name, by, label, lines):
            return Done(join, versions)
        step = self._step(name, label, by, at, lines)
        self._put_on_top(step)
        return Done(step, versions)

    def _on_top(self, name: str, rows: Mapping[str, Row], edits: Sequence[Edit]) -> list[Unit]:
        """The units that the edits change, as they will be; ConflictError where somebody else did meanwhile."""
        made, wrong = [], []
        for edit in edits:
            row = self._present(name, rows, edit.unit.id)
            present = self._loads(Unit, row.body)
            unit: Unit | None = edit.unit
            if edit.expected not in {None, row.version}:
                was = self.version(name, edit.unit.id, edit.expected or 0)
                unit = rebased(present, was, edit.unit) if was else None
            if unit is None:
                wrong.append(edit.unit.id)
            elif replace(unit, changed=present.changed) != present:
                made.append(unit)
        if wrong:
            raise self._conflict(name, wrong)
        return made

    def _present(self, name: str, rows: Mapping[str, Row], unit: str) -> Row:
        """The row of a unit; InputError where it is no part of the document."""
        if unit not in rows or rows[unit].orphaned:
            raise self._no_unit(name, unit)
        return rows[unit]

    def _conflict(self, name: str, units: Sequence[str]) -> ConflictError:
        query = "SELECT by FROM version WHERE name = ? AND id = ? ORDER BY number DESC LIMIT 1"
        by = self._select(query, (name, units[0]))[0][0]
        message = f"unit {units[0]} of {name} was changed by {by or 'a run'} since you opened it"
        hint = "look at the new version, then change it again"
        return ConflictError(message, hint, now=self.seen(name, units))

    def _extended(self, join: int, name: str, by: str, label: str, lines: Sequence[Line]) -> bool:
        """Whether a step could be made to reach as far as `lines`: it is the last one of this person."""
        last, back, _ = self._top(name, by)
        if not last == back == join:
            return False
        kind = self._select("SELECT kind FROM change WHERE id = ?", (join,))
        units = dict(self._select("SELECT unit, after FROM changed WHERE change = ?", (join,)))
        if kind != [(label,)] or any(units.get(unit) != before for unit, before, _ in lines):
            return False
        rows = [(after, join, unit) for unit, _, after in lines]
        self._base.executemany("UPDATE changed SET after = ? WHERE change = ? AND unit = ?", rows)
        return True

    def _step(
        self, name: str, kind: str, by: str, at: str, lines: Iterable[Line], file: str = "", undoes: int | None = None
    ) -> int:
        """Write down a step and what it did; its number."""
        query = "INSERT INTO change (kind, name, by, at, file, undoes) VALUES (?, ?, ?, ?, ?, ?)"
        step = int(self._base.execute(query, (kind, name, by, at, file, undoes)).lastrowid or 0)
        self._base.executemany("INSERT INTO changed VALUES (?, ?, ?, ?)", ((step, *line) for line in lines))
        return step

    def _top(self, name: str, by: str, before: int | None = None) -> tuple[int | None, int | None, int | None]:
        """This person's last step in the document (before another), and what undo and redo would take back then."""
        query = (
            "SELECT id, back, forth FROM change JOIN journal ON step = id"
            " WHERE name = ? AND by = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT 1"
        )
        rows = self._select(query, (name, by, before, before))
        return rows[0] if rows else (None, None, None)

    def _put_on_top(self, step: int) -> None:
        """A new act: it is what the next undo takes back, and there is nothing to redo."""
        self._base.execute("INSERT INTO journal VALUES (?, ?, NULL)", (step, step))

    def _turned(self, name: str, by: str, at: str, *, forth: bool) -> Undone | None:
        with self._writing():
            _, back, again = self._top(name, by)
            wanted = again if forth else back
            if wanted is None:
                return None
            lines, left, recut = self._reverted(name, wanted, by, at)
            step = self._step(name, "redo" if forth else "undo", by, at, lines, undoes=wanted)
            if recut:
                self._note_turned(step, wanted)
            _, below, above = self._top(name, by, before=wanted)
            links = (step, step, above) if forth else (step, below, step)
            self._base.execute("INSERT INTO journal VALUES (?, ?, ?)", links)
            label = self._label(wanted)
        versions = {unit: after for unit, _, after in lines if after}
        return Undone(step, label, versions, tuple(unit for unit, _, after in lines if not after), tuple(left), recut)

    def _label(self, step: int) -> str:
        """What the act was that a step did, took back or did again."""
        return str(self._select(_LABEL, (step,))[0][0])

    def _reverted(self, name: str, step: int, by: str, at: str) -> tuple[list[Line], list[Unit], bool]:
        """Take a step back: what that did, which units were changed later, and whether units came or went."""
        lines = self._select("SELECT unit, before, after FROM changed WHERE change = ?", (step,))
        sides: tuple[list[str], list[str]] = ([], [])
        for side, unit in self._select("SELECT side, unit FROM recut WHERE change = ? ORDER BY place", (step,)):
            sides[side].append(unit)
        if sides[0]:
            return self._recut_back(name, lines, sides, by, at)
        done, left = self._changed_back(name, lines, by, at)
        return done, left, False

    def _changed_back(self, name: str, lines: Sequence[Line], by: str, at: str) -> tuple[list[Line], list[Unit]]:
        rows = self._rows_of(name, (unit for unit, _, _ in lines))
        saving = Saving(self._base, name, [])
        done, left = [], []
        for unit, before, after in lines:
            row, was = rows.get(unit), self._past(name, unit, before)
            if row and row.version == after and not row.orphaned:  # as nearly always
                done.append((unit, after, saving.update(row, was, by, at, touched=was.touched)))
                continue
            then = self._past(name, unit, after)
            if row is None or row.orphaned:  # its source has gone from the document
                left.append(then)
                continue
            present = self._loads(Unit, row.body)
            whole, later = taken_back(present, was, then)
            left += [present] if later else []
            if whole != present:
                done.append((unit, row.version, saving.update(row, whole, by, at, touched=whole.touched)))
        return done, left

    def _recut_back(
        self, name: str, lines: Sequence[Line], sides: tuple[list[str], list[str]], by: str, at: str
    ) -> tuple[list[Line], list[Unit], bool]:
        """Put the units that were cut back in the place of those they were made into, where nobody changed these."""
        was, then = sides
        numbers = {unit: (before, after) for unit, before, after in lines}
        rows = self._rows_of(name, then)
        made = [self._past(name, unit, numbers[unit][1]) for unit in then]
        present = [self._loads(Unit, rows[unit].body) if unit in rows else None for unit in then]
        before = [self._past(name, unit, numbers[unit][0]) for unit in was]
        whole = rejoined(before, made, present)
        if whole is None or not self._follow(name, [rows[unit] for unit in then]):
            return [], [unit or past for unit, past in zip(present, made, strict=True)], False
        return self._cut(name, [rows[unit] for unit in then], whole, by, at, person=False), [], True

    def _cut(
        self, name: str, old: Sequence[Row], units: Sequence[Unit], by: str, at: str, *, person: bool = True
    ) -> list[Line]:
        """Put units in the place of rows that follow each other."""
        if not old or not units or not self._follow(name, old):
            raise InputError("only units that follow each other can be joined", "choose neighbours", path=self.path)
        gone = {row.keys.id for row in old}
        taken = [unit.id for unit in units if unit.id not in gone]
        if len({unit.id for unit in units}) < len(units) or self._rows_of(name, taken):
            raise InputError("a new unit has the id of another", "take one from new_id()", path=self.path)
        return Saving(self._base, name, []).splice(old, units, by, at, touched=True if person else None)

    def _follow(self, name: str, rows: Sequence[Row]) -> bool:
        """Whether rows stand one after another in the document."""
        query = "SELECT id FROM unit WHERE name = ? AND orphaned = 0 AND place BETWEEN ? AND ? ORDER BY place LIMIT ?"
        between = (name, rows[0].place, rows[-1].place, len(rows) + 1) if rows else (name, 0, -1, 0)
        return [unit for (unit,) in self._select(query, between)] == [row.keys.id for row in rows]

    def _note_recut(self, step: int, old: Sequence[str], units: Sequence[Unit]) -> None:
        rows = [(step, 0, at, unit) for at, unit in enumerate(old)]
        rows += [(step, 1, at, unit.id) for at, unit in enumerate(units)]
        self._base.executemany("INSERT INTO recut VALUES (?, ?, ?, ?)", rows)

    def _note_turned(self, step: int, wanted: int) -> None:
        query = "INSERT INTO recut SELECT ?, 1 - side, place, unit FROM recut WHERE change = ?"
        self._base.execute(query, (step, wanted))

    def _past(self, name: str, unit: str, number: int) -> Unit:
        """The same for a version that must be there."""
        found = self.version(name, unit, number)
        if found is None:
            raise InputError(f"is damaged: version {number} of unit {unit} is lost", DAMAGED_HINT, path=self.path)
        return found
