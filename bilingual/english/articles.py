"""Which article: "a" or "an" by the sound of the next word, and none twice."""

from __future__ import annotations

import re

from bilingual.bitext import Span

_SILENT_H = re.compile(r"(?:hour|honest|hono[u]?r|heir|herb)", re.IGNORECASE)
# Vowel letters that begin with the sound of "you" or "won", and Uyghur.
_AS_CONSONANT = re.compile(
    r"(?:eu|ewe|une(?:p|sco)|one\b|one-|once|uni(?!n|mp|mm|mag|dent|ntel|ntent|nter)|us(?:e|u|a[bg])|ut[eio](?!r)|ura[ln]|urin|urug|"
    r"ukrai|ukul|ugand|ubi|uyg|uig)",
    re.IGNORECASE,
)
_LETTERS_WITH_VOWEL_SOUND = frozenset("AEFHILMNORSX")
_ACRONYMS = "NATO NASA FIFA SARS MERS RAM ROM LAN SIM NAFTA NASDAQ RADAR LASER SWIFT UNEP"
_SPOKEN_AS_WORDS = frozenset(_ACRONYMS.split())
_EIGHT = re.compile(r"(?:8[\d,.]*|1[18](?:,\d{3})*(?:\.\d+)?)(?!\d)")


def article(word: str) -> str:
    """ "a" or "an", as the sound of `word` wants: an hour, a university, an MOU, a UN resolution, an 8."""
    first = re.match(r"[\W_]*([^\W_]+(?:[,.]\d+)*)", word)
    if not first:
        return "a"
    token = first[1]
    if token[0].isdigit():
        return "an" if _EIGHT.match(token) else "a"
    if _is_spelt(token):
        return "an" if token[0] in _LETTERS_WITH_VOWEL_SOUND else "a"
    if _SILENT_H.match(token):
        return "an"
    return "an" if token[0] in "aeiouAEIOU" and not _AS_CONSONANT.match(word[first.start(1) :]) else "a"


def _is_spelt(token: str) -> bool:
    """Whether it is said letter by letter: AI, MOU, G20, but not NATO or UNESCO."""
    letters = re.sub(r"s$|\d", "", token)
    if len(token) == 1 or token[1:].isdigit():
        return token.isupper()
    if not letters.isupper() or token in _SPOKEN_AS_WORDS:
        return False
    sounds_like_a_word = len(letters) > 4 and re.search(r"[AEIOU]", letters[1:4])
    return not sounds_like_a_word


_OWN_ARTICLE = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"(?:(?<=\s)|^|(?<=[\"'“‘(]))(the|an?)(\s+[\"'“‘(]?)$", re.IGNORECASE)


def fix_articles(text: str, span: Span) -> tuple[str, Span]:
    """`text` with the article before `span` agreeing, or dropped where the span brings its own; and the new span.

    "the The Paper" → "The Paper", "a hour" → "an hour".
    """
    before = _ARTICLE_BEFORE.search(text, 0, span.start)
    if not before:
        return text, span
    words = span.of(text)
    if _OWN_ARTICLE.match(words):
        kept = before[2].lstrip()
        words = words[0].upper() + words[1:] if before[1][0].isupper() else words
    else:
        kept = _agreeing(before[1], words) + before[2]
    start = before.start() + len(kept)
    return text[: before.start()] + kept + words + text[span.end :], Span(start, start + len(words))


def _agreeing(written: str, words: str) -> str:
    if written.lower() == "the":
        return written
    right = article(words)
    return right.capitalize() if written[0].isupper() else right


_WRONG = re.compile(r"(?<![\w'’.-])(an?|A|An)( +[\"'(]?)(?=([^\W_]\S*))")


def agree(text: str) -> str:
    """`text` with every "a" and "an" agreeing. A capital A inside a sentence (vitamin A, Plan A) stays."""

    def settle(found: re.Match[str]) -> str:
        first = found.start() == 0 or text[found.start() - 2 : found.start()] in {". ", ' "'}
        if (found[1] == "A" and not first) or not found[3][0].isascii():
            return found[0]
        return _agreeing(found[1], found[3]) + found[2]

    return _WRONG.sub(settle, text)
