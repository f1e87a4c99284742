"""Where do the sentences of an English text end? The boundaries of `sentencex`, corrected by rules of our own.

The library knows abbreviations, initials, quotations and decimals. Ours keep the number of a list or paragraph with
what it numbers, a closing mark with what it closes, a title with its name, and add what the library passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.quotations import NEW_LINES
from bilingual.segmentation.spans import EDGE, paragraphs
from bilingual.settings import Rules

_FLAT = str.maketrans(dict.fromkeys(NEW_LINES, " "))  # as long as the text: offsets stay what they are
_NO_QUOTES = str.maketrans(dict.fromkeys('"“”', " "))
_QUOTATION = re.compile(r'"[^"]*"|“[^”]*”')
_QUOTE = re.compile(r'["“”]')
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<=s)['’](?=\s)")  # the library would take two of them for a quotation
_WINDOW = 40  # characters before a boundary that the rules look at
_WIDTH = 3  # English letters to a Chinese character, for lengths that are set once for both

_NUMBER = r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)|\d{1,3}\.)"
_ITEM = re.compile(rf"[\"“(]?{_NUMBER}\s")
_NO_COUNT = r"(?<![Nn]o\.\s)(?<![Nn]os\.\s)(?<!ara\.\s)(?<!aras\.\s)(?<!ig\.\s)(?<!rt\.\s)(?<!ol\.\s)(?<!\bp\.\s)"
_COUNTS = re.compile(rf"{_NO_COUNT}(?:^|(?<=[.!?;:]\s)|(?<=[.!?][\"”’)\]]\s)){_NUMBER}(?=\s)")
_AFTER_NUMBER = re.compile(rf"(?:^|(?<=[.!?;:])\s+|(?<=[.!?][\"”’)\]])\s+){_NO_COUNT}{_NUMBER}$")
_AFTER_OPENING = re.compile(r"(?<=[.!?])\s+[\"“(]$")
_LONE_CLOSING = re.compile(r"\s+[\"”’'](?=\s|$)")
_MORE = re.compile(
    rf"[.!?][\"”’)\]]*(?=\s+{_NUMBER}\s+[\"“(]?[A-Z])"  # … in annex V. 4. In accordance with …
    r"|[.!?][)\]](?=\s+[\"“]?[A-Z])|[.!?]\s[\"”](?=\s)|[;:](?=\s)|\.\.\.(?=\s)"
    r"|\betc\.(?=\s+[A-Z])|(?:\d|/[a-z]{1,3}|[a-z][A-Z])\.(?=\s+[A-Z][a-z])"  # … at 25:18. The … 600Mbit/s. The …
)
"""Ends the library passes over."""

_TITLE = re.compile(
    r"(?:\b(?:M(?:rs?|s|me|essrs)|D(?:r|rs)|Prof|Rev|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|Hon|vs|cf|e\.g|i\.e"
    r"|MRS?|MS|DR|PROF)\.|(?:[A-Z][a-z]+|\b[A-Z]\.)\s[A-Z]\.)$"
)
_BEFORE_DIGIT = re.compile(r"\b(?:nos?|figs?|vols?|arts?|paras?|pp?|ch|cap|sec|approx)\.$", re.IGNORECASE)
_BEFORE_SMALL = re.compile(r"\.\.|\b(?:Ltd|Inc|Corp|Co|Bros|Jr|Sr|etc|al|approx|dept|est)\.$", re.IGNORECASE)
_SPOKEN = re.compile(r"([.!?])\s?[\"”’]$")
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){1,3}(?:said|says|asked|asks|added|replied|answered|cried|shouted|told|wrote)\b(?P<end>[.,])?"
)


def cuts(text: str, rules: Rules) -> Iterator[int]:
    """The offsets at which a sentence ends and the next begins, rising."""
    for part in paragraphs(text, each_line=rules.break_at_newline):
        flat = part.of(text).translate(_FLAT).rstrip()
        yield from (part.start + at for at in _within(flat, rules))
        yield part.end


def _within(text: str, rules: Rules) -> Iterator[int]:
    """The cuts inside one paragraph."""
    ends = {*_library(text, rules), *(more.end() for more in _MORE.finditer(text))}
    found = {_placed(text, end) for end in ends}
    yield from (at for at in sorted(found) if 0 < at < len(text) and _ends(text, at, rules))


def _library(text: str, rules: Rules) -> Iterator[int]:
    """The library's boundaries; those inside a quotation only where it is longer than the rules allow."""
    import sentencex

    plain = _COUNTS.sub(_hidden, _APOSTROPHE.sub("x", text))
    for found in sentencex.get_sentence_boundaries("en", plain):
        start, end = found["start_index"], found["end_index"]
        yield end
        if _QUOTE.search(plain, start, end):  # alone it may be cut: a mark that lost its partner has led astray
            again = sentencex.get_sentence_boundaries("en", _without_long_quotations(plain[start:end], rules))
            yield from (start + within["end_index"] for within in again)


def _hidden(number: re.Match[str]) -> str:
    """The number of an item as a word, as long: behind (a) the library would take the whole paragraph for the item."""
    return "x" * len(number[0])


def _without_long_quotations(sentence: str, rules: Rules) -> str:
    """The sentence, as long as it was, without its quotation marks where a quotation in it is too long to keep."""
    longest = max((len(found[0]) for found in _QUOTATION.finditer(sentence)), default=0)
    return sentence.translate(_NO_QUOTES) if longest > _WIDTH * rules.longest_quotation else sentence


def _placed(text: str, end: int) -> int:
    """Where a boundary near `end` belongs: before a number or an opening mark, behind a closing one."""
    at = max(0, end - _WINDOW) + len(text[max(0, end - _WINDOW) : end].rstrip())
    closing = _LONE_CLOSING.match(text, at)
    if closing:
        return closing.end()
    window = text[max(0, at - _WINDOW) : at]
    taken = _AFTER_NUMBER.search(window) or (_AFTER_OPENING.search(window) if text[at : at + 1].strip() else None)
    return at - len(window) + taken.start() if taken else at


def _ends(text: str, at: int, rules: Rules) -> bool:
    """Whether a sentence may end at `at`, seen from what stands on both sides."""
    edge = EDGE.match(text, at)
    following = edge.end() if edge else at
    mark, after = text[at - 1], text[following : following + 1]
    if mark in ";:":
        of_a_list = rules.break_at_list_items and _ITEM.match(text, following)
        return bool(of_a_list) or (mark == ";" and rules.break_at_semicolon)
    if after in ",;:)]" or (following == at and mark == "." and after.isalnum() and text[at - 2 : at - 1].isupper()):
        return False
    window = text[max(0, at - _WINDOW) : at]
    if after.islower() and (mark != "." or _BEFORE_SMALL.search(window)):
        return window.endswith("...") and rules.break_at_ellipsis
    if _TITLE.search(window) or (after.isdigit() and _BEFORE_DIGIT.search(window)):
        return False
    return not (rules.keep_attribution and _is_attributed(text, following, _SPOKEN.search(window)))


def _is_attributed(text: str, following: int, spoken: re.Match[str] | None) -> bool:
    """Whether what follows a quotation says who spoke: “Why?” John asked …; behind a full stop only “….” John said."""
    speaker = _SPEAKER.match(text, following) if spoken else None
    return bool(spoken and speaker and (spoken[1] != "." or speaker["end"]))
