"""Putting a page back together that lost its layout: what was torn is joined, and the blocks come in reading order.

Where nothing shows that the page is torn (`tears.reading`), the document comes out as it went in.
"""

from __future__ import annotations

from dataclasses import replace

from bilingual.bitext import Flag, FlagKind, Kind, Repair
from bilingual.documents.columns import reading_order
from bilingual.documents.paths import Effort, TooMuchError
from bilingual.documents.pieces import Piece, joined
from bilingual.documents.tears import Join, reading, torn_tails, unmended

UNCERTAIN = 0.8
"""A join or a move of less confidence than this is for a person to look at."""

PAGE = 250
"""The most pieces a page may have; what is longer is a book, and is left in the order it came in."""

LONE = "stops in mid-sentence, and nothing on the page goes on from it"
ALIKE = "stops in mid-sentence; the file has too many parts that are alike to tell which goes on from it"


def restore(pieces: list[Piece], effort: Effort | None = None) -> list[Piece]:
    """The pieces in reading order, torn ones joined; every repair is noted on the piece, with its confidence.

    Where the search for it has no end (several copies of a torn page in one file), they stay as they are, and those
    that are torn are flagged.
    """
    if len(pieces) > PAGE:
        return pieces
    try:
        found = reading(pieces, effort)
    except TooMuchError:
        return flagged(pieces, set(torn_tails(pieces)), ALIKE)
    if found is None:
        return pieces
    joins = {join.tail: join for join in found.joins}
    pieces = flagged(pieces, unmended(pieces, found.joins), LONE)
    heads = {join.head for join in found.joins}
    order = reading_order(pieces, found.steps)
    return [mended(at, move, pieces, joins) for at, move in order if at not in heads]


def mended(at: int, move: Repair | None, pieces: list[Piece], joins: dict[int, Join]) -> Piece:
    """The piece with its move, and with everything that it goes on in."""
    whole = pieces[at] if move is None else replace(pieces[at], repairs=(move, *pieces[at].repairs))
    if at in joins and whole.kind is Kind.HEADING:
        whole = replace(whole, kind=Kind.PARAGRAPH, level=0)
    while at in joins:
        join = joins[at]
        whole = joined(whole, pieces[join.head], Repair("join", 0, join.confidence, join.reason))
        at = join.head
    return whole


def flagged(pieces: list[Piece], lone: set[int], why: str) -> list[Piece]:
    """The pieces, with a flag on those whose other half is missing."""
    flag = Flag(FlagKind.JOIN, why)
    return [replace(p, flags=(*p.flags, flag)) if i in lone else p for i, p in enumerate(pieces)]
