"""The editing page: one document as rows, what somebody does to its units, and what belongs to them."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from bilingual import editing
from bilingual.bitext import FlagKind, State
from bilingual.checks import CHECKS
from bilingual.checks.findings import Finding, Severity
from bilingual.errors import ConflictError, InputError
from bilingual.review import acts, filters, original, panel
from bilingual.review.desk import Work
from bilingual.review.paper import Paper, paper_of, warm
from bilingual.review.rows import utf16
from bilingual.review.web import Route, answer, desk_of, given, number, page, person_of
from bilingual.store import Seen, Spent

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

FIRST = 50
"""Rows that come with the page itself, before any script runs."""

MOST = 200
"""Rows of one answer."""

TEXTS = 1000
"""Plain texts of one answer."""

MOMENT = 0.5
"""Seconds for which one answer to `progress` reads on; others are served in between."""

CHECK_NAMES = tuple(check.name for check in CHECKS)


async def _document(request: Request) -> Response:
    """The page, with its first rows."""
    name = request.path_params["name"]
    paper, rows = await desk_of(request).do(_opened, name)
    return page(
        request, "document.html", name=name, rows=rows, total=len(paper.order), serial=paper.serial,
        states=[*State], severities=[*Severity], checks=CHECKS, flags=[*FlagKind],
    )  # fmt: skip


def _opened(work: Work, name: str) -> tuple[Paper, list[Any]]:
    paper = paper_of(work, name)
    paper.refresh(work.store, thoroughly=True)
    return paper, [panel.row(paper, seen) for seen in paper.units(work.store, paper.order[:FIRST])]


async def _rows(request: Request) -> Response:
    """Rows: those of the ids asked for, or a stretch of the document."""
    asked = request.query_params
    ids = asked.getlist("id")[:MOST]
    start = number(asked.get("from"), 0)
    count = number(asked.get("count"), FIRST, most=MOST)
    rows = await desk_of(request).do(_some_rows, request.path_params["name"], ids, start, count)
    return page(request, "rows.html", rows=rows)


def _some_rows(work: Work, name: str, ids: list[str], start: int, count: int) -> list[Any]:
    paper = paper_of(work, name)
    wanted = ids or paper.order[start : start + count]
    return [panel.row(paper, seen) for seen in paper.units(work.store, wanted)]


async def _list(request: Request) -> Response:
    """The ids of what a filter shows, in reading order."""
    desk, name = desk_of(request), request.path_params["name"]
    chosen = filters.read(request.query_params.multi_items(), CHECK_NAMES)
    if not chosen:
        paper = await desk.do(paper_of, name)
        return answer(_listed(paper, chosen, paper.order))
    paper = await _read_on(request, checked=bool(chosen.finding) and "now" not in request.query_params)
    told = await desk.do(lambda work: (paper.everything(work.store), dict(paper.findings), paper.repeated))
    ids = await asyncio.to_thread(filters.shown, chosen, *told)  # saves go on meanwhile
    return answer(_listed(paper, chosen, ids))


async def _read_on(request: Request, *, checked: bool) -> Paper:
    """The document when it is read to its end, or checked to its end, in portions between which others are served."""
    desk, name = desk_of(request), request.path_params["name"]
    paper = await desk.do(paper_of, name)
    go = paper.advance if checked else paper.read_on
    while await desk.do(lambda work: go(work.store)):
        pass
    return paper


def _listed(paper: Paper, chosen: filters.Filter, ids: list[str]) -> dict[str, Any]:
    told = [{"key": chip.key, "value": chip.value, "label": chip.label} for chip in filters.chips(chosen)]
    return {"ids": ids, "total": len(paper.order), "chips": told, "serial": paper.serial, "shape": paper.shape}


async def _texts(request: Request) -> Response:
    """The plain words of a stretch of the document, so that a row can be shown before it was asked for."""
    start = number(request.query_params.get("from"), 0)
    return answer(await desk_of(request).do(_plain, request.path_params["name"], start))


def _plain(work: Work, name: str, start: int) -> list[tuple[str, str, str, str, int]]:
    return paper_of(work, name).words(work.store, start, TEXTS)


async def _progress(request: Request) -> Response:
    """Read and check on for a moment; how far the document has come, and what became different since a serial."""
    desk, name, asked = desk_of(request), request.path_params["name"], request.query_params
    since = number(asked.get("since"), 0, most=1 << 53)
    near = asked.getlist("id")[:MOST]
    more, end = True, time.monotonic() + MOMENT
    go = _checked_on if _warming(request, name).done() else _read_only
    while more and time.monotonic() < end:
        more = await desk.do(go, name, near)
    more = more or go is _read_only
    return answer(await desk.do(_progressed, name, since, more, "new" in asked))


def _checked_on(work: Work, name: str, near: list[str]) -> bool:
    return paper_of(work, name).advance(work.store, near)


def _read_only(work: Work, name: str, _: list[str]) -> bool:
    return paper_of(work, name).read_on(work.store)


def _warming(request: Request, name: str) -> asyncio.Task[None]:
    """The checks loading what they need, beside the desk, once in the life of the server."""
    state = request.app.state
    if not hasattr(state, "warming"):
        state.warming = asyncio.create_task(desk_of(request).aside(warm, name))
    task: asyncio.Task[None] = state.warming
    return task


def _progressed(work: Work, name: str, since: int, more: bool, look: bool) -> dict[str, Any]:
    paper = paper_of(work, name)
    if look:
        paper.refresh(work.store)
    totals = paper.totals()
    spent = work.store.spent(name)
    seconds = sum(one.seconds for one in spent.values())
    changed = paper.since(since)
    return {
        "more": more, "serial": paper.serial, "shape": paper.shape,
        "changed": changed[:MOST] if changed is not None else None, "anew": changed is None or len(changed) > MOST,
        "units": totals.units, "characters": totals.characters, "findings": totals.findings,
        "read": totals.read, "checked": totals.checked, "total": totals.total,
        "spent": panel.duration(seconds) if seconds else "", "left": _left(work, paper, totals.characters, spent),
    }  # fmt: skip


def _left(work: Work, paper: Paper, characters: dict[str, int], spent: dict[str, Spent]) -> str:
    """How long what nobody has reviewed will take at the pace so far; empty where too little was done to say."""
    worked = [seen.unit for seen in paper.units(work.store, spent)] if paper.complete else []
    seconds, done = sum(spent[unit.id].seconds for unit in worked), sum(len(unit.source.string) for unit in worked)
    if done < 200 or seconds < 30:
        return ""
    ahead = sum(characters[state] for state in (State.NEW, State.DRAFT, State.TRANSLATED))
    return panel.duration(ahead * seconds / done)


async def _act(request: Request) -> Response:
    """What somebody does to a unit; 409 with the unit as it is where somebody else has changed its words."""
    name, unit_id = request.path_params["name"], request.path_params["id"]
    asked, by = await given(request), person_of(request)
    try:
        told, row = await desk_of(request).do(_acted, name, unit_id, asked, by)
    except acts.OvertakenError as error:
        return await _overtaken(request, error)
    return answer({**told, "row": _html(request, [row])})


async def _overtaken(request: Request, error: acts.OvertakenError) -> Response:
    name, seen = request.path_params["name"], error.seen
    row = await desk_of(request).do(lambda work: panel.row(paper_of(work, name), seen, look=True))
    told = {
        "message": error.message,
        "hint": error.hint,
        "now": {**_now(seen), "by": error.by},
        "row": _html(request, [row]),
    }
    return answer(told, 409)


def _acted(work: Work, name: str, unit_id: str, asked: dict[str, Any], by: str) -> tuple[dict[str, Any], Any]:
    paper = paper_of(work, name)
    done, also = acts.act(work, paper, unit_id, asked, by)
    seen = paper.unit(work.store, unit_id)
    row = panel.row(paper, seen, look=True)
    return {**_now(seen), "step": done.step, "also": [one for one in also if one != unit_id],
            "serial": paper.serial, **_found(seen, row.findings or ())}, row  # fmt: skip


def _now(seen: Seen) -> dict[str, Any]:
    unit = seen.unit
    return {
        "id": unit.id, "version": seen.version, "state": unit.state.value, "locked": unit.locked,
        "target": unit.target.string, "by": unit.changed.by if unit.changed else "",
    }  # fmt: skip


def _found(seen: Seen, findings: tuple[Finding, ...]) -> dict[str, Any]:
    words = seen.unit.target.string
    return {"findings": [
        {"check": f.check, "severity": f.severity.value, "reason": f.reason,
         "target": [utf16(words, f.target.start), utf16(words, f.target.end)] if f.target else None}
        for f in findings
    ]}  # fmt: skip


def _html(request: Request, rows: list[Any]) -> str:
    return str(request.app.state.templates.get_template("rows.html").render(rows=rows))


async def _panel(request: Request) -> Response:
    values = await desk_of(request).do(_panel_of, request.path_params["name"], request.path_params["id"])
    return page(request, "panel.html", **values)


def _panel_of(work: Work, name: str, unit_id: str) -> dict[str, Any]:
    paper = paper_of(work, name)
    return panel.panel(work, paper, paper.unit(work.store, unit_id))


async def _history(request: Request) -> Response:
    name, unit_id = request.path_params["name"], request.path_params["id"]
    versions = await desk_of(request).do(lambda work: work.store.history(work.known(name), unit_id))
    shown, more = panel.history(versions)
    return page(request, "history.html", versions=shown, more=more)


async def _split(request: Request) -> Response:
    """A unit cut in two at a place in each text, in code points."""
    return answer(
        await desk_of(request).do(_cut, request.path_params["name"], await given(request), person_of(request))
    )


def _cut(work: Work, name: str, asked: dict[str, Any], by: str) -> dict[str, Any]:
    paper = paper_of(work, name)
    seen = paper.unit(work.store, acts.text(asked.get("id"), "unit"))
    places = (acts.whole(asked.get("source_at"), "place"), acts.whole(asked.get("target_at"), "place"))
    second = work.store.new_id(name, "", seen.unit.source.string)
    parts = editing.split_at(seen.unit, *places, second, paper.blocks.get(seen.unit.block))
    return _spliced(work, paper, [seen], [*parts], {seen.unit.id: asked.get("version")}, by, "split")


async def _join(request: Request) -> Response:
    """A unit made one with the next, of the versions that were seen."""
    return answer(
        await desk_of(request).do(_tie, request.path_params["name"], await given(request), person_of(request))
    )


def _tie(work: Work, name: str, asked: dict[str, Any], by: str) -> dict[str, Any]:
    paper = paper_of(work, name)
    first = acts.text(asked.get("id"), "unit")
    place = paper.places.get(first, len(paper.order))
    both = paper.units(work.store, paper.order[place : place + 2])
    if len(both) < 2:
        raise InputError("there is no unit after this one", "join it from the one before")
    if both[1].unit.id != acts.text(asked.get("next"), "next unit"):
        raise ConflictError("another unit follows this one than the page shows", "show all units, then join them again")
    whole = editing.joined([seen.unit for seen in both], paper.blocks.get(both[0].unit.block))
    expected = {first: asked.get("version"), both[1].unit.id: asked.get("next_version")}
    return _spliced(work, paper, both, [whole], expected, by, "join")


def _spliced(
    work: Work, paper: Paper, old: list[Seen], units: list[Any], expected: dict[str, Any], by: str, label: str
) -> dict[str, Any]:
    versions = {unit: acts.whole(version, "version") for unit, version in expected.items()}
    done = work.store.splice(paper.name, [s.unit.id for s in old], units, expected=versions, by=by, label=label)
    paper.refresh(work.store)
    paper.take(work.store.seen(paper.name, done.versions).values())
    return {"id": units[0].id, "step": done.step, "ids": [unit.id for unit in units], "serial": paper.serial}


async def _undo(request: Request) -> Response:
    return answer(await desk_of(request).do(_turned, request.path_params["name"], person_of(request), forth=False))


async def _redo(request: Request) -> Response:
    return answer(await desk_of(request).do(_turned, request.path_params["name"], person_of(request), forth=True))


def _turned(work: Work, name: str, by: str, *, forth: bool) -> dict[str, Any]:
    paper = paper_of(work, name)
    turned = work.store.redo(name, by) if forth else work.store.undo(name, by)
    if turned is None:
        return {"done": False, "message": "There is nothing to do again." if forth else "There is nothing to undo."}
    paper.refresh(work.store)
    paper.take(work.store.seen(name, turned.versions).values())
    ids = sorted(turned.versions, key=lambda unit: paper.places.get(unit, 0))
    left = f" {len(turned.left)} changed later and stayed as they are." if turned.left else ""
    verb = "Done again" if forth else "Undone"
    return {"done": True, "label": turned.label, "ids": ids[:MOST], "recut": turned.recut, "serial": paper.serial,
            "message": f"{verb}: {turned.label}.{left}"}  # fmt: skip


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{name}/", _document),
    ("GET", "/d/{name}/rows", _rows),
    ("GET", "/d/{name}/list", _list),
    ("GET", "/d/{name}/texts", _texts),
    ("GET", "/d/{name}/progress", _progress),
    ("POST", "/d/{name}/units/{id}", _act),
    ("GET", "/d/{name}/units/{id}/panel", _panel),
    ("GET", "/d/{name}/units/{id}/history", _history),
    ("POST", "/d/{name}/split", _split),
    ("POST", "/d/{name}/join", _join),
    ("POST", "/d/{name}/undo", _undo),
    ("POST", "/d/{name}/redo", _redo),
    *original.ROUTES,
)
