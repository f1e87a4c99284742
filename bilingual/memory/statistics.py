"""What a memory holds, counted."""

from __future__ import annotations

import json
import re
import sqlite3

from bilingual.chinese import HAN
from bilingual.memory.nouns import Statistics

PAGE = 500
"""Entries read at a time."""

USUAL = 0.6
"""English words for a Chinese character where the memory has too few sentences to say."""

_SAMPLE, _FEWEST = 2000, 100
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def of(base: sqlite3.Connection) -> Statistics:
    """The counts of everything in use."""
    pages, size = _one(base, "PRAGMA page_count"), _one(base, "PRAGMA page_size")
    return Statistics(
        entries=_one(base, "SELECT count(DISTINCT entry) FROM use WHERE gone IS NULL"),
        uses=_one(base, "SELECT count(*) FROM use WHERE gone IS NULL"),
        replaced=_one(base, "SELECT count(*) FROM use WHERE gone IS NOT NULL"),
        sources=_one(base, "SELECT count(DISTINCT form) FROM entry"),
        megabytes=pages * size / (1 << 20),
        states=_counted(base, "state"),
        origins=_origins(base),
        documents=_counted(base, "(SELECT name FROM document WHERE document.id = use.document)"),
        people=_counted(base, "by"),
        newest=str(base.execute("SELECT coalesce(max(at), '') FROM use WHERE gone IS NULL").fetchone()[0]),
    )


def numbers_after(base: sqlite3.Connection, last: int, document: str | None) -> list[int]:
    """The numbers of the entries in use that follow `last`, a page of them; of one document only, if named."""
    if document is None:
        query = "SELECT id FROM entry WHERE id > ? ORDER BY id LIMIT ?"
        return [number for (number,) in base.execute(query, (last, PAGE))]
    query = (
        "SELECT DISTINCT entry FROM use WHERE document = (SELECT id FROM document WHERE name = ?) "
        "AND gone IS NULL AND entry > ? ORDER BY entry LIMIT ?"
    )
    return [number for (number,) in base.execute(query, (document, last, PAGE))]


def ratio(base: sqlite3.Connection) -> float:
    """English words for a Chinese character in the newest sentences."""
    query = "SELECT source, target FROM entry ORDER BY id DESC LIMIT ?"
    characters = words = count = 0
    for source, target in base.execute(query, (_SAMPLE,)):
        characters += chinese_characters(source)
        words += max(0, other_words(target) - other_words(source))
        count += 1
    return words / characters if count >= _FEWEST and characters and words else USUAL


def chinese_characters(text: str) -> int:
    """How many Chinese characters a text has; punctuation does not count."""
    return len(_HAN.findall(text))


def other_words(text: str) -> int:
    """How many words and numbers of other scripts a text has."""
    return len(_WORD.findall(_HAN.sub(" ", text)))


def _one(base: sqlite3.Connection, query: str) -> int:
    return int(base.execute(query).fetchone()[0])


def _counted(base: sqlite3.Connection, what: str) -> tuple[tuple[str, int], ...]:
    query = f"SELECT {what}, count(*) FROM use WHERE gone IS NULL GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608 (our own)
    return tuple((str(name), count) for name, count in base.execute(query) if name)


def _origins(base: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for origin, count in _counted(base, "origin"):
        kind = json.loads(origin)["kind"]
        counts[kind] = counts.get(kind, 0) + count
    return tuple(counts.items())
