"""Where do the sentences of a Chinese text end? Rules over its stops, its quotations and its brackets.

A quotation, bracket or title is one thing whatever stops it holds, if it closes before the line ends and within a
bounded length; a mark that lost its partner is no quotation and swallows nothing. What stands around a quotation that
ends in a stop decides whether the sentence ends there too: 「…。」他说。 goes on, 他说：“…。”我点头。 does not.
Everything is one pass or bounded, so the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.quotations import (
    BLANK_LINE,
    BLANKS,
    CLOSING,
    NEW_LINES,
    QUOTES,
    STRAIGHT,
    TITLES,
    is_attribution,
    is_introduced,
    pairs,
)
from bilingual.segmentation.spans import EDGE, EDGES, WORD
from bilingual.settings import Rules


def cuts(text: str, rules: Rules) -> Iterator[int]:
    """The offsets at which a sentence ends and the next begins, rising."""
    return _Scanner(text, rules).cuts()


_CLOSED = "\x01"  # in the scanner's copy of the text: a quotation or bracket closes here
_HIDDEN = "\x00"  # and this is inside one
_TITLE_LENGTH = 120
_STOPS = "。！？!?｡"
_END = rf"[{_STOPS}…．.;；]+(?:[ \u3000]*[{_STOPS}…])*|{_CLOSED}|\r\n|[{NEW_LINES}]"
_ENDING = re.compile(_END)
_ENDING_OR_COLON = re.compile(f"{_END}|[：:]")
_CLOSING = re.compile(rf"[ \u3000]*([{re.escape(''.join(CLOSING))}])")
_NOTE_MARK = re.compile(r" ?[\[［〔]\d{1,3}[\]］〕]|[¹²³⁰⁴-⁹]+")
_NOTE = re.compile(
    r"[（(](?:附[件录錄表图圖]|[參参詳详]?[见見]|完|[图圖]|表|[来來]源|[记記]者|注[：:]|摘自|下[同转轉])[^。！？!?\n]*[）)]"
)
"""What stands in brackets behind a stop and says where it comes from or what it goes with: （附件二）, （记者李明）."""

_ITEM_NUMBER = (
    r"[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-Za-z]|[ivx]{1,4})[）)]|(?<!\d)\d{1,2}(?:[、．]|\.(?!\d))|[①-⑳]"
    r"|[一二三四五六七八九十](?:是|、)|第[一二三四五六七八九十]{1,3}[，,、]"
)
_ITEM = re.compile(rf"[ \u3000]*[“「『\"]?(?:{_ITEM_NUMBER})")
_FIRST_ITEM = re.compile(r"[ \u3000]*[“「『\"]?(?:[（(]?[一1aAi][)）、．.是]|①|第一[，,、])")
_ITEM_WITHIN = re.compile(rf"[：:；;]|(?:{_ITEM_NUMBER})")
_BLANK = re.compile(rf"[{BLANKS}]*")
_GOES_ON = frozenset("，、；：,;:…—－–·～~/" + _STOPS)
_CONTINUES = re.compile(r"的(?![确確士])|之(?![后後前所间間])|地(?![方球处處铁鐵震上下点點址面])|得(?![知到益出])")
_TAKES_UP = re.compile(
    r"[这這那][个個句种種一番段声聲话話]|成[为為了]|等|一[词詞句声聲语語话話]|[和与與及或]|是[一我他她大]|[为為作响響]|中"
)
_ENTITY = re.compile(r"&#?\w{1,8}$")
_LATIN_WORD = re.compile(r"[A-Za-z0-9À-ÿ.&'’-]*$")
_NUMBER = re.compile(r"[\d.]+")
_BEFORE_NUMBER = frozenset(" 　、，,；;：:（(第图圖表节節章")
_APART = " \u3000"
_ABBREVIATIONS = re.compile(
    "mr|mrs|ms|dr|st|nos?|vs|etc|inc|ltd|co|corp|jr|sr|prof|gen|col|maj|capt|lt|sgt|adm|gov|sen|rep|rev|hon|pres|figs?"
    "|vols?|pp|eds?|cf|al|ave|rd|blvd|approx|dept|est|bros|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|arts?|para|sec"
    "|ch|chap|op|cit|ibid|viz|ph",
    re.IGNORECASE,
)


class _Scanner:
    """One text under the rules: finds its quotations and brackets first, then the cuts between its sentences."""

    def __init__(self, text: str, rules: Rules) -> None:
        self._text = text
        self._rules = rules
        self._endings = _ENDING_OR_COLON if rules.break_at_list_items else _ENDING
        found = sorted(pairs(text, within_lines=rules.break_at_newline))
        self._opening = {closing: opening for opening, closing in found}
        self._masked = self._mask(found)
        self._dots_are_stops = "。" not in text and text.rstrip(EDGES).endswith((".", "．"))
        self._start = 0
        self._first = self._first_from(0)

    def _mask(self, found: list[tuple[int, int]]) -> str:
        """A copy of the text, as long: what stands inside a short enough pair hidden, its closing mark marked."""
        parts: list[str] = []
        done = 0
        for opening, closing in found:
            longest = _TITLE_LENGTH if self._text[closing] in TITLES else self._rules.longest_quotation
            if opening >= done and closing - opening < longest:
                parts += (self._text[done:opening], _HIDDEN * (closing - opening), _CLOSED)
                done = closing + 1
        return "".join([*parts, self._text[done:]])

    def cuts(self) -> Iterator[int]:
        """The offsets at which a sentence ends and the next begins, rising."""
        read = 0
        for found in self._endings.finditer(self._masked):
            cut = self._cut(found)
            if cut is None or cut <= self._start:
                continue
            word = WORD.search(self._text, max(read, self._start), cut)
            read = cut
            if word or found[0][-1] in NEW_LINES:
                yield cut
                self._start = cut
                if self._first < cut:
                    self._first = self._first_from(cut)

    def _cut(self, found: re.Match[str]) -> int | None:
        """Where the sentence ends, if it ends at this stop, closing mark or line end."""
        mark, start, end = found[0], found.start(), found.end()
        if mark[-1] in NEW_LINES:
            return end if self._rules.break_at_newline or BLANK_LINE.match(self._text, start) else None
        if mark == _CLOSED:
            return self._after_pair(start) if start in self._opening else None
        if not self._is_stop(mark, start, end):
            return None
        last = self._with_closing_marks(end)
        return self._after_pair(last - 1) if last > end and last - 1 in self._opening else self._unless_it_goes_on(last)

    def _with_closing_marks(self, end: int) -> int:
        """The end of the closing marks after a stop: those of a pair too long to be hidden, or without partner."""
        while closing := _CLOSING.match(self._masked, end):
            if closing[1] in STRAIGHT and closing.start(1) not in self._opening:
                break
            end = closing.end()
        return end

    def _unless_it_goes_on(self, end: int) -> int | None:
        """`end`, behind the marks of notes; None where a comma or the like shows that the sentence is not over."""
        note = _NOTE_MARK.match(self._text, end)
        end = note.end() if note else end
        following = self._next(end)
        return None if self._text[following : following + 1] in _GOES_ON else end

    def _after_pair(self, closing: int) -> int | None:
        """Where the sentence ends, if it ends with the quotation or bracket that closes at `closing`."""
        opening = self._opening[closing]
        stop = self._stop_inside(opening, closing) or self._is_note(opening, closing)
        end = self._unless_it_goes_on(closing + 1)
        if not stop or end is None or self._text[closing] in TITLES:
            return None
        following = self._next(end)
        if _CONTINUES.match(self._text, following):
            return None
        quoted = self._text[closing] in QUOTES
        if quoted and is_introduced(self._text, opening, self._start):
            return end
        first = opening == self._first
        if stop in "！？!?" and (not first or (quoted and _TAKES_UP.match(self._text, following))):
            return None
        attributed = quoted and self._rules.keep_attribution and is_attribution(self._text, following)
        return None if attributed else end

    def _is_note(self, opening: int, closing: int) -> str:
        """A stop, for what is no part of the sentences around it: （记者李明） behind the end of one."""
        behind = opening == self._first and self._start and self._text[self._start - 1] not in NEW_LINES
        return "。" if behind and _NOTE.fullmatch(self._text, opening, closing + 1) else ""

    def _stop_inside(self, opening: int, closing: int) -> str:
        """The stop with which the words inside a pair end; empty where they end in none."""
        last = closing - 1
        while last > opening and (self._text[last] in CLOSING or self._text[last] in EDGES):
            last -= 1
        mark = self._text[last]
        if mark in ".．":
            return mark if is_full_stop(self._text, last, self._start) else ""
        return mark if mark in _STOPS else ""

    def _is_stop(self, mark: str, start: int, end: int) -> bool:
        if mark == "。":
            return True
        marks = set(mark) - {" ", "\u3000"}
        if marks <= {";", "；", ":", "："}:
            return self._is_item_end(mark, start, end)
        dots = len(marks) == 1 and len(mark) > 2 and marks <= set("。.．")  # ... and 。。。
        if dots or ("…" in marks and not marks & set(_STOPS)):
            return self._rules.break_at_ellipsis
        if mark in {".", "．"}:
            return is_full_stop(self._text, start, self._start, alone=self._dots_are_stops)
        return not (mark.isascii() and _is_inside_words(self._text, start, end))

    def _is_item_end(self, mark: str, start: int, end: int) -> bool:
        """Whether a colon or semicolon ends a unit: always by the rules, or before the number of a list's next item.

        A list whose items hold whole sentences is cut at its items in any case: at 。 the list was cut already.
        """
        if mark not in "：:" and self._rules.break_at_semicolon:
            return not _ENTITY.search(self._text, max(0, start - 10), start)
        if not _ITEM.match(self._text, end):
            return False
        if self._rules.break_at_list_items:
            return True
        return not _FIRST_ITEM.match(self._text, end) and not _ITEM_WITHIN.search(self._text, self._start, start)

    def _first_from(self, start: int) -> int:
        """The offset of the first character from `start` on that is no white space."""
        edge = EDGE.match(self._text, start)
        return edge.end() if edge else start

    def _next(self, end: int) -> int:
        """The offset of the first character from `end` on that is not blank."""
        blank = _BLANK.match(self._text, end)
        return blank.end() if blank else end


def is_full_stop(text: str, at: int, start: int, *, alone: bool = False) -> bool:
    """Whether the dot at `at` ends a sentence that begins at `start`.

    The dot of a number (3.14), of a list's number (1. 第一), an abbreviation (U.S.), an address (a.com) or a foreign
    name (约翰.肯尼迪) does not. `alone`: the text has no other full stop, so one may stand between two characters.
    """
    found = _LATIN_WORD.search(text, max(0, at - 24), at)
    word = found[0] if found else ""
    after = text[at + 1 : at + 2]
    apart = not after or after.isspace() or after in CLOSING
    if not word:
        before = text[at - 1 : at] if at else " "
        return not before.isspace() if apart else alone and not after.isascii()
    if _NUMBER.fullmatch(word):
        first = at - len(word)
        of_a_list = first <= start or text[first - 1] in _BEFORE_NUMBER
        return apart and not (of_a_list and after)
    if len(word.rpartition(".")[2]) < 2 or _ABBREVIATIONS.fullmatch(word):
        return False
    return after >= "\u2e80" if not apart else not text[at + 1 : at + 3].strip().islower()


def _is_inside_words(text: str, start: int, end: int) -> bool:
    """Whether half-width ! or ? stands inside an address (?a=1), English goes on in lower case (Yahoo! is), or a ?
    between two blanks is what an old conversion left of a dash."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start:end] == "?" and before in _APART and (after in _APART or after.isdigit()):
        return bool(before and after)
    if after and after.isascii() and (after.isalnum() or after in "=/&_-"):
        return before.isascii() and not before.isspace()
    return after == " " and "a" <= text[end + 1 : end + 2] <= "z"
