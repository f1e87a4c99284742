"""Does this piece go on in that one? Every reason for and against, in one table.

A rule looks at a seam and says what it finds: a name, a value, a reason in words. What a finding weighs, in natural-log
odds, stands in `weights.py`; the sum of a seam is the log odds that its two pieces are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from bilingual.bitext import Kind
from bilingual.documents.habits import Habits, follows, fresh, word_across
from bilingual.documents.kinds import BODY_LENGTH
from bilingual.documents.weights import STEP

if TYPE_CHECKING:
    from bilingual.documents.pieces import Piece

ENDED = re.compile(r"[。！？!?…；;：:.][”’」』)）】》\"']*$")
STOPPED = re.compile(r"[。！？!?….][”’」』)）】》\"']*(?:[(（][^()（）]{1,24}[)）])?$")
"""The end of a sentence, and who wrote it or took its picture in brackets."""

PAUSED = re.compile(r"[,，、；;：:]$")
CLOSERS = "”’」』)）】》〉"
OPENERS = "“‘「『(（【《〈"
PARTNER = dict(zip(CLOSERS, OPENERS, strict=True))
NOT_FIRST = re.compile(rf"[,，、。；;：:！？!?…%％{CLOSERS}]")
TIED = re.compile(
    r"[的了着过们地得之]|[而及和与或并][^,，]|等[,，。、方各国多]|[说道称][,，:：“]|以[及来]|之[一间中下上前后]"
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


NO_HEADING = 2.5
"""From how much evidence on a short line is no heading of what stands under it."""


class Border(StrEnum):
    """What lies at the end of a piece that is left for another than its next, or before one that is gone on in."""

    OPEN = "open"
    """A piece that stops in mid-sentence: nothing but the end of a column does that."""
    BESIDE = "beside"
    """What is no body text: a picture's caption, the title, the staff."""
    BARE = "bare"
    """The next body text."""
    HEADING = "heading"
    EDGE = "edge"
    """The beginning or the end of the file."""


@dataclass(frozen=True)
class Seam:
    """Two pieces that may be read one after the other, and how they stand to each other.

    `following` says whether the head is the next body text after the tail; `leaves` and `enters` what lies after the
    tail and before the head in the file. `near`, `far` and `shared` are from `coherence`.
    """

    tail: Piece
    head: Piece
    habits: Habits
    following: bool
    leaves: Border
    enters: Border
    near: float = 0.0
    far: float = 0.0
    shared: float = 0.0

    @cached_property
    def cut(self) -> bool:
        """Whether the tail stops in mid-sentence. What looks like a heading may: where it would go on elsewhere, or
        where what stands under it cannot begin a paragraph."""
        if self.tail.kind is Kind.HEADING and self.following:
            return self.under_heading >= NO_HEADING
        return unfinished(self.tail)

    @property
    def under_heading(self) -> float:
        """How much speaks against the tail as the heading of the text under it."""
        head = self.head.string
        gain = word_across(self.tail.string, head)[1]
        begins = 3.0 if NOT_FIRST.match(head) else -fresh(head)
        return 0.6 * gain + begins + 1.5 * bool(re.search("[,，、]", self.tail.string))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its name and value, and why that matters, "" where it is nothing to tell."""

    name: str
    value: float = 1.0
    reason: str = ""

    @property
    def weight(self) -> float:
        """For (above 0) or against, in natural-log odds."""
        return STEP.get(self.name, 0.0) * self.value


def unfinished(piece: Piece) -> bool:
    """Whether the piece stops where no sentence does."""
    return not STOPPED.search(piece.string[-32:])


def long_enough(piece: Piece) -> bool:
    """Whether it is body text beyond doubt, so that a missing end is a tear."""
    return len(piece.string) > BODY_LENGTH or "。" in piece.string or bool(re.search(r"[,，、]$", piece.string))


def words_follow(seam: Seam) -> Iterator[Finding]:
    """How well the words follow each other."""
    if seam.cut:
        value = follows(seam.tail.string, seam.head.string)
        yield Finding("follows", value, "the words follow each other")
        yield Finding("used_so", seam.habits.used_so(seam.tail.string, seam.head.string))


def word_formed(seam: Seam) -> Iterator[Finding]:
    """A word of the dictionary that the seam runs through."""
    word, gain = word_across(seam.tail.string, seam.head.string) if seam.cut else ("", 0.0)
    if word and not NOT_FIRST.search(word):
        yield Finding("word", 1.0, f"the word {word} is formed across the seam")
        yield Finding("word_gain", min(gain, 14.0))


def number_goes_on(seam: Seam) -> Iterator[Finding]:
    """A number at the tail's end wants its unit."""
    if seam.cut and seam.tail.string[-1].isdigit():
        fits = bool(UNITS.match(seam.head.string))
        yield Finding("number_fits" if fits else "number_left", 1.0, "a number goes on" if fits else "")


def foreign_name(seam: Seam) -> Iterator[Finding]:
    """A transcribed name that goes on, the more if its bearer then speaks."""
    end = seam.tail.string[-12:]
    before = re.search(rf"{FOREIGN.pattern}$", end)
    after = FOREIGN.match(seam.head.string)
    if seam.cut and before and after and ("·" in end or len(before.group()) + len(after.group()) > 3):
        speaks = SPEECH.match(seam.head.string, after.end())
        name = f"…{seam.tail.string[-4:]}{after.group()[:4]}…"
        yield Finding("name_speaks" if speaks else "name", 1.0, f"the foreign name goes on: {name}")


def seen_elsewhere(seam: Seam) -> Iterator[Finding]:
    """Characters around the seam that stand together elsewhere in the document."""
    left, right = seam.tail.string, seam.head.string
    for before, after in ((3, 3), (3, 2), (2, 3), (2, 2), (1, 2), (2, 1), (1, 1)) if seam.cut else ():
        around = left[-before:] + right[:after]
        if len(around) == before + after and around.isalnum() and seam.habits.occurs(around):
            yield Finding(f"seen_{min(5, before + after)}", 1.0, f"{around} stands elsewhere on the page")
            return


def head_begins(seam: Seam) -> Iterator[Finding]:
    """How the head begins: like a paragraph, or like nothing that begins."""
    head, cut = seam.head.string, "cut" if seam.cut else "done"
    if seam.head.kind is not Kind.HEADING:
        yield Finding(f"{cut}_fresh", max(-5.0, min(5.0, fresh(head))))
    clause = re.split(r"[,，、。；;：:！？!?…]", head[:4], maxsplit=1)
    if NOT_FIRST.match(head):
        yield Finding(f"{cut}_not_first", 1.0, f"no paragraph begins with “{head[0]}”")
    elif len(clause) > 1 and len(clause[0]) <= 2 and not SHORT_OPENING.fullmatch(clause[0]):
        yield Finding(f"{cut}_short", 1.0, f"“{head[:3]}” is no beginning")
    elif TIED.match(head):
        yield Finding(f"{cut}_tied", 1.0, f"“{head[:2]}” leans on what comes before")
    elif OPENING.match(head):
        yield Finding(f"{cut}_opening", 1.0)
    if not seam.following and seam.head.kind in {Kind.HEADING, Kind.LIST_ITEM}:
        yield Finding(f"{cut}_{'heading' if seam.head.kind is Kind.HEADING else 'item'}")


def tail_ends(seam: Seam) -> Iterator[Finding]:
    """How the tail ends, where that says what may follow."""
    if seam.cut and seam.tail.kind is Kind.HEADING:
        yield Finding("heading_goes_on")


def indentation(seam: Seam) -> Iterator[Finding]:
    """A page that sets its paragraphs in says itself where one begins."""
    if seam.cut and seam.tail.indent:
        indented = bool(seam.head.indent)
        yield Finding(
            "indented" if indented else "not_indented", 1.0, "" if indented else "the second part is not indented"
        )


def brackets(seam: Seam) -> Iterator[Finding]:
    """What was opened must be closed, and nothing else."""
    cut = "cut" if seam.cut else "done"
    opened, closing = unclosed(seam.tail.string), unopened(seam.head.string)
    if opened and closing and PARTNER[closing] == opened[-1]:
        yield Finding(f"{cut}_closed", 1.0, f"“{opened[-1]}” of the first part is closed in the second")
    elif closing and not opened:
        yield Finding(f"{cut}_unopened")
    elif opened and not closing:
        yield Finding(f"{cut}_open")


def same_matter(seam: Seam) -> Iterator[Finding]:
    """Whether the two speak of the same thing."""
    cut = "cut" if seam.cut else "done"
    yield Finding(f"{cut}_near", seam.near, "both speak of the same thing" if seam.near > 0.3 else "")
    yield Finding(f"{cut}_far", seam.far, "what stands around them speaks of the same thing" if seam.far > 0.5 else "")
    yield Finding(f"{cut}_shared", min(seam.shared, 4.0), "they share words" if seam.shared > 1 else "")


def where(seam: Seam) -> Iterator[Finding]:
    """How the two stand in the file."""
    cut = "cut" if seam.cut else "done"
    if seam.following:
        beside = seam.leaves is Border.BESIDE
        yield Finding(f"{cut}_next_{'beside' if beside else 'bare'}", 1.0, "it comes next in the file")
    else:
        yield Finding(f"{cut}_leaves_{seam.leaves}")
        yield Finding(f"{cut}_enters_{seam.enters}", 1.0, "it begins a column" if seam.enters == "beside" else "")


RULES: tuple[Callable[[Seam], Iterator[Finding]], ...] = (
    where,
    words_follow,
    word_formed,
    number_goes_on,
    foreign_name,
    seen_elsewhere,
    head_begins,
    tail_ends,
    indentation,
    brackets,
    same_matter,
)


def findings(seam: Seam) -> tuple[Finding, ...]:
    """Everything the rules have to say about a seam, in their order."""
    return tuple(finding for rule in RULES for finding in rule(seam))


def of_words(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings about the words, without those about the places in the file."""
    return tuple(finding for finding in found if not re.search("_(?:next|leaves|enters)_", finding.name))


def score(found: tuple[Finding, ...]) -> float:
    """The log odds that the two are read one after the other."""
    return sum(finding.weight for finding in found)


def reason(found: tuple[Finding, ...]) -> str:
    """The two weightiest reasons for a join, for people."""
    best = sorted((f for f in found if f.weight > 0 and f.reason), key=lambda f: -f.weight)[:2]
    return "; ".join(finding.reason for finding in best) or "nothing better was found"


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
