"""Which tags, comments and stretches of text is a page made of, and where exactly does each stand?

The tokens of HTML as its standard cuts them (section 13.2.5), put end to end, are the page: so a page can be written
back with nothing changed but its words. XML is cut the same way where `xml` says that it is XML: `<p/>` is closed,
`<![CDATA[` holds text, nothing is raw. The time is linear in the length, whatever the page holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

SPACE = "\t\n\f\r "

TAG = re.compile(
    rf"""<(/?)([A-Za-z][^{SPACE}/>]*+)((?:[{SPACE}/]++|[^{SPACE}/>][^{SPACE}/>=]*+"""
    rf"""(?:[{SPACE}]*+=[{SPACE}]*+(?:"[^"]*+"|'[^']*+'|[^{SPACE}>"'][^{SPACE}>]*+|(?=>)))?+)*+)>"""
)
ATTRIBUTE = re.compile(
    rf"""([^{SPACE}/>][^{SPACE}/>=]*+)(?:[{SPACE}]*+=[{SPACE}]*+(?:"([^"]*+)"|'([^']*+)'|([^{SPACE}>"'][^{SPACE}>]*+)))?+"""
)
MARKUP = re.compile("<(?=[A-Za-z!?/])")
"""Where a tag or the like begins; any other "<" is text."""

NAMED = re.compile("</?[A-Za-z]")
COMMENT = re.compile("<!--(?:-?>|.*?--!?>)", re.DOTALL)
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
"""Elements whose content holds no tags; that of ESCAPABLE does hold entities."""

ESCAPABLE = frozenset({"textarea", "title"})


class Token(NamedTuple):
    """A stretch [start, end) of the page. `kind`: "open", "close", "empty" (closed by its own slash), "text", "raw"
    (the content of a script and the like), "cdata", "comment" (whatever else is not shown). `name` is a tag's, in
    lower case; `attributes` says where the tag's attributes stand."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a tag: its name in lower case, its value, and where in the page the value stands as written;
    `quote` is the mark around it, "" where there is none."""

    name: str
    value: str
    start: int
    end: int
    quote: str


def tokens(text: str, *, xml: bool = False) -> Iterator[Token]:
    """The tokens of a page in their order; together they cover all of it, and what an unfinished last tag swallows is
    a comment."""
    at = 0
    while begun := MARKUP.search(text, at):
        if begun.start() > at:
            yield Token("text", at, begun.start())
        token = _markup(text, begun.start(), xml)
        yield token
        at = token.end
        if token.kind == "open" and token.name in RAW and not xml:
            end = _raw_end(text, at, token.name)
            if end > at:
                yield Token("raw", at, end, token.name)
            at = end
    if at < len(text):
        yield Token("text", at, len(text))


def attributes(text: str, token: Token) -> list[Attribute]:
    """The attributes of a tag, in their order; of two with one name the second does not count."""
    found: dict[str, Attribute] = {}
    for match in ATTRIBUTE.finditer(text, *token.attributes):
        group = match.lastindex or 1
        value = html.unescape(match[group]) if group > 1 else ""
        start, end = match.span(group) if group > 1 else (match.end(), match.end())
        name = match[1].lower()
        if name not in found:
            found[name] = Attribute(name, value, start, end, {2: '"', 3: "'"}.get(group, ""))
    return list(found.values())


def _markup(text: str, at: int, xml: bool) -> Token:
    """The tag, comment or the like that begins at `at`."""
    if NAMED.match(text, at):
        found = TAG.match(text, at)
        if found is None:  # it ends nowhere
            return Token("comment", at, len(text))
        kind = "close" if found[1] else "empty" if xml and found[3].endswith("/") else "open"
        return Token(kind, at, found.end(), found[2].lower(), found.span(3))
    if text.startswith("<!--", at):
        comment = COMMENT.match(text, at)
        return Token("comment", at, comment.end() if comment else len(text))
    if xml and text.startswith("<![CDATA[", at):
        return Token("cdata", at, _after(text, "]]>", at))
    if xml and text.startswith("<?", at):
        return Token("comment", at, _after(text, "?>", at))
    return Token("comment", at, _after(text, ">", at))


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return len(text) if found < 0 else found + len(mark)


def _raw_end(text: str, at: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)
