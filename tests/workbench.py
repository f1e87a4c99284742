"""A workbench for tests: the whole application behind its guard, served by the real server in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.review.app import application
from bilingual.review.connection import Patience
from bilingual.review.desk import Desk
from bilingual.review.safety import Access, Limits
from bilingual.review.server import listening, server_of
from bilingual.settings import Settings

if TYPE_CHECKING:
    import httpx

TOKEN = "t" * 43


def settings_in(folder: Path) -> Settings:
    """A project with one term and no memory, with the engine that only makes things up."""
    (folder / "glossary").mkdir(exist_ok=True)
    (folder / "glossary" / "terms.csv").write_text("source,target\n乌镇,Wuzhen\n", encoding="utf-8")
    return Settings(output=folder / "aligned", memory=folder / "memory.sqlite", folder=folder, engine="instant")


@contextmanager
def served(
    settings: Settings, by: str = "ann", password: str = "", limits: Limits | None = None,
    patience: Patience | None = None,
) -> Iterator[Access]:  # fmt: skip
    """A server of these settings; what it yields knows its port, and makes cookies."""
    with listening("127.0.0.1", None, 0) as line:
        access = Access(line.getsockname()[1], TOKEN, password, limits=limits or Limits())
        server = server_of(application(Desk(settings, by), access), patience)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.005)
        try:
            yield access
        finally:
            server.should_exit = True
            thread.join(20)


@contextmanager
def client_of(access: Access, person: str = "") -> Iterator[httpx.Client]:
    """A client that has come in and sends what a browser on our page would send; "" is whoever started the server."""
    import httpx

    origin = f"http://127.0.0.1:{access.port}"
    cookies = {access.cookie: access.pass_for(person)}
    with httpx.Client(base_url=origin, headers={"origin": origin}, cookies=cookies, timeout=30) as client:
        yield client


@contextmanager
def workbench(settings: Settings, by: str = "ann") -> Iterator[httpx.Client]:
    """Both: a client of a server of these settings, come in as `by`."""
    with served(settings, by) as access, client_of(access) as client:
        yield client


def store_with(settings: Settings, documents: dict[str, list[str]], template: str = "page.txt") -> None:
    """A store with documents of these sentences, each a paragraph of its own, as the fake engine translates them."""
    from bilingual.engines import create
    from bilingual.glossary import load
    from bilingual.job import Source
    from bilingual.store import Store
    from bilingual.translation import Translator

    with Store(settings.output / "workbench.sqlite") as store:
        translator = Translator(create("instant"), load(settings.glossary_paths()), store)
        for name, sentences in documents.items():
            data = "\n\n".join(sentences).encode()
            source = Source(name, Path(template).with_suffix(".txt"))
            store.save(name, translator.translate(source.read(data)), data)
