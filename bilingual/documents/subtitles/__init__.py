"""Subtitles: each cue a paragraph, or, where the file has punctuation, each sentence, over as many cues as it takes.

Cues are read in the order of their times. A file punctuates if at least half of its cues (PUNCTUATED) hold a Chinese
comma or full stop and a fifth (STOPPED) end in a final stop. There a cue without a final stop goes on in the next one
that starts within 3 seconds (GAP), over at most 4 cues (CUES); an empty code of type "cue" stands where the next one
begins. Elsewhere, in the usual Chinese style of spaces for commas and nothing for stops, a cue is a block. Lines of two
speakers (- 你好 / - 再见) are a block each; their dashes stay in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bilingual.bitext import Block, Document, Flag, FlagKind, Kind, Locator, Span, Template, Text
from bilingual.documents.encoding import decode
from bilingual.documents.subtitles.file import CHINESE, Cue, SubtitleFile, parse
from bilingual.documents.subtitles.tags import TAG, Words
from bilingual.errors import InputError
from bilingual.safexml import clean, names

PUNCTUATED = 0.5
"""Which part of the cues must hold a comma or stop for the file to be one that punctuates."""

STOPPED = 0.2
"""Which part of the cues must end in a final stop, too: fewer, and sentences would run over more cues than CUES."""

GAP = 3000
"""The longest silence within a sentence, in milliseconds."""

OVERLAP = 500
"""How long, in milliseconds, two cues may show at once and still be read one after the other."""

CUES = 4
"""The most cues a sentence is taken to run over."""

POINTS = re.compile("[，。；、]")
FINAL = re.compile(r"(?:[。．！？!?…]|(?<!\.)\.|\.\.\.|[♪♫])[”’」』)）】》\"'\s]*$")
APART = re.compile(r"[(（\[【♪♫#].*|[\u4e00-\u9fff·]{1,8}[:：].*", re.DOTALL)
ASIDE = re.compile(r"[(（\[【♪♫#].*[)）\]】♪♫#]", re.DOTALL)
DASH = re.compile(r"(?:\{\\[^{}]*\})?[-–—－‐‑][ \t\u3000]*(?=[^\s\d-])")
VOICE = re.compile(r"<v[.\s][^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What one cue shows of a block: lines of the file, without the dash of a speaker."""

    cue: Cue
    lines: tuple[tuple[int, int], ...]
    dash: bool = False

    def words(self, text: str) -> list[str]:
        """The lines as the file has them."""
        return [text[start:end] for start, end in self.lines]

    def plain(self, text: str) -> str:
        """The words without tags."""
        return TAG.sub("", "".join(self.words(text))).strip()


@dataclass(frozen=True, slots=True)
class Slot:
    """A block: its text, its stretch in each cue, and where in the text each cue begins."""

    text: Text
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    flags: tuple[Flag, ...] = ()


def read(data: bytes, name: str, progress: object = None) -> Document:  # noqa: ARG001 (a file of one part)
    """The document in a subtitle file; raises InputError where `decode` does and where there is no cue."""
    decoded = decode(data, name)
    file, slots = walk(decoded.text)
    if not file.cues:
        what = "no subtitle cue found: no line with two times and an arrow (00:00:01,000 --> 00:00:02,000)"
        raise InputError(what, "give it as .txt if it is plain text", path=name)
    if not slots:
        raise InputError("the subtitle cues have no words", "get the file again", path=name)
    flags = (*decoded.flags, *file.flags, *out_of_order(file.cues), *two_languages(file.cues, decoded.text))
    template = Template(name, hashlib.sha256(data).hexdigest(), "subtitles", decoded.encoding)
    text = "\n".join(slot.text.string for slot in slots)
    return Document(name, "zh", text, tuple(_blocks(slots)), template, flags)


def _blocks(slots: Iterable[Slot]) -> Iterator[Block]:
    start = 0
    for order, slot in enumerate(slots):
        edges = [*slot.starts, len(slot.text.string)]
        spans = tuple(Span(start + left, start + right) for left, right in pairwise(edges))
        locators = tuple(Locator(cue=part.cue.number) for part in slot.parts)
        yield Block(f"b{order + 1}", Kind.PARAGRAPH, slot.text, spans, locators, order=order, flags=slot.flags)
        start += len(slot.text.string) + 1


def walk(text: str) -> tuple[SubtitleFile, list[Slot]]:
    """The file and what is to be translated in it, in the order of time; the reader and the writer both go this way."""
    file = parse(text)
    parts = [part for cue in in_time(file.cues) for part in speakers(cue, text)]
    groups = sentences(parts, text) if punctuates(parts, text) else [[part] for part in parts]
    return file, [slot for group in groups if (slot := slot_of(group, text, file.form == "vtt")).text.string.strip()]


def in_time(cues: Iterable[Cue]) -> list[Cue]:
    """The cues in the order in which they show; one without times stays behind the one before it."""
    keyed, last = [], 0
    for cue in cues:
        last = last if cue.start is None else cue.start
        keyed.append((last, cue.number, cue))
    return [cue for _, _, cue in sorted(keyed, key=lambda item: item[:2])]


def out_of_order(cues: Iterable[Cue]) -> Iterator[Flag]:
    """A flag that names the first cue which starts before the one in front of it."""
    timed = [(cue.start, cue.number) for cue in cues if cue.start is not None]
    for (before, _), (start, number) in pairwise(timed):
        if start < before:
            reason = f"cue {number} starts before the cue in front of it: the cues are read in the order of their times"
            yield Flag(FlagKind.SOURCE, reason)
            return


def two_languages(cues: Iterable[Cue], text: str) -> Iterator[Flag]:
    """A flag where most cues have a line of Chinese and a line of another language, as subtitles for learners have."""
    lined = [[CHINESE.search(text, *line) is not None for line in cue.lines] for cue in cues]
    mixed = [at for at, lines in enumerate(lined, 1) if any(lines) and not all(lines)]
    if len(mixed) * 2 > len(lined):
        reason = f"cue {mixed[0]}: like most, it has a line that is not Chinese beside one that is; both are translated"
        yield Flag(FlagKind.SOURCE, f"{reason} as one")


def speakers(cue: Cue, text: str) -> Iterator[Part]:
    """The cue's words; where lines begin with a dash, those of each speaker."""
    lines: list[tuple[int, int]] = []
    dash = False
    for start, end in cue.lines:
        found = DASH.match(text, start, end)
        if found:
            if lines:
                yield Part(cue, tuple(lines), dash)
            lines, dash = [], True
            start = found.end()  # noqa: PLW2901 (the dash stays in the file)
        lines.append((start, end))
    if lines:
        yield Part(cue, tuple(lines), dash)


def punctuates(parts: list[Part], text: str) -> bool:
    """Whether the file has Chinese punctuation, so that a sentence's end can be seen."""
    plain = [part.plain(text) for part in parts]
    pointed = sum(bool(POINTS.search(words)) for words in plain)
    stopped = sum(bool(FINAL.search(words)) for words in plain)
    return pointed >= PUNCTUATED * len(plain) and stopped >= STOPPED * len(plain) and bool(plain)


def sentences(parts: list[Part], text: str) -> list[list[Part]]:
    """The parts, those of one sentence together."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and len(groups[-1]) < CUES and goes_on(groups[-1][-1], part, text):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def goes_on(before: Part, after: Part, text: str) -> bool:
    """Whether a sentence runs over from one cue to the next."""
    if before.dash or after.dash or before.cue.settings != after.cue.settings:
        return False
    if before.cue.end is None or after.cue.start is None or not -OVERLAP <= after.cue.start - before.cue.end <= GAP:
        return False
    left, right = before.plain(text), after.plain(text)
    if not left or not right or FINAL.search(left) or ASIDE.fullmatch(left) or APART.match(right):
        return False
    voices = VOICE.findall("".join(after.words(text)))
    return not voices or voices == VOICE.findall("".join(before.words(text)))


def slot_of(group: list[Part], text: str, vtt: bool) -> Slot:
    """The block that the parts make together."""
    words = Words(vtt)
    for part in group:
        words.add_cue([clean(line)[0] for line in part.words(text)], f"cue {part.cue.number}")
    flags = [flag for part in group for flag in part.cue.doubts]
    for part in group:
        illegal = clean("".join(part.words(text)))[1]
        if illegal:
            flags.append(Flag(FlagKind.CHARACTERS, f"cue {part.cue.number}: left out {names(illegal)}"))
    return Slot(words.text, tuple(group), tuple(words.starts), tuple(flags))
