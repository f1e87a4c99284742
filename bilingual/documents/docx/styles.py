"""What a Word document's styles say: headings and lists by paragraph, and how a run looks (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.bitext import Kind
from bilingual.documents.docx.ooxml import Package, W

if TYPE_CHECKING:
    from lxml import etree

DEEPEST = 40
"""How many styles may rest on one another; more are a circle."""

OFF = frozenset({"0", "false", "off", "none"})
SWITCHES = ("b", "i", "strike", "dstrike", "vanish")
"""Properties that are on or off. Where a character style and a paragraph style both turn one on, it is off (17.7.3)."""

VALUES = ("u", "vertAlign", "position", "color", "sz", "highlight", "em")
HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
TITLES = frozenset({"title", "标题", "標題", "文档标题", "文章标题"})
SUBTITLES = frozenset({"subtitle", "副标题", "副標題"})
CAPTIONS = frozenset({"caption", "题注", "題注", "图题", "表题"})
LISTS = re.compile(r"(?:list (?:bullet|number)|列表项目符号|列表编号|列表編號)\s*(\d?)")
MONOSPACED = re.compile(r"courier|consolas|mono|menlo|lucida console", re.IGNORECASE)

Look = Mapping[str, str]
"""A run's properties by name: switches "1" where on, values as Word spells them; what has its usual value is absent."""


@dataclass(slots=True)
class Style:
    """A style: its id, name in lower case, what it rests on ("" for nothing), and its element."""

    id: str
    name: str
    based: str
    element: etree._Element


@dataclass(slots=True)
class Styles:
    """A document's styles by id, and which one holds where a paragraph or a run names none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    paragraph: str = ""
    character: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    _looks: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def chain(self, style: str) -> Iterator[Style]:
        """The style, and those it rests on."""
        for _ in range(DEEPEST):
            found = self.by_id.get(style)
            if found is None:
                return
            yield found
            style = found.based

    def kind(self, paragraph: etree._Element) -> tuple[Kind, int]:
        """What the paragraph is by its style and outline level, PARAGRAPH where they say nothing; and its level."""
        properties = paragraph.find(f"{W}pPr")
        chain = list(self.chain(style_of(properties, "pStyle") or self.paragraph))
        for style in chain:
            name = style.name
            if name in TITLES or style.id == "Title":
                return Kind.TITLE, 0
            if heading := HEADING.fullmatch(name) or HEADING.fullmatch(style.id):
                return Kind.HEADING, int(heading[1]) or 1
            if name in SUBTITLES:
                return Kind.HEADING, 1
            if name in CAPTIONS:
                return Kind.CAPTION, 0
        sources = [properties, *(style.element.find(f"{W}pPr") for style in chain)]
        outline = next((int(v) for v in (value_in(s, "outlineLvl") for s in sources) if v.isdecimal()), 9)
        if outline < 9:
            return Kind.HEADING, outline + 1
        level = next((n for n in (list_level(source) for source in sources) if n is not None), 0)
        named = next((int(found[1] or 1) for style in chain if (found := LISTS.fullmatch(style.name))), 0)
        level = max(level, named) if level else level
        return (Kind.LIST_ITEM, level) if level else (Kind.PARAGRAPH, 0)

    def look(self, properties: etree._Element | None, paragraph: str, *, direct: bool = True) -> Look:
        """How a run with these properties looks in a paragraph of a style; without `direct`, by its styles alone."""
        character = style_of(properties, "rStyle")
        key = (paragraph or self.paragraph, character)
        if key not in self._looks:
            self._looks[key] = self._by_styles(*key)
        return settled({**self._looks[key], **(values_of(properties) if direct else {})})

    def _by_styles(self, paragraph: str, character: str) -> dict[str, str]:
        below, above = dict(self.defaults), dict[str, str]()
        for into, style in ((below, paragraph), (above, character)):
            for each in reversed(list(self.chain(style))):
                into.update(values_of(each.element.find(f"{W}rPr")))
        both = {name for name in SWITCHES if below.get(name) == "1" and above.get(name) == "1"}
        return {**below, **above, **dict.fromkeys(both, "0")}


def styles_of(package: Package) -> Styles:
    """The styles of a package; none where it has no part for them."""
    styles = Styles()
    for part in package.related("styles")[:1]:
        root = package.tree(part)
        for element in root.iterfind(f"{W}style"):
            name = value_in(element, "name").lower()
            style = Style(element.get(f"{W}styleId", ""), name, value_in(element, "basedOn"), element)
            styles.by_id[style.id] = style
            if element.get(f"{W}default") in {"1", "true", "on"}:
                kind = element.get(f"{W}type")
                styles.paragraph = style.id if kind == "paragraph" else styles.paragraph
                styles.character = style.id if kind == "character" else styles.character
        styles.defaults = values_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return styles


def values_of(properties: etree._Element | None) -> dict[str, str]:
    """The properties of a run, by name, that can be seen and carry meaning; the rest (language, fonts) is left out."""
    found: dict[str, str] = {}
    for element in properties if properties is not None else ():
        name = str(element.tag).removeprefix(W)
        value = element.get(f"{W}val", "")
        if name in SWITCHES:
            found[name] = "0" if value in OFF else "1"
        elif name in VALUES:
            found[name] = value or "single"
        elif name == "shd":
            found[name] = element.get(f"{W}fill", "auto")
        elif name == "rFonts" and (font := element.get(f"{W}ascii", "")):
            found["mono"] = font if MONOSPACED.search(font) else "0"
    return found


def settled(values: dict[str, str]) -> Look:
    """The values without those that change nothing."""
    usual = {"u": "none", "vertAlign": "baseline", "color": "auto", "highlight": "none", "shd": "auto", "em": "none"}
    return {name: value for name, value in values.items() if value != usual.get(name, "0")}


def style_of(properties: etree._Element | None, name: str) -> str:
    """The id of the style that the properties of a paragraph ("pStyle") or a run ("rStyle") name."""
    return value_in(properties, name)


def value_in(element: etree._Element | None, name: str) -> str:
    """The value of a property, "" where it is not there."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def list_level(properties: etree._Element | None) -> int | None:
    """The nesting level that these properties give a list item, from 1; 0 for none, None where they do not say."""
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    if numbering is None:
        return None
    if value_in(numbering, "numId") == "0":
        return 0
    level = value_in(numbering, "ilvl")
    return min(int(level), 8) + 1 if level.isdecimal() else 1
