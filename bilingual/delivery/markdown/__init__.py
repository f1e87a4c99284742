"""Markdown out: a Markdown source with English in the place of the Chinese, or a clean new file of any other source.

Filling keeps every byte that is not translated, blocks whose text did not change included; a translated block loses its
hard wraps, entities and needless escapes, [a][] becomes [a b][a], and a table is not aligned anew. Words nobody has
reviewed stand in <mark>…</mark>. The notice is a quotation at the head, after front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bilingual.bitext import Kind, Text
from bilingual.delivery import Delivered, Delivery
from bilingual.delivery.encoded import encoded, line_end, replaced
from bilingual.delivery.lists import Number, mark_of, marked, number_of
from bilingual.delivery.markdown.text import Style, written
from bilingual.delivery.tables import grid, runs
from bilingual.documents.encoding import decode
from bilingual.documents.markdown import Walked, walk
from bilingual.documents.markdown.blocks import Slot
from bilingual.documents.markers import DONE, UNDONE
from bilingual.errors import InputError

FORMS = ("markdown",)

PLAIN_VALUE = re.compile(r"[A-Za-z][\w ,()’–—.-]*")
WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
APART = "<!-- -->"
"""Between two lists that would be read as one."""

BOXES = {UNDONE: "[ ] ", DONE: "[x] "}
PLAIN_NUMBER = re.compile(r"[(\[]?|(?:[0-9]+[.-])+")
"""What may stand before a number that Markdown can have: of (1) and 1.2. the 1 and the 2 are left."""

MARKER = re.compile(r"(?:(\d{1,9}[.)])|[-*+•·●◆■▪○])[ \t]+")


def fill(delivery: Delivery, source: bytes, suffix: str = ".md") -> bytes:  # noqa: ARG001 (of one kind)
    """The source file with English in the place of the Chinese; raises InputError where it is another file."""
    decoded = decode(source, delivery.document.name)
    file = walk(decoded.text)
    if len(file.slots) != len(delivery.document.blocks):
        what = "this is not the file that was translated: it has other blocks"
        raise InputError(what, "translate it again", path=delivery.document.name)
    end = line_end(decoded.text)
    english = {item.block.id: item.text for item in delivery.blocks}
    new = [(slot.start, slot.end, words) for slot, words in changed(file, english, end)]
    if delivery.notice:
        new.append((file.body, file.body, notice(delivery.notice, decoded.text[: file.body], end)))
    return encoded(replaced(decoded.text, sorted(new)), decoded.encoding, source)


def changed(file: Walked, english: dict[str, Text], end: str) -> Iterator[tuple[Slot, str]]:
    """Each slot whose text is another now, and what is written there."""
    for number, slot in enumerate(file.slots, 1):
        text = english.get(f"b{number}", slot.found.text)
        if text != slot.found.text:
            yield slot, in_slot(text, slot, file, end)


def in_slot(text: Text, slot: Slot, file: Walked, end: str) -> str:
    """English as the slot must have it."""
    if slot.form == "yaml":
        return yaml_value(text.string)
    if slot.form == "raw":
        return " ".join(text.string.split())
    one_line = slot.form in {"heading", "cell"}
    style = Style(
        one_line=one_line, pipes=slot.form == "setext", indent=slot.indent, end=end, references=file.references
    )
    line = written(text, style)
    return in_cell(line) if slot.form == "cell" else line


def in_cell(line: str) -> str:
    """A line with its pipes escaped, and with no backslash before the one that ends the cell."""
    return line.replace("|", "\\|") + (" " if line.endswith("\\") else "")


def yaml_value(string: str) -> str:
    """A string as a YAML value, quoted where it must be."""
    plain = PLAIN_VALUE.fullmatch(string) and string.strip() == string and string.lower() not in WORDS_OF_YAML
    return string if plain else json.dumps(" ".join(string.split()), ensure_ascii=False)


def notice(words: str, before: str, end: str) -> str:
    """The notice as a quotation, `before` being the front matter that stands over it."""
    return f"{end if before else ''}> {written(Text(words), Style(one_line=True))}{end}{end}"


def make(delivery: Delivery, suffix: str = ".md") -> bytes:  # noqa: ARG001 (of one kind)
    """A new Markdown file: headings, paragraphs, lists, tables and notes, an empty line between them."""
    parts = [f"> {written(Text(delivery.notice), Style(one_line=True))}"] if delivery.notice else []
    parts += new_blocks(delivery)
    return ("\n\n".join(part for part in parts if part.strip()) + "\n").encode()


def new_blocks(delivery: Delivery) -> Iterator[str]:
    """The blocks of a new file."""
    style = Style(native=False)  # a Markdown source's own links may need definitions that a new file has not
    marks, linked = note_marks(delivery.blocks)
    down = heading_shift(delivery.blocks)
    number = 0
    for run in runs(delivery.blocks):
        styles = [replace(style, notes=marks.get(one.block.id)) for one in run]
        first = run[0]
        if first.kind is Kind.CELL:
            yield table(grid(run), style)
        elif first.kind is Kind.LIST_ITEM:
            yield items(run, styles)
        elif first.kind is Kind.NOTE and linked:
            number += 1
            yield f"[^{number}]: {written(first.text, replace(style, indent='    '))}"
        elif first.kind in {Kind.TITLE, Kind.HEADING}:
            level = 1 if first.kind is Kind.TITLE else min(6, max(1, first.block.level) + down)
            yield f"{'#' * level} {written(first.text, replace(styles[0], one_line=True))}"
        else:
            yield written(first.text, styles[0])


def note_marks(blocks: Sequence[Delivered]) -> tuple[dict[str, dict[str, str]], bool]:
    """How each footnote mark is written, by block and code, and whether notes are linked to their marks: [^1] and so on
    where there are as many notes as marks, else the mark's number, raised, and the notes as paragraphs."""
    notes = sum(one.kind is Kind.NOTE for one in blocks)
    text = [one for one in blocks if one.kind is not Kind.NOTE]
    places = [(one.block.id, code.id) for one in text for code in one.text.codes if code.type == "fnote"]
    linked = notes == len(places)
    marks: dict[str, dict[str, str]] = {}
    for number, (block, code) in enumerate(places, 1):
        marks.setdefault(block, {})[code] = f"[^{number}]" if linked else f"<sup>{number}</sup>"
    return marks, linked


def heading_shift(blocks: Sequence[Delivered]) -> int:
    """How many levels headings go down to stand under the title."""
    levels = [max(1, one.block.level) for one in blocks if one.kind is Kind.HEADING]
    return int(any(one.kind is Kind.TITLE for one in blocks) and min(levels, default=2) == 1)


def items(run: Sequence[Delivered], styles: Sequence[Style]) -> str:
    """A list; a number that an item's text begins with is its own. Where Markdown would count on and the numbers do
    not, a comment stands between."""
    lines, before = "", "-"
    opened: list[tuple[Number | None, int]] = [(None, 0)]  # the last number of each level, and its indentation
    for one, style in zip(run, styles, strict=True):
        depth = max(1, min(one.block.level, len(opened)))
        fresh = depth == len(opened)
        last, width = opened[depth - 1]
        number, box, text = item(one, last)
        mark = f"{number.value}{delimiter(number)}" if number else "-"
        opened = [*opened[: depth - 1], (number, width), (None, width + max(4, len(mark) + 1))]
        indent = " " * width
        apart = number and last and delimiter(number) == delimiter(last) and number.value != last.value + 1
        tight = (mark == "-") == (before == "-") and (not number or number.value == 1 or not fresh) and not apart
        gap = f"\n\n{indent}{APART}\n\n" if apart else "\n" if tight else "\n\n"
        words = written(text, replace(style, indent=indent + " " * (len(mark) + 1)))
        lines, before = f"{lines}{gap if lines else ''}{indent}{mark} {box}{words}", mark
    return lines


def item(one: Delivered, last: Number | None) -> tuple[Number | None, str, Text]:
    """A list item's number, None for a bullet; its box for a task, and what stands after it."""
    mark = mark_of(one)
    if mark in BOXES:
        return None, BOXES[mark], one.text
    number = number_of(mark, last)
    if number and PLAIN_NUMBER.fullmatch(number.before):
        return number, "", one.text
    if mark:
        return None, "", marked(one.text, mark)
    found = MARKER.match(one.text.string)
    text = without_start(one.text, found.end()) if found else one.text
    own = found.group(1) if found else None
    return Number(int(own[:-1]), "1", "", own[-1]) if own else None, "", text


def delimiter(number: Number) -> str:
    """What stands after a number in Markdown."""
    return ")" if number.after.startswith(")") else "."


def without_start(text: Text, length: int) -> Text:
    """The text without its first characters; codes among them stay at its start."""
    codes = tuple(replace(code, position=max(0, code.position - length)) for code in text.codes)
    return Text(text.string[length:], codes)


def table(rows: list[list[Text]], style: Style) -> str:
    """A table whose first row is its heading."""
    cells = [[in_cell(written(text, replace(style, one_line=True))) for text in row] for row in rows]
    lines = [cells[0], ["---"] * len(cells[0]), *cells[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)
