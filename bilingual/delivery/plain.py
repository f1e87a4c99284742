"""Plain text out: blocks with an empty line between them, lists and tables together, notes at the end.

No line is wrapped. A link is followed by its address in brackets, a table has a tab between its cells, a footnote mark
is [1] and so is its note. Words nobody has reviewed stand between ⟨? and ?⟩. A text file has no structure that a new
one would not have, and its pieces may have been put in another order, so none is ever filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingual.bitext import Code, Kind, Text
from bilingual.delivery import UNREVIEWED, Delivered, Delivery, kept_words
from bilingual.delivery.lists import mark_of
from bilingual.delivery.tables import grid, runs
from bilingual.errors import InputError

FORMS: tuple[str, ...] = ()

OPEN, CLOSE = "⟨? ", " ?⟩"
MARKED = re.compile(r"(?:\d{1,9}|[A-Za-z])[.)]|[-*•·●◆■▪○([]")
"""How an item begins that brings its own mark or number."""


def make(delivery: Delivery, suffix: str = ".txt") -> bytes:  # noqa: ARG001 (of one kind)
    """The English as a UTF-8 text file with a line end at its end."""
    parts = [" ".join(delivery.notice.split()), *blocks(delivery.blocks)]
    return ("\n\n".join(part for part in parts if part.strip()) + "\n").encode()


def fill(delivery: Delivery, source: bytes, suffix: str = ".txt") -> bytes:  # noqa: ARG001 (the protocol's)
    """No source is a template for plain text: raises InputError."""
    raise InputError("a text file cannot be filled, only written anew", path=delivery.document.name)


def blocks(items: Sequence[Delivered]) -> Iterator[str]:
    """Each paragraph, list and table as it is written; the notes last."""
    marks = numbers(items)
    notes: list[str] = []
    for run in runs(items):
        kind = run[0].kind
        if kind is Kind.CELL:
            yield "\n".join("\t".join(words(cell, {}, " ") for cell in row).rstrip() for row in grid(run))
        elif kind is Kind.LIST_ITEM:
            yield "\n".join(list_item(one, marks) for one in run)
        elif kind is Kind.NOTE:
            notes += [words(one.text, {}) for one in run]
        else:
            yield from (words(one.text, marks.get(one.block.id, {})) for one in run)
    linked = len(notes) == sum(len(own) for own in marks.values())
    if notes:
        yield "\n".join(f"[{number}] {note}" if linked else note for number, note in enumerate(notes, 1))


def numbers(items: Sequence[Delivered]) -> dict[str, dict[str, str]]:
    """The number of each footnote mark, by block and code."""
    marks: dict[str, dict[str, str]] = {}
    text = [one for one in items if one.kind is not Kind.NOTE]
    places = [(one.block.id, code.id) for one in text for code in one.text.codes if code.type == "fnote"]
    for number, (block, code) in enumerate(places, 1):
        marks.setdefault(block, {})[code] = f"[{number}]"
    return marks


def list_item(one: Delivered, marks: dict[str, dict[str, str]]) -> str:
    """A list item under its fellows."""
    indent = "  " * max(0, one.block.level - 1)
    text = words(one.text, marks.get(one.block.id, {}), "\n" + indent + "  ")
    mark = mark_of(one) or ("" if MARKED.match(text) else "-")
    return f"{indent}{mark}{' ' if mark else ''}{text}"


def words(text: Text, marks: dict[str, str], line: str = "\n") -> str:
    """The text without markup; `line` is what a line break becomes."""
    parts, at = [], 0
    opened: dict[str, int] = {}
    for code in text.codes:
        parts.append(text.string[at : code.position])
        at = code.position
        if code.kind == "open":
            opened[code.id] = at
        parts.append(said(code, text.string[opened.get(code.id, at) : at], marks, line))
    lines = "".join([*parts, " ".join(text.string[at:].splitlines())]).strip()
    return re.sub(r" *\n *(?=\S)", "\n", lines) if line == "\n" else lines


def said(code: Code, inside: str, marks: dict[str, str], line: str) -> str:
    """What a code says in words; `inside` is what stands between a closing code and its opening one."""
    if code.type == UNREVIEWED:
        return OPEN if code.kind == "open" else CLOSE
    if (
        code.type == "link"
        and code.kind == "close"
        and code.href
        and code.href.removeprefix("mailto:") != inside.strip()
    ):
        return f" ({code.href})"
    if code.kind != "empty":
        return ""
    alone = {"lb": line, "tab": "\t" if line == "\n" else " ", "fnote": marks.get(code.id, "")}
    return alone.get(code.type) or kept_words(code)
