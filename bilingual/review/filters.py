"""Which units of a document are shown: by state, finding, flag, term, text, lock, repetition, talk and person.

A filter is written in the address, so that a page loaded anew shows the same. Values of one kind widen it (draft or
new), kinds narrow it (draft, and with a finding).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bilingual.bitext import FlagKind, State, Unit
from bilingual.checks.findings import Finding, Severity
from bilingual.errors import InputError
from bilingual.review.patterns import Search

ANY = "any"
YES_NO = ("yes", "no")
LONGEST = 200
"""Characters of a term's or person's name in the address."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; empty fields want nothing. The fields are named as in the address.

    `finding` holds "any", severities and names of checks, `flag` "any" and kinds of flags; `text` is looked for on both
    sides, `source` and `target` on theirs, as regular expressions if `regex`, with capitals told apart if `case`.
    """

    state: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    term: str = ""
    text: str = ""
    source: str = ""
    target: str = ""
    regex: str = ""
    case: str = ""
    locked: str = ""
    repeated: str = ""
    note: str = ""
    query: str = ""
    by: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NARROWING)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition as the page shows it, with what it is called in the address."""

    key: str
    value: str
    label: str


SEVERAL = ("state", "finding", "flag")
NARROWING = tuple(field.name for field in fields(Filter) if field.name not in {"regex", "case"})
_CHOICES: dict[str, tuple[str, ...]] = {
    "state": tuple(State),
    "flag": (ANY, *FlagKind),
    "regex": ("1",),
    "case": ("1",),
    **dict.fromkeys(("locked", "repeated", "note", "query"), YES_NO),
}
_TOLD = {
    "locked": ("locked", "not locked"),
    "repeated": ("repeated", "not repeated"),
    "note": ("with a note", "without a note"),
    "query": ("with a query", "without a query"),
}
_WORDS = {"term": "term", "text": "text", "source": "source", "target": "target", "by": "changed by"}


def read(parameters: Iterable[tuple[str, str]], checks: Collection[str] = ()) -> Filter:
    """The filter an address asks for; names that are no filter's are left alone. InputError for odd values."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        if name in Filter.__dataclass_fields__ and value and value not in given.get(name, ()):
            given.setdefault(name, []).append(value)
    for name, values in given.items():
        choices = _CHOICES.get(name, ())
        choices = (ANY, *Severity, *sorted(checks)) if name == "finding" else choices
        if wrong := [value for value in values if choices and value not in choices]:
            raise InputError(f"'{name}' cannot be “{wrong[0][:40]}”", f"choose one of: {', '.join(choices)}")
        if any(len(value) > 2 * LONGEST for value in values):
            raise InputError(f"'{name}' has more than {2 * LONGEST} characters", "look for a part of it")
    fitting: dict[str, Any] = {n: tuple(values) if n in SEVERAL else values[-1] for n, values in given.items()}
    made = Filter(**fitting)
    _searches(made)
    return made


def written(chosen: Filter) -> list[tuple[str, str]]:
    """The filter as parameters of an address, always in the same order: `read` of them gives it back."""
    found = []
    for field in fields(chosen):
        value = getattr(chosen, field.name)
        found += [(field.name, one) for one in ((value,) if isinstance(value, str) else value) if one]
    return found


def chips(chosen: Filter) -> list[Chip]:
    """Its conditions, each one by itself, in words."""
    made = []
    for key, value in written(chosen):
        if key in _TOLD:
            made.append(Chip(key, value, _TOLD[key][value == "no"]))
        elif key in _WORDS:
            how = " (expression)" if chosen.regex and key in {"text", "source", "target"} else ""
            made.append(Chip(key, value, f"{_WORDS[key]}{how}: {value}"))
        elif key in SEVERAL:
            made.append(Chip(key, value, f"any {key}" if value == ANY else f"{key}: {value}"))
        elif key == "case":
            made.append(Chip(key, value, "capitals matter"))
    return made


def shown(
    chosen: Filter, units: Sequence[Unit], findings: Mapping[str, Sequence[Finding]], repeated: Collection[str] = ()
) -> list[str]:
    """The ids of the units that it wants, in their order. `repeated` are the sources that stand in the document more
    than once. InputError where an expression takes too long."""
    tests = [*_tests(chosen, findings, repeated)]
    return [unit.id for unit in units if all(test(unit) for test in tests)]


Test = Callable[[Unit], bool]


def _tests(
    chosen: Filter, findings: Mapping[str, Sequence[Finding]], repeated: Collection[str]
) -> Iterable[Test]:  # the cheap ones first
    if chosen.state:
        yield lambda unit: unit.state in chosen.state
    if chosen.locked:
        yield lambda unit: unit.locked == (chosen.locked == "yes")
    if chosen.repeated:
        yield lambda unit: (unit.source.string in repeated) == (chosen.repeated == "yes")
    if chosen.note:
        yield lambda unit: _has(unit, "note") == (chosen.note == "yes")
    if chosen.query:
        yield lambda unit: _has(unit, "query") == (chosen.query == "yes")
    if chosen.by:
        yield lambda unit: unit.changed is not None and chosen.by.casefold() in unit.changed.by.casefold()
    if chosen.flag:
        yield lambda unit: bool(unit.flags) if ANY in chosen.flag else any(f.kind in chosen.flag for f in unit.flags)
    if chosen.finding:
        yield lambda unit: any(_fits(finding, chosen.finding) for finding in findings.get(unit.id, ()))
    if chosen.term:
        yield lambda unit: _holds(unit, chosen.term)
    yield from (_sides(side, search) for side, search in _searches(chosen).items())


def _has(unit: Unit, kind: str) -> bool:
    return any(note.kind == kind and not note.answered for note in unit.notes)


def _fits(finding: Finding, wanted: tuple[str, ...]) -> bool:
    return ANY in wanted or finding.severity in wanted or finding.check in wanted


def _holds(unit: Unit, term: str) -> bool:
    term = term.casefold()
    said = (words.casefold() for use in unit.terms for words in (use.term, use.source, use.target))
    return term in unit.source.string.casefold() or term in said


def _searches(chosen: Filter) -> dict[str, Search]:
    """What is looked for, by side; they share the time."""
    return {
        side: Search(words, regular=bool(chosen.regex), case=bool(chosen.case))
        for side in ("text", "source", "target")
        if (words := getattr(chosen, side))
    }


def _sides(side: str, search: Search) -> Test:
    if side == "source":
        return lambda unit: search.found(unit.source.string)
    if side == "target":
        return lambda unit: search.found(unit.target.string)
    return lambda unit: search.found(unit.source.string) or search.found(unit.target.string)
