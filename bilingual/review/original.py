"""The original beside the text: the source document by its own lines or pages, and the queries about it."""

from __future__ import annotations

import csv
import io
import itertools
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bilingual.bitext import Block, Document, NoteKind, Span, Unit
from bilingual.cells import guard
from bilingual.review.desk import Work
from bilingual.review.paper import Paper, paper_of
from bilingual.review.rows import where
from bilingual.review.web import MissingError, Route, desk_of, number, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

AROUND = 150
"""Lines shown before and after the unit's own."""

WIDE = 900
"""Pixels of a page's picture."""

KEPT = 12
"""Pictures of pages kept at a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source file: its number from 1, and its pieces, each with whether it is the unit's."""

    number: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A doubt about the source, as the client reads it."""

    number: int
    unit: str
    place: str
    source: str
    target: str
    text: str
    author: str
    when: str
    answered: bool


def spans_of(unit: Unit, block: Block | None) -> list[Span]:
    """Where the unit's words stand in the file's text."""
    if block is None:
        return []
    found, start = [], 0
    for piece in block.spans:
        part = Span(max(unit.span.start - start, 0), min(unit.span.end - start, len(piece)))
        if part.start < part.end:
            found.append(Span(piece.start + part.start, piece.start + part.end))
        start += len(piece)
    return found


def lines_around(text: str, spans: Sequence[Span], around: int = AROUND) -> list[Line]:
    """The lines that hold the spans and some around them, the spans marked."""
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    here = [
        at for at, start in enumerate(starts) if any(s.start < _end(starts, at, text) and s.end > start for s in spans)
    ]
    first, last = (here[0], here[-1]) if here else (0, 0)
    wanted = range(max(0, first - around), min(len(starts), last + around + 1))
    return [Line(at + 1, tuple(_pieces(text, starts[at], _end(starts, at, text), spans))) for at in wanted]


def _end(starts: Sequence[int], at: int, text: str) -> int:
    return starts[at + 1] - 1 if at + 1 < len(starts) else len(text)


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    edges = sorted({start, end, *(edge for s in spans for edge in (s.start, s.end) if start < edge < end)})
    for a, b in itertools.pairwise(edges):
        yield text[a:b], any(span.start <= a and b <= span.end for span in spans)


def queries_of(units: Sequence[Unit], places: dict[str, int]) -> list[Query]:
    """Every query of a document in reading order, the settled ones too."""
    return [
        Query(places[u.id] + 1, u.id, where(u.source_locators), u.source.string, u.target.string, n.text, n.author,
              n.when, n.answered)
        for u in units for n in u.notes if n.kind is NoteKind.QUERY
    ]  # fmt: skip


async def _original(request: Request) -> Response:
    values = await desk_of(request).do(_beside, request.path_params["name"], request.query_params.get("id", ""))
    return page(request, "original.html", **values)


def _beside(work: Work, name: str, unit_id: str) -> dict[str, Any]:
    paper = paper_of(work, name)
    unit = paper.unit(work.store, unit_id).unit
    document = _source(paper)
    if document is None:
        return {"file": "", "lines": [], "pages": []}
    spans = spans_of(unit, paper.blocks.get(unit.block))
    pages = sorted({one.page for one in unit.source_locators if one.page is not None}) if _is_pdf(document) else []
    file = document.template.name if document.template else document.name
    return {"file": file, "lines": lines_around(document.text, spans), "pages": pages}


def _source(paper: Paper) -> Document | None:
    documents = paper.document.documents
    return next((d for d in documents if d.language == paper.document.source_language), next(iter(documents), None))


def _is_pdf(document: Document) -> bool:
    return document.template is not None and document.template.format == "pdf"


async def _picture(request: Request) -> Response:
    from starlette.responses import Response

    wanted = number(request.path_params["page"], 1, 1, 100_000)
    data = await desk_of(request).aside(_drawn, request.path_params["name"], wanted)
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=60"})


def _drawn(work: Work, name: str, wanted: int) -> bytes:
    stamp = work.store.template(work.known(name))
    pictures: OrderedDict[int, bytes] = work.kept(name, "pictures", OrderedDict, stamp)
    if wanted not in pictures:
        pictures[wanted] = _picture_of(work.store.source(name), wanted)
        while len(pictures) > KEPT:
            pictures.popitem(last=False)
    return pictures[wanted]


def _picture_of(data: bytes | None, wanted: int) -> bytes:
    import pypdfium2

    if data is None or not data.startswith(b"%PDF"):
        raise MissingError("this document has no pages to be shown", "its lines are shown instead")
    try:
        with pypdfium2.PdfDocument(data) as file:
            if wanted > len(file):
                raise MissingError(f"there is no page {wanted}", f"the document has {len(file)} pages")
            sheet = file[wanted - 1]
            picture = sheet.render(scale=min(4.0, WIDE / max(1.0, sheet.get_width())), rev_byteorder=True).to_numpy()
    except pypdfium2.PdfiumError as error:
        raise MissingError("this page cannot be drawn", "its lines are shown instead") from error
    return png(picture[:, :, :3].tobytes(), picture.shape[1], picture.shape[0])


def png(pixels: bytes, width: int, height: int) -> bytes:
    """A picture of red, green and blue bytes, row by row, as a PNG file (W3C PNG, third edition)."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + pixels[at : at + 3 * width] for at in range(0, 3 * width * height, 3 * width))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")


async def _queries(request: Request) -> Response:
    """The queries as a page, or as a file for the client: `?format=csv` or `?format=txt`."""
    from starlette.responses import Response

    name, kind = request.path_params["name"], request.query_params.get("format", "")
    found = await desk_of(request).do(_asked, name)
    if kind not in FILES:
        return page(request, "queries.html", name=name, queries=found, open=sum(not one.answered for one in found))
    write, media = FILES[kind]
    from urllib.parse import quote

    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(f'{name}-queries.{kind}', safe='')}"}
    return Response(write(found), media_type=media, headers=headers)


def _asked(work: Work, name: str) -> list[Query]:
    paper = paper_of(work, name)
    return queries_of(paper.everything(work.store), paper.places)


def as_csv(queries: Sequence[Query]) -> bytes:
    """For a spreadsheet: a BOM, and cells that are no formulas."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(("unit", "place", "source", "target", "query", "asked by", "date", "settled", "answer"))
    for one in queries:
        cells = (one.place, one.source, one.target, one.text, one.author, one.when, "yes" if one.answered else "no", "")
        sheet.writerow((one.number, *map(guard, cells)))
    return out.getvalue().encode("utf-8-sig", "replace")


def as_text(queries: Sequence[Query]) -> bytes:
    """For a letter: the open ones, each with its sentence."""
    told = [
        f"{count}. Unit {one.number}{f' ({one.place})' if one.place else ''}\n   {one.source}\n   {one.text}\n"
        for count, one in enumerate((q for q in queries if not q.answered), 1)
    ]
    return ("\n".join(told) or "There are no open queries.\n").encode("utf-8", "replace")


FILES = {"csv": (as_csv, "text/csv; charset=utf-8"), "txt": (as_text, "text/plain; charset=utf-8")}

ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{name}/original", _original),
    ("GET", "/d/{name}/original/{page}", _picture),
    ("GET", "/d/{name}/queries", _queries),
)
