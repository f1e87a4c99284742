"""English web pages: the source's own page with other words in it, or a new page that needs nothing but itself.

`fill` reads the source once more and changes its blocks' words and their attributes, what it says of its language and
encoding, and nothing else: every other character stays.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from bilingual.bitext import Code, Kind, Text
from bilingual.delivery import UNREVIEWED, Delivery
from bilingual.delivery.html.page import MARK, escaped, make, side_by_side
from bilingual.documents.html import is_xml, page_in
from bilingual.documents.web.markup import Page, Slot
from bilingual.documents.web.tags import Token, attributes
from bilingual.errors import InputError

__all__ = ["FORMS", "fill", "make", "side_by_side"]

FORMS = ("html",)

NOTICE = (
    '<div role="note" lang="en" translate="no" style="margin:0;padding:.6em 1em;background:#fff4ce;color:#3b2f00;'
    'border-bottom:1px solid #d8b400;font:14px/1.4 sans-serif;text-align:left">{}</div>'
)
HEAD_ONLY = frozenset({"html", "head", "title", "meta", "link", "base", "style", "script"})
CHARSET = re.compile(r"(charset\s*=\s*)[^\s;]+", re.IGNORECASE)
DECLARATION = re.compile(r"""(<\?xml[^>]*?encoding\s*=\s*["'])[A-Za-z0-9._-]+""")

Edit = tuple[int, int, str]
"""What stands instead of a stretch of the page."""


def fill(delivery: Delivery, source: bytes, suffix: str = ".html") -> bytes:
    """The source page with the English in the place of the Chinese, in UTF-8.

    Raises InputError where `source` is not the page that was read.
    """
    del suffix
    document = delivery.document
    name = document.template.name if document.template else document.name
    decoded, page = page_in(source, name)
    return filled(page, matched(page.slots, delivery), delivery.notice, xml=is_xml(decoded.text, name)).encode("utf-8")


def matched(slots: Sequence[Slot], delivery: Delivery, first: int = 1) -> list[tuple[Slot, Text]]:
    """The slots that get other words, with their texts; the first slot is that of block "b{first}"."""
    known = {item.block.id: item for item in delivery.blocks}
    found: list[tuple[Slot, Text]] = []
    for number, slot in enumerate(slots, first):
        item = known.get(f"b{number}")
        if item is None or item.block.text.string != slot.text.string:
            name = delivery.document.name
            raise InputError("this is not the file that was translated", "translate it again", path=name)
        if item.pairs or item.text != item.block.text:
            found.append((slot, item.text))
    return found


def filled(page: Page, given: Sequence[tuple[Slot, Text]], notice: str = "", *, xml: bool = False) -> str:
    """The page with other texts in some of its slots (in their order), and `notice` at its head; `xml`: it is XML."""
    edits = [_spoken(slot, text) for slot, text in given if slot.form != "text"]
    edits += _languages(page)
    edits += _encodings(page, xml=xml)
    edits += _noticed(page, notice)
    patched = _Patched(page.text, edits)
    parts, at = [], -1
    for slot, text in given:
        if slot.form == "text":
            parts += [patched.part(at, slot.start), _written(patched, slot, text)]
            at = slot.end
    return "".join([*parts, patched.part(at, len(page.text))])


class _Patched:
    """A page in which some stretches, none in another, read otherwise. What is put in between two characters goes with
    the first of them; -1 is the place before all of them."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._text = text
        self._edits = sorted(edits, key=_key)
        self._keys = [_key(edit) for edit in self._edits]

    def part(self, start: int, end: int) -> str:
        """What stands in [start, end)."""
        parts, at = [], max(start, 0)
        for begin, stop, new in self._edits[bisect_left(self._keys, start) : bisect_left(self._keys, end)]:
            parts += [self._text[at:begin], new]
            at = stop
        return "".join([*parts, self._text[at:end]])


def _key(edit: Edit) -> float:
    start, end, _ = edit
    return start if end > start else start - 0.5


def _written(patched: _Patched, slot: Slot, text: Text) -> str:
    """A text as it stands in its slot: escaped, its codes as the page spells them."""
    if slot.kind is Kind.TITLE:  # shown by the browser, which knows no tags there
        return html.escape(text.string, quote=False)
    parts, at = [], 0
    for code in text.codes:
        parts += [html.escape(text.string[at : code.position], quote=False), _tag(patched, slot, code)]
        at = code.position
    return "".join([*parts, html.escape(text.string[at:], quote=False)])


def _tag(patched: _Patched, slot: Slot, code: Code) -> str:
    if code.type == UNREVIEWED:
        return MARK if code.kind == "open" else "</mark>"
    place = slot.codes.get((code.id, code.kind))
    return patched.part(*place) if place else ""


def _spoken(slot: Slot, text: Text) -> Edit:
    """The edit of an attribute; one without quotation marks gets them."""
    value = escaped(text.string)
    return slot.start, slot.end, f'"{value}"' if slot.form == "bare" else value


def _tags(page: Page) -> Iterator[Token]:
    """The start tags of what is read."""
    for at, token in enumerate(page.tokens):
        if token.kind in {"open", "empty"} and at not in page.unread:
            yield token


def _languages(page: Page) -> Iterator[Edit]:
    """What is said to be Chinese is said to be English."""
    for token in _tags(page):
        said = [a for a in attributes(page.text, token) if a.name in {"lang", "xml:lang"}]
        for attribute in said:
            if attribute.value.lower().startswith("zh"):
                yield attribute.start, attribute.end, "en"
        if token.name == "html" and not said:
            end = token.start + len("<html")
            yield token.start, end, f'{page.text[token.start : end]} lang="en"'


def _encodings(page: Page, *, xml: bool) -> Iterator[Edit]:
    """The page says that it is in UTF-8: where it said something else, or else first thing in its head."""
    declared = DECLARATION.match(page.text)
    if declared:
        yield *declared.span(), f"{declared[1]}utf-8"
    said = False
    for token in _tags(page):
        for attribute in attributes(page.text, token) if token.name == "meta" else ():
            if attribute.name == "charset":
                said = True
                yield attribute.start, attribute.end, "utf-8"
            elif attribute.name == "content" and CHARSET.search(attribute.value):
                said = True
                raw = page.text[attribute.start : attribute.end]
                yield attribute.start, attribute.end, CHARSET.sub(r"\1utf-8", raw)
    if not said and not xml and not declared:
        yield _after(_named(page, "head") or _named(page, "html"), '<meta charset="utf-8">')


def _noticed(page: Page, notice: str) -> Iterator[Edit]:
    """The notice, right at the beginning of what is shown."""
    if notice:
        yield _after(_named(page, "body") or _last_of_head(page), NOTICE.format(escaped(notice)))


def _named(page: Page, name: str) -> Token | None:
    return next((token for token in _tags(page) if token.name == name), None)


def _last_of_head(page: Page) -> Token | None:
    """The last token that belongs to no body, where the page does not say where that begins."""
    last = None
    for token in page.tokens:
        blank = token.kind == "text" and page.text[token.start : token.end].isspace()
        if not blank and token.kind not in {"comment", "raw"} and token.name not in HEAD_ONLY:
            break
        last = last if blank else token
    return last


def _after(token: Token | None, new: str) -> Edit:
    """Something new after a token, or at the very beginning."""
    return (token.end, token.end, new) if token else (0, 0, new)
