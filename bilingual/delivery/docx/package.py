"""A Word package made English as a whole: languages, fonts, title; no macros, no template from elsewhere."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING

from bilingual.delivery.docx.fill import english_fonts, unbind
from bilingual.documents.docx.fonts import latin_font
from bilingual.documents.docx.ooxml import MC, RELATIONSHIP, TYPES, A, Package, W, relations_of
from bilingual.safexml import clean

if TYPE_CHECKING:
    from lxml import etree

DC = "{http://purl.org/dc/elements/1.1/}"
MACROS = ("vbaProject", "vbaData")
SIGNATURES = "_xmlsignatures/"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(package: Package, touched: set[str], dropped: set[str]) -> bytes:
    """The package's file: `touched` parts from their trees, `dropped` ones left out, all others byte for byte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, info in package.infos.items():
            if part in dropped:
                continue
            new = zipfile.ZipInfo(part, info.date_time)
            new.compress_type, new.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
            archive.writestr(new, package.serialised(package.tree(part)) if part in touched else package.raw(part))
    return stream.getvalue()


def make_english(package: Package, title: str) -> set[str]:
    """Set languages, fonts and title; the names of the parts that were touched."""
    touched = set()
    for part in package.related("styles"):
        _english_styles(package.tree(part))
        touched.add(part)
    for part in package.related("theme"):
        if _english_theme(package.tree(part)):
            touched.add(part)
    for part in package.related("settings"):
        for language in package.tree(part).iter(f"{W}themeFontLang"):
            language.set(f"{W}val", "en-US")
            touched.add(part)
    for part in package.related("core-properties", ""):
        if title and _titled(package.tree(part), title):
            touched.add(part)
    return touched


def make_harmless(package: Package) -> tuple[set[str], set[str]]:
    """Take out macros, signatures (which hold no more) and a template from elsewhere: parts touched, parts dropped."""
    dropped = {part for part in package.infos if part.startswith(SIGNATURES) or any(word in part for word in MACROS)}
    touched = _forget(package, dropped) if dropped else set()
    for part in package.related("settings"):
        relations = package.relations(part).items()
        gone = {name for name, other in relations if other.external and other.kind == "attachedTemplate"}
        if gone:
            touched |= {part, _without(package, relations_of(part), gone)}
            for template in list(package.tree(part).iter(f"{W}attachedTemplate")):
                template.getparent().remove(template)  # type: ignore[union-attr]
    types = package.tree(TYPES) if package.has(TYPES) else ()
    for override in types:
        if override.get("ContentType") == MACRO_TYPE:
            override.set("ContentType", PLAIN_TYPE)
            touched.add(TYPES)
    return touched, dropped


def same_in_old_programs(root: etree._Element) -> None:
    """Put what a text box says now into the second copy of it that old programs read."""
    for alternative in root.iter(f"{MC}AlternateContent"):
        choice, fallback = alternative.find(f"{MC}Choice"), alternative.find(f"{MC}Fallback")
        if choice is None or fallback is None:
            continue
        new, old = [list(side.iter(f"{W}txbxContent")) for side in (choice, fallback)]
        if new and len(new) != len(old):
            alternative.remove(fallback)
            continue
        for box, copy in zip(new, old, strict=True) if new else ():
            copy[:] = [deepcopy(child) for child in box]


def unbound(root: etree._Element) -> None:
    """Free content controls around whole paragraphs from data elsewhere, which is in Chinese still."""
    for control in root.iter(f"{W}sdt"):
        unbind(control)


def _forget(package: Package, dropped: set[str]) -> set[str]:
    """Take every mention of the dropped parts from types and relations; the parts touched."""
    touched = set()
    if package.has(TYPES):
        types = package.tree(TYPES)
        for override in [o for o in types if o.get("PartName", "").lstrip("/") in dropped]:
            types.remove(override)
        touched.add(TYPES)
    for part in ["", *package.infos]:
        rels = relations_of(part)
        if rels in package.infos and rels not in dropped:
            gone = {name for name, relation in package.relations(part).items() if relation.target in dropped}
            if gone:
                touched.add(_without(package, rels, gone))
    return touched


def _without(package: Package, rels: str, gone: set[str]) -> str:
    """Take the relations with these ids from a part of relations; its name."""
    root = package.tree(rels)
    for relation in [r for r in root.iter(RELATIONSHIP) if r.get("Id") in gone]:
        root.remove(relation)
    return rels


def _english_styles(root: etree._Element) -> None:
    from lxml import etree

    for language in root.iter(f"{W}lang"):
        language.set(f"{W}val", "en-US")
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is not None and defaults.find(f"{W}lang") is None:
        etree.SubElement(defaults, f"{W}lang").set(f"{W}val", "en-US")
    for fonts in root.iter(f"{W}rFonts"):
        english_fonts(fonts)


def _english_theme(root: etree._Element) -> bool:
    changed = False
    for latin in root.iter(f"{A}latin"):
        font = latin.get("typeface", "")
        if latin_font(font) != font:
            latin.attrib.clear()
            latin.set("typeface", latin_font(font))
            changed = True
    return changed


def _titled(root: etree._Element, title: str) -> bool:
    from lxml import etree

    found = root.find(f"{DC}title")
    if found is None:
        found = etree.SubElement(root, f"{DC}title")
    found.text = clean(title)[0]
    language = root.find(f"{DC}language")
    if language is not None:
        language.text = "en-US"
    return True
