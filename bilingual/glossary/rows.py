"""One row of a glossary table: what may stand in its cells, the term they make, and the cells a term makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.chinese import has_chinese
from bilingual.glossary.conditions import is_condition

COLUMNS = (
    "id", "source", "target", "admitted", "forbidden", "kind", "status", "domain", "when", "case", "note", "reference",
    "definition", "part_of_speech", "example",
)  # fmt: skip
REQUIRED = ("source", "target")
LONGEST = 500
"""No name is longer, in characters: what is has come from a quotation mark out of place."""

_ILLEGAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What cannot stand inside one line of text; a rendering is put into a sentence."""

_YES = {"yes", "true", "1", "x"}
_NO = {"", "no", "false", "0"}
_LINES = ("id", "source", "target", "admitted", "forbidden", "when")


def faults(row: Mapping[str, str]) -> Iterator[str]:
    """Everything that keeps a row (a cell for each of COLUMNS, stripped) from being a term, in words."""
    keep = row["status"] == TermStatus.KEEP
    for name in REQUIRED:
        if not row[name] and not (keep and name == "target"):
            yield f"'{name}' is empty – fill it or delete the row"
    for name, kinds in (("kind", TermKind), ("status", TermStatus)):
        if row[name] and row[name] not in _VALUES[kinds]:
            yield f"{name} '{row[name]}' is unknown – one of {', '.join(kinds)}"
    if row["case"].lower() not in _YES | _NO:
        yield f"case '{row['case']}' is unknown – yes or empty"
    if not is_condition(row["when"]):
        yield f"when '{row['when']}' is unknown – always, exact, near:…, not near:…, not before:… or not after:…"
    yield from _unfit(row)
    renderings = [row["target"], *listed(row["admitted"])]
    if not keep and any(has_chinese(rendering) for rendering in renderings):
        yield "a rendering holds Chinese – write English, or set the status to keep"
    if row["forbidden"]:
        both = {r.lower() for r in renderings} & {f.lower() for f in listed(row["forbidden"])}
        if both:
            yield f"'{sorted(both)[0]}' is both a rendering and forbidden – take it out of one"


def _unfit(row: Mapping[str, str]) -> Iterator[str]:
    """What no cell may hold that becomes a part of a line."""
    if _ILLEGAL.search("".join(row[name] for name in _LINES)):
        for name in _LINES:
            if found := _ILLEGAL.search(row[name]):
                yield f"'{name}' holds the control character U+{ord(found.group()):04X} – take it out"
    for name in _LINES:
        if len(row[name]) > LONGEST and any(len(part) > LONGEST for part in listed(row[name])):
            yield f"'{name}' holds more than {LONGEST} characters – look for a quotation mark out of place"


_VALUES = {kinds: frozenset(kinds) for kinds in (TermKind, TermStatus)}


def term_of(row: Mapping[str, str]) -> Term:
    """The term of a row without faults."""
    return Term(
        id=row["id"] or row["source"],
        source=row["source"],
        target=row["source"] if row["status"] == TermStatus.KEEP else row["target"],
        admitted=listed(row["admitted"]),
        forbidden=listed(row["forbidden"]),
        kind=TermKind(row["kind"] or TermKind.PHRASE),
        status=TermStatus(row["status"] or TermStatus.APPROVED),
        domain=row["domain"],
        when=row["when"] or "always",
        case=row["case"].lower() in _YES,
        note=row["note"],
        reference=row["reference"],
        definition=row["definition"],
        part_of_speech=row["part_of_speech"],
        example=row["example"],
    )


def cells_of(term: Term) -> dict[str, str]:
    """The inverse of `term_of`: a cell for each of COLUMNS."""
    return {
        "id": term.id, "source": term.source, "target": term.target, "admitted": "|".join(term.admitted),
        "forbidden": "|".join(term.forbidden), "kind": term.kind.value, "status": term.status.value,
        "domain": term.domain, "when": term.when, "case": "yes" if term.case else "", "note": term.note,
        "reference": term.reference, "definition": term.definition, "part_of_speech": term.part_of_speech,
        "example": term.example,
    }  # fmt: skip


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several renderings."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()
