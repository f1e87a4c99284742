"""The pieces a page is put together from: a stretch of the file that has not been torn, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bilingual.bitext import Flag, Kind, Locator, Repair, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more stretches of the file that read as one.

    `string` is as long as its `spans` together; `locators` says where in the file each span starts. `indent` is the
    width of the white space before it, `close` whether it follows the piece before it without an empty line.
    """

    string: str
    spans: tuple[Span, ...]
    locators: tuple[Locator, ...]
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    indent: int = 0
    close: bool = False
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()


def joined(first: Piece, second: Piece, repair: Repair | None = None, *, spaced: bool | None = None) -> Piece:
    """The two as one piece. Where a space is due between them (Latin on both sides, or `spaced`), the line break before
    the second stands for it. `repair.position`, the seam, is set here; no repair means that nothing was torn."""
    due = needs_space(first.string, second.string) if spaced is None else spaced
    head = second.spans[0]
    due = due and head.start > 0
    seam = len(first.string)
    new = () if repair is None else (replace(repair, position=seam + due),)
    return replace(
        first,
        string=first.string + " " * due + second.string,
        spans=(*first.spans, Span(head.start - due, head.end), *second.spans[1:]),
        locators=first.locators + second.locators,
        repairs=(*first.repairs, *new, *(shifted(r, seam + due) for r in second.repairs if r.kind == "join")),
        flags=first.flags + tuple(later(flag, seam + due) for flag in second.flags),
    )


def needs_space(left: str, right: str) -> bool:
    """Whether a break between the two reads as a space: Chinese has none, Latin words do."""
    return bool(left and right) and latin(left[-1]) and latin(right[0])


def latin(character: str) -> bool:
    """Whether it is a letter or digit of a script that separates words with spaces."""
    return character.isalnum() and character < "\u2e80"


def shifted(repair: Repair, by: int) -> Repair:
    """The repair, its seam `by` code points later."""
    return replace(repair, position=repair.position + by)


def later(flag: Flag, by: int) -> Flag:
    """The flag, its span `by` code points later."""
    return flag if flag.span is None else replace(flag, span=Span(flag.span.start + by, flag.span.end + by))
