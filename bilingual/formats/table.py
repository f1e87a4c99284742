"""The bilingual table: one row a unit in reading order, for people to read, sort and edit; CSV, Excel, Word … show it.

It holds a unit's id, both texts and the state; the other columns are there to be read. What somebody writes into a
column `comment` is a note of the unit. A row with a target and no id, among rows with ids, is one that somebody has
put in: a unit without an id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bilingual.bitext import (
    Bitext,
    Block,
    Candidate,
    Document,
    Flag,
    Kind,
    Locator,
    Note,
    Origin,
    OriginKind,
    Span,
    State,
    TermUse,
    Text,
    Unit,
)  # fmt: skip
from bilingual.errors import InputError
from bilingual.glossary.columns import column_of

COLUMNS = ("id", "kind", "source", "machine", "target", "state", "terms", "flags", "where")
Row = tuple[int, dict[str, str]]
"""Where a row begins (a line, or its number), and its cells by column."""

UNKNOWN = "und"
"""BCP 47's tag for a language nobody has named: the columns do not say."""


def bitext_of(rows: Iterable[Row], path: Path | str | None, what: str) -> Bitext:
    """The rows as units, each with its `machine` column as the one candidate; InputError with every bad row.

    Each row is a block of a document of that name; `what` is the kind of file, for messages.
    """
    blocks: list[Block] = []
    units: list[Unit] = []
    problems: list[str] = []
    taken: dict[str, int] = {}
    nameless: list[str] = []
    start = 0
    for line, given in rows:
        row = {**given, "state": given.get("state", "").strip().lower()}  # people type " Reviewed "
        wrong = _wrong(row, taken)
        if wrong:
            problems.append(f"{path or what}:{line}: {wrong}")
            continue
        taken[row["id"] or f"\x00{line}"] = line
        block = _block(row, line, len(blocks), start)
        start += len(block.text.string) + 1
        blocks.append(block)
        if row["id"] or row["target"]:
            units.append(_unit(row, block))
        if row["target"] and not row["id"]:
            nameless.append(f"{path or what}:{line}: 'id' is empty but there is a target – give the row its id back")
    if nameless and not any(unit.id for unit in units):
        problems += nameless
    if problems:
        more = f" (and {len(problems) - 1} more rows)" if len(problems) > 1 else ""
        raise InputError(f"{problems[0]}{more}", "mend it and run again", problems=tuple(problems))
    text = "\n".join(block.text.string for block in blocks)
    document = Document(Path(path).stem if path else "table", UNKNOWN, text, tuple(blocks))
    return Bitext(UNKNOWN, UNKNOWN, (document,), tuple(units))


def columns_of(titles: Sequence[str], path: Path | str | None, line: int = 1) -> list[str]:
    """What each column holds, told by its title: ours, or a word or language that means a text ("原文", "EN").

    InputError where one of the texts has no column.
    """
    columns = [title.strip().lower() for title in titles]
    for side in ("source", "target"):
        meant = next((at for at, name in enumerate(columns) if name not in COLUMNS and column_of(name) == side), None)
        if side not in columns and meant is not None:
            columns[meant] = side
    missing = [side for side in ("source", "target") if side not in columns]
    if missing:
        hint = f"the first row must name the columns {', '.join(COLUMNS)}"
        raise InputError(f"the column {missing[0]!r} is missing", hint, path=path, line=line)
    return columns


def row_of(columns: Sequence[str], cells: Sequence[str], line: int) -> dict[str, str]:
    """A row's cells by column. Where a table has no column of ids, its rows are numbered."""
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    row = dict(zip(reversed(columns), reversed(padded[: len(columns)]), strict=True))  # of two equal titles the first
    return row if "id" in row else row | {"id": f"row {line}" if row["source"] or row["target"] else ""}


def block_name(row: dict[str, str], line: int) -> str:
    """The id of a row's block; one that no unit has where the row has none."""
    return row["id"] or f"without id, {line}"


def cells_of(bitext: Bitext) -> Iterator[tuple[str, ...]]:
    """The rows, a cell for each of COLUMNS: the units of each source block in the order of the page, a block without
    any by itself."""
    blocks = [block for document in bitext.documents if _is_source(document, bitext) for block in document.blocks]
    kinds = {block.id: block.kind.value for block in blocks}
    of_block: dict[str, list[Unit]] = {}
    for unit in bitext.units:
        of_block.setdefault(unit.block if unit.block in kinds else "", []).append(unit)
    for block in blocks:
        units = of_block.pop(block.id, None)
        if units is None:
            yield (
                "",
                block.kind.value,
                block.text.string,
                "",
                "",
                "",
                "",
                flags_cell(block.flags),
                where_cell(block.locators),
            )
            continue
        for unit in sorted(units, key=lambda unit: unit.span.start):
            yield _row(unit, block.kind.value)
    for units in of_block.values():  # in no document: an aligned pair, or a unit from another tool
        for unit in units:
            yield _row(unit, kinds.get(unit.block, ""))


def terms_cell(terms: Sequence[TermUse]) -> str:
    """Terms for a reader: "世界互联网大会=World Internet Conference [enforced]; …"."""
    return "; ".join(f"{use.source}={use.target or '?'} [{use.outcome.value}]" for use in terms)


def flags_cell(flags: Sequence[Flag]) -> str:
    """Flags for a reader: "number: 30亿 is not in the English; …"."""
    return "; ".join(f"{flag.kind.value}: {flag.reason}" for flag in flags)


def where_cell(locators: Sequence[Locator]) -> str:
    """Places for a reader: "lines 9, 51" or "page 2, line 4"."""
    lines = dict.fromkeys(
        str(place.line) for place in locators if place == Locator(place.line) and place.line is not None
    )
    parts = [_place(place) for place in locators if place != Locator(place.line)]
    if lines:
        parts.insert(0, f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}")
    return "; ".join(part for part in dict.fromkeys(parts) if part)


def _place(place: Locator) -> str:
    given = (("page", place.page), ("paragraph", place.paragraph), ("cell", place.cell), ("cue", place.cue),
             ("line", place.line))  # fmt: skip
    told = [f"{name} {value}" for name, value in given if value is not None]
    return ", ".join([place.part, *told] if place.part else told)


def _is_source(document: Document, bitext: Bitext) -> bool:
    return document.language == bitext.source_language or document.language != bitext.target_language


def _row(unit: Unit, kind: str) -> tuple[str, ...]:
    machine = next((c.target.string for c in unit.candidates if c.origin.kind is OriginKind.MACHINE), "")
    return (
        unit.id, kind, unit.source.string, machine, unit.target.string, unit.state.value,
        terms_cell(unit.terms), flags_cell(unit.flags), where_cell(unit.source_locators),
    )  # fmt: skip


def _wrong(row: dict[str, str], taken: dict[str, int]) -> str:
    """What is wrong with a row, in words; empty where nothing is."""
    if row["id"] in taken:
        stands = f"'id' {row['id']!r} stands on line {taken[row['id']]} already"
        return f"{stands} – delete one of the rows, or empty its id if it is a new one"
    if row.get("state") and row["state"] not in set(State):
        return f"'state' is {row['state']!r} – write one of {', '.join(State)}"
    if row.get("kind") and row["kind"] not in set(Kind):
        return f"'kind' is {row['kind']!r} – write one of {', '.join(Kind)}"
    return ""


def _block(row: dict[str, str], line: int, order: int, start: int) -> Block:
    source = Text(row["source"])
    span = Span(start, start + len(source.string))
    kind = Kind(row.get("kind") or Kind.PARAGRAPH)
    return Block(block_name(row, line), kind, source, (span,), (Locator(line=line),), order=order)


def _unit(row: dict[str, str], block: Block) -> Unit:
    machine = Origin(OriginKind.MACHINE)
    proposed = Text(row.get("machine", ""))
    target = Text(row["target"])
    return Unit(
        id=row["id"],
        block=block.id,
        source=block.text,
        target=target,
        span=Span(0, len(block.text.string)),
        state=State(row.get("state") or _state(target, proposed)),
        origin=machine if target == proposed and target.string else None,
        candidates=(Candidate(proposed, machine),) if proposed.string else (),
        notes=(Note(row["comment"].strip()),) if row.get("comment", "").strip() else (),
    )


def _state(target: Text, proposed: Text) -> State:
    """The state of a row that does not say: words that are not the machine's are a person's."""
    if not target.string:
        return State.NEW
    return State.DRAFT if target == proposed else State.TRANSLATED
