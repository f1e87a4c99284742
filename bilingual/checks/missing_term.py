"""Is each term said as the glossary says it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from bilingual.bitext import Span, TermStatus, Unit
from bilingual.checks.context import Check, Context
from bilingual.checks.findings import Finding, Fix, Severity
from bilingual.checks.same_as_source import is_copied
from bilingual.chinese import to_simplified
from bilingual.glossary import find_rendering
from bilingual.terminology.protect import Slot

_CATEGORY = "terminology/inconsistent with terminology resource"
_WORD = re.compile(r"[^\W_]+")
_SMALL = ("a", "an", "the", "of", "for", "in", "on", "to", "and", "with", "at", "by")
_STEM = 4
_SHOWN = 3


def look(unit: Unit, context: Context) -> Iterator[Finding]:
    """Each term that is nowhere in the target, or in other letters.

    A term that occurs again may be “it”, so one that is said once is said. It is a hint where the words of a rendering
    are all there in another form or order (win-win … cooperation, Chinese for China), and where the entry is only
    proposed, an everyday word, or the end of a longer word. A forbidden rendering is told by its own check.
    """
    text = unit.target.string
    if not text.strip() or is_copied(unit):
        return
    verdict = context.verdict(unit)
    settled = {slot.source for slot, span in verdict.found if span} | {slot.source for slot, _ in verdict.forbidden}
    for slot in {slot.source: slot for slot in verdict.missing}.values():
        if slot.term is None or slot.source in settled or any(_is_written(text, r) for r in slot.renderings):
            continue
        yield _in_other_letters(unit, slot) or _missing(unit, slot)


def _missing(unit: Unit, slot: Slot) -> Finding:
    wanted = " or ".join(f"“{rendering}”" for rendering in slot.renderings[:_SHOWN])
    reason = f"“{slot.source}” is {wanted} in the glossary; the translation does not say it."
    severity = _severity(slot, unit.target.string, inside=_cuts_a_word(slot.span, unit.source.string))
    return Finding(unit.id, CHECK.name, severity, _CATEGORY, reason, slot.span)


def _severity(slot: Slot, text: str, *, inside: bool) -> Severity:
    sure = slot.term is not None and slot.term.status is not TermStatus.PROPOSED and not slot.ordinary
    derived = any(_derived(rendering).search(text) for rendering in slot.renderings)
    return Severity.WARNING if sure and not (inside or derived or _nearly_said(text, slot)) else Severity.HINT


def _cuts_a_word(span: Span, source: str) -> bool:
    """Whether the term only ends a word of the dictionary: 俄罗斯 in 白俄罗斯. What it begins is often still of it."""
    import rjieba

    edges = [*accumulate(map(len, rjieba.cut(to_simplified(source), False)), initial=0)]
    return any(start < span.start and span.end == end for start, end in pairwise(edges))


def _in_other_letters(unit: Unit, slot: Slot) -> Finding | None:
    """The finding of a term whose letters must be kept and are not: china-pakistan economic corridor."""
    text = unit.target.string
    spots = ((rendering, spot) for rendering in slot.renderings for spot in find_rendering(text, rendering))
    found = next(spots, None) if slot.case else None
    if found is None:
        return None
    rendering, spot = found
    reason = f"The glossary writes “{rendering}”."
    fit = spot.of(text).lower().startswith(rendering.lower())
    fix = Fix(Span(spot.start, spot.start + len(rendering)), rendering) if fit else None
    category = "linguistic conventions/spelling"
    return Finding(unit.id, CHECK.name, Severity.WARNING, category, reason, slot.span, spot, fix)


def _nearly_said(text: str, slot: Slot) -> bool:
    """Whether the words of a rendering all stand in the target, bent or in another order; one word is not enough."""
    there = {_stem(word) for word in _WORD.findall(text)}
    return any(
        len(words) > 1 and words <= there
        for rendering in slot.renderings
        for words in [{_stem(word) for word in _WORD.findall(rendering) if word.lower() not in _SMALL}]
    )


@lru_cache(maxsize=4096)
def _derived(rendering: str) -> re.Pattern[str]:
    """Another word made of a name: Chinese of China, Parisian of Paris; of a very short name nothing."""
    if len(rendering) < _STEM or not rendering.istitle():
        return re.compile(r"(?!)")
    stem = re.escape(rendering.rstrip("aeoy") if len(rendering) > _STEM else rendering)
    return re.compile(rf"\b{stem}\w?(?:n|an|ian|er|ese|ite|ish|ic)s?\b")


def _stem(word: str) -> str:
    """The beginning of a word, by which build, builds and building are one."""
    return word.lower()[: max(_STEM, len(word) - 3)]


def _is_written(text: str, rendering: str) -> bool:
    """Whether it stands there in capitals, as in a heading, or as an abbreviation with its dots: U.N. for UN."""
    if not rendering.isupper() and find_rendering(text, rendering.upper(), case=True):
        return True
    short = rendering.isalpha() and rendering.isupper() and len(rendering) <= _STEM
    return short and ".".join(rendering) + "." in text


CHECK = Check("missing_term", "terms of the glossary that are not said", look)
