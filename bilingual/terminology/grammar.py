"""The article before an enforced term.

A placeholder looks like a name to the engine, so it gives no article: "held at T1X". Which one English wants depends on
the sentence; the engine itself tells, by its score of the original source with each of the forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual import english
from bilingual.bitext import Span, TermKind
from bilingual.chinese import to_simplified
from bilingual.engines import Engine
from bilingual.glossary import find_rendering
from bilingual.terminology.protect import Slot

Sentence = tuple[str, str, tuple[Slot, ...]]
"""Source, target, and the slots that were put in by us."""

_BARE_KINDS = frozenset({TermKind.PERSON, TermKind.PLACE, TermKind.ABBREVIATION})
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|its|their|his|her|our|your|my|each|every|any|some|no|both|another|such|whose"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)|\d|['’]s?)\s+(?:[\w-]+\s+){0,2}[“\"‘']?$",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"[\w-]$")


def settle_articles(engine: Engine, sentences: Sequence[Sentence]) -> list[str]:
    """The targets with an article before each enforced term that wants one."""
    targets = [target for _, target, _ in sentences]
    if "score" not in engine.capabilities:
        return targets
    variants = [(row, spot, form) for row, (_, target, slots) in enumerate(sentences)
                for spot, forms in _open_spots(target, slots) for form in forms]  # fmt: skip
    pairs = [(to_simplified(sentences[row][0]), _with(targets[row], spot, form)) for row, spot, form in variants]
    each = list(dict.fromkeys(pairs))  # the form without an article is the same for every spot of a sentence
    scores = dict(zip(each, engine.score(each), strict=True))
    best: dict[tuple[int, Span], tuple[float, str]] = {}
    for (row, spot, form), pair in zip(variants, pairs, strict=True):
        best[row, spot] = max(best.get((row, spot), (float("-inf"), "")), (scores[pair], form))
    for (row, spot), (_, form) in sorted(best.items(), key=lambda item: -item[0][1].start):
        targets[row] = _with(targets[row], spot, form)
    return targets


def _open_spots(target: str, slots: Sequence[Slot]) -> list[tuple[Span, tuple[str, ...]]]:
    """Where an article could be missing, and the forms to weigh there."""
    spots: dict[Span, tuple[str, ...]] = {}
    for slot in slots:
        forms = _forms(slot)
        for spot in find_rendering(target, slot.renderings[0], case=slot.case) if len(forms) > 1 else ():
            before = target[: spot.start]
            if not _DETERMINED.search(before) and not any(spot.overlaps(other) for other in spots):
                spots[spot] = forms
    return list(spots.items())


def _forms(slot: Slot) -> tuple[str, ...]:
    rendering = slot.renderings[0]
    if slot.term is None or slot.term.kind in _BARE_KINDS or re.match(r"(?:the|an?)\s", rendering, re.IGNORECASE):
        return ("",)
    if rendering[:1].islower():
        singular = not rendering.split()[-1].endswith("s")
        return ("", "the ", f"{english.article(rendering)} ") if singular else ("", "the ")
    return ("", "the ")


def _with(target: str, spot: Span, form: str) -> str:
    """The target with `form` before `spot`; the capital of a sentence's first word moves to the article."""
    if not form:
        return target
    start = spot.start - 1 if target[spot.start - 1 : spot.start] in {"“", "‘"} else spot.start
    first = not target[:start].strip()
    return target[:start] + (form.capitalize() if first else form) + target[start:]
