"""In what order is a torn page read? Title, byline, body under its headings, captions with their credits, staff.

Body text stands in columns, which end where a torn piece goes on elsewhere. Columns that a join ties together are one
chain; chains keep the order of the file, but the one that begins the article comes first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bilingual.bitext import Kind, Repair
from bilingual.documents.tears import BODY

if TYPE_CHECKING:
    from bilingual.documents.pieces import Piece

Placed = tuple[int, Repair | None]
"""A piece, by its place in the file, and the move that brought it where it stands."""

DATELINE = re.compile(r"(?:本报|新华社|中新社|据)[^,，。]{1,20}(?:电|讯|报道)|[(（]记者")
NUMBER = re.compile(r"[①-⑳]|\d+|[一二三四五六七八九十]+")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

SURE, FAIRLY, BY_ELIMINATION, GUESSED = 0.95, 0.85, 0.75, 0.6
"""How sure a move is: it says so itself, its kind says so, nothing else is left, the file's order is all there is."""


def reading_order(pieces: list[Piece], goes_on: dict[int, int]) -> list[Placed]:
    """Every piece once, in reading order; `goes_on` says which torn piece goes on in which.

    A page where no piece goes on past another, and no title or byline stands under its body text, keeps the order of
    the file.
    """
    if not is_mixed_up(pieces, goes_on):
        return [(i, None) for i in range(len(pieces))]
    front = title_and_byline(pieces)
    captions = with_captions(pieces)
    body = columns(pieces, goes_on, front)
    placed = {i for i, _ in (*front, *body, *captions)}
    staff = [
        (i, moved(pieces, i, FAIRLY, "the staff ends the page")) for i, p in enumerate(pieces) if p.kind is Kind.STAFF
    ]
    placed |= {i for i, _ in staff}
    rest = [(i, moved(pieces, i, FAIRLY, "stands outside the text")) for i in range(len(pieces)) if i not in placed]
    return only_moved([*front, *body, *captions, *staff, *rest])


def is_mixed_up(pieces: list[Piece], goes_on: dict[int, int]) -> bool:
    """Whether the order of the file cannot be the order of reading."""
    if any(head != tail + 1 for tail, head in goes_on.items()):
        return True
    first_body = next((i for i, piece in enumerate(pieces) if piece.kind is Kind.PARAGRAPH), len(pieces))
    title = next((i for i, piece in enumerate(pieces) if piece.kind is Kind.TITLE), 0)
    return title > first_body


def moved(pieces: list[Piece], at: int, sure: float, reason: str) -> Repair:
    """The move of a piece, with the place where it stood."""
    where = pieces[at].locators[0]
    stood = f"line {where.line}" if where.line else f"page {where.page}"
    return Repair("move", 0, sure, f"{reason} (stood on {stood})")


def only_moved(order: list[Placed]) -> list[Placed]:
    """The order, with moves only where a piece follows another than it did in the file."""
    before = [-1, *(at for at, _ in order[:-1])]
    return [(at, None if previous == at - 1 else repair) for (at, repair), previous in zip(order, before, strict=True)]


def title_and_byline(pieces: list[Piece]) -> list[Placed]:
    """The title and the bylines at its foot; other bylines of the page come after."""
    titles = [i for i, piece in enumerate(pieces) if piece.kind is Kind.TITLE]
    bylines = [i for i, piece in enumerate(pieces) if piece.kind is Kind.BYLINE]
    together = bool(titles) and titles[0] + 1 in bylines
    sure = SURE if together else BY_ELIMINATION
    why = "the title, over the byline" if together else "the title, by its form and words"
    under = "the byline goes under the title"
    heads: list[Placed] = [(i, moved(pieces, i, sure, why)) for i in titles]
    heads.extend((i, moved(pieces, i, sure, under)) for i in bylines)
    return heads


def columns(pieces: list[Piece], goes_on: dict[int, int], front: list[Placed]) -> list[Placed]:
    """The body text, column by column; the other halves of torn pieces are left in."""
    starts = column_starts(pieces, goes_on, front)
    body = [i for i, piece in enumerate(pieces) if piece.kind in BODY or piece.kind in {Kind.CELL, Kind.NOTE}]
    parts: list[list[int]] = []
    for i in body:
        if not parts or i in starts:
            parts.append([])
        parts[-1].append(i)
    chains = chained(parts, goes_on)
    chains.sort(key=lambda chain: (not opens_article(pieces, chain, front), chain[0][0]))
    order: list[Placed] = []
    for place, chain in enumerate(chains):
        first = chain[0][0]
        repair = chain_move(pieces, chains, place) if place or first != body[0] else None
        order.append((first, repair))
        order.extend((i, None) for part in chain for i in part if i != first)
    return order


def chain_move(pieces: list[Piece], chains: list[list[list[int]]], place: int) -> Repair:
    """The move of a chain's first piece: what it follows is known the better, the fewer chains there are."""
    first = chains[place][0][0]
    if place == 0:
        return moved(pieces, first, BY_ELIMINATION, "begins the article")
    if len(chains) == 2:
        return moved(pieces, first, BY_ELIMINATION, "follows where the columns before it end, the only place left")
    return moved(pieces, first, GUESSED, "follows in the order of the file, for want of better evidence")


def column_starts(pieces: list[Piece], goes_on: dict[int, int], front: list[Placed]) -> set[int]:
    """Where a column begins: after a piece that goes on elsewhere, at one that comes from elsewhere, by the title."""
    body = [i for i, piece in enumerate(pieces) if piece.kind in BODY]
    after = dict(itertools.pairwise(body))
    starts = set()
    for tail, head in goes_on.items():
        if after.get(tail) != head:
            starts |= {head, after.get(tail, head)}
    if front:
        starts.add(front[-1][0] + 1)
    return starts


def chained(parts: list[list[int]], goes_on: dict[int, int]) -> list[list[list[int]]]:
    """The columns in chains: each goes on in the one that begins with the other half of its last piece."""
    by_start = {part[0]: part for part in parts}
    led_to = {goes_on[part[-1]] for part in parts if part[-1] in goes_on}
    chains = []
    for part in parts:
        if part[0] in led_to:
            continue
        chain = [part]
        while chain[-1][-1] in goes_on and goes_on[chain[-1][-1]] in by_start:
            chain.append(by_start[goes_on[chain[-1][-1]]])
        chains.append(chain)
    seen = {part[0] for chain in chains for part in chain}
    return chains + [[part] for part in parts if part[0] not in seen]


def opens_article(pieces: list[Piece], chain: list[list[int]], front: list[Placed]) -> bool:
    """Whether the chain begins with a dateline or stands right under the title and byline."""
    first = chain[0][0]
    if DATELINE.match(pieces[first].string):
        return True
    return bool(front) and first == front[-1][0] + 1


def with_captions(pieces: list[Piece]) -> list[Placed]:
    """The captions in order of their numbers, each behind the lone mark of its number and before its credits."""
    captions = [i for i, piece in enumerate(pieces) if piece.kind is Kind.CAPTION]
    marks = {piece.string: i for i, piece in enumerate(pieces) if piece.kind is Kind.MARK}
    order: list[Placed] = []
    for at in sorted(captions, key=lambda i: (number_of(pieces[i].string), i)):
        own = NUMBER.search(pieces[at].string[:6])
        mark = marks.get(own.group()) if own else None
        sure = SURE if own else FAIRLY
        if mark is not None:
            order.append((mark, moved(pieces, mark, SURE, "the mark of the caption below")))
        order.append((at, moved(pieces, at, sure, "captions follow the text" + ", by their numbers" * bool(own))))
        order.extend((i, moved(pieces, i, SURE, "the credit of the caption above")) for i in credits_of(pieces, at))
    return order


def credits_of(pieces: list[Piece], caption: int) -> Iterable[int]:
    """The credits that stand right under a caption, with nothing but marks between."""
    for i in range(caption + 1, len(pieces)):
        if pieces[i].kind is Kind.CREDIT:
            yield i
        elif pieces[i].kind is not Kind.MARK:
            return


def number_of(caption: str) -> int:
    """The number of a caption; those without one come last."""
    found = NUMBER.search(caption[:6])
    if found is None:
        return 1000
    text = found.group()
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    return int(text) if text.isdigit() else "一二三四五六七八九十".index(text[0]) + 1
