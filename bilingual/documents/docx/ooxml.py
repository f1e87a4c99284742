"""Opening a Word package safely: its parts, and how they refer to one another (ECMA-376 part 2).

Nothing is unpacked to disk or fetched. What the archive says of itself is checked before a byte is inflated, and no
part gives more than was said: zipfile stops there, and finds the checksum wrong. Packages in the strict namespaces
(ISO/IEC 29500 strict) are read as if they were in the ordinary ones, and written back in their own.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual import safexml
from bilingual.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "[Content_Types].xml"

MOST_PARTS = 10_000
MOST_BYTES = 1 << 30
"""How much all parts may hold, inflated."""

BOMB_BYTES, BOMB_RATIO = 16 << 20, 200
"""From this size on, a part that grows more than so many times is a bomb: no text and no picture packs so well."""

SAVE = "open it in Word or LibreOffice and save it again as .docx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {"spreadsheet": "an Excel workbook", "presentation": "a PowerPoint presentation"}
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What zipfile raises for archives that are broken, encrypted, or packed in a way it does not know."""

_STRICT = re.compile(rb'(=\s*["\'])http://purl\.oclc\.org/ooxml/(\w+)/')
_USUAL = re.compile(rb'(=\s*["\'])http://schemas\.openxmlformats\.org/(?!package/)(\w+)/2006/')


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: of which kind (the last word of its type), and where it is."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file's parts. `tree` gives a part's XML, the same tree each time; `raw` its bytes; `main` names the part
    that holds the body."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._trees: dict[str, etree._Element] = {}
        self._archive = _opened(data, name)
        self.infos = _checked(self._archive.infolist(), name)
        self.strict = b"http://purl.oclc.org/ooxml/" in self.raw("_rels/.rels")
        self.main = self._main()

    def has(self, part: str) -> bool:
        """Whether there is a part of this name."""
        return part in self.infos

    def raw(self, part: str) -> bytes:
        """The bytes of a part; raises InputError where there is none, and where they are damaged or far too many."""
        info = self.infos.get(part)
        if info is None:
            message = f"this is no Word document: the part {part} is missing"
            raise InputError(message, SAVE, path=self.name)
        try:
            with self._archive.open(info) as stream:
                return stream.read(info.file_size + 1)
        except DAMAGED as error:
            message = f"the part {part} is damaged: {error}"
            raise InputError(message, "ask for the file again", path=self.name) from error

    def tree(self, part: str) -> etree._Element:
        """The root of a part's XML; raises InputError, naming the part, where it is broken or not safe."""
        if part not in self._trees:
            data = self.raw(part)
            usual = _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/", data) if self.strict else data
            self._trees[part] = safexml.parse(usual, f"{self.name} ({part})")
        return self._trees[part]

    def serialised(self, root: etree._Element) -> bytes:
        """The bytes of a tree that `tree` gave, in the namespaces of the package."""
        from lxml import etree

        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _USUAL.sub(rb"\1http://purl.oclc.org/ooxml/\2/", data) if self.strict else data

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What `part` ("" for the package itself) refers to, by the id it uses for it."""
        rels = relations_of(part)
        if not self.has(rels):
            return {}
        base = posixpath.dirname(part)
        found = {}
        for element in self.tree(rels).iter(RELATIONSHIP):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            place = target if external else posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], place, external)
        return found

    def related(self, kind: str, part: str | None = None) -> list[str]:
        """The parts of a kind ("styles", "header") that `part` (the main one where none is given) refers to."""
        relations = self.relations(self.main if part is None else part).values()
        targets = [relation.target for relation in relations if relation.kind == kind and not relation.external]
        return [target for target in dict.fromkeys(targets) if self.has(target)]

    def _main(self) -> str:
        """The part that holds the body, once it is known to be a Word document's."""
        found = self.related("officeDocument", "")
        main = found[0] if found else "word/document.xml"
        types = self.raw(TYPES) if self.has(TYPES) else b""
        for word, what in OTHERS.items():
            if f"{word}ml.".encode() in types and b"wordprocessingml" not in types:
                raise InputError(f"this is {what}, no Word document", "save its text as .docx", path=self.name)
        root = self.tree(main)
        if root.tag != f"{W}document" or root.find(f"{W}body") is None:
            message = f"this is no Word document: {main} has no body"
            raise InputError(message, SAVE, path=self.name)
        return main


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of `part`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    if data.startswith(OLE):
        message = "the file is protected by a password, or an old .doc under another name"
        hint = "open it in Word or LibreOffice and save it as .docx without a password"
        raise InputError(message, hint, path=name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        message = "the file is empty" if not data else "this is no .docx file, or a damaged one: it is no zip archive"
        raise InputError(message, SAVE, path=name) from error


def _checked(infos: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """The archive's entries by name, once nothing about them is suspicious."""
    sizes = sum(info.file_size for info in infos)
    swollen = (i.file_size > BOMB_BYTES and i.file_size > BOMB_RATIO * max(1, i.compress_size) for i in infos)
    if len(infos) > MOST_PARTS or sizes > MOST_BYTES or any(swollen):
        raise _bomb(name)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        steps = info.filename.replace("\\", "/").split("/")
        if ".." in steps or steps[0] == "" or ":" in steps[0]:
            message = f"the archive holds a name that leads out of it: {info.filename!r}"
            raise InputError(message, "do not open this file; ask who sent it", path=name)
        if info.filename in found:
            raise InputError(f"the archive holds two parts of the name {info.filename!r}", SAVE, path=name)
        if info.flag_bits & 1:
            raise InputError("the file is protected by a password", "save it without one", path=name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise InputError(f"the part {info.filename} is packed in a way Word does not know", SAVE, path=name)
        found[info.filename] = info
    return {part: info for part, info in found.items() if not info.is_dir()}


def _bomb(name: str) -> InputError:
    message = "the archive unpacks to far more than a document holds (a zip bomb)"
    return InputError(message, "do not open this file; ask who sent it", path=name)
