"""Entries that are never found: what another entry takes first, what never stands as a word, what an example shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bilingual.bitext import Term, TermStatus
from bilingual.glossary.matching import Glossary, normal_form
from bilingual.glossary.priority import sources_of
from bilingual.glossary.problems import Problem, Row, Severity

ENOUGH = 3
"""In how many longer entries a term must stand, and never as a word, before it is told."""

FEW = 20
"""How many entries of one source are held against each other."""

_EVERYWHERE = frozenset({"always", "exact"})


def hidden(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows whose condition never holds, because an entry of the same source before them holds wherever they would."""
    by_source: dict[str, list[Row]] = {}
    live = [row for row in rows if row.term.status is not TermStatus.DEPRECATED]
    for row, source in zip(live, sources_of(live), strict=True):
        by_source.setdefault(source, []).append(row)
    for same in by_source.values():
        asked = sorted(same, key=lambda row: row.term.when in _EVERYWHERE)
        for number, row in enumerate(asked):
            for earlier in asked[max(0, number - FEW) : number]:
                if earlier.term.when != row.term.when and covers(earlier.term.when, row.term.when):
                    message = (
                        f"'{row.term.source}' ({row.term.when}) is never used: the entry at {earlier.place} "
                        f"({earlier.term.when}) is asked first and holds wherever this one would"
                    )
                    yield Problem(row.path, row.line, message, Severity.WARNING, "never")
                    break


def covers(first: str, second: str) -> bool:
    """Whether the condition `first` holds wherever `second` does, as far as their words tell."""
    if first in _EVERYWHERE:
        return first in {"always", second}
    kind, _, words = first.partition(":")
    other, _, others = second.partition(":")
    ours, theirs = _words(words), _words(others)
    return kind == other and (theirs >= ours if kind != "near" else theirs <= ours)


@lru_cache(maxsize=4096)
def _words(listed: str) -> frozenset[str]:
    return frozenset(normal_form(word.strip()) for word in listed.split("|") if word.strip())


def unreached(rows: Sequence[Row], glossary: Glossary) -> Iterator[Problem]:
    """Rows that are not found in their own example, though it holds their source, and why."""
    for row in rows:
        term = row.term
        if not term.example or term.status is TermStatus.DEPRECATED:
            continue
        if normal_form(term.source) not in normal_form(term.example):
            continue
        if not any(match.term == term for match in glossary.match(term.example)):
            message = f"'{term.source}' is not found in its own example: {_why(term, glossary)}"
            yield Problem(row.path, row.line, message, Severity.WARNING, "never")


def _why(term: Term, glossary: Glossary) -> str:
    if not Glossary((replace(term, when="always"),)).match(term.example):
        return "there it is part of a longer word"
    if not Glossary((term,)).match(term.example):
        return f"'{term.when}' does not hold there"
    for match in glossary.match(term.example):
        if normal_form(term.source) in normal_form(match.term.source):
            return f"'{match.term.source}' goes first there"
    return "another entry goes first there"


def fragments(rows: Sequence[Row], inside: dict[int, list[int]]) -> Iterator[Problem]:
    """Terms that never stand as words of their own in the longer entries that hold them (`inside`, see `nested`)."""
    for number in sorted(inside):
        row, outers = rows[number], [rows[n] for n in inside[number]]
        alone = Glossary((replace(row.term, when="always"),))
        if len(outers) >= ENOUGH and not any(alone.match(outer.term.source) for outer in outers):
            message = (
                f"'{row.term.source}' never stands as a word of its own in the {len(outers)} longer entries that hold "
                f"it (as '{outers[0].term.source}' at {outers[0].place}): is it a whole word?"
            )
            yield Problem(row.path, row.line, message, Severity.NOTE, "never")
