"""Which pieces of a page were torn apart? The pairs that belong together, each piece in one pair on each side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.bitext import Kind
from bilingual.documents.habits import Habits
from bilingual.documents.seams import (
    ACCEPT,
    NOT_FIRST,
    STRONG,
    Place,
    Seam,
    confidence,
    findings,
    long_enough,
    reason,
    score,
    unfinished,
)

if TYPE_CHECKING:
    from bilingual.documents.pieces import Piece

BODY = frozenset({Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM})
"""What stands in columns; the rest of a page lies between or around them."""

PAUSE = re.compile("[,，]")

WRITTEN_SO = 0.4
"""From this share of unfinished pieces on, a text is verse, a list or a table, and nothing in it is torn."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two pieces, by their places in the file, that belong together: how sure that is in [0, 1], and why."""

    tail: int
    head: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces that may belong together, with the log odds for it."""

    tail: int
    head: int
    score: float
    reason: str


def find_joins(pieces: list[Piece]) -> list[Join]:
    """The torn pieces of a page and what they go on in, best evidence first."""
    tails = torn_tails(pieces)
    if not tails:
        return []
    candidates = candidate_pairs(pieces, tails)
    chosen = assigned(candidates)
    return [Join(p.tail, p.head, confidence(p.score, rival(p, candidates, chosen)), p.reason) for p in chosen]


def goes_on(tail: Piece, head: Piece, habits: Habits) -> Join | None:
    """Whether `tail`, the last text of a column or page, goes on in `head`, which is known to be the next text read.

    The join (its places are 0 for the tail and 1 for the head) with its confidence and reason; None where the head
    begins a paragraph of its own. `habits` are those of the whole document: `Habits(piece.string for piece in …)`.
    """
    if not unfinished(tail) and not NOT_FIRST.match(head.string):
        return None
    found = findings(Seam(tail, head, Place.NEXT, habits, torn_page=True))
    own = score(found)
    return Join(0, 1, confidence(own, ACCEPT - 3), reason(found)) if own >= ACCEPT else None


def unmended(pieces: list[Piece], joins: list[Join]) -> set[int]:
    """The pieces of a torn page that stop in mid-sentence though nothing was found that goes on from them."""
    if not joins and not between_columns(pieces):
        return set()
    sure = {i for i in torn_tails(pieces) if pieces[i].kind is Kind.PARAGRAPH and long_enough(pieces[i])}
    return sure - {join.tail for join in joins}


def torn_tails(pieces: list[Piece]) -> list[int]:
    """The pieces of body text that stop in mid-sentence; none where the whole text is written like that."""
    body = [i for i, piece in enumerate(pieces) if piece.kind in {Kind.PARAGRAPH, Kind.LIST_ITEM}]
    cut = [i for i in body if unfinished(pieces[i])]
    certain = [i for i in cut if long_enough(pieces[i])]
    if not (certain or between_columns(pieces)) or len(cut) >= WRITTEN_SO * len(body):
        return []
    return sorted({*certain, *(i for i in cut if pieces[i].kind is Kind.PARAGRAPH), *stranded(pieces)})


def stranded(pieces: list[Piece]) -> Iterable[int]:
    """What looks like a heading but has no text under it, so that it may be the first line of a torn paragraph."""
    for i, piece in enumerate(pieces):
        under = pieces[i + 1].kind if i + 1 < len(pieces) else Kind.MARK
        if piece.kind is Kind.HEADING and (under not in BODY or PAUSE.search(piece.string)):
            yield i


def candidate_pairs(pieces: list[Piece], tails: list[int]) -> list[Pair]:
    """Every pair worth considering, with its score."""
    habits = Habits(piece.string for piece in pieces)
    places = list(possible(pieces, tails))
    torn_page = between_columns(pieces)
    pairs = [scored(pieces, tail, head, place, habits, torn_page=torn_page) for tail, head, place in places]
    if not torn_page and any(pair.score >= STRONG for pair in pairs):
        pairs = [scored(pieces, tail, head, place, habits, torn_page=True) for tail, head, place in places]
    return [pair for pair in pairs if pair.score >= needed(pieces[pair.tail])]


def needed(tail: Piece) -> float:
    """The least score that joins anything to this piece; what may be a heading has to show more."""
    return ACCEPT if tail.kind is Kind.PARAGRAPH else 3 * ACCEPT


def scored(pieces: list[Piece], tail: int, head: int, place: Place, habits: Habits, *, torn_page: bool) -> Pair:
    """The pair with what the evidence says."""
    found = findings(Seam(pieces[tail], pieces[head], place, habits, torn_page))
    return Pair(tail, head, score(found), reason(found))


def between_columns(pieces: list[Piece]) -> bool:
    """Whether something stands where it only gets when columns have been mixed up: a title under body text, or
    a caption, credit, mark or staff under a sentence that has no end."""
    furniture = {Kind.MARK, Kind.CAPTION, Kind.CREDIT, Kind.STAFF, Kind.BYLINE, Kind.TITLE}
    text_seen = False
    for before, piece in itertools.pairwise(pieces):
        sentence = before.kind is Kind.PARAGRAPH and long_enough(before)
        text_seen = text_seen or sentence or (before.kind is Kind.HEADING and bool(PAUSE.search(before.string)))
        if piece.kind in furniture and sentence and unfinished(before):
            return True
        if piece.kind is Kind.TITLE and text_seen:
            return True
    return False


def possible(pieces: list[Piece], tails: list[int]) -> Iterable[tuple[int, int, Place]]:
    """Every tail with every piece that could be its other half, and how the two stand in the file."""
    body = [i for i, piece in enumerate(pieces) if piece.kind in BODY]
    before = dict(zip(body[1:], body, strict=False))
    for tail in tails:
        for head in body:
            place = None if head == tail else place_of(pieces, tail, head, before.get(head))
            if place is not None:
                yield tail, head, place


def place_of(pieces: list[Piece], tail: int, head: int, before: int | None) -> Place | None:
    """How `head`, which follows the body text at `before`, stands to `tail`; None where it cannot go on from it."""
    if pieces[head].kind is Kind.LIST_ITEM:
        return None
    if before == tail and pieces[tail].kind is not Kind.HEADING:
        return Place.NEXT if head == tail + 1 else Place.NEXT_BODY
    if before is None:
        return Place.FILE_START
    if pieces[head - 1].kind not in BODY:
        return Place.RUN_START
    if pieces[before].kind is Kind.HEADING:
        return Place.UNDER_HEADING
    return Place.RUN_START if unfinished(pieces[before]) else Place.INSIDE


def assigned(candidates: list[Pair]) -> list[Pair]:
    """The pairs that together explain the page best: each piece goes on in one other and from one other, in no ring.

    The best pairs are taken first; then two are exchanged for two others as long as that gains.
    """
    chosen: dict[int, Pair] = {}
    for pair in sorted(candidates, key=lambda p: (-p.score, p.tail, p.head)):
        if pair.tail not in chosen and pair.head not in {p.head for p in chosen.values()}:
            chosen[pair.tail] = pair
    while better := exchange(chosen, candidates):
        chosen = better
    return without_rings(sorted(chosen.values(), key=lambda p: -p.score))


def exchange(chosen: dict[int, Pair], candidates: list[Pair]) -> dict[int, Pair] | None:
    """The choice with one pair put in for those it excludes (and the best one for the tail that loses its head), if
    the sum gains by it."""
    for pair in candidates:
        owner = next((p for p in chosen.values() if p.head == pair.head), None)
        if owner is pair:
            continue
        out = [p for p in (chosen.get(pair.tail), owner) if p is not None]
        rest = {tail: p for tail, p in chosen.items() if p not in out}
        rest[pair.tail] = pair
        taken = {p.head for p in rest.values()}
        free = [c for c in candidates if owner and c.tail == owner.tail and c.tail not in rest and c.head not in taken]
        if free:
            best = max(free, key=lambda p: p.score)
            rest[best.tail] = best
        if sum(p.score for p in rest.values()) > sum(p.score for p in chosen.values()) + 1e-9:
            return rest
    return None


def without_rings(pairs: list[Pair]) -> list[Pair]:
    """The pairs, best first, without those that would lead a piece back to itself."""
    follows: dict[int, int] = {}
    kept = []
    for pair in pairs:
        at = pair.head
        while at in follows:
            at = follows[at]
        if at != pair.tail:
            follows[pair.tail] = pair.head
            kept.append(pair)
    return kept


def rival(pair: Pair, candidates: list[Pair], chosen: list[Pair]) -> float:
    """The score of the best pair that this one excludes and no better one does; ACCEPT less 3 where there is none."""
    by_tail = {p.tail: p.score for p in chosen}
    by_head = {p.head: p.score for p in chosen}
    rivals = [
        c.score
        for c in candidates
        if (c.tail == pair.tail) != (c.head == pair.head)
        and (c.tail == pair.tail or by_tail.get(c.tail, 0.0) < c.score)
        and (c.head == pair.head or by_head.get(c.head, 0.0) < c.score)
    ]
    return max(rivals, default=ACCEPT - 3)
