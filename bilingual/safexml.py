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

PROLOG = 1 << 16
"""How many bytes are searched for a document type declaration; a longer prolog is refused."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip
_WIDE = ("UTF-16", "UTF-32", "UCS", "ISO-10646")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_UNSAFE_HINT = "delete everything from [ to ] in its DOCTYPE line"
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\["'>]|"[^"]*"|'[^']*')*([\[>])""", re.IGNORECASE)


def clean(text: str) -> tuple[str, str]:
    """`text` without the characters XML 1.0 cannot hold, and those characters in their order."""
    removed = "".join(_ILLEGAL.findall(text))
    return (_ILLEGAL.sub("", text), removed) if removed else (text, "")


def names(characters: str) -> str:
    """Characters nobody can see, told by their numbers: "U+0001, U+000C"."""
    return ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(characters))


def elements(
    stream: BinaryIO, tags: Collection[str], path: Path | str | None = None, root: str = ""
) -> Iterator[etree._Element]:
    """Each element of `tags`, complete, in the order they end; it is emptied again when the next one is asked for.

    `{*}name` stands for a name in any namespace. An element inside another of `tags` comes first, and is still whole
    when the outer one comes. Raises InputError for what is not well-formed, declares entities or uses one, and for a
    file whose outermost element is not `root` (where one is given).
    """
    from lxml import etree

    with _explained(path):
        events = etree.iterparse(
            _Joined(_checked(stream, path), stream), events=("start", "end"), tag=tuple(tags),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
        depth, known = 0, False
        try:
            for event, element in events:
                depth += 1 if event == "start" else -1
                if not known:
                    known = _refuse_root(element.getroottree().getroot(), root, path)
                if event == "end":
                    _refuse_entities(element, path)
                    yield element
                    if depth == 0:
                        _forget(element)
            _refuse_root(cast("etree._Element", events.root), root, path)
        except etree.XMLSyntaxError as error:
            raise _broken(error, events.error_log, path) from error


def parse(data: bytes, path: Path | str | None = None) -> etree._Element:
    """The root of a small XML file; the same refusals as `elements`, and one for more than LIMIT bytes."""
    from lxml import etree

    if len(data) > LIMIT:
        raise InputError(f"larger than {LIMIT >> 20} MB of XML", "split the file", path=path)
    _checked(io.BytesIO(data), path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with _explained(path):
            root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(error, parser.error_log, path) from error
    _refuse_root(root, "", path)
    _refuse_entities(root, path)
    return root


def _checked(stream: BinaryIO, path: Path | str | None) -> bytes:
    """The first bytes of `stream`, once they hold no internal DTD subset."""
    head = stream.read(PROLOG)
    if not head.strip():
        raise InputError("the file is empty", path=path)
    text = _decoded(head)
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


def _decoded(head: bytes) -> str:
    """The prolog as text, in the encoding the file itself names; enough of it to find a DOCTYPE."""
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if not encoding:
        declared = _DECLARED.match(head)
        encoding = declared[1].decode("ascii") if declared else "utf-8"
        if encoding.upper().startswith(_WIDE):  # it cannot be: the declaration was read byte by byte
            encoding = "utf-8"
    try:
        return head.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return head.decode("latin-1")


class _Joined:
    """What was read already, and then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        if not self._head:
            return self._rest.read(size)
        size = len(self._head) if size < 0 else size
        piece, self._head = self._head[:size], self._head[size:]
        return piece


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


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
