"""A fuzzy match put right where only numbers, or only terms of the glossary, differ; else left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from bilingual.bitext import Span, TermMatch, Text
from bilingual.codes import carried
from bilingual.english.articles import fix_articles
from bilingual.english.places import begins_sentence, plural
from bilingual.english.typography import capitalise
from bilingual.glossary import Glossary, find_rendering
from bilingual.memory.forms import form
from bilingual.memory.nouns import Match
from bilingual.memory.scoring import Likeness
from bilingual.numbers import Qualifier, Quantity, QuantityKind, compare, find_en, find_zh, options

LONGEST = 500
"""Characters of the longest sentence that is mended."""

MOST = 8
"""Differences beyond which nothing is mended."""

_RAISED = re.compile(r"\d[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u00bc-\u00be\u2150-\u215e]")
"""A number with another raised or lowered behind it, or with a fraction, is not the number in front: 10³, 1½."""

Change = tuple[Span, str]
Repaired = tuple[Text, tuple[tuple[str, str], ...]]


def repair(asked: Text, match: Match, like: Likeness, glossary: Glossary | None) -> Repaired | None:
    """The target with its numbers or terms put right, and what stands there for what; None where that is not sure."""
    if len(asked.string) > LONGEST or not 0 < len(like.differences) <= MOST:
        return None
    if like.numbers_only:
        return _numbers(asked.string, match)
    return _terms(asked.string, match, glossary) if glossary is not None else None


def _numbers(asked: str, match: Match) -> Repaired | None:
    source, target = match.entry.source.string, match.target.string
    if any(map(_RAISED.search, (asked, source, target))):
        return None
    new, old = find_zh(asked), find_zh(source)
    if len(new) != len(old) or any(one.kind is not two.kind for one, two in zip(new, old, strict=True)):
        return None
    places = find_en(target)
    changes: list[Change] = []
    for wanted, known in zip(new, old, strict=True):
        if _said(wanted) == _said(known):
            continue
        here = _places(known, places, target)
        if len(here) != 1 or wanted.qualifier is not known.qualifier or _counts_one(wanted, known, here[0], target):
            return None
        words = _respelt(here[0].of(target), wanted, known)
        if words is None:
            return None
        changes.append((here[0], words))
    made = _changed(target, changes)
    if made is None or _wrong(asked, made) > _wrong(source, target):
        return None
    return _result(match, made, changes)


def _said(quantity: Quantity) -> tuple[object, ...]:
    return quantity.values, quantity.days, quantity.unit


def _places(quantity: Quantity, places: Iterable[Quantity], target: str) -> list[Span]:
    """Where the target says the quantity."""
    spelt = {spelling.lower() for spelling in options(_bare(quantity))}
    return [
        place.span
        for place in places
        if place.span.of(target).lower() in spelt
        or (
            (place.values, place.days) == (quantity.values, quantity.days)
            and place.unit in {"", quantity.unit}
            and (place.kind is quantity.kind or place.kind is not QuantityKind.DECADE)
        )
    ]


def _counts_one(wanted: Quantity, known: Quantity, place: Span, target: str) -> bool:
    """Whether the noun that follows would have to change its number too: 1 kilometre, 3 kilometres."""
    one = (Fraction(1),)
    return (
        wanted.kind is QuantityKind.CARDINAL
        and (wanted.values == one) != (known.values == one)
        and re.match(r"[\s-]*[^\W\d_]", target[place.end :]) is not None
    )


def _respelt(words: str, wanted: Quantity, known: Quantity) -> str | None:
    """The new quantity, spelt in the way the old one is, in figures or in words; None where there is no such spelling.
    The unit is left out where the words found leave it out."""
    old, new = options(_bare(known)), options(_bare(wanted))
    alike = [spelling for spelling in new if _in_figures(spelling) == _in_figures(words)]
    if len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            head, found, tail = before.lower().partition(words.lower())
            if found and after in alike and after.lower().startswith(head) and after.lower().endswith(tail):
                return after[len(head) : len(after) - len(tail)]
    whole = words.lower() in {spelling.lower() for spelling in old}
    return alike[0] if whole and alike else None


def _in_figures(words: str) -> bool:
    return any(char.isdecimal() for char in words)


def _bare(quantity: Quantity) -> Quantity:
    return replace(quantity, qualifier=Qualifier.NONE)


def _wrong(source: str, target: str) -> int:
    return sum(problem.severity == "major" for problem in compare(source, target))


def _terms(asked: str, match: Match, glossary: Glossary) -> Repaired | None:
    source, target = match.entry.source.string, match.target.string
    new, old = glossary.match(asked), glossary.match(source)
    if len(new) != len(old) or _around(asked, new) != _around(source, old):
        return None
    changes: list[Change] = []
    for wanted, known in zip(new, old, strict=True):
        if wanted.term.source == known.term.source:
            continue
        case = known.term.case
        found = [span for words in known.term.renderings for span in find_rendering(target, words, case=case)]
        here = [span for span in dict.fromkeys(found) if not any(span != o and _inside(span, o) for o in found)]
        if len(here) != 1 or not wanted.term.target:
            return None
        changes.append((here[0], _inflected(here[0].of(target), wanted, known)))
    made = _changed(target, changes)
    return _result(match, made, changes) if changes and made is not None else None


def _around(text: str, matches: Sequence[TermMatch]) -> list[list[str]]:
    """What stands between the terms, numbers and all."""
    edges = [0, *(edge for match in matches for edge in (match.span.start, match.span.end)), len(text)]
    return [[form(text[a:b]), *_digits(text[a:b])] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _digits(text: str) -> list[str]:
    from bilingual.memory.forms import tokens

    return [token.number for token in tokens(text) if token.number]


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _inflected(words: str, wanted: TermMatch, known: TermMatch) -> str:
    """The new term, in the plural where the old one is and no name is meant."""
    single = {rendering.lower() for rendering in known.term.renderings}
    more = words.lower() not in single and words.lower().endswith("s") and "'" not in words and "’" not in words
    target = wanted.term.target
    return plural(target) if more and target.rsplit(maxsplit=1)[-1].islower() else target


def _changed(target: str, changes: Sequence[Change]) -> str | None:
    """The target with the changes made from its end, so that places stay; None where two are in one another's way."""
    ordered = sorted(changes, key=lambda change: change[0].start, reverse=True)
    if any(later[0].start < earlier[0].end for later, earlier in pairwise(ordered)):
        return None
    for span, given in ordered:
        words = capitalise(given) if begins_sentence(target[: span.start]) else given
        end = Span(span.start, span.start + len(words))
        target, _ = fix_articles(target[: span.start] + words + target[span.end :], end)
    return target


def _result(match: Match, made: str, changes: Sequence[Change]) -> Repaired | None:
    target = match.target.string
    if made == target:
        return None
    ordered = sorted(changes, key=lambda change: change[0].start)
    return carried(match.target, made), tuple((span.of(target), words) for span, words in ordered)
