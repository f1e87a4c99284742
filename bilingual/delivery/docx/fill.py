"""English into a Word paragraph: runs made anew from the codes, everything else of the paragraph kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Text
from bilingual.delivery import UNREVIEWED
from bilingual.delivery.docx.numbers import at_their_numbers
from bilingual.documents.docx.fonts import latin_font
from bilingual.documents.docx.inline import Kept
from bilingual.documents.docx.look import with_properties
from bilingual.documents.docx.ooxml import W
from bilingual.documents.docx.text import Inline, Payload
from bilingual.safexml import clean

if TYPE_CHECKING:
    from lxml import etree

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HIGHLIGHT = '<w:highlight w:val="yellow"/>'
RANGES = (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd"), ("permStart", "permEnd"))
OWN_NUMBERS = {f"{W}footnoteRef", f"{W}endnoteRef"}
"""A note's number at its head, which a blank sets off from the words."""

CRAMPED = ("fitText", "eastAsianLayout")
"""Run properties that squeeze a word into the width of Chinese characters."""


def refill(paragraph: etree._Element, inline: Inline, text: Text) -> None:
    """Put `text` in the place of the words that `inline` was read from.

    Each code goes where the text has it; what the text lacks of pictures, notes and fields is kept at the end.
    """
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    _english_paragraph(paragraph.find(f"{W}pPr"))
    text = at_their_numbers(text, inline.payloads)
    writer = _Writer(inline, [paragraph])
    writer.keep(inline.head)
    if any(element.tag in OWN_NUMBERS for _, element in inline.head):
        text = Text(f" {text.string}", tuple(replace(code, position=code.position + 1) for code in text.codes))
    writer.write(text)
    writer.keep(inline.tail)
    _in_order(paragraph)


@dataclass(slots=True)
class _Writer:
    """Writes a text's words and codes into the innermost of `holders`."""

    inline: Inline
    holders: list[etree._Element]
    opened: list[tuple[str, str]] = field(default_factory=list)  # a code's id, and the properties it gives
    done: set[str] = field(default_factory=set)
    after: dict[str, list[Kept]] = field(default_factory=dict)

    def write(self, text: Text) -> None:
        """All of it, and then what it lacks."""
        at = 0
        for code in text.codes:
            self._say(text.string[at : code.position])
            at = code.position
            if code.kind == "close":
                self._close(code.id)
            elif code.type == UNREVIEWED:
                self.opened.append((code.id, HIGHLIGHT))
            elif code.id in self.inline.payloads and code.id not in self.done:
                self._code(code.id, self.inline.payloads[code.id], lasting=code.kind == "open")
        self._say(text.string[at:])
        for name, _ in reversed(self.opened.copy()):
            self._close(name)
        for name, payload in self.inline.payloads.items():
            if name not in self.done and payload.before and not payload.after:
                self.keep(payload.before)

    def keep(self, elements: Iterable[Kept]) -> None:
        """Put what is kept here, each in a run like the one it was in."""
        for run, element in elements:
            if run is None:
                self.holders[-1].append(element)
                continue
            new = _new("r", self.holders[-1])
            properties = run.find(f"{W}rPr")
            if properties is not None:
                new.append(with_properties(properties, ""))
            new.append(element)

    def _code(self, name: str, payload: Payload, *, lasting: bool) -> None:
        self.done.add(name)
        self.keep(payload.before)
        if not lasting:
            return
        self.opened.append((name, payload.properties))
        self.after[name] = payload.after
        if payload.shell is not None:
            self.holders[-1].append(payload.shell)
            self.holders.append(_emptied(payload.shell))

    def _close(self, name: str) -> None:
        """Close a pair; where it is not the last one opened, the text was not nested, and the rest stays open."""
        self.opened = [pair for pair in self.opened if pair[0] != name]
        payload = self.inline.payloads.get(name)
        if payload is not None and payload.shell is not None and len(self.holders) > 1:
            self.holders.pop()
        self.keep(self.after.pop(name, []))

    def _say(self, words: str) -> None:
        """Words in a run of their own."""
        if not words:
            return
        run = _new("r", self.holders[-1])
        run.append(english(self.inline.base, "".join(spelled for _, spelled in self.opened)))
        put_words(run, words)


def put_words(run: etree._Element, words: str) -> None:
    """Words into a run; a tab or a line break among them becomes one of Word's."""
    for piece in re.split(r"([\t\n])", clean(words)[0]):
        if piece in {"\t", "\n"}:
            _new("tab" if piece == "\t" else "br", run)
        elif piece:
            text = _new("t", run)
            text.text = piece
            text.set(SPACE, "preserve")


def english(properties: etree._Element | None, spelled: str) -> etree._Element:
    """Run properties, those of `spelled` added, for English words.

    A Chinese font's Latin letters give way to its usual companion, and `w:hint` goes: with it Word takes quotation
    marks and dots from the East Asian font, twice as wide.
    """
    properties = with_properties(properties, spelled + '<w:lang w:val="en-US"/>')
    for name in CRAMPED:
        for found in properties.findall(f"{W}{name}"):
            properties.remove(found)
    dots = properties.find(f"{W}em")
    if dots is not None and dots.get(f"{W}val") != "none":
        properties.remove(dots)
        properties = with_properties(properties, "<w:i/><w:iCs/>")
    fonts = properties.find(f"{W}rFonts")
    if fonts is not None:
        fonts.attrib.pop(f"{W}hint", "")
        english_fonts(fonts)
    return properties


def english_fonts(fonts: etree._Element) -> None:
    """Give a `w:rFonts` Latin fonts for its Latin letters."""
    for name in ("ascii", "hAnsi"):
        font = fonts.get(f"{W}{name}")
        if font is not None:
            fonts.set(f"{W}{name}", latin_font(font))


def _english_paragraph(properties: etree._Element | None) -> None:
    """Undo what suits Chinese lines alone: words broken anywhere, and letters spread over the line.

    Indents of two characters stay: an English paragraph may well have one.
    """
    if properties is None:
        return
    for found in properties.findall(f"{W}wordWrap"):
        properties.remove(found)
    adjusted = properties.find(f"{W}jc")
    if adjusted is not None and adjusted.get(f"{W}val") in {"distribute", "thaiDistribute"}:
        adjusted.set(f"{W}val", "both")


def _emptied(shell: etree._Element) -> etree._Element:
    """Where the words of a link or a content control go, empty now.

    A control that is bound to data elsewhere would show that data again, in Chinese: the bond goes.
    """
    inside = shell.find(f"{W}sdtContent") if shell.tag == f"{W}sdt" else shell
    assert inside is not None
    unbind(shell)
    for child in list(inside):
        inside.remove(child)
    return inside


def unbind(control: etree._Element) -> None:
    """Take from a content control what would put other words in its place."""
    properties = control.find(f"{W}sdtPr")
    for found in list(properties) if properties is not None else ():
        if str(found.tag).rpartition("}")[2] in {"dataBinding", "showingPlcHdr"}:
            found.getparent().remove(found)  # type: ignore[union-attr]


def _in_order(paragraph: etree._Element) -> None:
    """Where translation has turned the ends of a bookmark around, it is empty, and stands where it starts."""
    for start_name, end_name in RANGES:
        ends = {end.get(f"{W}id"): end for end in paragraph.iter(f"{W}{end_name}")}
        if not ends:
            continue
        starts = {start.get(f"{W}id") for start in paragraph.iter(f"{W}{start_name}")}
        seen: set[str | None] = set()
        late: set[str | None] = set()
        for element in paragraph.iter(f"{W}{start_name}", f"{W}{end_name}"):
            name = element.get(f"{W}id")
            if element.tag == f"{W}{start_name}":
                seen.add(name)
            elif name in starts and name not in seen:
                late.add(name)
        for start in [s for s in paragraph.iter(f"{W}{start_name}") if s.get(f"{W}id") in late]:
            start.addnext(ends[start.get(f"{W}id")])


def _new(name: str, parent: etree._Element) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, f"{W}{name}")


def xml(spelled: str) -> etree._Element:
    """An element of Word's, written out; nothing of a document's own words may be in it."""
    from lxml import etree

    name, rest = re.split(r"(?=[ />])", spelled, maxsplit=1)
    return etree.fromstring(f'{name} xmlns:w="{W[1:-1]}"{rest}')


def notice_paragraph(words: str) -> etree._Element:
    """A paragraph that nobody overlooks: framed and shaded."""
    line = 'w:val="single" w:sz="8" w:space="4" w:color="BF9000"'
    edges = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right"))
    paragraph = xml(
        f'<w:p><w:pPr><w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'
        '<w:spacing w:after="240"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="7F6000"/><w:sz w:val="20"/>'
        '<w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
    )
    next(paragraph.iter(f"{W}t")).text = clean(words)[0]
    return paragraph
