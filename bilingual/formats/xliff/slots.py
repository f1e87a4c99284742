"""Where the pairs of a translation unit stand: the one walk that reading and filling share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from bilingual.bitext import Note, Unit
from bilingual.formats.xliff.inline import Content, Names, content, local
from bilingual.formats.xliff.names import MATCHES, MQ, SDL

if TYPE_CHECKING:
    from lxml import etree

UNITS = ("{*}trans-unit", "{*}unit")


@dataclass(frozen=True, slots=True)
class Slot:
    """One pair in a file. `dialect` is "1", "2", "sdl" or "mq".

    `source` and `target` hold the words (an element <source>, or a segment's <mrk>); `whole` is the <target> of the
    unit, and `parts` the <seg-source>, where XLIFF 1.2 has segments. `segment` is what carries a segment's state: an
    XLIFF 2 <segment> or an <sdl:seg>. `first` is the unit's first pair, which speaks for the unit's own notes.
    `matches` are the unit's proposals, by what they refer to, and `data` what its codes stand for (XLIFF 2).
    """

    dialect: str
    unit: etree._Element
    source: etree._Element | None
    target: etree._Element | None
    whole: etree._Element | None = None
    parts: etree._Element | None = None
    segment: etree._Element | None = None
    mid: str = ""
    first: bool = True
    alone: bool = True
    matches: Mapping[str, Sequence[etree._Element]] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """ "1" or "2": which core standard the dialect is of."""
        return "2" if self.dialect == "2" else "1"

    @property
    def key(self) -> str:
        """The name of the pair in its file: the unit's id, with the segment's where there are several."""
        own = str(self.unit.get("id", ""))
        return own if self.alone or not self.mid else f"{own}/{self.mid}"

    def contents(self) -> tuple[Content, Content]:
        """The source and the target, their codes named alike."""
        names = Names(self.data)
        return content(self.source, names), content(self.target, names)


@dataclass(slots=True)
class Walk:
    """Goes through the units of one file and names their pairs; remembers what stands outside of them."""

    _taken: set[str] = field(default_factory=set)
    _times: Counter[str] = field(default_factory=Counter)
    _comments: dict[str, Note] | None = None

    def named(self, unit: Unit) -> str:
        """The unit's id, with a number where the file has used it before."""
        base = unit.id or str(len(self._taken) + 1)
        name = base
        while name in self._taken:
            self._times[base] += 1
            name = f"{base}-{self._times[base] + 1}"
        self._taken.add(name)
        return name

    def comments(self, element: etree._Element) -> Mapping[str, Note]:
        """The comments a Trados file defines at its beginning, by id."""
        if self._comments is None:
            root = element.getroottree().getroot()
            self._comments = {
                str(found.get("id", "")): _comment(found) for found in root.iterfind("{*}doc-info//{*}cmt-def")
            }
        return self._comments


def slots(unit: etree._Element) -> list[Slot]:
    """The pairs of a <trans-unit> or <unit>, in their order."""
    return _second(unit) if local(unit) == "unit" else list(_first(unit))


def _second(unit: etree._Element) -> list[Slot]:
    segments = [child for child in unit if local(child) == "segment"]
    found = _matches(unit.iterfind(f"{{{MATCHES}}}matches/{{{MATCHES}}}match"), "ref")
    data = original_data(unit)
    return [
        Slot("2", unit, child_of(segment, "source"), child_of(segment, "target"), segment=segment,
             mid=str(segment.get("id") or at), first=at == 1, alone=len(segments) == 1, matches=found, data=data)
        for at, segment in enumerate(segments, 1)
    ]  # fmt: skip


def _first(unit: etree._Element) -> Iterator[Slot]:
    dialect = dialect_of(unit)
    source, parts, whole = (child_of(unit, name) for name in ("source", "seg-source", "target"))
    pieces = _segments(parts)
    if dialect == "sdl" and not pieces and unit.get("translate") == "no":
        return  # a piece of the document's structure, which holds no words
    told = {"alt-trans", "insertedmatch"} if dialect == "mq" else {"alt-trans"}
    found = _matches((child for child in unit if local(child) in told), "mid")
    written = {str(mrk.get("mid", "")): mrk for mrk in reversed(_segments(whole))}
    wordy = whole is not None and bool("".join(map(str, whole.itertext())).strip())
    if not pieces or (len(pieces) > 1 and wordy and not written):
        yield Slot(dialect, unit, source, whole, whole, matches=found)
        return
    said = {str(seg.get("id")): seg for seg in unit.iterfind(f"{{{SDL}}}seg-defs/{{{SDL}}}seg")}
    direct = whole if len(pieces) == 1 and not written else None
    for at, piece in enumerate(pieces):
        mid = str(piece.get("mid", ""))
        target = direct if direct is not None else written.pop(mid, None)
        alone = len(pieces) == 1
        yield Slot(dialect, unit, piece, target, whole, parts, said.get(mid), mid, at == 0, alone, found)


def _matches(matches: Iterator[etree._Element], name: str) -> dict[str, list[etree._Element]]:
    """Proposals by the segment, or the marker in a segment, that each refers to."""
    found: dict[str, list[etree._Element]] = {}
    for match in matches:
        reference = str(match.get(name, "")).rpartition("#")[2].rpartition("/")[2]
        found.setdefault(reference, []).append(match)
    return found


def _segments(element: etree._Element | None) -> list[etree._Element]:
    return [mrk for mrk in element.iter("{*}mrk") if mrk.get("mtype") == "seg"] if element is not None else []


def dialect_of(unit: etree._Element) -> str:
    """Whose XLIFF 1.2 it is: told by the namespaces the file declares."""
    declared = set(unit.nsmap.values())
    return "sdl" if SDL in declared else "mq" if MQ in declared else "1"


def child_of(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((child for child in element if local(child) == name), None)


def original_data(unit: etree._Element) -> dict[str, str]:
    """What the codes of an XLIFF 2 unit stand for, by the id it has in <originalData>."""
    held = child_of(unit, "originalData")
    return (
        {str(child.get("id", "")): content(child).text.string for child in held if local(child)}
        if held is not None
        else {}
    )


def line_of(element: etree._Element) -> int | None:
    """The line an element begins on."""
    return cast("int | None", element.sourceline)


def _comment(definition: etree._Element) -> Note:
    said: Any = next((inner for inner in definition.iter() if local(inner) == "Comment"), definition)
    return Note("".join(said.itertext()), str(said.get("user", "")), str(said.get("date", "")))
