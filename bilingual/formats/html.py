"""A page with the review table, for a browser or Word: the target column can be edited and the page given back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Bitext, Note
from bilingual.documents.html import decode
from bilingual.documents.web.tags import Token, attributes, tokens
from bilingual.errors import InputError
from bilingual.formats.delimited import left_out
from bilingual.formats.review import TITLES, Cell, bitext_of_tables, rows_of
from bilingual.formats.table import UNKNOWN
from bilingual.safexml import Cleaner, clean

LARGEST = 256 << 20
_STYLE = (
    "body{font-family:sans-serif;margin:1em}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #bfbfbf;padding:4px 6px;vertical-align:top;text-align:left;white-space:pre-wrap}"
    "th{background:#d9e2f3;position:sticky;top:0}td.id,td.state,.when{color:#595959;font-size:85%}"
    ".by{font-weight:bold;padding-right:.5em}.when{padding-right:.5em}"
)
_BREAK = re.compile("[ \t]*[\r\n]+[ \t]*")
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3"})
_UNSEEN = frozenset({"script", "style", "title", "head", "del"})
_PARTS = {"by": "author", "when": "when", "said": "text"}


class Html:
    """The review table as a web page."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")
    holds = frozenset({"id", "source", "target", "state", "notes"})
    words_only = True
    plain_notes = True

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The first bilingual table of a page, ours or saved again by a browser or Word, in whatever encoding."""
        data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise InputError(f"larger than {LARGEST >> 20} MB", "split the table", path=path)
        page = _Page(decode(data, str(path or "page.html")).text)
        bitext = bitext_of_tables(page.tables, path, self.name)
        return replace(bitext, source_language=page.languages.get("source", UNKNOWN),
                       target_language=page.languages.get("target", UNKNOWN))  # fmt: skip

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """A page that needs nothing from elsewhere; line breaks are <br>, and nothing of a text can be markup."""
        kept = Cleaner()

        def shown(words: str) -> str:
            return html.escape(kept(words)).replace("\r", "&#13;").replace("\n", "<br>")

        languages = {"source": bitext.source_language, "target": bitext.target_language}
        heads = (f'<th class="{title}"{_lang(languages.get(title, ""))}>{title}</th>' for title in TITLES)
        stream.write(
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>bilingual</title>\n<style>'
            f"{_STYLE}</style>\n</head>\n<body>\n<table>\n<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n".encode()
        )
        for row, notes in rows_of(bitext):
            cells = []
            for title in TITLES[:-1]:
                edit = ' contenteditable="true"' if title == "target" and row["id"] else ""
                cells.append(f'<td class="{title}"{edit}{_lang(languages.get(title, ""))}>{shown(row[title])}</td>')
            said = "".join(_note(note, shown) for note in notes)
            stream.write(f'<tr>{"".join(cells)}<td class="comments">{said}</td></tr>\n'.encode())
        stream.write(b"</tbody>\n</table>\n</body>\n</html>\n")
        return left_out(kept.removed, "a web page")


def _lang(tag: str) -> str:
    return f' lang="{html.escape(clean(tag)[0])}"' if tag and tag != UNKNOWN else ""


def _note(note: Note, shown: Callable[[str], str]) -> str:
    by = f'<span class="by">{shown(note.author)}</span>' if note.author else ""
    when = f'<span class="when">{shown(note.when)}</span>' if note.when else ""
    return f'<div class="note">{by}{when}<span class="said">{shown(note.text)}</span></div>'


@dataclass(slots=True)
class _Open:
    """A cell that is being read: its words so far, whether blocks divide them, and its comments."""

    pieces: list[str] = field(default_factory=list)
    blocks: bool = False
    notes: list[Note] = field(default_factory=list)
    part: str = ""
    depth: int = 0

    def say(self, words: str) -> None:
        """Add words, to the comment they are in or to the cell."""
        if self.part:
            self.notes[-1] = replace(self.notes[-1], **{self.part: getattr(self.notes[-1], self.part) + words})
        else:
            self.pieces.append(words)

    def cell(self) -> Cell:
        """What the cell says; paragraphs are lines."""
        words = "".join(self.pieces)
        if self.blocks:
            words = "\n".join(line.strip(" ") for line in re.split("\n*\x00\n*", words) if line.strip(" \n"))
        return Cell(words.replace("\x00", ""), tuple(self.notes))


class _Page:
    """The tables of a page; one inside another is part of its cell."""

    def __init__(self, text: str) -> None:
        self.tables: list[list[list[Cell]]] = []
        self.languages: dict[str, str] = {}
        self._text = text
        self._cell: _Open | None = None
        self._unseen = 0
        for token in tokens(text):
            self._take(token)
        self._close()

    def _take(self, token: Token) -> None:
        if token.kind in {"text", "cdata", "raw"}:
            if self._cell is not None and not self._unseen and token.kind == "text":
                self._cell.say(html.unescape(_BREAK.sub(" ", self._text[token.start : token.end])))
        elif token.name in _UNSEEN and token.kind in {"open", "close"}:
            self._unseen = max(0, self._unseen + (1 if token.kind == "open" else -1))
        elif token.kind == "open":
            self._opened(token)
        elif token.kind == "close":
            self._closed(token.name)
        elif token.name == "br" and self._cell is not None:
            self._cell.say("\n")

    def _opened(self, token: Token) -> None:
        name, given = token.name, {a.name: a.value for a in attributes(self._text, token)}
        kind = given.get("class", "")
        if name == "table":
            self._close()
            self.tables.append([])
        elif name == "tr" and self.tables:
            self._close()
            self.tables[-1].append([])
        elif name in {"td", "th"} and self.tables and self.tables[-1]:
            self._close()
            self._cell = _Open()
            if name == "th" and given.get("lang") and kind in {"source", "target"}:
                self.languages.setdefault(kind, html.unescape(given["lang"]))
        elif self._cell is not None:
            self._inside(name, kind)

    def _inside(self, name: str, kind: str) -> None:
        assert self._cell is not None
        if name == "br":
            self._cell.say("\n")
        elif name == "div" and kind == "note":
            self._cell.notes.append(Note(""))
        elif name == "span" and kind in _PARTS and self._cell.notes:
            self._cell.part, self._cell.depth = _PARTS[kind], 1
        elif name == "span" and self._cell.part:
            self._cell.depth += 1
        elif name in _BLOCKS:
            self._cell.blocks = True
            self._cell.pieces.append("\x00")

    def _closed(self, name: str) -> None:
        if name in {"td", "th", "tr", "table"}:
            self._close()
        elif self._cell is not None and name == "span" and self._cell.part:
            self._cell.depth -= 1
            self._cell.part = self._cell.part if self._cell.depth else ""
        elif self._cell is not None and name in _BLOCKS and self._cell.blocks:
            self._cell.pieces.append("\x00")

    def _close(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1].append(self._cell.cell())
        self._cell = None
