"""Rows that somebody made one, and rows that somebody made of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bilingual.bitext import Block, Candidate, Change, Note, Origin, OriginKind, State, Text, Unit
from bilingual.codes import completed
from bilingual.merge.deciding import Base, tidy
from bilingual.merge.findings import Choice, Finding, What
from bilingual.rematch import new_id
from bilingual.rematch.regroup import as_one, as_parts


def split(
    now: Unit, rows: Sequence[Unit], bases: Mapping[str, Base], blocks: Mapping[str, Block], taken: set[str],
    choice: Choice,
) -> tuple[list[Unit], list[Finding]]:  # fmt: skip
    """A unit as the rows it was cut into; the row with its id keeps it, else the first one."""

    def told(what: What, why: str = "") -> list[Finding]:
        after = " ‖ ".join(row.target.string for row in rows)
        return [Finding(what, now.id, " ‖ ".join(row.source.string for row in rows), now.target.string, after, why)]

    if _as_before(rows, bases):
        return [now], told(What.OLDER, "these rows were made one since the file was made")
    pieces = as_parts(now, [row.source.string for row in rows], blocks)
    if now.locked or pieces is None:
        why = "the unit is locked" if now.locked else "its parts cannot be told apart"
        return [_beside(now, together(rows), choice)], told(What.REFUSED, why)
    keeps = next((at for at, row in enumerate(rows) if row.id == now.id), 0)
    done = []
    for at, (piece, row) in enumerate(zip(pieces, rows, strict=True)):
        name = now.id if at == keeps else new_id(row.id or f"{now.id}-{at + 1}", row.source.string, taken)
        taken.add(name)
        unit = _written(replace(piece, id=name), row, choice)
        done.append(unit if at else replace(unit, candidates=_proposals([now]), terms=now.terms, notes=now.notes))
    return [done[0], *(replace(unit, notes=()) for unit in done[1:])], told(What.SPLIT)


def join(
    units: Sequence[Unit], row: Unit, follow: bool, bases: Mapping[str, Base], blocks: Mapping[str, Block],
    choice: Choice,
) -> tuple[list[Unit], list[Finding]]:  # fmt: skip
    """Units as the one row they were made into, under the first one's id. `follow`: they follow each other."""

    def told(what: What, why: str = "") -> list[Finding]:
        before = " ‖ ".join(unit.target.string for unit in units)
        return [Finding(what, units[0].id, " ‖ ".join(unit.source.string for unit in units), before,
                        row.target.string, why)]  # fmt: skip

    if _as_before([row], bases):
        return list(units), told(What.OLDER, "this row was made several since the file was made")
    why = "the unit is locked" if any(unit.locked for unit in units) else ""
    if not follow or len({unit.block for unit in units}) > 1:
        why = "they are of different paragraphs, or others stand between them"
    if why:
        return [_beside(units[0], row.target.string, choice), *units[1:]], told(What.REFUSED, why)
    whole = as_one(units, blocks)
    notes = tuple(note for unit in units for note in unit.notes)
    whole = replace(whole, candidates=(*_proposals([whole]), *_proposals(units)), notes=notes)
    return [_written(whole, row, choice)], told(What.JOINED)


def together(rows: Sequence[Unit]) -> str:
    """The rows' words one after another."""
    return " ".join(row.target.string for row in rows if row.target.string)


def _as_before(rows: Sequence[Unit], bases: Mapping[str, Base]) -> bool:
    """Whether the file only says what was so when it was made."""
    known = [(row, bases[row.id].shown) for row in rows if row.id in bases]
    return len(known) == len(rows) and all(
        row.source.string == was.source.string and tidy(row.target.string, "") == tidy(was.target.string, "")
        for row, was in known
    )


def _written(unit: Unit, row: Unit, choice: Choice) -> Unit:
    """The unit with a row's words, as the work of a person."""
    words = tidy(row.target.string, "")
    state = State.NEW if not words else row.state
    return replace(
        unit,
        target=completed(unit.source, Text(words)),
        state=State.TRANSLATED if state is State.DRAFT or (state is State.NEW and words) else state,
        origin=Origin(OriginKind.PERSON, choice.by) if words else None,
        changed=Change(choice.by, choice.when),
    )


def _proposals(units: Sequence[Unit]) -> tuple[Candidate, ...]:
    """Every proposal for these units and the words they had, each once."""
    found: dict[tuple[str, str], Candidate] = {}
    for unit in units:
        own = [Candidate(unit.target, unit.origin)] if unit.origin and unit.target.string else []
        for candidate in (*unit.candidates, *own):
            found.setdefault((candidate.target.string, candidate.origin.kind.value), candidate)
    return tuple(found.values())


def _beside(unit: Unit, words: str, choice: Choice) -> Unit:
    """The unit as it is, with a row's words among the candidates and a note."""
    theirs = Candidate(Text(words), Origin(OriginKind.PERSON, choice.by))
    if not words or theirs.target.string in {c.target.string for c in unit.candidates}:
        return unit
    note = Note(f"{choice.by} joined or split rows here: “{words}”", choice.by, choice.when)
    return replace(unit, candidates=(*unit.candidates, theirs), notes=(*unit.notes, note))
