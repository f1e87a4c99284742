"""The same sentence elsewhere in the document, and what its translation would become there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilingual.bitext import Code, State, Text, Unit
from bilingual.codes import completed
from bilingual.glossary.matching import normal_forms
from bilingual.review.marked import Pieces, compared
from bilingual.review.renaming import held

_CONFIRMED = frozenset({State.REVIEWED, State.FINAL})


@dataclass(frozen=True, slots=True)
class Repetition:
    """A unit with the same source, and what it would say. `notes` tell where it is not quite the same.

    `ticked` is whether it is done unless somebody says otherwise: nothing that is locked or reviewed is.
    """

    unit: Unit
    target: Text
    before: Pieces
    after: Pieces
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it says so already."""
        return self.target == self.unit.target

    @property
    def ticked(self) -> bool:
        """Whether it is done unless somebody says otherwise."""
        return not (self.same or self.unit.locked or self.unit.state in _CONFIRMED)


def repetitions(units: Iterable[Unit], unit: Unit) -> list[Repetition]:
    """The other units that say the same Chinese, whatever their spaces, widths and script, in their order."""
    others = [other for other in units if other.id != unit.id]
    forms = normal_forms([other.source.string for other in others])
    (wanted,) = normal_forms([unit.source.string])
    key = _key(wanted)
    return [_repetition(other, unit) for other, form in zip(others, forms, strict=True) if _key(form) == key]


def _key(form: str) -> str:
    return "".join(form.split())


def _repetition(other: Unit, unit: Unit) -> Repetition:
    target = retold(other, unit)
    before, after = compared(other.target.string, target.string)
    return Repetition(other, target, before, after, tuple(_notes(other, unit)))


def retold(other: Unit, unit: Unit) -> Text:
    """The target of `unit` for `other`, with the codes of that: at the same words where both have the same codes."""
    if not other.source.codes:
        return Text(unit.target.string)
    own = unit.source.codes
    if _kinds(own) != _kinds(other.source.codes):
        return completed(other.source, Text(unit.target.string))
    names = {(mine.id, mine.kind): theirs for mine, theirs in zip(own, other.source.codes, strict=True)}
    codes = tuple(
        replace(names[code.id, code.kind], position=code.position)
        for code in unit.target.codes
        if (code.id, code.kind) in names
    )
    return completed(other.source, Text(unit.target.string, codes))


def _kinds(codes: Iterable[Code]) -> list[tuple[str, str]]:
    return [(code.kind, code.type) for code in codes]


def _notes(other: Unit, unit: Unit) -> Iterable[str]:
    if why := held(other):
        yield why
    elif other.state is State.REVIEWED:
        yield "reviewed"
    if other.source.string != unit.source.string:
        yield "the Chinese is written in other characters"
    if _kinds(other.source.codes) != _kinds(unit.source.codes):
        yield "the formatting differs: look where it falls"
