"""A pair of files, read, judged and aligned: what can be said against it is said before the work or instead of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.alignment.beads import Alignment
from bilingual.alignment.methods import align_by, default
from bilingual.alignment.reading import Read, check_languages, language_of, read_side
from bilingual.alignment.units import bitext_of
from bilingual.bitext import Block, Document, Kind, Locator, Span, Template, Text
from bilingual.documents import contents, read
from bilingual.documents.encoding import decode
from bilingual.errors import InputError
from bilingual.files import sha256_of
from bilingual.segmentation import Rules

if TYPE_CHECKING:
    from bilingual.bitext import Bitext
    from bilingual.engines import Engine
    from bilingual.glossary import Glossary

Progress = Callable[[int, int], None]

LARGEST = 32 * 1024 * 1024
"""Bytes of a plain text that are read: 100,000 sentences are less."""
PLAIN = frozenset({".txt", ".text", ".md", ".markdown", ".srt", ".vtt"})

UNALIKE = {"encoder": 0.25, "translation": 0.12, "lexicon": 0.09}
"""Below this score two texts are no translations of each other."""
_UNEVEN = 4.0
"""From here on one text is so much longer than the other that it must hold something else."""
_WORDS = 2.9
"""English letters for a Chinese character, as translations have them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to align. `method` is one of `METHODS`, "" for the best that is installed; `swap` takes the files the other
    way round, `lines` each line as a sentence, `anyway` also what is no translation."""

    method: str = ""
    swap: bool = False
    lines: bool = False
    anyway: bool = False
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class Aligned:
    """What came of a pair: `data` are the source file's bytes, `warnings` sentences for people."""

    bitext: Bitext
    alignment: Alignment
    source: Read
    target: Read
    data: bytes
    warnings: tuple[str, ...]


class SwappedError(InputError):
    """The first file is English and the second Chinese."""


def align_files(
    chinese: Path,
    english: Path,
    name: str,
    options: Options,
    glossary: Glossary | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Aligned:
    """The two files aligned; `name` is what the document is called.

    Raises SwappedError where they stand the wrong way round, InputError, in one sentence, for whatever else makes no
    pair: one file twice, two of one language, no text, no translations of each other.
    """
    source, target = (english, chinese) if options.swap else (chinese, english)
    documents = _document(source, lines=options.lines), _document(target, lines=options.lines)
    if documents[0].template and documents[1].template and documents[0].template.sha256 == documents[1].template.sha256:
        raise InputError(f"is the same text as {source}", "name the Chinese file first, then its English", path=target)
    if check_languages(*documents):
        told = f"{source} is English and {target} Chinese: they are swapped"
        raise SwappedError(told, "name the Chinese file first, or say --swap")
    sides = (
        read_side(documents[0], "zh", options.rules, lines=options.lines),
        read_side(documents[1], "en", options.rules, lines=options.lines),
    )
    _compare_lengths(*sides, anyway=options.anyway)
    found = align_by(options.method or default(), sides[0].side, sides[1].side, glossary, engine, progress)
    _judge(found, source, target, anyway=options.anyway)
    bitext = bitext_of(found, *sides, name)
    return Aligned(bitext, found, *sides, contents(source), tuple(_warnings(found, *sides)))


def _document(path: Path, *, lines: bool) -> Document:
    """The document in a file; of a text whose lines are sentences nothing has to be put in order."""
    try:
        size = path.stat().st_size if path.suffix.lower() in PLAIN else 0
    except OSError:
        size = 0
    if size > LARGEST:
        told = f"{size / 2**20:,.0f} MB of text are more than can be aligned at once ({LARGEST / 2**20:,.0f} MB)"
        raise InputError(told, "split both files at the same chapter", path=path)
    if not lines or path.suffix.lower() not in PLAIN:
        return replace(read(path), name=str(path))
    data = contents(path)
    decoded = decode(data, str(path))
    template = Template(path.name, sha256_of(data), "text", decoded.encoding)
    block = Block("b1", Kind.PARAGRAPH, Text(decoded.text), (Span(0, len(decoded.text)),), (Locator(line=1),))
    return Document(str(path), "zh", decoded.text, (block,), template, decoded.flags)


def _compare_lengths(source: Read, target: Read, *, anyway: bool) -> None:
    """Refuse texts of which one must hold something else for the most part."""
    ours = sum(len(sentence) for sentence in source.side.sentences) * _WORDS
    theirs = sum(len(sentence) for sentence in target.side.sentences)
    ratio = max(ours / max(theirs, 1), theirs / max(ours, 1))
    if ratio > _UNEVEN and not anyway:
        long, short = (source, target) if ours > theirs else (target, source)
        told = f"holds {ratio:.0f} times as much as {short.document.name}: is it the same document?"
        raise InputError(told, "if one is only a part of the other, say --anyway", path=long.document.name)


def _judge(found: Alignment, source: Path, target: Path, *, anyway: bool) -> None:
    if found.score < UNALIKE[found.method] and not anyway:
        told = f"is no translation of {source.name}: they score {found.score:.2f}, and translations score well above "
        told += f"{UNALIKE[found.method]}"
        raise InputError(told, "check the names; --anyway aligns them all the same", path=target)


def _warnings(found: Alignment, source: Read, target: Read) -> list[str]:
    warnings = [
        f"{read_.document.name}: holds Chinese and English mixed; what is in the other language finds no partner"
        for read_ in (source, target)
        if language_of(read_.document) == "mixed"
    ]
    lost = [sum(len(bead.source) for bead in found.beads if not bead.target),
            sum(len(bead.target) for bead in found.beads if not bead.source)]  # fmt: skip
    for count, read_, other in zip(lost, (source, target), (target, source), strict=True):
        if count * 3 > len(read_.side):
            told = f"{count} of {len(read_.side)} sentences have nothing in {other.document.name}"
            warnings.append(f"{read_.document.name}: {told}")
    return warnings
