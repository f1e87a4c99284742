"""What the engine is given instead of what is written: Simplified characters, and turns of phrase it reads better.

Each rule keeps the meaning; the unit's own source is never touched.
"""

from __future__ import annotations

import re

from bilingual.chinese import to_simplified

_RULES = (
    # 一项项成果: the doubled measure word is read as “one”; spelt out, it is “one result after another”.
    (re.compile(r"一([个项张座条批件代次步场幅桩群片本部篇句])\1(?!地)"), r"一\1又一\1"),
    # 图为…: the opening of a caption's sentence is read as “the figure is that”; what follows is a sentence by itself.
    (re.compile(r"^图为(?!了)"), ""),
    # 《甲》《乙》: two titles with nothing between them are read as one; the last two of a row want an “and”.
    (re.compile(r"》\s*《(?=[^《》]*》\s*《)"), "》、《"),
    (re.compile(r"》\s*《"), "》和《"),
)


def for_engine(text: str) -> str:
    """The text an engine translates in place of `text`; placeholders in it stay as they are."""
    text = to_simplified(text)
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def is_page_number(text: str, position: int) -> bool:
    """Whether what stands at `position` and is not in the text is the number in a 第…页 that ends it."""
    return bool(_PAGE.search(text[:position]) and _PAGES.match(text, position))


_PAGE, _PAGES = re.compile(r"第\s*$"), re.compile(r"\s*[页頁]\W*$")
