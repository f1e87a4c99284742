"""Placeholders: what must come out as settled is hidden from the engine and put back afterwards.

A placeholder such as ` T1X ` goes through the engine unchanged far more often than a symbol or the English words
themselves. `restore` is the inverse of `protect`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bilingual import english
from bilingual.bitext import Span, Term, TermKind

SHAPES = ("T{}X", "Z{}Z")
"""Shapes of placeholder, the one that survives best first: of nine tried on 160 sentences of the HKMA report of
2016 (218 terms), T{}X lost 4, Q{} 5, A{}B 6, T{} 7, T-{} 10, Z{}Z 11, X{} 14, N{} 16, XX{} 30. The second is to be as
unlike the first as it can."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the source whose English is settled: a term (then `term` says which), a name or a number.

    `renderings` are the ways to say it that are right, the preferred one first. `parts` are slots that are said in one.
    What is `ordinary` (a verb, a particle) is never hidden: no placeholder can stand for it.
    """

    span: Span
    source: str
    renderings: tuple[str, ...]
    term: Term | None = None
    kind: str = "term"
    parts: tuple[Slot, ...] = ()
    ordinary: bool = False

    @property
    def case(self) -> bool:
        """Whether the letters must be kept as they are."""
        return self.term is not None and self.term.case

    @property
    def plural(self) -> bool:
        """Whether the rendering looks like a plural noun: its placeholder is then one too, so that the verb agrees."""
        head = self.renderings[0].split(" of ")[0].split(" on ")[0]
        last = head.rsplit(maxsplit=1)[-1] if head else ""
        name = self.term is not None and self.term.kind is not TermKind.PHRASE and not head[:1].islower()
        return (
            self.kind == "term"
            and last[:1].islower()
            and not name
            and last.endswith("s")
            and not last.endswith(("ss", "ics", "us", "'s", "’s"))
        )


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with placeholders, and what each stands for, in the order of the source."""

    text: str
    marks: tuple[tuple[str, Slot], ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A translation with the renderings in place. `lost` are slots whose placeholder did not come back, `extra` is
    how many came back more often than they went in."""

    text: str
    lost: tuple[Slot, ...]
    extra: int


def protect(text: str, slots: Sequence[Slot], shape: str = SHAPES[0]) -> Protected:
    """`text` with a placeholder at each slot; slots are in order and do not overlap."""
    while re.search(shape.format(r"\d+"), text):
        shape = f"Q{shape}"
    marks = tuple((shape.format(number), slot) for number, slot in enumerate(slots, start=1))
    pieces: list[str] = []
    end = 0
    for mark, slot in marks:
        pieces += [text[end : slot.span.start], f" {mark}{'s' if slot.plural else ''} "]
        end = slot.span.end
    return Protected("".join([*pieces, text[end:]]), marks)


def restore(protected: Protected, output: str) -> Restored:
    """The engine's `output` with each placeholder replaced by its slot's preferred rendering, as English wants it."""
    lost: list[Slot] = []
    extra = 0
    for mark, slot in protected.marks:
        output, found = _standing(mark).subn(partial(_plain, mark, slot), output)
        if not found:
            lost.append(slot)
        extra += max(0, found - 1)
        for _ in range(found):
            output, _span = english.place(output, mark, slot.renderings[0])
    return Restored(output, tuple(lost), extra)


def unprotect(protected: Protected) -> str:
    """The source again: the exact inverse of `protect`."""
    text = protected.text
    for mark, slot in reversed(protected.marks):
        text = text.replace(f" {mark}{'s' if slot.plural else ''} ", slot.source)
    return text


def _plain(mark: str, slot: Slot, found: re.Match[str]) -> str:
    """The placeholder as it is looked for: with the plural that the engine hung on it, but not with our own."""
    return f"{mark}s" if found[0][-1:].lower() == "s" and not slot.plural else mark


def _standing(mark: str) -> re.Pattern[str]:
    """A placeholder as engines give it back: in any case (t1x), or with the plural hung on it (T1Xs)."""
    return re.compile(rf"(?<![A-Za-z0-9]){mark}s?(?![A-Za-z0-9])", re.IGNORECASE)
