"""Markdown: headings, paragraphs, list items, quotations, table cells, image descriptions and footnotes as blocks.

Kept as they are, and not translated: front matter (but for its `title:`), code, HTML blocks, link definitions. Where
one of them holds Chinese that looks like prose, the document is flagged. A block's style stays where it is, in the
file: **a paragraph all in bold** has its two codes like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from bilingual.bitext import Block, Document, Flag, Kind, Span
from bilingual.documents.encoding import decode
from bilingual.documents.found import document_of
from bilingual.documents.markdown.blocks import Slot, Walker
from bilingual.documents.markdown.rules import References
from bilingual.errors import InputError


def read(data: bytes, name: str, progress: object = None) -> Document:  # noqa: ARG001 (a file of one part)
    """The document in a Markdown file; raises InputError where `decode` does and where nothing is to be translated."""
    decoded = decode(data, name)
    file = walk(decoded.text)
    if not any(slot.found.text.string.strip() for slot in file.slots):
        what = "there is nothing to translate in the file: no heading, paragraph, list or table"
        raise InputError(what, "code and HTML blocks are kept as they are", path=name)
    found = [slot.found for slot in file.slots]
    flags = (*decoded.flags, *file.flags)
    document = document_of(name, data, "markdown", found, encoding=decoded.encoding, flags=flags)
    blocks = (_with_lines(block, slot) for block, slot in zip(document.blocks, file.slots, strict=True))
    return replace(document, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class Walked:
    """What there is to translate in a file, in its order; doubts about the whole; its link definitions; where its front
    matter ends."""

    slots: tuple[Slot, ...]
    flags: tuple[Flag, ...]
    references: References
    body: int


def walk(text: str) -> Walked:
    """Find what there is to translate in the file; the reader and the writer both go this way."""
    walker = Walker(text)
    slots = sorted(walker.slots(), key=lambda slot: slot.start)
    slots = _with_tables(_with_title(slots), walker.tables)
    return Walked(tuple(slots), tuple(walker.flags), walker.references, walker.starts[walker.front])


def _with_title(slots: list[Slot]) -> list[Slot]:
    """The slots; a first heading that is the only one of its level 1 is the title, where front matter names none."""
    heads = [at for at, slot in enumerate(slots) if slot.found.kind is Kind.HEADING]
    tops = [at for at in heads if slots[at].found.level == 1]
    named = any(slot.found.kind is Kind.TITLE for slot in slots)
    if named or len(tops) != 1 or tops[0] != heads[0]:
        return slots
    at = tops[0]
    title = replace(slots[at], found=replace(slots[at].found, kind=Kind.TITLE, level=0))
    return [*slots[:at], title, *slots[at + 1 :]]


def _with_tables(slots: list[Slot], tables: int) -> list[Slot]:
    """The slots; the cells of a single table are named without its number."""
    if tables != 1:
        return slots
    single: list[Slot] = []
    for slot in slots:
        locator = slot.found.locator
        bare = replace(locator, cell=locator.cell.partition(":")[2]) if locator.cell else locator
        single.append(replace(slot, found=replace(slot.found, locator=bare)))
    return single


def _with_lines(block: Block, slot: Slot) -> Block:
    """The block with a span and a locator for each of its lines that has words."""
    if not slot.lines:
        return block
    (whole,), (first,) = block.spans, block.locators
    starts = {0: 0} | {offset: down for offset, down in slot.lines if offset < len(whole)}
    edges = [*starts, len(whole)]
    spans = tuple(Span(whole.start + start, whole.start + stop) for start, stop in pairwise(edges))
    locators = tuple(replace(first, line=(first.line or 0) + down) for down in starts.values())
    return replace(block, spans=spans, locators=locators)
