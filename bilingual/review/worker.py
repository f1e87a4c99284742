"""The process beside the server that holds the engine: translates documents, and answers small questions meanwhile.

Started by child.py as `python -m bilingual.review.worker`. It reads one JSON object a line from standard input, each
with an `id`, what to `do` and what that needs, and writes one a line to standard output: {"id", "progress": [counted,
done, total]} as often as it likes, and once {"id", "done": …} or {"id", "failed": {"message", "hint"}, "for_good"},
which is whether the document itself is at fault. Documents are translated one after the other; questions are answered
beside that. It ends with its standard input.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bilingual.documents import contents
from bilingual.errors import BilingualError, InputError
from bilingual.job import Source
from bilingual.review.child import settings_of

if TYPE_CHECKING:
    from bilingual.engines import Engine
    from bilingual.glossary import Glossary
    from bilingual.settings import Settings

Json = dict[str, Any]

EVERY = 0.2
"""Seconds between two lines of progress."""


@dataclass(frozen=True, slots=True)
class Upload(Source):
    """A document from the browser: `path` is only the name its file had there, `file` is where its bytes are."""

    file: Path = Path()

    def contents(self) -> bytes:
        """Its bytes."""
        return contents(self.file)


class UnreadableError(BilingualError):
    """The document itself is at fault: it will not do better another time."""


class Worker:
    """What is read from `lines` is done and answered on `out`."""

    def __init__(self, lines: BinaryIO, out: BinaryIO) -> None:
        self._lines = lines
        self._out = out
        self._lock = threading.Lock()
        self._documents: queue.Queue[Json] = queue.Queue()
        self._engines: dict[str, Engine] = {}
        self._making = threading.Lock()
        self._known: tuple[object, Glossary] | None = None

    def run(self) -> None:
        """Until there is nothing more to read."""
        threading.Thread(target=self._translate_all, daemon=True).start()
        for line in self._lines:
            request = json.loads(line)
            if request["do"] == "translate":
                self._documents.put(request)
            else:
                self._answer(request, QUESTIONS[request["do"]])

    def engine(self, name: str) -> Engine:
        """The engine of that name, its model loaded."""
        from bilingual.engines import Request, create

        with self._making:
            if name not in self._engines:
                made = create(name)
                made.translate([Request("OK")])  # a copy of it shares the model only once it is there
                self._engines[name] = made
            return self._engines[name]

    def _translate_all(self) -> None:
        while True:
            self._answer(self._documents.get(), Worker._translate)

    def _answer(self, request: Json, function: Callable[[Worker, Json], object]) -> None:
        try:
            self._say({"id": request["id"], "done": function(self, request)})
        except BilingualError as error:
            said = {"message": error.message, "hint": error.hint}
            self._say({"id": request["id"], "failed": said, "for_good": isinstance(error, UnreadableError)})
        except Exception as error:  # told in the page; the next request may do better
            message = f"a fault in bilingual itself: {type(error).__name__}: {error}"
            self._say({"id": request["id"], "failed": {"message": message, "hint": ""}})

    def _say(self, value: Json) -> None:
        with self._lock:
            self._out.write(json.dumps(value).encode() + b"\n")
            self._out.flush()

    def _translate(self, request: Json) -> Json:
        """One document into the store and its views."""
        from bilingual.job import run

        settings = settings_of(request["settings"])
        source = Upload(request["name"], Path(request["file_name"]), file=Path(request["file"]))
        last = [0.0]

        def progress(_: str, counted: str, done: int, total: int) -> None:
            if time.monotonic() - last[0] >= EVERY or done == total:
                last[0] = time.monotonic()
                self._say({"id": request["id"], "progress": [counted, done, total]})

        tally = run([source], settings, self.engine(settings.engine), progress)
        if tally.refused:
            _read(source)
            raise BilingualError("\n".join(tally.refused))
        return {
            "units": tally.units, "characters": tally.characters, "seconds": round(tally.seconds, 1),
            "terms": dict(tally.terms), "flagged": tally.flagged, "recalled": tally.recalled, "kept": tally.kept,
            "warnings": tally.warnings, "written": [path.name for path in tally.written],
        }  # fmt: skip

    def _continue(self, request: Json) -> list[str]:
        """What may come behind `typed`, the beginning of the English of `source`; at most `count`."""
        from bilingual.terminology.continuing import continuations

        settings = settings_of(request["settings"])
        engine = copy(self.engine(settings.engine))
        engine.on_progress = None  # type: ignore[attr-defined]
        found = continuations(engine, self._glossary(settings), request["source"], request["typed"], request["count"])
        return list(found)

    def _glossary(self, settings: Settings) -> Glossary:
        """The project's glossary, loaded again when one of its tables has changed."""
        from bilingual.glossary import load
        from bilingual.glossary.tables import files_of

        files = [file for _, file in files_of(settings.glossary_paths())]
        stamp = tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, load(settings.glossary_paths()))
        return self._known[1]


QUESTIONS: dict[str, Callable[[Worker, Json], object]] = {
    "continue": Worker._continue,
}
"""What is answered at once, beside a translation under way."""


def _read(source: Source) -> None:
    try:
        source.read(source.contents())
    except InputError as error:
        raise UnreadableError(error.message, error.hint) from error


def main() -> None:
    """Serve standard input; what libraries print goes to standard error, so that it is in nobody's way."""
    if hasattr(os, "nice"):
        os.nice(5)  # whoever types goes before
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Worker(os.fdopen(0, "rb"), out).run()


if __name__ == "__main__":
    main()
