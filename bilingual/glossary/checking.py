"""Everything a check of a glossary looks for, one list of findings in the order of the files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bilingual.glossary.characters import suspicious
from bilingual.glossary.matching import Glossary
from bilingual.glossary.nesting import differing, nested
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.reach import fragments, hidden, unreached
from bilingual.glossary.renderings import find_rendering
from bilingual.glossary.tables import problems_in

CHECKS = {
    "row": "a row that is no entry: an empty cell, an unknown word, a rendering both right and forbidden",
    "duplicate": "the same source twice in one table",
    "contradiction": "the same source with another English in one table",
    "id": "an id given twice",
    "overridden": "what a table given before has settled otherwise",
    "characters": "invisible or wide characters, Cyrillic letters among Latin ones",
    "form": "quotation marks or brackets without their other, double spaces, trailing punctuation, a “the” in front",
    "forbidden": "a forbidden rendering inside the right one",
    "never": "an entry that is never found",
    "differs": "a longer entry that translates a shorter one inside it otherwise",
}
"""Each check by the name that leaves it out, and what it finds."""


def check(paths: Iterable[Path], skip: Collection[str] = ()) -> Table:
    """The rows that count, what is overridden, and every finding in `paths` but those of the checks in `skip`.

    Findings come file by file, in the order of lines. An error does not always keep the glossary from being used, but
    must be mended; warnings and notes are told.
    """
    table = problems_in(paths)
    named = (*(row.path for row in table.rows), *(problem.path for problem in table.problems))
    files = {path: n for n, path in enumerate(dict.fromkeys(named))}
    found = [problem for problem in (*table.problems, *_more(table.rows)) if problem.check not in skip]
    found.sort(key=lambda problem: (files[problem.path], problem.line))
    table.problems = found
    return table


def _more(rows: Sequence[Row]) -> Iterator[Problem]:
    for row in rows:
        for severity, name, message in suspicious(row.term):
            yield Problem(row.path, row.line, message, severity, name)
        yield from _forbidden(row)
    inside = nested(rows)
    yield from hidden(rows)
    yield from fragments(rows, inside)
    yield from differing(rows, inside)
    yield from unreached(rows, Glossary(tuple(row.term for row in rows)))


def _forbidden(row: Row) -> Iterator[Problem]:
    """A forbidden rendering that is a part of the right one: every right translation would be taken for wrong."""
    for wrong in row.term.forbidden:
        right = next((text for text in row.term.renderings if text != wrong and find_rendering(text, wrong)), "")
        if right:
            message = f"the forbidden “{wrong}” stands inside “{right}”, which is right"
            yield Problem(row.path, row.line, message, Severity.WARNING, "forbidden")
