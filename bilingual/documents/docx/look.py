"""How the words of a Word paragraph look: what they share, and where some differ.

Only what carries meaning counts: bold, italic, underline, strike, sup, sub; another style, colour, size or highlight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

from bilingual.documents.docx.inline import Atom
from bilingual.documents.docx.ooxml import W
from bilingual.documents.docx.styles import Look, Styles, style_of

if TYPE_CHECKING:
    from lxml import etree

BLANK = " \t\u3000\xa0\ufeff\u200b"
ON = {
    "bold": ("b", "<w:b/><w:bCs/>"),
    "italic": ("i", "<w:i/><w:iCs/>"),
    "strike": ("strike", "<w:strike/>"),
}
OFF = {
    "bold": '<w:b w:val="0"/><w:bCs w:val="0"/>',
    "italic": '<w:i w:val="0"/><w:iCs w:val="0"/>',
    "strike": '<w:strike w:val="0"/>',
    "underlined": '<w:u w:val="none"/>',
    **dict.fromkeys(("sup", "sub"), '<w:position w:val="0"/><w:vertAlign w:val="baseline"/>'),
}
MADE_BY = {
    "bold": ("b", "bCs"),
    "italic": ("i", "iCs", "em"),
    "strike": ("strike", "dstrike"),
    "underlined": ("u",),
    "sup": ("vertAlign", "position"),
    "sub": ("vertAlign", "position"),
}
"""Which properties make a mark."""

LOOKS = ("color", "sz", "highlight", "shd", "mono")
ORDER = ("style", "look", "bold", "italic", "underlined", "strike", "sup", "sub")
OF_LINKS = ("style", "look", "underlined")
"""What all words of a link share of these is how links look here, and no code of its own."""

SCHEMA = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
    "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
"""The order in which run properties stand (ECMA-376 part 1, CT_RPr)."""


def _marks(look: Look) -> dict[str, str]:
    """What is bold, italic and so on in a look, with how to spell it."""
    found = {kind: spelled for kind, (name, spelled) in ON.items() if name in look}
    if "em" in look:  # Chinese emphasis dots are italics in English
        found["italic"] = ON["italic"][1]
    if "dstrike" in look:
        found["strike"] = "<w:dstrike/>"
    if "u" in look:
        found["underlined"] = f'<w:u w:val="{look["u"]}"/>'
    if (place := look.get("vertAlign", "")) in {"superscript", "subscript"}:
        found["sup" if place == "superscript" else "sub"] = f'<w:vertAlign w:val="{place}"/>'
    elif "position" in look:  # LibreOffice raises words and makes them small
        size = f'<w:sz w:val="{look["sz"]}"/><w:szCs w:val="{look["sz"]}"/>' if "sz" in look else ""
        found["sub" if look["position"].startswith("-") else "sup"] = f'<w:position w:val="{look["position"]}"/>{size}'
    return found


def _looks(look: Look) -> tuple[str, ...]:
    return tuple(look.get(name, "") for name in LOOKS)


def _spelled(looks: tuple[str, ...], given: tuple[str, ...]) -> str:
    """The properties that make one look of another; a size that nobody gives is Word's own 10 points."""
    color, size, highlight, shade, font = looks
    spelled = (
        f'<w:color w:val="{color or "auto"}"/>',
        f'<w:sz w:val="{size or "20"}"/><w:szCs w:val="{size or "20"}"/>',
        f'<w:highlight w:val="{highlight or "none"}"/>',
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade or "auto"}"/>',
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else "",
    )
    return "".join(how for how, new, old in zip(spelled, looks, given, strict=True) if new != old)


def properties_of(atom: Atom) -> etree._Element | None:
    """The properties of the run an atom is in."""
    return atom.run.find(f"{W}rPr") if atom.run is not None else None


def features_of(
    atoms: Sequence[Atom], styles: Styles, own_style: str
) -> tuple[etree._Element | None, list[dict[str, str]]]:
    """The run properties of the paragraph's plain words, and how each atom differs from them.

    Plain is what most words are, by style, colour, size and highlight; bold and the like only where all words are.
    """
    texts = [at for at, atom in enumerate(atoms) if atom.what == "text"]
    base = _base_of(atoms, [at for at in texts if atoms[at].text.strip(BLANK)], styles, own_style)
    if len(texts) == 1:
        return base, [{} for _ in atoms]
    features: list[dict[str, str]] = [{} for _ in atoms]
    given: dict[str, Look] = {style_of(base, "rStyle"): styles.look(base, own_style)}
    for at in texts:
        style, look = atoms[at].style, atoms[at].look
        if style not in given:
            probe = with_properties(base, _style(style, styles))
            given[style] = styles.look(probe, own_style)
        features[at] = _differences(look, given[style])
        if style != style_of(base, "rStyle"):
            _add_style(features[at], _style(style, styles), look, given[style])
    _quiet_blanks(atoms, texts, features)
    return base, features


def type_of(kind: str) -> str:
    """What a kind of difference means, in the words of Code."""
    return kind.partition(" ")[2] if kind.startswith(("style", "look")) else kind


def order_of(kind: str) -> int:
    """Which differences stand around which others that are as long."""
    return ORDER.index(kind.partition(" ")[0])


def _style(style: str, styles: Styles) -> str:
    return f'<w:rStyle w:val="{style or styles.character or "DefaultParagraphFont"}"/>'


def _base_of(atoms: Sequence[Atom], solid: list[int], styles: Styles, own_style: str) -> etree._Element | None:
    """The run properties of plain words: those of a run that is what most are, without the marks that not all have."""
    if len(solid) == 1:
        return properties_of(atoms[solid[0]])
    kinds = {at: (atoms[at].style, _looks(atoms[at].look)) for at in solid}
    marks = {at: _marks(atoms[at].look) for at in solid}
    weights: Counter[tuple[str, tuple[str, ...]]] = Counter()
    outside = _outside_links(atoms, solid) or solid
    for at in outside:
        weights[kinds[at]] += len(atoms[at].text)
    usual = ("", _looks(styles.look(None, own_style)))
    main = max(weights, key=lambda kind: (not kind[1][-1], weights[kind], kind == usual))
    shared = set.intersection(*(set(marks[at].items()) for at in solid))
    alike = [at for at in outside if kinds[at] == main]
    chosen = next((at for at in alike if set(marks[at].items()) == shared), alike[0])
    return _base(properties_of(atoms[chosen]), marks[chosen], dict(shared), styles, own_style)


def _outside_links(atoms: Sequence[Atom], places: list[int]) -> list[int]:
    """Those of the places that are in no link."""
    inside: set[int] = set()
    depth = 0
    for at, atom in enumerate(atoms):
        if atom.what == "open" and (depth or atom.type == "link"):
            depth += 1
        elif atom.what == "close" and depth:
            depth -= 1
        elif depth:
            inside.add(at)
    return [at for at in places if at not in inside]


def _base(
    properties: etree._Element | None, marks: dict[str, str], shared: dict[str, str], styles: Styles, own_style: str
) -> etree._Element | None:
    """Run properties for the plain words: those of a run, without the marks that not all words have."""
    extra = {kind for kind in marks if kind not in shared}
    if not extra:
        return properties
    base = deepcopy(properties) if properties is not None else None
    for name in {name for kind in extra for name in MADE_BY[kind]}:
        for found in base.findall(f"{W}{name}") if base is not None else ():
            found.getparent().remove(found)  # type: ignore[union-attr]
    by_style = _marks(styles.look(base, own_style))
    off = "".join(OFF[kind] for kind in extra if kind in by_style)
    return with_properties(base, off) if off else base


def _differences(look: Look, given: Look) -> dict[str, str]:
    """How a look differs from the one that is given anyway."""
    found = {kind: data for kind, data in _marks(look).items() if _marks(given).get(kind) != data}
    sized = {**look, "sz": given.get("sz", "")} if "position" in look and "vertAlign" not in look else look
    if spelled := _spelled(_looks(sized), _looks(given)):
        found["look code" if "mono" in look and "mono" not in given else "look"] = spelled
    return found


def _add_style(features: dict[str, str], spelled: str, look: Look, given: Look) -> None:
    """Say that the words have a character style, which is a bold one where it makes them bold."""
    marks = [kind for kind in _marks(given) if kind in _marks(look)]
    off = "".join(OFF[kind] for kind in _marks(given) if kind not in _marks(look))
    features[f"style {marks[0]}" if marks else "style"] = spelled + off


def _quiet_blanks(atoms: Sequence[Atom], texts: list[int], features: list[dict[str, str]]) -> None:
    """Blanks look like the words around them, unless they are underlined (a gap to fill in)."""
    for n, at in enumerate(texts[1:-1], 1):
        if not atoms[at].text.strip(BLANK) and "underlined" not in features[at]:
            before, after = features[texts[n - 1]], features[texts[n + 1]]
            features[at] = {kind: data for kind, data in before.items() if after.get(kind) == data}


def take_from_links(atoms: Sequence[Atom], features: list[dict[str, str]]) -> dict[int, str]:
    """For each place where a link opens, how all its words look, which their features then lack."""
    taken: dict[int, str] = {}
    opened: list[int] = []
    for at, atom in enumerate(atoms):
        if atom.what == "open":
            opened.append(at)
        elif atom.what == "close":
            start = opened.pop()
            inside = [n for n in range(start, at) if atoms[n].what == "text"]
            if atoms[start].type == "link" and inside:
                solid = [n for n in inside if atoms[n].text.strip(BLANK)] or inside
                same = set.intersection(*(set(features[n].items()) for n in solid))
                own = {kind: data for kind, data in same if kind.startswith(OF_LINKS)}
                for n in inside:
                    features[n] = {kind: data for kind, data in features[n].items() if kind not in own}
                taken[start] = "".join(own[kind] for kind in sorted(own, key=order_of))
    return taken


def with_properties(properties: etree._Element | None, spelled: str) -> etree._Element:
    """A copy of run properties (new ones where there are none) with those of `spelled` put into it, in the schema's
    order."""
    from lxml import etree

    whole = deepcopy(properties) if properties is not None else etree.Element(f"{W}rPr")
    for new in deepcopy(_parsed(spelled)):
        old = whole.find(new.tag)
        if old is None:
            whole.append(new)
        elif new.tag == f"{W}rFonts":
            old.attrib.update(new.attrib)
        else:
            whole.replace(old, new)
    whole[:] = sorted(whole, key=lambda element: place_of(str(element.tag).removeprefix(W)))
    return whole


@lru_cache(1024)
def _parsed(spelled: str) -> etree._Element:
    from lxml import etree

    return etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}">{spelled}</w:rPr>')


def place_of(name: str) -> int:
    """Where a run property stands among the others."""
    return SCHEMA.index(name) if name in SCHEMA else len(SCHEMA)
