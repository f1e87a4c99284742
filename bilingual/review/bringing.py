"""Bringing an edited file home in the browser: first what would change, then the merge, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from bilingual.errors import BilingualError, InputError
from bilingual.formats import FORMATS, format_of
from bilingual.review.inbox import document_name
from bilingual.review.web import Route, answer, desk_of, given, page, person_of, unheard

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bilingual.merge import Choice, Outcome
    from bilingual.review.desk import Work

MOST = 500
"""Rows that are shown of a merge; the counts are of all."""


def brought(work: Work, file_name: str, data: bytes, choice: Choice, document: str, dry: bool) -> dict[str, Any]:
    """Merge an edited file, or with `dry` only look; what became of its rows, for the page to show."""
    from bilingual.merge import CHANGES, merge_file
    from bilingual.merge.teaching import teach

    if document:
        work.known(document)
    place = work.settings.output / file_name
    outcome = merge_file(work.store, place, choice, document, dry=dry, data=data)
    told: list[str] = []
    if outcome.step is not None:
        told += refreshed(work, outcome.name)
        changed = {finding.unit for finding in outcome.findings if finding.what in CHANGES}
        told += _memory_told(lambda: teach(
            work.settings.memory, work.store, outcome.name, outcome.step or 0, by=choice.by, only=changed
        ))  # fmt: skip
    return _facts(outcome) | {"told": told, "dry": dry}


def taken_back(work: Work, step: int, by: str) -> dict[str, Any]:
    """Undo a merge, or do one again that was undone."""
    from bilingual.merge import undo
    from bilingual.merge.teaching import teach, unteach
    from bilingual.store import now

    done = undo(work.store, step, by=by, when=now())
    told = [f"{unit.id} {unit.source} was changed later; the later words stay" for unit in done.later]
    if done.step is not None:
        name, number, memory = done.undid.name, done.step, work.settings.memory
        again = done.undid.undoes is not None
        told += _memory_told(
            (lambda: teach(memory, work.store, name, number, by=by)) if again
            else (lambda: unteach(memory, name, done.undid.id))
        )  # fmt: skip
        told += refreshed(work, name)
    return {"step": done.step, "restored": done.restored, "told": told}


def refreshed(work: Work, name: str) -> list[str]:
    """Write the views of a document again that lie beside the store; what is to be told of it."""
    from bilingual.views import write_views, written_before

    folder = work.settings.output
    try:
        return write_views(work.store, name, folder, written_before(work.store, name, folder)).warnings
    except BilingualError as error:
        return [str(error)]


def _memory_told(act: Any) -> list[str]:
    """Do something to the memory; one that cannot be used is told, and what was merged stands."""
    try:
        act()
    except BilingualError as error:
        return [f"the memory was left as it is: {error}"]
    return []


def _facts(outcome: Outcome) -> dict[str, Any]:
    from bilingual.merge import CHANGES, LEFT, What

    shown = sorted(outcome.findings, key=lambda finding: _rank(finding.what))[:MOST]
    return {
        "document": outcome.name, "file": outcome.file, "rows": outcome.rows, "step": outcome.step,
        "changes": sum(outcome.count(what) for what in CHANGES),
        "conflicts": outcome.count(What.CONFLICT), "left": sum(outcome.count(what) for what in LEFT),
        "counts": [[what.value, outcome.count(what)] for what in What if outcome.count(what)],
        "findings": [
            {"what": f.what.value, "id": f.unit, "source": f.source, "before": f.before, "after": f.after,
             "told": f.told}
            for f in shown
        ],
    }  # fmt: skip


def _rank(what: Any) -> int:
    from bilingual.merge import CHANGES, What

    return 0 if what is What.CONFLICT else 1 if what in CHANGES else 2


async def _show(request: Request) -> Response:
    """GET /bring?name=: the page."""
    desk, name = desk_of(request), request.query_params.get("name", "")

    def facts(work: Work) -> tuple[tuple[str, ...], list[Any]]:
        if name:
            work.known(name)
        return work.store.names(), [*reversed(work.store.steps(name or None)[-30:])]

    names, steps = await desk.do(facts)
    endings = [suffix for form in FORMATS for suffix in form.suffixes]
    return page(request, "bring.html", name=name, names=names, steps=steps, endings=endings)


async def _merge(request: Request) -> Response:
    """POST /merge?name=&dry=&prefer=&empty=&exact=: the body is the file, X-File-Name its name, percent-encoded."""
    from bilingual.merge import Choice
    from bilingual.store import now

    asked = request.query_params
    prefer = asked.get("prefer", "")
    choice = Choice(person_of(request), now(), prefer if prefer in {"file", "store"} else "", bool(asked.get("empty")),
                    bool(asked.get("exact")))  # fmt: skip
    try:
        file_name = _file_name(request)
    except InputError:
        await unheard(request)
        raise
    data = await request.body()
    done = await desk_of(request).aside(brought, file_name, data, choice, asked.get("name", ""), bool(asked.get("dry")))
    return answer(done)


def _file_name(request: Request) -> str:
    """The name of the file as we use it: no folder, nothing that a system minds, with the ending it came with."""
    given_name = unquote(request.headers.get("x-file-name", "")).replace("\\", "/").rpartition("/")[2]
    suffix = format_of(Path(given_name)).suffixes
    ending = next(one for one in suffix if given_name.lower().endswith(one))
    return document_name(given_name[: -len(ending)]) + ending


async def _undo(request: Request) -> Response:
    """POST /merges/undo {"step"}."""
    step = (await given(request)).get("step")
    if not isinstance(step, int):
        raise InputError("there is no such merge", "load the page anew")
    return answer(await desk_of(request).aside(taken_back, step, person_of(request)))


ROUTES: tuple[Route, ...] = (
    ("GET", "/bring", _show),
    ("POST", "/merge", _merge),
    ("POST", "/merges/undo", _undo),
)
