"""What stands where on a page of a PDF? Characters, pictures, boxes and rules, seen from the page's top left corner.

The only module that speaks to PDFium. A page is closed before the next one is opened, so memory does not grow.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from bilingual.documents.pdf.shapes import Box, View, shapes
from bilingual.errors import InputError

MOST_CHARACTERS = 200_000
"""The most characters of one page that are read; a full newspaper page has some 15,000."""

SMALLEST = 0.5
"""Text of less than this many points cannot be seen or read."""

LINE_ENDS = frozenset({0x00, 0x0A, 0x0D})
HYPHENS = frozenset({0x02, 0xAD})
"""How PDFium gives a hyphen that ends a line inside a word, and how some files write it."""

HYPHEN = "\xad"
"""What stands for such a hyphen until the line is joined to the next."""

BLANK = " \t\u3000\xa0\ufeff\u200b\u2002\u2003\u2009"
BOLD = ("bold", "black", "heavy", "simhei", "heiti")

NO_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*/Count\s+0\b|/Count\s+0\b[^>]*/Type\s*/Pages\b")

PAIRS = (
    "⺁厂⺟母⺠民⺫目⺬示⺮竹⺸羊⺼肉⻀艹⻁虎⻂衣⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻐钅⻑长⻓长⻔门⻕阝⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻟食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⺌小⺏尢⺝月⺡氵⺢水⺣灬⺦丬⺨犭⺩王⺭礻⺰纟⺱罒⺲罒⺳罒⺶羊⺷羊⺹耂⺻聿⺽臼⺾艹⺿艹"
)
RADICALS = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))
"""Radicals that some programs write instead of the characters that look the same; Unicode itself unites the rest."""


class Glyph(NamedTuple):
    """A character that can be seen: its box in points, the point where it stands on its line (`x`, `y`), its size.

    `space` is the white space before it in the file, "" where there is none; `font` names its look; `turn` is how many
    quarters its line is turned to the right, 4 for anything between.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float
    size: float
    font: str
    bold: bool
    space: str
    turn: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is drawn. `shapes` are the boxes of what is no text: pictures, frames, rules.

    `unreadable` counts characters whose font does not say what they are, `outside` those beyond the page's edge, `more`
    those past MOST_CHARACTERS; none of them is among the glyphs, but for the unreadable.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    pictures: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    unreadable: int = 0
    outside: int = 0
    more: int = 0


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The PDF in `data`; raises InputError for one that needs a password, is broken or has no page."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise refusal(str(error), data, name) from error
    try:
        if len(pdf) == 0:
            raise InputError("the PDF has no pages", "export it again", path=name)
        yield pdf
    finally:
        pdf.close()


def refusal(said: str, data: bytes, name: str) -> InputError:
    """What to tell about a PDF that does not open."""
    if NO_PAGES.search(data):  # PDFium has no error of its own for this, and gives that of the file before
        return InputError("the PDF has no pages", "export it again", path=name)
    if "password" in said.lower():
        return InputError("the PDF is protected by a password", "give the file without one", path=name)
    if "security" in said.lower():
        hint = "open it where it can be opened, and print it to a new PDF"
        return InputError("the PDF is encrypted in a way that is not supported", hint, path=name)
    if not data.strip():
        return InputError("the file is empty", "check where it comes from", path=name)
    if b"%PDF-" not in data[:1024]:
        return InputError("this is no PDF, whatever its name says", "check where it comes from", path=name)
    cut = b"%%EOF" not in data[-2048:]
    what = "the PDF is cut off before its end" if cut else "the PDF is broken and cannot be opened"
    return InputError(what, "get the file again, or open it in a browser and print it to a new PDF", path=name)


def sheet(pdf: Any, index: int) -> Sheet | None:
    """Page `index` (from 0) as it is drawn; None where the page is broken."""
    import pypdfium2

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        view = view_of(page)
        text = page.get_textpage()
        try:
            seen = Reading(view)
            seen.read(text.raw)
        finally:
            text.close()
        pictures, frames, rules = shapes(page, view)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    more = (seen.unreadable, seen.outside, seen.more)
    return Sheet(index + 1, *view.size, tuple(seen.glyphs), pictures, frames, rules, *more)


def view_of(page: Any) -> View:
    """How a page is seen."""
    left, bottom, right, top = page.get_bbox()
    return View(left, bottom, right, top, page.get_rotation() // 90 % 4)


@dataclass(frozen=True, slots=True)
class Look:
    """What the characters of one drawing instruction share."""

    size: float
    turn: int
    font: str
    bold: bool


class Reading:
    """The glyphs of one page, in the order of the file, and what could not be read of it."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.glyphs: list[Glyph] = []
        self.unreadable = self.outside = self.more = 0
        self.looks: dict[int, Look] = {}
        self.places: dict[tuple[str, int, int], list[tuple[Glyph, int]]] = {}
        self.space = ""
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.rect: Any = None

    def read(self, text: Any) -> None:
        """Take in the characters of a page."""
        from pypdfium2 import raw

        count = max(0, raw.FPDFText_CountChars(text))
        self.more = max(0, count - MOST_CHARACTERS)
        self.rect = raw.FS_RECTF()
        high = 0
        for i in range(min(count, MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(text, i)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            if code in LINE_ENDS or raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            self.take(raw, text, i, readable(code))

    def take(self, raw: Any, text: Any, i: int, string: str) -> None:
        """Add the character at `i`, if there is anything to be seen."""
        if not string.strip(BLANK):
            self.space = string or self.space
            return
        owner = owner_of(raw, text, i)
        look = self.look(raw, text, i, owner)
        rect, x, y = self.rect, self.x, self.y
        raw.FPDFText_GetLooseCharBox(text, i, rect)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        box = self.view.box(rect.left, rect.bottom, rect.right, rect.top)
        if look.size < SMALLEST or not all(map(math.isfinite, (*box, x.value, y.value))):
            return
        width, height = self.view.size
        if box.right <= 0 or box.bottom <= 0 or box.left >= width or box.top >= height:
            self.outside += 1
            return
        place = self.view.point(x.value, y.value)
        glyph = Glyph(string, *box, *place, look.size, look.font, look.bold, self.space, look.turn)
        if self.drawn_before(glyph, owner):
            return
        self.unreadable += lost(string) or raw.FPDFText_HasUnicodeMapError(text, i) == 1
        self.glyphs.append(glyph)
        self.space = ""

    def look(self, raw: Any, text: Any, i: int, owner: int) -> Look:
        """Size, direction and font of the character at `i`: asked once for each drawing instruction."""
        if not owner or owner not in self.looks:
            self.looks[owner] = look_of(raw, text, i, self.view.turn)
        return self.looks[owner]

    def drawn_before(self, glyph: Glyph, owner: int) -> bool:
        """Whether another instruction drew the same character at this place: a shadow, or bold made by drawing twice.
        (The letters of a ligature share a place too, but come from one instruction.)"""
        near = min(0.2 * glyph.size, 0.5 * max(glyph.right - glyph.left, 0.1))
        column, row = int(glyph.x / glyph.size), int(glyph.y / glyph.size)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other, drawer in self.places.get((glyph.text, column + dx, row + dy), ()):
                    same = (
                        drawer != owner and abs(other.size - glyph.size) < 0.1 * glyph.size and other.turn == glyph.turn
                    )
                    if same and abs(other.x - glyph.x) < near and abs(other.y - glyph.y) < near:
                        return True
        self.places.setdefault((glyph.text, column, row), []).append((glyph, owner))
        return False


def owner_of(raw: Any, text: Any, i: int) -> int:
    """A number for the drawing instruction that the character at `i` comes from, 0 where none is known."""
    owner = raw.FPDFText_GetTextObject(text, i)
    return ctypes.addressof(owner.contents) if owner else 0


def look_of(raw: Any, text: Any, i: int, turned: int) -> Look:
    """Size, direction and font of the character at `i`."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, i, matrix)
    size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
    quarters = -math.degrees(math.atan2(matrix.b, matrix.a)) / 90 + turned
    turn = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else 4
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text, i, buffer, 128, None)
    font = buffer.value.decode("utf-8", "replace").split("+")[-1] if 0 < length <= 128 else ""
    bold = any(word in font.lower() for word in BOLD) or raw.FPDFText_GetFontWeight(text, i) >= 600
    return Look(size, turn, font, bold)


def readable(code: int) -> str:
    """The character as it is usually written; "" for what cannot be seen, "-" for a hyphen that breaks a word."""
    if code in HYPHENS:
        return HYPHEN
    character = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06 or 0x2F800 <= code <= 0x2FA1F:
        character = RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    illegal = code < 0x20 or 0xFFFE <= code <= 0xFFFF
    return "\ufffd" if illegal and code not in (0x09, 0x0A, 0x0D) else character


def lost(string: str) -> bool:
    """Whether the character means nothing outside its own font."""
    return string == "\ufffd" or unicodedata.category(string[0]) in {"Co", "Cn"}
