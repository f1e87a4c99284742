"""What is settled in a sentence before it is translated: its glossary terms and its personal names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bilingual import names
from bilingual.bitext import Flag, FlagKind, Span, Term, TermKind, TermMatch
from bilingual.glossary import Glossary
from bilingual.glossary.ordinary import is_ordinary
from bilingual.names import NOBODY, People
from bilingual.terminology.doubts import near_matches, unknown_names, unsure_names
from bilingual.terminology.protect import Slot

_MISPRINT = ("misprint:", "uncertain misprint:")


def meet(sentences: Iterable[str], glossary: Glossary) -> People:
    """The people of the document made of `sentences`, those the glossary has among them."""
    sentences = tuple(dict.fromkeys(sentences))
    matches = (match.term for sentence in sentences for match in glossary.match(sentence))
    return names.meet(sentences, {term.source: term.target for term in matches if term.kind is TermKind.PERSON})


def find_slots(sentence: str, glossary: Glossary, people: People = NOBODY) -> tuple[tuple[Slot, ...], tuple[Flag, ...]]:
    """The slots of `sentence` in order, none across another, and the flags for what its wording leaves in doubt.

    `people` are those of its document: a name that is sure elsewhere is so here, and 林斯 is who 罗尼·林斯 is.
    """
    exact = glossary.match(sentence)
    near, flags = near_matches(sentence, glossary, exact)
    slots = [_glossed(_term_slot(match, sentence), sentence) for match in (*_without(exact, near), *near)]
    settled = [slot.span for slot in slots]
    found = [name for name in names.find_names(sentence, people) if not _covered(name.span, settled)]
    slots += _name_slots([name.span for name in found if name.settled], sentence, settled)
    taken = [*(slot.span for slot in slots), *(name.span for name in found)]
    slots += [
        Slot(span, span.of(sentence), (english,), kind="name")
        for span, english in names.find_parts(sentence, people)
        if not _covered(span, taken)
    ]
    slots = list(_said_once(sorted(slots, key=lambda slot: slot.span.start), sentence))
    unknown = unknown_names(sentence, [slot.span for slot in slots])
    return tuple(slots), (*flags, *_misprints(exact), *unsure_names(sentence, found), *unknown)


def _said_once(slots: Sequence[Slot], sentence: str) -> Iterator[Slot]:
    """The slots, a name with its short form in brackets as one where both have the same English."""
    before: Slot | None = None
    for slot in slots:
        if before and _brackets(sentence, before, slot) and before.renderings[0].lower() == slot.renderings[0].lower():
            span = Span(before.span.start, slot.span.end + 1)
            before = replace(before, span=span, source=span.of(sentence))
            continue
        if before:
            yield before
        before = slot
    if before:
        yield before


def _brackets(sentence: str, name: Slot, other: Slot) -> bool:
    """Whether the other stands right behind the name and alone in brackets."""
    opening = sentence[name.span.end : other.span.start]
    return opening in {"(", "（"} and sentence[other.span.end : other.span.end + 1] in {")", "）"}


def _covered(span: Span, spans: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in spans)


def _name_slots(spans: Sequence[Span], sentence: str, settled: Sequence[Span]) -> Iterator[Slot]:
    """A slot for each name with the style behind it, and one for names that stand side by side."""
    for group in names.side_by_side(sentence, spans):
        if len(group) > 1:
            span = Span(group[0].start, group[-1].end)
            renderings: tuple[str, ...] = (names.listed([names.personal_name(one.of(sentence)) for one in group]),)
        else:
            span, renderings = names.spoken(sentence, group[0])
            if _covered(span, settled):
                span, renderings = group[0], renderings[-1:]
        yield Slot(span, span.of(sentence), renderings, kind="name")


def _without(exact: Iterable[TermMatch], near: Iterable[TermMatch]) -> Iterator[TermMatch]:
    """The exact matches that do not lie inside a near match: a part of a misprinted title is no term of its own."""
    spans = [match.span for match in near]
    return (match for match in exact if not any(match.span.overlaps(span) for span in spans))


def _term_slot(match: TermMatch, sentence: str) -> Slot:
    term = match.term
    return Slot(match.span, match.span.of(sentence), term.renderings, term, ordinary=is_ordinary(term))


def _glossed(slot: Slot, sentence: str) -> Slot:
    """The slot with the English that the source itself puts behind it in brackets, where that is a right rendering: it
    is said once, and so."""
    found = _GLOSS.match(sentence, slot.span.end)
    said = found[1].lower().removeprefix("the ") if found else ""
    own = [rendering for rendering in slot.renderings if rendering.lower() == said]
    if not found or not own:
        return slot
    span = Span(slot.span.start, found.end())
    return replace(slot, span=span, source=span.of(sentence), renderings=tuple(dict.fromkeys((*own, *slot.renderings))))


_GLOSS = re.compile(r"\s*[(（]\s*([A-Za-z][^()（）]*?)\s*[)）]")


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
