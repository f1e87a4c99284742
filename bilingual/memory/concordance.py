"""Concordance: the entries that hold a few words, in either language, and where they stand."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

from bilingual.bitext import Span
from bilingual.chinese import has_chinese
from bilingual.glossary.matching import normal_form
from bilingual.memory import reading
from bilingual.memory.forms import form
from bilingual.memory.nouns import Entry, Hit
from bilingual.memory.postings import Index

SIDES = ("source", "target", "both")
_PAGE = 50
_WORD = re.compile(r"\w+")


def search(base: sqlite3.Connection, index: Index, text: str, side: str) -> Iterator[Hit]:
    """The entries that hold `text` on a side, the newest first."""
    words = " ".join(text.split())
    if not words:
        return
    wanted = _pattern(words)
    seen: set[int] = set()
    for numbers in _candidates(base, index, words, side):
        fresh = [number for number in numbers if number not in seen]
        seen.update(fresh)
        for entry in reversed(reading.of_numbers(base, fresh)):
            hit = _hit(entry, wanted, side)
            if hit.source or hit.target:
                yield hit


def _candidates(base: sqlite3.Connection, index: Index, words: str, side: str) -> Iterator[list[int]]:
    """Pages of entries that may hold the words, those that an index knows; all there are where none does."""
    found = False
    if side != "target" and _indexed(words):
        for page in _of_forms(base, index.holding(form(words))):
            found = True
            yield page
    if side != "source" and (query := _query(words)):
        for page in _of_words(base, query):
            found = True
            yield page
    if not found and not (side == "source" and _indexed(words)):
        yield from _all(base, words, side)


def _indexed(words: str) -> bool:
    """Whether the index of forms finds it: Latin letters at an edge may be a part of a word."""
    return has_chinese(words) and not (_is_latin(words[0]) or _is_latin(words[-1]))


def _is_latin(char: str) -> bool:
    return char.isalnum() and not has_chinese(char)


def _of_forms(base: sqlite3.Connection, numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _PAGE):
        marks = ",".join(map(str, numbers[start : start + _PAGE]))
        query = f"SELECT id FROM entry WHERE form IN ({marks}) ORDER BY id DESC"  # noqa: S608 (numbers)
        rows = base.execute(query)
        while page := [number for (number,) in rows.fetchmany(_PAGE)]:
            yield page


def _query(words: str) -> str:
    """The words as a question to the word index: in this order, the last one perhaps only begun."""
    found = [] if has_chinese(words) else _WORD.findall(words)
    return f'"{" ".join(found)}" *' if found else ""


def _of_words(base: sqlite3.Connection, query: str) -> Iterator[list[int]]:
    rows = base.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC", (query,))
    while page := [number for (number,) in rows.fetchmany(_PAGE)]:
        yield page


def _all(base: sqlite3.Connection, words: str, side: str) -> Iterator[list[int]]:
    """Every entry that holds the words letter by letter: for parts of words, and for signs."""
    shape = "%" + re.sub(r"([%_\\])", r"\\\1", words).replace(" ", "%") + "%"
    sides = {"source": "source LIKE :w ESCAPE '\\'", "target": "target LIKE :w ESCAPE '\\'"}
    where = " OR ".join(sides[name] for name in (sides if side == "both" else [side]))
    rows = base.execute(f"SELECT id FROM entry WHERE {where} ORDER BY id DESC", {"w": shape})  # noqa: S608 (our own)
    while page := [number for (number,) in rows.fetchmany(_PAGE)]:
        yield page


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, normal_form(words).split())))


def _hit(entry: Entry, wanted: re.Pattern[str], side: str) -> Hit:
    source = _spans(entry.source.string, wanted) if side != "target" else ()
    target = _spans(entry.target.string, wanted) if side != "source" else ()
    return Hit(entry, tuple(source), tuple(target))


def _spans(text: str, wanted: re.Pattern[str]) -> Iterable[Span]:
    return (Span(*found.span()) for found in wanted.finditer(normal_form(text)))
