"""The words of cues and the tags in them: <i>, <font …>, {\\an8}, <c.class>, <v Name>, <00:00:01.000> as codes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from bilingual.bitext import Code, Text

TAG = re.compile(
    r"</?(i|b|u|s|em|strong|font|c|v|ruby|rt|lang)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d{1,2}:\d{2}\.\d{3}>"
    r"|\{\\[^{}]*\}|<br\s*/?>|\\N",
    re.IGNORECASE,
)
TYPES = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "u": "underlined", "s": "strike"}
WIDE = "\u2e80"

DEPTH = 50
"""How many tags may be open between a tag and the one that closes it."""


@dataclass(slots=True)
class Words:
    """The text of a block as its lines and cues are added; `starts` are where in it each cue begins."""

    vtt: bool
    parts: list[str] = field(default_factory=list)
    length: int = 0
    codes: list[Code] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    open: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """What there is so far."""
        return Text("".join(self.parts), tuple(self.codes))

    def add_cue(self, lines: list[str], name: str) -> None:
        """Add a cue's lines; `name` spells the place where it begins, if it is not the first."""
        self.open = []
        if self.starts:
            self.break_before(lines[0], name, "cue")
        self.starts.append(self.length)
        for at, line in enumerate(lines):
            if at:
                self.break_before(line, "\n", "lb")
            self.add(line)

    def break_before(self, line: str, data: str, type_: str) -> None:
        """A code where a line ends; it is a space between two words that need one."""
        following = TAG.sub("", line).strip()[:1]
        left = self.parts[-1][-1] if self.parts else ""
        if left and following and left != " " and max(left, following) < WIDE:
            self.put(" ")
        self.lone(data, type_)

    def add(self, line: str) -> None:
        """Add one line."""
        at = 0
        for found in TAG.finditer(line):
            self.words(line[at : found.start()])
            self.tag(found.group(), (found.group(1) or "").lower())
            at = found.end()
        self.words(line[at:])

    def words(self, words: str) -> None:
        """Add words; WebVTT spells some characters as entities."""
        self.put(html.unescape(words) if self.vtt else words)

    def put(self, words: str) -> None:
        """Add characters as they are."""
        if words:
            self.parts.append(words)
            self.length += len(words)

    def tag(self, data: str, name: str) -> None:
        """Add a tag; one that closes another makes a pair of the two."""
        self.lone(data, TYPES.get(name, "lb" if data.startswith(("<br", "<BR", "\\")) else ""))
        if not name:
            return
        if not data.startswith("</"):
            self.open.append((len(self.codes) - 1, name))
            return
        if all(name != other for _, other in self.open[-DEPTH:]):
            return
        while self.open[-1][1] != name:  # what is not closed inside a pair stays alone
            self.open.pop()
        at, _ = self.open.pop()
        self.codes[at] = replace(self.codes[at], kind="open")
        self.codes[-1] = replace(self.codes[-1], kind="close", id=self.codes[at].id)

    def lone(self, data: str, type_: str) -> None:
        """Add a code that stands alone."""
        self.codes.append(Code(self.length, str(len(self.codes) + 1), "empty", data, type_))
