"""Inline Markdown to a text with codes: what is words, what is markup, and on which line each stretch stands.

Codes: emphasis, strikethrough, links and HTML tags in pairs; `code`, formulas ($x_1$), addresses in angle brackets or
bare, footnote marks and hard breaks alone, so that nobody translates them. An image with a description is a pair around
it, whose words are words of the sentence (点击![保存](s.png)按钮); one without is a lone code. An escape (\\*) and an
entity (&amp;) are the character they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Code, Text
from bilingual.documents.markdown.rules import References, inline_tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKS = 1500
"""How many characters that may be markup one block may have: beyond, the parser's time grows with their square."""

UNBALANCED = 100
"""How many brackets of a block may lack their other half, for the same reason."""

MARKUP = re.compile(r"[*_~`<\[\]!]")
PLAIN = re.compile(r"(?:[^*_~`<\[\]\\&$ \nh]|[ ](?! *\n)|\n|h(?!ttps?:))*")
URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+(?<![.,;:!?'\")\]*])")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
HREF = re.compile(r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
WIDE = "\u2e80"

PAIRS = {"strong": "bold", "em": "italic", "s": "strike", "link": "link"}
HTML = {
    **dict.fromkeys(("b", "strong"), "bold"), **dict.fromkeys(("i", "em"), "italic"), "u": "underlined",
    **dict.fromkeys(("s", "del", "strike"), "strike"), "sup": "sup", "sub": "sub", "code": "code", "a": "link",
    "br": "lb", "img": "image",
}  # fmt: skip
"""What HTML tags in running text mean; any other has no type."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A block's text, and where its later lines begin: offsets in the string and lines below the first."""

    text: Text
    lines: tuple[tuple[int, int], ...] = ()


def parse_inline(content: str, references: References, *, strict: bool = False) -> Inline | None:
    """The text of a block whose content is `content`; None where it has too much markup to be read in due time."""
    builder = _Builder()
    if PLAIN.fullmatch(content):  # most blocks: the parser would take fifty times as long to find nothing
        builder.plain(content)
    elif len(MARKUP.findall(content)) > MARKS or abs(content.count("[") - content.count("]")) > UNBALANCED:
        return None
    else:
        try:
            builder.add(inline_tokens(content, references, strict=strict))
        except RecursionError:
            return None
    return Inline(Text("".join(builder.parts), tuple(builder.codes)), tuple(builder.lines))


@dataclass(slots=True)
class _Builder:
    """The text so far. `frames` holds, for each open pair, the HTML tags opened in it: place in `codes` and name."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    codes: list[Code] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    open: list[Code] = field(default_factory=list)
    frames: list[list[tuple[int, str]]] = field(default_factory=lambda: [[]])
    down: int = 0
    number: int = 0
    broken: bool = False

    def add(self, tokens: list[Token]) -> None:
        auto = False
        for token in tokens:
            if token.type == "link_open" and token.markup == "autolink":
                auto, href = True, str(token.attrs["href"])
            elif auto:
                if token.type == "link_close":
                    auto = False
                    self.lone(token.meta["data"], "link", href)
            else:
                self.one(token)

    def plain(self, content: str) -> None:
        for line in content.split("\n"):
            if self.parts:
                self.break_line()
            self.append(line)

    def one(self, token: Token) -> None:
        name = token.type.removesuffix("_open").removesuffix("_close")
        data = str(token.meta.get("data", token.markup))
        if token.type in {"text", "text_special"}:
            self.words(token.content)
        elif name in PAIRS and token.nesting:
            self.opened(data, PAIRS[name], str(token.attrs.get("href", ""))) if token.nesting > 0 else self.closed(data)
        elif token.type == "softbreak":
            self.break_line()
        elif token.type == "hardbreak":
            self.lone("\\\n" if data.startswith("\\") else "  \n", "lb", newlines=0)
            self.break_line()
        elif token.type in {"code_inline", "math"}:
            self.lone(data, "code")
        elif token.type == "footnote_mark":
            self.lone(data, "fnote")
        elif token.type == "image":
            self.image(token, data)
        elif token.type == "html_inline":
            self.html(data)

    def words(self, words: str) -> None:
        at = 0
        for found in URL.finditer(words):
            self.append(words[at : found.start()])
            self.lone(found.group(), "link", found.group())
            at = found.end()
        self.append(words[at:])

    def append(self, words: str) -> None:
        if self.broken:  # a line break beside a Chinese character is nothing, any other a space
            words = words.lstrip(" \t")
            left = self.parts[-1][-1] if self.parts else " "
            if words and left != " " and max(left, words[0]) < WIDE:
                self.put(" ")
        if words:
            self.broken = False
            self.put(words)

    def put(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def break_line(self) -> None:
        self.down += 1
        self.broken = True
        self.lines.append((self.length, self.down))

    def lone(self, data: str, type_: str, href: str = "", newlines: int | None = None) -> None:
        self.number += 1
        self.codes.append(Code(self.length, str(self.number), "empty", data, type_, href))
        self.down += data.count("\n") if newlines is None else newlines

    def opened(self, data: str, type_: str, href: str = "") -> None:
        self.number += 1
        self.frames.append([])
        self.open.append(Code(self.length, str(self.number), "open", data, type_, href))
        self.codes.append(self.open[-1])

    def closed(self, data: str) -> None:
        self.frames.pop()
        self.codes.append(replace(self.open.pop(), position=self.length, kind="close", data=data))
        self.down += data.count("\n")

    def image(self, token: Token, data: str) -> None:
        href = str(token.attrs.get("src", ""))
        alt = "".join(child.content or " " for child in token.children or () if not child.nesting).strip()
        if not alt:
            self.lone(data, "image", href)
            return
        self.opened("![", "image", href)
        self.append(alt)
        rest = data[2 + len(token.content) :]
        self.closed(f"][{token.content}]" if rest in {"]", "][]"} else rest)
        self.down += token.content.count("\n")

    def html(self, data: str) -> None:
        found = TAG.fullmatch(data)
        name = found.group(2).lower() if found else ""
        link = HREF.search(found.group(3)) if found and name in {"a", "img"} else None
        href = (link.group(1) or link.group(2) or "") if link else ""
        self.lone(data, HTML.get(name, ""), href)
        if found is None or found.group(3).endswith("/"):
            return
        if not found.group(1):
            self.frames[-1].append((len(self.codes) - 1, name))
        else:
            self.pair(name)

    def pair(self, name: str) -> None:
        """Make a pair of the closing tag just added and the last tag of its name that is open here, if there is one."""
        frame = self.frames[-1]
        at = next((at for at in reversed(range(len(frame))) if frame[at][1] == name), None)
        if at is None:
            return
        index = frame[at][0]
        del frame[at:]
        opening, closing = self.codes[index], self.codes[-1]
        self.codes[index] = replace(opening, kind="open")
        self.codes[-1] = replace(closing, kind="close", id=opening.id, type=opening.type, href=opening.href)
