"""What is each piece on its page? Title, heading, byline, caption, credit, staff, mark, list item or paragraph.

What a line says of itself comes first (图3:…, …摄, 责编:…); then its length and punctuation, and what stands around it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from bilingual.bitext import Kind, Repair
from bilingual.documents.pieces import Piece, joined

CIRCLED = "①-⑳㉑-㉟"
NUMERAL = "〇一二三四五六七八九十百零"
NAME = r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,12}·[\u4e00-\u9fff·]{1,12}"
NAMES = rf"(?:{NAME})(?:[ \u3000、,，]+(?:{NAME}))*"
ROLE = (
    r"(?:本报|本刊|本台|本社|新华社|中新社|人民日报|[\u4e00-\u9fff]{2,6}(?:日报|晚报|通讯社|网))?"
    r"(?:驻[\u4e00-\u9fff]{1,6}|特约|特派|实习|见习|全媒体|首席)*"
    r"(?:记者|通讯员|评论员|撰稿人|特约作者|作者|摄影师|编译|译者)"
)
STAFF_ROLE = (
    r"(?:本版|本期|本报|值班|执行|责任|视觉|图片|文字|新媒体)*"
    r"(?:责编|编辑|主编|总编|美编|校对|审校|审读|检校|版式设计|版式|版面设计|设计|制图|统筹|策划|监制|组版|排版|电子信箱|邮箱)"
)

MARK = re.compile(
    rf"(?:[{CIRCLED}](?:\s*[{CIRCLED}])*|[(（]?\d{{1,4}}[)）]?|[-—–]\s*\d{{1,4}}\s*[-—–]|第\s*[\d{NUMERAL}]+\s*[版页頁]|[A-Z]\d{{1,2}})"
)
CAPTION = re.compile(
    rf"(?:[上下左右][图圖]|[本题題]?[图圖](?:片|[表片]?\s*[{CIRCLED}\d{NUMERAL}]+)?(?:说明|說明)?)\s*[:：、.]\s*\S.*"
    rf"|[图圖][为為]\S.*|[图圖表]\s*[{CIRCLED}\d]+\s+\S.*"
)
CREDIT = re.compile(
    rf"(?:{ROLE}\s*)?(?:{NAMES})?\s*[/／]?\s*(?:摄影报道|攝影報道|摄影|攝影|摄|攝|供图|供圖|绘|繪|制图)(?:\s*[(（].{{1,20}}[)）])?"
    r"|[(（]?(?:图片来源|資料圖片|资料图片|图片由|摄影|供图|制图|漫画)\s*[:：]?.{0,20}[)）]?"
)
BYLINE = re.compile(
    rf"[■□●◎▲△]?\s*(?:{ROLE}\s*[:：]?\s*{NAMES}(?:\s*{ROLE}\s*{NAMES})*|(?:文|撰文|采写)\s*[/／:：|]\s*{NAMES}"
    rf"|作者\s*[:：].{{1,30}})\s*(?:[(（].{{1,20}}[)）])?"
)
STAFF = re.compile(rf"{STAFF_ROLE}\s*[:：]\s*\S.{{0,60}}")
MORE_STAFF = re.compile(NAMES)
NUMBERED_HEADING = re.compile(
    rf"第[{NUMERAL}\d]+[章节節编編部篇回]|[{NUMERAL}]+、|[(（][{NUMERAL}]+[)）]|\d+(?:\.\d+)+\s|\d+[.、]\s?"
)
LIST_ITEM = re.compile(
    rf"[-*•·●◆■▪○]\s+\S|[(（]?\d{{1,3}}[)）、]\s*\S|\d{{1,3}}\.\s+\S|[{CIRCLED}]\s*\S|[(（][{NUMERAL}]+[)）]\S|[{NUMERAL}]+、\S"
)
FINAL = re.compile(r"[。！？!?…；;：:，,、.—][”’」』)）】》\"']*$")

HEADING_LENGTH = 36
"""The longest a heading may be, in characters; longer ones are sentences."""

BODY_LENGTH = 40
"""From here on a line without final punctuation is body text that was cut, no heading."""


def classify(pieces: list[Piece]) -> list[Piece]:
    """The pieces with their kinds and levels; staff that goes on in the next line is put together."""
    named = [replace(piece, kind=own_kind(piece.string)) for piece in pieces]
    return with_headings(with_whole_staff(named))


def own_kind(string: str) -> Kind:
    """What a line says of itself; PARAGRAPH where it says nothing."""
    if len(string) <= 8 and MARK.fullmatch(string):
        return Kind.MARK
    if len(string) <= 60:
        for kind, pattern in ((Kind.STAFF, STAFF), (Kind.CREDIT, CREDIT), (Kind.BYLINE, BYLINE)):
            if pattern.fullmatch(string):
                return kind
    if CAPTION.match(string):
        return Kind.CAPTION
    return Kind.LIST_ITEM if LIST_ITEM.match(string) else Kind.PARAGRAPH


def with_whole_staff(pieces: list[Piece]) -> list[Piece]:
    """The pieces, names that stand on the line under a staff line joined to it."""
    whole: list[Piece] = []
    for piece in pieces:
        under_staff = bool(whole) and whole[-1].kind is Kind.STAFF and piece.close
        if under_staff and piece.kind is Kind.PARAGRAPH and MORE_STAFF.fullmatch(piece.string):
            repair = Repair("join", 0, 0.95, "only names, on the line under the page's staff")
            whole[-1] = joined(whole[-1], piece, repair, spaced=True)
        else:
            whole.append(piece)
    return whole


def with_headings(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with the headings among them and the title found."""
    short = [i for i, piece in enumerate(pieces) if may_head(piece)]
    body = sum(piece.kind in {Kind.PARAGRAPH, Kind.LIST_ITEM} for piece in pieces)
    if not short or len(short) * 5 > body * 3 + 5:
        return with_title_only(pieces, short)
    heads = [i for i in short if heads_something(pieces, i)]
    title = title_among(pieces, heads)
    found = list(pieces)
    for i in heads:
        kind = Kind.TITLE if i == title else Kind.HEADING
        found[i] = replace(pieces[i], kind=kind, level=0 if i == title else level_of(pieces[i].string))
    return found


def with_title_only(pieces: list[Piece], short: list[int]) -> list[Piece]:
    """The pieces of a text of short lines (verse, dialogue, a list), where only a first line over a byline or a blank
    line can be known to be the title."""
    if not short or short[0] != 0 or len(pieces) < 2:
        return pieces
    over_byline = pieces[1].kind is Kind.BYLINE
    apart = not pieces[1].close and any(piece.close for piece in pieces[2:])
    return [replace(pieces[0], kind=Kind.TITLE), *pieces[1:]] if over_byline or apart else pieces


def may_head(piece: Piece) -> bool:
    """Whether it is short and ends like no sentence does."""
    string = piece.string
    if len(string) > HEADING_LENGTH or FINAL.search(string[-4:]) or "。" in string:
        return False
    if piece.kind is Kind.LIST_ITEM:
        return bool(NUMBERED_HEADING.match(string))
    return piece.kind is Kind.PARAGRAPH


def heads_something(pieces: list[Piece], at: int) -> bool:
    """Whether a byline or body text follows, be it after another heading or what stands between columns."""
    if at + 1 < len(pieces) and pieces[at + 1].kind is Kind.BYLINE:
        return True
    between = {Kind.BYLINE, Kind.MARK, Kind.CAPTION, Kind.CREDIT, Kind.STAFF}
    for piece in pieces[at + 1 : at + 40]:
        if piece.kind in between:
            continue
        if not may_head(piece):
            return piece.kind is Kind.LIST_ITEM or len(piece.string) > len(pieces[at].string)
    return False


def title_among(pieces: list[Piece], heads: list[int]) -> int | None:
    """Which of the headings is the page's title: over a byline, at the top, or what the text speaks of most."""
    if not heads:
        return None
    text = Counter(pair for piece in pieces for pair in pairs(piece.string[:2000]))

    def evidence(i: int) -> float:
        over_byline = i + 1 < len(pieces) and pieces[i + 1].kind is Kind.BYLINE
        own = pairs(pieces[i].string)
        spoken_of = sum(text[pair] > 1 for pair in own) / max(1, len(own))
        return 3 * over_byline + 2.5 * (i == 0) + spoken_of - 2 * bool(NUMBERED_HEADING.match(pieces[i].string))

    best = max(heads, key=lambda i: (evidence(i), -i))
    return best if evidence(best) >= 2 else None


def level_of(string: str) -> int:
    """A heading's depth: 第一章 and 一、 are 1, (一) is 2, 1.1 as deep as it has numbers."""
    numbers = re.match(r"\d+(?:\.\d+)*", string)
    if numbers and NUMBERED_HEADING.match(string):
        return numbers.group().count(".") + 1
    return 2 if string[0] in "(（" else 1


def pairs(string: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {string[i : i + 2] for i in range(len(string) - 1)}
