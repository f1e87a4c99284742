"""The server's end of the worker process: started when first needed, asked by JSON lines, started again if lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bilingual.errors import EngineError
from bilingual.settings import Penalties, Rules, Settings

Progress = Callable[[str, int, int], None]
Open = dict[int, tuple["asyncio.Future[Any]", Progress | None]]

LONGEST_LINE = 64 << 20
PATIENCE = 3.0
"""Seconds the process gets to end by itself before it is made to."""


class UnfinishedError(EngineError):
    """Not done for a reason that may pass, as a full disk; what it was about is worth keeping."""


class LostError(UnfinishedError):
    """The process has stopped before it answered."""


class Child:
    """The worker process. All of it belongs to the server's event loop."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._open: Open = {}
        self._last = 0
        self._starting = asyncio.Lock()

    async def ask(self, do: str, progress: Progress | None = None, **values: object) -> Any:
        """What the worker makes of a request, see worker.py; raises EngineError with its own words where it cannot, and
        where the process is lost."""
        process = await self._running()
        assert process.stdin is not None
        self._last += 1
        number, answer, waiting = self._last, asyncio.get_running_loop().create_future(), self._open
        waiting[number] = (answer, progress)
        try:
            process.stdin.write(json.dumps({"id": number, "do": do, **values}).encode() + b"\n")
            await process.stdin.drain()
            return await answer
        except (ConnectionError, RuntimeError) as error:
            raise _lost(process) from error
        finally:
            waiting.pop(number, None)

    async def stop(self) -> None:
        """End the process, whatever it is doing; what it has kept is in the store."""
        process, reading, self._process, self._reading = self._process, self._reading, None, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if self._open or not await _ends(process, PATIENCE):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if reading is not None:
            await reading

    async def _running(self) -> asyncio.subprocess.Process:
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                package = str(Path(__file__).parents[2])
                paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", "bilingual.review.worker"),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=None if os.environ.get("BILINGUAL_DEBUG") else asyncio.subprocess.DEVNULL,
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
                    limit=LONGEST_LINE,
                    start_new_session=os.name != "nt",  # Ctrl-C is for the server, which ends this one in order
                )
                self._open = {}
                self._reading = asyncio.create_task(_read(self._process, self._open))
            return self._process


async def _read(process: asyncio.subprocess.Process, waiting: Open) -> None:
    """Hand out what the process says, until it ends; who still waits then is told."""
    assert process.stdout is not None
    try:
        while line := await process.stdout.readline():
            _take(json.loads(line), waiting)
    finally:
        await process.wait()
        for answer, _ in waiting.values():
            if not answer.done():
                answer.set_exception(_lost(process))


def _take(said: dict[str, Any], waiting: Open) -> None:
    answer, progress = waiting.get(said["id"], (None, None))
    if answer is None or answer.done():
        return
    if "progress" in said:
        if progress:
            progress(*said["progress"])
    elif "failed" in said:
        answer.set_exception((EngineError if said.get("for_good") else UnfinishedError)(**said["failed"]))
    else:
        answer.set_result(said["done"])


def order_of(settings: Settings) -> dict[str, Any]:
    """What of the settings a translation depends on, as JSON can hold it."""
    return {
        "output": str(settings.output), "folder": str(settings.folder), "memory": str(settings.memory),
        "glossary": [str(path) for path in settings.glossary], "formats": list(settings.formats),
        "engine": settings.engine, "penalties": asdict(settings.penalties),
        "rules": asdict(settings.rules) | {"srx": settings.rules.srx and str(settings.rules.srx)},
    }  # fmt: skip


def settings_of(order: dict[str, Any]) -> Settings:
    """The inverse of `order_of`."""
    rules = dict(order["rules"])
    return Settings(
        output=Path(order["output"]), folder=Path(order["folder"]), memory=Path(order["memory"]),
        glossary=tuple(map(Path, order["glossary"])), formats=tuple(order["formats"]), engine=order["engine"],
        penalties=Penalties(**order["penalties"]),
        rules=Rules(**rules | {"srx": Path(rules["srx"]) if rules["srx"] else None}),
    )  # fmt: skip


async def _ends(process: asyncio.subprocess.Process, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), seconds)
        return True
    return False


def _lost(process: asyncio.subprocess.Process) -> LostError:
    code = process.returncode or 0
    how = f" (signal {-code})" if code < 0 else ""
    return LostError(f"the translation process has stopped{how}", "try again; if it happens again, memory may be short")
