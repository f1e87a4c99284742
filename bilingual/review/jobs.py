"""Documents that are being translated: dropped, chosen or pasted on the start page, done one after the other."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bilingual.documents import reader_of
from bilingual.errors import BilingualError, InputError
from bilingual.formats import named
from bilingual.glossary.tables import files_of
from bilingual.review.child import Child, LostError, UnfinishedError, order_of
from bilingual.review.inbox import Inbox, Order, document_name, free_name
from bilingual.review.web import MissingError, Route, answer, desk_of, given, person_of, told, unheard
from bilingual.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

KEPT = 30
"""Jobs that are over and still shown; older ones are forgotten."""

NO_TERMS = Path(__file__).with_name("no-terms.csv")
"""A glossary table without a term, for whoever wants none."""


@dataclass(slots=True)
class Job:
    """One document's way: `state` is waiting, running, done, failed or stopped."""

    number: int
    order: Order
    size: int
    state: str = "waiting"
    counted: str = ""
    done: int = 0
    total: int = 0
    began: float = 0.0
    message: str = ""
    hint: str = ""
    made: dict[str, Any] = field(default_factory=dict)
    lost: bool = False
    kept: bool = False

    def progress(self, counted: str, done: int, total: int) -> None:
        """What the worker says of it."""
        if counted != self.counted:
            self.began = time.monotonic()
        self.counted, self.done, self.total = counted, done, total

    def facts(self) -> dict[str, Any]:
        """What the page shows of it."""
        spent = time.monotonic() - self.began
        left = spent / self.done * (self.total - self.done) if self.done and self.state == "running" else None
        return {
            "id": self.number, "name": self.order.name, "file": self.order.file_name, "size": self.size,
            "state": self.state, "counted": self.counted, "done": self.done, "total": self.total,
            "left": left, "message": self.message, "hint": self.hint, "made": self.made,
        }  # fmt: skip


class Jobs:
    """The queue; all of it belongs to the server's event loop."""

    def __init__(self, settings: Settings, child: Child) -> None:
        self._settings = settings
        self._child = child
        self._inbox = Inbox(settings.output / ".inbox")
        self._jobs: dict[int, Job] = {}
        self._running: asyncio.Task[None] | None = None
        self._arriving: set[str] = set()

    def start(self) -> None:
        """Go on with what an earlier server has left in the inbox."""
        for number, order in self._inbox.waiting():
            self._jobs[number] = Job(number, order, self._inbox.data(number).stat().st_size)
        self._go_on()

    async def close(self) -> None:
        """Stop; what is not done stays in the inbox for the next start."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def names(self) -> set[str]:
        """The names of the documents on their way."""
        return self._arriving | {job.order.name for job in self._jobs.values() if job.state in {"waiting", "running"}}

    def facts(self) -> list[dict[str, Any]]:
        """All jobs, the first one first."""
        return [job.facts() for job in self._jobs.values()]

    async def add(self, pieces: AsyncIterator[bytes], order: Order) -> Job:
        """Take a document in; once this returns, it will be translated whatever happens to the server. Its name is
        taken from the first moment."""
        own = {order.name} - self._arriving
        self._arriving |= own
        try:
            return await self._added(pieces, order)
        finally:
            self._arriving -= own

    async def _added(self, pieces: AsyncIterator[bytes], order: Order) -> Job:
        number = await self._inbox.take(pieces)
        size = self._inbox.data(number).stat().st_size
        if not size:
            self._inbox.done(number)
            raise InputError("is empty", "choose a file with some text in it", path=order.file_name)
        await asyncio.to_thread(self._inbox.order, number, order)
        self._jobs[number] = Job(number, order, size)
        self._go_on()
        return self._jobs[number]

    async def cancel(self, number: int) -> None:
        """Stop a job, or forget one that is over. Sentences that were translated stay known, so that it is quick to
        begin again."""
        job = self._jobs.get(number)
        if job is None:
            raise MissingError("there is no such job", "load the page anew")
        if job.state not in {"waiting", "running"}:
            del self._jobs[number]
            self._inbox.done(number)
            return
        running, job.state = job.state == "running", "stopped"
        self._inbox.done(number)
        if running:
            await self._child.stop()

    def _go_on(self) -> None:
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while job := next((job for job in self._jobs.values() if job.state == "waiting"), None):
            job.state, job.began = "running", time.monotonic()
            try:
                job.made = await self._child.ask(
                    "translate", job.progress, name=job.order.name, file_name=job.order.file_name,
                    file=str(self._inbox.data(job.number)), settings=order_of(self._settings_for(job.order)),
                )  # fmt: skip
                job.state = "done"
            except Exception as error:  # told in the page; the next one may do better
                self._failed(job, error)
            if job.state == "waiting":
                continue
            if not job.kept:
                self._inbox.done(job.number)
            for old in [job.number for job in self._jobs.values() if job.state not in {"waiting", "running"}][:-KEPT]:
                del self._jobs[old]

    @staticmethod
    def _failed(job: Job, error: Exception) -> None:
        """Say why a job is not done. One whose process was lost is tried once more; what may do better another time
        stays in the inbox until somebody dismisses it, and is tried again at the next start."""
        if job.state == "stopped":
            return
        if isinstance(error, LostError) and not job.lost:
            job.state, job.lost = "waiting", True
            return
        job.kept = isinstance(error, UnfinishedError) or not isinstance(error, BilingualError)
        job.state, (job.message, job.hint) = "failed", told(error)

    def _settings_for(self, order: Order) -> Settings:
        """The project's settings with what was chosen on the page over them."""
        chosen = [path for name, path in tables_of(self._settings).items() if name in order.tables]
        if not order.glossary:
            chosen = [NO_TERMS]
        return replace(
            self._settings,
            formats=order.formats,
            glossary=tuple(chosen) or self._settings.glossary,
            memory=self._settings.memory if order.memory else self._settings.output / ".no memory",
        )


def tables_of(settings: Settings) -> dict[str, Path]:
    """The glossary's tables by name; none where the glossary cannot be looked at."""
    try:
        return {path.name: path for _, path in files_of(settings.glossary_paths())}
    except InputError:
        return {}


def jobs_of(request: Request) -> Jobs:
    """The queue of this server."""
    jobs: Jobs = request.app.state.jobs
    return jobs


async def _translate(request: Request) -> Response:
    """Take in a document: the body is the file, X-File-Name its name, percent-encoded; none for pasted text."""
    before = jobs_of(request).names()  # and after: one may be done just in between
    taken = before | set(await desk_of(request).do(lambda work: work.store.names())) | jobs_of(request).names()
    try:
        order = _order(request)
    except BilingualError:
        await unheard(request)
        raise
    same = next((one for one in taken if one.casefold() == order.name.casefold()), None)
    if same is not None and not request.query_params.get("update"):
        await unheard(request)
        told = f"there is a document “{same}” already"
        return answer({"message": told, "hint": "", "name": same, "free": free_name(order.name, taken)}, 409)
    return answer((await jobs_of(request).add(request.stream(), replace(order, name=same or order.name))).facts())


def _order(request: Request) -> Order:
    asked = request.query_params
    file_name = unquote(request.headers.get("x-file-name", ""))[-255:].replace("\\", "/").rpartition("/")[2]
    name = document_name(asked.get("name") or Path(file_name).stem)
    file_name = file_name or f"{name}.txt"
    reader_of(file_name, file_name)
    settings = desk_of(request).settings
    formats = tuple(named(one).name for one in asked.get("formats", ",".join(settings.formats)).split(",") if one)
    wanted, known = asked.getlist("table"), tables_of(settings)  # one without a name: none of them
    tables = tuple(one for one in wanted if one)
    for gone in {*tables} - {*known}:
        raise InputError(f"there is no glossary table “{gone[:50]}” here", "load the page anew and choose again")
    memory, glossary = asked.get("memory", "1") == "1", bool(tables) or not wanted
    return Order(name, file_name, person_of(request), formats, tables, memory, glossary)


async def _jobs(request: Request) -> Response:
    return answer({"jobs": jobs_of(request).facts()})


async def _cancel(request: Request) -> Response:
    number = (await given(request)).get("id")
    await jobs_of(request).cancel(number if isinstance(number, int) else -1)
    return answer({"jobs": jobs_of(request).facts()})


ROUTES: tuple[Route, ...] = (
    ("POST", "/translate", _translate),
    ("GET", "/jobs", _jobs),
    ("POST", "/jobs/cancel", _cancel),
)
