"""The start page: a new document goes in here, and what is in the store stands below with how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilingual.documents import ADVICE, READERS
from bilingual.errors import InputError
from bilingual.formats import FORMATS
from bilingual.review.downloads import FORMAT_WORDS
from bilingual.review.jobs import jobs_of, tables_of
from bilingual.review.overview import overview_of
from bilingual.review.web import Route, answer, desk_of, given, page, person_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bilingual.review.desk import Work


async def _start(request: Request) -> Response:
    desk = desk_of(request)
    names = await desk.do(lambda work: work.store.names())
    return page(
        request, "start.html", names=names, jobs=jobs_of(request).facts(), endings=[*READERS], advice=ADVICE,
        formats={name: words for name, words in FORMAT_WORDS.items() if name != "omegat"}, settings=desk.settings,
        tables=[*tables_of(desk.settings)], has_memory=desk.settings.memory.exists(),
        most=request.app.state.access.limits.most_file,
        aligned=[suffix for form in FORMATS for suffix in form.suffixes],
    )  # fmt: skip


async def _document(request: Request) -> Response:
    """GET /d/{name}/overview: its row of the list."""
    return page(request, "overview.html", one=await overview_of(request, request.path_params["name"]))


async def _documents(request: Request) -> Response:
    """GET /documents: the list, each still without its counts."""
    return page(request, "documents.html", names=await desk_of(request).do(lambda work: work.store.names()))


async def _remember(request: Request) -> Response:
    """POST /memory {"name", "drafts"?}: what people have translated or confirmed goes into the memory."""
    sent = await given(request)
    name, drafts = sent.get("name"), bool(sent.get("drafts"))
    if not isinstance(name, str):
        raise InputError("the request names no document", "load the page anew")
    return answer(await desk_of(request).aside(remembered, name, person_of(request), drafts=drafts))


def remembered(work: Work, name: str, by: str, *, drafts: bool = False) -> dict[str, Any]:
    """Add a document's units to the memory: those people have touched, with `drafts` all of them."""
    from bilingual.memory import Memory

    units = work.store.load(work.known(name)).units
    wanted = {unit.id for unit in units if drafts or (unit.touched and not unit.unconfirmed)}
    with Memory(work.settings.memory, penalties=work.settings.penalties) as memory:
        batch = memory.add(units, document=name, by=by, only=wanted)
    return {"new": batch.added, "known": batch.merged, "same": batch.same, "wanted": len(wanted)}


async def _alive(request: Request) -> Response:
    """GET /alive?of=: that this is the server of this store; see server.runs_already."""
    return answer({"proof": request.app.state.access.proof(request.query_params.get("of", "")[:100])})


ROUTES: tuple[Route, ...] = (
    ("GET", "/", _start),
    ("GET", "/alive", _alive),
    ("GET", "/documents", _documents),
    ("GET", "/d/{name}/overview", _document),
    ("POST", "/memory", _remember),
)
