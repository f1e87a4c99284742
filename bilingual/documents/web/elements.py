"""What is known of the elements of HTML: which begin a block, are empty, are not read; what inline ones mean.

Elements that are in no table are inline and mean nothing to us.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _names(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
"""Elements without content or end tag."""

BLOCK = _names(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset",
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol",
    "button label optgroup option p pre search section select summary table tbody td tfoot th thead title tr ul",
)
"""Elements that begin and end a block of text."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})

UNREAD = _names(
    "script style template noscript svg math iframe object video audio canvas textarea xmp noembed noframes applet "
    "datalist rt rp rtc"
)
"""Elements whose content is no text of the page, or none that may be changed: kept as they are, as one piece."""

OUTSIDE_P = BLOCK - _names("button label option optgroup select legend caption tbody td tfoot th thead tr")
"""Elements that end a paragraph that was not closed."""

ENDED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "td", "th", "table", "body"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "td", "th", "table", "body"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "td", "th", "table", "body"})),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "optgroup": (frozenset({"optgroup"}), frozenset({"select"})),
    "body": (frozenset({"head"}), frozenset()),
}
"""Elements that end another one that was not closed, up to where they look for it."""

FENCES = frozenset({"table", "td", "th", "caption"})
TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "caption"})

MEANINGS: Mapping[str, str] = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "dfn": "italic", "var": "italic",
    "u": "underlined", "ins": "underlined", "s": "strike", "strike": "strike", "del": "strike", "sup": "sup",
    "sub": "sub", "code": "code", "kbd": "code", "samp": "code", "tt": "code", "img": "image", "br": "lb",
}  # fmt: skip
"""What an inline element means, in the words of `Code.type`."""

STYLES = (
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    ("italic", re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
    ("underlined", re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline", re.IGNORECASE)),
    ("strike", re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)),
    ("sup", re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)),
    ("sub", re.compile(r"vertical-align\s*:\s*sub(?!\w)", re.IGNORECASE)),
)
"""What a span means by its style."""

SPOKEN = ("alt", "title", "placeholder", "aria-label")
"""Attributes people read, whatever element they are of."""

BUTTONS = frozenset({"submit", "button", "reset"})
"""Types of input whose value people read."""

DESCRIPTIONS = frozenset({"description", "og:title", "og:description", "twitter:title", "twitter:description"})
"""Names of metadata whose content people read."""

HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
"""Words of epub:type and role that make an element a note."""

NOTE_MARKS = frozenset({"noteref", "doc-noteref"})


def fences(name: str) -> frozenset[str]:
    """The elements out of which an end tag of this name closes nothing."""
    if name in {"table", "body", "html"}:
        return frozenset()
    if name in TABLE_PARTS:
        return frozenset({"table"})
    return FENCES | LISTS if name in {"li", "dt", "dd"} else FENCES


def meaning(name: str, given: Mapping[str, str]) -> str:
    """What an inline element with these attributes means, in the words of `Code.type`."""
    if name == "a":
        return "link" if given.get("href") else ""
    if name in {"span", "font"} and "style" in given:
        return next((word for word, style in STYLES if style.search(given["style"])), "")
    return MEANINGS.get(name, "")


def untranslated(name: str, given: Mapping[str, str]) -> bool:
    """Whether an element says of itself that it is not shown or not to be translated. That the whole page says so
    (to keep a browser's offer away) does not count."""
    if not given or name in {"html", "body"}:
        return False
    hidden = "hidden" in given or bool(HIDDEN.search(given.get("style", "")))
    return hidden or given.get("translate", "").lower() == "no" or "notranslate" in given.get("class", "").split()


def roles(given: Mapping[str, str]) -> set[str]:
    """The words of an element's epub:type and role."""
    if "epub:type" not in given and "role" not in given:
        return set()
    return {*given.get("epub:type", "").split(), *given.get("role", "").split()}
