"""The content of a <source> or <target> as a text with codes, and back.

Every inline element becomes codes of ours: <g>, <pc> and <mrk> a pair, <bx> <bpt> <sc> <sm> the beginning and <ex>
<ept> <ec> <em> the end of one, <x> <ph> and what we do not know a lone one; <cp> is the character it stands for. A
code's `data` is what the file keeps inside the element (or in <originalData>), or the tag itself where that is all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from bilingual.bitext import Code, Text
from bilingual.formats.xliff.markup import attribute, opening
from bilingual.formats.xliff.names import from_ctype, from_type2

if TYPE_CHECKING:
    from lxml import etree

SPANS = frozenset({"g", "pc", "mrk"})
ROLES = {
    "bx": "open", "bpt": "open", "sc": "open", "sm": "open", "ex": "close", "ept": "close", "ec": "close",
    "em": "close",
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """Gives each code the name by which source and target know it: the file's id, made unique where it is not."""

    data: Mapping[str, str] = field(default_factory=dict)
    """What <originalData> holds (XLIFF 2), by its id."""
    _taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)

    def name(self, family: str, key: str, tag: str, count: int) -> str:
        """The name of the `count`th code called `key`; a pair and a lone code of one id get two."""
        wanted = key if count < 2 else f"{key}-{count}"
        owner = self._taken.setdefault(wanted, (family, key))
        return wanted if owner == (family, key) else f"{tag}{wanted}"

    def meaning(self, name: str, kind: str, own: str) -> str:
        """What a code means; the end of a pair means what its beginning does."""
        if kind == "close":
            return self._types.get(name, own)
        if kind == "open":
            self._types[name] = own
        return own


@dataclass(frozen=True, slots=True)
class Content:
    """A text with its codes, and for each code the element that says it."""

    text: Text
    elements: tuple[etree._Element, ...] = ()


def content(element: etree._Element | None, names: Names | None = None) -> Content:
    """What stands in a <source>, a <target> or a segment's <mrk>; ValueError where a <cp> is no character."""
    if element is None:
        return Content(Text(""))
    if not len(element):
        return Content(Text(element.text or ""))
    names = names or Names()
    pieces: list[str] = []
    codes: list[Code] = []
    elements: list[etree._Element] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    length = 0
    for item in _walk(element):
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
            continue
        inner, kind = item
        codes.append(_code(inner, kind, length, names, seen))
        elements.append(inner)
    return Content(Text("".join(pieces), tuple(codes)), tuple(elements))


def _walk(parent: etree._Element) -> Iterator[str | tuple[etree._Element, str]]:
    """The words in an element and its inline elements, each with what it does ("open", "close", "empty")."""
    if parent.text:
        yield parent.text
    for child in parent:
        name = local(child)
        if name in SPANS:
            yield child, "open"
            yield from _walk(child)
            yield child, "close"
        elif name == "cp":
            yield chr(int(child.get("hex", ""), 16))
        elif name == "it":
            yield child, "close" if child.get("pos") in {"close", "end"} else "open"
        elif name:
            yield child, ROLES.get(name, "empty")
        if child.tail:
            yield child.tail


def _code(element: etree._Element, kind: str, at: int, names: Names, seen: Counter[tuple[str, str, str]]) -> Code:
    tag = local(element)
    family = "empty" if kind == "empty" else "pair"
    key = str(element.get("rid") or element.get("startRef") or element.get("id") or element.get("mid") or tag)
    seen[family, key, kind] += 1
    name = names.name(family, key, tag, seen[family, key, kind])
    return Code(at, name, kind, _data(element, tag, kind, names), names.meaning(name, kind, _meaning(element)))


def _data(element: etree._Element, tag: str, kind: str, names: Names) -> str:
    """What the code says in the document's own format; its tag where the file does not tell."""
    wanted = ("dataRefEnd" if kind == "close" else "dataRefStart") if tag == "pc" else "dataRef"
    kept = names.data.get(str(element.get(wanted, "")))
    if kept is not None:
        return kept
    if tag in {"sc", "ec", "ph"} and element.get("disp") is not None:
        return str(element.get("disp"))
    inside = "" if tag in SPANS else "".join(map(str, element.itertext()))
    if inside or tag in {"bpt", "ept", "it"} or (tag == "ph" and ":document:2" not in str(element.tag)):
        return inside
    qualified = f"{element.prefix}:{tag}" if element.prefix else tag
    if kind == "close" and tag in SPANS:
        return f"</{qualified}>"
    return opening(qualified, attributes(element), tag not in SPANS)


def _meaning(element: etree._Element) -> str:
    kind = str(element.get("type", ""))
    if kind:
        return from_type2(kind, str(element.get("subType", "")))
    return from_ctype(str(element.get("ctype", "")))


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes with the prefixes the file gave them."""
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
    pairs = cast("list[tuple[str, str]]", element.items())
    return [(attribute(name, prefixes), value) for name, value in pairs]


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment or an instruction."""
    return _plain(cast("Hashable", element.tag))


@lru_cache(4096)
def _plain(tag: Hashable) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
