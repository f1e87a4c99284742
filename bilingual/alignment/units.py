"""An alignment as a bitext: a unit for each bead, with its places in both files and what a person must look at."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bilingual.alignment.beads import Alignment, Bead
from bilingual.alignment.reading import Read
from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Flag,
    FlagKind,
    Locator,
    Origin,
    OriginKind,
    Span,
    State,
    Text,
    Unit,
)  # fmt: skip
from bilingual.codes import cut, joined
from bilingual.segmentation import locators_of

SURE = 0.7
"""From here on a bead is not flagged."""


def bitext_of(alignment: Alignment, source: Read, target: Read, name: str) -> Bitext:
    """The bitext of an aligned pair of documents; `name` is the document's, its units' ids depend on it.

    Its document is the source's: what is made of the bitext later is made in that image. The target's name is in
    `metadata`.

    What is sure is `translated`, for the words are a person's; what is not stays a draft and is flagged.
    """
    seen: Counter[tuple[str, str]] = Counter()
    units = []
    block = source.places[0][0].id
    for bead in alignment.beads:
        block = source.places[bead.source[0]][0].id if bead.source else block
        units.append(_unit(bead, source, target, name, block, alignment.method, seen))
    file = Path(target.document.name).name
    facts = (("alignment", file), ("alignment.by", alignment.method), ("alignment.score", f"{alignment.score:.3f}"))
    document = replace(source.document, name=name)
    return Bitext(source.document.language, target.document.language, (document,), tuple(units), facts)


def _unit(
    bead: Bead, source: Read, target: Read, name: str, block: str, method: str, seen: Counter[tuple[str, str]]
) -> Unit:
    ours, theirs = _text(source, bead.source, ""), _text(target, bead.target, " ")
    flags = tuple(_flags(bead))
    key = (ours.string, theirs.string if not ours.string else "")
    seen[key] += 1
    parts = "\x00".join((name, *key, str(seen[key])))
    sure = round(bead.sureness, 3)
    origin = Origin(OriginKind.ALIGNMENT, method, sure) if theirs.string else None
    return Unit(
        id=hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        block=block,
        source=ours,
        target=theirs,
        span=_span(source, bead.source),
        state=State.NEW if not theirs.string else State.DRAFT if flags else State.TRANSLATED,
        origin=origin,
        candidates=(Candidate(theirs, origin, sure),) if origin else (),
        flags=flags,
        source_locators=_locators(source, bead.source),
        target_locators=_locators(target, bead.target),
    )


def _flags(bead: Bead) -> list[Flag]:
    """What a person must look at, in words."""
    if not bead.target:
        return [Flag(FlagKind.LENGTH, "nothing in the English says this: left out")]
    if not bead.source:
        return [Flag(FlagKind.LENGTH, "nothing in the Chinese says this: put in", side="target")]
    flags = []
    if bead.moved:
        flags.append(Flag(FlagKind.MOVE, "its English stands elsewhere in the document"))
    if bead.sureness < SURE:
        flags.append(Flag(FlagKind.JOIN, f"these may not belong together ({bead.sureness:.0%} sure)"))
    return flags


def _text(read: Read, ids: Sequence[int], gap: str) -> Text:
    """The words of these sentences; between those of one block stands what stands there."""
    pieces: list[Text] = []
    for block, span in _stretches(read, ids):
        pieces.append(cut(block.text, [span])[0])
    return joined(pieces, [gap] * (len(pieces) - 1)) if pieces else Text("")


def _stretches(read: Read, ids: Sequence[int]) -> list[tuple[Block, Span]]:
    """The block and the span of each run of sentences that stand in one block."""
    found: list[tuple[Block, Span]] = []
    for block, span in (read.places[at] for at in ids):
        if found and found[-1][0] is block:
            found[-1] = (block, Span(found[-1][1].start, span.end))
        else:
            found.append((block, span))
    return found


def _span(read: Read, ids: Sequence[int]) -> Span:
    stretches = _stretches(read, ids)
    return stretches[0][1] if stretches else Span(0, 0)


def _locators(read: Read, ids: Sequence[int]) -> tuple[Locator, ...]:
    found = [place for block, span in _stretches(read, ids) for place in locators_of(block, span)]
    return tuple(dict.fromkeys(found))
