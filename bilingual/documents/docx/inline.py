"""What stands in a paragraph of a Word document, as one flat list: words, breaks, links, and what is kept as it is.

Tracked insertions read as text and deletions are passed over; fields are kept whole (a page number), except that the
words of a HYPERLINK are words and a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.documents.docx.ooxml import MC, A, M, R, Relation, W

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

SEEN_THROUGH = {f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase")}
"""What is around words and says nothing about them that an English paragraph needs."""

DROPPED = {
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "pPr", "rPr", "delText", "delInstrText", "rt", "rubyPr", "proofErr", "softHyphen"),
        *("lastRenderedPageBreak", "smartTagPr", "customXmlPr", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd"),
    )
}
"""What is not read, nor written again where a paragraph is filled: what was deleted, and notes of the program."""

UNSEEN = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback"}
"""Around what is not read: what was deleted, and the second copy of a text box, for old programs."""

QUIET = {
    f"{W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
        *("permStart", "permEnd", "annotationRef", "footnoteRef", "endnoteRef"),
    )
}
"""What nobody sees, or only before all words (a note's own number): a code only where it stands in mid-sentence."""

NOTES = {f"{W}footnoteReference", f"{W}endnoteReference"}
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"}
WORDS = {f"{W}t", f"{W}noBreakHyphen"}
FIELD_PARTS = {f"{W}fldChar", f"{W}instrText"}
BREAKS = {f"{W}br", f"{W}cr"}
TABS = {f"{W}tab", f"{W}ptab"}
KEPT_FIELDS = re.compile(r"\s*(?:TOC|INDEX|TOA|RD)\b", re.IGNORECASE)
"""Fields over many paragraphs that Word makes from the document itself."""

COUNTER = re.compile(r"\s*SEQ\b", re.IGNORECASE)
LINK_FIELD = re.compile(r"""\s*HYPERLINK\s+(\\l\s+)?["“]([^"”]*)["”]""", re.IGNORECASE)


Kept = tuple["Element | None", "Element"]
"""An element that is kept, and the run it was in (None where it stood in none)."""


@dataclass(slots=True)
class Atom:
    """One thing in a paragraph.

    `what`: "text", "break", "opaque" (a code that stands alone), "quiet" (kept, seldom a code), "open" and "close" (a
    link or a content control around others). `run` is the run it is in, `element` itself; `elements` are the run
    and the element of each thing that is kept together (the parts of a field). Words have their character style and
    their look.
    """

    what: str
    element: Element
    run: Element | None = None
    text: str = ""
    type: str = ""
    href: str = ""
    data: str = ""
    elements: list[Kept] = field(default_factory=list)
    style: str = ""
    look: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> list[Kept]:
        """Every element it stands for, each with its run."""
        return self.elements or [(self.run, self.element)]


@dataclass(slots=True)
class Fields:
    """The complex fields of a part: where each ends, and which are open (True: nothing in them is read)."""

    ends: dict[Element, Element]
    opened: list[tuple[Element, bool]] = field(default_factory=list)


def fields_of(root: Element) -> Fields:
    """The fields of a part that begin and end; what lacks one or the other is none."""
    ends: dict[Element, Element] = {}
    begun: list[Element] = []
    for mark in root.iter(f"{W}fldChar"):
        if any(above.tag in UNSEEN for above in mark.iterancestors()):
            continue
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            ends[begun.pop()] = mark
    return Fields(ends)


def atoms_of(paragraph: Element, fields: Fields, relations: Mapping[str, Relation]) -> list[Atom]:
    """What stands in the paragraph, in order; `fields.opened` is brought up to date."""
    flat = list(_flat(paragraph, None, relations))
    return _paired(_closed(flat, fields))


def _closed(flat: list[Atom], fields: Fields) -> list[Atom]:
    """The list, what is left of fields that began in an earlier paragraph put together, and then its own."""
    start = 0
    while fields.opened:
        end, kept = fields.opened[-1]
        at = next((i for i in range(start, len(flat)) if flat[i].element is end), None)
        if at is None:
            break
        fields.opened.pop()
        if kept:
            flat[start : at + 1] = [_together(flat[start : at + 1])]
            start += 1
    if any(kept for _, kept in fields.opened):
        return [*flat[:start], *([_together(flat[start:])] if flat[start:] else [])]
    return _resolved(flat, fields)


def _flat(parent: Element, run: Element | None, relations: Mapping[str, Relation]) -> Iterator[Atom]:
    """Everything under `parent` that is kept, fields still in their parts."""
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str) or tag in DROPPED:
            continue
        if tag == f"{W}r":
            yield from _flat(child, child, relations)
        elif tag in SEEN_THROUGH:
            yield from _flat(child, run, relations)
        elif tag in {f"{W}hyperlink", f"{W}sdt"}:
            yield from _wrapped(child, run, relations)
        elif tag == f"{W}fldSimple" and (read_as := _read_as(child.get(f"{W}instr", ""))):
            yield Atom("open", child, type=read_as[0], href=read_as[1], data=child.get(f"{W}instr", "").strip())
            yield from _flat(child, run, relations)
            yield Atom("close", child)
        else:
            yield _atom(child, tag, run, relations)


def _wrapped(child: Element, run: Element | None, relations: Mapping[str, Relation]) -> Iterator[Atom]:
    """A link or a content control, and what is in it."""
    link = child.tag == f"{W}hyperlink"
    inside = child if link else child.find(f"{W}sdtContent")
    known = relations.get(child.get(f"{R}id", "")) if link else None
    anchor = child.get(f"{W}anchor", "") if link else ""
    href = (known.target if known else "") + (f"#{anchor}" if anchor else "")
    yield Atom("open", child, type="link" if link else "", href=href, data=_spelled(child))
    yield from _flat(inside, run, relations) if inside is not None else ()
    yield Atom("close", child)


def collapsed(atoms: Sequence[Atom]) -> list[Atom]:
    """The list; a link or a content control around no words is one thing that is kept."""
    done: list[Atom] = []
    opened: list[int] = []
    for atom in atoms:
        done.append(atom)
        if atom.what == "open":
            opened.append(len(done) - 1)
        elif atom.what == "close":
            start = opened.pop()
            if not any(inner.what == "text" for inner in done[start:]):
                whole = _together(done[start:])
                kinds = {inner.type for inner in done[start + 1 :]} - {""}
                whole.type = "image" if kinds == {"image"} else ""
                done[start:] = [whole]
    return done


MARKS = ("begin", "separate", "end")


def _atom(element: Element, tag: str, run: Element | None, relations: Mapping[str, Relation]) -> Atom:
    """One element that holds no others we read."""
    if tag in WORDS:
        return Atom("text", element, run, "-" if tag != f"{W}t" else _words(element))
    data = _spelled(element)
    if tag in FIELD_PARTS:
        what = element.get(f"{W}fldCharType", "end") if tag == f"{W}fldChar" else "instruction"
        return Atom(what, element, run, element.text or "", data=data)
    if tag in TABS:
        return Atom("break", element, run, type="tab", data=data)
    if tag in BREAKS and element.get(f"{W}type", "textWrapping") == "textWrapping":
        return Atom("break", element, run, type="lb", data=data)
    href = _picture(element, relations) if tag in PICTURES else ""
    pictured = href or (tag in PICTURES and next(element.iter(f"{W}txbxContent"), None) is None)
    kind = "fnote" if tag in NOTES else "image" if pictured else "field" if tag == f"{W}fldSimple" else ""
    return Atom("quiet" if tag in QUIET else "opaque", element, run, type=kind, href=href, data=data)


def _words(element: Element) -> str:
    """The text of a `w:t`; blanks at its ends count only where the file says so."""
    text = element.text or ""
    preserved = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return re.sub(r"[\t\r\n]", " ", text if preserved else text.strip(" \t\r\n"))


def _picture(element: Element, relations: Mapping[str, Relation]) -> str:
    """Where the first picture in a drawing lies: a part's name, "" where it has none."""
    blip = next(element.iter(f"{A}blip"), None)
    known = relations.get(str(blip.get(f"{R}embed", ""))) if blip is not None else None
    return known.target if known else ""


def _resolved(flat: list[Atom], fields: Fields) -> list[Atom]:
    """The list with its fields put together: kept whole, made a link, or left open where they reach further."""
    places = {atom.element: at for at, atom in enumerate(flat) if atom.what == "end"}
    done: list[Atom] = []
    at = 0
    while at < len(flat):
        atom = flat[at]
        end = fields.ends.get(atom.element) if atom.what == "begin" else None
        if end is not None:
            split = next((i for i in range(at, len(flat)) if flat[i].what in {"separate", "end"}), len(flat))
            instruction = "".join(a.text for a in flat[at:split] if a.what == "instruction")
            stop = places.get(end)
            if stop is not None and _balanced(flat[at : stop + 1]):
                done += _field(flat[at : stop + 1], split - at, instruction, fields)
                at = stop + 1
                continue
            if stop is None:
                fields.opened.append((end, bool(KEPT_FIELDS.match(instruction))))
                if fields.opened[-1][1]:
                    return [*done, _together(flat[at:])]
        done.append(_quiet(atom) if atom.what in {*MARKS, "instruction"} else atom)
        at += 1
    return done


def _field(atoms: list[Atom], split: int, instruction: str, fields: Fields) -> list[Atom]:
    """A field that begins and ends here: a link and its words, or one thing that is kept."""
    read_as = _read_as(instruction)
    if not read_as or split >= len(atoms) - 1 or not _balanced(atoms[split + 1 : -1]):
        whole = _together(atoms)
        whole.type, whole.data = "field", instruction.strip()
        return [whole]
    opening, closing = _together(atoms[: split + 1]), _together(atoms[-1:])
    opening.what, opening.data = "open", instruction.strip()
    opening.type, opening.href = read_as
    closing.what = "close"
    return [opening, *_resolved(atoms[split + 1 : -1], fields), closing]


def _together(atoms: Sequence[Atom]) -> Atom:
    """Several as one that is kept; a link or content control that is an element of the file is kept as that."""
    elements: list[Kept] = []
    within: Element | None = None
    for atom in atoms:
        if within is None and (atom.what != "close" or atom.elements):
            elements += atom.kept()
            within = atom.element if atom.what == "open" and not atom.elements else None
        elif atom.what == "close" and atom.element is within:
            within = None
    return Atom("opaque", atoms[0].element, atoms[0].run, data=atoms[0].data, elements=elements)


def _quiet(atom: Atom) -> Atom:
    return Atom("quiet", atom.element, atom.run, data=_spelled(atom.element))


def _balanced(atoms: Sequence[Atom]) -> bool:
    """Whether every link and content control that opens here closes here."""
    depth = 0
    for atom in atoms:
        depth += (atom.what == "open") - (atom.what == "close")
        if depth < 0:
            return False
    return depth == 0


def _paired(atoms: list[Atom]) -> list[Atom]:
    """The list without links and controls of which a field has taken one end."""
    opened: list[int] = []
    paired: set[int] = set()
    for at, atom in enumerate(atoms):
        if atom.what == "open":
            opened.append(at)
        elif atom.what == "close" and opened:
            paired |= {opened.pop(), at}
    return [atom for at, atom in enumerate(atoms) if at in paired or atom.what not in {"open", "close"}]


def _read_as(instruction: str) -> tuple[str, str] | None:
    """The type and the address of a field whose words are read: a link, or the number of a caption (type "")."""
    if COUNTER.match(instruction):
        return "", ""
    link = LINK_FIELD.match(instruction)
    return ("link", f"#{link[2]}" if link[1] else link[2]) if link else None


def _spelled(element: Element) -> str:
    """How the file writes the element's own tag, for people: what is inside stays in the file."""
    name = _short(str(element.tag))
    return "<" + " ".join([name, *(f'{_short(str(key))}="{value!s}"' for key, value in element.attrib.items())]) + "/>"


def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    prefix = {W[:-1]: "w:", R[:-1]: "r:", MC[:-1]: "mc:", M[:-1]: "m:"}.get(space, "")
    return prefix + local
