"""What goes out to the browser as a file: the aligned text in every format, the English document, the source itself."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bilingual.delivery import WRITERS
from bilingual.files import sha256_of
from bilingual.formats import FORMATS, named
from bilingual.review.web import MissingError, Route, answer, desk_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bilingual.bitext import Bitext
    from bilingual.formats import Format
    from bilingual.review.desk import Work

PIECE = 64 << 10
TWO_COLUMNS = frozenset({"docx", "html"})
FORMAT_WORDS = {
    "tmx": "TMX, translation memory: every tool reads it",
    "csv": "CSV, a table for any spreadsheet",
    "xliff": "XLIFF 1.2, for CAT tools",
    "xliff2": "XLIFF 2.1, for newer CAT tools",
    "sdlxliff": "SDLXLIFF, for Trados",
    "mqxliff": "MQXLIFF, for memoQ",
    "tsv": "TSV, a table with tabs",
    "xlsx": "Excel, a table to edit",
    "docx": "Word, a table to edit",
    "html": "HTML, a table to read",
    "po": "PO, for gettext tools",
    "jsonl": "JSON Lines, for programs",
    "omegat": "OmegaT, a project folder (zip)",
}
"""What each format is for, in a translator's words."""

DOCUMENT_WORDS = {
    "docx": "Word",
    "html": "web page",
    "md": "Markdown",
    "txt": "plain text",
    "epub": "e-book",
    "srt": "subtitles (SRT)",
    "vtt": "subtitles (VTT)",
}
"""The kinds of the English document."""

assert DOCUMENT_WORDS.keys() <= {suffix[1:] for suffix in WRITERS}


def aligned(work: Work, name: str, form: Format) -> tuple[bytes, tuple[str, ...]]:
    """A document in one format, and what that could not take; the store knows the file again when it comes back."""
    revision = work.store.revision(work.known(name))
    data = io.BytesIO()
    told = form.write(work.store.load(name), data)
    place = work.settings.output / f"{name}{form.suffixes[0]}"
    work.store.record_shown(name, place, sha256_of(data.getvalue()), revision)
    return data.getvalue(), tuple(told)


def delivered(
    work: Work, name: str, kind: str, *, side_by_side: bool = False, mark: bool = False, notice: bool = True
) -> tuple[bytes, tuple[str, ...]]:
    """The English document of one kind, and what its reader should be told."""
    from bilingual.delivery import written
    from bilingual.delivery.assemble import delivery_of

    bitext = work.store.load(work.known(name))
    delivery = delivery_of(bitext, mark=mark, notice=notice)
    source = work.store.source(name)
    return written(delivery, Path(f"{name}.en.{kind}"), source, side_by_side=side_by_side)


def omegat(work: Work, name: str) -> bytes:
    """An OmegaT project with the glossary's terms, as a zip archive; the same bytes for the same document."""
    from bilingual.formats.omegat import write_project

    bitext = work.store.load(work.known(name))
    made = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        project = Path(folder) / "project"
        write_project(bitext, project, "document", work.glossary.terms)
        for path in sorted(project.rglob("*")):
            inside = path.relative_to(project).as_posix() + ("/" if path.is_dir() else "")
            archive.writestr(zipfile.ZipInfo(f"project/{inside}"), b"" if path.is_dir() else path.read_bytes())
    return made.getvalue()


def losses_in(bitext: Bitext, format_name: str) -> list[str]:
    """What of a document a format has no place for."""
    from bilingual.formats.losses import losses
    from bilingual.formats.omegat import OmegaT

    return losses(bitext, OmegaT() if format_name == "omegat" else named(format_name))


def as_file(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """Bytes as a file to save, never to show: its name cannot do anything, nor its content."""
    from starlette.responses import StreamingResponse

    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    headers = {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-length": str(len(data)),
    }
    return StreamingResponse(_pieces(data), headers=headers, media_type=kind)


def _pieces(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    return (bytes(view[start : start + PIECE]) for start in range(0, len(data), PIECE))


async def _download(request: Request) -> Response:
    """GET /d/{name}/download/{format}: tmx, csv …, omegat."""
    name, format_name = request.path_params["name"], request.path_params["format"]
    if format_name == "omegat":
        return as_file(await desk_of(request).aside(omegat, name), f"{name}.omegat.zip", "application/zip")
    form = next((form for form in FORMATS if form.name == format_name), None)
    if form is None:
        raise MissingError(f"there is no format {format_name!r}", f"choose from {', '.join(FORMAT_WORDS)}")
    data, _ = await desk_of(request).aside(aligned, name, form)
    return as_file(data, f"{name}{form.suffixes[0]}")


async def _losses(request: Request) -> Response:
    """GET /d/{name}/losses/{format}: what that format has no place for, as sentences."""

    def told(work: Work, name: str, format_name: str) -> list[str]:
        return losses_in(work.store.load(work.known(name)), format_name)

    found = await desk_of(request).aside(told, request.path_params["name"], request.path_params["format"])
    return answer({"losses": found})


async def _deliver(request: Request) -> Response:
    """GET /d/{name}/deliver/{kind}?bilingual=&mark=&no-notice=: the English document."""
    name, kind, asked = request.path_params["name"], request.path_params["kind"], request.query_params
    if kind not in DOCUMENT_WORDS:
        raise MissingError(f"there are no {kind!r} documents", f"choose from {', '.join(DOCUMENT_WORDS)}")
    two = bool(asked.get("bilingual"))
    data, _ = await desk_of(request).aside(
        delivered, name, kind, side_by_side=two, mark=bool(asked.get("mark")), notice=not asked.get("no-notice")
    )
    return as_file(data, f"{name}.{'zh-en' if two else 'en'}.{kind}")


async def _source(request: Request) -> Response:
    """GET /d/{name}/source: the file the document was read from, byte for byte."""

    def found(work: Work, name: str) -> tuple[bytes, str]:
        data = work.store.source(work.known(name))
        if data is None:
            raise MissingError(f"the store does not have the file of {name!r}", "translate it again, and it will")
        documents = work.store.document(name).documents
        template = next((document.template for document in documents if document.template), None)
        return data, template.name if template and template.name != "-" else f"{name}.txt"

    data, file_name = await desk_of(request).aside(found, request.path_params["name"])
    return as_file(data, file_name)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{name}/download/{format}", _download),
    ("GET", "/d/{name}/losses/{format}", _losses),
    ("GET", "/d/{name}/deliver/{kind}", _deliver),
    ("GET", "/d/{name}/source", _source),
)
