"""Small numbers, which either language may leave out: wrong only where another small one stands for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilingual.numbers.facts import Key, facts, said_by
from bilingual.numbers.quantities import Quantity, QuantityKind

SMALLEST_SPELT = 11
"""A spelt number of the target below this needs no explanation: English says "the two", "one of them" by itself."""
_FEWEST = 2


def small_ones(
    source: Sequence[Quantity], target: Sequence[Quantity], explained: set[Key]
) -> Iterator[tuple[Quantity, Quantity]]:
    """A small number that is said nowhere, and the small spelt one that nothing explains: 四名 and "six"."""
    said = {key for quantity in target for key in said_by(quantity)}
    for kind in (QuantityKind.CARDINAL, QuantityKind.ORDINAL):
        small = [q for q in source if q.optional and _counts_as(q, kind) and _is_plain(q)]
        lost = [q for q in small if said.isdisjoint(key for fact in facts(q) for key in fact.keys)]
        spelt = [q for q in target if q.spelt and q.kind is kind and _FEWEST < q.values[0] < SMALLEST_SPELT]
        alien = [q for q in spelt if explained.isdisjoint(said_by(q))]
        if len(lost) == len(alien) == 1:
            yield lost[0], alien[0]


def _is_plain(quantity: Quantity) -> bool:
    """Whether English would say the number: 一个 is often an article."""
    return quantity.values[0] > 1 or quantity.kind is not QuantityKind.CARDINAL


def _counts_as(quantity: Quantity, kind: QuantityKind) -> bool:
    return quantity.kind is kind or (kind is QuantityKind.CARDINAL and quantity.kind is QuantityKind.DURATION)
