"""A pair of an XLIFF file as a unit: its state, lock, origin, proposals and notes in our words, the rest in `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bilingual.bitext import Candidate, Change, Extra, Note, NoteKind, Origin, OriginKind, State, Text, Unit
from bilingual.formats.xliff.inline import content, local
from bilingual.formats.xliff.kept import unpacked
from bilingual.formats.xliff.names import MQ, ORIGINS, OURS, QUALIFIERS, SDL, XML, state_of
from bilingual.formats.xliff.slots import Slot, Walk, child_of

if TYPE_CHECKING:
    from lxml import etree

MQ_LOCKED = frozenset({"locked", "true", "1", "yes"})
LONGEST = 1 << 16
"""Of what we do not understand, a larger piece is not kept in `extra`; it is still in the file itself."""

_UNDERSTOOD = {
    *("id", "translate", "approved", f"{{{XML}}}space", f"{{{MQ}}}status", f"{{{MQ}}}locked"),
    *("source", "seg-source", "target", "note", "notes", "alt-trans", "segment", "originalData", "matches", "kept"),
    *("seg-defs", "comments", "insertedmatch", "ignorable", f"{{{MQ}}}percent"),
}


def unit_of(slot: Slot, walk: Walk) -> Unit:
    """The unit in a slot; ValueError where it cannot be read."""
    source, target = (found.text for found in slot.contents())
    seen = Unit(
        id=slot.key,
        block="" if slot.alone else str(slot.unit.get("id", "")),
        source=source,
        target=target,
        state=_state(slot, target),
        locked=_locked(slot),
        origin=_origin(slot),
        candidates=tuple(_candidates(slot)),
        notes=tuple(_notes(slot, walk)),
        changed=_changed(slot),
        extra=tuple(_extra(slot)),
    )
    kept = own_kept(slot)
    if kept is not None:
        seen = unpacked(kept.text or "", seen, slot.dialect)
    return replace(seen, id=walk.named(seen))


def own_kept(slot: Slot) -> etree._Element | None:
    """What we put beside the unit, where the file is ours."""
    return slot.unit.find(f"{{{OURS}}}kept") if slot.alone else None


def _state(slot: Slot, target: Text) -> State:
    """The state the file names; a target of which nothing is said counts as translated."""
    found: State | None = None
    if slot.dialect == "2" and slot.segment is not None:
        found = state2(slot.segment)
    elif slot.dialect == "sdl" and slot.segment is not None:
        return state_of("sdl", str(slot.segment.get("conf", ""))) or State.NEW
    elif slot.dialect == "mq" and slot.unit.get(f"{{{MQ}}}status"):
        found = state_of("mq", str(slot.unit.get(f"{{{MQ}}}status")))
    if found is None and slot.version == "1" and slot.whole is not None:
        found = state_of("1", str(slot.whole.get("state", "")))
    if found is None:
        found = State.TRANSLATED if target.string else State.NEW
    approved = slot.unit.get("approved") == "yes" and slot.dialect != "mq"
    return State.REVIEWED if approved and found in {State.TRANSLATED, State.DRAFT} else found


def state2(segment: etree._Element) -> State | None:
    """The state of an XLIFF 2 segment: of its `subState` we know our own."""
    word, sub = str(segment.get("state", "")), str(segment.get("subState", ""))
    return state_of("2", f"{word} {sub}") or (state_of("2", word) if word else None)


def _locked(slot: Slot) -> bool:
    if slot.dialect == "sdl" and slot.segment is not None and slot.segment.get("locked") == "true":
        return True
    if slot.dialect == "mq" and str(slot.unit.get(f"{{{MQ}}}locked", "")).lower() in MQ_LOCKED:
        return True
    return slot.unit.get("translate") == "no"


def _origin(slot: Slot) -> Origin | None:
    if slot.dialect == "sdl" and slot.segment is not None:
        kind = ORIGINS.get(str(slot.segment.get("origin", "")))
        return (
            Origin(kind, str(slot.segment.get("origin-system", "")), _share(slot.segment.get("percent")))
            if kind
            else None
        )
    if slot.version == "1" and slot.whole is not None:
        kind = ORIGINS.get(str(slot.whole.get("state-qualifier", "")))
        score = _share(slot.unit.get(f"{{{MQ}}}percent")) if slot.dialect == "mq" else None
        return Origin(kind, "", score) if kind else None
    return None


def _share(percent: object) -> float | None:
    """A match rate between 0 and 1, from "85", "85%" or "85.0"; None where it is none."""
    found = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*", str(percent or ""))
    return min(float(found[1]), 100.0) / 100 if found else None


def _candidates(slot: Slot) -> Iterator[Candidate]:
    """Each proposal of the file for this pair: <alt-trans>, <mtc:match>, <mq:insertedmatch>."""
    for match in _proposals(slot):
        name = local(match)
        if name == "match":
            kind = ORIGINS.get(str(match.get("type", "tm")), OriginKind.MEMORY)
            yield _candidate(match, kind, match.get("matchQuality") or match.get("similarity"))
        elif name == "alt-trans":
            inner = child_of(match, "target")
            told = str(inner.get("state-qualifier", "")) if inner is not None else ""
            guess = "mt" if re.search(r"\bmt\b|machine", str(match.get("origin", "")), re.IGNORECASE) else ""
            yield _candidate(match, ORIGINS.get(told or guess, OriginKind.MEMORY), match.get("match-quality"))
        else:
            yield _candidate(match, OriginKind.MEMORY, match.get("matchrate"))


def _proposals(slot: Slot) -> list[etree._Element]:
    """Those for this segment, or a marker in it; what refers to no segment goes with the first."""
    if not slot.matches:
        return []
    if slot.alone:
        return [match for found in slot.matches.values() for match in found]
    marks = [str(inner.get("id", "")) for inner in slot.source.iter("*")] if slot.source is not None else []
    keys = dict.fromkeys([slot.mid, *filter(None, marks), *([""] if slot.first else [])])
    return [match for key in keys for match in slot.matches.get(key, ())]


def _candidate(match: etree._Element, kind: OriginKind, rate: object) -> Candidate:
    name = str(match.get("origin") or match.get("source") or match.get("tool-id") or "")
    score = _share(rate)
    return Candidate(content(child_of(match, "target")).text, Origin(kind, name, score), score)


def _notes(slot: Slot, walk: Walk) -> Iterator[Note]:
    """The unit's notes (with its first segment), memoQ's comments, and Trados' at the words they stand at."""
    if slot.first:
        holders = (slot.unit, *(child for child in slot.unit if local(child) in {"notes", "comments"}))
        for holder in holders:
            for child in holder:
                if local(child) in {"note", "comment"}:
                    yield _note(child)
    if slot.dialect == "sdl":
        for side in (slot.source, slot.target):
            for mark in side.iter("{*}mrk") if side is not None else ():
                note = walk.comments(mark).get(str(mark.get(f"{{{SDL}}}cid", "")))
                if note is not None:
                    yield note


def _note(said: etree._Element) -> Note:
    author = said.get("from") or said.get("creatoruser") or said.get(f"{{{OURS}}}author") or ""
    when = said.get("time") or said.get(f"{{{OURS}}}when") or ""
    kind = NoteKind.QUERY if said.get("category") == "query" else NoteKind.NOTE
    return Note(content(said).text.string, str(author), str(when), kind)


def _changed(slot: Slot) -> Change | None:
    """Who changed a pair last, where Trados or memoQ says so."""
    if slot.dialect == "mq":
        by, when = (str(slot.unit.get(f"{{{MQ}}}{name}", "")) for name in ("lastchanginguser", "lastchangedtimestamp"))
        return Change(by, when) if by else None
    if slot.dialect == "sdl" and slot.segment is not None:
        told = {str(child.get("key")): child.text or "" for child in slot.segment if local(child) == "value"}
        if told.get("last_modified_by"):
            return Change(told["last_modified_by"], told.get("modified_on", ""))
    return None


def _extra(slot: Slot) -> Iterator[tuple[str, str]]:
    """What we do not understand: attributes and elements of the unit (with its first segment), target and segment."""
    if slot.first:
        yield from _attributes(slot.unit, "", _UNDERSTOOD)
        for child in slot.unit:
            if local(child) and local(child) not in _UNDERSTOOD:
                yield from serialised(child)
    if slot.whole is not None and slot.first:
        told = ORIGINS.get(str(slot.whole.get("state-qualifier", "")))
        known = {"state", f"{{{XML}}}lang", f"{{{XML}}}space"} | ({"state-qualifier"} if told in QUALIFIERS else set())
        yield from _attributes(slot.whole, "target ", known)
    if slot.segment is not None:
        yield from _attributes(slot.segment, "segment ", {"id", "state", "conf", "locked", "origin", "percent"})


def _attributes(element: etree._Element, side: str, known: set[str]) -> Extra:
    pairs = cast("list[tuple[str, str]]", element.items())
    return tuple((f"{side}{name.rpartition('}')[2]}", value) for name, value in pairs if name not in known)


def serialised(element: etree._Element) -> Iterator[tuple[str, str]]:
    """An element of another namespace or module as its own markup, unless it is very large."""
    from lxml import etree

    if not local(element):
        return

    markup = etree.tostring(element, encoding="unicode", with_tail=False)
    if len(markup) <= LONGEST:
        yield local(element), markup
