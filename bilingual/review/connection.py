"""One connection of a client: uvicorn's own, with limits to how long it may keep us waiting, and how many there may be.

Whoever says nothing, or says it byte by byte, or does not take what was asked for, is cut off; whoever works goes on.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


@dataclass(frozen=True, slots=True)
class Patience:
    """`header`: seconds for a request's first line and headers. `taking`: seconds for an answer that is not taken.
    `connections`: how many may be open; one more, and the one that has been idle longest is cut."""

    header: float = 10.0
    taking: float = 20.0
    connections: int = 200


@cache
def connection_with(patience: Patience) -> Any:
    """The protocol class for uvicorn."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Connection(H11Protocol):
        timer: asyncio.TimerHandle | None = None
        idle_since = 0.0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.idle_since = time.monotonic()
            self.cut_after(patience.header)
            if len(self.connections) > patience.connections:
                others = [one for one in self.connections if isinstance(one, Connection) and not one.works()]
                min(others, key=lambda one: one.idle_since, default=self).transport.abort()

        def data_received(self, data: bytes) -> None:
            if self.timer is None and not self.works():
                self.cut_after(patience.header)
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before:
                self.cut_after(None)

        def on_response_complete(self) -> None:
            self.idle_since = time.monotonic()
            super().on_response_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            self.cut_after(patience.taking)

        def resume_writing(self) -> None:
            super().resume_writing()
            self.cut_after(None)

        def connection_lost(self, exc: Exception | None) -> None:
            self.cut_after(None)
            super().connection_lost(exc)

        def works(self) -> bool:
            """Whether a request is under way."""
            return self.cycle is not None and not self.cycle.response_complete

        def cut_after(self, seconds: float | None) -> None:
            """Cut it off after so long, instead of what was said before; None: do not."""
            if self.timer is not None:
                self.timer.cancel()
            self.timer = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)

    return Connection
