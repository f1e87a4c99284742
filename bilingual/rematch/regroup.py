"""Rows that a person joined or split stay so, though every run cuts the document into the same sentences again."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bilingual.bitext import Block, Candidate, Flag, Span, TermUse, Text, Unit
from bilingual.codes import cut, joined
from bilingual.rematch.corrected import places
from bilingual.rematch.words import covered, plain
from bilingual.segmentation import locators_of
from bilingual.segmentation.spans import trimmed

Part = TypeVar("Part", TermUse, Flag)

MOST = 8
"""How many rows may be made one, or one be made into."""


def regrouped(
    units: Sequence[Unit], found: Sequence[int | None], old: Mapping[int, str], blocks: Mapping[str, Block]
) -> tuple[list[Unit], list[int | None]]:
    """The units of a run cut as a person had cut them, with the rows they are.

    `found` says which row each unit is; `old` are the sources of the rows a person has touched that no unit is.
    """
    whole = {plain(text): index for index, text in old.items()}
    parts: dict[str, list[int]] = {}
    for index, text in old.items():
        parts.setdefault(plain(text), []).append(index)
    now: list[Unit] = []
    rows: list[int | None] = []
    at = 0
    while at < len(units) if old else False:
        run, row = _joining(units, found, at, whole)
        pieces = None if run or found[at] is not None else covered(plain(units[at].source.string), parts, MOST)
        if run and row is not None:
            now.append(as_one(units[at : at + run], blocks))
            rows.append(row)
            whole.pop(plain(old[row]))
        elif pieces and (cuts := as_parts(units[at], [old[index] for index in pieces], blocks)):
            now += cuts
            rows += pieces
            for index in pieces:
                parts[plain(old[index])].remove(index)
        else:
            now.append(units[at])
            rows.append(found[at])
        at += run or 1
    return (now, rows) if old else (list(units), list(found))


def as_one(units: Sequence[Unit], blocks: Mapping[str, Block]) -> Unit:
    """Units that follow each other in one block as one, under the first one's id, with their proposals put together."""
    first, last = units[0], units[-1]
    span = Span(first.span.start, max(first.span.end, last.span.end))
    block = blocks.get(first.block)
    gaps = [_gap(one, other, block) for one, other in itertools.pairwise(units)]
    source = written = joined([unit.written for unit in units], gaps)
    if block and span.of(block.text.string) == written.string:
        source = written = cut(block.text, [span])[0]
    if any(unit.original is not None for unit in units):
        source = joined([unit.source for unit in units], gaps)
    lengths = (len(unit.source.string) + len(gap) for unit, gap in zip(units, gaps, strict=False))
    starts = [*itertools.accumulate(lengths, initial=0)]
    proposals = []
    if all(unit.candidates for unit in units):
        origin = first.candidates[0].origin
        proposals = [Candidate(together([unit.candidates[0].target for unit in units]), replace(origin, score=None))]
    return replace(
        first,
        source=source,
        target=together([unit.target for unit in units]),
        span=span,
        candidates=tuple(proposals),
        terms=tuple(_moved(use, at) for unit, at in zip(units, starts, strict=True) for use in unit.terms),
        flags=tuple(dict.fromkeys(
            _moved(flag, at) for unit, at in zip(units, starts, strict=True) for flag in unit.flags
        )),
        source_locators=tuple(dict.fromkeys(place for unit in units for place in unit.source_locators)),
        original=None if source == written else written,
    )  # fmt: skip


def _gap(one: Unit, other: Unit, block: Block | None) -> str:
    """What stands between two units of a block."""
    start, end = one.span.end, other.span.start
    if not len(one.span) or start > end:  # nobody knows where they stand
        return " " if one.source.string[-1:].isascii() and other.source.string[:1].isascii() else ""
    return Span(start, end).of(block.text.string) if block else " " * (end - start)


def as_parts(unit: Unit, sources: Sequence[str], blocks: Mapping[str, Block]) -> list[Unit] | None:
    """A unit cut where `sources`, put end to end, say; without words, for whose part they are nobody knows."""
    text = unit.source.string
    spans = []
    at = 0
    for source in sources:
        end = _end_of(text, at, len(plain(source)))
        spans.append(trimmed(text, at, end))
        at = end
    if at < len(text) and spans[-1]:
        spans[-1] = Span(spans[-1].start, len(text))
    known = [span for span in spans if span]
    own = _own(unit, known)
    if len(known) < len(spans) or not all(map(len, own)):
        return None
    block = blocks.get(unit.block)
    pieces = []
    parts, written = cut(unit.source, known), cut(unit.written, own)
    for span, part, as_written in zip(own, parts, written, strict=True):
        place = Span(unit.span.start + span.start, unit.span.start + span.end)
        where = locators_of(block, place) if block else unit.source_locators
        pieces.append(
            replace(unit, source=part, target=Text(""), span=place, source_locators=where, candidates=(), terms=(),
                    flags=tuple(flag for flag in unit.flags if flag.span is None),
                    original=None if as_written == part else as_written)
        )  # fmt: skip
    return pieces


def _own(unit: Unit, spans: Sequence[Span]) -> list[Span]:
    """Stretches of a unit's source as stretches of what the file has; empty where it has nothing of one."""
    if unit.original is None:
        return list(spans)
    text = unit.original.string
    at = places(unit.source.string, text)
    return [trimmed(text, at[span.start], at[span.end]) or Span(at[span.end], at[span.end]) for span in spans]


def together(targets: Sequence[Text]) -> Text:
    """English sentences one after another, a space between them."""
    told = [target for target in targets if target.string or target.codes]
    return joined(told, [" "] * (len(told) - 1)) if told else Text("")


def _joining(
    units: Sequence[Unit], found: Sequence[int | None], at: int, whole: Mapping[str, int]
) -> tuple[int, int | None]:
    """How many units from `at` on are one row of a person's, and which."""
    text = ""
    for count in range(1, MOST + 1):
        index = at + count - 1
        if index >= len(units) or found[index] is not None or units[index].block != units[at].block:
            break
        text += plain(units[index].source.string)
        if count > 1 and text in whole:
            return count, whole[text]
    return 0, None


def _end_of(text: str, at: int, length: int) -> int:
    """Where the part of `text` from `at` on ends whose plain form has this length."""
    end, left = at, length
    while end < len(text) and left > 0:
        left -= len(plain(text[end]))
        end += 1
    return end


def _moved(part: Part, by: int) -> Part:
    """What is said of a stretch of a unit's source, told of the whole's source; of its target's, no longer."""
    if part.span is None:
        return part
    if isinstance(part, Flag) and part.side != "source":
        return replace(part, span=None)
    return replace(part, span=Span(part.span.start + by, part.span.end + by))
