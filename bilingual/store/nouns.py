"""What the store says of a document: its units and their versions, and the steps that made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bilingual.bitext import Unit


@dataclass(frozen=True, slots=True)
class Version:
    """One state a unit was in, counted from 1. `by` and `at` (UTC, ISO 8601) are empty where no person made it.

    `step` is the step that made it and `label` what that was ("merge", "edit", "undo" …); None and "" where a run did.
    """

    number: int
    by: str
    at: str
    unit: Unit
    step: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit as somebody sees it: its place in the reading order, from 0, and the number of its present version."""

    place: int
    version: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Edit:
    """A unit as it shall be, and the version it was made from; None where it does not matter which."""

    expected: int | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: its step (None where it changed nothing) and the number of each unit's version now."""

    step: int | None
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a step back, or doing it again, did.

    `step` is what it is itself, `label` what the act was ("edit", "split" …). `versions` are the units that it changed,
    with the number of their version now; `gone` those that are no part of the document any more. `left` are units that
    were changed later and so were left as they are, in whole or in part. `recut`: units came or went, so that the
    outline is another.
    """

    step: int
    label: str
    versions: Mapping[str, int] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    left: tuple[Unit, ...] = ()
    recut: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A merge of an edited file, an act of a person, or the undoing of one of them: what it did to which units, as (id,
    version before, version after), 0 where the unit was no part of the document. `undone` is the step that undid it,
    None where none did."""

    id: int
    kind: str
    name: str
    by: str
    at: str
    file: str
    undoes: int | None
    undone: int | None
    units: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """What people spent on a unit: seconds, keystrokes, and in how many sittings."""

    seconds: float
    keys: int
    sittings: int
