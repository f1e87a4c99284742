"""How people are spoken of: names with a style behind them (陈志远先生) and names side by side, each said as one.

An engine that sees a placeholder and a style makes “the teacher of” or “the Secretary-General of” it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilingual.bitext import Span
from bilingual.chinese import to_simplified
from bilingual.names.pinyin import personal_name

_STYLES = {
    "先生": "Mr.",
    "女士": "Ms.",
    "小姐": "Ms.",
    "教授": "Professor",
    "副教授": "Associate Professor",
    "博士": "Dr.",
    "医生": "Dr.",
    "大夫": "Dr.",
    "院士": "Academician",
    "将军": "General",
    "同志": "Comrade",
    "总书记": "General Secretary",
    "总理": "Premier",
    "副总理": "Vice Premier",
    "部长": "Minister",
    "副部长": "Vice Minister",
    "大使": "Ambassador",
    "市长": "Mayor",
    "副市长": "Vice Mayor",
    "省长": "Governor",
    "副省长": "Vice Governor",
    "法官": "Judge",
    "老师": "teacher",
}
_STYLE = re.compile(rf"({'|'.join(sorted(_STYLES, key=len, reverse=True))})(?![级府后生们团站办会长馆楼奖令])")


def spoken(text: str, span: Span) -> tuple[Span, tuple[str, ...]]:
    """The name at `span` with the style behind it, and how it is said: “Mr. Chen Zhiyuan”, else “Chen Zhiyuan”."""
    name = personal_name(span.of(text))
    style = _STYLE.match(to_simplified(text), span.end)
    if not style:
        return span, (name,)
    return Span(span.start, style.end()), (f"{_STYLES[style[1]]} {name}", name)


def side_by_side(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """The spans, in order, those together between which there is nothing but white space: 任珂 张毅荣."""
    groups: list[list[Span]] = []
    for span in spans:
        if groups and not text[groups[-1][-1].end : span.start].strip():
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def listed(names: Sequence[str]) -> str:
    """Names as English puts them one after the other: “A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
