"""The glossary from the page: its tables, a term added, where one occurs, and what another rendering would change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilingual.bitext import Bitext, Term, TermKind, TermStatus, Unit
from bilingual.coverage import Use, occurrences
from bilingual.errors import ConflictError, InputError
from bilingual.files import atomic_write, sha256_of
from bilingual.glossary import Glossary, problems_in
from bilingual.glossary.delimited import write_csv
from bilingual.glossary.problems import Row
from bilingual.glossary.tables import files_of
from bilingual.glossary.writing import add, open_elsewhere
from bilingual.review.marked import marked
from bilingual.review.renaming import Change, Left, renamed
from bilingual.settings import Settings
from bilingual.store import Seen, Store

NEW = "new"
"""What stands for a table that is to be made."""

NEW_NAME = "terms.csv"

USES = 500
"""Occurrences that are shown; the number of all is told."""

CHANGES = 2000
"""Units that are changed at a time."""

STATUSES = (TermStatus.PROPOSED, TermStatus.APPROVED, TermStatus.KEEP, TermStatus.DEPRECATED)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table of the glossary: its number, as the page names it, and its file."""

    number: str
    path: Path
    told: str
    open: bool = False


def tables(settings: Settings) -> list[TableFile]:
    """The tables that a term can be added to, in the order in which they count; a new one last, if there may be one."""
    files = [] if _brought(settings) else _files(settings)
    found = [TableFile(str(at), path, path.name, open_elsewhere(path) is not None) for at, path in enumerate(files)]
    own = settings.folder / "glossary" / NEW_NAME
    if not settings.glossary and not own.exists():
        more = ", beside a copy of those that come with bilingual" if _brought(settings) else ""
        found.append(TableFile(NEW, own, f"a new table of this project, glossary/{NEW_NAME}{more}"))
    return found


def _brought(settings: Settings) -> bool:
    """Whether the glossary in use is the one that comes with bilingual, which nothing may be written to."""
    return not settings.glossary and not (settings.folder / "glossary").is_dir()


def _files(settings: Settings) -> list[Path]:
    try:
        return [path for _, path in files_of(settings.glossary_paths())]
    except InputError:
        if settings.glossary:
            raise
        return []  # the folder is there, and empty


def table_of(settings: Settings, number: str, name: str) -> TableFile:
    """The table of a number that the page was told, if it is still of that name."""
    found = next((table for table in tables(settings) if table.number == number), None)
    if found is None or (number != NEW and found.path.name != name):
        raise ConflictError("the tables of the glossary are others now", "open the form again and choose one")
    return found


def term_from(given: Mapping[str, Any]) -> Term:
    """The term that a form describes; InputError for what cannot be one."""
    words = {name: _line(given.get(name, ""), name) for name in ("source", "target", "note", "reference", "admitted")}
    try:
        kind, status = TermKind(given.get("kind") or "phrase"), TermStatus(given.get("status") or "proposed")
    except ValueError as error:
        choices = f"kinds are {', '.join(TermKind)}; statuses {', '.join(TermStatus)}"
        raise InputError(f"the term has an unknown kind or status ({error})", choices) from error
    if given.get("case") not in (None, True, False):
        raise InputError("'case' is yes or no", "load the page anew")
    return Term(
        words["source"], words["source"], words["target"], kind=kind, status=status, note=words["note"],
        reference=words["reference"], case=bool(given.get("case")),
        admitted=tuple(part.strip() for part in words["admitted"].split("|") if part.strip()),
    )  # fmt: skip


def _line(value: Any, name: str) -> str:
    if not isinstance(value, str) or len(value) > 2000:
        raise InputError(f"'{name}' is no text, or a very long one", "write a short one")
    return " ".join(value.split())


def added(settings: Settings, table: TableFile, term: Term) -> Row:
    """The term written to the table, which is made where it is the new one."""
    if table.number == NEW:
        _make(settings, table.path)
    return add(settings.glossary_paths(), table.path, term)


def _make(settings: Settings, path: Path) -> None:
    """A new table; where the glossary in use is the one that comes with bilingual, its tables are copied beside it, for
    it counts no more once the project has a glossary of its own."""
    if not _brought(settings):
        with atomic_write(path) as stream:
            write_csv([], stream)
        return
    whole = path.parent.with_name(f".glossary-{os.getpid()}.new")  # all of it or nothing becomes the glossary
    for file in _files(settings):
        with atomic_write(whole / file.name) as stream:
            stream.write(file.read_bytes())
    with atomic_write(whole / path.name) as stream:
        write_csv([], stream)
    whole.rename(path.parent)


def key_of(term: Term) -> str:
    """What the page calls a term by: another one as soon as anything of the entry is another."""
    return sha256_of(repr(term).encode("utf-8", "backslashreplace"))[:24]


def term_of(glossary: Glossary, key: str) -> Term:
    """The term that the page means; ConflictError where the entry is another now."""
    found = next((term for term in glossary.terms if key_of(term) == key), None)
    if found is None:
        raise ConflictError("the entry was changed meanwhile", "search for it again")
    return found


def row_of(settings: Settings, term: Term) -> Row:
    """Where the term stands."""
    found = next((row for row in problems_in(settings.glossary_paths()).rows if row.term == term), None)
    if found is None:
        raise ConflictError("the entry was changed meanwhile", "search for it again")
    return found


def bitexts(store: Store) -> Iterator[tuple[str, list[Seen]]]:
    """Every document of the store, one after the other."""
    for name in store.names():
        yield name, store.window(name, 0, 1 << 40)


def uses_in(name: str, seen: Iterable[Seen], glossary: Glossary, term: Term) -> list[Use]:
    """The occurrences of a term in some units of a document."""
    units = tuple(one.unit for one in seen)
    return [*occurrences([(name, Bitext("zh", "en", (), units))], glossary, term)]


def everywhere(store: Store, glossary: Glossary, term: Term) -> dict[str, Any]:
    """All occurrences of a term, by document, and how many come to what."""
    documents, shown, outcomes = [], 0, dict[str, int]()
    for name, seen in bitexts(store):
        numbers = {one.unit.id: one.place + 1 for one in seen}
        uses = uses_in(name, seen, glossary, term)
        for use in uses:
            outcomes[use.outcome.value] = outcomes.get(use.outcome.value, 0) + 1
        if uses:
            told = [_use(use, numbers[use.unit]) for use in uses[: max(0, USES - shown)]]
            documents.append({"name": name, "count": len(uses), "uses": told})
            shown += len(told)
    return {"documents": documents, "count": sum(outcomes.values()), "outcomes": outcomes}


def _use(use: Use, number: int) -> dict[str, Any]:
    return {
        "id": use.unit, "number": number, "outcome": use.outcome.value, "forbidden": use.forbidden,
        "source": marked(use.source, [use.span]),
        "target": marked(use.target, [use.said] if use.said else []),
    }  # fmt: skip


def previewed(store: Store, glossary: Glossary, term: Term, new: str) -> dict[str, Any]:
    """What another rendering of a term would change in every document, each unit before and after."""
    new = _rendering(term, new)
    documents, count = [], 0
    for name, seen in bitexts(store):
        by_id = {one.unit.id: one for one in seen}
        changes, left = _renamed(name, [one.unit for one in seen], glossary, term, new)
        if changes or left:
            documents.append({
                "name": name,
                "changes": [_change(change, by_id[change.unit.id]) for change in changes[: max(0, CHANGES - count)]],
                "left": [_left(one, by_id[one.unit].place + 1) for one in left[:USES]],
                "more": max(0, len(changes) - max(0, CHANGES - count)),
            })  # fmt: skip
            count += len(changes)
    return {"documents": documents, "count": count, "target": new}


def _rendering(term: Term, new: str) -> str:
    new = _line(new, "target")
    if not new or new == term.target:
        raise InputError("there is no other rendering yet", "write what the term shall be called")
    return new


def _renamed(name: str, units: list[Unit], glossary: Glossary, term: Term, new: str) -> tuple[list[Change], list[Left]]:
    uses = [*occurrences([(name, Bitext("zh", "en", (), tuple(units)))], glossary, term)]
    return renamed(units, uses, term, new)


def _change(change: Change, seen: Seen) -> dict[str, Any]:
    return {
        "id": change.unit.id, "number": seen.place + 1, "version": seen.version, "state": change.unit.state.value,
        "before": change.before, "after": change.after, "notes": change.notes, "ticked": change.ticked,
    }  # fmt: skip


def _left(left: Left, number: int) -> dict[str, Any]:
    return {"id": left.unit, "number": number, "source": left.source, "target": left.target, "why": left.why}


def rewritten(name: str, seen: Iterable[Seen], glossary: Glossary, term: Term, new: str) -> dict[str, str]:
    """What the targets of these units of a document become, by id, when the term is called `new`."""
    units = [one.unit for one in seen]
    return {change.unit.id: change.target for change in _renamed(name, units, glossary, term, new)[0]}
