"""The workbench as one ASGI application: the routes of every part, the templates, and errors as one sentence.

How a part hangs its pages in. It has a module of this package with a table

    ROUTES: tuple[Route, ...] = (
        ("GET", "/d/{name}/", document),
        ("POST", "/d/{name}/units/{id}", save),
    )

and a line in `PARTS` below. A handler is `async def document(request: Request) -> Response`. It takes what the
address says from `request.path_params` and `request.query_params`, what the page sends from `await given(request)`, who
sends it from `person_of(request)`. It does its work by `await desk_of(request).do(function, …)`: `function(work, …)`
then runs on the thread that owns the store, see desk.py; long work goes by `.aside(…)`. It answers with `answer(…)`
(JSON) or `page(request, "document.html", …)`; all of these are in web.py. It raises what is in errors.py, or
web.MissingError: that becomes one sentence with the right status. Who may send what at all is settled in safety.py.

Starlette is imported inside functions only (importing this package loads nothing heavy), under TYPE_CHECKING for types.
Templates extend base.html: blocks `title`, `head` (more styles and modules), `bar` (in the bar on top), `main`;
`static(name)` is the address of a file in static/, where every .js, .css, .svg and .png is served by its name, and
`{{ name | segment }}` a name as one segment of an address (`/d/{{ name | segment }}/`).
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bilingual.errors import BilingualError
from bilingual.files import sha256_of
from bilingual.review.child import Child
from bilingual.review.desk import Desk
from bilingual.review.jobs import Jobs
from bilingual.review.login import Guesses
from bilingual.review.overview import Overviews
from bilingual.review.safety import Access, Guard, RefusedError
from bilingual.review.web import Handler, MissingError, Route, answer, refusal

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

PARTS = ("start", "jobs", "downloads", "bringing", "finish", "login", "page", "tools")
"""The modules of this package whose ROUTES are served; of two routes that fit, the first one answers."""

FOLDER = Path(__file__).parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}

log = logging.getLogger("bilingual.review")


def application(desk: Desk, access: Access) -> Guard:
    """Everything the browser may ask for, behind the guard."""
    return Guard(_pages(desk, access), access)


def _pages(desk: Desk, access: Access) -> Starlette:
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Route as Routed

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.child, app.state.guesses, app.state.overviews = Child(), Guesses(), Overviews()
        app.state.jobs = Jobs(desk.settings, app.state.child)
        app.state.jobs.start()
        with suppress(BilingualError):  # told to whoever asks for a page
            await desk.do(lambda work: work.store)
        yield
        await app.state.jobs.close()
        await app.state.child.stop()
        await desk.close()

    routes = [Routed(path, _shielded(handler), methods=[method]) for method, path, handler in _routes()]
    app = Starlette(routes=routes, lifespan=life, exception_handlers={HTTPException: _missing})
    app.router.redirect_slashes = False
    app.state.desk, app.state.access, app.state.templates = desk, access, _templates()
    return app


def _routes() -> Iterator[Route]:
    yield ("GET", "/static/{file}", _static)
    for part in PARTS:
        yield from importlib.import_module(f"{__package__}.{part}").ROUTES


def _shielded(handler: Handler) -> Handler:
    """The handler, with whatever it raises as an answer: no traceback reaches the page."""

    from starlette.requests import ClientDisconnect

    async def shielded(request: Request) -> Response:
        try:
            return await handler(request)
        except BilingualError as error:
            return refusal(request, error)
        except RefusedError as error:  # of the body, which is read in here
            made = answer({"message": error.told, "hint": ""}, error.status)
            made.headers["connection"] = "close"
            return made
        except ClientDisconnect:
            return answer({"message": "nobody is there any more", "hint": ""}, 400)
        except Exception as error:
            debugging = bool(os.environ.get("BILINGUAL_DEBUG"))
            log.error("%s %s: %s: %s", request.method, request.url.path, type(error).__name__, error,
                      exc_info=debugging)  # fmt: skip
            return refusal(request, error)

    return shielded


def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals["static"] = lambda name: f"/static/{name}"
    made.filters["segment"] = lambda name: quote(name, safe="")
    return made


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """The files of `static/` by name, with type and hash: nothing else is ever looked for."""
    found = {path.name: path for path in (FOLDER / "static").iterdir() if path.suffix in TYPES}
    return {
        name: (data := path.read_bytes(), TYPES[path.suffix], f'"{sha256_of(data)[:20]}"')
        for name, path in found.items()
    }


async def _static(request: Request) -> Response:
    from starlette.responses import Response

    name = request.path_params["file"]
    if name not in _files():
        raise MissingError("there is no such file", "go to the start page")
    data, kind, mark = _files()[name]
    headers = {"etag": mark, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, headers=headers)


async def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    if status == 404:
        return refusal(request, MissingError("there is no such page", "go to the start page"))
    made = refusal(request, MissingError("this cannot be done here", "load the page anew"))
    made.status_code = status
    return made
