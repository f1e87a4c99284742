"""Abbreviations: a name is said in full, with its abbreviation behind it, before the abbreviation is used alone.

Which names have one, the glossary tells by an admitted rendering that is the preferred one with the abbreviation in
brackets: “World Internet Conference (WIC)”. Afterwards either will do. A document that never uses the abbreviation does
not get it, and titles and headings do not introduce it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bilingual.bitext import Kind, Span, Term, TermOutcome, Text, Unit
from bilingual.glossary import find_rendering

_SHORT = re.compile(r"(?P<full>.+) \((?P<short>[A-Z][\w&.-]{1,9})\)")
_DISPLAYED = frozenset({Kind.TITLE, Kind.HEADING, Kind.RUNNING_HEAD, Kind.LABEL})


def abbreviation(term: Term) -> str:
    """The abbreviation that an admitted rendering puts behind the preferred one; "" where there is none."""
    found = (_SHORT.fullmatch(rendering) for rendering in term.admitted)
    return next((match["short"] for match in found if match and match["full"] == term.target), "")


def introduced(units: Sequence[Unit], kinds: Mapping[str, Kind], terms: Iterable[Term]) -> list[Unit]:
    """The machine's units of a document in reading order, each abbreviation introduced where its name stands first.

    `kinds` are those of the blocks by their ids.
    """
    known = {term.id: term for term in terms if abbreviation(term)}
    named = {use.term for unit in units for use in unit.terms} & known.keys()
    done = list(units)
    for term in (known[name] for name in sorted(named)):
        rows = [row for row, unit in enumerate(done) if kinds[unit.block] not in _DISPLAYED and _says(unit, term)]
        if any(_in_short(done[row], term) for row in rows):
            done[rows[0]] = _introducing(done[rows[0]], term)
    return done


def _says(unit: Unit, term: Term) -> bool:
    return any(use.term == term.id and use.target for use in unit.terms)


def _in_short(unit: Unit, term: Term) -> bool:
    """Whether the unit says the term by its abbreviation; in another name (Global AI Initiative) it is none."""
    return any(use.term == term.id and use.target == abbreviation(term) for use in unit.terms)


def _alone(target: str, term: Term) -> list[Span]:
    """Where the abbreviation stands and is not in the brackets that introduce it."""
    spots = find_rendering(target, abbreviation(term), case=True)
    return [spot for spot in spots if target[spot.start - 1 : spot.start] != "("]


def _introducing(unit: Unit, term: Term) -> Unit:
    """The unit with the name in full and the abbreviation behind it, where it says either first."""
    old, short = unit.target.string, abbreviation(term)
    spots = sorted([*find_rendering(old, term.target), *_alone(old, term)], key=lambda spot: spot.start)
    if not spots or old[spots[0].end :].lstrip().startswith(f"({short})"):
        return unit
    before, said, after = old[: spots[0].start], spots[0].of(old), old[spots[0].end :]
    article = "the " if said == short and not re.search(r"\b[Tt]he $", before) else ""
    whole = f"{term.target} ({short})"
    new = Text(f"{before}{article.capitalize() if not before else article}{whole}{after}")
    at = next(at for at, use in enumerate(unit.terms) if use.term == term.id)
    use = replace(unit.terms[at], target=whole, outcome=TermOutcome.REPAIRED)
    candidates = tuple(replace(c, target=new) if c.target == unit.target else c for c in unit.candidates)
    return replace(unit, target=new, terms=(*unit.terms[:at], use, *unit.terms[at + 1 :]), candidates=candidates)
