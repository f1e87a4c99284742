"""The fixed formulas of a Chinese newspaper page, rendered by construction: bylines, photo credits, page staff, labels.

A translation model makes sentences of them; a table of roles and names in pinyin is right every time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bilingual.bitext import Kind, Span
from bilingual.chinese import fold

Namer = Callable[[str], str]
"""Gives the English of a personal name or an agency as it stands in the source; "" where it is none."""

_REPORTERS = {
    "本报记者": "staff reporter",
    "本报通讯员": "staff correspondent",
    "本报特约记者": "special correspondent",
    "特约记者": "special correspondent",
    "新华社记者": "Xinhua reporter",
    "人民网记者": "People’s Daily Online reporter",
    "通讯员": "correspondent",
    "记者": "reporter",
}
_STAFF = {
    "本版责编": "Page editor",
    "本版编辑": "Page editor",
    "本期统筹": "Coordinator",
    "责任编辑": "Editor",
    "责编": "Editor",
    "编辑": "Editor",
    "版式设计": "Layout",
    "美术编辑": "Art editor",
    "美编": "Art editor",
    "视觉": "Art",
    "制图": "Graphics",
    "校对": "Proofreader",
}
_OFFICES = {
    "理事长": "Chairman",
    "董事长": "Chairman",
    "主席": "Chairman",
    "会长": "President",
    "总裁": "President",
    "校长": "President",
    "秘书长": "Secretary-General",
    "总干事": "Director-General",
    "主任": "Director",
    "所长": "Director",
    "执行主任": "Executive Director",
    "执行主席": "Executive Chairman",
    "执行董事": "Executive Director",
    "总经理": "General Manager",
    "首席执行官": "CEO",
    "首席经济学家": "Chief Economist",
    "首席科学家": "Chief Scientist",
    "发言人": "Spokesperson",
    "新闻发言人": "Spokesperson",
    "教授": "Professor",
    "研究员": "Research Fellow",
}
_DEPUTIES = {"副主任": "Deputy Director", "副秘书长": "Deputy Secretary-General", "副总干事": "Deputy Director-General"}
_ROLE = "|".join(_REPORTERS)
_AGENCIES = {
    "新华社发": "Xinhua",
    "新华社": "Xinhua",
    "人民视觉": "People’s Vision",
    "资料图片": "file photo",
    "资料照片": "file photo",
}
_CLOSE = r"\s*(?:摄影报道|图文报道|报道|摄影|文/图|文并摄)?"
_NAME = rf"(?!{'|'.join((*_REPORTERS, *_STAFF, '报道', '摄影', '图文', '文并', '发自'))})[\u4e00-\u9fff]{{2,4}}"
_NAMES = rf"{_NAME}(?:[\s、,，]+{_NAME})*"
_BYLINE = re.compile(rf"({_ROLE})[\s:：]*({_NAMES}){_CLOSE}")
_CREDIT = re.compile(rf"(?:({_ROLE})\s*)?({_NAMES})\s*摄(?:影)?\s*(?:[(（]([^()（）]+)[)）])?")
_STAFF_PART = re.compile(rf"({'|'.join(_STAFF)})[:：\s]+({_NAMES})")
_SIDES = {"上": "top", "下": "bottom", "左": "left", "右": "right", "中": "centre"}
_LABEL = re.compile(r"(?:([上下左右中大小题])?图)?\s*([①-⑳]|[0-9０-９]{1,2}|[一二三四五六七八九十])?\s*[:：]\s*")
_CIRCLED = {chr(0x2460 + place): str(place + 1) for place in range(20)}
_DIGITS = {**dict(zip("一二三四五六七八九十", map(str, range(1, 11)), strict=True)), **_CIRCLED}


def render(kind: Kind, text: str, name: Namer) -> str | None:
    """The English of a formula that fills the whole block; None where the words are not a formula of that kind."""
    maker = _MAKERS.get(kind)
    try:
        return maker(_one_space(text.strip()), lambda words: _known(words, name)) if maker else None
    except LookupError:
        return None


def _one_space(text: str) -> str:
    """王　芳, set wide to look as long as others, is 王芳."""
    return re.sub(r"(?<=[\u4e00-\u9fff])\u3000(?=[\u4e00-\u9fff])", "", text)


def _known(words: str, name: Namer) -> str:
    english = name(words)
    if not english:
        raise LookupError(words)
    return english


def office(text: str) -> str:
    """The English of an office in front of a name (执行主任: “Executive Director”); "" where it is none we know."""
    text = text.strip()
    return _OFFICES.get(text) or _DEPUTIES.get(text) or (f"Vice {_OFFICES[text[1:]]}" if _is_vice(text) else "")


def _is_vice(text: str) -> bool:
    return text.startswith("副") and _OFFICES.get(text[1:]) in {"Chairman", "President"}


def label(text: str) -> tuple[Span, str]:
    """A caption's label and its English: “图③:” is “Photo 3: ”; an empty span and "" where there is none."""
    found = _LABEL.match(text)
    if not found or "图" not in found[0]:
        return Span(0, 0), ""
    side = f" ({_SIDES[found[1]]})" if found[1] in _SIDES else ""
    number = fold(found[2] or "")
    shown = f" {_DIGITS.get(number, number)}" if number else ""
    return Span(0, found.end()), f"Photo{shown}{side}: "


def _byline(text: str, name: Namer) -> str | None:
    found = [*_BYLINE.finditer(text)]
    if not found or not _fills(_BYLINE, text):
        return None
    return "By " + " and ".join(_role(_REPORTERS, part[1], part[2], name) for part in found)


def _credit(text: str, name: Namer) -> str | None:
    found = _CREDIT.fullmatch(text)
    if not found:
        return None
    who = _role(_REPORTERS, found[1], found[2], name) if found[1] else _people(found[2], name)
    return f"Photo by {who}" + (f" ({_AGENCIES.get(found[3]) or name(found[3])})" if found[3] else "")


def _staff(text: str, name: Namer) -> str | None:
    found = [*_STAFF_PART.finditer(text)]
    if not found or not _fills(_STAFF_PART, text):
        return None
    return "; ".join(f"{_plural(_STAFF, part[1], part[2])}: {_people(part[2], name, last=', ')}" for part in found)


_MAKERS: Mapping[Kind, Callable[[str, Namer], str | None]] = {
    Kind.BYLINE: _byline,
    Kind.CREDIT: _credit,
    Kind.STAFF: _staff,
}


def _fills(pattern: re.Pattern[str], text: str) -> bool:
    return not re.search(r"\w", pattern.sub("", text))


def _role(table: Mapping[str, str], role: str, names: str, name: Namer) -> str:
    return f"{_plural(table, role, names)} {_people(names, name)}"


def _plural(table: Mapping[str, str], role: str, names: str) -> str:
    word = table[role]
    return word + "s" if len(_split(names)) > 1 and word not in {"Layout", "Art", "Graphics"} else word


def _people(names: str, name: Namer, last: str = " and ") -> str:
    people = [name(part) for part in _split(names)]
    return ", ".join(people[:-1]) + last + people[-1] if len(people) > 1 else people[0]


def _split(names: str) -> list[str]:
    return [part for part in re.split(r"[\s、,，]+", names) if part]
