"""Plain text: lines to pieces, and those to the blocks of a document.

A line is a paragraph, unless the file was wrapped at a fixed width: then the lines that stop in mid-sentence stop at
the same width, some of them in the middle of a word, and are put together again.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

from bilingual.bitext import Block, Document, Flag, FlagKind, Locator, Span, Template, Text
from bilingual.chinese import is_traditional, to_simplified
from bilingual.documents.encoding import decode
from bilingual.documents.habits import NEAR, word_across
from bilingual.documents.kinds import LIST_ITEM, NUMBERED_HEADING, classify
from bilingual.documents.layout import restore
from bilingual.documents.pieces import Piece, joined

BREAK = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold, and so no file we write (\\f and \\v are breaks, see above)."""

LOST = re.compile("\ufffd")
WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
STOPPED = re.compile(r"[。！？!?…；;：:][”’」』)）】》\"']*$")
BLANK = " \t\u3000\xa0\ufeff\u200b"

SAMPLE = 2000
"""How many characters are looked at to tell the script."""

WRAP_WIDTH = 40
"""The narrowest fixed width, in columns of a terminal, that is taken for a hard wrap; verse is narrower."""

WIDEST_WRAP = 120
"""The widest that is taken for one on the evidence of broken words: what is wider are the halves of torn paragraphs."""

RAGGED = 4
"""How many columns a wrapped line may lack of the full width, for a word or a bracket that did not fit."""

SET_OFF = 12
"""From this indent on, in columns, a line is no running text: a signature, a date, a centred title."""

BROKEN = 4.0
"""From these log odds on, a word stands across a line's end: 40 of 100 lines cut anywhere have one, of lines that end
with a clause 1 in 3,000."""

MOST_LOOKED_AT = 100
"""The most lines that are searched for a broken word."""

TURN = re.compile(r"[\u4e00-\u9fff]{1,6}[:：]")
"""How a speaker's turn begins."""


def read(data: bytes, name: str, progress: object = None) -> Document:  # noqa: ARG001 (a file of one part)
    """The document in a plain text file: its blocks have their kinds and stand in reading order.

    Raises InputError where `decode` does.
    """
    decoded = decode(data, name)
    pieces = in_order(unwrapped(pieces_of(decoded.text)), decoded.text)
    template = Template(name, hashlib.sha256(data).hexdigest(), "text", decoded.encoding)
    return Document(name, "zh", decoded.text, tuple(blocks(pieces)), template, decoded.flags)


def in_order(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces with their kinds, in reading order. The evidence for both is in Simplified words, so a Traditional
    text is looked at in Simplified characters; it comes back in its own."""
    if not is_traditional(text[:SAMPLE]):
        return restore(classify(pieces))
    simplified = [replace(piece, string=to_simplified(piece.string)) for piece in pieces]
    return [replace(piece, string=own_words(piece, text)) for piece in restore(classify(simplified))]


def own_words(piece: Piece, text: str) -> str:
    """What the file says where the piece stands; a line break that reads as a space is one."""
    said = "".join(span.of(text) for span in piece.spans)
    return "".join(" " if read_as == " " else own for read_as, own in zip(piece.string, said, strict=True))


def blocks(pieces: Iterable[Piece]) -> Iterable[Block]:
    """The pieces, which stand in reading order, as blocks."""
    for order, piece in enumerate(pieces):
        yield Block(
            id=f"b{order + 1}",
            kind=piece.kind,
            text=Text(piece.string),
            spans=piece.spans,
            locators=piece.locators,
            level=piece.level,
            order=order,
            repairs=piece.repairs,
            flags=piece.flags,
        )


def pieces_of(text: str) -> list[Piece]:
    """One piece for each line that is not blank, without the white space around it."""
    pieces: list[Piece] = []
    number, start, close = 1, 0, False
    for stop, after, counts in breaks(text):
        line = text[start:stop]
        bare = line.strip(BLANK)
        if bare:
            begin = start + len(line) - len(line.lstrip(BLANK))
            indent = width(line[: begin - start])
            piece = Piece(bare, (Span(begin, begin + len(bare)),), (Locator(line=number),), indent=indent, close=close)
            pieces.append(cleaned(piece))
        close = bool(bare) and counts
        start, number = after, number + counts
    return [piece for piece in pieces if piece.string]


def breaks(text: str) -> Iterable[tuple[int, int, bool]]:
    """Where each line stops, where the next one starts, and whether an editor counts a line there."""
    for found in BREAK.finditer(text):
        yield found.start(), found.end(), found.group()[0] in "\r\n"
    yield len(text), len(text), False


def cleaned(piece: Piece) -> Piece:
    """The piece without characters that no XML file can hold (they become gaps), with a flag for each."""
    if not ILLEGAL.search(piece.string) and "\ufffd" not in piece.string:
        return piece
    base, line = piece.spans[0].start, piece.locators[0].line
    kept: list[Span] = []
    flags: list[Flag] = []
    at = 0
    for found in ILLEGAL.finditer(piece.string):
        kept.append(Span(base + at, base + found.start()))
        flags.append(Flag(FlagKind.CHARACTERS, f"line {line}: control character U+{ord(found.group()):04X} left out"))
        at = found.end()
    kept.append(Span(base + at, base + len(piece.string)))
    spans = tuple(span for span in kept if len(span))
    string = ILLEGAL.sub("", piece.string)
    for found in LOST.finditer(string):
        reason = f"line {line}: the file has U+FFFD here, a character lost before it came to us"
        flags.append(Flag(FlagKind.CHARACTERS, reason, Span(found.start(), found.end())))
    return replace(piece, string=string, spans=spans, locators=(piece.locators[0],) * len(spans), flags=tuple(flags))


def unwrapped(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with the lines of a hard-wrapped file put together to paragraphs; any other file as it is."""
    full = wrap_width(pieces)
    if full is None:
        return pieces
    paragraphs = [pieces[:1]]
    for before, piece in itertools.pairwise(pieces):
        if goes_on(before, piece, full):
            paragraphs[-1].append(piece)
        else:
            paragraphs.append([piece])
    return [together(lines) for lines in paragraphs]


def goes_on(before: Piece, piece: Piece, full: int) -> bool:
    """Whether the second line goes on with the paragraph of the first, in a file wrapped at `full` columns."""
    if not piece.close or piece.indent > before.indent or before.indent >= SET_OFF:
        return False
    if STOPPED.search(before.string[-8:]) and begins(piece):
        return False
    end = reach(before)
    return end >= full - 2 * RAGGED or (2 * end > full and breaks_word(before, piece))


def begins(piece: Piece) -> bool:
    """Whether the line begins something by itself: an item, a numbered heading, a speaker's turn."""
    string = piece.string
    return bool(LIST_ITEM.match(string) or NUMBERED_HEADING.match(string) or TURN.match(string))


def reach(piece: Piece) -> int:
    """The column in which the line ends."""
    return piece.indent + width(piece.string)


def breaks_word(first: Piece, second: Piece) -> bool:
    """Whether a word of the dictionary stands across the end of the first line."""
    if STOPPED.search(first.string[-8:]):
        return False
    tail, head = to_simplified(first.string[-NEAR:]), to_simplified(second.string[:NEAR])
    return word_across(tail, head)[1] > BROKEN


def wrap_width(pieces: list[Piece]) -> int | None:
    """The width at which the file was wrapped, None where it was not.

    A line that another follows at once is cut off where it has no final punctuation. A wrapped file has at least three
    of those, a third of all such lines, and nine in ten of them reach the same width; or they are `broken_up`.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(pieces) if b.close and not begins(a) and a.indent < SET_OFF]
    cut = [(first, second) for first, second in pairs if not STOPPED.search(first.string[-8:])]
    full = max((reach(first) for first, _ in cut), default=0)
    if full < WRAP_WIDTH:
        return None
    reaching = sum(reach(first) >= full - RAGGED for first, _ in cut)
    if len(cut) >= 3 and len(cut) * 3 >= len(pairs) and reaching * 10 >= len(cut) * 9:
        return full
    return full if full <= WIDEST_WRAP and broken_up(cut, full) else None


def broken_up(cut: list[tuple[Piece, Piece]], full: int) -> bool:
    """Whether lines (each with the one that follows) were broken at about the width, by the words that stand across
    their ends; those that do not reach it break one too, or are short (a name, an address, a heading)."""
    odd = [pair for pair in cut if full < 2 * reach(pair[0]) < 2 * (full - 2 * RAGGED)]
    reaching = [pair for pair in cut if reach(pair[0]) >= full - 2 * RAGGED]
    if len(reaching) < 2 or len(reaching) < 2 * len(odd):
        return False
    return any(breaks_word(*pair) for pair in reaching[:MOST_LOOKED_AT]) and all(breaks_word(*pair) for pair in odd)


def together(lines: list[Piece]) -> Piece:
    """The lines of one paragraph as one piece."""
    if len(lines) == 1:
        return lines[0]
    string = "".join(line.string for line in lines)
    spaced = any(line.string[-1] < "\u2e80" for line in lines)
    if spaced or any(line.repairs or line.flags for line in lines):
        whole = lines[0]
        for line in lines[1:]:
            whole = joined(whole, line)
        return whole
    spans = tuple(span for line in lines for span in line.spans)
    locators = tuple(locator for line in lines for locator in line.locators)
    return replace(lines[0], string=string, spans=spans, locators=locators)


def width(string: str) -> int:
    """How many columns a terminal gives the string: Chinese characters and full-width signs take two."""
    return len(string) if string.isascii() else len(string) + len(WIDE.findall(string))
