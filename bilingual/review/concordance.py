"""How it was said before: words looked for in this document, in the memory, and in the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bilingual.bitext import Span, Term, Unit
from bilingual.errors import InputError
from bilingual.glossary.matching import normal_form
from bilingual.memory import Hit
from bilingual.review.marked import marked

LONGEST = 200
"""Characters of what is looked for: sentences are found as candidates, not here."""

MOST = 50
"""Hits that are shown; nobody reads more."""

SIDES = {"both": "both", "zh": "source", "en": "target"}


def wanted(words: str) -> str:
    """What somebody looks for, cleaned; InputError where that is nothing, or too much."""
    words = " ".join(words.split())
    if not words:
        raise InputError("there is nothing to look for", "write a word, in Chinese or in English")
    if len(words) > LONGEST:
        raise InputError(f"what to look for has more than {LONGEST} characters", "look for a part of it")
    return words


def side_of(name: str) -> str:
    """Where to look: "both", "zh" or "en", as the memory calls it."""
    if name not in SIDES:
        raise InputError(f"one cannot look in '{name[:20]}'", f"choose one of: {', '.join(SIDES)}")
    return SIDES[name]


def in_document(units: Sequence[Unit], words: str, side: str, most: int = MOST) -> tuple[list[dict[str, Any]], bool]:
    """The first units that hold the words, with the stretches marked, and whether there are more; script, width and
    capitals do not count."""
    found = [*islice(_in_document(units, words, side), most + 1)]
    return found[:most], len(found) > most


def _in_document(units: Sequence[Unit], words: str, side: str) -> Iterator[dict[str, Any]]:
    pattern = re.compile(r"\s+".join(map(re.escape, normal_form(words).split())))
    for number, unit in enumerate(units, 1):
        source = _spans(unit.source.string, pattern) if side != "target" else []
        target = _spans(unit.target.string, pattern) if side != "source" else []
        if source or target:
            yield {
                "id": unit.id,
                "number": number,
                "state": unit.state.value,
                "source": marked(unit.source.string, source),
                "target": marked(unit.target.string, target),
                "text": unit.target.string,
            }


def _spans(text: str, pattern: re.Pattern[str]) -> list[Span]:
    return [Span(*found.span()) for found in pattern.finditer(normal_form(text))]


def of_memory(hit: Hit) -> dict[str, Any]:
    """A hit of the memory as the page gets it."""
    entry, use = hit.entry, hit.entry.uses[0]
    return {
        "source": marked(entry.source.string, hit.source),
        "target": marked(entry.target.string, hit.target),
        "text": entry.target.string,
        "origin": ", ".join(filter(None, (use.document, use.state.value, use.by, use.when[:10]))),
        "uses": len(entry.uses),
    }


def of_term(term: Term, words: str) -> dict[str, Any]:
    """A term of the glossary as the page gets it, marked where it holds the words."""
    pattern = re.compile(re.escape(normal_form(words)))
    return {
        "id": term.id,
        "source": marked(term.source, _spans(term.source, pattern)),
        "target": marked(term.target, _spans(term.target, pattern)),
        "text": term.target,
        "admitted": term.admitted,
        "forbidden": term.forbidden,
        "kind": term.kind.value,
        "status": term.status.value,
        "when": term.when,
        "note": term.note,
        "reference": term.reference,
    }
