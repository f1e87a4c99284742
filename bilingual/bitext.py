"""The nouns: documents, their blocks, and the aligned units people edit.

Everything here is frozen, slotted and picklable and does no I/O. Offsets count code points. Change a noun with
`dataclasses.replace`; each is checked where it enters the program (readers, loaders) and trusted after.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Extra = tuple[tuple[str, str], ...]
"""What a file said that we do not understand, kept as name and value so that it survives a round trip."""


class Kind(StrEnum):
    """What a block is on its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CELL = "table cell"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    STAFF = "staff"
    NOTE = "note"
    RUNNING_HEAD = "running head"
    LABEL = "label"
    MARK = "mark"


UNTRANSLATED = frozenset({Kind.MARK})
"""Kinds that are kept in their place but carry no words to translate (a lone ③)."""


class State(StrEnum):
    """How far a unit has come. A person's hand starts at TRANSLATED: what the machine made is NEW or DRAFT."""

    NEW = "new"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class OriginKind(StrEnum):
    """Who proposed a target."""

    MACHINE = "machine"
    MEMORY = "memory"
    PERSON = "person"
    ALIGNMENT = "alignment"


class TermKind(StrEnum):
    """What a term names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    DOCUMENT = "document"
    INITIATIVE = "initiative"
    PROGRAMME = "programme"
    PHRASE = "phrase"
    ABBREVIATION = "abbreviation"


class TermStatus(StrEnum):
    """How far a term may be trusted; `keep` stays as it is in the source."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    DEPRECATED = "deprecated"
    KEEP = "keep"


class TermOutcome(StrEnum):
    """How a term got into a target: by itself, by protection, by repair afterwards, or not at all."""

    NATURAL = "natural"
    ENFORCED = "enforced"
    REPAIRED = "repaired"
    MISSING = "missing"


class FlagKind(StrEnum):
    """Why a person must look at a unit."""

    JOIN = "uncertain join"
    MOVE = "uncertain place"
    SOURCE = "doubtful source"
    DEGENERATE = "degenerate output"
    LENGTH = "cut or split"
    NUMBER = "number"
    TERM = "term missing"
    NAME = "unverified name"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range [start, end) in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a file: a line (from 1), a page and its box, a paragraph, a table cell, a subtitle cue.

    All count from 1. `box` is left, top, right, bottom in points from the page's top left corner; `cell` is "B3" or,
    where a document has several tables, "2:B3"; `part` names the file inside a package (a chapter of an epub, the
    footnotes of a docx), "" for the main one.
    """

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    cell: str | None = None
    cue: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code (bold, link, footnote mark) before the code point at `position` of its text.

    `kind` is "open", "close" or "empty"; an open code and its close share `id`, which no other code of the block has.
    `data` is the file's own spelling. `type` is what it means, in the words of TMX: "bold", "italic", "underlined",
    "strike", "sup", "sub", "code", "link", "fnote" (the mark of a note), "image", "lb" (a line break), "tab", "field"
    (a page number or the like, which the program fills in), "cue" (the next subtitle begins), "" for what only its own
    format knows. `href` is where a link leads, or an image lies. A lone "code" or "link" holds words that nobody
    translates, in `data` or `href`.
    """

    position: int
    id: str
    kind: str
    data: str
    type: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its inline codes, in order of position; those at one position stand in their order in the file."""

    string: str
    codes: tuple[Code, ...] = ()

    def __str__(self) -> str:
        return self.string


@dataclass(frozen=True, slots=True)
class Repair:
    """A join or a move that put a torn page together again, with how sure it is.

    `position` is the seam's offset in the block's text (0 for a move); `confidence` is in [0, 1]; `reason` is for
    people.
    """

    kind: str
    position: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person must look at, and why. `span` is in the unit's source where `side` is "source"."""

    kind: FlagKind
    reason: str
    span: Span | None = None
    side: str = "source"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or the like, put together again.

    `spans` are the pieces of `Document.text` that make it up, in reading order, and `locators` says where each stands
    in the file (one for each span). The pieces put end to end have exactly the length of `text.string`, so an offset
    in one is an offset in the other; they differ at most where a line break reads as a space.
    `order` is the place in the reading order, from 0. `level` is a heading's depth, 0 where there is none.
    `flags` are doubts about the source itself, with spans in `text.string`. `marker` is the mark the file itself puts
    before a list item: a number as it is shown (“3.”, “c)”), “•” for a bullet, “☐” or “☑” for a task; empty where there
    is none or the text brings its own.
    """

    id: str
    kind: Kind
    text: Text
    spans: tuple[Span, ...]
    locators: tuple[Locator, ...]
    level: int = 0
    order: int = 0
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The file a document came from: its name, the SHA-256 of its bytes, and how it was read (format, encoding)."""

    name: str
    sha256: str
    format: str
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source document. `blocks` are in reading order; `text` is the whole file as read, untouched."""

    name: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    template: Template | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a target, which one (a model's identity, a person's name, a memory), and its own score if it has one."""

    kind: OriginKind
    name: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposal for a unit's target."""

    target: Text
    origin: Origin
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry. `admitted` are other renderings that are right, `forbidden` ones that are wrong.

    `when`: "always", "exact" (only where the source word stands alone, see the glossary's documentation), or a
    condition. `case`: whether the target's letters must be kept as they are. `example`: a sentence that shows its use.
    """

    id: str
    source: str
    target: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    kind: TermKind = TermKind.PHRASE
    status: TermStatus = TermStatus.APPROVED
    domain: str = ""
    when: str = "always"
    case: bool = False
    note: str = ""
    reference: str = ""
    definition: str = ""
    part_of_speech: str = ""
    example: str = ""

    @property
    def renderings(self) -> tuple[str, ...]:
        """Every rendering that satisfies the term, the preferred one first."""
        return (self.target, *self.admitted)


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term and where it stands in the source."""

    term: Term
    span: Span


@dataclass(frozen=True, slots=True)
class TermUse:
    """One occurrence of a term in a unit, the rendering it got ("" when missing), and how it got there."""

    term: str
    source: str
    target: str
    span: Span
    outcome: TermOutcome


class NoteKind(StrEnum):
    """What a note is: a remark, or a query: a doubt about the source, for whoever wrote it."""

    NOTE = "note"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody says about a unit. A machine's note has no `author`, and nothing a machine did is dated.

    A query is `answered` once somebody has said that its doubt is settled.
    """

    text: str
    author: str = ""
    when: str = ""
    kind: NoteKind = NoteKind.NOTE
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Which person changed a unit, and when (UTC, ISO 8601)."""

    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A finding that a person has put to rest: the check's name, and why."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One aligned pair, one or more sentences on a side; it serves translation, memory, alignment, review, export.

    `id` is opaque and given once. `block` is the id of the source block, `span` the place in that block's text.
    `candidates` hold every proposal: the engine's own words stay there when a person has changed the target.
    `original` is the source as the file has it, where a person has corrected it; None elsewhere.
    """

    id: str
    block: str
    source: Text
    target: Text = Text("")
    span: Span = Span(0, 0)
    state: State = State.NEW
    locked: bool = False
    origin: Origin | None = None
    candidates: tuple[Candidate, ...] = ()
    terms: tuple[TermUse, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    silenced: tuple[Silence, ...] = ()
    changed: Change | None = None
    source_locators: tuple[Locator, ...] = ()
    target_locators: tuple[Locator, ...] = ()
    extra: Extra = ()
    original: Text | None = None

    @property
    def written(self) -> Text:
        """The source as the file has it, whether or not a person has corrected it."""
        return self.source if self.original is None else self.original

    @property
    def touched(self) -> bool:
        """Whether a person has had a hand in it, so that no run may overwrite it."""
        human = self.state not in {State.NEW, State.DRAFT} or self.changed is not None or self.locked
        return human or (bool(self.target.string) and self.target not in {c.target for c in self.candidates})

    @property
    def unconfirmed(self) -> bool:
        """Whether its words are still a machine's draft: a note, a lock or an undone merge confirms nothing."""
        made = {candidate.target for candidate in self.candidates if candidate.origin.kind is OriginKind.MACHINE}
        return self.state in {State.NEW, State.DRAFT} and self.target in made


@dataclass(frozen=True, slots=True)
class Bitext:
    """Aligned units and the documents they come from: the source's, and the target's where it was a file too."""

    source_language: str
    target_language: str
    documents: tuple[Document, ...]
    units: tuple[Unit, ...]
    metadata: Extra = ()
