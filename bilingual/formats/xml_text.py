"""Text as XML holds it, written without a tree: the characters that must be escaped, and no others that cannot be."""

from __future__ import annotations

from bilingual.safexml import clean


def escaped(text: str) -> str:
    """`text` as the content of an element, without the characters XML cannot hold."""
    if not text.isprintable():
        text = clean(text)[0]
        if "\r" in text:
            return _marked(text).replace("\r", "&#13;")
    return _marked(text)


def attribute(text: str) -> str:
    """`text` as an attribute's value, to stand between double quotes."""
    text = escaped(text)
    if '"' in text:
        text = text.replace('"', "&quot;")
    if not text.isprintable():
        text = text.replace("\t", "&#9;").replace("\n", "&#10;")
    return text


def _marked(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
