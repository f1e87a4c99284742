"""Does this piece go on in that one? Every reason for and against, each with its weight, in one table.

Weights are natural-log odds, set by hand on articles of our own (tests/page_breaker.py) and added up; `ACCEPT` is where
a join is made, and `confidence` what the sum is worth when the next best join is taken into account.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bilingual.bitext import Kind
from bilingual.documents.habits import Habits, word_across
from bilingual.documents.kinds import BODY_LENGTH

if TYPE_CHECKING:
    from bilingual.documents.pieces import Piece

ACCEPT = 0.5
"""The least sum of weights at which two pieces are joined."""

STRONG = 5.0
"""A sum that shows by itself that the page is torn."""

ENDED = re.compile(r"[。！？!?…；;：:.][”’」』)）】》\"']*$")
PAUSED = re.compile(r"[,，、]$")
CLOSERS = "”’」』)）】》〉"
OPENERS = "“‘「『(（【《〈"
PARTNER = dict(zip(CLOSERS, OPENERS, strict=True))
NOT_FIRST = re.compile(rf"[,，、。；;：:！？!?…%％{CLOSERS}]")
TIED = re.compile(
    r"[的了着过們们地得之]|[而及和与或并][^,，]|等[,，。、方各国多]|[说道称][,，:：“]|以[及来]|之[一间中下上前后]"
)
"""What leans on the word before it and begins no paragraph."""

OPENING = re.compile(
    r"近[日年来期]|日前|当[前今天日]|目前|如今|今[年天日]|去年|昨[天日]|明年|此[外次前后]|同时|另外|另一方面|一方面|其[次中实]"
    r"|首先|最后|第[一二三四五六七八九十]|然而|但[是]?[,，]?|不过|因此|所以|为此|对此|于是|据[悉了介统]|随着|由于|为了"
    r"|记者|本报|新华社|过去|多年|长期|\d{1,4}[年月日]|\d+[多余]?年|[一二三四五六七八九十]+[年月是、]"
)
"""What paragraphs like to begin with."""

SHORT_OPENING = re.compile(
    "但是|过去|此外|同时|另外|当前|目前|其[次中实]|首先|最后|近日|日前|如今|然而|因此|为此|对此|不过|[今去明]年|据悉|总之|诚然|是的|当然"
)
SPEECH = re.compile(r"[^,，。]{0,6}?(?:说|表示|认为|指出|介绍|强调|称|告诉|坦言|回忆|透露|写道)")
UNITS = re.compile(r"[\d年月日时分个多余万亿千百%％元人次家项名位岁届公米吨.]")
FOREIGN = re.compile(
    "[阿埃艾安奥巴贝比伯布查达大德迪蒂丁顿多厄尔法菲费弗福盖戈格古哈海赫亨胡霍基吉加杰金卡凯科克库奎拉莱兰劳勒雷里利丽林龙"
    "卢鲁路伦罗洛马玛迈曼梅米明莫姆穆纳娜内尼诺帕佩皮普奇齐恰钦琼热日瑞萨塞桑瑟沙什圣史斯松苏索塔坦特廷托图瓦万威韦维温沃乌"
    "西希夏香肖谢辛雅亚扬耶叶伊因尤约泽扎詹兹佐·]+"
)
"""Characters that foreign names are written with (the usual transcription table)."""


class Place(Enum):
    """How the head stands to the tail in the file, and the weight of that."""

    NEXT = 1.5
    NEXT_BODY = 1.25
    RUN_START = 1.0
    FILE_START = -2.0
    INSIDE = -3.0
    UNDER_HEADING = -5.0


@dataclass(frozen=True, slots=True)
class Seam:
    """Two pieces that may belong together, and how they stand to each other."""

    tail: Piece
    head: Piece
    place: Place
    habits: Habits
    torn_page: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason for (above 0) or against a join."""

    weight: float
    reason: str


def unfinished(piece: Piece) -> bool:
    """Whether the piece stops where no sentence does."""
    return not ENDED.search(piece.string[-6:])


def long_enough(piece: Piece) -> bool:
    """Whether it is body text beyond doubt, so that a missing end is a tear."""
    return len(piece.string) > BODY_LENGTH or "。" in piece.string or bool(PAUSED.search(piece.string))


def tail_looks(seam: Seam) -> Finding | None:
    """How the tail ends."""
    if PAUSED.search(seam.tail.string):
        return Finding(1.5, f"the first part ends in “{seam.tail.string[-1]}”")
    if seam.tail.kind is Kind.HEADING:
        return Finding(-0.5, "the first part may be a heading")
    return Finding(0.5, "the first part has no end")


def head_looks(seam: Seam) -> Finding | None:
    """How the head begins."""
    head = seam.head.string
    if NOT_FIRST.match(head):
        return Finding(4.5, f"no paragraph begins with “{head[0]}”")
    clause = re.split(r"[,，、。；;：:！？!?…]", head[:4], maxsplit=1)
    if len(clause) > 1 and len(clause[0]) <= 2 and not SHORT_OPENING.fullmatch(clause[0]):
        return Finding(2.0, f"“{head[:3]}” is no beginning")
    if TIED.match(head):
        return Finding(1.5, f"“{head[:2]}” leans on what comes before")
    if OPENING.match(head):
        return Finding(-1.5, f"“{head[:4]}” is a way to begin")
    return None


def indentation(seam: Seam) -> Finding | None:
    """A page that sets its paragraphs in says itself where one begins."""
    if seam.head.indent and seam.tail.indent:
        return Finding(-3.0, "the second part is indented like a new paragraph")
    return Finding(1.0, "the second part is not indented") if seam.tail.indent else None


def brackets(seam: Seam) -> Finding | None:
    """What was opened must be closed, and nothing else."""
    opened, closing = unclosed(seam.tail.string), unopened(seam.head.string)
    if opened and closing and PARTNER[closing] == opened[-1]:
        return Finding(4.0, f"“{opened[-1]}” of the first part is closed in the second")
    if closing and not NOT_FIRST.match(seam.head.string):
        return Finding(-4.0, f"“{closing}” was never opened")
    if opened and ENDED.search(seam.head.string[-6:]):
        return Finding(-2.0, f"“{opened[-1]}” stays open")
    return None


def across(seam: Seam) -> Finding | None:
    """A word, a number or a name that the seam runs through."""
    left, right = seam.tail.string, seam.head.string
    if left[-1].isdigit() and UNITS.match(right):
        return Finding(2.5, "a number goes on")
    word, gain = word_across(left, right)
    if not word or NOT_FIRST.search(word):
        return None
    return Finding(min(5.0, 0.5 * gain), f"the word {word} is formed across the seam")


def foreign_name(seam: Seam) -> Finding | None:
    """A transcribed name that goes on, the more if its bearer then speaks."""
    end = seam.tail.string[-12:]
    before = re.search(rf"{FOREIGN.pattern}$", end)
    after = FOREIGN.match(seam.head.string)
    if before is None or after is None or "·" not in end:
        return None
    speaks = SPEECH.match(seam.head.string, after.end())
    return Finding(3.0 if speaks else 1.5, f"the foreign name goes on: …{seam.tail.string[-4:]}{after.group()[:4]}…")


def seen_elsewhere(seam: Seam) -> Finding | None:
    """Characters around the seam that stand together elsewhere in the document."""
    left, right = seam.tail.string, seam.head.string
    for before, after, weight in ((3, 2, 4.0), (2, 3, 4.0), (2, 2, 3.0), (1, 2, 1.5), (2, 1, 1.5)):
        around = left[-before:] + right[:after]
        if len(around) == before + after and around.isalnum() and seam.habits.occurs(around):
            return Finding(weight, f"{around} stands elsewhere on the page")
    return None


def word_order(seam: Seam) -> Finding | None:
    """Whether words of these classes follow each other like that; says nothing where a word itself was torn."""
    if word_across(seam.tail.string, seam.head.string)[0]:
        return None
    return Finding(seam.habits.follows(seam.tail.string, seam.head.string), "the words follow each other")


def where(seam: Seam) -> Finding | None:
    """How the two stand in the file."""
    reasons = {
        Place.NEXT: "it comes next in the file",
        Place.NEXT_BODY: "it is the next body text in the file",
        Place.RUN_START: "it begins a column",
        Place.FILE_START: "it begins the file",
        Place.INSIDE: "it stands inside a column",
        Place.UNDER_HEADING: "it stands under a heading",
    }
    return Finding(seam.place.value, reasons[seam.place])


def sound_page(seam: Seam) -> Finding | None:
    """On a page with no other sign of a tear, a missing full stop is only that."""
    return None if seam.torn_page else Finding(-4.0, "nothing else is torn here")


def heading_like(seam: Seam) -> Finding | None:
    """What looks like a heading seldom continues anything."""
    return Finding(-3.0, "the second part may be a heading") if seam.head.kind is Kind.HEADING else None


RULES: tuple[Callable[[Seam], Finding | None], ...] = (
    where,
    tail_looks,
    head_looks,
    indentation,
    brackets,
    across,
    foreign_name,
    seen_elsewhere,
    word_order,
    heading_like,
    sound_page,
)


def findings(seam: Seam) -> tuple[Finding, ...]:
    """Everything the rules have to say about a seam, in their order."""
    return tuple(finding for rule in RULES if (finding := rule(seam)) is not None)


def score(found: tuple[Finding, ...]) -> float:
    """The log odds that the two belong together."""
    return sum(finding.weight for finding in found)


def reason(found: tuple[Finding, ...]) -> str:
    """The two weightiest reasons for a join, for people."""
    best = sorted((f for f in found if f.weight > 0), key=lambda f: -f.weight)[:2]
    return "; ".join(finding.reason for finding in best) or "nothing better was found"


def confidence(own: float, rival: float) -> float:
    """What a join of score `own` is worth, in [0, 1], when the best join that it excludes scores `rival`."""
    margin = min(own - ACCEPT / 2, own - rival)
    return round(1 / (1 + math.exp(-0.8 * margin)), 2)


def unclosed(string: str) -> list[str]:
    """The opening marks that the string leaves open, outermost first."""
    return list(walk(string))[-1][0] if string else []


def unopened(string: str) -> str:
    """The first closing mark that nothing in the string opened, "" where there is none."""
    return next((closing for _, closing in walk(string) if closing), "")


def walk(string: str) -> Iterator[tuple[list[str], str]]:
    """After each mark: what is open, and the closing mark if nothing had opened it."""
    opened: list[str] = []
    yield opened, ""
    for character in string:
        if character in OPENERS:
            opened.append(character)
        elif character in PARTNER:
            if opened and opened[-1] == PARTNER[character]:
                opened.pop()
            elif PARTNER[character] not in opened:
                yield opened, character
    yield opened, ""
