"""In what order is a torn page read? Title, byline, body under its headings, captions with their credits, staff.

How the body text is read, column after column, is found by `tears`; here the rest of the page gets its place around it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bilingual.bitext import Kind, Repair

if TYPE_CHECKING:
    from bilingual.documents.pieces import Piece
    from bilingual.documents.tears import Step

Placed = tuple[int, Repair | None]
"""A piece, by its place in the file, and the move that brought it where it stands."""

NUMBER = re.compile(r"[①-⑳]|\d+|[一二三四五六七八九十]+")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

SURE, FAIRLY, BY_ELIMINATION = 0.95, 0.85, 0.75
"""How sure a move is: it says so itself, its kind says so, nothing else is left."""


def reading_order(pieces: Sequence[Piece], steps: Sequence[Step]) -> list[Placed]:
    """Every piece once, in reading order; `steps` are the body's pieces as they are read.

    A page whose body is read in the order of the file, and that has no title or byline under its body text, keeps the
    order of the file.
    """
    if not is_mixed_up(pieces, steps):
        return [(i, None) for i in range(len(pieces))]
    front = title_and_byline(pieces)
    captions = with_captions(pieces)
    body = [(step.at, moved(pieces, step.at, step.confidence, step.reason)) for step in steps]
    placed = {i for i, _ in (*front, *body, *captions)}
    staff = [
        (i, moved(pieces, i, FAIRLY, "the staff ends the page")) for i, p in enumerate(pieces) if p.kind is Kind.STAFF
    ]
    placed |= {i for i, _ in staff}
    rest = [(i, moved(pieces, i, FAIRLY, "stands outside the text")) for i in range(len(pieces)) if i not in placed]
    return only_moved([*front, *body, *captions, *staff, *rest])


def is_mixed_up(pieces: Sequence[Piece], steps: Sequence[Step]) -> bool:
    """Whether the order of the file cannot be the order of reading."""
    if any(second.at < first.at for first, second in itertools.pairwise(steps)):
        return True
    if any(step.joined and step.at > before.at + 1 for before, step in itertools.pairwise(steps)):
        return True
    first_body = next((i for i, piece in enumerate(pieces) if piece.kind is Kind.PARAGRAPH), len(pieces))
    title = next((i for i, piece in enumerate(pieces) if piece.kind is Kind.TITLE), 0)
    return title > first_body


def moved(pieces: Sequence[Piece], at: int, sure: float, reason: str) -> Repair:
    """The move of a piece, with the place where it stood."""
    where = pieces[at].locators[0]
    stood = f"line {where.line}" if where.line else f"page {where.page}"
    return Repair("move", 0, sure, f"{reason} (stood on {stood})")


def only_moved(order: list[Placed]) -> list[Placed]:
    """The order, with moves only where a piece follows another than it did in the file."""
    before = [-1, *(at for at, _ in order[:-1])]
    return [(at, None if previous == at - 1 else repair) for (at, repair), previous in zip(order, before, strict=True)]


def title_and_byline(pieces: Sequence[Piece]) -> list[Placed]:
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


def with_captions(pieces: Sequence[Piece]) -> list[Placed]:
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


def credits_of(pieces: Sequence[Piece], caption: int) -> Iterable[int]:
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
