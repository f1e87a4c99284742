"""JSON Lines for programs: everything we know, one unit a line, any line readable by itself.

The first line tells the languages, a line for each document follows, then the units with their fields as in
`bilingual.bitext`. A unit may also say its texts as plain strings, and fields we do not know survive as `extra`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from bilingual.bitext import Bitext, Document, State, Unit
from bilingual.errors import InputError
from bilingual.safexml import LIMIT
from bilingual.serial import dumps, from_json

_FIELDS = frozenset(field.name for field in fields(Unit))
_SHAPE = 'a line is {"source": "…", "target": "…"} or what `bilingual convert` writes'


class Jsonl:
    """JSON Lines, complete: what `write` was given comes back from `read`."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    holds = _FIELDS

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The lines as a bitext; InputError naming the line where one is broken."""
        whole: Bitext | None = None
        documents: list[Document] = []
        units: list[Unit] = []
        seen: dict[str, int] = {}
        for line, record in _records(stream, path):
            try:
                if "bitext" in record:
                    whole = from_json(Bitext, record["bitext"])
                elif "document" in record:
                    documents.append(from_json(Document, record["document"]))
                else:
                    units.append(_unit(record, line))
                    _once(units[-1].id, line, seen)
            except (ValueError, TypeError, RecursionError) as error:
                raise InputError(f"cannot be read: {error}", _SHAPE, path=path, line=line) from error
        if not seen and whole is None:
            raise InputError("the file is empty", _SHAPE, path=path)
        return replace(whole or Bitext("und", "und", (), ()), documents=tuple(documents), units=tuple(units))

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """UTF-8, a line at a time, and nothing is left out."""
        head = dumps(replace(bitext, documents=(), units=()))
        lines = (f'{{"bitext":{head}}}', *(f'{{"document":{dumps(document)}}}' for document in bitext.documents))
        for line in lines:
            stream.write(f"{line}\n".encode())
        for unit in bitext.units:
            stream.write(f"{dumps(unit)}\n".encode())
        return ()


def _records(stream: BinaryIO, path: Path | str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line that is not blank, with its number, as an object."""
    line = 0
    while data := stream.readline(LIMIT + 1):
        line += 1
        if len(data) > LIMIT:
            raise InputError(f"a line of more than {LIMIT >> 20} MB", "split it into units", path=path, line=line)
        try:
            text = data.decode("utf-8-sig" if line == 1 else "utf-8").strip()
            record = json.loads(text) if text else None
        except UnicodeDecodeError as error:
            raise InputError("is not UTF-8", "save it as UTF-8", path=path, line=line) from error
        except (ValueError, RecursionError) as error:
            raise InputError(f"is no JSON: {error}", "mend the line or delete it", path=path, line=line) from error
        if text and not isinstance(record, dict):
            raise InputError("is no JSON object", _SHAPE, path=path, line=line)
        if record is not None:
            yield line, record


def _unit(record: dict[str, Any], line: int) -> Unit:
    """The unit in a line, ours or one with plain strings; what another program calls otherwise is `extra`."""
    known = {name: value for name, value in record.items() if name in _FIELDS}
    for side in ("source", "target"):
        if isinstance(known.get(side), str):
            known[side] = {"string": known[side]}
    known.setdefault("id", f"row {line}")
    known.setdefault("block", "")
    if isinstance(known["id"], int):
        known["id"] = str(known["id"])
    if "source" not in known:
        raise ValueError("it has no 'source'")
    unit = from_json(Unit, known)
    foreign = tuple((name, value if isinstance(value, str) else dumps(value)) for name, value in record.items()
                    if name not in _FIELDS)  # fmt: skip
    new = "state" not in record and bool(unit.target.string) and bool(foreign or isinstance(record.get("target"), str))
    return replace(unit, state=State.TRANSLATED if new else unit.state, extra=unit.extra + foreign)


def _once(name: str, line: int, seen: dict[str, int]) -> None:
    if name in seen:
        raise ValueError(f"the id {name!r} stands on line {seen[name]} already")
    seen[name] = line
