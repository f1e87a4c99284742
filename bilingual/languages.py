"""Language tags as files write them: zh_CN, ZHO, zh-Hant, en-us, English."""

from __future__ import annotations

import re
from functools import lru_cache

_PRIMARY = {
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "chinese", "mandarin"), "zh"),
    **dict.fromkeys(("en", "eng", "english"), "en"),
}


@lru_cache(maxsize=1024)
def tag(text: str) -> str:
    """A tag in the shape of BCP 47 as far as we know its language: zh_CN → zh-CN, ZHO → zh, English → en."""
    parts = [part for part in re.split(r"[-_\s.()]+", text.strip()) if part]
    if not parts:
        return ""
    first = parts[0].lower()
    rest = [_subtag(part) for part in parts[1:]]
    return "-".join([_PRIMARY.get(first, first), *rest])


@lru_cache(maxsize=1024)
def primary(text: str) -> str:
    """The language of a tag without script and region: "zh" for zh-Hant-TW."""
    return tag(text).partition("-")[0]


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) < 4 else part.lower()
