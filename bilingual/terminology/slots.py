"""What is settled in a sentence before it is translated: its glossary terms and its personal names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilingual.bitext import Flag, FlagKind, Term, TermMatch
from bilingual.chinese import find_personal_names, personal_name
from bilingual.glossary import Glossary
from bilingual.terminology.doubts import near_matches, unknown_names
from bilingual.terminology.protect import Slot

_MISPRINT = ("misprint:", "uncertain misprint:")


def find_slots(sentence: str, glossary: Glossary) -> tuple[tuple[Slot, ...], tuple[Flag, ...]]:
    """The slots of `sentence` in order, none across another, and the flags for what its wording leaves in doubt."""
    exact = glossary.match(sentence)
    near, flags = near_matches(sentence, glossary, exact)
    slots = [_term_slot(match, sentence) for match in (*_without(exact, near), *near)]
    for span in find_personal_names(sentence):
        if not any(span.overlaps(slot.span) for slot in slots):
            name = span.of(sentence)
            slots.append(Slot(span, name, (personal_name(name),), kind="name"))
    slots.sort(key=lambda slot: slot.span.start)
    doubts = (*flags, *_misprints(exact), *unknown_names(sentence, [slot.span for slot in slots]))
    return tuple(slots), doubts


def _without(exact: Iterable[TermMatch], near: Iterable[TermMatch]) -> Iterator[TermMatch]:
    """The exact matches that do not lie inside a near match: a part of a misprinted title is no term of its own."""
    spans = [match.span for match in near]
    return (match for match in exact if not any(match.span.overlaps(span) for span in spans))


def _term_slot(match: TermMatch, sentence: str) -> Slot:
    return Slot(match.span, match.span.of(sentence), match.term.renderings, match.term)


def _misprints(matches: Iterable[TermMatch]) -> Iterator[Flag]:
    for match in matches:
        if reason := misprint(match.term):
            yield Flag(FlagKind.SOURCE, reason, match.span)


def misprint(term: Term) -> str:
    """What the glossary says of an entry that is a known misprint of another; empty where it is none."""
    for prefix in _MISPRINT:
        if term.note.startswith(prefix):
            sure = "" if prefix == _MISPRINT[0] else "perhaps "
            return f"“{term.source}”: {sure}{term.note.removeprefix(prefix).strip()}"
    return ""
