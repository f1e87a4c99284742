"""Which quotation marks and brackets of a Chinese text belong together, and who is said to have spoken?"""

from __future__ import annotations

import re
from collections.abc import Iterator

QUOTES = dict(zip("”’」』〞\"'", "“‘「『〝\"'", strict=True))
"""Closing quotation mark → its opening one."""

TITLES = dict(zip("》〉", "《〈", strict=True))
"""The marks around titles, closing → opening."""

BRACKETS = dict(zip("）)】〗〕］]｝}", "（(【〖〔［[｛{", strict=True))
"""Brackets, closing → opening."""

CLOSING = QUOTES | TITLES | BRACKETS

STRAIGHT = frozenset("\"'")
"""Quotation marks that open and close alike: only their partner tells which."""

NEW_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""The characters that end a line."""

BLANKS = " \t\x1f\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
"""White space within a line, for the inside of a character class."""

BLANK_LINE = re.compile(rf"(?>\r\n|[{NEW_LINES}])[{BLANKS}]*[{NEW_LINES}]|[\v\f\x1c\x1d\u2029]")
"""The end of a paragraph, also where lines are wrapped: a line with nothing on it, or a character that says so."""

_ONE_WIDTH = str.maketrans("()[]{}", "（）［］｛｝")  # （… ) is common: marks of both widths are partners
_DEPTH = 6  # how many marks left open a closing one may look past for its partner
_MARK = re.compile(f"[{re.escape(''.join({*CLOSING, *CLOSING.values()}))}{NEW_LINES}]")
_APOSTROPHE = re.compile(r"[A-Za-z0-9À-ÿ][’'][A-Za-z]")
_NO_OPENING = re.compile(r"[A-Za-z0-9À-ÿ][\"']")  # 27" or the students' books

_SPEAKS = (
    r"(?<![小学學传傳据據听聽虽雖胡])[说說]|(?<![学學疑访訪顾顧])[问問]|回?答(?![应應])|喊|嚷|吼|[骂罵]|(?<![名取又也])叫|[讲講]|[写寫]|曰"
    r"|(?<![名职職简簡统統号號俗])[称稱]|(?<![知难難街渠味地频頻铁鐵轨軌管隧航通大小古车車水赛賽跑绿綠国國])道|告[诉訴]|嘟囔|自[语語]"
)
_STATES = (
    r"表示|[认認][为為]|指出|[强強][调調]|介[绍紹]|透露|坦言|直言|宣[布佈]|[补補]充|解[释釋]|感[叹嘆歎慨]|呼[吁籲]|[评評][论論价價]|[总總][结結](?=[道说說])"
    r"|回[忆憶应應]|承[认認]|警告|建[议議]|抱怨|反[驳駁]|[断斷]言|[预預][测測言]"
)
_WHOM = r"(?:[我你他她](?:们|們)?|自己|[对對]方|大家|[记記]者|[众眾]人)"
_VERB = rf"(?:{_SPEAKS}|{_STATES})(?:道|[着著]|[过過])?"
_SAYS = re.compile(rf"(?:{_SPEAKS}|{_STATES})道?{_WHOM}?$")
_SAID = re.compile(rf"{_VERB}(?:了?(?:起[来來]|出[来來]|一?[句声聲遍]))?{_WHOM}?[话話]?$")
_NOT_SAID = re.compile(
    rf"(?:[没沒][有人]?|[无無]人|未[曾予能]?|(?<![忍禁])不(?:[想肯能敢再会會曾愿願])?|[别別])[再多]?{_VERB}{_WHOM}?[话話]?$"
)
_MORE = re.compile(rf"(?:[也还還又并並]|同[时時]|^此外|^但).{{0,4}}?{_VERB}{_WHOM}?$")
"""The end of a clause that begins another statement rather than saying who made the last: 他也表示，…"""

_REST = re.compile(r"[^。！？!?“”「」『』\"\n]{1,60}?(?=[。！？!?\n]|$|[，,]\s*[“「『\"])")
_CLAUSE = re.compile(r"([^。！？!?,，、；;：:“”「」『』\"\n]{1,30})[,，；;]([^。！？!?\n]{0,21})")
_TAIL = 20  # longer, and what follows 他说， is no gesture but what he said, a sentence of its own


def pairs(text: str, *, within_lines: bool = True) -> Iterator[tuple[int, int]]:
    """Each pair of marks that belong together, as offsets of its opening and closing mark, in order of the closing one.

    A mark without partner is in no pair. Pairs do not cross a line end, or with `within_lines` off a blank line.
    """
    left_open: list[tuple[str, int]] = []
    for found in _MARK.finditer(text):
        mark, at = found[0].translate(_ONE_WIDTH), found.start()
        if mark in NEW_LINES:
            if within_lines or BLANK_LINE.match(text, at):
                left_open.clear()
        elif mark in CLOSING and not (mark in "’'" and at and _APOSTROPHE.match(text, at - 1)):
            partner = _partner(CLOSING[mark], left_open)
            if partner is not None:
                yield left_open[partner][1], at
                del left_open[partner:]
            elif mark in STRAIGHT and not (at and _NO_OPENING.match(text, at - 1)):
                left_open.append((mark, at))
        elif mark not in CLOSING:
            if left_open and left_open[-1][0] == mark and mark in QUOTES.values():
                left_open.pop()  # a second “ in a row: the first has lost its partner
            left_open.append((mark, at))


def _partner(opening: str, left_open: list[tuple[str, int]]) -> int | None:
    for back in range(len(left_open) - 1, max(-1, len(left_open) - 1 - _DEPTH), -1):
        if left_open[back][0] == opening:
            return back
    return None


def is_introduced(text: str, opening: int, start: int) -> bool:
    """Whether the words from `start` on lead to the quotation at `opening`: 他说：, 他说， or 他问, but not 所谓."""
    before = text[max(start, opening - 16) : opening].rstrip()
    if before.endswith(("：", ":")):
        return True
    clause = re.split(r"[，,。！？!?；;：:、”」』]", before.rstrip("，, "))[-1]
    return bool(_SAYS.search(clause))


def is_attribution(text: str, at: int) -> bool:
    """Whether the words at `at`, behind a quotation, say who spoke: 他说。 or 林斯在会上表示。 or 她问，“…"""
    rest = _REST.match(text, at)
    if rest and _is_said(rest[0].rstrip()):
        return text[rest.end() : rest.end() + 1] not in {"，", ","} or not _MORE.search(rest[0].rstrip())
    clause = _CLAUSE.match(text, at)
    if not clause or len(clause[2]) > _TAIL:
        return False
    return _is_said(clause[1].rstrip()) and not _MORE.search(clause[1].rstrip())


def _is_said(clause: str) -> bool:
    return bool(_SAID.search(clause)) and not _NOT_SAID.search(clause)
