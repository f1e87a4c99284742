"""Many units changed at once, each of them seen before and after first: replacements, repetitions, another rendering.

What somebody ticked is done as one step of its document, with the version that was seen of each unit: a unit that
somebody else has changed meanwhile is left as it is, and told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bilingual import editing
from bilingual.bitext import Term, Text, Unit
from bilingual.errors import InputError
from bilingual.glossary import Glossary
from bilingual.glossary.problems import Row
from bilingual.glossary.writing import rerender
from bilingual.review import filters, glossary_work, repeating, replace
from bilingual.review.acts import text, whole
from bilingual.review.desk import Work
from bilingual.review.paper import Paper, paper_of
from bilingual.review.patterns import Search
from bilingual.review.web import MissingError, answer, desk_of, given, person_of
from bilingual.store import Edit, Seen

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def preview_replace(request: Request) -> Response:
    """Every hit in what the filter shows, before and after."""
    name, asked = request.path_params["name"], await given(request)
    replacement = _replacement(asked)
    units = await _chosen(request, name, text(asked.get("filter", ""), "filter"))
    hits, more = await asyncio.to_thread(replace.preview, units, replacement)
    seen = await desk_of(request).do(_seen, name, [hit.unit for hit in hits])
    return answer({
        "hits": [_hit(hit, seen[hit.unit]) for hit in hits if hit.unit in seen], "more": more, "units": len(units),
    })  # fmt: skip


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
    chosen = filters.read(parse_qsl(query.removeprefix("?")))
    paper, units = await desk.do(_opened, name)
    if not chosen:
        return units
    if chosen.finding:
        while await desk.do(_advanced, name):
            pass
    ids = await asyncio.to_thread(filters.shown, chosen, units, dict(paper.findings), paper.repeated)
    wanted = set(ids)
    return [unit for unit in units if unit.id in wanted]


def _advanced(work: Work, name: str) -> bool:
    return paper_of(work, name).advance(work.store)


def _opened(work: Work, name: str) -> tuple[Paper, list[Unit]]:
    paper = paper_of(work, name)
    return paper, paper.everything(work.store)


async def replace_hits(request: Request) -> Response:
    """The ticked hits replaced, as one step."""
    name, asked, by = request.path_params["name"], await given(request), person_of(request)
    replacement = _replacement(asked)
    ticked = _table(asked.get("ticked"))
    hits = {unit: _hits(value) for unit, value in ticked.items()}
    ticks = _ticked({unit: value.get("version") for unit, value in ticked.items()})
    return answer(await desk_of(request).do(_replaced, name, ticks, hits, replacement, by))


def _replaced(
    work: Work, name: str, ticks: Mapping[str, int], hits: Mapping[str, set[int]],
    replacement: replace.Replacement, by: str,
) -> dict[str, Any]:  # fmt: skip
    seen, lost = _fresh(work, name, ticks)
    targets = {one.unit.id: replacement.done(one.unit.target.string, hits[one.unit.id]) for one in seen}
    return _done(work, name, seen, targets, lost, by, "replace")


def _replacement(asked: Mapping[str, Any]) -> replace.Replacement:
    flags = {name: bool(asked.get(name)) for name in ("regular", "case", "whole")}
    return replace.Replacement(Search(text(asked.get("find", ""), "find"), **flags), text(asked.get("new", ""), "new"))


async def repetitions(request: Request) -> Response:
    """The same sentence elsewhere, and what its translation would become there."""
    name, unit_id = request.path_params["name"], request.path_params["id"]
    _, units = await desk_of(request).do(_opened, name)
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
    name, asked, by = request.path_params["name"], await given(request), person_of(request)
    ticks = _ticked(asked.get("ticked"))
    return answer(await desk_of(request).do(_repeated, name, text(asked.get("id"), "unit"), ticks, by))


def _repeated(work: Work, name: str, unit_id: str, ticks: Mapping[str, int], by: str) -> dict[str, Any]:
    unit = paper_of(work, name).unit(work.store, unit_id).unit
    if not unit.target.string.strip():
        raise InputError("this unit has no translation to repeat", "write one first")
    seen, lost = _fresh(work, name, ticks)
    same = {one.unit.id for one in repeating.repetitions([one.unit for one in seen], unit)}
    targets = {one.unit.id: repeating.retold(one.unit, unit) for one in seen if one.unit.id in same}
    return _done(work, name, seen, targets, lost, by, "repeat")


async def rename_term(request: Request) -> Response:
    """The entry given another rendering, and the ticked units with it: one step a document."""
    asked, by, desk = await given(request), person_of(request), desk_of(request)
    new, keep = (
        " ".join(text(asked.get("target"), "target").split()),
        _choice(asked, "keep", ("", "admitted", "forbidden")),
    )
    chosen = {name: _ticked(units) for name, units in _table(asked.get("ticked")).items()}
    old, term, row = await desk.aside(_rerendered, text(asked.get("key"), "key"), new, keep)
    done = [await desk.do(_retermed, name, ticks, old, term, new, by) for name, ticks in chosen.items()]
    return answer({"place": f"{row.path.name}, line {row.line}", "documents": done,
                   "key": glossary_work.key_of(row.term)})  # fmt: skip


def _rerendered(work: Work, key: str, new: str, keep: str) -> tuple[Glossary, Term, Row]:
    glossary = work.glossary
    term = glossary_work.term_of(glossary, key)
    row = glossary_work.row_of(work.settings, term)
    return glossary, term, rerender(row.path, term, new, keep=keep)


def _retermed(
    work: Work, name: str, ticks: Mapping[str, int], glossary: Glossary, term: Term, new: str, by: str
) -> dict[str, Any]:
    work.known(name)
    seen, lost = _fresh(work, name, ticks)
    targets = glossary_work.rewritten(name, seen, glossary, term, new)
    return {"name": name} | _done(work, name, seen, targets, lost, by, "term")


# What they share


def _fresh(work: Work, name: str, ticks: Mapping[str, int]) -> tuple[list[Seen], list[str]]:
    """The ticked units as they are, without those that somebody changed since they were seen; and these."""
    now = work.store.seen(name, ticks)
    kept = [one for unit, one in now.items() if one.version == ticks[unit]]
    whole = {one.unit.id for one in kept}
    return kept, [unit for unit in ticks if unit not in whole]


def _done(
    work: Work, name: str, seen: Sequence[Seen], targets: Mapping[str, str | Text], lost: Sequence[str], by: str,
    label: str,
) -> dict[str, Any]:  # fmt: skip
    """The new targets as one step of the document; what was done, and what was left because it had changed."""
    edits = [
        Edit(one.version, reworded(one.unit, targets[one.unit.id], by))
        for one in seen
        if one.unit.id in targets and str(targets[one.unit.id]) != one.unit.target.string
    ]
    done = work.store.change(name, edits, by=by, label=label) if edits else None
    ids = [edit.unit.id for edit in edits]
    _take(work, name, ids)
    told = f"{_counted(len(ids))} changed" + (f", {len(lost)} left: changed by somebody meanwhile" if lost else "")
    return {"step": done.step if done else None, "ids": ids, "lost": [*lost], "message": f"{told}."}


def reworded(unit: Unit, target: str | Text, by: str) -> Unit:
    """The unit with other words, even where it is locked, for somebody has ticked it: it stays locked."""
    done = editing.retargeted(editing.locked(unit, False), target, by)
    return editing.locked(done, unit.locked)


def _take(work: Work, name: str, ids: Sequence[str]) -> None:
    """Let the open document know; one that is not open reads it when it is opened."""
    paper = paper_of(work, name)
    paper.take(work.store.seen(name, ids).values())


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
