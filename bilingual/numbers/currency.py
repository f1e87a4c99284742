"""Money that changed its currency on the way: 38.6亿元 is no $3.86 billion."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"[\d一二三四五六七八九十百千万亿两几零〇.,]\s*元|人民币|[￥¥]\s*\d|[(（]\s*[万亿]?元\s*[)）]")
_OTHER_ZH = re.compile(r"美元|美金|港元|港币|欧元|日元|英镑|澳元|加元|新元|新台币|韩元|卢布|法郎|[$£€]|US|HK|USD")
_OTHER_EN = re.compile(
    r"(?:[A-Z]{2}\$|[$£€])\s?\d|\(\s*[$£€]\s*\)|\b(?:dollars?|pounds? sterling|euros?|USD|HKD|EUR|GBP)\b"
)


def wrong_currency(source: str, target: str) -> str:
    """The foreign money of a target whose source speaks of yuan alone; "" where there is none."""
    if not _AMOUNT.search(source) or _OTHER_ZH.search(source):
        return ""
    found = _OTHER_EN.search(target)
    return found[0].strip() if found else ""
