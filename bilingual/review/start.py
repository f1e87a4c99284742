"""The start page: what is in the store, and the way to a new document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.review.web import Route, answer, desk_of, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def _start(request: Request) -> Response:
    names = await desk_of(request).do(lambda work: work.store.names())
    return page(request, "start.html", names=names)


async def _alive(request: Request) -> Response:
    return answer({"proof": request.app.state.access.proof(request.query_params.get("of", "")[:100])})


ROUTES: tuple[Route, ...] = (("GET", "/", _start), ("GET", "/alive", _alive))
