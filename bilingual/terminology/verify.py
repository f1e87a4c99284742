"""Whether a translation says what is settled: every term, name and number, and none of what is forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilingual import numbers
from bilingual.bitext import Span
from bilingual.glossary import find_rendering
from bilingual.terminology.protect import Slot


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: for each slot where its rendering stands (None: missing), the number problems, and what is
    forbidden and stands there all the same."""

    found: tuple[tuple[Slot, Span | None], ...]
    numbers: tuple[numbers.Problem, ...]
    forbidden: tuple[tuple[Slot, Span], ...]

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The slots whose rendering is nowhere."""
        return tuple(slot for slot, span in self.found if span is None)

    @property
    def lost(self) -> tuple[Slot, ...]:
        """Those of the missing that no sentence says in another way: all but ordinary words."""
        return tuple(slot for slot in self.missing if not slot.ordinary)

    @property
    def faults(self) -> int:
        """How many things are wrong that must never be wrong."""
        return len(self.lost) + len(self.forbidden) + sum(p.severity == "major" for p in self.numbers)


def verify(source: str, target: str, slots: Sequence[Slot], yuan: str = "yuan") -> Verdict:
    """Hold `target` against the `slots` of `source`, each occurrence for itself, and its numbers; `yuan` is what 元
    alone means there."""
    told = said(target, slots)
    free_source = _blank(source, [slot.span for slot in slots])
    free_target = _blank(target, [span for _, span in told.found if span is not None])
    return replace(told, numbers=tuple(numbers.compare(free_source, free_target, yuan=yuan)))


def said(target: str, slots: Sequence[Slot]) -> Verdict:
    """The same for the slots alone: its numbers are not looked at."""
    claimed = _claim(target, slots)
    spans = [span for span in claimed if span is not None]
    return Verdict(tuple(zip(slots, claimed, strict=True)), (), tuple(_forbidden(target, slots, spans)))


def spelt(target: str, verdict: Verdict) -> str:
    """The target with apostrophes and hyphens inside each term as the glossary writes them (Standard & Poor’s). Nothing
    changes its place."""
    for slot, span in verdict.found:
        if span is not None and slot.term is not None:
            written = span.of(target)
            own = (r for r in slot.renderings if len(r) == len(written) and _plain(r) == _plain(written))
            for rendering in own:
                marked = "".join(o if o in _MARKS else w for w, o in zip(written, rendering, strict=True))
                target = target[: span.start] + marked + target[span.end :]
                break
    return target


_MARKS = {**dict.fromkeys("‘’", "'"), **dict.fromkeys("‐‑–—", "-")}
"""Marks that look alike, and what they are taken for. Quotation marks follow the text around them instead."""


def _plain(words: str) -> str:
    return "".join(_MARKS.get(char, char) for char in words).lower()


def _claim(target: str, slots: Sequence[Slot]) -> list[Span | None]:
    """One place of the target for each slot, none used twice; the longest renderings choose first.

    A name that stands inside a longer one ("Wuzhen" in "Wuzhen Summit") is not a place for the shorter term.
    """
    wanted = sorted(
        ((len(rendering), -place, rendering) for place, slot in enumerate(slots) for rendering in slot.renderings),
        reverse=True,
    )
    claimed: list[Span | None] = [None] * len(slots)
    for _, negative, rendering in wanted:
        place = -negative
        if claimed[place] is None:
            spots = find_rendering(target, rendering, case=slots[place].case)
            free = (spot for spot in spots if not any(c is not None and c.overlaps(spot) for c in claimed))
            claimed[place] = next(free, None)
    return claimed


def _forbidden(target: str, slots: Sequence[Slot], claimed: Sequence[Span]) -> list[tuple[Slot, Span]]:
    wrong: list[tuple[Slot, Span]] = []
    for slot in {slot.source: slot for slot in slots if slot.term is not None}.values():
        assert slot.term is not None
        for rendering in slot.term.forbidden:
            for spot in find_rendering(target, rendering, case=slot.case):
                if not any(_is_of(spot, other) for other in (*claimed, *(span for _, span in wrong))):
                    wrong.append((slot, spot))
    return wrong


def _is_of(spot: Span, other: Span) -> bool:
    """Whether it is a part of the other, or crosses it; “Economic Cooperation Organization” is not of what it holds."""
    return spot.overlaps(other) and not (spot.start <= other.start and other.end <= spot.end and len(other) < len(spot))


def _blank(text: str, spans: Sequence[Span]) -> str:
    """The text with what stands at `spans` blotted out, offset by offset."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = "※" * len(span)
    return "".join(chars)
