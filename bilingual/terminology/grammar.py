"""The article before an enforced term.

A placeholder looks like a name to the engine, so it gives no article: "held at T1X". Which one English wants depends on
the sentence; the engine itself tells, by its score of the original source with each of the forms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from bilingual import english
from bilingual.bitext import Span, Term, TermKind, TermStatus
from bilingual.engines import Engine, Trace
from bilingual.phrasing import for_engine
from bilingual.terminology.protect import Slot

Sentence = tuple[str, str, tuple[tuple[Slot, Span], ...]]
"""Source, target, and the slots that we put into the target, each with its place there."""

NAMED = 0.1
"""How likely the engine must find "the" before a name: a placeholder's rendering surprises it either way, so that an
article it finds possible at all is wanted."""

COMMON = 0.3
"""The same before a common phrase: many of them name what cannot be counted."""

_BARE_KINDS = frozenset({TermKind.PERSON, TermKind.PLACE, TermKind.ABBREVIATION})
_NAMED = frozenset({TermKind.ORGANISATION, TermKind.EVENT, TermKind.DOCUMENT, TermKind.INITIATIVE, TermKind.PROGRAMME})
_PREPOSITIONS = (
    "of|in|for|to|with|on|at|by|and|or|as|from|under|between|into|that|than|via|through|if|when|while|about|above|across"
    "|after|against|along|among|around|because|before|behind|below|beyond|but|concerning|despite|during|including|like"
    "|near|nor|off|once|onto|over|per|regarding|since|so|throughout|till|toward|towards|unless|until|upon|whether|which"
    "|who|whom|whereas|where|within|without|not|also"
)
_AUXILIARIES = "is|was|are|were|be|been|being|has|have|had|will|would|can|could|should|may|might|must|shall"
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|this|these|those|many|several|few|various|numerous|its|their|his|her|our|your|my|each|every|any|some|no|both|another|such|whose"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)|\d|['’]s?)\s+"
    rf"(?:(?!(?:{_PREPOSITIONS}|{_AUXILIARIES})\s)[\w-]+\s+){{0,2}}[“\"‘']?$",
    re.IGNORECASE,
)


_ARTICLE = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
"""An admitted rendering may bring its article along."""

OPEN = re.compile(
    rf"(?:^|[^\w\s\"“‘'’$€£¥/-]\s*|[/-]\s+|\b(?:{_PREPOSITIONS}|{_AUXILIARIES}"
    r"|implement|represent|establish|publish|join|sign"
    r"|\w+(?:ing|ed|s|ve|te|ze|ld|rt|se|en|ch))\s+)[\"“‘]?$",
    re.IGNORECASE,
)
"""Ends of text behind which a name or a noun can begin."""


Spot = tuple[Slot, Span, str | None]
"""A slot, its place, and the article it wants, with its space; None where the engine is to tell."""


def settle_articles(engine: Engine, sentences: Sequence[Sentence]) -> list[str]:
    """The targets with an article before each enforced term that wants one.

    Where there is a choice, every such term of a sentence is given "the" at once, and the engine asked how likely it
    finds each of them there: one reading a sentence, whatever the number of terms.
    """
    wanted = [list(_wanted(target, placed)) for _, target, placed in sentences]
    open_ = [row for row, spots in enumerate(wanted) if any(form is None for _, _, form in spots)]
    if "trace" in engine.capabilities:
        tried = [_with_the(sentences[row][1], wanted[row]) for row in open_]
        sources = [for_engine(sentences[row][0]) for row in open_]
        traces = engine.trace([(source, text) for source, (text, _) in zip(sources, tried, strict=True)])
        for row, (_, places), trace in zip(open_, tried, traces, strict=True):
            wanted[row] = list(_told(wanted[row], places, trace))
    settled = [_settled(target, spots) for (_, target, _), spots in zip(sentences, wanted, strict=True)]
    slots = [[slot for slot, _ in placed] for _, _, placed in sentences]
    return [_agreeing(_definite(text, own), own) for text, own in zip(settled, slots, strict=True)]


def _told(spots: Sequence[Spot], places: Sequence[Span], trace: Trace) -> Iterator[Spot]:
    """The spots with what the engine says of those that were open."""
    for (slot, spot, form), place in zip(spots, places, strict=True):
        likely = math.exp(sum(found for span, found in trace if span.overlaps(place)))
        least = COMMON if slot.renderings[0][:1].islower() else NAMED
        yield slot, spot, form if form is not None else "the " if likely >= least else ""


def _wanted(target: str, placed: Iterable[tuple[Slot, Span]]) -> Iterator[Spot]:
    """The spots without an article that may want one, in their order."""
    for slot, spot in sorted(placed, key=lambda place: place[1].start):
        before = target[: spot.start]
        if (
            slot.term is None
            or goes_bare(slot.term)
            or _DETERMINED.search(before)
            or _ARTICLE.match(target, spot.start)
        ):
            continue
        always = _always(slot)
        if always or OPEN.search(before):
            yield slot, spot, always or None


def _always(slot: Slot) -> str:
    """The article that needs no asking: where an admitted rendering is the preferred one behind "a" or "the", English
    never goes without, and a name of several words ("World Internet Conference") takes "the"."""
    rendering = slot.renderings[0]
    for form in ("a ", "an ", "the "):
        if f"{form}{rendering}" in slot.renderings:
            return form
    return "the " if _is_title(slot) else ""


def _with_the(target: str, spots: Sequence[Spot]) -> tuple[str, list[Span]]:
    """The target as far as its last spot, with the article at every one, and where the articles stand."""
    given = [(slot, spot, "the " if form is None else form) for slot, spot, form in spots]
    places, shift = [], 0
    for _, spot, form in given:
        start = _start(target, spot) + shift
        places.append(Span(start, start + max(1, len(form) - 1)))
        shift += len(form)
    return _settled(target, given)[: spots[-1][1].end + shift], places


def _settled(target: str, spots: Sequence[Spot]) -> str:
    """The target with the article of each spot."""
    for slot, spot, form in reversed(spots):
        target = _with(target, slot, spot, form or "")
    return target


def _definite(target: str, slots: Iterable[Slot]) -> str:
    """The target with "the" for "a" before a title: there is one Global Initiative on Data Security. Where the title
    describes a noun after it ("a World Internet Conference forum"), it is left."""
    for slot in slots:
        name = slot.renderings[0]
        if _is_title(slot) and not any(_ARTICLE.match(rendering) for rendering in slot.renderings):
            pattern = rf"\b([Aa])n?(?= [“\"‘']?{re.escape(name)}[”\"’']?(?:[^\w\s]|\s+(?:{_FUNCTION})\b|\s*$))"
            target = re.sub(pattern, lambda found: "The" if found[1] == "A" else "the", target)
    return target


def _agreeing(target: str, slots: Iterable[Slot]) -> str:
    """The target with the verb right behind a plural term in the plural, where the term is plainly its subject."""
    for slot in slots:
        if slot.plural:
            pattern = rf"({_SUBJECT}{re.escape(slot.renderings[0])}[”\"’]? )({'|'.join(_PLURAL)})\b(?! of\b)"
            target = re.sub(pattern, lambda found: found[1] + _PLURAL[found[2]], target, flags=re.IGNORECASE)
    return target


_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do", "shows": "show", "includes": "include",
           "remains": "remain", "continues": "continue", "provides": "provide", "plays": "play"}  # fmt: skip
_SUBJECT = (
    r"(?:^|[.;:,!?][\"”’]? |\b(?:that|but|when|while|because|if|where|whether) )[\"“‘#-]*\s?"
    r"(?:(?:the|these|those|all|some|such|\d[\d,.]*) )?[\"“‘]?"
)


_FUNCTION = (
    "of|in|for|to|with|on|at|by|and|or|as|from|under|between|into|that|which|who|is|was|are|were|has|have|had|will|would"
    "|can|could|should|may|aims?|aimed|provides?|provided|held|issued|adopted|proposed|launched|signed|released|said"
)


def _is_title(slot: Slot) -> bool:
    """Whether it is a name of several words that English gives "the"."""
    name = slot.renderings[0]
    return slot.term is not None and slot.term.kind in _NAMED and " " in name and not name[:1].islower()


def _start(target: str, spot: Span) -> int:
    """Where the article of a spot goes: before the quotation mark that opens there."""
    return spot.start - 1 if target[spot.start - 1 : spot.start] in {"“", "‘", '"'} else spot.start


def goes_bare(term: Term) -> bool:
    """Whether a term never has an article: people, places, abbreviations, and what is not translated."""
    return term.kind in _BARE_KINDS or term.status is TermStatus.KEEP


def _with(target: str, slot: Slot, spot: Span, form: str) -> str:
    """The target with `form` before `spot`; where a sentence begins the capital moves to it from a common word."""
    if not form:
        return target
    start = _start(target, spot)
    if not english.begins_sentence(target[:start]):
        return target[:start] + form + target[start:]
    rest = target[spot.start :]
    if slot.renderings[0][:1].islower():
        rest = rest[:1].lower() + rest[1:]
    return target[:start] + form.capitalize() + target[start : spot.start] + rest
