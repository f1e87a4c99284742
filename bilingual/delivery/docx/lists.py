"""The numbers of a new Word document's lists, counted by Word itself, so that they follow when somebody edits them."""

from __future__ import annotations

from typing import Any

from bilingual.delivery.docx.fill import xml
from bilingual.delivery.lists import Number, number_of
from bilingual.documents.docx.numbering import LEVELS
from bilingual.documents.docx.ooxml import W

FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
INDENT = 360
"""Of a level, in twentieths of a point; the styles of python-docx's template have the same."""

SERIES = 0x5B1D0000
"""Word tells definitions apart by numbers that should be unlike those of other files."""


class Lists:
    """Gives each list its own number, and lists that look the same one definition."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._definitions: dict[tuple[str, str, str], str] = {}
        self._open: dict[int, tuple[Number | None, str, str]] = {}
        names = [number.get(f"{W}numId") for number in self._root.iterfind(f"{W}num")]
        self._last = max(map(int, names), default=0)
        kinds = [each.get(f"{W}abstractNumId") for each in self._root.iterfind(f"{W}abstractNum")]
        self._last_definition = max(map(int, kinds), default=-1)

    def properties(self, mark: str, level: int) -> str:
        """The numbering of the next item, spelled out; `level` is from 1, `mark` "" for what has no mark of its own."""
        at = min(max(level, 1), LEVELS) - 1
        self._open = {other: opened for other, opened in self._open.items() if other <= at}
        if not mark:
            return ""
        last, last_mark, name = self._open.get(at, (None, "", ""))
        number = number_of(mark, last)
        if not (number.follows(last) if number else mark == last_mark):
            name = self._new_list(number, mark, at)
        self._open[at] = (number, mark, name)
        return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{name}"/></w:numPr>'

    def _new_list(self, number: Number | None, mark: str, at: int) -> str:
        look = (FORMATS[number.style], number.before, number.after) if number else ("bullet", mark, "")
        if look not in self._definitions:
            self._definitions[look] = self._define(*look)
        self._last += 1
        spelled = (
            f'<w:num w:numId="{self._last}"><w:abstractNumId w:val="{self._definitions[look]}"/>'
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{number.value if number else 1}"/>'
            "</w:lvlOverride></w:num>"
        )
        self._root.append(xml(spelled))
        return str(self._last)

    def _define(self, form: str, before: str, after: str) -> str:
        """A new definition; they stand before the lists."""
        self._last_definition += 1
        name = self._last_definition
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val=""/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * (at + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
            for at in range(LEVELS)
        )
        definition = xml(
            f'<w:abstractNum w:abstractNumId="{name}"><w:nsid w:val="{SERIES + name:08X}"/>'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        around = [words.replace("%", "") for words in (before, after)]
        for at, element in enumerate(definition.iter(f"{W}lvlText"), 1):
            element.set(f"{W}val", ("" if form == "bullet" else f"%{at}").join(around))
        self._root.find(f"{W}num").addprevious(definition)
        return str(name)
