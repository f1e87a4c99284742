"""XML as text: what XLIFF's writers put together piece by piece, so that equal bitexts have equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bilingual.formats.xliff.names import XML
from bilingual.safexml import clean

_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE = _TEXT | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def escape(text: str) -> str:
    """Words as the content of an element; what XML cannot hold is left out."""
    return re.sub("[&<>\r]", lambda found: _TEXT[found[0]], clean(text)[0])


def value(text: str) -> str:
    """Words as the value of an attribute, without the quotation marks."""
    return re.sub('[&<>\r"\t\n]', lambda found: _VALUE[found[0]], clean(text)[0])


def attribute(name: str, prefixes: Mapping[str, str]) -> str:
    """An attribute's name as the file writes it, from "{namespace}name"."""
    namespace, _, plain = name.rpartition("}")
    namespace = namespace.removeprefix("{")
    if not namespace:
        return plain
    prefix = "xml" if namespace == XML else prefixes.get(namespace, "")
    return f"{prefix}:{plain}" if prefix else plain


def opening(name: str, attributes: Iterable[tuple[str, str]], empty: bool = False) -> str:
    """A start tag, or an empty element; an attribute given twice keeps its first value."""
    given: dict[str, str] = {}
    for key, text in attributes:
        given.setdefault(key, text)
    told = "".join(f' {key}="{value(text)}"' for key, text in given.items())
    return f"<{name}{told}/>" if empty else f"<{name}{told}>"


def element(name: str, content: str, attributes: Iterable[tuple[str, str]] = ()) -> str:
    """An element around `content`, which is markup already."""
    return f"{opening(name, attributes)}{content}</{name}>" if content else opening(name, attributes, empty=True)
