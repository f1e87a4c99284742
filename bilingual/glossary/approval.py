"""From proposed to approved: one word changed in the file in which the entry stands, every other byte as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingual.bitext import TermStatus
from bilingual.errors import InputError
from bilingual.files import atomic_write, exclusive
from bilingual.glossary.matching import normal_form
from bilingual.glossary.places import records
from bilingual.glossary.problems import Row
from bilingual.glossary.tables import files_of, read_table


@dataclass(frozen=True, slots=True)
class Approved:
    """What became of the entries that were named: those that are now approved, and those that were so before."""

    now: tuple[Row, ...]
    before: tuple[Row, ...]


def approve(paths: Iterable[Path], names: Sequence[str]) -> Approved:
    """Approve every proposed entry in `paths` that has one of `names` as its id, else as its Chinese.

    Nothing is written unless all can be. Raises InputError for a name that no entry has, an id that stands for
    different entries, and an entry that is neither proposed nor approved.
    """
    files = [path for _, path in files_of(paths)]
    with exclusive(files):  # between reading and writing no other approval may come
        rows = [row for path in files for row in read_table(path).rows]
        chosen = list(dict.fromkeys(row for name in names for row in _named(rows, name.strip())))
        now = tuple(row for row in chosen if row.term.status is TermStatus.PROPOSED)
        for path in dict.fromkeys(row.path for row in now):
            _rewrite(path, {row.line for row in now if row.path == path})
    return Approved(now, tuple(row for row in chosen if row not in now))


def _named(rows: Sequence[Row], name: str) -> list[Row]:
    form = normal_form(name)
    by_id = [row for row in rows if row.term.id == name]
    found = by_id or [row for row in rows if normal_form(row.term.source) == form]
    if not found:
        raise InputError(
            f"no entry has the id or the Chinese '{name}'", f"look with `bilingual glossary find '{name}'`"
        )
    if by_id and len({row.term.source for row in by_id}) > 1:
        places = " and ".join(row.place for row in by_id)
        raise InputError(f"the id '{name}' stands at {places}", "name the Chinese instead")
    usable = [row for row in found if row.term.status in {TermStatus.PROPOSED, TermStatus.APPROVED}]
    if not usable:
        row = found[0]
        message = f"'{row.term.source}' is {row.term.status.value}, not proposed"
        raise InputError(message, "change its status in the file", path=row.path, line=row.line)
    return usable


def _rewrite(path: Path, lines: set[int]) -> None:
    data = path.read_bytes()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode("utf-8")
    changed = _approved(text, lines)
    with atomic_write(path) as stream:
        stream.write(mark + changed.encode("utf-8"))


def _approved(text: str, lines: set[int]) -> str:
    """The table with the status of the rows that begin on `lines` changed."""
    column: int | None = None
    parts: list[str] = []
    end = 0
    for line, cells in records(text):
        if column is None:
            names = [text[start:stop].strip(' "').lower() for start, stop in cells]
            column = names.index("status") if "status" in names else None
            if column is None and len(names) > 1:
                return text
        elif line in lines:
            start, stop = cells[column]
            parts += [text[end:start], text[start:stop].replace(TermStatus.PROPOSED, TermStatus.APPROVED, 1)]
            end = stop
    return "".join([*parts, text[end:]])
