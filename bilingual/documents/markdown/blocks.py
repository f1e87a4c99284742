"""Where in a Markdown file is each block, to the character, so that a writer can put English in its place?

The parser tells a block's lines and its content; since content is always the end of a line, that gives the columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Flag, FlagKind, Kind, Locator, Text
from bilingual.documents.found import Found
from bilingual.documents.kinds import own_kind
from bilingual.documents.markdown.inline import Inline, parse_inline
from bilingual.documents.markdown.rules import References, block_tokens
from bilingual.documents.markers import BULLET, DONE, UNDONE
from bilingual.safexml import clean, names

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")
TASK = re.compile(r"\[[ xX]\][ \t]+")
ALERT = re.compile(r"\[![A-Za-z]+\][-+]?[ \t]*(?:\n[ \t]*|$)")
PIPE = re.compile(r"(?<!\\)\|")
PROSE = re.compile("[\u3400-\u9fff，、]{6,}|[\u3400-\u9fff][。！？；]")
MARKERS = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t>]+)*")
TITLE = re.compile(r"title:[ \t]+(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\"'\s#&*!|>%@`\[{-][^#]*?)[ \t]*$")

FRONT = 500
"""The longest front matter, in lines; a document that begins with a rule is not searched for more."""

GAP = "\ufffd"
"""Stands for each character that XML cannot hold until the text is made, so that no place in the file moves."""

KEPT = {
    "html_block": "an HTML block",
    "code_block": "an indented line, which is code in Markdown,",
    "box": "the mark of a box",
}
"""What is kept as it is although it may hold words that somebody wanted translated."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A block and its stretch of the file, [start, end); `form` is how English must be written there.

    "flow": a paragraph; "heading": one line after #; "setext": lines over === or ---; "cell": between two |; "yaml": a
    value; "raw": no markup is read or written. `indent` goes before each further line; `lines` are offsets in the text
    and lines below the first.
    """

    found: Found
    start: int
    end: int
    form: str = "flow"
    indent: str = ""
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Walker:
    """Finds the slots of a file; afterwards `flags` are the doubts about the whole, `tables` how many it has,
    `front` how many lines of front matter."""

    text: str
    flags: list[Flag] = field(default_factory=list)
    tables: int = 0
    front: int = 0
    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    references: References = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    def slots(self) -> Iterator[Slot]:
        """Every slot once, not quite in order."""
        safe = self.text.translate(dict.fromkeys(map(ord, clean(self.text)[1]), GAP))
        for found in LINE.finditer(safe):
            self.starts.append(found.start())
            self.lines.append(found.group(1))
        self.front = front = front_matter(self.lines)
        self.covered.update(range(front))
        yield from self.front_title(front)
        try:
            tokens = block_tokens("\n".join([""] * front + self.lines[front:]), self.references)
        except RecursionError:
            tokens = []
        yield from self.blocks(tokens)
        self.cover_definitions()
        yield from self.passed_over()

    def front_title(self, front: int) -> Iterator[Slot]:
        """The title that front matter gives."""
        for at in range(1, front):
            found = TITLE.match(self.lines[at])
            if found:
                value = found.group(1)
                title = unquoted(value)
                block = self.found(Kind.TITLE, Inline(Text(title)), at)
                start = self.starts[at] + found.start(1)
                yield Slot(block, start, start + len(value), "yaml")
                return

    def blocks(self, tokens: list[Token]) -> Iterator[Slot]:
        """The slots of everything the parser found."""
        notes, fresh, row = 0, "", 0
        lists: list[Iterator[str]] = []
        for at, token in enumerate(tokens):
            kind = token.type
            if kind in {"bullet_list_open", "ordered_list_open"}:
                lists.append(markers(token))
            elif kind in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif kind in {"footnote_open", "footnote_close"}:
                notes += token.nesting
            elif kind in {"list_item_open", "list_item_close"}:
                fresh = next(lists[-1]) if token.nesting > 0 else ""
            elif kind == "table_open":
                self.tables, row = self.tables + 1, 0
            elif kind == "tr_open":
                row += 1
                yield from self.row(token, tokens[at + 2].content, row)
            elif kind == "inline" and tokens[at - 1].tag not in {"th", "td"}:
                yield from self.flow(tokens[at - 1], token, len(lists) if fresh else 0, notes, fresh)
                fresh = ""
            if token.map and (kind == "table_open" or token.nesting == 0):
                self.covered.update(range(*token.map))
            self.doubt(token)

    def doubt(self, token: Token) -> None:
        """Flag what is kept although it looks like prose."""
        if token.type in KEPT and token.map and PROSE.search(token.content):
            self.kept(KEPT[token.type], token.map[0])

    def kept(self, what: str, line: int) -> None:
        """Flag the Chinese in what stands on a line."""
        reason = f"line {line + 1}: the Chinese in {what} is kept as it is, not translated"
        self.flags.append(Flag(FlagKind.SOURCE, reason))

    def flow(self, opening: Token, token: Token, item: int, note: int, marker: str) -> Iterator[Slot]:
        """The slot of a heading or paragraph; `item` is its level where it begins a list item, `marker` its mark."""
        alert = ALERT.match(token.content) if opening.tag == "p" else None
        if alert and token.map:  # > [!NOTE], a line of its own
            token = token.copy(content=token.content[alert.end() :], map=[token.map[0] + 1, token.map[1]])
        content = token.content
        place = self.place(opening, token)
        if not content:
            return
        if place is None:
            yield from self.raw(range(*(token.map or (0, 0))), "not found where the parser saw it")
            return
        line, start, end = place
        task = TASK.match(content) if item else None
        if task:
            marker = UNDONE if task.group()[1] == " " else DONE
            content, start = content[task.end() :], start + task.end()
        inline = parse_inline(content, self.references)
        indent = re.sub(r"[^>\s]", " ", self.lines[line][: start - self.starts[line]])
        level = int(opening.tag[1]) if opening.tag[:1] == "h" else item
        if inline is None:
            yield from self.raw(range(line, line + content.count("\n") + 1), "too much markup to be read as such")
            return
        form = "heading" if opening.markup.startswith("#") else "setext" if opening.markup else "flow"
        kind = Kind.HEADING if opening.tag[:1] == "h" else kind_of(inline.text, item, note)
        found = replace(self.found(kind, inline, line, level), marker=marker if kind is Kind.LIST_ITEM else "")
        yield Slot(found, start, end, form, indent, inline.lines)

    def place(self, opening: Token, token: Token) -> tuple[int, int, int] | None:
        """The first line of a block's content, and where in the file that starts and ends."""
        lines = token.content.split("\n")
        at, stop = token.map or (0, 0)
        if opening.markup.startswith("#"):
            line = self.lines[at]
            column = line.find(lines[0], line.index("#") + len(opening.markup))
            return at, self.starts[at] + column, self.starts[at] + column + len(lines[0])
        while at < stop and not self.lines[at].rstrip().endswith(lines[0].strip()):
            at += 1  # a line that looks blank to us and not to the parser
        if at == stop or at + len(lines) > len(self.lines):
            return None
        column = len(self.lines[at].rstrip()) - len(lines[0].strip())
        last = at + len(lines) - 1
        return at, self.starts[at] + column, self.starts[last] + len(self.lines[last].rstrip())

    def row(self, token: Token, first: str, row: int) -> Iterator[Slot]:
        """The slots of a table's row, cells that the heading has no column for included."""
        line = (token.map or [0])[0]
        text = self.lines[line]
        edges = [-1, *(found.start() for found in PIPE.finditer(text)), len(text)]
        pieces = [(left + 1, right) for left, right in itertools.pairwise(edges)]
        lead = text[slice(*pieces[0])].strip()
        if first and lead.endswith(first.replace("|", "\\|")):
            pieces[0] = (text.index(lead) + len(lead) - len(first.replace("|", "\\|")), pieces[0][1])
        else:
            del pieces[0]
        if pieces and not text[slice(*pieces[-1])].strip():
            del pieces[-1]
        for column, (left, right) in enumerate(pieces):
            yield self.cell(line, left, right, f"{self.tables}:{letters(column)}{row}")

    def cell(self, line: int, left: int, right: int, name: str) -> Slot:
        """The slot of a table cell."""
        raw = self.lines[line][left:right]
        left += len(raw) - len(raw.lstrip())
        content = raw.strip()
        inline = parse_inline(content.replace("\\|", "|"), self.references)
        form = "cell" if inline else "raw"
        found = self.found(Kind.CELL, inline or Inline(Text(content)), line, cell=name)
        return Slot(found, self.starts[line] + left, self.starts[line] + left + len(content), form)

    def found(
        self,
        kind: Kind,
        inline: Inline,
        line: int,
        level: int = 0,
        flags: tuple[Flag, ...] = (),
        cell: str | None = None,
    ) -> Found:
        """A block of what stands on a line (from 0) and on."""
        text = inline.text
        if GAP in text.string or any(GAP in code.data for code in text.codes):
            text, flags = without_gaps(text), (*flags, self.lost(line))
        return Found(kind, text, Locator(line=line + 1, cell=cell), level, flags)

    def lost(self, line: int) -> Flag:
        """The flag for what could not be kept of a line."""
        stop = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        illegal = clean(self.text[self.starts[line] : stop])[1]
        what = f"left out {names(illegal)}" if illegal else "left out characters that no text can hold"
        return Flag(FlagKind.CHARACTERS, f"line {line + 1}: {what}")

    def cover_definitions(self) -> None:
        """Note the lines of link definitions; a Chinese note written like one is flagged, for nobody will see it."""
        definitions = [*self.references.get("references", {}).values(), *self.references.get("duplicate_refs", [])]
        for definition in definitions:
            start, stop = definition["map"]
            self.covered.update(range(start, stop))
            if PROSE.search(" ".join(self.lines[start:stop]).partition("]:")[2]):
                self.kept("a link definition", start)

    def passed_over(self) -> Iterator[Slot]:
        """The slots of lines that the parser has dropped, because they were nested too deep."""
        dropped = [
            at for at, line in enumerate(self.lines) if at not in self.covered and re.search("[\u3400-\u9fff]", line)
        ]
        if dropped:
            reason = f"line {dropped[0] + 1}: nested too deep; from here on {len(dropped)} lines are read as plain text"
            self.flags.append(Flag(FlagKind.SOURCE, reason))
            yield from self.raw(dropped, "nested too deep")

    def raw(self, lines: range | list[int], reason: str) -> Iterator[Slot]:
        """A slot for each line, whose markup is not read."""
        for at in lines:
            line = self.lines[at]
            bare = MARKERS.sub("", line, count=1).strip()
            start = self.starts[at] + line.rstrip().rfind(bare)
            flag = Flag(FlagKind.SOURCE, f"line {at + 1}: {reason}, so it is read as plain text")
            found = self.found(Kind.PARAGRAPH, Inline(Text(bare)), at, flags=(flag,))
            yield Slot(found, start, start + len(bare), "raw")


def front_matter(lines: list[str]) -> int:
    """How many lines of a file are front matter."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in {"---", "+++"} or len(lines) < 2 or not re.match(r"[\w-]+\s*[:=]|#|[-+]{3}", lines[1]):
        return 0
    ends = {"---", "..."} if fence == "---" else {fence}
    return next((at + 1 for at, line in enumerate(lines[1:FRONT], 1) if line.rstrip() in ends), 0)


def unquoted(value: str) -> str:
    """What a YAML value says, with or without quotes."""
    if value[0] == "'":
        return value[1:-1].replace("''", "'")
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value[0] == '"' else value


def markers(opening: Token) -> Iterator[str]:
    """The marks of a list's items: numbers count on from the first, whatever the file has for the others."""
    if opening.type == "bullet_list_open":
        return itertools.repeat(BULLET)
    return (f"{number}{opening.markup}" for number in itertools.count(int(opening.attrs.get("start", 1))))


def kind_of(text: Text, item: int, note: int) -> Kind:
    """What a paragraph is on its page."""
    if item:
        return Kind.LIST_ITEM
    if note:
        return Kind.NOTE
    if is_image(text):
        return Kind.CAPTION
    kind = own_kind(text.string)
    return Kind.PARAGRAPH if kind is Kind.LIST_ITEM else kind


def is_image(text: Text) -> bool:
    """Whether there is nothing but the description of an image."""
    images = [code.position for code in text.codes if code.type == "image" and code.kind != "empty"]
    return bool(text.string) and images[:1] == [0] and images[-1:] == [len(text.string)] and len(images) == 2


def letters(column: int) -> str:
    """A column's name: A, B, … Z, AA."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def without_gaps(text: Text) -> Text:
    """The text without the marks of what it cannot hold."""
    codes = tuple(
        replace(
            code,
            position=code.position - text.string.count(GAP, 0, code.position),
            data=code.data.replace(GAP, ""),
            href=code.href.replace(GAP, ""),
        )
        for code in text.codes
    )
    return Text(text.string.replace(GAP, ""), codes)
