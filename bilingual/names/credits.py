"""Names in credits and bylines: where the page itself says who did what, a name needs no more proof than its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Span
from bilingual.chinese import HAN
from bilingual.names.pinyin import is_personal_name
from bilingual.names.words import is_word

_CREDIT = re.compile(
    r"(?:(?:本版|本期|值班|执行|视觉|见习|特约|实习|首席|责任|图片|文字|版式|美术|本报|新华社|中新社|人民网|联合早报)?"
    r"(?:责编|编辑|主编|副主编|版式设计|版式|设计|校对|审校|记者|通讯员|实习生|"
    r"摄影|摄制|制图|插图|作者|撰文|撰稿|编译|翻译|文|图)"
    r"\s*[:：/／]|(?:本报|新华社|中新社|中新网|人民网|央视|实习|特派|特约|见习)*(?:记者|通讯员)|日电\s*\()\s*"
)
_CREDIT_NAME = re.compile(
    rf"[\s、,，;；和与及/]*(?P<name>[{HAN}]{{2,4}}?|[{HAN}][ \u3000]{{1,2}}[{HAN}])"
    r"(?=[\s、,，;；。)）\]】(（/]|$|和|与|及|摄|文|图|报道|综合|编译|从|在|对|获悉|日前|近日|说|电|专访|采访)"
)
_TAKEN_BY = re.compile(
    rf"(?:^|[\s、,，。;；:：(（])(?P<name>[{HAN}]{{2,4}}?)\s?"
    r"(?:摄(?:影|制|于)?|/?文/图|供图|绘|制图)(?=$|[\s(（)）。,，/])"
)


def credited(text: str) -> Iterator[Span]:
    """Where names stand in the credits and bylines of `text`, which is Simplified and half-width."""
    for found in _TAKEN_BY.finditer(text):
        if is_credible_name(found["name"]):
            yield Span(*found.span("name"))
    for label in _CREDIT.finditer(text):
        position = label.end()
        while (found_name := _CREDIT_NAME.match(text, position)) and is_credible_name(found_name["name"]):
            yield Span(*found_name.span("name"))
            position = found_name.end()


def is_credible_name(name: str) -> bool:
    """Whether `name` (spaces in it or not) has the shape of a Chinese name and is no word of the dictionary."""
    bare = re.sub(r"\s", "", name)
    return is_personal_name(bare) and not is_word(bare)
