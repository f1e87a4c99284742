"""The words of a target that its author chose: not those of terms, addresses, codes or other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilingual.bitext import Kind, Span, Unit
from bilingual.checks.context import Context

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://\S+|\bwww\.\S+|(?<!\S)\S{1,64}@\S+|[#@]\w+|(?<![\w-])[\w-]{1,64}(?:[._/\\][\w-]{1,64})+"
)
"""Web and post addresses, file names: nobody's spelling."""
_MAY_BE_ADDRESS = re.compile(r"[@#_/\\]|\.\S")
_DIGIT = re.compile(r"[\d_]")
_MIXED = re.compile(r"\b\w*[\d_]\w*\b")
_BEGINNING = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+)['\"“‘(\[]*$")
HEADINGS = frozenset({Kind.TITLE, Kind.HEADING, Kind.RUNNING_HEAD})


def kept(unit: Unit, context: Context) -> list[Span]:
    """The stretches of the target that are as they must be: its terms, and addresses."""
    spans = [span for _, span in context.verdict(unit).found if span is not None]
    if _MAY_BE_ADDRESS.search(unit.target.string):
        spans += [Span(*found.span()) for found in _ADDRESS.finditer(unit.target.string)]
    return spans


def words(unit: Unit, context: Context) -> Iterator[tuple[str, Span]]:
    """Each word of the target that is the author's own, with its place."""
    text = unit.target.string
    fixed = bytearray(len(text))
    mixed = _MIXED.finditer(text) if _DIGIT.search(text) else ()
    for span in (*kept(unit, context), *(Span(*found.span()) for found in mixed)):
        fixed[span.start : span.end] = b"\1" * len(span)
    foreign = {found.lower() for found in LATIN.findall(unit.source.string)}
    for found in WORD.finditer(text):
        if found[0].lower() not in foreign and fixed.find(1, *found.span()) < 0:
            yield found[0], Span(*found.span())


def is_name(text: str, span: Span) -> bool:
    """Whether a word with a capital is part of a name, as far as its neighbours show: it does not begin a sentence, or
    the next word has a capital too."""
    if not text[span.start].isupper():
        return False
    following = WORD.search(text, span.end)
    beside = following is not None and text[span.end : following.start()] in {" ", "-"}
    return not _BEGINNING.search(text[max(span.start - 8, 0) : span.start]) or (
        beside and following is not None and following[0][0].isupper()
    )
