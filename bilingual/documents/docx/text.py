"""A Word paragraph as a text with codes, and what is needed to write such a text back into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilingual.bitext import Code, Text
from bilingual.documents.docx.inline import COUNTER, Atom, Fields, Kept, atoms_of, collapsed
from bilingual.documents.docx.look import BLANK, features_of, order_of, properties_of, take_from_links, type_of
from bilingual.documents.docx.ooxml import Relation, W
from bilingual.documents.docx.styles import Styles, style_of
from bilingual.documents.pieces import needs_space

if TYPE_CHECKING:
    from lxml import etree

Feature = tuple[str, str]
"""A kind of difference and how it is spelled."""


@dataclass(slots=True)
class Payload:
    """What a code stands for in the file: run properties, spelled, or elements (each with the run it was in).

    A link or a content control has `shell`, its own element, or elements `before` and `after` its words (a field).
    `number` is what a field that counts says.
    """

    properties: str = ""
    before: list[Kept] = field(default_factory=list)
    after: list[Kept] = field(default_factory=list)
    shell: etree._Element | None = None
    number: str = ""


@dataclass(slots=True)
class Inline:
    """A paragraph: its text, what its codes stand for (by id), the run properties of its plain words, and what nobody
    sees before and after all of it."""

    text: Text
    payloads: dict[str, Payload] = field(default_factory=dict)
    base: etree._Element | None = None
    head: list[Kept] = field(default_factory=list)
    tail: list[Kept] = field(default_factory=list)


def read_paragraph(
    paragraph: etree._Element, styles: Styles, fields: Fields, relations: Mapping[str, Relation]
) -> Inline:
    """The paragraph's text with its codes; its string is empty where there is nothing to read."""
    own_style = style_of(paragraph.find(f"{W}pPr"), "pStyle")
    atoms = collapsed(_trimmed(_seen(atoms_of(paragraph, fields, relations), styles, own_style)))
    if not any(atom.what == "text" for atom in atoms):
        return Inline(Text(""))
    shown = [at for at, atom in enumerate(atoms) if atom.what != "quiet"]
    body = _merged(atoms[shown[0] : shown[-1] + 1])
    base, features = features_of(body, styles, own_style)
    links = take_from_links(body, features)
    sweep = _Sweep(body, features, links)
    sweep.run()
    text = Text("".join(sweep.parts), tuple(sweep.codes))
    head, tail = atoms[: shown[0]], atoms[shown[-1] + 1 :]
    return Inline(text, sweep.payloads, base, [k for a in head for k in a.kept()], [k for a in tail for k in a.kept()])


def _seen(atoms: Sequence[Atom], styles: Styles, own_style: str) -> list[Atom]:
    """The atoms, words with their look; those that look the same are one, and those that are hidden are kept where
    they are, but nobody reads them."""
    done: list[Atom] = []
    for atom in atoms:
        if atom.what in {"text", "break"}:
            properties = properties_of(atom)
            atom.style, atom.look = style_of(properties, "rStyle"), styles.look(properties, own_style)
            last = done[-1] if done else None
            if "vanish" in atom.look:
                atom = Atom("quiet", atom.element, atom.run, data="<w:vanish/>")  # noqa: PLW2901
            elif last and last.what == atom.what == "text" and (last.style, last.look) == (atom.style, atom.look):
                last.text += atom.text
                continue
        done.append(atom)
    return done


def _trimmed(atoms: list[Atom]) -> list[Atom]:
    """The atoms without blanks at both ends of the text (Chinese paragraphs are often indented with two of them)."""
    kept = [atom for atom in atoms if atom.what != "text" or atom.text]
    for order, strip in ((1, str.lstrip), (-1, str.rstrip)):
        for at in range(len(kept))[::order]:
            if kept[at].what == "text":
                kept[at] = replace(kept[at], text=strip(kept[at].text, BLANK))
                if kept[at].text:
                    break
    return [atom for atom in kept if atom.what != "text" or atom.text]


def _merged(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms; neighbours that nobody sees are kept as one."""
    done: list[Atom] = []
    for atom in atoms:
        if atom.what == "quiet" and done and done[-1].what == "quiet":
            done[-1] = replace(done[-1], elements=[*done[-1].kept(), *atom.kept()], data=done[-1].data + atom.data)
        else:
            done.append(atom)
    return done


@dataclass(slots=True)
class _Open:
    """A pair that has been opened: which feature (None for a link or control), its code's id, and the last place it
    holds at."""

    feature: Feature | None
    name: str
    end: int


@dataclass(slots=True)
class _Sweep:
    """One pass over the atoms that writes the text and its codes, every pair nested.

    A feature holds as long as all words have it; where it crosses a link or another feature, it is two pairs.
    """

    atoms: Sequence[Atom]
    features: Sequence[Mapping[str, str]]
    links: Mapping[int, str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    codes: list[Code] = field(default_factory=list)
    payloads: dict[str, Payload] = field(default_factory=dict)
    opened: list[_Open] = field(default_factory=list)

    def run(self) -> None:
        """Fill `parts`, `codes` and `payloads`."""
        following, ends, closes = self._ahead()
        for at, atom in enumerate(self.atoms):
            if atom.what == "text":
                self._begin(ends[at])
                self._say(atom.text)
                self._expire(at)
            elif atom.what == "open":
                self._begin_around(at, closes[at], following[at], ends)
                self._wrap(at, closes[at])
            elif atom.what == "close":
                self._close_from(next(n for n in reversed(range(len(self.opened))) if self.opened[n].feature is None))
                self._expire(at)
            else:
                self._space(atom, following[at])
                self._alone(atom)
        self._close_from(0)

    def _ahead(self) -> tuple[list[int], list[dict[Feature, int]], dict[int, int]]:
        """For each place the next words (-1 for none) and up to which words each of its features holds; for each link
        where it closes."""
        following, ends = [-1] * len(self.atoms), [dict[Feature, int]() for _ in self.atoms]
        closes: dict[int, int] = {}
        closing: list[int] = []
        words = -1
        for at in range(len(self.atoms) - 1, -1, -1):
            following[at] = words
            if self.atoms[at].what == "text":
                later = ends[words] if words >= 0 else {}
                ends[at] = {feature: later.get(feature, at) for feature in self.features[at].items()}
                words = at
            elif self.atoms[at].what == "close":
                closing.append(at)
            elif self.atoms[at].what == "open":
                closes[at] = closing.pop()
        return following, ends, closes

    def _begin(self, ends: Mapping[Feature, int]) -> None:
        """Open those features that are not open, the longest first."""
        holding = {pair.feature for pair in self.opened}
        for feature, end in sorted(ends.items(), key=lambda item: (-item[1], order_of(item[0][0]))):
            if feature not in holding:
                name = self._code("open", feature[1], type_of(feature[0]))
                self.payloads[name] = Payload(feature[1])
                self.opened.append(_Open(feature, name, end))

    def _begin_around(self, at: int, close: int, words: int, ends: Sequence[Mapping[Feature, int]]) -> None:
        """Before a link: close what ends within it, open what begins with it and goes on after it."""
        inside = [n for n in range(at, close) if self.atoms[n].what == "text"]
        if not inside:
            return
        cut = [n for n in self._loose() if self.opened[n].end < inside[-1]]
        if cut:
            self._close_from(cut[0])
        self._begin({feature: end for feature, end in ends[words].items() if end > inside[-1]})

    def _loose(self) -> range:
        """The places, among the open pairs, of those inside the innermost link."""
        links = [n for n, pair in enumerate(self.opened) if pair.feature is None]
        return range(links[-1] + 1 if links else 0, len(self.opened))

    def _expire(self, at: int) -> None:
        """Close the features that no later words have."""
        over = [n for n in self._loose() if self.opened[n].end <= at]
        if over:
            self._close_from(over[0])

    def _close_from(self, first: int) -> None:
        while len(self.opened) > first:
            self.codes.append(Code(self.length, self.opened.pop().name, "close", ""))

    def _wrap(self, at: int, close: int) -> None:
        """Open a link or a content control."""
        atom, closing = self.atoms[at], self.atoms[close]
        name = self._code("open", atom.data, atom.type, atom.href)
        field_link = bool(atom.elements)
        words = "".join(inner.text for inner in self.atoms[at:close] if inner.what == "text")
        self.payloads[name] = Payload(
            self.links.get(at, ""),
            atom.kept() if field_link else [],
            closing.kept() if field_link else [],
            None if field_link else atom.element,
            words if COUNTER.match(atom.data) else "",
        )
        self.opened.append(_Open(None, name, close))

    def _alone(self, atom: Atom) -> None:
        name = self._code("empty", atom.data, atom.type, atom.href)
        self.payloads[name] = Payload(before=atom.kept())

    def _space(self, atom: Atom, words: int) -> None:
        """A break between words of a script that separates them reads as a space; so does a tab between any words."""
        if atom.what != "break" or words < 0 or not self.parts:
            return
        left, right = self.parts[-1][-1], self.atoms[words].text[0]
        if needs_space(left, right) or (atom.type == "tab" and left.isalnum() and right.isalnum()):
            self._say(" ")

    def _say(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _code(self, kind: str, data: str, meaning: str = "", href: str = "") -> str:
        name = str(len(self.payloads) + 1)
        self.codes.append(Code(self.length, name, kind, data, meaning, href))
        return name
