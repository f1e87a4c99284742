"""Coming in from another machine: a password everyone shares, and a name for what one does."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from bilingual.review.safety import Access, same
from bilingual.review.web import MissingError, Route, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

GUESSES = 8
"""Wrong passwords an address may send within `WINDOW` seconds; all addresses together `ALL` of them."""
ALL = 200
WINDOW = 600.0
LONGEST_NAME = 60


class Guesses:
    """Who guessed how often; of addresses that did nothing for long nothing is kept."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Whether that address, or all of them together, must wait."""
        oldest = time.monotonic() - WINDOW
        for known in [*self._wrong]:
            times = self._wrong[known]
            while times and times[0] < oldest:
                times.popleft()
            if not times:
                del self._wrong[known]
        return len(self._wrong.get(address, ())) >= GUESSES or sum(map(len, self._wrong.values())) >= ALL

    def wrong(self, address: str) -> None:
        """Another one."""
        self._wrong.setdefault(address, deque()).append(time.monotonic())


def _access(request: Request) -> Access:
    access: Access = request.app.state.access
    if not access.password:
        raise MissingError("there is no login here", "open the address that `bilingual review` printed")
    return access


async def _show(request: Request) -> Response:
    _access(request)
    return page(request, "login.html", to=_inside(request.query_params.get("to", "/")), told="", name="")


async def _come_in(request: Request) -> Response:
    """Check the password, and give a cookie that holds the name."""
    from starlette.responses import RedirectResponse

    access, guesses = _access(request), request.app.state.guesses
    sent = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    password, name, to = (sent.get(field, [""])[0] for field in ("password", "name", "to"))
    name, to = " ".join(name.split())[:LONGEST_NAME], _inside(to)
    address = request.client.host if request.client else ""
    if guesses.too_many(address):
        told = "too many wrong passwords: wait ten minutes"
        return page(request, "login.html", 429, to=to, told=told, name=name)
    if not same(password, access.password):
        guesses.wrong(address)
        return page(request, "login.html", 403, to=to, told="that is not the password", name=name)
    if not name or not name.isprintable():
        return page(request, "login.html", 400, to=to, told="give your name: what you do is signed with it", name="")
    done = RedirectResponse(to, 303)
    done.headers.append("set-cookie", access.set_cookie(name))
    return done


async def _go(request: Request) -> Response:
    """Leave: the cookie is taken away."""
    from starlette.responses import RedirectResponse

    access = _access(request)
    done = RedirectResponse("/login", 303)
    done.headers.append("set-cookie", f"{access.cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    return done


def _inside(path: str) -> str:
    """A path of ours: never one that a browser would take for another host."""
    if not path.startswith("/") or path[1:2] in {"/", "\\"} or not path.isascii() or not path.isprintable():
        return "/"
    return path


ROUTES: tuple[Route, ...] = (("GET", "/login", _show), ("POST", "/login", _come_in), ("POST", "/logout", _go))
