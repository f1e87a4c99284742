"""A regular expression as SRX writes it (ICU, or Java, which is near it) as the `regex` library reads it.

Much is the same: \\p{Lu}, \\uXXXX, possessive and atomic groups, sets within sets, flags that hold to a group's end.
What is not the same is written anew: \\h, \\v, \\Z, \\x{…}, \\Q…\\E, the dot that matches no line end.
Source: the ICU user guide, "Regular Expressions"; Java's `Pattern`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LINE_ENDS = r"\n\x0b\f\r\x85\u2028\u2029"
_LETTERS = {
    "h": r"[\t\p{Zs}]",
    "H": r"[^\t\p{Zs}]",
    "v": f"[{_LINE_ENDS}]",
    "V": f"[^{_LINE_ENDS}]",
    "Z": rf"(?=(?:\r\n|[{_LINE_ENDS}])?\Z)",
    "z": r"\Z",
    "e": r"\x1b",
}
_JAVA = {
    "javaLowerCase": "Ll",
    "javaUpperCase": "Lu",
    "javaTitleCase": "Lt",
    "javaLetter": "L",
    "javaDigit": "Nd",
    "javaLetterOrDigit": "Alnum",
    "javaAlphabetic": "Alphabetic",
    "javaWhitespace": "White_Space",
    "javaSpaceChar": "Z",
}
_TOKEN = re.compile(
    r"\\Q(?P<quoted>.*?)(?:\\E|\Z)|\\x\{(?P<code>[0-9A-Fa-f]{1,6})\}|\\0(?P<octal>[0-3]?[0-7]{1,2})|\\c(?P<control>[@-_a-z])"
    r"|\\k<(?P<name>\w+)>|(?P<java>\\[pP]\{java\w+\})|\\(?P<letter>[hHvVZze])|\\.|(?P<dot>\.)|(?P<open>\[\^?\]?)|(?P<close>\])"
    r"|(?P<operator>[|~])",
    re.DOTALL,
)
_DOT_ALL = re.compile(r"\(\?[a-zA-Z]*s[a-zA-Z]*(?:-[a-zA-Z]+)?[:)]")


_WRITTEN: dict[str, Callable[[str], str]] = {
    "quoted": re.escape,
    "code": lambda digits: re.escape(chr(int(digits, 16))),
    "octal": lambda digits: re.escape(chr(int(digits, 8))),
    "control": lambda letter: re.escape(chr(ord(letter.upper()) ^ 64)),
    "name": lambda name: f"(?P={name})",
    "java": lambda whole: re.sub(r"java\w+", lambda name: _JAVA.get(name[0], name[0]), whole),
    "letter": _LETTERS.__getitem__,
}


def translated(pattern: str) -> str:
    """`pattern` as `regex` (version 1 behaviour) reads it. Raises ValueError for a character that cannot be."""
    depth = 0  # how many sets are open: in one, a dot is a dot
    every = bool(_DOT_ALL.search(pattern))

    def written(found: re.Match[str]) -> str:
        nonlocal depth
        kind, whole = found.lastgroup or "", found[0]
        depth = max(0, depth + (kind == "open") - (kind == "close"))
        if kind == "dot":
            return whole if depth or every else f"[^{_LINE_ENDS}]"
        if kind == "operator":
            return f"\\{whole}" if depth else whole
        return _WRITTEN[kind](found[kind]) if kind in _WRITTEN else whole

    return _TOKEN.sub(written, pattern)
