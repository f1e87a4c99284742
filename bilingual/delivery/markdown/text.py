"""English with codes as Markdown: what would become markup is escaped, and emphasis is valid CommonMark.

Spaces go outside the marks of emphasis. What is written is read again by CommonMark's own rules; where it does not come
out the same (a mark between a letter and a quotation mark, two runs of asterisks that meet), emphasis is written as
HTML tags, which need no such rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bilingual.bitext import Code, Text
from bilingual.delivery import UNREVIEWED
from bilingual.documents.markdown.inline import parse_inline
from bilingual.documents.markdown.rules import MATH, References

MARKS = {"bold": "**", "italic": "*", "strike": "~~"}
TAGS = {
    "bold": "strong", "italic": "em", "strike": "del", "underlined": "u", "sup": "sup", "sub": "sub", "code": "code",
    UNREVIEWED: "mark",
}  # fmt: skip
SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~|\Z)|(?<=~)~|\A[~^]")
HEAD = re.compile(r"\d{1,9}(?=[.)](?:[ \t]|$))|(?=>|#{1,6}(?:[ \t]|$)|[-+](?:[ \t]|$)|[-=:|][-=:| \t]*$)")
NOTE_HEAD = re.compile(r"(\[\^[^\]\s]+\])(?=:)")
MERGES = re.compile(r"``|\$[$\d]")
"""Where two pieces meet: ends of code or a formula that would become another beside what follows."""

UNSAFE = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)

IN_ADDRESS = re.compile(r"(?![.,;:!?'\")]*(?:\s|\Z))[!-~]")

BLOCK = re.compile(
    r"<(?:[!?]|/?(?:address|article|aside|blockquote|body|center|details|dialog|dir|div|dl|dt|dd|fieldset|figure"
    r"|figcaption|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|option|p|param|pre"
    r"|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul)(?![\w-]))",
    re.IGNORECASE,
)
"""A tag that begins an HTML block where it stands first in a line."""

MANY = 50
"""From how many emphasised stretches on no one asks which of them it is that does not read well."""

Piece = str | Code


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written.

    `native`: the codes are Markdown's own, with its spelling as data, and `references` are the file's link definitions.
    `one_line`: in headings and cells; `pipes` must be escaped where a table could begin. `indent` begins each further
    line, `end` ends a line. `notes` says how each footnote mark is written, by the code's id.
    """

    native: bool = True
    one_line: bool = False
    pipes: bool = False
    indent: str = ""
    end: str = "\n"
    references: References | None = None
    notes: dict[str, str] | None = None


def written(text: Text, style: Style) -> str:
    """The text as Markdown."""
    pieces = tidied(pieces_of(text))
    return spelled(pieces, style, needing_tags(pieces, style)).replace("\n", style.end + style.indent)


def needing_tags(pieces: list[Piece], style: Style) -> frozenset[str]:
    """Which emphasis, by id, must be written as HTML: what does not read as such with all the rest in tags."""
    style = replace(style, notes=None)  # a number that is raised would be one word more
    ids = {piece.id for piece in pieces if isinstance(piece, Code) and piece.type in MARKS and piece.kind == "open"}
    if not ids or survives(spelled(pieces, style), pieces, style):
        return frozenset()
    every = frozenset(ids)
    if len(ids) > MANY:
        return every
    bad = frozenset(one for one in ids if not survives(spelled(pieces, style, every - {one}), pieces, style))
    return bad if survives(spelled(pieces, style, bad), pieces, style) else every


def pieces_of(text: Text) -> list[Piece]:
    """Words and codes in their order."""
    pieces: list[Piece] = []
    at = 0
    for code in text.codes:
        if code.position > at:
            pieces.append(text.string[at : code.position])
            at = code.position
        pieces.append(code)
    return [*pieces, text.string[at:]]


def tidied(pieces: list[Piece]) -> list[Piece]:
    """The pieces, spaces at the edge of a pair moved out of it, pairs around no words gone."""
    outwards: list[Piece] = []
    for piece in reversed(pieces):
        outwards.append(piece)
        if isinstance(piece, Code) and piece.kind == "open":
            _swap(outwards, str.lstrip)
    pieces, outwards = outwards[::-1], []
    for piece in pieces:
        outwards.append(piece)
        if isinstance(piece, Code) and piece.kind == "close":
            _swap(outwards, str.rstrip)
    kept: list[Piece] = []
    for piece in outwards:
        if not piece:
            continue
        before = kept[-1] if kept else ""
        closes = isinstance(piece, Code) and piece.kind == "close" and piece.type in TAGS
        if closes and isinstance(before, Code) and isinstance(piece, Code) and before.id == piece.id:
            kept.pop()
        elif isinstance(piece, str) and begins_block(kept):
            kept[-1:] = [piece, kept[-1]]
        elif isinstance(piece, str) and isinstance(before, str) and kept:
            kept[-1] = before + piece
        else:
            kept.append(piece)
    return kept


def begins_block(pieces: list[Piece]) -> bool:
    """Whether the last piece is a tag that would begin an HTML block, and must go behind the words that follow."""
    last = pieces[-1] if pieces else ""
    if not isinstance(last, Code) or last.kind != "empty" or not BLOCK.match(last.data):
        return False
    before = next((piece for piece in reversed(pieces[:-1]) if shows(piece)), "")
    return not before or (isinstance(before, Code) and before.type == "lb")


def _swap(pieces: list[Piece], strip: Callable[[str], str]) -> None:
    """Move the space beside the last piece, a code, to its other side."""
    if len(pieces) < 2 or not isinstance(pieces[-2], str):
        return
    words = pieces[-2]
    bare = strip(words)
    if len(bare) < len(words):
        pieces[-2:] = [bare, pieces[-1], " "]


def spelled(pieces: list[Piece], style: Style, tags: frozenset[str] = frozenset()) -> str:
    """The pieces as Markdown, lines ended by \\n; the emphasis named in `tags` as HTML."""
    alone = breaks_alone(pieces)
    said = "".join(piece if isinstance(piece, str) else piece.data for piece in pieces)
    dollars = MATH.search(said) is not None
    parts: list[str] = [""]
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if isinstance(piece, str):
            part = escaped(piece, following, dollars=dollars)
            part = part.replace("|", "&#124;") if style.pipes else part
        else:
            part = code_spelled(piece, style, tags=piece.id in tags, alone=at in alone)
            if piece.kind == "empty" and part == piece.href != "" and swallows(pieces[at + 1 :]):
                part = f"<{part}>"
        parts += [" ", part] if MERGES.match(parts[-1][-1:] + part[:1]) else [part]
    text = "\n".join(safe_head(line.lstrip(" \t")) for line in "".join(parts).strip(" \t").split("\n"))
    return re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", text) if style.one_line else text


def swallows(following: list[Piece]) -> bool:
    """Whether a bare address would take what follows for a part of it."""
    if not following:
        return False
    first = following[0]
    if isinstance(first, Code):
        return first.type != "lb"
    return IN_ADDRESS.match(first + "x" * (len(following) > 1)) is not None


def breaks_alone(pieces: list[Piece]) -> set[int]:
    """Which pieces are line breaks with nothing before them on their line or nothing after them at all: written as a
    line end, they would end the paragraph."""
    alone: set[int] = set()
    seen, last = False, -1
    for at, piece in enumerate(pieces):
        if isinstance(piece, Code) and piece.type == "lb":
            alone |= set() if seen else {at}
            seen, last = (False, at) if seen else (seen, last)
        elif shows(piece):
            seen = True
    return alone if seen else alone | {last}


def shows(piece: Piece) -> bool:
    """Whether there is something to see; a line of HTML tags alone would begin an HTML block."""
    if isinstance(piece, str):
        return bool(piece.strip())
    return piece.kind == "empty" and (piece.type == "link" or not piece.data.startswith("<"))


def escaped(words: str, following: Piece, *, dollars: bool = False) -> str:
    """Words with a backslash before what would become markup, `dollars` among it where two could make a formula."""
    words = " ".join(words.splitlines()) if "\n" in words or "\r" in words else words
    safe = SPECIAL.sub(r"\\\g<0>", words)
    safe = safe.replace("$", "\\$") if dollars else safe
    if safe.endswith(("!", "<", "&")) and isinstance(following, Code):
        return f"{safe[:-1]}\\{safe[-1]}"
    return safe


def safe_head(line: str) -> str:
    """A line that begins no list, heading, quotation or the like."""
    note = NOTE_HEAD.match(line)
    if note:
        return f"{note.group()}\\{line[note.end() :]}"
    found = HEAD.match(line)
    return f"{found.group()}\\{line[found.end() :]}" if found else line


def code_spelled(code: Code, style: Style, *, tags: bool = False, alone: bool = False) -> str:
    """A code as Markdown: its own spelling where that is Markdown."""
    if code.type == UNREVIEWED or (tags and code.type in MARKS and code.kind != "empty"):
        return _tag(code)
    if code.type == "lb" and (style.one_line or alone):
        return "<br>"
    if style.native:
        return code.data if code.type == "lb" else code.data.replace("\n", " ")
    return _lone(code, style) if code.kind == "empty" else _side(code)


def _side(code: Code) -> str:
    """One side of a pair that another format spelled in its own way."""
    if code.type in MARKS:
        return MARKS[code.type]
    if code.type not in {"link", "image"}:
        return _tag(code) if code.type in TAGS else ""
    if not code.href or UNSAFE.match(code.href):
        return ""
    if code.kind == "open":
        return "![" if code.type == "image" else "["
    return f"]({address(code.href)})"


def _tag(code: Code) -> str:
    return f"<{'/' if code.kind == 'close' else ''}{TAGS[code.type]}>"


def _lone(code: Code, style: Style) -> str:
    """A lone code that another format spelled in its own way."""
    if code.type in {"lb", "tab"}:
        return "\\\n" if code.type == "lb" else " "
    if code.type == "fnote":
        return (style.notes or {}).get(code.id, "")
    if code.type == "code":
        return in_ticks(re.sub(r"<[^<>]*>", "", code.data).strip("` "))
    if code.type not in {"link", "image"} or not code.href or UNSAFE.match(code.href):
        return ""
    return f"![]({address(code.href)})" if code.type == "image" else f"<{code.href}>"


def in_ticks(content: str) -> str:
    """Code in as many backticks as it takes."""
    ticks = "`" * (max(map(len, re.findall("`+", content)), default=0) + 1)
    return f"{ticks}{content}{ticks}" if content else ""


def address(href: str) -> str:
    """A link's address as Markdown takes it."""
    bare = " ".join(href.split())
    return f"<{re.sub('[<>]', '', bare)}>" if re.search(r"[\s()<>]", bare) else bare


def survives(line: str, pieces: list[Piece], style: Style) -> bool:
    """Whether what is written reads, by CommonMark's rules, as the words and the emphasis it was made of."""
    read = parse_inline(line, style.references or {}, strict=True)
    return read is not None and outline(pieces_of(read.text)) == outline(pieces)


def outline(pieces: list[Piece]) -> tuple[str, list[tuple[int, str, str]]]:
    """The words without their spaces, and where among them emphasis starts and ends."""
    words, marks = "", []
    for piece in pieces:
        if isinstance(piece, str):
            words += "".join(piece.split())
        elif piece.type in MARKS and piece.kind != "empty":
            marks.append((len(words), piece.kind, piece.type))
    return words, sorted(marks)
