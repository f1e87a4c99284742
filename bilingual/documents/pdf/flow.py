"""Which paragraphs of a PDF go on in the next column or on the next page? Places say most, words the rest."""

from __future__ import annotations

import math
from dataclasses import replace

from bilingual.bitext import Kind, Repair, Span
from bilingual.chinese import is_traditional, to_simplified
from bilingual.documents.habits import Habits
from bilingual.documents.pdf.blocks import Paragraph
from bilingual.documents.pdf.lines import joined_text
from bilingual.documents.pdf.text import HYPHEN
from bilingual.documents.pieces import Piece, joined
from bilingual.documents.seams import unfinished
from bilingual.documents.tears import goes_on

TEXT = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})
PARTS = frozenset({Kind.HEADING, Kind.TITLE, Kind.CELL})
"""What ends the text before it; captions, running heads and the like only stand between."""

NARROWEST = 4.0
"""What is narrower than this, in heights of the type, is no column of text."""

SAMPLE = 2000
"""How many characters are looked at to tell the script."""

NO_INDENT, FULL = 2.5, 1.0
"""Log odds for a join: the head is not set in though paragraphs are; the tail reaches its column's edge."""

INDENT, SHORT = -4.0, -5.0
"""Log odds against it."""


def joined_up(paragraphs: list[Paragraph], pieces: list[Piece], spaced: tuple[bool, bool]) -> list[Piece]:
    """The pieces (one for each paragraph, in the same order), those that go on in another column put together; `spaced`
    is what `spaced_scripts` says of the document."""
    judge = Judge(pieces)
    whole: list[Piece] = []
    last: tuple[int, Paragraph] | None = None
    for p, piece in zip(paragraphs, pieces, strict=True):
        if p.kind in TEXT and not p.frame and p.what == "text":
            repair = judge.join(whole[last[0]], last[1], piece, p) if last and p.first else None
            if last and repair:
                whole[last[0]] = put_together(whole[last[0]], piece, repair, spaced)
                last = (last[0], p)
                continue
            last = (len(whole), p)
        elif p.kind in PARTS and not p.frame:
            last = None
        whole.append(piece)
    return whole


def put_together(tail: Piece, head: Piece, repair: Repair, spaced: tuple[bool, bool]) -> Piece:
    """The two as one piece; a hyphen that broke a word between them goes."""
    if broken_word(tail.string, head.string):
        last = tail.spans[-1]
        spans = (*tail.spans[:-1], Span(last.start, last.end - 1))
        return joined(replace(tail, string=tail.string[:-1], spans=spans), head, repair, spaced=False)
    whole = joined_text(tail.string[-40:], head.string[:1], spaced)
    return joined(tail, head, repair, spaced=whole[-2:-1] == " ")


class Judge:
    """Decides about joins by place and by words; what is known of the document's own words is kept."""

    def __init__(self, pieces: list[Piece]) -> None:
        sample = "".join(piece.string for piece in pieces[:50])[:SAMPLE]
        self.traditional = is_traditional(sample)
        self.habits = Habits(self.plain(piece).string for piece in pieces)

    def plain(self, piece: Piece) -> Piece:
        """The piece in Simplified characters, which the evidence is in."""
        return replace(piece, string=to_simplified(piece.string)) if self.traditional else piece

    def join(self, tail: Piece, before: Paragraph, head: Piece, after: Paragraph) -> Repair | None:
        """The join of two pieces that follow each other in the text, None where the second begins a new paragraph."""
        if abs(before.size - after.size) > 0.07 * before.size:
            return None
        if after.kind is Kind.LIST_ITEM and not (before.full and unfinished(tail)):
            return None
        if before.box.width < NARROWEST * before.size:
            return None
        odds = by_place(before, after)
        if broken_word(tail.string, head.string):
            return Repair("join", 0, 0.97, "a word is broken by a hyphen")
        said = goes_on(self.plain(tail), self.plain(head), self.habits)
        if said:
            odds += math.log(max(said.confidence, 0.02) / max(1 - said.confidence, 0.02))
        else:
            odds -= 0.5 if unfinished(tail) or tail.string.endswith(("：", ":")) else 1.5
        if odds <= 0:
            return None
        reasons = [said.reason] if said and said.confidence > 0.5 else []
        if after.begins is False:
            reasons.append("the second part is not set in as a paragraph")
        return Repair("join", 0, round(1 / (1 + math.exp(-odds)), 2), "; ".join(reasons) or "it comes next on the page")


def by_place(before: Paragraph, after: Paragraph) -> float:
    """What the places of a column's last paragraph and the next one's first say."""
    odds = FULL if before.full else SHORT
    if after.begins is not None:
        odds += INDENT if after.begins else NO_INDENT
    return odds


def broken_word(tail: str, head: str) -> bool:
    """Whether a Latin word is broken between the two."""
    return tail.endswith(HYPHEN) or (tail[-1:] == "-" and tail[-2:-1].islower() and head[:1].islower())
