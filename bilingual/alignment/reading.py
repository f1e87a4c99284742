"""Two documents as sides: their sentences, the blocks they stand in, and whether they are what they are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bilingual.alignment.sides import Side
from bilingual.bitext import Block, Document, Kind, Locator, Span, Text
from bilingual.chinese import HAN
from bilingual.errors import InputError
from bilingual.segmentation import Rules, units_of

MOST_SENTENCES = 100_000
NOTHING = "there is no text in it, so there is nothing to align"
LONGEST_SENTENCE = 20_000
"""In characters: what is longer is no sentence, and would make every bead it is in useless."""

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE = 200_000
_TOLD = 1.3
"""With fewer sentences to a block than this the text is cut into sentences already, and its blocks tell nothing."""
_LINE = re.compile(r"[^\r\n]+")
_STOP = re.compile(r"[.!?:;][\"”’')\]]*$")
_HEADINGS = frozenset({Kind.TITLE, Kind.HEADING})


@dataclass(frozen=True, slots=True)
class Read:
    """A document's sentences, each with its block and its place in it."""

    document: Document
    places: tuple[tuple[Block, Span], ...]
    side: Side


def read_side(document: Document, language: str, rules: Rules = Rules(), *, lines: bool = False) -> Read:  # noqa: B008
    """The sentences of a document in this language; with `lines` each line of its text is one.

    Raises InputError, naming the document, where there are none, too many, or one that is none.
    """
    document = replace(document, language=language)
    if lines:
        document = replace(document, blocks=_by_line(document.text))
    elif language == "en" and document.template and document.template.format == "text":
        document = replace(document, blocks=_paragraphs(document.text))
    found = units_of(document, rules) if not lines else _whole(document)
    places = tuple((block, span) for block, spans in found for span in spans)
    _refuse(document, places)
    return Read(document, places, _side(places, lines=lines))


def _side(places: Sequence[tuple[Block, Span]], *, lines: bool) -> Side:
    sentences = tuple(span.of(block.text.string).replace("\n", " ") for block, span in places)
    numbers = {id_: number for number, id_ in enumerate(dict.fromkeys(block.id for block, _ in places))}
    if lines or len(sentences) < _TOLD * len(numbers):
        return Side(sentences)
    return Side(
        sentences,
        tuple(numbers[block.id] for block, _ in places),
        tuple(block.kind in _HEADINGS for block, _ in places),
    )


def _refuse(document: Document, places: Sequence[tuple[Block, Span]]) -> None:
    name = document.name
    if not places:
        raise InputError(NOTHING, "check the file", path=name)
    if len(places) > MOST_SENTENCES:
        told = f"{len(places):,} sentences are more than can be aligned at once ({MOST_SENTENCES:,})"
        raise InputError(told, "split both files at the same chapter", path=name)
    block, span = max(places, key=lambda place: len(place[1]))
    if len(span) > LONGEST_SENTENCE:
        at = block.locators[0].line if block.locators else None
        told = f"a “sentence” of {len(span):,} characters without a full stop cannot be aligned"
        raise InputError(told, "put line breaks where its sentences end", path=name, line=at)


def _whole(document: Document) -> tuple[tuple[Block, tuple[Span, ...]], ...]:
    return tuple((block, (Span(0, len(block.text.string)),)) for block in document.blocks)


def _by_line(text: str) -> tuple[Block, ...]:
    """A block for every line that is not blank."""
    lines = [(line, at) for at, line in _lines(text) if line.group().strip()]
    return tuple(replace(_block(number, [line]), kind=Kind.PARAGRAPH) for number, line in enumerate(lines, 1))


def _lines(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    count, last = 1, 0
    for line in _LINE.finditer(text):
        count += text.count("\n", last, line.start())
        last = line.start()
        yield count, line


def _block(number: int, lines: Sequence[tuple[re.Match[str], int]]) -> Block:
    """Lines as one block, a space where one ends."""
    pieces = [(line.group().rstrip() + (" " if at < len(lines) - 1 else "")) for at, (line, _) in enumerate(lines)]
    spans = tuple(Span(line.start(), line.start() + len(piece)) for (line, _), piece in zip(lines, pieces, strict=True))
    locators = tuple(Locator(line=at) for _, at in lines)
    text = "".join(pieces)
    short = len(lines) == 1 and len(text) < 80 and not _STOP.search(text.strip())
    return Block(f"b{number}", Kind.HEADING if short else Kind.PARAGRAPH, Text(text), spans, locators, order=number - 1)


def _paragraphs(text: str) -> tuple[Block, ...]:
    """The paragraphs of a plain English text: its lines, or where it is wrapped at a width what stands between blank
    lines."""
    lines = [(line, at) for at, line in _lines(text) if line.group().strip()]
    groups: list[list[tuple[re.Match[str], int]]] = []
    wrapped = _is_wrapped([line.group() for line, _ in lines])
    for line, at in lines:
        if wrapped and groups and at == groups[-1][-1][1] + 1:
            groups[-1].append((line, at))
        else:
            groups.append([(line, at)])
    return tuple(_block(number, group) for number, group in enumerate(groups, 1))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most of the long lines break off in the middle of a sentence, none of them much longer than the rest."""
    long = sorted(len(line) for line in lines if len(line) >= 40)
    if len(long) < 3 or long[-1] > 1.5 * long[len(long) // 2]:
        return False
    return sum(not _STOP.search(line.strip()) for line in lines if len(line) >= 40) > len(long) / 2


def language_of(document: Document) -> str:
    """ "zh" or "en" by the letters of the text, "mixed" where both are many, "" where there are none."""
    text = "".join(block.text.string for block in document.blocks)[:_SAMPLE]
    chinese, latin = len(_HAN.findall(text)), len(_LATIN.findall(text)) / 4  # a word has about four letters
    if not chinese and not latin:
        return ""
    share = chinese / (chinese + latin)
    return "zh" if share > 0.7 else "en" if share < 0.15 else "mixed"


def check_languages(source: Document, target: Document) -> bool:
    """Whether the two stand the wrong way round: the first is English, the second Chinese.

    Raises InputError where both are in one language, or one has no letters.
    """
    first, second = language_of(source), language_of(target)
    for document, language in ((source, first), (target, second)):
        if not language:
            raise InputError(
                "there is no text in it, so there is nothing to align", "check the file", path=document.name
            )
    if first == second and first != "mixed":
        told = {"zh": "Chinese", "en": "English"}[first]
        raise InputError(f"both files are {told}", "name the Chinese file first, then its English", path=target.name)
    return (first, second) in {("en", "zh"), ("en", "mixed"), ("mixed", "zh")}
