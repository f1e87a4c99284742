"""`bilingual review`: the workbench in the browser."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilingual.review.safety import Access
    from bilingual.settings import Settings

EXAMPLES = """Examples:\n
bilingual review\n
bilingual review report\n
bilingual review --by 李雷 --port 9000\n
bilingual review --host 0.0.0.0"""

PASSWORD = "BILINGUAL_REVIEW_PASSWORD"  # noqa: S105 (its name alone)
SHORTEST = 8


def review(
    name: Annotated[
        str,
        typer.Argument(
            help="A document of the store, to open at once.  [default: the start page]", metavar="NAME",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder with the store and the results.  [default: aligned]"),
    ] = None,
    by: Annotated[
        str, typer.Option(help="Your name: what you do is signed with it.  [default: your login name]",
                          show_default=False),
    ] = "",
    glossary: Annotated[
        list[Path] | None,
        typer.Option(
            help="Glossary table, or folder of them; may be given more than once.  "
            "[default: glossary/ where there is one, else the one that comes with bilingual]"
        ),
    ] = None,
    memory: Annotated[
        Path | None,
        typer.Option(
            help="Translation memory to take from and to add to.  [default: memory.sqlite]", show_default=False
        ),
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="argos, or instant (a fake that only shows the plumbing).  [default: argos]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port to listen on.  [default: the last one, or a free one]",
                     show_default=False),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on. Any other than 127.0.0.1 lets other machines in: it needs a password, and "
            "what passes over the network is not encrypted.",
        ),
    ] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:  # fmt: skip
    """Open the workbench in the browser: translate a document, edit it beside its source, check it, deliver it.

    Everything stays on this machine; nothing is uploaded. What you type is saved as you type. Ctrl-C stops it; start
    it again and the open page goes on.
    """
    from bilingual.review.safety import Access
    from bilingual.review.server import address_of, known, runs_already
    from bilingual.settings import load

    settings = load(Path.cwd()).with_overrides(
        output=output, glossary=tuple(glossary) if glossary else None, memory=memory, engine=engine
    )
    if name:
        _check(settings, name)
    kept = known(settings.output)
    if port in {None, kept.port} and runs_already(kept):
        ticket = Access(kept.port, kept.token).ticket()
        _show(
            address_of(host, kept.port, kept.token, name), address_of(host, kept.port, ticket, name),
            running=True, browser=not no_browser,
        )  # fmt: skip
        return
    _serve(settings, name, by, port, host, browser=not no_browser)


def _check(settings: Settings, name: str) -> None:
    """InputError where there is no document of that name."""
    from bilingual.cli.merge import opened
    from bilingual.errors import InputError

    with opened(settings.output) as store:
        if name not in store.names():
            known = ", ".join(store.names()) or "it is empty"
            raise InputError(f"there is no document {name!r} in the store", f"there is: {known}", path=store.path)


def _serve(settings: Settings, name: str, by: str, port: int | None, host: str, *, browser: bool) -> None:
    from contextlib import suppress

    from bilingual.cli.merge import login
    from bilingual.review.app import application
    from bilingual.review.desk import Desk
    from bilingual.review.server import address_of, known, listening, remember, server_of

    kept = known(settings.output)
    password = "" if _is_loopback(host) else _password()
    with listening(host, port, kept.port) as line:
        taken = line.getsockname()[1]
        access = _access(taken, kept.token, password, host)
        remember(settings.output, kept.token, taken)
        server = server_of(application(Desk(settings, by or login()), access))
        tell = threading.Thread(
            target=_when_started,
            args=(
                lambda: server.started or server.should_exit,
                address_of(host, taken, kept.token, name),
                address_of(host, taken, access.ticket(), name),
                browser,
            ),
            daemon=True,
        )
        if password:
            _warn_of_network(host, taken)
        tell.start()
        with suppress(KeyboardInterrupt):
            server.run(sockets=[line])
        typer.echo("stopped; everything that was saved is in the store", err=True)
        if any(thread.name.startswith("desk-") for thread in threading.enumerate()):
            sys.stdout.flush()  # something that takes long is still under way, and Python would wait for it
            os._exit(0)


def _access(port: int, token: str, password: str, host: str) -> Access:
    import socket

    from bilingual.review.safety import Access

    names = ["127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()]
    if password:
        own = socket.gethostname().lower()
        names += [own, f"{own}.local", socket.getfqdn().lower()]
    return Access(port, token, password, tuple(dict.fromkeys(names)))


def _is_loopback(host: str) -> bool:
    from ipaddress import ip_address

    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _password() -> str:
    """The password for the others, from the environment or asked for."""
    from bilingual.errors import SettingsError

    found = os.environ.get(PASSWORD, "")
    if not found and sys.stdin and sys.stdin.isatty():
        found = typer.prompt("Password for everyone who shall come in", hide_input=True, confirmation_prompt=True,
                             err=True)  # fmt: skip
    if not found:
        raise SettingsError("--host lets other machines in, so it needs a password", f"set {PASSWORD}")
    if len(found) < SHORTEST:
        raise SettingsError(f"the password is shorter than {SHORTEST} characters", "choose a longer one")
    return str(found)


def _warn_of_network(host: str, port: int) -> None:
    from bilingual.review.server import EVERYWHERE

    where = "every address of this machine" if host in EVERYWHERE else host
    typer.echo(
        f"warning: listening on {where}, port {port}. Everyone who can reach it and knows the password can read and "
        "change every document here. Nothing is encrypted on the way: use it in a network you trust alone.",
        err=True,
    )


def _when_started(started: Callable[[], bool], address: str, once: str, browser: bool) -> None:
    import time

    while not started():
        time.sleep(0.02)
    _show(address, once, running=False, browser=browser)


def _show(address: str, once: str, *, running: bool, browser: bool) -> None:
    """The address on stdout, and the browser at the one that is good once: others can see how it was started."""
    if running:
        typer.echo("the workbench of this store runs already; to start it with other options, stop that one first:",
                   err=True)  # fmt: skip
    typer.echo(address)
    if not running:
        typer.echo("open this address in a browser of this machine; Ctrl-C here stops the server", err=True)
    if browser and _has_screen():
        import webbrowser

        webbrowser.open(once)


def _has_screen() -> bool:
    """Whether a browser would have a window: one inside the terminal would be in the way."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
