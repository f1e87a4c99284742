"""What a person's act makes of a unit: pure functions, each from units to units.

A locked unit refuses all of them but unlocking and notes, with an InputError. The store signs what comes out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bilingual.bitext import (
    Block,
    Candidate,
    Flag,
    Locator,
    Note,
    NoteKind,
    Origin,
    OriginKind,
    Silence,
    Span,
    State,
    TermUse,
    Text,
    Unit,
)  # fmt: skip
from bilingual.codes import carried, completed, cut
from bilingual.errors import InputError
from bilingual.rematch.corrected import corrected, moved, places
from bilingual.rematch.regroup import as_one
from bilingual.saving import retarget
from bilingual.segmentation import locators_of
from bilingual.segmentation.spans import trimmed

Part = TypeVar("Part", TermUse, Flag)

_STATES = tuple(State)


def retargeted(unit: Unit, target: Text | str, by: str) -> Unit:
    """The unit with a person's words, at least translated by them; without words it is new again.

    Plain words keep the codes of those before them; a machine's words stay among the candidates.
    """
    _open(unit)
    done = retarget(unit, target, by)
    return done if done.target.string.strip() else replace(done, state=State.NEW)


def mended(unit: Unit, target: Text | str, by: str = "") -> Unit:
    """The unit with some of its words put right, by a fix or a replacement, which nobody has read the rest of it for.

    A machine's draft is still a machine's draft, and both its wordings are among the candidates. Other words are those
    of the person `by` from then on; where it is nobody, state and origin stay.
    """
    words = carried(unit.target, target) if isinstance(target, str) else target
    draft = unit.origin if unit.unconfirmed and words.string.strip() else None
    if by and draft is None:
        return retargeted(unit, words, by)
    _open(unit)
    made = () if draft is None else (Candidate(words, draft),)
    return replace(unit, target=words, candidates=(*unit.candidates, *made))


def with_state(unit: Unit, state: State) -> Unit:
    """The unit in another state."""
    _open(unit)
    return replace(unit, state=state)


def locked(unit: Unit, on: bool = True) -> Unit:
    """The unit locked, or open again."""
    return replace(unit, locked=on)


def noted(unit: Unit, text: str, by: str, at: str) -> Unit:
    """The unit with a remark; a locked one takes it too."""
    return _with_note(unit, Note(_said(text, "note"), by, at))


def queried(unit: Unit, text: str, by: str, at: str) -> Unit:
    """The unit with a query: a doubt about the source, listed for the client; a locked one takes it too."""
    return _with_note(unit, Note(_said(text, "query"), by, at, NoteKind.QUERY))


def answered(unit: Unit, query: Note, on: bool = True) -> Unit:
    """The unit with one of its queries settled, or open again."""
    notes = tuple(replace(note, answered=on) if note == query else note for note in unit.notes)
    return replace(unit, notes=notes)


def unnoted(unit: Unit, note: Note) -> Unit:
    """The unit without one of its notes."""
    return replace(unit, notes=tuple(one for one in unit.notes if one != note))


def silenced(unit: Unit, check: str, reason: str) -> Unit:
    """The unit with a check put to rest, for a reason that must be told."""
    _open(unit)
    rest = tuple(one for one in unit.silenced if one.check != check)
    return replace(unit, silenced=(*rest, Silence(check, _said(reason, "reason"))))


def unsilenced(unit: Unit, check: str) -> Unit:
    """The unit with a check awake again."""
    _open(unit)
    return replace(unit, silenced=tuple(one for one in unit.silenced if one.check != check))


def candidate_kept(unit: Unit, target: Text | str, by: str) -> Unit:
    """The unit with a person's words as a candidate beside those in force, as where two wrote at once."""
    words = carried(unit.target, target) if isinstance(target, str) else target
    known = any(c.target == words and c.origin.kind is OriginKind.PERSON for c in unit.candidates)
    if known or not words.string or words == unit.target:
        return unit
    return replace(unit, candidates=(*unit.candidates, Candidate(words, Origin(OriginKind.PERSON, by))))


def source_corrected(unit: Unit, words: str) -> Unit:
    """The unit with its source corrected; `original` keeps the file's own, and saying that again takes it back.

    What was reviewed before is only translated then: it was held against other words.
    """
    _open(unit)
    if not words.strip():
        raise InputError("a source without words cannot be translated", "write what the source should say")
    if words == unit.source.string:
        return unit
    state = State.TRANSLATED if unit.state in {State.REVIEWED, State.FINAL} else unit.state
    if words == unit.written.string:
        return replace(_moved_to(unit, unit.written), original=None, state=state)
    return replace(_moved_to(unit, corrected(unit.source, words)), original=unit.written, state=state)


def split_at(unit: Unit, source_at: int, target_at: int, second: str, block: Block | None = None) -> tuple[Unit, Unit]:
    """The unit cut in two at a place in each of its texts, in code points; the second part has the id `second`.

    White space at the cut goes. Places, terms, flags go to the part they speak of, notes and proposals for the whole to
    the first; a part of the target may stay empty. Raises InputError where a part of the source would.
    """
    _open(unit)
    spans = _halves(unit.source.string, source_at)
    own = spans if unit.original is None else _halves(
        unit.original.string, places(unit.source.string, unit.original.string)[spans[0].end]
    )  # fmt: skip
    if any(not len(span) for span in (*spans, *own)):
        raise InputError("a part would have no source", "split it between two words that stand in the file")
    ends = _halves(unit.target.string, target_at)
    sources, targets = cut(unit.source, spans), cut(unit.target, ends)
    written = [None, None] if unit.original is None else cut(unit.original, own)
    parts = []
    for at, (name, (span, where)) in enumerate(zip((unit.id, second), _stands(unit, own, block), strict=True)):
        part = replace(
            unit,
            id=name,
            source=sources[at],
            target=_fitting(sources[at], targets[at]),
            span=span,
            source_locators=where,
            candidates=_cut_candidates(unit, ends, at),
            terms=tuple(_within(use, spans[at]) for use in unit.terms if _inside(use.span, spans[at])),
            flags=_cut_flags(unit, spans[at], ends[at]),
            original=None if written[at] == sources[at] else written[at],
        )
        parts.append(replace(part, notes=(), extra=()) if at else part)
    return parts[0], parts[1]


def joined(units: Sequence[Unit], block: Block | None = None) -> Unit:
    """Units that follow each other in one block as one, under the first one's id; the least of their states.

    Raises InputError where they are of different blocks, or fewer than two.
    """
    for unit in units:
        _open(unit)
    if len(units) < 2 or len({unit.block for unit in units}) > 1:
        raise InputError("only neighbours of one paragraph can be joined", "choose two that follow each other")
    whole = as_one(units, {block.id: block} if block else {})
    told = next((unit for unit in units if unit.target.string), units[0])
    return replace(
        whole,
        target=_fitting(whole.source, whole.target),
        state=min((unit.state for unit in units), key=_STATES.index),
        origin=told.origin,
        candidates=tuple(dict.fromkeys((*whole.candidates, *(one for unit in units for one in unit.candidates)))),
        notes=tuple(dict.fromkeys(note for unit in units for note in unit.notes)),
        silenced=tuple({one.check: one for unit in reversed(units) for one in unit.silenced}.values()),
        target_locators=tuple(dict.fromkeys(place for unit in units for place in unit.target_locators)),
        extra=tuple(dict.fromkeys(pair for unit in units for pair in unit.extra)),
    )


def _halves(text: str, at: int) -> tuple[Span, Span]:
    """The two parts of a text cut at a place, without white space where they meet."""
    at = min(max(at, 0), len(text))
    one, other = trimmed(text, 0, at), trimmed(text, at, len(text))
    return (
        Span(0, one.end) if one else Span(0, 0),
        Span(other.start, len(text)) if other else Span(len(text), len(text)),
    )


def _stands(unit: Unit, spans: Sequence[Span], block: Block | None) -> list[tuple[Span, tuple[Locator, ...]]]:
    """Where each part stands in the block and in the file; where the whole does, where that is not known."""
    if len(unit.span) != len(unit.written.string):
        return [(unit.span, unit.source_locators)] * len(spans)
    places = [Span(unit.span.start + span.start, unit.span.start + span.end) for span in spans]
    return [(place, locators_of(block, place) if block else unit.source_locators) for place in places]


def _cut_candidates(unit: Unit, ends: Sequence[Span], at: int) -> tuple[Candidate, ...]:
    """The proposals for a part: of those with the unit's own words its share; the first part keeps the rest whole."""
    return tuple(
        replace(candidate, target=cut(candidate.target, ends)[at]) if own else candidate
        for candidate in unit.candidates
        if (own := candidate.target.string == unit.target.string) or not at
    )


def _cut_flags(unit: Unit, source: Span, target: Span) -> tuple[Flag, ...]:
    """The flags of a part: those that speak of it, and those that speak of the whole."""
    told = ((flag, target if flag.side == "target" else source) for flag in unit.flags)
    return tuple(_within(flag, part) for flag, part in told if flag.span is None or flag.span.overlaps(part))


def _fitting(source: Text, target: Text) -> Text:
    """The target with the codes of its source, where it has others."""
    same = sorted((c.id, c.kind) for c in source.codes) == sorted((c.id, c.kind) for c in target.codes)
    return target if same else completed(source, target)


def _inside(span: Span, part: Span) -> bool:
    return part.start <= span.start and span.end <= part.end


def _within(part: Part, whole: Span) -> Part:
    """What is said of a stretch of the whole, told of a part of it."""
    if part.span is None:
        return part
    start, end = (min(max(at, whole.start), whole.end) - whole.start for at in (part.span.start, part.span.end))
    return replace(part, span=Span(start, end))


def _open(unit: Unit) -> None:
    if unit.locked:
        raise InputError("the unit is locked", "unlock it first")


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise InputError(f"the {what} is empty", "write something")
    return text.strip()


def _with_note(unit: Unit, note: Note) -> Unit:
    return unit if note in unit.notes else replace(unit, notes=(*unit.notes, note))


def _moved_to(unit: Unit, source: Text) -> Unit:
    """The unit with another source; what is said of its words goes where they went."""
    to = places(unit.source.string, source.string)

    terms = [replace(use, span=moved(use.span, to)) for use in unit.terms]
    flags = [
        replace(flag, span=moved(flag.span, to)) if flag.span and flag.side == "source" else flag for flag in unit.flags
    ]
    kept = tuple(use for use in terms if use.span.of(source.string) == use.source)
    return replace(unit, source=source, terms=kept, flags=tuple(flags))
