"""What 元 is in a text, and what became of it where no number stands beside it: 票价（元）."""

from __future__ import annotations

import re

from bilingual.bitext import Span
from bilingual.numbers.numerals import plain

_DOLLARS = re.compile("本港|香港|港[元币幣府]|立法局|新?[台臺][币幣北湾灣]|澳门|澳門")
_YUAN = re.compile("人民币|人民幣|国务院|國務院|我国|我國|全国|全國|中央|新华社|新華社|中国|中國|[省县縣]")
_HEADING = re.compile(r"\([百千十]?[万亿]?元\)")
_FOREIGN_HEADING = re.compile(r"\(\s*(?:[A-Z]{0,2}[$£€]|dollars?|euros?|pounds?)[^)]{0,12}\)")


def yuan_of(text: str) -> str:
    """ "$" where a whole text is of Hong Kong, Macao or Taiwan, so that its 元 are dollars; else "yuan"."""
    folded = plain(text)
    return "$" if len(_DOLLARS.findall(folded)) > len(_YUAN.findall(folded)) else "yuan"


def wrong_heading(source_zh: str, target_en: str) -> Span | None:
    """Where the target puts foreign money into the brackets that hold 元 in the source."""
    found = _FOREIGN_HEADING.search(target_en) if _HEADING.search(plain(source_zh)) else None
    return Span(*found.span()) if found else None
