"""Find and replace in the targets of a document: every hit before and after, and the ticked ones done."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bilingual.bitext import Span, Unit
from bilingual.errors import InputError
from bilingual.review import acts
from bilingual.review.marked import Pieces, shortened
from bilingual.review.patterns import Search
from bilingual.review.renaming import held

MOST = 2000
"""Hits that are shown and replaced at a time."""

LONGEST = 1000
"""Characters of what is put in the place of a hit."""

AROUND = 60
"""Characters shown on each side of a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where something is replaced; `number` counts the hits of its unit from 0. `before` and `after` show it
    in its sentence. `held` says why it is not ticked by itself: "locked", "final", or nothing."""

    unit: str
    number: int
    span: Span
    new: str
    before: Pieces
    after: Pieces
    held: str = ""


@dataclass(slots=True)
class Replacement:
    """What to look for, and what to put there. In a regular expression's replacement $1 (or \\1) is what its first
    bracket found, ${name} (or \\g<name>) that of a name, $0 all of it, $$ a dollar sign.

    Raises InputError for an expression that is none, and for a group that it does not have.
    """

    search: Search
    new: str
    _parts: list[str | int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.new) > LONGEST:
            raise InputError(f"the replacement has more than {LONGEST} characters", "write a shorter one")
        if _CONTROL.search(self.new):
            raise InputError("the replacement holds a control character", "take it out")
        self._parts = [*_parts(self.new, self.search)] if self.search.regular else [self.new]

    def hits(self, unit: Unit) -> list[Hit]:
        """Where it stands in the unit's target."""
        text = unit.target.string
        return [
            Hit(unit.id, number, span, new, *_shown(text, span, new), held(unit))
            for number, (span, new) in enumerate(self._found(text))
        ]

    def done(self, text: str, numbers: Collection[int] | None = None) -> str:
        """The text with its hits of these numbers replaced, or all of them."""
        pieces, end = [], 0
        for number, (span, new) in enumerate(self._found(text)):
            if numbers is None or number in numbers:
                pieces += [text[end : span.start], new]
                end = span.end
        return "".join([*pieces, text[end:]])

    def _found(self, text: str) -> Iterator[tuple[Span, str]]:
        size = 0
        for match in self.search.matches(text):
            parts = [part if isinstance(part, str) else match[part] or "" for part in self._parts]
            size += sum(map(len, parts))
            if size > acts.LONGEST:
                raise InputError("a translation would become longer than one unit can be", "put shorter words there")
            new = "".join(parts)
            yield Span(*match.span()), new


def preview(units: Iterable[Unit], replacement: Replacement, most: int = MOST) -> tuple[list[Hit], bool]:
    """The first `most` hits in these units that would change something, and whether there are more."""
    found: list[Hit] = []
    for unit in units:
        for hit in replacement.hits(unit) if unit.target.string else ():
            if len(found) == most:
                return found, True
            if hit.span.of(unit.target.string) != hit.new:
                found.append(hit)
    return found, False


def _shown(text: str, span: Span, new: str) -> tuple[Pieces, Pieces]:
    head, tail = (text[: span.start], False), (text[span.end :], False)
    return (
        shortened([head, (span.of(text), True), tail], AROUND),
        shortened([head, (new, True), tail], AROUND),
    )


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_GROUP = re.compile(r"\$\$|\\\\|\$(\d{1,2})|\\(\d{1,2})|\$\{(\w+)\}|\\g<(\w+)>")


def _parts(template: str, search: Search) -> Iterator[str | int]:
    """The replacement's words and the numbers of the groups that stand in it."""
    names = search.names
    end = 0
    for found in _GROUP.finditer(template):
        yield template[end : found.start()]
        end = found.end()
        if found[0] in {"$$", "\\\\"}:
            yield found[0][0]
            continue
        name = next(group for group in found.groups() if group is not None)
        number = int(name) if name.isascii() and name.isdigit() else names.get(name, -1)
        if not 0 <= number <= search.groups:
            has = _counted(search.groups, sorted(names))
            raise InputError(f"the replacement has {found[0]}, but the expression has {has}", "mend one of them")
        yield number
    yield template[end:]


def _counted(groups: int, names: Sequence[str]) -> str:
    told = {0: "no group in brackets", 1: "one group in brackets"}.get(groups, f"{groups} groups in brackets")
    return f"{told} ({', '.join(names)})" if names else told
