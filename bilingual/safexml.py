"""The one door for XML: nothing is fetched, no entity is expanded, memory stays small, errors name line and cause."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from bilingual.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

LIMIT = 64 << 20
"""Most bytes `parse` takes into memory as one tree."""

LARGEST = 256 << 20
MARKS = 2 << 20
"""Most bytes, and most signs < and =, that `elements` reads without an element of those wanted coming to its end."""

PROLOG = 1 << 16
"""How many bytes are searched for a document type declaration; a longer prolog is refused."""

_SAFE: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNINGS = (
    (b"\xff\xfe\0\0", ""), (b"\0\0\xfe\xff", ""), (b"<\0\0\0", ""), (b"\0\0\0<", ""), (b"\x4c\x6f\xa7\x94", ""),
    (codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
"""How a file in a wide encoding begins; UTF-32 and EBCDIC, which nobody writes without intent, have no name."""

_ASCII = bytes(range(0x20, 0x7F)).decode()
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)(?=.{5})", re.DOTALL)
"""What may be an entity of a file's own, in any encoding; where there is none, no tree need be searched for one."""

_UNSAFE_HINT = "delete everything from [ to ] in its DOCTYPE line"
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\["'>]|"[^"]*"|'[^']*')*([\[>])""", re.IGNORECASE)


def clean(text: str) -> tuple[str, str]:
    """`text` without the characters XML 1.0 cannot hold, and those characters in their order."""
    removed = "".join(_ILLEGAL.findall(text))
    return (_ILLEGAL.sub("", text), removed) if removed else (text, "")


class Cleaner:
    """Makes text after text fit for XML, and keeps what had to go in `removed`."""

    def __init__(self) -> None:
        self.removed = ""

    def __call__(self, text: str) -> str:
        """The text as XML can hold it."""
        kept, gone = clean(text)
        self.removed += gone
        return kept


def names(characters: str) -> str:
    """Characters nobody can see, told by their numbers: "U+0001, U+000C"."""
    return ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(characters))


def elements(
    stream: BinaryIO, tags: Collection[str], path: Path | str | None = None, root: str = ""
) -> Iterator[etree._Element]:
    """Each element of `tags`, complete, in the order they end; it is forgotten soon after the next one is asked for.

    `{*}name` stands for a name in any namespace. An element inside another of `tags` comes first, and is still whole
    when the outer one comes. Raises InputError for what is not well-formed, declares entities or uses one, for an
    element too large for memory, and for a file whose outermost element is not `root` (where one is given).
    """
    from lxml import etree

    with _explained(path):
        head = _checked(stream, path)
        parser: Any = etree.XMLPullParser(events=("end",), tag=tuple(tags), **_SAFE)
        scout: Any = etree.XMLPullParser(events=("start",), **_SAFE)
        wanted = frozenset(tag.rpartition("}")[2] for tag in tags)
        quiet, known, suspect, before = _Quiet(path), False, False, b""
        try:
            for chunk in _pieces(head, stream):
                known = known or _root_known(scout, chunk, root, path)
                suspect = suspect or bool(_ENTITY.search(before + chunk))
                before = chunk[-5:]
                parser.feed(chunk)
                parent: Any = ()
                last, inner = None, False
                for _, element in parser.read_events():
                    if suspect:
                        _refuse_entities(element, path)
                    yield element
                    if element.getparent() is not parent:
                        _forget_before(last)
                        parent = element.getparent()
                        inner = any(above.tag.rpartition("}")[2] in wanted for above in element.iterancestors())
                    if not inner:
                        last = element
                _forget_before(last)
                quiet.hear(chunk, parent != ())
            _refuse_root(parser.close(), root, path)
        except etree.XMLSyntaxError as error:
            raise _broken(error, parser.feed_error_log, path) from error


def _forget_before(element: etree._Element | None) -> None:
    """Take away what stands before an element in its parent: all of it has been read."""
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        del parent[: parent.index(element)]


class _Quiet:
    """Stops a file in which no element ends for too long: what has begun is all in memory."""

    def __init__(self, path: Path | str | None) -> None:
        self._path = path
        self._bytes = 0
        self._marks = 0

    def hear(self, chunk: bytes, ended: bool) -> None:
        """Count a piece of the file; InputError where nothing has ended for too long."""
        if ended:  # what of this piece came after that end is not worth counting: all of it, at most
            self._bytes = self._marks = len(chunk)
            return
        self._bytes += len(chunk)
        self._marks += chunk.count(b"<") + chunk.count(b"=")
        if self._bytes > LARGEST or self._marks > MARKS:
            raise InputError(
                "one of its elements is too large to be read", "split it, or export it again", path=self._path
            )


def parse(data: bytes, path: Path | str | None = None) -> etree._Element:
    """The root of a small XML file; the same refusals as `elements`, and one for more than LIMIT bytes."""
    from lxml import etree

    if len(data) > LIMIT:
        raise InputError(f"larger than {LIMIT >> 20} MB of XML", "split the file", path=path)
    _checked(io.BytesIO(data), path)
    parser = etree.XMLParser(**_SAFE)
    try:
        with _explained(path):
            root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(error, parser.error_log, path) from error
    _refuse_root(root, "", path)
    _refuse_entities(root, path)
    return root


def _checked(stream: BinaryIO, path: Path | str | None) -> bytes:
    """The first bytes of `stream`, once they are in a safe encoding and hold no internal DTD subset."""
    head = b""
    while len(head) < PROLOG and (more := stream.read(PROLOG - len(head))):
        head += more
    if not head.strip():
        raise InputError("the file is empty", path=path)
    text = _decoded(head, path)
    at = 1 if text.startswith("\ufeff") else 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    doctype = _DOCTYPE.match(text, at)
    if doctype and doctype[1] == "[":
        line = text.count("\n", 0, doctype.end()) + 1
        raise InputError("the file declares entities of its own, which is not safe", _UNSAFE_HINT, path=path, line=line)
    opened = text.startswith(("<!--", "<?"), at) or (text.startswith("<!", at) and not doctype)
    if opened:
        raise InputError("the lines before the first element are broken or far too long", path=path)
    return head


def _decoded(head: bytes, path: Path | str | None) -> str:
    """The prolog as text, in the encoding the file itself names; enough of it to find a DOCTYPE.

    An encoding in which the signs of markup are not the bytes of ASCII (UTF-7, UTF-32, EBCDIC) is refused: what one
    reader takes for words may be markup to another.
    """
    begins = next((name for mark, name in _BEGINNINGS if head.startswith(mark)), None)
    declared = _DECLARED.match(head)
    said = declared[1].decode("ascii") if declared else "utf-8"
    if said.upper().startswith("UTF-16"):  # it cannot be: the declaration was read byte by byte; the parser will say so
        said = "utf-8"
    if begins == "" or (begins is None and not _plain(said)):
        told = said if declared and begins is None else "UTF-32 or EBCDIC"
        raise InputError(f"is in {told}, which is not safe to read as XML", "save it as UTF-8", path=path, line=1)
    try:
        return head.decode(begins or said, "replace")
    except (LookupError, UnicodeError):
        return head.decode("latin-1")


def _plain(encoding: str) -> bool:
    """Whether ASCII characters are themselves in an encoding; one that nobody knows is left to the parser."""
    try:
        return _ASCII.encode(encoding) == _ASCII.encode()
    except (LookupError, UnicodeError):
        return True


def _pieces(head: bytes, rest: BinaryIO) -> Iterator[bytes]:
    """What was read already, and then the rest of the stream."""
    while head:
        yield head
        head = rest.read(PROLOG)


def _root_known(scout: Any, chunk: bytes, expected: str, path: Path | str | None) -> bool:
    """Whether the file's first element has begun, and is as it should be; found before anything is kept in memory."""
    scout.feed(chunk)
    first = next(scout.read_events(), None)
    return first is not None and _refuse_root(first[1], expected, path)


@contextmanager
def _explained(path: Path | str | None) -> Iterator[None]:
    try:
        yield
    except (LookupError, UnicodeError) as error:
        raise InputError(f"cannot be read as XML: {error}", path=path) from error


def _broken(error: etree.XMLSyntaxError, log: etree._ListErrorLog, path: Path | str | None) -> InputError:
    """The first thing that went wrong: what lxml raises is at times only its last consequence."""
    from lxml import etree

    first = next((entry for entry in log if entry.level >= etree.ErrorLevels.ERROR), None)
    message, line = cast("tuple[str, int]", (first.message, first.line) if first else (error.msg, error.lineno))
    return InputError(
        f"is not well-formed XML: {message}", "mend it or export it again", path=path, line=line if line else None
    )


def _refuse_entities(element: etree._Element, path: Path | str | None) -> None:
    """An entity nobody has declared would read as nothing: rather say so than lose it in silence."""
    from lxml import etree

    for entity in element.iter(etree.Entity):
        message = f"the entity {entity.text} is not declared"
        raise InputError(message, "write the character itself", path=path, line=cast("int | None", element.sourceline))


def _refuse_root(root: etree._Element, expected: str, path: Path | str | None) -> bool:
    """True where the file is of the kind expected and, by the parser's own account too, declares no entities."""
    dtd = cast("Any", root.getroottree().docinfo.internalDTD)
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise InputError("the file declares entities of its own, which is not safe", _UNSAFE_HINT, path=path)
    if expected and root.tag.rpartition("}")[2] != expected:
        raise InputError(f"is not a <{expected}> file: its outermost element is <{root.tag}>", path=path)
    return True
