"""New pages: an English document to read, and one with each sentence beside its English. Each is one file that needs
nothing else, and holds no tag but ours: what a text says is text. What they hold is XML as well as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bilingual.bitext import Code, Kind, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery, kept_words
from bilingual.delivery.html import style as looks
from bilingual.delivery.lists import Number, mark_of, marked, number_of, with_marks

SAFE = re.compile(r"https?:|mailto:|[^:]*(?:[/?#].*)?$", re.IGNORECASE | re.DOTALL)
"""Where a link may lead: the schemes that only open a page or a letter, and places that name none."""

PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
CELL = re.compile(r"(?:(\d+):)?([A-Z]+)(\d+)")
TAGS = {
    "bold": "strong", "italic": "em", "underlined": "u", "strike": "s", "sup": "sup", "sub": "sub", "code": "code",
}  # fmt: skip
PLAIN = {
    Kind.BYLINE: "byline", Kind.CREDIT: "credit", Kind.STAFF: "staff", Kind.NOTE: "note", Kind.MARK: "mark",
    Kind.RUNNING_HEAD: "head",
}  # fmt: skip
"""The class of paragraphs that are of a special kind."""

ROWS = {Kind.TITLE: "title", Kind.HEADING: "heading", Kind.CAPTION: "caption", Kind.LIST_ITEM: "item", **PLAIN}
MARK = '<mark class="unreviewed" title="not reviewed by a person">'
UNOPENED = Number(-1, "")
"""Stands for the last number of a list that has none yet."""

KEY = '<br/><span class="key"></span>not reviewed by a person'


def make(delivery: Delivery, suffix: str = ".html") -> bytes:
    """A page of the English document alone."""
    del suffix
    inside = _notice(delivery.notice) + "".join(blocks(delivery))
    return _page(delivery.title, looks.READING, inside)


def side_by_side(delivery: Delivery) -> bytes:
    """A page of two columns: each sentence and its English."""
    marked = delivery.shows_state and any(not pair.reviewed for item in delivery.blocks for pair in item.pairs)
    notes = _Notes(), _Notes()
    rows = "".join(_rows(delivery.document.language, item, *notes) for item in delivery.blocks)
    inside = f"<h1>{escaped(delivery.title)}</h1>\n" + _notice(delivery.notice, KEY if marked else "")
    inside += f"<table><thead><tr><th>Source</th><th>English</th></tr></thead>\n{rows}</table>\n"
    return _page(delivery.title, looks.BESIDE, inside)


def _notice(notice: str, key: str = "") -> str:
    return f'<div role="note" class="notice">{escaped(notice)}{key}</div>\n' if notice else ""


def escaped(string: str) -> str:
    """The string as text of a page, or in an attribute between quotation marks."""
    return html.escape(string)


def safe(href: str) -> str:
    """Where a link leads, "" if that is nowhere a link may lead; hidden blanks do not deceive."""
    bare = "".join(character for character in href if character > " " and character != "\x7f")
    return bare if SAFE.match(bare) else ""


def _page(title: str, style: str, inside: str) -> bytes:
    head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    head += f"<title>{escaped(title)}</title>\n<style>{looks.COMMON}{style}</style>\n"
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}</head>\n<body>\n<main>\n{inside}</main>\n</body>\n</html>\n'
    )
    return page.encode("utf-8")


class _Notes:
    """Numbers the marks of notes through a document."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """The next number."""
        self._last += 1
        return self._last


def inline(text: Text, notes: _Notes) -> str:
    """A text with its codes as tags of ours."""
    parts, at = [], 0
    closing: dict[str, str] = {}
    for code in text.codes:
        parts += [escaped(text.string[at : code.position]), _tag(code, closing, notes)]
        at = code.position
    return "".join([*parts, escaped(text.string[at:])])


def _tag(code: Code, closing: dict[str, str], notes: _Notes) -> str:
    """What a code looks like; `closing` remembers how an open one is closed."""
    if code.kind == "close":
        return closing.pop(code.id, "")
    if code.kind == "empty":
        return _lone(code, notes)
    name, attributes = TAGS.get(code.type, ""), ""
    if code.type == UNREVIEWED:
        closing[code.id] = "</mark>"
        return MARK
    if code.type == "link" and safe(code.href):
        name, attributes = "a", f' href="{escaped(safe(code.href))}"'
    closing[code.id] = f"</{name}>" if name else ""
    return f"<{name}{attributes}>" if name else ""


def _lone(code: Code, notes: _Notes) -> str:
    if code.type == "image":
        if PICTURE.fullmatch(code.href):
            return f'<img src="{code.href}" alt=""/>'
        return f'<span class="image">image {escaped(code.href.rpartition("/")[2][:60])}</span>'
    if code.type == "fnote":
        return f"<sup>[{notes.next()}]</sup>"
    if words := kept_words(code):
        shown = escaped(words)
        if code.type == "code":
            return f"<code>{shown}</code>"
        return f'<a href="{escaped(safe(code.href))}">{shown}</a>' if safe(code.href) else shown
    return {"lb": "<br/>", "cue": "<br/>", "tab": "&#8195;"}.get(code.type, "")


def blocks(delivery: Delivery) -> Iterator[str]:
    """The blocks as elements; list items and cells that follow each other as one list or table."""
    notes = _Notes()
    blocks = _shown(delivery)
    deeper = any(item.kind is Kind.TITLE for item in blocks)
    for group, items in groupby(blocks, key=_group):
        if group == "list":
            yield _list([*items], notes)
        elif group:
            yield _table([*items], notes)
        else:
            yield from (_element(item, notes, deeper) for item in items)


def _shown(delivery: Delivery) -> Sequence[Delivered]:
    """The blocks that are on the page: the title of a web page is not, where the page has a heading of its own."""
    template = delivery.document.template
    headed = any(item.kind is Kind.HEADING and item.block.level == 1 for item in delivery.blocks)
    if template and template.format == "html" and headed:
        return [item for item in delivery.blocks if item.kind is not Kind.TITLE]
    return delivery.blocks


def _group(item: Delivered) -> str:
    """What a block goes together with: "list", a table by its number and file, "" for nothing."""
    locator = item.block.locators[0]
    cell = CELL.fullmatch(locator.cell or "")
    if cell:
        return f"table {cell[1] or 1} {locator.part}"
    return "list" if item.kind is Kind.LIST_ITEM else ""


def _element(item: Delivered, notes: _Notes, deeper: bool) -> str:
    said = inline(item.text, notes)
    if item.kind is Kind.TITLE:
        return f"<h1>{said}</h1>\n"
    if item.kind is Kind.HEADING:
        level = min(6, max(1, item.block.level) + deeper)
        return f"<h{level}>{said}</h{level}>\n"
    if item.kind is Kind.CAPTION:
        return f"<figure><figcaption>{said}</figcaption></figure>\n"
    named = f' class="{PLAIN[item.kind]}"' if item.kind in PLAIN else ""
    return f"<p{named}>{said}</p>\n"


def _list(items: Iterable[Delivered], notes: _Notes) -> str:
    """A list, with lists in its items as their levels say; numbers that do not follow begin a list of their own."""
    parts: list[str] = []
    opened: list[Number | None] = []
    for item in items:
        level = min(max(1, item.block.level), len(opened) + 1)
        while len(opened) > level:
            parts.append(_end_of(opened.pop()))
        last = opened.pop() if len(opened) == level else UNOPENED
        mark = mark_of(item)
        number = number_of(mark, last)
        if last == UNOPENED:
            parts.append(_start_of(number))
        elif number.follows(last) if number else last is None:
            parts.append("</li>")
        else:
            parts += [_end_of(last), _start_of(number)]
        opened.append(number)
        parts.append(f"<li{_own_mark(mark, number)}>{inline(item.text, notes)}")
    return "".join([*parts, *map(_end_of, reversed(opened)), "\n"])


def _start_of(number: Number | None) -> str:
    """The tag of the list that begins with this number."""
    if number is None:
        return "<ul>"
    start = f' start="{number.value}"' if number.value != 1 else ""
    style = f' type="{number.style}"' if number.style != "1" else ""
    return f"<ol{start}{style}>"


def _end_of(last: Number | None) -> str:
    """The tags that end the list whose last number this is."""
    return "</li></ul>" if last is None else "</li></ol>"


def _own_mark(mark: str, number: Number | None) -> str:
    """The attribute of an item whose mark a browser would not show by itself: "1." it would, "(1)" it would not."""
    if not mark or (number and (number.before, number.after) == ("", ".")):
        return ""
    bare = re.sub(r"[\\\"\n\r\f]", "", mark)
    return f" style='list-style-type:\"{html.escape(bare)} \"'"


def _table(items: Sequence[Delivered], notes: _Notes) -> str:
    """A table; what stands in one cell stands there in its order."""
    cells: dict[tuple[int, int], list[str]] = {}
    for item in items:
        found = CELL.fullmatch(item.block.locators[0].cell or "")
        assert found is not None
        said = inline(marked(item.text, mark_of(item)), notes)
        cells.setdefault((int(found[3]), _column(found[2])), []).append(said)
    columns = sorted({column for _, column in cells})
    rows = sorted({row for row, _ in cells})
    grid = [[_cell(cells.get((row, column), [])) for column in columns] for row in rows]
    inside = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in grid)
    return f'<div class="table"><table>\n{inside}</table></div>\n'


def _cell(said: list[str]) -> str:
    return said[0] if len(said) == 1 else "".join(f"<p>{paragraph}</p>" for paragraph in said)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _rows(language: str, item: Delivered, source_notes: _Notes, target_notes: _Notes) -> str:
    """The rows of one block: one for each sentence; what is not translated stands on both sides."""
    named = ROWS.get(item.kind, "")
    named = f"{named} level{item.block.level}" if item.block.level else named
    pairs = [(pair.source, pair.target, pair.reviewed) for pair in with_marks(item)]
    rows = []
    for source, target, reviewed in pairs or [(item.block.text, item.text, True)]:
        doubt = "" if reviewed else ' class="unreviewed" title="not reviewed by a person"'
        left = f'<td lang="{escaped(language)}">{inline(source, source_notes)}</td>'
        rows.append(f'<tr>{left}<td lang="en"{doubt}>{inline(target, target_notes)}</td></tr>\n')
    return f'<tbody id="{escaped(item.block.id)}"{f" class={named!r}" if named else ""}>\n{"".join(rows)}</tbody>\n'
