"""A Word document with the review table: the translator edits the target column, picks the state, writes comments.

Ids and sources are locked content controls, so that nobody changes them by accident. Tracked changes are read as if
they were accepted, and Word's own comments in a row are notes of its unit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.bitext import Bitext, Note, State
from bilingual.documents.docx.ooxml import Package, W
from bilingual.formats.delimited import left_out
from bilingual.formats.review import TITLES, Cell, bitext_of_tables, rows_of
from bilingual.safexml import Cleaner

if TYPE_CHECKING:
    from lxml import etree

_WIDTHS = {"id": 900, "source": 4900, "target": 4900, "state": 1200, "comments": 2700}
"""Of a column, in twentieths of a point: together a sheet of A4 that lies on its side."""

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts '
    'w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Calibri"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="UnitNote"><w:name w:val="Unit Note"/></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="NoteAuthor"><w:name w:val="Note Author"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="NoteDate"><w:name w:val="Note Date"/>'
    '<w:rPr><w:color w:val="595959"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="NoteGap"><w:name w:val="Note Gap"/></w:style></w:styles>',
}
_STATES = "".join(f'<w:listItem w:displayText="{state}" w:value="{state}"/>' for state in State)
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "tbl"))
_STYLED = {"NoteAuthor": "author", "NoteDate": "when", "NoteGap": ""}


class Docx:
    """The review table as a Word document."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx",)
    holds = frozenset({"id", "source", "target", "state", "notes"})
    words_only = True
    plain_notes = True

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The first bilingual table of a document, ours or saved again by Word or another program."""
        package = Package(stream.read(), str(path or "table.docx"))
        comments = _comments(package)
        body = package.tree(package.main)
        tables = (
            [[_cell(cell, comments) for cell in _own(row, "tc")] for row in _own(table, "tr")]
            for table in body.iter(f"{W}tbl")
        )
        return bitext_of_tables(tables, path, self.name)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """The table on sheets of A4 that lie on their side; its head comes again on every page."""
        kept = Cleaner()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in _PARTS.items():
                archive.writestr(_entry(name), _HEAD + text)
            with archive.open(_entry("word/document.xml"), "w") as part:
                for piece in _pieces(bitext, kept):
                    part.write(piece.encode())
        return left_out(kept.removed, "Word")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the same table gives the same bytes
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _pieces(bitext: Bitext, kept: Callable[[str], str]) -> Iterator[str]:
    """The document's XML, a row at a time."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS.values())
    yield (
        f'{_HEAD}<w:document xmlns:w="{_NAMESPACE}"><w:body><w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS.values())}" '
        f'w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    )
    yield "".join(_tc(title, f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{title}</w:t></w:r></w:p>", "D9E2F3")
                  for title in TITLES)  # fmt: skip
    yield "</w:tr>"
    for row, notes in rows_of(bitext):
        locked = {title: _locked(_words(kept(row[title]))) for title in ("id", "source")}
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield _tc("id", locked["id"]) + _tc("source", locked["source"])
        yield _tc("target", f"<w:p>{_words(kept(row['target']))}</w:p>")
        yield _tc("state", f"<w:p>{_choice(row['state'])}</w:p>")
        yield _tc("comments", "".join(_note(note, kept) for note in notes) or "<w:p/>") + "</w:tr>"
    yield (
        '</w:tbl><w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" '
        'w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def _tc(title: str, inside: str, fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTHS[title]}" w:type="dxa"/>{shade}</w:tcPr>{inside}</w:tc>'


def _locked(run: str) -> str:
    if not run:
        return "<w:p/>"
    lock = '<w:sdt><w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>'
    return f"<w:p>{lock}{run}</w:sdtContent></w:sdt></w:p>"


def _choice(state: str) -> str:
    if not state:
        return ""
    drop = f"<w:sdt><w:sdtPr><w:dropDownList>{_STATES}</w:dropDownList></w:sdtPr><w:sdtContent>"
    return f"{drop}{_words(state)}</w:sdtContent></w:sdt>"


def _note(note: Note, kept: Callable[[str], str]) -> str:
    parts = [(kept(note.author), "NoteAuthor"), (kept(note.when), "NoteDate")]
    runs = [_words(words, style) + _words(" ", "NoteGap") for words, style in parts if words]
    return f'<w:p><w:pPr><w:pStyle w:val="UnitNote"/></w:pPr>{"".join(runs)}{_words(kept(note.text))}</w:p>'


def _words(words: str, style: str = "") -> str:
    """Words as one run; line breaks and tabs are elements, as Word wants them."""
    if not words:
        return ""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    text = escape(words, quote=False).replace("\r", "&#13;")
    text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _own(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls too, none of a table inside; rows and cells
    that a tracked change deletes are left out."""
    for child in element:
        if child.tag == f"{W}{name}":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _own(child, name)


def _cell(cell: etree._Element, comments: dict[str, Note]) -> Cell:
    """A cell's paragraphs as lines; the notes in it, and Word's comments on it."""
    notes: list[Note] = []
    lines: list[str] = []
    for paragraph in cell.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        pieces: dict[str, list[str]] = {"author": [], "when": [], "text": [], "": []}
        for part, piece in _runs(paragraph, comments, notes):
            pieces[part].append(piece)
        said = {part: "".join(found) for part, found in pieces.items()}
        if style is not None and style.get(f"{W}val") == "UnitNote":
            notes.append(Note(said["text"], said["author"], said["when"]))
        else:
            lines.append(said["author"] + said["when"] + said[""] + said["text"])
    return Cell("\n".join(lines), tuple(notes))


def _runs(parent: etree._Element, comments: dict[str, Note], notes: list[Note]) -> Iterator[tuple[str, str]]:
    """The words of a paragraph, each with the part of a note it is ("text" for all others)."""
    part = "text"
    for child in parent:
        if child.tag == f"{W}rPr":
            style = child.find(f"{W}rStyle")
            part = _STYLED.get(style.get(f"{W}val", "") if style is not None else "", "text")
        elif child.tag == f"{W}t":
            yield part, child.text or ""
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield part, "\n"
        elif child.tag == f"{W}tab":
            yield part, "\t"
        elif child.tag == f"{W}noBreakHyphen":
            yield part, "\u2011"
        elif child.tag == f"{W}commentReference":
            notes += [comments[name] for name in [child.get(f"{W}id", "")] if name in comments]
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{W}pPr":
            yield from _runs(child, comments, notes)


def _comments(package: Package) -> dict[str, Note]:
    """Word's comments by their ids."""
    found = {}
    for part in package.related("comments"):
        for comment in package.tree(part).iter(f"{W}comment"):
            lines = ["".join(piece for _, piece in _runs(line, {}, [])) for line in comment.iter(f"{W}p")]
            when = comment.get(f"{W}date", "")
            found[comment.get(f"{W}id", "")] = Note("\n".join(lines), comment.get(f"{W}author", ""), when)
    return found
