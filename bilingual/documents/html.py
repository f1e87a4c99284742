"""Web pages: what a person reads on them, in the order of the file, each block with its line.

The page is not turned into a tree. It is cut into tags and text with their exact places (`web.tags`), and the blocks
are found by one walk over these (`web.markup`), so that a block's line in the file is known and `deliver` gives the
page back with every character outside the text untouched. A tree, once written out again, would have lost both.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator

from bilingual.bitext import Document, Flag, FlagKind, Locator
from bilingual.documents import Progress, encoding
from bilingual.documents.encoding import Decoded
from bilingual.documents.found import Found, document_of
from bilingual.documents.web.markup import Page, page_of
from bilingual.documents.web.tags import tokens
from bilingual.errors import InputError

DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)""",
    re.IGNORECASE,
)
HEAD = 16_384
"""How many bytes are searched for a declaration; browsers look at 1,024, but saved pages have scripts first."""

ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
LINE_END = re.compile("\r\n|\r|\n")
SAME = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "big5hkscs": "big5", "ascii": "cp1252"}
NO_TEXT = "no text found: the page may be put together by its scripts; save it from a browser"
SPOILT = 1000
"""One byte in so many may be unreadable, and is replaced and told; more, and the page cannot be read."""

FEW = 3
"""So many may be, however short the page."""


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in a web page, in whatever encoding it is; what it declares and is not, is flagged.

    Raises InputError for what is empty or no text.
    """
    decoded, page = page_in(data, name)
    flags = decoded.flags + page.flags
    if not page.slots:
        flags += (Flag(FlagKind.SOURCE, NO_TEXT),)
    if progress:
        progress(1, 1)
    return document_of(name, data, "html", found_in(page), encoding=decoded.encoding, flags=flags)


def page_in(data: bytes, name: str) -> tuple[Decoded, Page]:
    """What the bytes of a page say, and the page in its parts; the writer's door too."""
    decoded = decode(data, name)
    xml = is_xml(decoded.text, name)
    if xml:
        refuse_entities(decoded.text, name)
    return decoded, page_of(decoded.text, xml=xml)


def is_xml(text: str, name: str) -> bool:
    """Whether a page is to be read as XML: by its name, as a browser would."""
    return name.lower().endswith((".xhtml", ".xht")) and "<html" in text[:4096]


def refuse_entities(text: str, name: str) -> None:
    """Raise InputError for XML that declares entities of its own, which can grow without end."""
    if ENTITIES.search(text, 0, HEAD):
        hint = "delete everything from [ to ] in its DOCTYPE line"
        raise InputError("the file declares entities of its own, which is not safe", hint, path=name)


def found_in(page: Page, part: str = "") -> Iterator[Found]:
    """The blocks of a page; `part` is its name in a package."""
    ends = [found.end() for found in LINE_END.finditer(page.text)]
    for slot in page.slots:
        line = bisect_right(ends, slot.start) + 1
        place = Locator(line=line, cell=slot.cell or None, part=part)
        marker = slot.mark.shown() if slot.mark else ""
        yield Found(slot.kind, slot.text, place, slot.level, slot.flags, marker)


def decode(data: bytes, name: str) -> Decoded:
    """The text of a page. A byte order mark decides; then the bytes themselves, where they speak clearly; then what the
    page declares."""
    if not data.strip():
        raise InputError("the file is empty", "save the page again", path=name)
    encoding.refuse_other_than_text(data, name)
    for mark, codec in encoding.MARKS:
        if data.startswith(mark):
            return with_doubt(leniently(data[len(mark) :], codec.removesuffix("-sig"), name), *declared_in(data))
    if not bearable(data.count(0), len(data)):  # UTF-16 without a mark, or no text
        return encoding.decode(data, name)
    label, declared = declared_in(data)
    codec = "utf-8" if encoding.is_utf8(data.replace(b"\0", b"")) else likely(data, declared, name)
    return with_doubt(leniently(data, codec, name), label, declared)


def bearable(lost: int, length: int) -> bool:
    """Whether a page of this length may have lost so much."""
    return lost <= max(FEW, length // SPOILT)


def declared_in(data: bytes) -> tuple[str, str]:
    """The encoding a page declares, in its words and as Python calls it; "" where there is none that is known."""
    found = DECLARED.search(data[:HEAD])
    if not found:
        return "", ""
    label = (found[1] or found[2]).decode("ascii")
    try:
        codec = codecs.lookup(label).name
    except LookupError:
        return label, ""
    return label, SAME.get(codec, codec)


def likely(data: bytes, declared: str, name: str) -> str:
    """The encoding that makes most sense of the words of a page; what it declares, where that does nearly as well."""
    head = data[: 16 * encoding.SAMPLE]
    words = (head[token.start : token.end] for token in tokens(head.decode("latin-1")) if token.kind == "text")
    sample = b"\n".join(said for said in words if not said.isascii())[: encoding.SAMPLE]
    best = max(("utf-8", "gb18030", "big5"), key=lambda codec: encoding.plausibility(sample, codec))
    plausible = encoding.plausibility(sample, best)
    if declared and reads(data, declared):
        own = encoding.plausibility(sample, declared)
        if plausible < max(encoding.PLAUSIBLE, own + encoding.CLEAR):
            return declared
    if plausible < encoding.PLAUSIBLE:
        raise encoding.unknown(sample or data[: encoding.SAMPLE], name)
    return best


def reads(data: bytes, codec: str) -> bool:
    """Whether the bytes can be read as `codec`, but for a few."""
    try:
        text = data.decode(codec, "replace")
    except (LookupError, UnicodeError, ValueError):
        return False
    controls = encoding.controls_in(data[: encoding.SAMPLE])
    return bearable(text.count("\ufffd"), len(data)) and controls * 100 < len(data)


def leniently(data: bytes, codec: str, name: str) -> Decoded:
    """The text in an encoding, a few unreadable bytes replaced and told."""
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
        if not bearable(lost, len(data)):
            raise encoding.undecodable(data, error, codec, name) from error
    reason = f"{codec.upper()} has no such bytes: {lost} times U+FFFD stands for them"
    return Decoded(text, codec, (Flag(FlagKind.CHARACTERS, reason),))


def with_doubt(decoded: Decoded, label: str, declared: str) -> Decoded:
    """What was decoded, with a flag where the page declares another encoding and that makes a difference."""
    is_ = SAME.get(decoded.encoding, decoded.encoding)
    if not declared or declared == is_ or declared.startswith("utf-16") or decoded.text.isascii():
        return decoded
    reason = f"the page declares {label} but is {is_.upper()}: read as {is_.upper()}"
    return Decoded(decoded.text, decoded.encoding, (*decoded.flags, Flag(FlagKind.CHARACTERS, reason)))
