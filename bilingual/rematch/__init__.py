"""Finding units again after their source has changed: which of today's units was which of yesterday's."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """What a unit is known by: its id, and the hashes of its source and of its neighbours' ("" at an end)."""

    id: str
    source: str
    before: str
    after: str


def keys_of(units: Sequence[tuple[str, str]]) -> list[Keys]:
    """The keys of the units of one document, given as (id, source) in reading order."""
    hashes = ["", *(_hash(source) for _, source in units), ""]
    return [Keys(name, hashes[i + 1], hashes[i], hashes[i + 2]) for i, (name, _) in enumerate(units)]


def rematch(old: Sequence[Keys], new: Sequence[Keys]) -> list[int | None]:
    """For each new unit the index of the old one it is, or None.

    A unit keeps its identity only while its source keeps its words. The surest sign comes first: the same id; both
    neighbours the same; one of them; the words alone. Among equals the order of the page decides. No old unit is
    given twice.
    """
    found: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for sign in _SIGNS:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index in sorted(free):
            waiting[sign(old[index])].append(index)
        for row, keys in enumerate(new):
            if found[row] is None and (same := waiting.get(sign(keys))):
                found[row] = same.popleft()
        free -= {index for index in found if index is not None}
    return found


def new_id(wanted: str, source: str, taken: Iterable[str]) -> str:
    """An id that none of `taken` has: `wanted`, or one made from it and the source, the same on every run."""
    taken = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    name, count = wanted, 0
    while not name or name in taken:
        count += 1
        name = _hash(f"{wanted}\x00{source}\x00{count}")[:12]
    return name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_SIGNS: tuple[Callable[[Keys], Hashable], ...] = (
    lambda keys: (keys.id, keys.source),
    lambda keys: (keys.source, keys.before, keys.after),
    lambda keys: (keys.source, keys.before),
    lambda keys: (keys.source, keys.after, None),
    lambda keys: keys.source,
)
