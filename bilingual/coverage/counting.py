"""Counting a glossary's terms in documents: each occurrence with its sentence, its English and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bilingual.bitext import Bitext, Document, Span, Term, TermMatch, TermOutcome, TermStatus, Unit
from bilingual.glossary import Glossary
from bilingual.glossary.matching import normal_form, normal_forms
from bilingual.segmentation import Rules, locators_of, units_of
from bilingual.terminology.protect import Slot
from bilingual.terminology.verify import said


class Outcome(StrEnum):
    """What became of one occurrence: how it was obeyed, or that it was not. By hand is what a person wrote."""

    NATURAL = "natural"
    ENFORCED = "enforced"
    REPAIRED = "repaired"
    BY_HAND = "by hand"
    MISSING = "missing"
    OTHERWISE = "otherwise"
    UNTRANSLATED = "not translated"


OBEYED = (Outcome.NATURAL, Outcome.ENFORCED, Outcome.REPAIRED, Outcome.BY_HAND)


@dataclass(frozen=True, slots=True)
class Use:
    """One occurrence of a term: its sentence and, where there is one, the English and where in it the term is said.

    `forbidden` is a forbidden rendering that stands in the English; `span` is in `source`, `said` in `target`.
    """

    document: str
    unit: str
    line: int | None
    source: str
    span: Span
    target: str
    said: Span | None
    outcome: Outcome
    forbidden: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its occurrences. `inside` counts those that other terms or longer words cover; a sentence has to be
    looked at for each term alone to count them, so it is only known for terms without `uses`."""

    term: Term
    uses: tuple[Use, ...]
    inside: int = 0

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many occurrences came to what."""
        return Counter(use.outcome for use in self.uses)

    @property
    def conflicts(self) -> tuple[Use, ...]:
        """Where a person wrote other English, or what the entry forbids stands in a person's English."""
        return tuple(use for use in self.uses if use.outcome is Outcome.OTHERWISE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every live term of a glossary, in its order, and the documents and sentences that were looked at."""

    entries: tuple[Entry, ...]
    documents: tuple[str, ...]
    sentences: int

    @property
    def found(self) -> tuple[Entry, ...]:
        """The terms that occur, the most frequent first."""
        return tuple(sorted((e for e in self.entries if e.uses), key=lambda e: -len(e.uses)))

    @property
    def unused(self) -> tuple[Entry, ...]:
        """The terms that never occur on their own."""
        return tuple(entry for entry in self.entries if not entry.uses)

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many occurrences of all terms came to what."""
        return sum((entry.outcomes for entry in self.entries), Counter())


def cover(
    documents: Iterable[tuple[str, Bitext | Document]], glossary: Glossary, rules: Rules | None = None
) -> Coverage:
    """What became of the terms of `glossary` in `documents`, given by name; a Document is one not translated yet."""
    uses: dict[int, list[Use]] = defaultdict(list)
    names: list[str] = []
    texts: list[str] = []
    for name, found in documents:
        names.append(name)
        sentences = _units(name, found, glossary) if isinstance(found, Bitext) else _plain(name, found, glossary, rules)
        for source, rows in sentences:
            texts.append(source)
            for term, use in rows:
                uses[id(term)].append(use)
    live = [term for term in glossary.terms if term.status is not TermStatus.DEPRECATED]
    inside = _inside([term for term in live if id(term) not in uses], texts)
    entries = tuple(Entry(term, tuple(uses.get(id(term), ())), inside.get(id(term), 0)) for term in live)
    return Coverage(entries, tuple(names), len(texts))


def occurrences(documents: Iterable[tuple[str, Bitext]], glossary: Glossary, term: Term) -> Iterator[Use]:
    """Every occurrence of one term of `glossary` in translated documents, given by name, as they come."""
    form = normal_form(term.source)
    for name, bitext in documents:
        forms = normal_forms([unit.source.string for unit in bitext.units])
        holding = tuple(unit for unit, text in zip(bitext.units, forms, strict=True) if form in text)
        for _, rows in _units(name, replace(bitext, units=holding), glossary):
            yield from (use for found, use in rows if found == term)


Sentence = tuple[str, list[tuple[Term, Use]]]
"""A source sentence and the terms in it."""


def _plain(name: str, document: Document, glossary: Glossary, rules: Rules | None) -> Iterator[Sentence]:
    for block, spans in units_of(document, rules or Rules()):
        for span in spans:
            source = span.of(block.text.string)
            line = next((at.line for at in locators_of(block, span)), None)
            yield (
                source,
                [
                    (match.term, Use(name, "", line, source, match.span, "", None, Outcome.UNTRANSLATED))
                    for match in glossary.match(source)
                ],
            )


def _units(name: str, bitext: Bitext, glossary: Glossary) -> Iterator[Sentence]:
    for unit in bitext.units:
        matches = glossary.match(unit.source.string)
        yield unit.source.string, [*_uses(name, unit, matches)] if matches else []


def _uses(name: str, unit: Unit, matches: Iterable[TermMatch]) -> Iterator[tuple[Term, Use]]:
    """The occurrences in a unit, held against its English as it is now: people and glossaries change."""
    source, target = unit.source.string, unit.target.string
    slots = [Slot(match.span, match.span.of(source), match.term.renderings, match.term) for match in matches]
    verdict = said(target, slots)
    wrong = {slot.source: span.of(target) for slot, span in verdict.forbidden}
    how = {use.span: use.outcome for use in unit.terms}
    line = next((at.line for at in unit.source_locators), None)
    for slot, place in verdict.found:
        assert slot.term is not None
        forbidden = wrong.get(slot.source, "")
        outcome = _outcome(unit, how.get(slot.span), obeyed=place is not None and not forbidden)
        yield slot.term, Use(name, unit.id, line, source, slot.span, target, place, outcome, forbidden)


def _outcome(unit: Unit, recorded: TermOutcome | None, *, obeyed: bool) -> Outcome:
    """What became of an occurrence; how the machine did it is what it recorded, if that still stands."""
    if not unit.target.string:
        return Outcome.UNTRANSLATED
    by_hand = unit.touched and unit.target not in {candidate.target for candidate in unit.candidates}
    if by_hand:
        return Outcome.BY_HAND if obeyed else Outcome.OTHERWISE
    if not obeyed:
        return Outcome.MISSING
    if recorded is None or recorded is TermOutcome.MISSING:
        return Outcome.NATURAL
    return Outcome(recorded.value)


def _inside(terms: Iterable[Term], texts: Iterable[str]) -> Mapping[int, int]:
    """How often terms that never occur on their own stand inside longer terms or words, by the term's id()."""
    from ahocorasick_rs import AhoCorasick

    by_form: dict[str, list[int]] = defaultdict(list)
    for term in terms:
        by_form[normal_form(term.source)].append(id(term))
    if not by_form:
        return {}
    forms = [*by_form]
    automaton = AhoCorasick(forms)
    counts: Counter[int] = Counter()
    for text in texts:
        for index, _, _ in automaton.find_matches_as_indexes(normal_form(text), overlapping=True):
            counts.update(by_form[forms[index]])
    return counts
