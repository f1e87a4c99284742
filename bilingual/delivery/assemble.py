"""From aligned units to the English document: each block's sentences put together, with the codes of its source."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bilingual.bitext import UNTRANSLATED, Bitext, Block, Code, Document, Span, State, Text, Unit
from bilingual.codes import completed, joined, spaced, wrapped
from bilingual.delivery import UNREVIEWED, Delivered, Delivery, Pair

REVIEWED = frozenset({State.REVIEWED, State.FINAL})
"""States in which a person has signed a sentence off."""


SHOWING = frozenset({"code", "link", "field"})
"""Types of lone codes that show words which stand in no text."""


def delivery_of(bitext: Bitext, *, mark: bool = False, notice: bool = True) -> Delivery:
    """The English document of a bitext.

    `mark`: what nobody has reviewed is enclosed in codes of type UNREVIEWED. `notice`: as long as there is any, the
    document says so at its head. A sentence without a target goes out as its source, and counts as not reviewed.
    """
    document = _source(bitext)
    units: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in bitext.units:
        units[unit.block].append(unit)
    blocks = tuple(_delivered(block, units[block.id], mark) for block in document.blocks)
    pairs = [pair for block in blocks for pair in block.pairs]
    return Delivery(document, blocks, _notice(pairs) if notice else "")


def _source(bitext: Bitext) -> Document:
    """The document the units were cut from; where the file of the bitext held none, one block for each unit."""
    blocks = {unit.block for unit in bitext.units}
    for document in bitext.documents:
        if document.language == bitext.source_language or blocks <= {block.id for block in document.blocks}:
            return document
    return Document("document", bitext.source_language, "", ())


def _delivered(block: Block, units: Sequence[Unit], mark: bool) -> Delivered:
    if not units or block.kind in UNTRANSLATED:
        return Delivered(block, block.text)
    units = sorted(units, key=lambda unit: unit.span.start)
    parts = [completed(u.source, u.target) if u.target.string.strip() else u.source for u in units]
    reviewed = [unit.state in REVIEWED and bool(unit.target.string.strip()) for unit in units]
    gaps = [_gap(block.text.string[a.span.end : b.span.start]) for a, b in itertools.pairwise(units)]
    text = completed(block.text, joined(parts, gaps))
    if mark:
        text = wrapped(text, _unreviewed(parts, gaps, reviewed), _marks)
    text = spaced(text, SHOWING)
    pairs = (Pair(u.source, part, done) for u, part, done in zip(units, parts, reviewed, strict=True))
    return Delivered(block, text, tuple(pairs))


def _gap(white: str) -> str:
    """What stands between two English sentences: a space, whatever the Chinese has, but for the end of a line."""
    return "\n" if "\n" in white else " "


def _unreviewed(parts: Sequence[Text], gaps: Sequence[str], reviewed: Sequence[bool]) -> list[Span]:
    spans, start = [], 0
    for part, gap, done in zip(parts, [*gaps, ""], reviewed, strict=True):
        end = start + len(part.string)
        if not done:
            spans.append(Span(start, end))
        start = end + len(gap)
    return spans


def _marks(number: int) -> tuple[Code, Code]:
    opening = Code(0, f"{UNREVIEWED}{number}", "open", "", UNREVIEWED)
    return opening, replace(opening, kind="close")


def _notice(pairs: Sequence[Pair]) -> str:
    left = sum(not pair.reviewed for pair in pairs)
    if not left:
        return ""
    return f"Draft: {left:,} of {len(pairs):,} sentences have not been reviewed by a person."
