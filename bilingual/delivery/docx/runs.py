"""A text with codes as the runs of a new Word document: bold, links, breaks, marks of notes, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.bitext import Code, Text
from bilingual.delivery import UNREVIEWED, kept_words
from bilingual.delivery.docx.fill import HIGHLIGHT, put_words
from bilingual.documents.docx.look import with_properties
from bilingual.documents.docx.ooxml import R, W

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

PROPERTIES = {
    "bold": "<w:b/><w:bCs/>",
    "italic": "<w:i/><w:iCs/>",
    "underlined": '<w:u w:val="single"/>',
    "strike": "<w:strike/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
    "link": '<w:color w:val="0563C1"/><w:u w:val="single"/>',
    UNREVIEWED: HIGHLIGHT,
}
"""How a new document shows a code, by its type; the others leave no trace."""

ENGLISH = '<w:lang w:val="en-US"/>'
CHINESE = '<w:rFonts w:eastAsia="SimSun" w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
ADDRESS = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
"""What a link may lead to: nothing that runs, and no place in the old file."""


@dataclass(slots=True)
class Runs:
    """Writes texts into paragraphs. `relate` gives the id of a relation to an address ("" for no link); `language` is
    ENGLISH or CHINESE; `notes` counts the marks of notes."""

    relate: Callable[[str], str]
    language: str = ENGLISH
    notes: int = 0
    _opened: list[Code] = field(default_factory=list)

    def write(self, paragraph: Element, text: Text, properties: str = "") -> None:
        """Append `text` to the paragraph, every run with `properties`."""
        self._opened = []
        holder, at = paragraph, 0
        for code in text.codes:
            self._say(holder, text.string[at : code.position], properties)
            at = code.position
            if code.kind == "open":
                self._opened.append(code)
                leads = code.type == "link" and holder is paragraph and ADDRESS.match(code.href)
                if leads and (name := self.relate(code.href)):
                    holder = _new("hyperlink", paragraph)
                    holder.set(f"{R}id", name)
            elif code.kind == "close":
                closed = next((c for c in self._opened if c.id == code.id), None)
                self._opened = [c for c in self._opened if c.id != code.id]
                holder = paragraph if closed is not None and closed.type == "link" else holder
            else:
                self._alone(holder, code, properties)
        self._say(holder, text.string[at:], properties)

    def _alone(self, holder: Element, code: Code, properties: str) -> None:
        if code.type in {"lb", "tab", "cue"}:
            _new("tab" if code.type == "tab" else "br", _new("r", holder))
        elif code.type == "fnote":
            self.notes += 1
            self._say(holder, f"[{self.notes}]", properties + PROPERTIES["sup"])
        else:
            self._say(holder, kept_words(code), properties + PROPERTIES.get(code.type, ""))

    def _say(self, holder: Element, words: str, properties: str) -> None:
        if not words:
            return
        run = _new("r", holder)
        shown = "".join(PROPERTIES.get(code.type, "") for code in self._opened)
        run.append(with_properties(None, self.language + properties + shown))
        put_words(run, words)


def _new(name: str, parent: Element) -> Element:
    from lxml import etree

    return etree.SubElement(parent, f"{W}{name}")
