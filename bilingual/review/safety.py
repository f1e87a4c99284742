"""Who may come in, and what may come in with them: the guard before every page.

The server listens on this machine alone, yet any page in the browser can send something to it. So a request must name
us as its host (no DNS rebinding), what changes something must come from our own pages (Origin), everything must carry
the cookie that the address with the token gave, bodies are bounded in size and time, and what goes out may load and run
nothing but our own files. https://owasp.org/www-project-secure-headers and the Fetch standard's `Sec-Fetch-Site`.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but our own files: no script and no style in a page, no other host."""

HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with none at all, a form of ours would come without its origin
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
"""What every answer says, unless it says otherwise itself."""

OPEN_PATHS = ("/login", "/alive", "/static/")
"""What is served before anybody has come in: the login page and its looks."""


TICKET_SECONDS = 120
"""How long a browser may take to start."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a body: of a document (`most_file`), which goes to a file, of an edited file (`most_edited`), which is
    read in the memory of the server, else `most`.
    Seconds: `idle` between two pieces of a body, `start` for a body in all, and what it may take longer for its size:
    `slowest` bytes a second."""

    most: int = 1 << 20
    most_file: int = 200 << 20
    most_edited: int = 48 << 20
    idle: float = 15.0
    start: float = 20.0
    slowest: int = 32 << 10


@dataclass(slots=True)
class Access:
    """Whom the server lets in. `hosts` are the names it goes by (IP addresses too where `team`), `token` is in the
    address of whoever started it; `password`, where it is not empty, is for everyone else."""

    port: int
    token: str
    password: str = ""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    limits: Limits = field(default_factory=Limits)
    _used: set[str] = field(default_factory=set)

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies know no ports, and there may be two servers on a machine."""
        return f"bilingual_{self.port}"

    def pass_for(self, person: str) -> str:
        """What the cookie of a person holds; "" is whoever started the server."""
        name = base64.urlsafe_b64encode(person.encode()).decode().rstrip("=")
        return f"{name}.{self._signed(person)}"

    def set_cookie(self, person: str) -> str:
        """The header that gives a person the cookie: for this server alone, and out of reach of scripts."""
        return f"{self.cookie}={self.pass_for(person)}; Path=/; HttpOnly; SameSite=Strict"

    def person(self, cookie: str) -> str | None:
        """Whose cookie it is; None where it is none of ours."""
        name, _, signature = cookie.partition(".")
        try:
            person = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
        except ValueError:
            return None
        return person if same(signature, self._signed(person)) else None

    def ticket(self) -> str:
        """What stands for the token once and for a short time: everybody on the machine can read in its list of
        processes with what address a browser was started."""
        told = f"{int(time.time()) + TICKET_SECONDS}.{secrets.token_hex(8)}"
        return f"{told}.{_hash(self.token, 'ticket', told)}"

    def opens(self, given: str) -> bool:
        """Whether it is the token, or a ticket that is still good."""
        if same(given, self.token):
            return True
        told, _, signature = given.rpartition(".")
        if given in self._used or not same(signature, _hash(self.token, "ticket", told)):
            return False
        self._used.add(given)
        return time.time() <= int(told.partition(".")[0])

    def proof(self, nonce: str) -> str:
        """What only this server can say to `nonce`: a second start finds the first by it, and gives nothing away."""
        return _hash(self.token, "alive", nonce)

    def _signed(self, person: str) -> str:
        return _hash(self.token, "person", person, self.password if person else "")


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how far they are."""
    return hmac.compare_digest(sha256(given.encode("utf-8", "replace")).digest(), sha256(wanted.encode()).digest())


def _hash(token: str, *words: str) -> str:
    return hmac.new(token.encode(), json.dumps(words).encode(), sha256).hexdigest()


class RefusedError(Exception):
    """A request that is not let in: its status and one sentence."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status = status
        self.told = told


class Guard:
    """The application behind `access`: ASGI middleware of our own, because it must see bodies before anybody does."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        out = _Answer(send)
        try:
            headers = _headers(scope)
            self._checked(scope, headers)
            if moved := self._coming_in(scope, headers):
                foreign = headers.get("sec-fetch-site", ["none"])[0] in {"cross-site", "same-site"}
                await (out.go_on(*moved) if foreign and moved[1] else out.redirect(*moved))
                return
            body = _Body(receive, self._most(scope), headers, self.access.limits)
            await self.app(scope, body.receive, out.send)
        except RefusedError as error:
            if not out.begun:
                await out.refuse(error.status, error.told)

    def _checked(self, scope: Scope, headers: dict[str, list[str]]) -> None:
        """Refuse what does not come to us, or not from us."""
        host = headers.get("host", [])
        if len(host) != 1 or not self._ours(host[0]):
            raise RefusedError(421, "this is not the address this server goes by; use the one it printed")
        reading = scope["method"] in {"GET", "HEAD"}
        origin = headers.get("origin", [])
        if any(one != f"http://{host[0]}" for one in origin) or (not reading and not origin):
            raise RefusedError(403, "this came from another page than ours and was not done")
        site = headers.get("sec-fetch-site", ["none"])
        if not reading and site[0] not in {"same-origin", "none"}:
            raise RefusedError(403, "this came from another page than ours and was not done")

    def _ours(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not port.isascii() or port != str(self.access.port):
            return False
        if name.lower() in self.access.hosts:
            return True
        return bool(self.access.password) and _is_address(name)  # a rebound name is no address

    def _coming_in(self, scope: Scope, headers: dict[str, list[str]]) -> tuple[str, str] | None:
        """Let a person in by token or cookie. Where the address holds the token: where to go, and with what cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and (tokens := [value for name, value in query if name == "token"]):
            if not self.access.opens(tokens[0]):
                raise RefusedError(403, "this address has been used, or is of an earlier start; use the printed one")
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            return _path(scope) + (f"?{rest}" if rest else ""), self.access.set_cookie("")
        person = self._person(headers)
        if person is None and not scope["path"].startswith(OPEN_PATHS):
            if self.access.password and scope["method"] == "GET" and "text/html" in headers.get("accept", [""])[0]:
                return f"/login?{urlencode({'to': _path(scope)})}", ""
            told = "log in first" if self.access.password else "open the address that `bilingual review` printed"
            raise RefusedError(401 if self.access.password else 403, f"nobody has come in here yet: {told}")
        scope["bilingual.person"] = person or ""
        return None

    def _person(self, headers: dict[str, list[str]]) -> str | None:
        for crumb in (part for line in headers.get("cookie", []) for part in line.split(";")):
            name, _, value = crumb.strip().partition("=")
            if name == self.access.cookie and (person := self.access.person(value)) is not None:
                return person
        return None

    def _most(self, scope: Scope) -> int:
        limits = self.access.limits
        return {"/translate": limits.most_file, "/merge": limits.most_edited}.get(scope["path"], limits.most)


class _Body:
    """What a request brings, bounded in size and in time."""

    def __init__(self, receive: Receive, most: int, headers: dict[str, list[str]], limits: Limits) -> None:
        self._receive = receive
        self._most = most
        self._limits = limits
        self._size = 0
        self._began = time.monotonic()
        self._ended = False
        said = headers.get("content-length", ["0"])[0]
        if said.isdigit() and int(said) > most:
            raise self._too_large()

    async def receive(self) -> Message:
        """The next piece; once all is there, this waits for the client to go, as long as it likes."""
        if self._ended:
            return await self._receive()
        left = self._began + self._limits.start + self._size / self._limits.slowest - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.001, min(self._limits.idle, left)))
        except TimeoutError:
            raise RefusedError(408, "this took too long to arrive and was not done; send it again") from None
        self._size += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._size > self._most:
            raise self._too_large()
        return message

    def _too_large(self) -> RefusedError:
        return RefusedError(413, f"this is larger than {self._most >> 20} MB, the most that is taken here")


class _Answer:
    """What goes out, with our headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def send(self, message: Message) -> None:
        """Send a piece."""
        if message["type"] == "http.response.start":
            self.begun = True
            said = {name.lower() for name, _ in message.get("headers", [])}
            new = [(name, value) for name, value in HEADERS.items() if name not in said]
            message = {**message, "headers": [*message.get("headers", []), *new]}
        await self._send(message)

    async def redirect(self, to: str, cookie: str) -> None:
        """Go on there, with a cookie if there is one."""
        crumbs = [(b"set-cookie", cookie.encode("latin-1"))] if cookie else []
        await self._whole(303, [(b"location", to.encode("latin-1", "replace")), *crumbs], b"")

    async def go_on(self, to: str, cookie: str) -> None:
        """The same for one who comes from a link on another site: a browser gives a strict cookie back only where our
        own page leads on."""
        data = (
            f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(to)}"><a href="{escape(to)}">Go on</a>'
        )
        crumb = (b"set-cookie", cookie.encode("latin-1"))
        await self._whole(200, [(b"content-type", b"text/html; charset=utf-8"), crumb], data.encode("utf-8", "replace"))

    async def refuse(self, status: int, told: str) -> None:
        """One sentence; the connection is not used again, for its body may still be under way."""
        data = json.dumps({"message": told, "hint": ""}).encode()
        await self._whole(status, [(b"content-type", b"application/json"), (b"connection", b"close")], data)

    async def _whole(self, status: int, headers: list[tuple[bytes, bytes]], data: bytes) -> None:
        length = (b"content-length", str(len(data)).encode())
        await self.send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
        await self.send({"type": "http.response.body", "body": data})


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _path(scope: Scope) -> str:
    """The path as it was asked for, never one that a browser would take for another host."""
    return "/" + str(scope.get("raw_path", b"/").decode("latin-1")).lstrip("/\\")


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
