"""CSV tables of ours and of others, and the tab-separated glossaries of OmegaT (source, target, comment)."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Term, TermStatus
from bilingual.cells import guard, shield
from bilingual.errors import InputError
from bilingual.glossary.columns import Cells, table_of
from bilingual.glossary.matching import normal_form
from bilingual.glossary.problems import Problem, Row, Severity, Table
from bilingual.glossary.rows import COLUMNS, cells_of

OMEGAT = ("source", "target", "note")


def read_csv(path: Path) -> Table:
    """The terms of a CSV table, ours or another's: separators and encodings are those that Excel writes."""
    text, told = _text(path)
    table = table_of(_rows(text, path), path)
    table.problems[:0] = told
    return table


def write_csv(terms: Iterable[Term], stream: BinaryIO) -> tuple[str, ...]:
    """A table of ours, as Excel likes it: with a byte order mark, and no cell that it would take for a formula."""
    stream.write(codecs.BOM_UTF8)
    file = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for term in terms:
        cells = cells_of(term)
        writer.writerow([guard(cells[name]) for name in COLUMNS])
    file.detach()
    return ()


def read_tabs(path: Path) -> Table:
    """The terms of a tab-separated glossary; lines of the same source are its renderings, the first preferred."""
    text, told = _text(path)
    lines = re.split("\r\n|[\r\n]", text)
    rows = ((n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    table = table_of(rows, path, positions=OMEGAT)
    table.rows = list(_gathered(table.rows))
    table.problems[:0] = told
    return table


def write_tabs(terms: Iterable[Term], stream: BinaryIO) -> tuple[str, ...]:
    """Source, target and note, a line for each rendering; gives back what such a glossary cannot say."""
    lost: dict[str, int] = {}
    for term in terms:
        if term.status is TermStatus.DEPRECATED:
            lost["deprecated terms"] = lost.get("deprecated terms", 0) + 1
            continue
        if term.source.startswith("#"):
            lost["terms that begin with #"] = lost.get("terms that begin with #", 0) + 1
            continue
        for what in _unsaid(term):
            lost[what] = lost.get(what, 0) + 1
        for number, rendering in enumerate(term.renderings):
            cells = (term.source, rendering, term.note if number == 0 else "")
            line = "\t".join(shield(re.sub(r"[\t\r\n]+", " ", cell)) for cell in cells).rstrip("\t")
            stream.write(f"{line}\n".encode())
    return tuple(f"a tab-separated glossary has no place for {what} ({count})" for what, count in lost.items())


def _unsaid(term: Term) -> Iterator[str]:
    """What of a term OmegaT's three columns do not hold."""
    plain = Term(term.source, term.source, term.target)
    for name in COLUMNS[4:]:
        if name != "note" and getattr(term, name) != getattr(plain, name):
            yield f"'{name}'"


def _gathered(rows: Sequence[Row]) -> Iterator[Row]:
    first: dict[str, Row] = {}
    for row in rows:
        form = normal_form(row.term.source)
        held = first.get(form)
        if held is None:
            first[form] = row
            continue
        more = tuple(text for text in row.term.renderings if text not in held.term.renderings)
        note = " / ".join(dict.fromkeys(text for text in (held.term.note, row.term.note) if text))
        first[form] = replace(held, term=replace(held.term, admitted=(*held.term.admitted, *more), note=note))
    yield from first.values()


def _text(path: Path) -> tuple[str, list[Problem]]:
    """Excel writes UTF-8 with a mark, UTF-16 (“Unicode text”), or on a Chinese Windows GB18030, which is told."""
    data = path.read_bytes()
    marked = data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            message = "this is no UTF-8: read as GB18030, look whether all characters are right"
            told = [Problem(path, 1, message, Severity.NOTE, "import")] if encoding == "gb18030" else []
            return text, told
    raise InputError("is not a text in UTF-8, UTF-16 or GB18030", "save it as CSV UTF-8 again", path=path)


def _rows(text: str, path: Path) -> Iterator[Cells]:
    csv.field_size_limit(min(sys.maxsize, (1 << 31) - 1))
    end = re.search("[\r\n]|$", text)
    first = text[: end.start()] if end else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"is no well-formed CSV: {error}"
        raise InputError(message, "look for a quotation mark that is not closed", path=path, line=line) from error
