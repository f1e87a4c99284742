"""People with their offices: 某某研究所执行主任某某 is one thing in English, “… Institute Executive Director …”.

An engine that sees two placeholders with an office between them mixes up who holds what; said as one, it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bilingual.bitext import Span, TermKind
from bilingual.formulas import office
from bilingual.terminology.protect import Slot

_BODIES = frozenset({TermKind.ORGANISATION, TermKind.EVENT})


def titled(source: str, slots: Sequence[Slot]) -> Iterator[Slot]:
    """A slot for each body, office and person that stand together in `source`; its `parts` are the two slots in it."""
    for body, person in pairwise(slots):
        english = office(source[body.span.end : person.span.start])
        if english and _is_body(body) and _is_person(person):
            span = Span(body.span.start, person.span.end)
            words = f"{body.renderings[0]} {english} {person.renderings[0]}"
            yield Slot(span, span.of(source), (words,), kind="titled", parts=(body, person))


def _is_body(slot: Slot) -> bool:
    return slot.term is not None and slot.term.kind in _BODIES


def _is_person(slot: Slot) -> bool:
    return slot.kind == "name" or (slot.term is not None and slot.term.kind is TermKind.PERSON)
