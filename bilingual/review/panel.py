"""What belongs to one unit, for the panel beside the text: findings, terms, notes, what was changed, its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bilingual.bitext import Candidate, OriginKind, Text, Unit
from bilingual.review.desk import Work
from bilingual.review.marked import WORDS
from bilingual.review.paper import Paper
from bilingual.review.rows import Row, row_of, tag_of, utf16, where
from bilingual.store import Seen, Spent, Version

LONGEST = 3000
"""Words of two texts beyond which they are shown one after the other, not word by word."""

SHORT = 12
"""Characters shown of the words that have a format."""

VERSIONS = 50
"""Versions shown of one unit, the latest ones."""

Pieces = list[tuple[str, str]]
"""A text, with what came ("ins") and what went ("del") in between; "" is what stayed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text against the machine's: the pieces, and in words how much of it stayed."""

    pieces: Pieces
    differs: bool
    told: str


def difference(old: str, new: str) -> Pieces:
    """What was done to `old` to make it `new`, word by word: without "ins" it is `old`, without "del" `new`."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > LONGEST:
        return [(text, what) for text, what in ((old, "del"), (new, "ins")) if text]
    pieces: Pieces = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("".join(before[a:b]), ""))
        else:
            sides = (("".join(before[a:b]), "del"), ("".join(after[c:d]), "ins"))
            pieces += [(text, side) for text, side in sides if text]
    return pieces


def row(paper: Paper, seen: Seen, *, look: bool = False) -> Row:
    """The row of a unit; with `look` its findings are looked for now, if nobody has yet."""
    unit = seen.unit
    findings = paper.look(unit) if look else paper.findings.get(unit.id)
    return row_of(
        unit, seen.version, paper.places[unit.id] + 1, paper.blocks.get(unit.block), first=paper.first(unit),
        glossary=paper.glossary, findings=findings, repeated=paper.repeats(unit),
    )  # fmt: skip


def panel(work: Work, paper: Paper, seen: Seen) -> dict[str, Any]:
    """What the template of the panel needs."""
    unit, shown = seen.unit, row(paper, seen)
    text = unit.target.string
    spent = work.store.spent(paper.name).get(unit.id)
    return {
        "unit": unit,
        "row": shown,
        "places": [
            (utf16(text, f.target.start), utf16(text, f.target.end)) if f.target else (0, 0)
            for f in shown.findings or ()
        ],
        "codes": [*_formats(unit.source)],
        "change": against_machine(unit),
        "place": where(unit.source_locators),
        "spent": _told(spent) if spent else "",
    }


_NAMES = {"sup": "superscript", "sub": "subscript", "strike": "strikethrough", "fnote": "note mark", "lb": "line break"}


def _formats(source: Text) -> Iterator[tuple[str, str, str]]:
    """The inline codes that a person can put elsewhere: id, what it is, and the words of the source that have it."""
    ends = {code.id: code.position for code in source.codes if code.kind == "close"}
    for code in source.codes:
        if code.kind != "close":
            words = source.string[code.position : ends.get(code.id, code.position)]
            short = f"{words[:SHORT]}…" if len(words) > SHORT + 1 else words
            yield code.id, _NAMES.get(code.type, code.type or tag_of(code)), short


def against_machine(unit: Unit) -> Changed | None:
    """The target against the machine's own words, or the memory's it was made from; None where there are none."""
    made = _made(unit)
    if made is None or not unit.target.string:
        return None
    pieces = difference(made.target.string, unit.target.string)
    stayed = sum(len(text) for text, what in pieces if not what)
    whole = max(len(made.target.string), len(unit.target.string), 1)
    name = made.origin.kind.value
    told = f"{stayed / whole:.0%} of it is as the {name} wrote it."
    return Changed(pieces, made.target.string != unit.target.string, told)


def _made(unit: Unit) -> Candidate | None:
    kinds = (OriginKind.MACHINE, OriginKind.MEMORY, OriginKind.ALIGNMENT)
    if unit.origin and unit.origin.kind is OriginKind.MEMORY:
        kinds = (OriginKind.MEMORY, OriginKind.MACHINE, OriginKind.ALIGNMENT)
    found = (c for kind in kinds for c in unit.candidates if c.origin.kind is kind and c.target.string)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Past:
    """A version as the history shows it. `said`: the words are others than before; `other`: than they are now."""

    number: int
    by: str
    at: str
    label: str
    state: str
    words: str
    pieces: Pieces
    said: bool
    other: bool


def history(versions: tuple[Version, ...]) -> tuple[list[Past], int]:
    """A unit's versions for people, the latest first, each against the one before; and how many earlier ones there are.

    Of a sitting (versions that one step made) the last one is shown.
    """
    ends = [*_sittings(versions)]
    shown = [*_past(ends)]
    shown.reverse()
    return shown[:VERSIONS], max(0, len(shown) - VERSIONS)


def _sittings(versions: tuple[Version, ...]) -> Iterator[Version]:
    for at, version in enumerate(versions):
        following = versions[at + 1] if at + 1 < len(versions) else None
        if following is None or following.step is None or following.step != version.step:
            yield version


def _past(versions: list[Version]) -> Iterator[Past]:
    before = versions[0].unit.target.string if versions else ""  # the first one has nothing before it to part from
    now = versions[-1].unit.target.string if versions else ""
    for at, version in enumerate(versions):
        words = version.unit.target.string
        said = words != before or (at == 0 and words != "")
        yield Past(
            version.number, version.by, version.at, version.label or "translation", version.unit.state.value, words,
            difference(before, words), said, words != now,
        )  # fmt: skip
        before = words


def _told(spent: Spent) -> str:
    return f"{duration(spent.seconds)}, {spent.keys:,} keys"


def duration(seconds: float) -> str:
    """A time in words: "40 s", "12 min", "3 h 05 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
