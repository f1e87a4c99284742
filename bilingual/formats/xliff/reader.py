"""Reading XLIFF of every version and dialect, one translation unit at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from bilingual.bitext import Bitext, Unit
from bilingual.errors import InputError
from bilingual.formats.xliff.inline import local
from bilingual.formats.xliff.names import OURS, UNKNOWN, XML, tag
from bilingual.formats.xliff.reading import serialised, unit_of
from bilingual.formats.xliff.slots import UNITS, Walk, line_of, slots
from bilingual.safexml import elements
from bilingual.serial import loads

if TYPE_CHECKING:
    from lxml import etree

_LANGUAGES = ("source-language", "target-language", "srcLang", "trgLang")


def read(stream: BinaryIO, path: Path | str | None = None) -> Bitext:
    """The bitext of a file, of several languages the first pair; InputError, naming the line, for a broken unit."""
    return _Reader(path).bitext(stream)


class _Reader:
    """One pass over a file: units as they end, and what is said outside of them."""

    def __init__(self, path: Path | str | None) -> None:
        self._path = path
        self._walk = Walk()
        self._languages: tuple[str, str] | None = None
        self._file: etree._Element | None = None
        self._metadata: list[tuple[str, str]] = []
        self._parts: list[str] = []

    def bitext(self, stream: BinaryIO) -> Bitext:
        """The whole file."""
        units: list[Unit] = []
        for element in elements(stream, (*UNITS, "{*}header", f"{{{OURS}}}part"), self._path, root="xliff"):
            try:
                self._take(element, units)
            except (ValueError, KeyError) as error:
                raise InputError(f"cannot be read: {error}", path=self._path, line=line_of(element)) from error
        source, target = self._languages or (UNKNOWN, UNKNOWN)
        seen = Bitext(source, target, (), tuple(units), tuple(self._metadata))
        return self._with_ours(seen) if self._parts else seen

    def _with_ours(self, seen: Bitext) -> Bitext:
        """With the documents and the exact languages that we keep in a file of ours."""
        try:
            kept = loads(Bitext, "".join(self._parts))
        except ValueError as error:
            raise InputError(f"what it keeps of the documents cannot be read: {error}", path=self._path) from error
        return replace(
            kept,
            source_language=kept.source_language
            if tag(kept.source_language) == seen.source_language
            else seen.source_language,
            target_language=kept.target_language
            if tag(kept.target_language) == seen.target_language
            else seen.target_language,
            units=seen.units,
        )

    def _take(self, element: etree._Element, units: list[Unit]) -> None:
        name = local(element)
        self._enter(next(element.iterancestors("{*}file"), None))
        if name == "part":
            self._parts.append(element.text or "")
        elif name == "header":
            self._metadata += [pair for child in element if local(child) != "part" for pair in serialised(child)]
        else:
            units += [unit_of(slot, self._walk) for slot in slots(element)]

    def _enter(self, file: etree._Element | None) -> None:
        """A new <file>: its languages, where they are the first, and its attributes."""
        if file is None or file is self._file:
            return
        self._file = file
        root = file.getroottree().getroot()
        source = str(file.get("source-language") or root.get("srcLang") or "")
        target = str(file.get("target-language") or root.get("trgLang") or "")
        if self._languages is None or (self._languages[1] == UNKNOWN and target):
            self._languages = (source or UNKNOWN, target or UNKNOWN)
        elif source and (tag(source), tag(target or self._languages[1])) != tuple(map(tag, self._languages)):
            self._metadata.append(("file languages", f"{source} {target}".strip()))
        pairs = cast("list[tuple[str, str]]", file.items())
        known = {*_LANGUAGES, f"{{{XML}}}space"}
        self._metadata += [(f"file {name.rpartition('}')[2]}", value) for name, value in pairs if name not in known]
