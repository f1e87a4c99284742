"""Characters in an entry that are not what they seem, or that should not be there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bilingual.bitext import Term, TermKind, TermStatus
from bilingual.glossary.problems import Severity

Found = tuple[Severity, str, str]
"""How bad, the name of the check, and what to say."""

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_PAIRS = dict(zip(")]}”》】）」』〉", "([{“《【（「『〈", strict=True))
_OPEN = {opening: closing for closing, opening in _PAIRS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_GREEK_LIKE_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ")
_WIDE = re.compile("[！-～　、。「」『』《》〈〉【】￥]")
_BROKEN = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);|Ã[\x80-\xbf©¨ª]|â€", re.IGNORECASE)
_ENDS = re.compile(r"[,;:，；：、。]$|(?<![.…])(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)(?<!\b\w\w\w\w)\.$")
_HAN = r"[\u3400-\u9fff]"
_SPACED = re.compile(rf"(?:^|[ \u3000]){_HAN}[ \u3000]+{_HAN}|{_HAN}[ \u3000]+{_HAN}(?:[ \u3000]|$)")
"""A single character by itself: the space is the printer's (王　勇), not one between two halves of a slogan."""


def suspicious(term: Term) -> Iterator[Found]:
    """What is wrong with the characters of one entry, each as severity, check and words."""
    yield from _source(term)
    for name, texts in (("target", (term.target,)), ("admitted", term.admitted), ("forbidden", term.forbidden)):
        for text in texts:
            yield from (_hidden(name, text))
            if term.status is not TermStatus.KEEP:
                yield from _english(name, text)
    yield from _form(term)


def _source(term: Term) -> Iterator[Found]:
    for name, text in (("source", term.source), ("when", term.when)):
        yield from _hidden(name, text)
        for char in dict.fromkeys(text):
            if plain := _seems(char):
                yield _ERROR, "never", f"'{name}' holds {_named(char)}, which no text has: write {plain}"
    if _SPACED.search(term.source):
        yield _WARNING, "never", "'source' has a space after a single character: found only where the text has it too"
    if term.source[0] == "《" and term.source[-1] == "》":
        yield _WARNING, "form", "'source' stands in 《》: write it without, then it is found with and without them"
    if term.source[-1] in "，、。；：":
        yield _WARNING, "form", f"'source' ends with {term.source[-1]}: found only where the text has that too"
    yield from _unbalanced("source", term.source)


def _hidden(name: str, text: str) -> Iterator[Found]:
    """What nobody sees, and what no font has."""
    for char in dict.fromkeys(text):
        category = unicodedata.category(char)
        if category == "Cf" or char in "\u034f\u115f\u3164" or "\ufe00" <= char <= "\ufe0f":
            yield _ERROR, "characters", f"'{name}' holds an invisible character, {_named(char)} – take it out"
        elif category in {"Co", "Cn"} or char == "\ufffd":
            yield _ERROR, "characters", f"'{name}' holds {_named(char)}, which is no character – write it again"
    if "  " in text:
        yield _WARNING, "form", f"'{name}' has two spaces in a row: “{text}”"
    if broken := _BROKEN.search(text):
        yield _WARNING, "characters", f"'{name}' holds “{broken[0]}”, which looks like a character gone wrong"


def _seems(char: str) -> str:
    """The Chinese character that `char` is a double of (a radical ⽹ for 网), or empty."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain != char else ""
    return ""


def _english(name: str, text: str) -> Iterator[Found]:
    for word in _WORD.findall(text):
        strange = "".join(dict.fromkeys(filter(_strange, word)))
        if strange and (len(strange) < len(set(word)) or len(word) == 1):
            yield _ERROR, "characters", f"'{name}': in “{word}” {_named(strange[0])} looks like a Latin letter"
    wide = "".join(dict.fromkeys(_WIDE.findall(text)))
    if wide:
        yield _WARNING, "characters", f"'{name}' holds the wide {wide} in “{text}” – write it as English has it"
    if _ENDS.search(text):
        yield _WARNING, "form", f"'{name}' ends with “{text[-1]}”: “{text}”"
    yield from _unbalanced(name, text)


def _strange(char: str) -> bool:
    """Whether it is a Cyrillic letter, or a Greek one that looks like a Latin one."""
    return "\u0400" <= char <= "\u052f" or char in _GREEK_LIKE_LATIN


def _unbalanced(name: str, text: str) -> Iterator[Found]:
    stack: list[str] = []
    for char in text:
        if char in _OPEN:
            stack.append(_OPEN[char])
        elif char in _PAIRS and (not stack or stack.pop() != char):
            yield _WARNING, "form", f"'{name}' has {char} without its {_PAIRS[char]}: “{text}”"
            return
    if stack:
        yield _WARNING, "form", f"'{name}' has {_PAIRS[stack[-1]]} without its {stack[-1]}: “{text}”"
    elif text.count('"') % 2:
        yield _WARNING, "form", f"'{name}' has a quotation mark without its other: “{text}”"


def _form(term: Term) -> Iterator[Found]:
    """How the preferred rendering is written, and whether the renderings are told apart."""
    article = re.match(r"(the )\S", term.target, re.IGNORECASE)
    proper = term.case or term.kind in {TermKind.PLACE, TermKind.DOCUMENT}  # The Hague, The Lancet
    if article and not (article[1] == "The " and proper):
        yield _WARNING, "form", f"'target' begins with “{article[1].strip()}”: articles are set where they are needed"
    seen: set[str] = set()
    for text in term.renderings:
        if text in seen:
            yield _WARNING, "form", f"the rendering “{text}” stands twice"
        seen.add(text)


def _named(char: str) -> str:
    shown = f"{char} " if char.isprintable() else ""
    return f"{shown}(U+{ord(char):04X} {unicodedata.name(char, 'without a name')})"
