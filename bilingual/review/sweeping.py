"""Many units changed at once, each of them seen before and after first: replacements, repetitions, another rendering.

What somebody ticked is done as one step of its document, with the version that was seen of each unit: a unit that
somebody else has changed meanwhile is left as it is, and told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bilingual import editing
from bilingual.bitext import Term, Text, Unit
from bilingual.checks import CHECKS
from bilingual.errors import ConflictError, InputError
from bilingual.glossary import Glossary
from bilingual.glossary.problems import Row
from bilingual.glossary.writing import rerender
from bilingual.review import filters, glossary_work, repeating, replace
from bilingual.review.acts import text, whole
from bilingual.review.desk import Desk, Work
from bilingual.review.paper import Paper, paper_of
from bilingual.review.patterns import Search
from bilingual.review.web import MissingError, answer, desk_of, given, person_of, told
from bilingual.store import Edit, Seen

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Reword = Callable[[Work, Sequence[Seen]], Mapping[str, str | Text]]
"""What the targets of some units become, by id; a unit that is not named stays as it is."""

TRIES = 3
"""How often a step is tried anew because somebody changed one of its units at that very moment."""


async def preview_replace(request: Request) -> Response:
    """Every hit in what the filter shows, before and after."""
    name, asked = request.path_params["name"], await given(request)
    replacement = _replacement(asked)
    units = await _chosen(request, name, text(asked.get("filter", ""), "filter"))
    hits, more = await asyncio.to_thread(replace.preview, units, replacement)
    seen = await desk_of(request).do(_seen, name, [hit.unit for hit in hits])
    words = {unit.id: unit.target for unit in units}
    still = [hit for hit in hits if hit.unit in seen and seen[hit.unit].unit.target == words[hit.unit]]
    return answer({"hits": [_hit(hit, seen[hit.unit]) for hit in still], "more": more, "units": len(units)})


def _seen(work: Work, name: str, ids: Sequence[str]) -> dict[str, Seen]:
    paper = paper_of(work, name)
    return {one.unit.id: one for one in paper.units(work.store, dict.fromkeys(ids))}


def _hit(hit: replace.Hit, seen: Seen) -> dict[str, Any]:
    return {
        "id": hit.unit, "place": seen.place + 1, "number": hit.number, "version": seen.version,
        "state": seen.unit.state.value, "held": hit.held, "before": hit.before, "after": hit.after,
    }  # fmt: skip


async def _chosen(request: Request, name: str, query: str) -> list[Unit]:
    """The units that a filter shows, as the address has it."""
    desk = desk_of(request)
    chosen = filters.read(parse_qsl(query.removeprefix("?")), [check.name for check in CHECKS])
    paper, units = await everything(desk, name)
    if not chosen:
        return units
    if chosen.finding:
        while await desk.do(_advanced, name):
            pass
    told = await desk.do(lambda _: (dict(paper.findings), paper.repeated))
    wanted = {*await asyncio.to_thread(filters.shown, chosen, units, *told)}
    return [unit for unit in units if unit.id in wanted]


def _advanced(work: Work, name: str) -> bool:
    return paper_of(work, name).advance(work.store)


async def everything(desk: Desk, name: str) -> tuple[Paper, list[Unit]]:
    """All units of a document in their order, read in small portions so that saves go on between them."""
    while await desk.do(_read_on, name):
        pass
    return await desk.do(_opened, name)


def _read_on(work: Work, name: str) -> bool:
    return paper_of(work, name).read_on(work.store)


def _opened(work: Work, name: str) -> tuple[Paper, list[Unit]]:
    paper = paper_of(work, name)
    return paper, paper.everything(work.store)


async def replace_hits(request: Request) -> Response:
    """The ticked hits replaced, as one step."""
    name, asked = request.path_params["name"], await given(request)
    replacement = _replacement(asked)
    ticked = _table(asked.get("ticked"))
    hits = {unit: _hits(value) for unit, value in ticked.items()}
    ticks = _ticked({unit: value.get("version") for unit, value in ticked.items()})

    def reword(_: Work, seen: Sequence[Seen]) -> Mapping[str, str]:
        return {one.unit.id: replacement.done(one.unit.target.string, hits[one.unit.id]) for one in seen}

    return answer(await _swept(request, name, ticks, "replace", reword))


def _replacement(asked: Mapping[str, Any]) -> replace.Replacement:
    flags = {name: bool(asked.get(name)) for name in ("regular", "case", "whole")}
    return replace.Replacement(Search(text(asked.get("find", ""), "find"), **flags), text(asked.get("new", ""), "new"))


async def repetitions(request: Request) -> Response:
    """The same sentence elsewhere, and what its translation would become there."""
    name, unit_id = request.path_params["name"], request.path_params["id"]
    _, units = await everything(desk_of(request), name)
    unit = next((one for one in units if one.id == unit_id), None)
    if unit is None:
        raise MissingError("this unit is no part of the document any more", "load the page anew")
    found = await asyncio.to_thread(repeating.repetitions, units, unit)
    seen = await desk_of(request).do(_seen, name, [unit_id, *(one.unit.id for one in found)])
    return answer({
        "id": unit_id, "version": seen[unit_id].version, "target": unit.target.string,
        "repetitions": [_repetition(one, seen[one.unit.id]) for one in found if one.unit.id in seen],
    })  # fmt: skip


def _repetition(one: repeating.Repetition, seen: Seen) -> dict[str, Any]:
    return {
        "id": one.unit.id, "number": seen.place + 1, "version": seen.version, "state": one.unit.state.value,
        "same": one.same, "ticked": one.ticked, "notes": one.notes, "before": one.before, "after": one.after,
    }  # fmt: skip


async def repeat(request: Request) -> Response:
    """A unit's translation given to the ticked repetitions of its source, as one step."""
    name, asked = request.path_params["name"], await given(request)
    unit_id, ticks = text(asked.get("id"), "unit"), _ticked(asked.get("ticked"))

    def reword(work: Work, seen: Sequence[Seen]) -> Mapping[str, Text]:
        unit = _unit(work, name, unit_id)
        same = repeating.repetitions([one.unit for one in seen], unit)
        return {one.unit.id: one.target for one in same}

    return answer(await _swept(request, name, ticks, "repeat", reword))


def _unit(work: Work, name: str, unit_id: str) -> Unit:
    seen = work.store.seen(name, [unit_id]).get(unit_id)
    if seen is None:
        raise MissingError("this unit is no part of the document any more", "load the page anew")
    if not seen.unit.target.string.strip():
        raise InputError("this unit has no translation to repeat", "write one first")
    return seen.unit


async def rename_term(request: Request) -> Response:
    """The entry given another rendering, and the ticked units with it: one step a document.

    The entry is written first. A document that fails then is left as it is, and told; the others go on.
    """
    asked = await given(request)
    new = " ".join(text(asked.get("target"), "target").split())
    keep = _choice(asked, "keep", ("", "admitted", "forbidden"))
    chosen = {name: _ticked(units) for name, units in _table(asked.get("ticked")).items()}
    old, term, row = await desk_of(request).aside(_rerendered, text(asked.get("key"), "key"), new, keep)
    documents = []
    for name, ticks in chosen.items():

        def reword(_: Work, seen: Sequence[Seen], name: str = name) -> Mapping[str, str]:
            return glossary_work.rewritten(name, seen, old, term, new)

        try:
            done = await _swept(request, name, ticks, "term", reword)
        except Exception as error:  # whatever it is, the entry has its new rendering, and the page must know its key
            done = {"step": None, "ids": [], "lost": [*ticks], "message": f"left as it was: {told(error)[0]}"}
        documents.append({"name": name} | done)
    return answer({"place": f"{row.path.name}, line {row.line}", "documents": documents,
                   "key": glossary_work.key_of(row.term)})  # fmt: skip


def _rerendered(work: Work, key: str, new: str, keep: str) -> tuple[Glossary, Term, Row]:
    glossary = work.glossary
    term = glossary_work.term_of(glossary, key)
    row = glossary_work.row_of(work.settings, term)
    return glossary, term, rerender(row.path, term, new, keep=keep)


# What they share


def _fresh(work: Work, name: str, ticks: Mapping[str, int]) -> tuple[list[Seen], list[str]]:
    """The ticked units as they are, without those that somebody changed since they were seen; and these."""
    now = work.store.seen(name, ticks)
    kept = [one for unit, one in now.items() if one.version == ticks[unit]]
    whole = {one.unit.id for one in kept}
    return kept, [unit for unit in ticks if unit not in whole]


async def _swept(request: Request, name: str, ticks: Mapping[str, int], label: str, reword: Reword) -> dict[str, Any]:
    """Give the ticked units of a document other words as one step, beside the desk, and let the open document know."""
    desk = desk_of(request)
    done, fresh = await desk.aside(_written, name, ticks, label, person_of(request), reword)
    await desk.do(_take, name, fresh)
    return done


def _written(
    work: Work, name: str, ticks: Mapping[str, int], label: str, by: str, reword: Reword
) -> tuple[dict[str, Any], list[Seen]]:
    """What was done, and the units as they are now; what somebody has changed since it was seen is left, and told."""
    work.known(name)
    for turn in range(TRIES):
        seen, lost = _fresh(work, name, ticks)
        edits = [*_edits(seen, reword(work, seen), by, label)]
        try:
            step = work.store.change(name, edits, by=by, label=label).step if edits else None
            break
        except ConflictError:  # somebody was quicker by a moment: theirs is left too
            if turn == TRIES - 1:
                raise
    ids = [edit.unit.id for edit in edits]
    left = f", {len(lost)} left: changed by somebody meanwhile" if lost else ""
    told = {"step": step, "ids": ids, "lost": lost, "message": f"{_counted(len(ids))} changed{left}."}
    return told, [*work.store.seen(name, ids).values()]


def _edits(seen: Sequence[Seen], targets: Mapping[str, str | Text], by: str, label: str) -> Iterator[Edit]:
    put = editing.retargeted if label == "repeat" else editing.mended  # one was read whole, of the other a few words
    for one in seen:
        target = targets.get(one.unit.id)
        if target is not None and str(target) != one.unit.target.string:
            yield Edit(one.version, reworded(one.unit, target, by, put))


def reworded(unit: Unit, target: str | Text, by: str, put: Callable[[Unit, str | Text, str], Unit]) -> Unit:
    """The unit with other words, even where it is locked, for somebody has ticked it: it stays locked."""
    return editing.locked(put(editing.locked(unit, False), target, by), unit.locked)


def _take(work: Work, name: str, fresh: Sequence[Seen]) -> None:
    """Let a document that is open know; another one is read when it is opened."""
    if fresh and work.is_open(name):
        paper_of(work, name).take(fresh)


def _counted(number: int) -> str:
    return "1 unit" if number == 1 else f"{number:,} units"


def _choice(asked: Mapping[str, Any], name: str, choices: Sequence[str]) -> str:
    value = text(asked.get(name, choices[0]), name)
    if value not in choices:
        raise InputError(f"'{name}' cannot be “{value[:20]}”", "load the page anew")
    return value


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("nothing is ticked", "tick what shall be changed")
    return value


def _ticked(value: Any) -> dict[str, int]:
    """The ticked units, each with the version that was seen."""
    return {unit: whole(version, "version") for unit, version in _table(value).items()}


def _hits(value: Any) -> set[int]:
    """The ticked hits of a unit."""
    hits = _table(value).get("hits")
    if not isinstance(hits, list):
        raise InputError("no hit is ticked", "load the page anew")
    return {whole(hit, "hit") for hit in hits}
