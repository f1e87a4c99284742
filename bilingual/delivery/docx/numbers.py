"""Numbers that Word counts itself (图1, 表2), put back where the English says them.

The field must enclose its number and nothing else: Word puts a new number in the place of whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bilingual.bitext import Code, Text
from bilingual.documents.docx.text import Payload

MOST = 50
"""From so many counting fields on, a paragraph is no caption, and its numbers stay where the translation put them."""


def at_their_numbers(text: Text, payloads: Mapping[str, Payload]) -> Text:
    """`text`, each counting field around its number: the nearest one, or one that is put in where there is none."""
    counting = {name: payload.number for name, payload in payloads.items() if payload.number}
    for name, number in counting.items() if len(counting) <= MOST else ():
        pair = [code for code in text.codes if code.id == name]
        if len(pair) == 2 and text.string[pair[0].position : pair[1].position] != number:
            text = _moved(text, pair, number)
    return text


def _moved(text: Text, pair: Sequence[Code], number: str) -> Text:
    start = pair[0].position
    codes = [code for code in text.codes if code.id != pair[0].id]
    alone = rf"(?<![0-9A-Za-z.]){re.escape(number)}(?![0-9A-Za-z])"
    places = [found.start() for found in re.finditer(alone, text.string)]
    free = [at for at in places if not any(at < code.position < at + len(number) for code in codes)]
    if not free:
        before = " " if start and text.string[start - 1].isalnum() else ""
        after = " " if text.string[start : start + 1].isalnum() else ""
        string = f"{text.string[:start]}{before}{number}{after}{text.string[start:]}"
        codes = [_shifted(code, start, len(string) - len(text.string)) for code in codes]
        text, free = Text(string), [start + len(before)]
    at = min(free, key=lambda place: abs(place - start))
    end = at + len(number)
    opening, closing = Code(at, pair[0].id, "open", ""), Code(end, pair[0].id, "close", "")
    inner = [code for code in codes if code.position <= at], [code for code in codes if code.position > at]
    return Text(text.string, (*inner[0], opening, closing, *inner[1]))


def _shifted(code: Code, start: int, by: int) -> Code:
    """The code where its words are now; what stood at the very place stays before the number."""
    moved = code.position + by if code.position > start else code.position
    return Code(moved, code.id, code.kind, code.data, code.type, code.href)
