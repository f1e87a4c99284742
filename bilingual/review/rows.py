"""The rows of the editing page: a unit as marked pieces of text on both sides, its place, state and findings.

Offsets become pieces here, so that the template only walks lists and escapes what it writes; no text is markup.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilingual.bitext import Block, Code, Kind, Locator, NoteKind, OriginKind, Span, Term, TermStatus, Text, Unit
from bilingual.checks.findings import Finding, Severity
from bilingual.glossary import Glossary
from bilingual.glossary.renderings import find_rendering

CODES = {
    "bold": "b",
    "italic": "i",
    "underlined": "u",
    "strike": "s",
    "sup": "sup",
    "sub": "sub",
    "code": "code",
    "link": "link",
    "fnote": "note",
    "image": "image",
    "lb": "↵",
    "tab": "⇥",
    "field": "field",
    "cue": "cue",
}
"""What a tag shows of an inline code's type; the number of its own where the type says nothing."""


HOLDING = frozenset({"code", "link", "field"})
"""Types of lone codes that show words, which nobody translates."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be seen at a stretch of a text. `kind` is "term", "rendering", "flag" or "finding"; `style` says
    more (is-missing, is-error); `told` is what people read of it; `key` tells which one it is (a term's id)."""

    span: Span
    kind: str
    style: str = ""
    told: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks all over, or the tag of an inline code (then `tag` says which)."""

    text: str
    style: str = ""
    told: str = ""
    term: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class TermSeen:
    """A glossary term in a source: where, what it is called in English, and where the target says so."""

    term: Term
    span: Span
    said: tuple[Span, ...] = ()

    @property
    def rendering(self) -> str:
        """What to write for it."""
        return self.term.source if self.term.status is TermStatus.KEEP else self.term.target

    @property
    def told(self) -> str:
        """The term in one line, as a tooltip says it."""
        others = f" (or: {', '.join(self.term.admitted)})" if self.term.admitted else ""
        where = "in the translation" if self.said else "not in the translation"
        return f"{self.term.source} = {self.rendering}{others}; {self.term.status.value}; {where}"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as the page shows it. `number` counts from 1 in the whole document; `first` opens its block."""

    unit: Unit
    version: int
    number: int
    kind: Kind
    level: int
    first: bool
    label: str
    marker: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    findings: tuple[Finding, ...] | None
    terms: tuple[TermSeen, ...] = ()
    repeated: bool = False

    @property
    def origin(self) -> str:
        """Where the words come from, in a few letters."""
        return origin_of(self.unit)

    @property
    def talk(self) -> list[tuple[str, int]]:
        """How many open queries and how many notes there are."""
        queries = sum(note.kind is NoteKind.QUERY and not note.answered for note in self.unit.notes)
        notes = sum(note.kind is NoteKind.NOTE for note in self.unit.notes)
        return [(kind, count) for kind, count in (("query", queries), ("note", notes)) if count]

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """Severity, number of findings, and their reasons, the worst first."""
        found = self.findings or ()
        groups = ((severity, [f for f in found if f.severity is severity]) for severity in Severity)
        return [(severity.value, len(group), "\n".join(f.reason for f in group)) for severity, group in groups if group]


def terms_of(unit: Unit, glossary: Glossary) -> tuple[TermSeen, ...]:
    """The terms that the glossary has in the unit's source, as it is now."""
    return tuple(
        TermSeen(m.term, m.span, _said(m.term, unit.target.string)) for m in glossary.match(unit.source.string)
    )


def _said(term: Term, target: str) -> tuple[Span, ...]:
    wanted = (term.source,) if term.status is TermStatus.KEEP else term.renderings
    found = [span for one in wanted if one and target for span in find_rendering(target, one, case=term.case)]
    return tuple(sorted(found, key=lambda span: span.start))


def row_of(
    unit: Unit, version: int, number: int, block: Block | None, *, first: bool, glossary: Glossary,
    findings: Sequence[Finding] | None = None, repeated: bool = False,
) -> Row:  # fmt: skip
    """The row of a unit; `findings` is None where nobody has looked yet."""
    terms = terms_of(unit, glossary)
    kind = block.kind if block else Kind.PARAGRAPH
    return Row(
        unit, version, number, kind, block.level if block else 0, first, label_of(kind, unit, block),
        block.marker if block and first else "",
        pieces(unit.source, source_marks(unit, terms, findings or ())),
        pieces(unit.target, target_marks(unit, terms, findings or ())),
        None if findings is None else tuple(findings), terms, repeated,
    )  # fmt: skip


def source_marks(unit: Unit, terms: Iterable[TermSeen], findings: Iterable[Finding]) -> Iterator[Mark]:
    """What is to be seen in the source."""
    for seen in terms:
        style = "is-said" if seen.said else "is-missing"
        yield Mark(seen.span, "term", f"{style} is-{seen.term.status.value}", seen.told, seen.term.id)
    yield from (Mark(f.span, "flag", "", f.reason) for f in unit.flags if f.span and f.side == "source")
    yield from (Mark(f.source, "finding", f"is-{f.severity.value}", f.reason) for f in findings if f.source)


def target_marks(unit: Unit, terms: Iterable[TermSeen], findings: Iterable[Finding]) -> Iterator[Mark]:
    """What is to be seen in the target."""
    for seen in terms:
        yield from (Mark(span, "rendering", "", f"{seen.term.source} = {seen.rendering}") for span in seen.said)
    yield from (Mark(f.span, "flag", "", f.reason) for f in unit.flags if f.span and f.side == "target")
    yield from (Mark(f.target, "finding", f"is-{f.severity.value}", f.reason) for f in findings if f.target)


def pieces(text: Text, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text cut where a mark begins or ends or a code stands; put end to end, the pieces' texts are the text."""
    length = len(text.string)
    kept = [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= length]
    edges = {0, length, *(code.position for code in text.codes)}
    edges.update(edge for mark in kept for edge in (mark.span.start, mark.span.end))
    made: list[Piece] = []
    for start, end in itertools.pairwise([*sorted(edges), length]):
        made += [Piece("", told=_tag_told(code), tag=tag_of(code)) for code in text.codes if code.position == start]
        if end > start:
            made.append(_piece(text.string[start:end], [m for m in kept if m.span.start < end and start < m.span.end]))
    return tuple(made)


def _piece(text: str, marks: Sequence[Mark]) -> Piece:
    style = " ".join(dict.fromkeys(word for mark in marks for word in (mark.kind, *mark.style.split())))
    told = "\n".join(dict.fromkeys(mark.told for mark in marks if mark.told))
    return Piece(text, style, told, next((mark.key for mark in marks if mark.kind == "term"), ""))


def tag_of(code: Code) -> str:
    """What a tag shows: "b" and "/b" around bold words."""
    name = CODES.get(code.type) or code.id
    if code.kind == "empty" and code.type in HOLDING and code.data.strip():
        return code.data.strip()[:40]
    return f"/{name}" if code.kind == "close" else name


def _tag_told(code: Code) -> str:
    what = code.type or "code"
    told = {"open": f"{what} begins", "close": f"{what} ends"}.get(code.kind, what)
    return f"{told}: {code.data}"[:200] if code.data.strip() else told


def label_of(kind: Kind, unit: Unit, block: Block | None) -> str:
    """What a block is called beside its first unit; a paragraph needs no name."""
    if kind is Kind.PARAGRAPH:
        return ""
    if kind is Kind.HEADING and block:
        return f"heading {block.level}" if block.level else "heading"
    if kind is Kind.CELL:
        cell = next((place.cell for place in unit.source_locators if place.cell), "")
        return cell or "cell"
    return kind.value


def origin_of(unit: Unit) -> str:
    """Machine, memory with its percentage, or the person; empty where there is no translation."""
    origin = unit.origin
    if origin is None or not unit.target.string:
        return ""
    if origin.kind is OriginKind.PERSON:
        return origin.name or "person"
    if origin.kind is OriginKind.MEMORY:
        return "memory" if origin.score is None else f"memory {round(_percent(origin.score))} %"
    return origin.kind.value


def _percent(score: float) -> float:
    return score * 100 if score <= 1 else score


def where(locators: Sequence[Locator]) -> str:
    """A place in the file in words: "page 3", "lines 12–14"."""
    pages = sorted({one.page for one in locators if one.page is not None})
    lines = sorted({one.line for one in locators if one.line is not None})
    told = [_range("page", pages), _range("line", lines)]
    told += [f"cell {one.cell}" for one in locators[:1] if one.cell]
    told += [f"cue {one.cue}" for one in locators[:1] if one.cue is not None]
    told += [one.part for one in locators[:1] if one.part]
    return ", ".join(filter(None, told))


def _range(name: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return f"{name} {numbers[0]}" if len(numbers) == 1 else f"{name}s {numbers[0]}–{numbers[-1]}"


def utf16(text: str, offset: int) -> int:
    """A code point offset as JavaScript counts it."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
