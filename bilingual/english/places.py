"""A settled rendering put in the place of its placeholder, so that the sentence around it stays English."""

from __future__ import annotations

import re

from bilingual.bitext import Span
from bilingual.english.articles import fix_articles
from bilingual.english.typography import capitalise

_POSSESSIVE = re.compile(r"\s*['’]\s*s(?!\w)|['’](?![\w'’])|\s['’](?=\s)")
_SENTENCE_START = re.compile(r"(?:(?:^|\n)(?:[#•*–-]+\s+)*|[.!?]['\"”’)]*\s)[\s\"'“‘(\[]*$")
_FUNCTION_WORDS = re.compile(
    r"(?P<word>more than|less than|fewer than|up to|at least|at most|over|about|around|nearly|almost|some|"
    r"under|below|in|on|at|by|from|to|of|for|with|the past|the)\s+",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:US\$|HK\$|RMB|CNY|USD|HKD|EUR|[$€£¥])\s*$")
_MONEY_SIGN = re.compile(r"\b(HK\$|US\$)\s*$")
_DOLLARS = {"HK$": "Hong Kong dollar", "US$": "US dollar"}
"""What a sign is called where no sum follows: the Hong Kong dollar monetary base."""

_MONEY = re.compile(r"(?:[A-Z]{1,3}\$|RMB|[$€£¥])\s?\d|.*\d.*(?:yuan|dollars|euros|yen|won|pounds|rubles)$")
_MONEY_AFTER = re.compile(
    r"\s+(?:(?:US|U\.S\.|Hong Kong|HK|American|Canadian|Australian|Singapore|Chinese)\s+)?"
    r"(?:dollars?|yuan|RMB|renminbi|euros?|yen|won|pounds?|HKD|USD)\b",
    re.IGNORECASE,
)
_PERCENT_AFTER = re.compile(r"\s*(?:%|per\s?cent\b|percentage points?\b)", re.IGNORECASE)


def plural(word: str) -> str:
    """The regular English plural: city → cities, box → boxes; what ends in s already stays."""
    if not word or word.endswith(("s", "S")):
        return word
    if re.search(r"(?:x|z|ch|sh)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def possessive(words: str) -> str:
    """With its possessive ending: Xinhua's, the United Nations'."""
    if words.endswith(("'s", "’s", "'", "’")):
        return words
    return words + ("'" if words.endswith("s") else "'s")


def place(text: str, placeholder: str, rendering: str) -> tuple[str, Span]:
    """`text` with the first `placeholder` replaced by `rendering`, and where the rendering stands now.

    Sees to the capital at a sentence's start, to articles (a/an, none twice), to the possessive and its spacing, to
    words the text would say twice ("T1X Summit" with "Wuzhen Summit"), and to spaces on both sides. The plural of a
    placeholder (T1Xs) goes on the rendering where that is no name. Raises ValueError where there is no placeholder.
    """
    found = _find(text, placeholder)
    before, after = text[: found.start()], text[found.end() :]
    if found["plural"] and rendering.rsplit(maxsplit=1)[-1].islower():
        rendering = plural(rendering)
    before, after = _without_echo(before, after, rendering)
    if before and (before[-1].isalnum() or before[-1] in ",;:!?)%"):
        before += " "
    ending = _POSSESSIVE.match(after)
    if ending:
        after = possessive(rendering)[len(rendering) :] + after[ending.end() :]
    elif after[:1].isalnum() or after[:1] == "(":
        after = " " + after
    text, span = fix_articles(before + rendering + after, Span(len(before), len(before) + len(rendering)))
    return _with_capital(text, span), span


def _find(text: str, placeholder: str) -> re.Match[str]:
    mark = re.escape(placeholder)
    standing = re.search(rf"(?<![A-Za-z0-9]){mark}(?P<plural>s?)(?![A-Za-z0-9])", text)
    found = standing or re.search(rf"{mark}(?P<plural>)", text)
    if not found:
        raise ValueError(f"no {placeholder!r} in {text!r}")
    return found


def _without_echo(before: str, after: str, rendering: str) -> tuple[str, str]:
    """The text on both sides without what the rendering says itself: "over T1X" with "over 200,000"."""
    first = _FUNCTION_WORDS.match(rendering)
    if first and first["word"].lower() != "the":
        before = re.sub(rf"(?:(?<=\W)|^){re.escape(first['word'])}\s+$", "", before, flags=re.IGNORECASE)
    last = re.search(r"[^\W\d_]{4,}$", rendering)
    if last:
        after = re.sub(rf"^\s+{last[0]}(?![\w'’-])", "", after, flags=re.IGNORECASE)
    if sign := _MONEY_SIGN.search(before) if rendering[:1].isalpha() and not _MONEY.match(rendering) else None:
        before = before[: sign.start()] + f"{_DOLLARS[sign[1]]} "
    if _MONEY.match(rendering):
        return _MONEY_BEFORE.sub("", before), _MONEY_AFTER.sub("", after, count=1) if _MONEY_AFTER.match(
            after
        ) else after
    if re.search(r"(?:%|percent)$", rendering) and _PERCENT_AFTER.match(after):
        after = _PERCENT_AFTER.sub("", after, count=1)
    return before, after


def begins_sentence(before: str) -> bool:
    """Whether what follows `before` is the first word of a sentence."""
    return _SENTENCE_START.search(before) is not None


def _with_capital(text: str, span: Span) -> str:
    if not begins_sentence(text[: span.start]):
        return text
    return text[: span.start] + capitalise(text[span.start :])
