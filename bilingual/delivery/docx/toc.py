"""The table of contents of a filled document: its lines say what the English headings say.

Word makes the table anew from the headings, but only when told to; until then a reader would see Chinese. Page numbers
stay, and the table is marked as due for renewal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bilingual.documents.docx.inline import KEPT_FIELDS
from bilingual.documents.docx.ooxml import W
from bilingual.safexml import clean

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

PAGE_OF = re.compile(r"\s*PAGEREF\s+(\S+)", re.IGNORECASE)


def headings_in(paragraph: Element, words: str) -> dict[str, str]:
    """The bookmarks of a paragraph, each with what the paragraph says."""
    names = (mark.get(f"{W}name", "") for mark in paragraph.iter(f"{W}bookmarkStart"))
    return {name: words for name in names if name}


def renew(root: Element, headings: dict[str, str], filled: Iterable[Element]) -> None:
    """Rewrite the lines that give the page of a heading, except in paragraphs that are `filled` already."""
    done = set(filled)
    for instruction in list(root.iter(f"{W}instrText")):
        page_of = PAGE_OF.match(instruction.text or "")
        line = next(instruction.iterancestors(f"{W}p"), None)
        if page_of and page_of[1] in headings and line is not None and line not in done:
            done.add(line)
            _rewrite(line, instruction, headings[page_of[1]])
        elif KEPT_FIELDS.match(instruction.text or ""):
            _mark_as_due(instruction)


def _rewrite(line: Element, stop: Element, words: str) -> None:
    """Put `words` before `stop`, the page's number; a number that its own tab sets off from the words stays."""
    parts: list[list[Element]] = [[]]
    for element in line.iter(f"{W}t", f"{W}tab", f"{W}instrText"):
        if element is stop:
            break
        if element.tag == f"{W}t":
            parts[-1].append(element)
        elif element.tag == f"{W}tab" and element.getparent().tag == f"{W}r":  # type: ignore[union-attr]
            parts.append([])
    spoken = [part for part in parts if part]
    for at, text in enumerate(spoken[-1] if spoken else ()):
        text.text = clean(words)[0] if at == 0 else ""


def _mark_as_due(instruction: Element) -> None:
    """Tell Word that the field this instruction is of no longer shows what it should."""
    run = instruction.getparent()
    for before in run.itersiblings(f"{W}r", preceding=True) if run is not None else ():
        mark = before.find(f"{W}fldChar")
        if mark is not None and mark.get(f"{W}fldCharType") == "begin":
            mark.set(f"{W}dirty", "true")
            return
