"""The tools of the editing page: candidates, concordance, glossary work, find and replace, repetitions, next words.

Each handler reads what the page sends, lets the pure functions of the modules beside this one do the work, and answers
in JSON: texts as pieces with whether they are marked (see marked.py). What looks through a lot runs beside the desk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bilingual.bitext import TermKind, Unit
from bilingual.errors import BilingualError, InputError
from bilingual.memory import Match
from bilingual.review import candidates, concordance, glossary_work, sweeping
from bilingual.review.acts import text
from bilingual.review.child import order_of
from bilingual.review.desk import Work
from bilingual.review.paper import paper_of
from bilingual.review.web import Route, answer, child_of, desk_of, given, person_of
from bilingual.terminology.continuing import completions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SECONDS = 8.0
"""How long the next words may take: who has typed on by then wants them no more."""

LONGEST = 5000
"""Characters of what was typed, from its end back, that next words are looked for behind."""


# What may stand there


async def _candidates(request: Request) -> Response:
    """All proposals for a unit: its own, and what the memory has now."""
    name, unit_id = request.path_params["name"], request.path_params["id"]
    desk = desk_of(request)
    around, at = await desk.do(_around, name, unit_id)
    found, told = await desk.look(_proposed, around, at)
    return answer({"id": unit_id, "candidates": [asdict(one) for one in found], "told": told})


def _around(work: Work, name: str, unit_id: str) -> tuple[list[Unit], int]:
    """The unit between its neighbours."""
    paper = paper_of(work, name)
    paper.unit(work.store, unit_id)
    place = paper.places[unit_id]
    seen = paper.units(work.store, paper.order[max(0, place - 1) : place + 2])
    return [one.unit for one in seen], [one.unit.id for one in seen].index(unit_id)


def _proposed(work: Work, around: Sequence[Unit], at: int) -> tuple[Sequence[candidates.Proposal], str]:
    matches: Sequence[Match] = ()
    told = "There is no memory yet: what is reviewed and finished goes into it."
    try:
        if work.memory is not None:
            matches, told = candidates.recalled(work.memory, around, at), ""
    except BilingualError as error:
        told = str(error)
    return candidates.proposals(around[at], matches), told


class _Turns:
    """Which question about next words is each person's latest: the engine is asked one at a time, and old ones not."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.last: dict[str, int] = {}

    def take(self, person: str) -> int:
        self.last[person] = self.last.get(person, 0) + 1
        return self.last[person]


async def _next_words(request: Request) -> Response:
    """What may come behind what was typed: the rest of a term, and what the engine would say if it is wanted too."""
    name, unit_id, asked = request.path_params["name"], request.path_params["id"], await given(request)
    typed = text(asked.get("typed"), "typed")[-LONGEST:]
    source, terms = await desk_of(request).do(_begun, name, unit_id, typed)
    words, told = await _engine_words(request, source, typed) if asked.get("engine") else ([], "")
    return answer({"terms": terms, "words": words, "told": told})


def _begun(work: Work, name: str, unit_id: str, typed: str) -> tuple[str, tuple[str, ...]]:
    source = paper_of(work, name).unit(work.store, unit_id).unit.source.string
    return source, completions(work.glossary.match(source), typed)


async def _engine_words(request: Request, source: str, typed: str) -> tuple[list[str], str]:
    state, person = request.app.state, person_of(request)
    if not hasattr(state, "turns"):
        state.turns = _Turns()
    turns: _Turns = state.turns
    mine = turns.take(person)
    settings = desk_of(request).settings
    async with turns.lock:
        if turns.last[person] != mine:
            return [], ""
        question = child_of(request).ask("continue", settings=order_of(settings), source=source, typed=typed, count=5)
        try:
            return await asyncio.wait_for(question, SECONDS), ""
        except TimeoutError:
            return [], ""
        except BilingualError as error:
            return [], str(error)


# How it was said before


async def _search(request: Request) -> Response:
    """The words in this document, in the memory, or in the glossary."""
    name, where = request.path_params["name"], request.path_params["where"]
    words = concordance.wanted(request.query_params.get("q", ""))
    side = concordance.side_of(request.query_params.get("side") or "both")
    desk = desk_of(request)
    if where == "document":
        _, units = await sweeping.everything(desk, name)
        hits, more = await asyncio.to_thread(concordance.in_document, units, words, side)
        return answer({"hits": hits, "told": f"The first {len(hits)} are shown." if more else ""})
    if where not in _SEARCHED:
        raise InputError(f"one cannot search in '{where[:20]}'", "choose document, memory or glossary")
    return answer(await desk.look(_SEARCHED[where], words, side))


def _in_memory(work: Work, words: str, side: str) -> dict[str, Any]:
    if work.memory is None:
        return {"hits": [], "told": "There is no memory yet."}
    hits = work.memory.search(words, side, limit=concordance.MOST + 1)
    told = f"The newest {concordance.MOST} are shown." if len(hits) > concordance.MOST else ""
    return {"hits": [concordance.of_memory(hit) for hit in hits[: concordance.MOST]], "told": told}


def _in_glossary(work: Work, words: str, _: str) -> dict[str, Any]:
    found = work.glossary.find(words)
    told = f"{len(found)} terms hold it; the nearest are shown." if len(found) > concordance.MOST else ""
    hits = [concordance.of_term(term, words) | {"key": glossary_work.key_of(term)}
            for term in found[: concordance.MOST]]  # fmt: skip
    return {"hits": hits, "told": work.glossary_problem or told}


_SEARCHED = {"memory": _in_memory, "glossary": _in_glossary}


# The glossary


async def _tables(request: Request) -> Response:
    """What the form for a new term offers."""
    found = await asyncio.to_thread(glossary_work.tables, desk_of(request).settings)
    return answer({
        "tables": [{"number": t.number, "name": t.path.name, "told": t.told, "open": t.open} for t in found],
        "kinds": [*TermKind], "statuses": [*glossary_work.STATUSES],
    })  # fmt: skip


async def _add_term(request: Request) -> Response:
    """A term written to a table."""
    asked, settings = await given(request), desk_of(request).settings
    term = glossary_work.term_from(asked)
    table = glossary_work.table_of(settings, text(asked.get("table"), "table"), text(asked.get("name", ""), "name"))
    row = await desk_of(request).aside(lambda _: glossary_work.added(settings, table, term))
    return answer({"key": glossary_work.key_of(row.term), "place": f"{row.path.name}, line {row.line}",
                   "message": f"“{term.source}” = “{term.target}” is in {row.path.name}."})  # fmt: skip


async def _uses(request: Request) -> Response:
    """Where a term occurs, in all documents."""
    key = request.query_params.get("key", "")
    return answer(await desk_of(request).aside(_used, key))


def _used(work: Work, key: str) -> dict[str, Any]:
    term = glossary_work.term_of(work.glossary, key)
    return concordance.of_term(term, term.source) | glossary_work.everywhere(work.store, work.glossary, term)


async def _preview_term(request: Request) -> Response:
    """What another rendering would change, in all documents."""
    asked = await given(request)
    return answer(
        await desk_of(request).aside(_previewed, text(asked.get("key"), "key"), text(asked.get("target"), "target"))
    )


def _previewed(work: Work, key: str, target: str) -> dict[str, Any]:
    term = glossary_work.term_of(work.glossary, key)
    return glossary_work.previewed(work.store, work.glossary, term, target)


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{name}/units/{id}/candidates", _candidates),
    ("POST", "/d/{name}/units/{id}/next", _next_words),
    ("GET", "/d/{name}/units/{id}/repetitions", sweeping.repetitions),
    ("POST", "/d/{name}/repeat", sweeping.repeat),
    ("GET", "/d/{name}/search/{where}", _search),
    ("POST", "/d/{name}/replace/preview", sweeping.preview_replace),
    ("POST", "/d/{name}/replace", sweeping.replace_hits),
    ("GET", "/glossary/tables", _tables),
    ("POST", "/glossary/term", _add_term),
    ("GET", "/glossary/uses", _uses),
    ("POST", "/glossary/preview", _preview_term),
    ("POST", "/glossary/rename", sweeping.rename_term),
)
