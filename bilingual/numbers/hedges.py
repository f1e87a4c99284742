"""Nearly, about, more than: how Chinese hedges a number before, inside and after it."""

from __future__ import annotations

import re

from bilingual.numbers.quantities import Qualifier

_BEFORE = {
    Qualifier.NEARLY: "将近|接近|逼近|近乎|近",
    Qualifier.AT_MOST: "不超过|不高于|不多于|至多",
    Qualifier.AT_LEAST: "不低于|不少于|不下于|不下|至少|起码|最少",
    Qualifier.LESS_THAN: "不到|不足|未满|未达|低于|少于|不满|小于",
    Qualifier.UP_TO: "多达|高达|最多可达|最多|最高达",
    Qualifier.ABOUT: "大约有|大约为|大约|大概|约为|约有|约达|约合|约",
    Qualifier.OVER: "超过了|超过|已超过|突破了|突破|超出|超|高于|多于|大于",
    Qualifier.MORE_THAN: "逾|上(?=[十百千万亿])",
}
_AFTER = {
    Qualifier.MORE_THAN: "以上|之多|开外|有余",
    Qualifier.LESS_THAN: "以下|以内|之内",
    Qualifier.ABOUT: "左右|上下|前后|许(?![多可久])",
}
BEFORE = "|".join(_BEFORE.values())
STARTS = "".join(sorted({words[0] for words in BEFORE.split("|")}))
"""The first characters of what stands before."""
AFTER = "|".join(_AFTER.values())
BETWEEN = "多|余|来(?=[个名人家位万亿年天岁里])|几(?=[个名人家位万亿年天岁种次件])"
VAGUE = "好几|数(?=[十百千万亿])|几(?=[十百千万亿])"


_TABLES = {
    group: [(name, re.compile(words.replace("(?=[十百千万亿])", ""))) for name, words in table.items()]
    for group, table in (("before", _BEFORE), ("after", _AFTER))
}


def hedge(match: re.Match[str]) -> Qualifier:
    """The qualifier of a match, from its groups before, vague, more and after as far as the pattern has them."""
    part = match.groupdict()
    if part.get("vague"):
        return Qualifier.VAGUE
    for group, table in _TABLES.items():
        words = part.get(group)
        for qualifier, pattern in table if words else ():
            if pattern.fullmatch(words or ""):
                return qualifier
    if inside := _inside(part):
        return Qualifier.ABOUT if "来" in inside else Qualifier.MORE_THAN
    return Qualifier.NONE


def _inside(part: dict[str, str | None]) -> str:
    return "".join(part.get(name) or "" for name in ("more", "more2", "more3", "more4"))
