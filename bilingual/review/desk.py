"""The desk: one thread that owns the store and what is kept of open documents, two beside it for what takes longer.

A handler never touches the store itself: `await desk.do(function, *arguments)` calls `function(work, *arguments)` on
the desk's thread, one after the other, in the order they came. What takes longer than a blink (an export, a merge, a
search through everything) goes `await desk.aside(…)`: another thread with a store of its own, so that no save waits
for it; a look into memory or glossary goes `await desk.look(…)`, a third one, so that it does not wait for an export.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from bilingual.errors import BilingualError
from bilingual.review.web import MissingError
from bilingual.settings import Settings
from bilingual.store import Store

if TYPE_CHECKING:
    from bilingual.glossary import Glossary
    from bilingual.memory import Memory

P = ParamSpec("P")
T = TypeVar("T")

OPEN = 3
"""Documents of which something is kept at a time; what of others was kept is made again when it is needed."""


class Work:
    """What a function on a thread of the desk works with. It belongs to that thread alone."""

    def __init__(self, settings: Settings, *, makes: bool = True) -> None:
        self.settings = settings
        self._makes = makes
        self._store: Store | None = None
        self._memory: tuple[Glossary, Memory] | None = None
        self._glossary: tuple[object, Glossary] | None = None
        self.glossary_problem = ""
        self._kept: OrderedDict[str, dict[Hashable, tuple[object, Any]]] = OrderedDict()

    @property
    def store(self) -> Store:
        """The store, opened when it is first needed; made where there is none by the desk's own thread alone, so that
        none comes beside one that was moved away."""
        if self._store is None:
            path = self.settings.output / "workbench.sqlite"
            if not self._makes and not path.exists():
                raise MissingError(f"there is no store {path} any more", "put it back where it was")
            self._store = Store(path)
        return self._store

    def known(self, name: str) -> str:
        """The name, if there is a document of that name; MissingError where there is none."""
        if name not in self.store.names():
            raise MissingError(f"there is no document {name!r} here", "go to the start page and choose one")
        return name

    def kept(self, name: str, what: Hashable, make: Callable[[], T], stamp: object = None) -> T:
        """Something of a document that takes long to make: made once, and again when `stamp` is another.

        It is forgotten when other documents are opened, so it may hold nothing that is nowhere else.
        """
        own = self._kept.setdefault(name, {})
        self._kept.move_to_end(name)
        while len(self._kept) > OPEN:
            self._kept.popitem(last=False)
        if what not in own or own[what][0] != stamp:
            own[what] = (stamp, make())
        return cast(T, own[what][1])

    def is_open(self, name: str) -> bool:
        """Whether something of a document is kept."""
        return name in self._kept

    @property
    def glossary(self) -> Glossary:
        """The project's glossary, loaded again when one of its tables has changed.

        One that cannot be used keeps nobody from working: what was loaded before stays; `glossary_problem` says why.
        """
        from bilingual.glossary import Glossary, load
        from bilingual.glossary.tables import files_of

        kept, paths, stamp = self._glossary, self.settings.glossary_paths(), None
        try:
            stamp = tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for _, file in files_of(paths))
            if kept is None or kept[0] != stamp:
                kept, self.glossary_problem = (stamp, load(paths)), ""
        except (BilingualError, OSError) as error:
            kept, self.glossary_problem = (stamp, kept[1] if kept else Glossary(())), str(error)
        self._glossary = kept
        return kept[1]

    @property
    def memory(self) -> Memory | None:
        """The project's memory, for reading, seen with the glossary as it is now; None where there is none yet."""
        from bilingual.memory import Memory

        glossary = self.glossary
        if self._memory is not None and self._memory[0] is not glossary:
            self._memory[1].close()
            self._memory = None
        if self._memory is None and self.settings.memory.exists():
            penalties = self.settings.penalties
            made = Memory(self.settings.memory, glossary=glossary, penalties=penalties, readonly=True)
            self._memory = (glossary, made)
        return self._memory[1] if self._memory else None

    def close(self) -> None:
        """Let go of the files."""
        if self._store is not None:
            self._store.close()
        if self._memory is not None:
            self._memory[1].close()
        self._store = self._memory = None


class Desk:
    """The threads of a project, and who works here where nobody has given a name."""

    def __init__(self, settings: Settings, by: str) -> None:
        self.settings = settings
        self.by = by
        self._lanes = [
            (ThreadPoolExecutor(1, f"desk-{lane}"), Work(settings, makes=lane == "now"))
            for lane in ("now", "aside", "look")
        ]

    async def do(self, function: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function(work, …)` gives, on the desk's own thread; for what is quick."""
        return await self._on(0, function, *args, **kwargs)

    async def aside(self, function: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same on the second thread, which has a store of its own; for what takes long."""
        return await self._on(1, function, *args, **kwargs)

    async def look(self, function: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same on a third thread: who looks something up in memory or glossary waits for no export."""
        return await self._on(2, function, *args, **kwargs)

    async def _on(self, lane: int, function: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        thread, work = self._lanes[lane]
        return await asyncio.get_running_loop().run_in_executor(thread, partial(function, work, *args, **kwargs))

    async def close(self, patience: float = 3.0) -> None:
        """Finish what was begun, and let go of the files. What takes long is given `patience` seconds and then left: a
        write that is cut off is none, by the store's own word."""
        for lane, (thread, _) in enumerate(self._lanes):
            ended = asyncio.ensure_future(self._on(lane, Work.close))
            done, _ = await asyncio.wait([ended], timeout=patience if lane else None)
            thread.shutdown(wait=bool(done), cancel_futures=True)
