"""The article before an enforced term.

A placeholder looks like a name to the engine, so it gives no article: "held at T1X". Which one English wants depends on
the sentence; the engine itself tells, by its score of the original source with each of the forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bilingual import english
from bilingual.bitext import Span, Term, TermKind, TermStatus
from bilingual.engines import Engine
from bilingual.phrasing import for_engine
from bilingual.terminology.protect import Slot

Sentence = tuple[str, str, tuple[tuple[Slot, Span], ...]]
"""Source, target, and the slots that we put into the target, each with its place there."""

Form = tuple[str, float]
"""An article with its space ("" for none), and what is added to its score."""

THE = 0.05
"""How much a title with its article may score below the same without: titles of several words want theirs."""

COMMON = -0.02
"""What an article before a common phrase must win by: many of them name what cannot be counted."""

_BARE_KINDS = frozenset({TermKind.PERSON, TermKind.PLACE, TermKind.ABBREVIATION})
_NAMED = frozenset({TermKind.ORGANISATION, TermKind.EVENT, TermKind.DOCUMENT, TermKind.INITIATIVE, TermKind.PROGRAMME})
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|its|their|his|her|our|your|my|each|every|any|some|no|both|another|such|whose"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)|\d|['’]s?)\s+"
    r"(?:(?!(?:of|in|for|to|with|on|at|by|and|or|as|from|is|was|are|were|under|between|into|that)\s)[\w-]+\s+){0,2}[“\"‘']?$",
    re.IGNORECASE,
)


_ARTICLE = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
"""An admitted rendering may bring its article along."""

_OPEN = re.compile(
    r"(?:^|[^\w\s\"“‘'’]\s*|\b(?:of|in|for|to|with|on|at|by|and|or|as|from|under|between|into|is|was|are|were|be|that|than|via"
    r"|through|if|when|while|\w+(?:ing|ed|es|ts|ve|te|ze|ld|rt|se|en|ch|ss))\s+)[\"“‘]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:\W*\w+){0,2}")


def settle_articles(engine: Engine, sentences: Sequence[Sentence]) -> list[str]:
    """The targets with an article before each enforced term that wants one."""
    targets = [target for _, target, _ in sentences]
    if "score" not in engine.capabilities:
        return targets
    variants = [(row, slot, spot, form, bonus) for row, (_, target, placed) in enumerate(sentences)
                for slot, spot in placed
                if not _DETERMINED.search(target[: spot.start]) and not _ARTICLE.match(target, spot.start)
                for form, bonus in _weighed(_forms(slot), target[: spot.start])]  # fmt: skip
    alone = Counter((row, slot, spot) for row, slot, spot, _, _ in variants)
    pairs = [
        (for_engine(sentences[row][0]), _with(_until(targets[row], spot), slot, spot, form))
        for row, slot, spot, form, _ in variants
    ]
    # Each pair once (the form without an article is the same for every spot), and none where there is no choice.
    each = list(dict.fromkeys(pair for pair, variant in zip(pairs, variants, strict=True) if alone[variant[:3]] > 1))
    scores = dict(zip(each, engine.score(each), strict=True))
    best: dict[tuple[int, Slot, Span], tuple[float, str]] = {}
    for (row, slot, spot, form, bonus), pair in zip(variants, pairs, strict=True):
        key = (row, slot, spot)
        best[key] = max(best.get(key, (float("-inf"), "")), (scores.get(pair, 0.0) + bonus, form))
    for (row, slot, spot), (_, form) in sorted(best.items(), key=lambda item: -item[0][2].start):
        targets[row] = _with(targets[row], slot, spot, form)
    return targets


def _weighed(forms: tuple[Form, ...], before: str) -> tuple[Form, ...]:
    """The forms, where an article could stand behind `before`: not behind a word that describes what follows."""
    return forms if len(forms) < 2 or _OPEN.search(before) else ()


def _forms(slot: Slot) -> tuple[Form, ...]:
    """The articles to weigh before a slot's rendering, each with what is added to its score; none: leave it.

    One form alone needs no weighing: an admitted rendering that is the preferred one behind "a" or "the" says that
    English never goes without, and a name of several words ("World Internet Conference") takes "the".
    """
    rendering = slot.renderings[0]
    if slot.term is None or _goes_bare(slot.term) or re.match(r"(?:the|an?)\s", rendering, re.IGNORECASE):
        return ()
    given = [form for form in ("a ", "an ", "the ") if f"{form}{rendering}" in slot.renderings]
    if given:
        return ((given[0], 0.0),)
    if rendering[:1].islower():
        return (("", 0.0), ("the ", COMMON))
    if " " in rendering and slot.term.kind in _NAMED:
        return (("the ", 0.0),)
    return (("", 0.0), ("the ", THE if " " in rendering else 0.0))


def _goes_bare(term: Term) -> bool:
    return term.kind in _BARE_KINDS or term.status is TermStatus.KEEP


def _until(target: str, spot: Span) -> str:
    """The target as far as the article can be told by it: what comes long after does not change, and costs time."""
    found = _AFTER.match(target, spot.end)
    return target[: found.end()] if found else target


def _with(target: str, slot: Slot, spot: Span, form: str) -> str:
    """The target with `form` before `spot`; where a sentence begins the capital moves to it from a common word."""
    if not form:
        return target
    start = spot.start - 1 if target[spot.start - 1 : spot.start] in {"“", "‘", '"'} else spot.start
    if not english.begins_sentence(target[:start]):
        return target[:start] + form + target[start:]
    rest = target[spot.start :]
    if slot.renderings[0][:1].islower():
        rest = rest[:1].lower() + rest[1:]
    return target[:start] + form.capitalize() + target[start : spot.start] + rest
