"""In what order are the pieces of a torn page read, and which of them are parts of one paragraph?

Columns are runs of the file. What is read after what is decided for the whole page at once: the best tour through all
pieces (`paths`), by the weights of its steps (`seams`). How sure a step is, is what the best tour without it lacks.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bilingual.bitext import Kind
from bilingual.documents.coherence import Coherence
from bilingual.documents.habits import Habits, fresh, word_across
from bilingual.documents.paths import FORBIDDEN, Effort, best_tour
from bilingual.documents.seams import (
    ENDED,
    NOT_FIRST,
    Border,
    Finding,
    Seam,
    findings,
    long_enough,
    of_words,
    reason,
    score,
    unfinished,
)
from bilingual.documents.weights import LEAST, LOOSE, SURE_BIAS, SURE_MARGIN, SURE_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bilingual.documents.pieces import Piece

BODY = frozenset({Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM})
"""What stands in columns; the rest of a page lies between or around them."""

FURNITURE = frozenset({Kind.TITLE, Kind.BYLINE, Kind.CAPTION, Kind.CREDIT, Kind.STAFF, Kind.MARK})
"""What stands between and around columns."""

PAUSE = re.compile("[,，]")
DATELINE = re.compile(r"(?:本报|新华社|中新社|据)[^,，。]{1,20}(?:电|讯|报道)|[(（]记者")

HIDDEN = frozenset({Border.BARE, Border.HEADING})
ALIKE = 0.35
"""From how much coherence on even a column whose end nothing shows is thought of."""

MARGIN = 6.0
"""From how much on it does not matter what other tours lack."""

PROOF = 0.97
"""How sure one join must be where nothing else shows that a page is torn."""

WRITTEN_SO = 0.4
"""From this share of unfinished pieces on, a text is verse, a list or a table, and nothing in it is torn."""

ALL_SO = 0.8
"""From this share on it is in any case."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two pieces, by their places in the file, that belong together: how sure that is in [0, 1], and why."""

    tail: int
    head: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the body, by its place in the file, as it is read: whether it goes on in the paragraph of the one
    before it, and how sure its place is."""

    at: int
    joined: bool
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page is read: the pieces of its body in order, and the joins among them."""

    steps: tuple[Step, ...]
    joins: tuple[Join, ...]


class Page:
    """The pieces of a torn page, and what is known of their neighbourhoods. `body` are those that are read in order."""

    def __init__(self, pieces: Sequence[Piece], effort: Effort | None = None) -> None:
        self.pieces = pieces
        self.body = [i for i, piece in enumerate(pieces) if piece.kind in BODY]
        self.text = [pieces[i] for i in self.body]
        self.habits = Habits(piece.string for piece in pieces)
        self.effort = effort or Effort()

    @cached_property
    def coherence(self) -> Coherence:
        """Which of the body's pieces speak of the same thing."""
        return Coherence(self.text)

    def seam(self, tail: int, head: int) -> Seam:
        """The seam between two pieces of the body, by their places in it."""
        return Seam(
            self.text[tail],
            self.text[head],
            self.habits,
            head == tail + 1,
            self.after(tail),
            self.before(head),
            float(self.coherence.near[tail, head]),
            float(self.coherence.far[tail, head]),
            self.coherence.shared(tail, head),
        )

    def anew(self, join: Join) -> bool:
        """Whether a join is of a text with the next of the file, and that one begins like a sentence: it is made only
        where something else shows that the page is torn."""
        tail, head = self.body.index(join.tail), self.body.index(join.head)
        return head == tail + 1 and begins_anew(self.seam(tail, head))

    def after(self, at: int) -> Border:
        """What lies after a piece of the body, as far as it bears on leaving it for another."""
        if unfinished(self.text[at]) and self.text[at].kind is not Kind.HEADING:
            return Border.OPEN
        return self.between(at)

    def before(self, at: int) -> Border:
        """What lies before a piece of the body, as far as it bears on coming to it from another."""
        if at and unfinished(self.text[at - 1]):
            return Border.HEADING if self.text[at - 1].kind is Kind.HEADING else Border.OPEN
        return self.between(at - 1)

    def between(self, at: int) -> Border:
        """What lies between a piece of the body and the next."""
        if at < 0 or at + 1 >= len(self.body):
            return Border.EDGE
        return Border.BARE if self.body[at + 1] == self.body[at] + 1 else Border.BESIDE

    def hidden(self, tail: int, head: int) -> bool:
        """Whether nothing in the file shows that a column ends after the tail, and nothing that one begins at the head;
        such a step is not considered."""
        hidden = self.after(tail) in HIDDEN and self.before(head) in HIDDEN
        return hidden and float(self.coherence.near[tail, head]) < ALIKE

    def begins(self, at: int) -> tuple[Finding, ...]:
        """What speaks for a piece as the first of the article."""
        piece, place = self.text[at], self.body[at]
        front = place > 0 and self.pieces[place - 1].kind in {Kind.TITLE, Kind.BYLINE}
        found = [Finding("begin_front" if front else f"begin_{self.before(at)}")]
        if piece.kind is not Kind.HEADING:
            found.append(Finding("begin_fresh", max(-5.0, min(5.0, fresh(piece.string)))))
        if DATELINE.match(piece.string):
            found.append(Finding("begin_dateline"))
        if NOT_FIRST.match(piece.string):
            found.append(Finding("done_not_first"))
        return tuple(found)

    def ends(self, at: int) -> tuple[Finding, ...]:
        """What speaks for a piece as the last of the article."""
        heading = self.text[at].kind is Kind.HEADING
        return (Finding("end_heading" if heading else f"end_{self.after(at)}"),)

    def steps(self) -> Iterator[tuple[int, int, tuple[Finding, ...]]]:
        """Every step from a piece to another with what is found about it; the place after the last piece stands for
        the end of the page, from which the step leads to the first."""
        size = len(self.text)
        for tail, head in itertools.permutations(range(size), 2):
            if head == tail + 1 or not self.hidden(tail, head):
                yield tail, head, findings(self.seam(tail, head))
        for at in range(size):
            yield size, at, self.begins(at)
            yield at, size, self.ends(at)


def reading(pieces: Sequence[Piece], effort: Effort | None = None) -> Reading | None:
    """How a torn page is read; None where nothing shows that it is torn: no text is cut where something else stands, no
    title stands under cut text, and no join is as sure as PROOF. TooMuchError (`paths`) where finding it has no end."""
    if not torn_tails(pieces):
        return None
    page = Page(pieces, effort)
    weights, found = weighed(page)
    tour, best = best_tour(weights, effort=page.effort)
    chosen = [(tail, head) for tail, head in enumerate(tour[:-1]) if head < len(page.text)]
    candidates = tuple(joined_steps(page, weights, found, best, chosen))
    torn = between_columns(pieces) or any(join.confidence >= PROOF and not page.anew(join) for join in candidates)
    joins = tuple(join for join in candidates if torn or not page.anew(join))
    if all(head == tail + 1 for tail, head in chosen):
        joins = tuple(join for join in joins if join.head != join.tail + 1 or join.confidence >= PROOF)
    if not between_columns(pieces) and not any(join.confidence >= PROOF for join in joins):
        return None
    sure = {join.head: join.confidence for join in joins}
    steps, before, at = [], len(page.text), tour[-1]
    while at < len(page.text):
        place = page.body[at]
        certain = sure[place] if place in sure else placed(page, weights, best, before, at)
        steps.append(Step(place, place in sure, certain, "the order of the columns is a guess here"))
        before, at = at, tour[at]
    return Reading(tuple(steps), joins)


def placed(page: Page, weights: NDArray[Any], best: float, before: int, at: int) -> float:
    """How sure it is that a piece is read after the one before it; the next in the file is not asked."""
    return 0.95 if at == before + 1 else round(1 / (1 + math.exp(-lacking(page, weights, best, before, at, 3))), 2)


def joined_steps(
    page: Page,
    weights: NDArray[Any],
    found: dict[tuple[int, int], tuple[Finding, ...]],
    best: float,
    chosen: list[tuple[int, int]],
) -> Iterator[Join]:
    """The steps inside a paragraph. At a sentence's end nothing but a quotation that goes on tells a tear from the end
    of a paragraph (28 of 100 such steps were one, and nothing told which), so the others are left."""
    for tail, head in chosen:
        seam, reasons = page.seam(tail, head), found[tail, head]
        quoted = any(finding.name == "done_closed" for finding in reasons) and both_paragraphs(seam)
        own = score(reasons) - LOOSE
        if seam.head.kind is Kind.LIST_ITEM or not (seam.cut or quoted) or (seam.following and own < 0):
            continue
        words = score(of_words(reasons))
        if confidence(MARGIN, words) < LEAST:
            continue
        sure = confidence(lacking(page, weights, best, tail, head), words)
        if sure >= LEAST:
            yield Join(page.body[tail], page.body[head], sure, reason(reasons))


def begins_anew(seam: Seam) -> bool:
    """Whether the next text of the file begins like a sentence, and no word says otherwise: on a sound page a missing
    full stop is only that."""
    if seam.leaves is Border.BESIDE or PAUSE.search(seam.tail.string[-1]):
        return False
    return fresh(seam.head.string) > 0 and not word_across(seam.tail.string, seam.head.string)[0]


def confidence(margin: float, words: float) -> float:
    """How sure a join is, in [0, 1]: by what the best tour without it lacks and by what its words weigh."""
    odds = SURE_BIAS + SURE_MARGIN * margin + SURE_WORDS * max(-3, min(words, 8))
    return min(0.99, round(1 / (1 + math.exp(-odds)), 2))


def both_paragraphs(seam: Seam) -> bool:
    """Whether both are paragraphs; nothing else has parts that end with a sentence."""
    return seam.tail.kind is Kind.PARAGRAPH and seam.head.kind is Kind.PARAGRAPH


def lacking(page: Page, weights: NDArray[Any], best: float, tail: int, head: int, most: float = MARGIN) -> float:
    """What the best tour without a step has less than the best of all, at most `most`."""
    without = weights.copy()
    without[tail, head] = FORBIDDEN
    return min(most, best - best_tour(without, best - most, page.effort)[1])


def weighed(page: Page) -> tuple[NDArray[Any], dict[tuple[int, int], tuple[Finding, ...]]]:
    """The weights of all steps, and what they are made of."""
    import numpy as np

    size = len(page.text)
    weights = np.full((size + 1, size + 1), FORBIDDEN)
    found = {}
    for tail, head, reasons in page.steps():
        found[tail, head] = reasons
        weights[tail, head] = score(reasons)
        if head == tail + 1 < size and page.text[tail].kind is not Kind.HEADING:
            weights[tail, head] = max(weights[tail, head], LOOSE)
    return weights, found


def goes_on(tail: Piece, head: Piece, habits: Habits) -> Join | None:
    """Whether `tail`, the last text of a column or page, goes on in `head`, which is known to be the next text read.

    The join (its places are 0 for the tail and 1 for the head) with its confidence and reason; None where the head
    begins a paragraph of its own. `habits` are those of the whole document: `Habits(piece.string for piece in …)`.
    """
    if not unfinished(tail) and not NOT_FIRST.match(head.string):
        return None
    found = findings(Seam(tail, head, habits, True, Border.BESIDE, Border.BESIDE))
    own = score(found) - LOOSE
    return Join(0, 1, round(1 / (1 + math.exp(-own)), 2), reason(found)) if own >= 0 else None


def unmended(pieces: Sequence[Piece], joins: Sequence[Join]) -> set[int]:
    """The pieces of a torn page that stop in mid-sentence though nothing was found that goes on from them."""
    if not joins and not between_columns(pieces):
        return set()
    sure = {i for i in torn_tails(pieces) if pieces[i].kind is Kind.PARAGRAPH and long_enough(pieces[i])}
    return sure - {join.tail for join in joins}


def torn_tails(pieces: Sequence[Piece]) -> list[int]:
    """The pieces of body text that stop in mid-sentence; none where the whole text is written like that."""
    body = [i for i, piece in enumerate(pieces) if piece.kind in {Kind.PARAGRAPH, Kind.LIST_ITEM}]
    cut = [i for i in body if unfinished(pieces[i]) and not ENDED.search(pieces[i].string[-6:])]
    certain = [i for i in cut if long_enough(pieces[i])]
    if not (certain or between_columns(pieces)) or (
        len(cut) >= WRITTEN_SO * len(body) and not halves(pieces, body, cut)
    ):
        return []
    return sorted({*certain, *(i for i in cut if pieces[i].kind is Kind.PARAGRAPH), *stranded(pieces)})


def halves(pieces: Sequence[Piece], body: Sequence[int], cut: Sequence[int]) -> bool:
    """Whether as many pieces begin in mid-sentence as stop there, nearly: a page of many columns, no verse or list."""
    within = [i for i in body if fresh(pieces[i].string) < -1 or NOT_FIRST.match(pieces[i].string)]
    long = sum(long_enough(pieces[i]) for i in cut)
    return len(cut) < ALL_SO * len(body) and 2 * len(within) >= len(cut) and 3 * long >= 2 * len(cut)


def stranded(pieces: Sequence[Piece]) -> Iterable[int]:
    """What looks like a heading but has no text under it, so that it may be the first line of a torn paragraph."""
    for i, piece in enumerate(pieces):
        under = pieces[i + 1].kind if i + 1 < len(pieces) else Kind.MARK
        if piece.kind is Kind.HEADING and (under not in BODY or PAUSE.search(piece.string)):
            yield i


def between_columns(pieces: Sequence[Piece]) -> bool:
    """Whether a title, captions or staff stand where body text was just cut, as on a page of columns; or a title under
    body text, some of which is cut."""
    cut = [stops_short(piece) for piece in pieces]
    if any(short and after.kind in FURNITURE for short, after in zip(cut, pieces[1:], strict=False)):
        return True
    begun = any(piece.kind is Kind.PARAGRAPH and NOT_FIRST.match(piece.string) for piece in pieces)
    text = next((i for i, piece in enumerate(pieces) if body_text(piece)), len(pieces))
    return (begun or any(cut)) and any(piece.kind is Kind.TITLE for piece in pieces[text:])


def stops_short(piece: Piece) -> bool:
    """Whether it is body text beyond doubt, and stops in mid-sentence."""
    return piece.kind is Kind.PARAGRAPH and long_enough(piece) and unfinished(piece)


def body_text(piece: Piece) -> bool:
    """Whether it is body text beyond doubt, or a line with a pause that looks like a heading."""
    return (piece.kind is Kind.PARAGRAPH and long_enough(piece)) or (
        piece.kind is Kind.HEADING and bool(PAUSE.search(piece.string))
    )
