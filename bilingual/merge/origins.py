"""Where an edited file comes from: which document it is of, and what that document was when the file was made."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bilingual.bitext import Bitext, State, Unit
from bilingual.errors import BilingualError, InputError
from bilingual.formats import Format
from bilingual.merge.deciding import Base, tidy
from bilingual.rematch.words import plain
from bilingual.store import Store

SHARE = 0.3
"""The share of a file's rows that must be in a document for the file to be of it."""
_COPY = re.compile(r"(\.edited(-\d+)?|[ _-]*\(\d+\)|[ _.-]+(copy|edited|reviewed|final|v?\d+))$", re.IGNORECASE)
_FEW = 3
"""How many states may differ in a view where all are what they would be without a column for them."""
_REVISIONS = 16
"""How many of a document's past states an edited file of unknown age is held against, the latest."""


@dataclass(frozen=True, slots=True)
class Bases:
    """The revision a file was made from, whether that is known and not only likely, and the units as they were.

    `last` are the units as they were when its path was last written, where the file is more like an older state: it
    may be an old copy, or somebody may have put words back.
    """

    revision: int
    known: bool
    units: dict[str, Base]
    last: dict[str, Base]


def document_of(store: Store, path: Path, edited: Bitext, wanted: str = "") -> str:
    """The name of the document that a file is of: `wanted`, by the file's own name, by what it says of its source, by
    its sentences. InputError where none of them is plain."""
    names = store.names()
    if not names:
        raise InputError("there is no document in the store", "first run: bilingual translate", path=store.path)
    if wanted and wanted not in names:
        raise InputError(f"there is no document {wanted!r} in the store", f"choose from {_list(names)}", path=path)
    rows = {plain(unit.source.string) for unit in edited.units if unit.source.string}
    if not rows and not edited.units:
        raise InputError("has no rows", "give a file with an edited translation", path=path)
    first = wanted or _by_name(path, names) or _by_template(store, edited, names)
    if first and (wanted or _share(store, first, edited, rows) >= SHARE):
        return first
    shares = Counter({name: _share(store, name, edited, rows) for name in names})
    (best, share), *others = shares.most_common(2)
    if share >= 0.5 and not (others and others[0][1] == share):
        return best
    if first:
        told = f"only {shares[first]:.0%} of its rows are in {first!r}: it is of another document"
        raise InputError(told, "name the right one with --document", path=path)
    if others and share >= 0.5:
        raise InputError(f"could be of {best!r} or of {others[0][0]!r}", "say which with --document", path=path)
    raise InputError("is of no document in the store", f"choose with --document from {_list(names)}", path=path)


def bases_of(
    store: Store, name: str, path: Path, digest: str, form: Format, now: Bitext, rows: Sequence[tuple[Unit, Unit]], *,
    trusted: bool = False,
) -> Bases:  # fmt: skip
    """Every unit as it was when the file was made, and whether that is certain; `rows` are the pairs of a unit and its
    row, `digest` is the SHA-256 of the file.

    The store knows the bytes of what it wrote and merged. Of another file it is the past state of the document that it
    is most like; among equals the one last written to its path, else the earliest: that can only tell of more
    conflicts than there are. `trusted`: a path that we wrote is believed whatever the file is like.
    """
    shown = store.shown(name)
    certain = next((revision for _, sha, revision in shown if sha == digest), None)
    last = store.shown_at(name, path)
    if last is None:
        last = certain
    if trusted and last is not None:
        certain = last
    recent = sorted({revision for *_, revision in shown}, reverse=True)[:_REVISIONS]
    wanted = {last, *(recent if certain is None else [certain])} - {None} or {store.revision(name)}
    states = {at: store.as_of(name, at) for at in wanted if at is not None}
    best = certain
    if best is None:
        says = "state" in form.holds
        best = max(states, key=lambda at: (*_likeness(states[at], rows, says), at == last, -at))

    def at(revision: int) -> dict[str, Base]:
        seen = _through(form, now, states[revision])
        return {one: Base(unit, seen.get(one, unit)) for one, unit in states[revision].items()}

    return Bases(best, best in {last, certain}, at(best), at(last) if last is not None and best != last else {})


def says_states(rows: Sequence[tuple[Unit, Unit]], bases: Bases, form: Format) -> tuple[bool, bool]:
    """Whether the file says how far its units have come, and whether that cannot be told: another tool's file, or a
    table without that column, is read as if it did. Where it cannot be told, the states of our own view count as long
    as only few of them differ."""
    units = bases.units
    if "state" not in form.holds and all(base.shown.state == base.unit.state for base in units.values()):
        return False, False
    edited = [row for _, row in rows]
    if all(row.state is _from_machine(row) for row in edited):
        other = sum(unit.id in units and row.state is not units[unit.id].shown.state for unit, row in rows)
        taken = bases.known and other <= max(_FEW, len(rows) // 10)
        shown = units | bases.last
        return taken, not taken and any(
            unit.id in shown and row.state is not shown[unit.id].shown.state for unit, row in rows
        )
    placed = any(unit.id in units and row.block and row.block == units[unit.id].shown.block for unit, row in rows)
    made_up = all(row.state is (State.TRANSLATED if row.target.string else State.NEW) for row in edited)
    return placed or not made_up, False


def _from_machine(row: Unit) -> State:
    """The state of a row of which only the machine's words and the present ones are known."""
    if not row.target.string:
        return State.NEW
    return State.DRAFT if row.target in {c.target for c in row.candidates} else State.TRANSLATED


def _through(form: Format, now: Bitext, units: dict[str, Unit]) -> dict[str, Unit]:
    """The units as a file of this format shows them, by id; none where it cannot be written or says no ids."""
    order = {unit.id: at for at, unit in enumerate(now.units)}
    wanted = sorted(units.values(), key=lambda unit: (order.get(unit.id, len(order)), unit.id))
    stream = io.BytesIO()
    try:
        form.write(replace(now, units=tuple(wanted)), stream)
        stream.seek(0)
        back = form.read(stream, None).units
    except (BilingualError, ValueError):
        return {}
    if {unit.id for unit in back} == set(units):
        return {unit.id: unit for unit in back}
    if len(back) == len(wanted) and all(plain(b.source.string) == plain(w.source.string)
                                        for b, w in zip(back, wanted, strict=True)):  # fmt: skip
        return {w.id: b for b, w in zip(back, wanted, strict=True)}
    return {}


def _likeness(units: dict[str, Unit], rows: Sequence[tuple[Unit, Unit]], states: bool) -> tuple[int, int]:
    """How many rows say just what their units were; and how many name the same person and moment of their last change:
    where a sentence was changed again and again, its own words are like none of those before."""
    alike = stamped = 0
    for unit, row in rows:
        if was := units.get(unit.id):
            words = was.target.string
            same = tidy(row.target.string, words) == tidy(words, words)
            alike += same + (states and was.state is row.state)
            stamped += was.changed is not None and was.changed == row.changed
    return alike, stamped


def _by_name(path: Path, names: Sequence[str]) -> str:
    """The document whose name the file has, with what people and programs put behind a copy's name."""
    stem = path.stem
    while stem not in names:
        shorter = _COPY.sub("", stem)
        if shorter in {stem, ""}:
            return ""
        stem = shorter
    return stem


def _by_template(store: Store, edited: Bitext, names: Sequence[str]) -> str:
    """The one document that was read from the file which this one says it is of."""
    said = {document.template.sha256 for document in edited.documents if document.template}
    same = [name for name in names if store.template(name) in said]
    return same[0] if len(same) == 1 else ""


def _share(store: Store, name: str, edited: Bitext, rows: set[str]) -> float:
    """The share of the file's rows that are sentences of a document, or parts of some, or have the ids of some."""
    units = store.load(name).units
    sources = {plain(unit.source.string) for unit in units}
    if not rows:
        ids = {unit.id for unit in units}
        return sum(unit.id in ids for unit in edited.units) / len(edited.units)
    whole = "\n".join(sources)
    found = sum(row in sources or (len(row) > 3 and row in whole) for row in rows)
    return (found or sum(any(s and s in row for s in sources) for row in rows if len(rows) < 500)) / len(rows)


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
