"""From what a reader found to a document: blocks in their order, with ids, spans and places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bilingual.bitext import Block, Document, Flag, Kind, Locator, Span, Template, Text


@dataclass(frozen=True, slots=True)
class Found:
    """A block of a file that has its layout: what it is, its text with codes, where it stands, a list item's mark."""

    kind: Kind
    text: Text
    locator: Locator
    level: int = 0
    flags: tuple[Flag, ...] = ()
    marker: str = ""


def document_of(
    name: str,
    data: bytes,
    form: str,
    found: Iterable[Found],
    *,
    encoding: str = "",
    flags: tuple[Flag, ...] = (),
) -> Document:
    """The document of the file `data`, whose reader (`form` names it) found these blocks, in reading order.

    The document's text is that of its blocks, a line each. A block's id is its place, "b1" for the first: the writers
    of `delivery` find a block in the file again by reading it once more and counting.
    """
    blocks: list[Block] = []
    start = 0
    for order, item in enumerate(found):
        span = Span(start, start + len(item.text.string))
        start = span.end + 1
        blocks.append(
            Block(
                id=f"b{order + 1}",
                kind=item.kind,
                text=_named(item.text),
                spans=(span,),
                locators=(item.locator,),
                level=item.level,
                order=order,
                flags=item.flags,
                marker=item.marker,
            )
        )
    text = "\n".join(block.text.string for block in blocks)
    template = Template(name, hashlib.sha256(data).hexdigest(), form, encoding)
    return Document(name, "zh", text, tuple(blocks), template, flags)


def _named(text: Text) -> Text:
    """The text, the end of each pair meaning and leading to what its beginning does."""
    opened = {code.id: code for code in text.codes if code.kind == "open"}
    codes = (replace(c, type=opened[c.id].type, href=opened[c.id].href) if c.kind == "close" else c for c in text.codes)
    return replace(text, codes=tuple(codes))
