"""What every handler of the workbench needs: desk, person, JSON in and out, templates, errors as one sentence."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bilingual.errors import BilingualError, ConflictError, EngineError, InputError, OutputError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bilingual.review.child import Child
    from bilingual.review.desk import Desk

Handler = Callable[["Request"], Awaitable["Response"]]

Route = tuple[str, str, Handler]
"""Method, path as "/d/{name}/rows" (a parameter is one segment, percent-decoded), and who answers."""

DATA = "application/json; charset=utf-8"

STATUS: tuple[tuple[type[BilingualError], int], ...] = (
    (ConflictError, 409),
    (OutputError, 507),
    (EngineError, 503),
    (BilingualError, 400),
)
"""What an error is to the browser; the first that fits."""


class MissingError(InputError):
    """There is no such page, document or unit (404)."""


def desk_of(request: Request) -> Desk:
    """The desk that everything of this server lies on."""
    desk: Desk = request.app.state.desk
    return desk


def person_of(request: Request) -> str:
    """The name of whoever sends this request: what they did is signed with it."""
    return str(request.scope.get("bilingual.person", "")) or desk_of(request).by


def answer(value: object, status: int = 200) -> Response:
    """JSON, in UTF-8."""
    from starlette.responses import Response

    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")  # as JSON writes half a character
    return Response(data, status, media_type=DATA)


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A template of `templates/` with its values, every one of them escaped; `person` is there by itself."""
    from starlette.responses import Response

    known = {"person": person_of(request), "may_leave": bool(request.scope.get("bilingual.person"))}
    made = request.app.state.templates.get_template(template).render(known, **values)
    return Response(made.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


async def given(request: Request) -> dict[str, Any]:
    """The JSON object that a request brings; InputError where it brings none, or what can be no text or number here."""
    try:
        value = json.loads(await request.body() or b"{}", parse_int=_counted)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError("the text holds half of a character", "type it again") from error
    except (ValueError, RecursionError) as error:
        raise InputError("the request is no JSON", "load the page anew") from error
    if not isinstance(value, dict):
        raise InputError("the request is no JSON object", "load the page anew")
    return value


def _counted(digits: str) -> int:
    if len(digits) > 17:
        raise ValueError("nothing is counted so far")
    return int(digits)


def child_of(request: Request) -> Child:
    """The process with the engine: `await child_of(request).ask("continue", settings=order_of(settings), …)`, see
    worker.py for what can be asked."""
    child: Child = request.app.state.child
    return child


async def unheard(request: Request) -> None:
    """Let the rest of a body pass: a browser listens to an answer only when it has sent all of it."""
    async for _ in request.stream():
        pass


def number(text: str | None, default: int, least: int = 0, most: int = 10**9) -> int:
    """A whole number of the address, held between `least` and `most`; InputError where it is none."""
    if text is None or text == "":
        return default
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 18):
        raise InputError(f"{text[:20]!r} is no number", "load the page anew")
    return max(least, min(most, int(text)))


def refusal(request: Request, error: Exception) -> Response:
    """An error as the browser shows it: one sentence and what next, as a page where a page was asked for."""
    if isinstance(error, MissingError):
        status = 404
    elif isinstance(error, BilingualError):
        status = next(status for kind, status in STATUS if isinstance(error, kind))
    else:
        status = 500
    message, hint = told(error)
    if wants_page(request):
        return page(request, "error.html", status, message=message, hint=hint)
    return answer({"message": message, "hint": hint}, status)


def told(error: Exception) -> tuple[str, str]:
    """The sentence of an error, and what to do; of a fault of our own, only what kind it is."""
    if isinstance(error, BilingualError):
        problems = error.problems if isinstance(error, InputError) else ()
        more = "".join(f"\n{problem}" for problem in problems[1:20])
        return error.message + more, error.hint
    return f"a fault in bilingual itself: {type(error).__name__}", "what was saved is safe; load the page anew"


def wants_page(request: Request) -> bool:
    """Whether somebody goes to this address, rather than a script of the page asking for something."""
    mode = request.headers.get("sec-fetch-mode", "")
    return mode == "navigate" or (not mode and "text/html" in request.headers.get("accept", ""))
