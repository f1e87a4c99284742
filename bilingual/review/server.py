"""The server itself: a port of this machine, connections that cannot hold it up, and finding the one that runs already.

`.review.json` in the folder of the store holds the token and the last port, readable by its owner alone, so that a page
that is open finds its server again after a restart.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bilingual.errors import OutputError, SettingsError
from bilingual.files import atomic_write
from bilingual.review.connection import Patience, connection_with
from bilingual.review.safety import Access, same

if TYPE_CHECKING:
    from uvicorn import Server

PORT = 8417
"""The port that is tried first; no well-known service has it."""

HEADER_BYTES = 32 << 10
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 (the command line warns of them)


@dataclass(frozen=True, slots=True)
class Known:
    """What a start leaves for the next one: the token, and where it listened last."""

    token: str
    port: int


def known(folder: Path) -> Known:
    """What an earlier start left in the store's folder, a new token where there was none."""
    try:
        kept = json.loads(_file(folder).read_text(encoding="utf-8"))
        if len(kept["token"]) >= 32 and 0 < int(kept["port"]) < 1 << 16:
            return Known(str(kept["token"]), int(kept["port"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Known(secrets.token_urlsafe(32), PORT)


def remember(folder: Path, token: str, port: int) -> None:
    """Leave it for the next start, for nobody else to read."""
    with atomic_write(_file(folder)) as stream:
        with suppress(OSError):  # some drives know no permissions
            Path(stream.name).chmod(0o600)
        stream.write(json.dumps({"token": token, "port": port}).encode())


def _file(folder: Path) -> Path:
    return folder / ".review.json"


def runs_already(kept: Known) -> bool:
    """Whether the server of an earlier start still answers on its port, and can prove that it is the one."""
    from http.client import HTTPConnection, HTTPException

    nonce = secrets.token_urlsafe(16)
    line = HTTPConnection("127.0.0.1", kept.port, timeout=2)
    try:
        line.request("GET", f"/alive?of={nonce}")
        proof = json.loads(line.getresponse().read(1000))["proof"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return False
    finally:
        line.close()
    return same(str(proof), Access(kept.port, kept.token).proof(nonce))


def listening(host: str, port: int | None, wanted: int) -> socket.socket:
    """A socket that listens on `port`; where it is None, on `wanted` or, where that is taken, any other.

    Raises SettingsError for a host that is none of this machine, OutputError for a given port that is taken.
    """
    try:
        (family, *_, address), *_ = socket.getaddrinfo(host, port or wanted, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{host!r} is no address of this machine", "leave --host out, or say 0.0.0.0") from error
    for turn in (port or wanted, 0):
        made = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((address[0], turn, *address[2:]))
            made.listen(128)
            return made
        except OSError as error:
            made.close()
            if error.errno is not None and turn and port is None:
                continue
            told = f"port {turn} cannot be had: {error.strerror or error}"
            raise OutputError(f"{host}: {told}", "leave --port out, and a free one is taken") from error
    raise AssertionError


def server_of(app: Callable[..., Any], patience: Patience | None = None) -> Server:
    """A uvicorn server for the application; run it with `run(sockets=[…])`, stop it by `should_exit`."""
    import uvicorn

    config = uvicorn.Config(
        app, http=connection_with(patience or Patience()), ws="none", loop="asyncio", lifespan="on", log_config=None,
        access_log=False, proxy_headers=False, server_header=False, timeout_keep_alive=30, timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=HEADER_BYTES, backlog=128,
    )  # fmt: skip
    return uvicorn.Server(config)


def address_of(host: str, port: int, token: str, name: str = "") -> str:
    """The address on this machine that opens the workbench, at a document if it has a name."""
    place = f"/d/{quote(name, safe='')}/" if name else "/"
    host = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}{place}?token={token}"
