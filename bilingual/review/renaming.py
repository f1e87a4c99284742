"""What changes when a term is given another English: each unit before and after, where the old one is plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bilingual import english
from bilingual.bitext import Span, State, Term, Unit
from bilingual.coverage import Use
from bilingual.glossary import find_rendering
from bilingual.review.marked import Pieces, compared, marked

_MARK = "\ue000"
"""One private character that stands for the spot; it never leaves this module."""


@dataclass(frozen=True, slots=True)
class Change:
    """A unit with the new English: `target` is what it would say. `notes` are what to look at.

    `ticked` is whether it is done unless somebody says otherwise: no locked or final unit is.
    """

    unit: Unit
    target: str
    before: Pieces
    after: Pieces
    notes: tuple[str, ...] = ()

    @property
    def ticked(self) -> bool:
        """Whether it is done unless somebody says otherwise."""
        return not held(self.unit)


@dataclass(frozen=True, slots=True)
class Left:
    """An occurrence that is left as it is, and why."""

    unit: str
    source: Pieces
    target: Pieces
    why: str


def held(unit: Unit) -> str:
    """Why nothing changes in a unit unless somebody wants it: "locked", "final", or nothing."""
    if unit.locked:
        return "locked"
    return "final" if unit.state is State.FINAL else ""


def renamed(units: Iterable[Unit], uses: Iterable[Use], term: Term, new: str) -> tuple[list[Change], list[Left]]:
    """What the occurrences of `term` in one document, in the order of its units, become when it is called `new`."""
    by_id = {unit.id: unit for unit in units}
    changes: list[Change] = []
    left: list[Left] = []
    for unit_id, group in groupby(uses, key=lambda use: use.unit):
        plain: list[Span] = []
        for use in group:
            if why := _not_plain(use, term):
                left.append(Left(unit_id, marked(use.source, [use.span]), marked(use.target, _said(use)), why))
            elif use.said is not None:
                plain.append(use.said)
        if plain:
            changes.append(_changed(by_id[unit_id], plain, term, new))
    return changes, left


def _not_plain(use: Use, term: Term) -> str:
    """Why an occurrence cannot be changed by itself; empty where it can."""
    if not use.target:
        return "not translated yet"
    if use.said is None:
        return "said in other words, or not at all"
    words = use.said.of(use.target)
    if not any(len(span) == len(words) for span in find_rendering(words, term.target, case=term.case)):
        return f"says “{words}”, which is right too"
    return ""


def _said(use: Use) -> list[Span]:
    return [use.said] if use.said is not None else []


def _changed(unit: Unit, spans: Sequence[Span], term: Term, new: str) -> Change:
    text, notes = unit.target.string, []
    for span in sorted(set(spans), key=lambda span: -span.start):
        words, told = _inflected(span.of(text), term.target, new)
        notes += [told] if told else []
        text, _ = english.place(text[: span.start] + _MARK + text[span.end :], _MARK, words)
    before, after = compared(unit.target.string, text)
    why = held(unit)
    return Change(unit, text, before, after, tuple(dict.fromkeys([*([why] if why else []), *notes])))


def _inflected(words: str, old: str, new: str) -> tuple[str, str]:
    """The new rendering in the number and the capitals of the words it replaces, and what to look at."""
    told = ""
    if len(words) > len(old) and words[: len(old)].lower() == old.lower():
        many = english.plural(new)
        told = "" if new.rsplit(maxsplit=1)[-1].islower() else f"a plural: {many}"
        new = many
        words = words[: len(old)]
    if words == old or words[1:] == old[1:]:
        return new, told
    if words.isupper():
        return new.upper(), told
    if all(word[:1].isupper() for word in words.split() if len(word) > 3):
        return " ".join(_titled(new)), told
    return new, told


def _titled(words: str) -> Iterator[str]:
    """Words as in a title: short ones stay small inside it."""
    for at, word in enumerate(words.split()):
        yield word if at and word in _SMALL else word[:1].upper() + word[1:]


_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
