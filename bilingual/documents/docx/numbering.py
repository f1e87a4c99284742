"""Which number does Word show before a paragraph (ECMA-376 part 1, 17.9)?

Word keeps no numbers in the text: it counts, for each list definition and level, the paragraphs that belong to it. So
every such paragraph must be told in its order, whether it has words or not. Numerals that Latin script has not (一, ①)
are shown in figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.documents.docx.ooxml import Package, W
from bilingual.documents.docx.styles import Style, Styles, style_of, value_in
from bilingual.documents.markers import BULLET, DONE, LONGEST, UNDONE, roman

if TYPE_CHECKING:
    from lxml import etree

LEVELS = 9
NUMBER = re.compile("%([1-9])")
LETTERS_END = 26 * 20
"""Word writes 27 as aa, 53 as aaa; larger numbers than this are shown in figures."""


def repeated(number: int) -> str:
    """A number in small letters as Word has it."""
    rounds, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (rounds + 1) if 0 < number <= LETTERS_END else str(number)


NUMERALS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": repeated,
    "upperLetter": lambda number: repeated(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}
"""How numbers of a format are written; all others are written in figures."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list definition: where it starts, how its number is written and what stands around it, and which
    level (from 1) makes it start anew, 0 for none; `style` is the paragraph style that is tied to it."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int = LEVELS
    figures: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list: the definition it counts with, its levels, and those that start anew with it."""

    definition: str
    levels: Mapping[int, Level]
    anew: frozenset[int] = frozenset()


@dataclass(slots=True)
class Numbering:
    """A document's lists, and how far each definition has been counted, level by level."""

    lists: Mapping[str, List] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def restart(self) -> None:
        """Count from the beginning."""
        self.counts.clear()
        self.begun.clear()

    def marker(self, paragraph: etree._Element, styles: Styles) -> str:
        """The mark before the next paragraph, "" for one that has none."""
        name, at = self._place(paragraph, styles)
        known = self.lists.get(name)
        if known is None:
            return ""
        counts = self.counts.setdefault(known.definition, {})
        level = known.levels.get(at, Level())
        first = at in known.anew and (name, at) not in self.begun
        self.begun.add((name, at))
        counts[at] = counts[at] + 1 if at in counts and not first else level.start
        for deeper in [other for other in counts if other > at]:
            if at < min(known.levels.get(deeper, Level()).restart, deeper):
                del counts[deeper]
        return _shown(level, at, known, counts)

    def _place(self, paragraph: etree._Element, styles: Styles) -> tuple[str, int]:
        """The list a paragraph belongs to, "" for none, and its level there, from 0."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        chain = list(styles.chain(style_of(properties, "pStyle") or styles.paragraph))
        number, level = value_in(own, "numId"), value_in(own, "ilvl")
        for style in chain:
            theirs = style.element.find(f"{W}pPr/{W}numPr")
            if number or theirs is None:
                continue
            number = value_in(theirs, "numId")
            level = level or self._tied(number, style) or value_in(theirs, "ilvl")
        return number, min(_whole(level, 0), LEVELS - 1)

    def _tied(self, number: str, style: Style) -> str:
        """The level of a list that is tied to a style, "" for none."""
        levels = self.lists[number].levels if number in self.lists else {}
        return next((str(at) for at, level in levels.items() if level.style == style.id), "")


def _shown(level: Level, at: int, known: List, counts: Mapping[int, int]) -> str:
    if level.format == "bullet":
        return level.text if level.text in {UNDONE, DONE} else BULLET

    def numeral(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        if other > at:
            return ""
        its = known.levels.get(other, Level())
        write = str if level.figures else NUMERALS.get(its.format, str)
        return write(counts.get(other, its.start))

    return NUMBER.sub(numeral, level.text).strip()[:LONGEST]


def numbering_of(package: Package, styles: Styles) -> Numbering:
    """The lists of a package; none where it has no part for them."""
    lists: dict[str, List] = {}
    for part in package.related("numbering")[:1]:
        root = package.tree(part)
        numbers = {number.get(f"{W}numId", ""): number for number in root.iterfind(f"{W}num")}
        definitions = {each.get(f"{W}abstractNumId", ""): each for each in root.iterfind(f"{W}abstractNum")}
        levels = {name: _levels(definition) for name, definition in definitions.items()}
        for name, number in numbers.items():
            definition = value_in(number, "abstractNumId")
            linked = value_in(definitions.get(definition), "numStyleLink")
            if linked in styles.by_id:
                target = value_in(styles.by_id[linked].element.find(f"{W}pPr/{W}numPr"), "numId")
                definition = value_in(numbers.get(target), "abstractNumId") or definition
            lists[name] = _overridden(List(definition, levels.get(definition, {})), number)
        lists.pop("0", None)  # stands for no list
    return Numbering(lists)


def _levels(definition: etree._Element) -> dict[int, Level]:
    found = {_whole(level.get(f"{W}ilvl", ""), LEVELS): level for level in definition.iterfind(f"{W}lvl")}
    return {at: _level(level) for at, level in found.items() if at < LEVELS}


def _level(element: etree._Element) -> Level:
    form = next(element.iter(f"{W}numFmt"), None)
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_whole(value_in(element, "start"), 0),
        format=form.get(f"{W}val", "decimal") if form is not None else "decimal",
        text=value_in(element, "lvlText")[:LONGEST],
        restart=_whole(value_in(element, "lvlRestart"), LEVELS),
        figures=legal is not None and legal.get(f"{W}val") not in {"0", "false", "off"},
        style=value_in(element, "pStyle"),
    )


def _overridden(known: List, number: etree._Element) -> List:
    """The list with what its number says otherwise than the definition."""
    levels, anew = dict(known.levels), set()
    for override in number.iterfind(f"{W}lvlOverride"):
        at = _whole(override.get(f"{W}ilvl", ""), LEVELS)
        if at >= LEVELS:
            continue
        own = override.find(f"{W}lvl")
        levels[at] = _level(own) if own is not None else levels.get(at, Level())
        if start := value_in(override, "startOverride"):
            levels[at] = replace(levels[at], start=_whole(start, 0))
            anew.add(at)
    return List(known.definition, levels, frozenset(anew))


def _whole(value: str, default: int) -> int:
    return int(value) if re.fullmatch("[0-9]{1,9}", value) else default
