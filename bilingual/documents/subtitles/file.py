"""Subtitle files (SubRip .srt, WebVTT .vtt) taken apart to the character: cues, their times, and where their words are.

pysubs2 reads both, but gives back another file: WebVTT's STYLE, REGION and NOTE blocks, cue names and settings are
gone. Here the file stays the template and only the words of cues change. Files from the wild are taken as they come:
no blank line between cues, numbers missing or doubled, commas or dots, full-width colons, no hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bilingual.bitext import Flag, FlagKind

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")
TIME = r"(-?)(?:(\d+)[:：])?(\d{1,3})[:：](\d{1,3})(?:[,.，。:](\d{1,3})\d*)?"
TIMING = re.compile(rf"\s*{TIME}\s*[-—]+>\s*{TIME}[ \t]*(.*?)\s*")
BROKEN = re.compile(r"\s*-?\d.*[:：].*-->.*|\s*-->.*")
NUMBER = re.compile(r"\s*\d+\s*")
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
BLANK = " \t\u3000\xa0\ufeff\u200b"

DAY = 24 * 3600 * 1000
"""A cue later than a day after the start is a slip."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its number by position, from 1; times in milliseconds, None where they cannot be read; what stands after
    them. `lines` are the stretches of the file that hold its words, without the white space around them. `head` is
    where the cue begins; `doubts` are for people."""

    number: int
    start: int | None
    end: int | None
    settings: str
    name: str
    head: int
    lines: tuple[tuple[int, int], ...]
    doubts: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class SubtitleFile:
    """The cues of a file in its own order. `form` is "srt" or "vtt"; `body` is where a note at the head may stand."""

    form: str
    cues: tuple[Cue, ...]
    body: int = 0
    flags: tuple[Flag, ...] = ()


def parse(text: str) -> SubtitleFile:
    """The subtitle file that `text` is; it may have no cue."""
    parser = _Parser(text, vtt=text.lstrip(BLANK + "\r\n").startswith("WEBVTT"))
    cues = parser.cues()
    return SubtitleFile("vtt" if parser.vtt else "srt", tuple(cues), parser.body(), tuple(parser.strays()))


def milliseconds(sign: str, hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """A time as it is written, as milliseconds."""
    total = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (total * 1000 + int((fraction or "0").ljust(3, "0"))) * (-1 if sign else 1)


@dataclass(slots=True)
class _Parser:
    """The file's lines, and which of them belong to a cue."""

    text: str
    vtt: bool
    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def cues(self) -> list[Cue]:
        for found in LINE.finditer(self.text):
            self.starts.append(found.start())
            self.lines.append(found.group(1))
        timings = [at for at, line in enumerate(self.lines) if ">" in line and self.is_timing(line)]
        heads = [self.head(at, number, timings) for number, at in enumerate(timings)]
        stops = [*heads[1:], len(self.lines)]
        return [self.cue(number + 1, timings[number], heads[number], stops[number]) for number in range(len(timings))]

    def is_timing(self, line: str) -> bool:
        return TIMING.fullmatch(line) is not None or BROKEN.fullmatch(line) is not None

    def head(self, at: int, number: int, timings: list[int]) -> int:
        """The line a cue begins on: that of its number or name, or of its times."""
        floor = timings[number - 1] + 1 if number else 0
        above = at - 1
        if above < floor:
            return at
        line = self.lines[above]
        if NUMBER.fullmatch(line):
            return above
        if line.strip(BLANK):
            named = self.vtt and (above == 0 or not self.lines[above - 1].strip(BLANK)) and not ASIDE.match(line)
            return above if named else at
        while above > floor and not self.lines[above].strip(BLANK):
            above -= 1
        line = self.lines[above]
        counted = not self.vtt and NUMBER.fullmatch(line) and int(line) in {number, number + 1}
        return above if counted and at - above == 2 else at  # a file with a blank line after every line

    def cue(self, number: int, at: int, head: int, stop: int) -> Cue:
        self.used.update(range(head, at + 1))
        words = []
        for line in range(at + 1, stop):
            bare = self.lines[line].strip(BLANK)
            if not bare and self.vtt:
                break
            self.used.add(line)
            if bare:
                place = self.starts[line] + self.lines[line].index(bare)
                words.append((place, place + len(bare)))
        found = TIMING.fullmatch(self.lines[at])
        start = milliseconds(*found.group(1, 2, 3, 4, 5)) if found else None
        end = milliseconds(*found.group(6, 7, 8, 9, 10)) if found else None
        name = self.lines[head].strip() if head < at else ""
        doubts = tuple(self.doubts(number, at, start, end, found))
        return Cue(number, start, end, found.group(11) if found else "", name, self.starts[head], tuple(words), doubts)

    def doubts(
        self, number: int, at: int, start: int | None, end: int | None, found: re.Match[str] | None
    ) -> list[Flag]:
        """What is wrong with a cue's times."""
        what = ""
        if start is None or end is None or found is None:
            what = f"the times '{self.lines[at].strip()[:60]}' cannot be read"
        elif start < 0 or end < 0:
            what = "it has a negative time"
        elif end < start:
            what = "it ends before it starts"
        elif end > DAY or any(int(found.group(place)) > 59 for place in (3, 4, 8, 9)):
            what = f"its times are not possible: {self.lines[at].strip()[:60]}"
        return [Flag(FlagKind.SOURCE, f"cue {number} (line {at + 1}): {what}")] if what else []

    def body(self) -> int:
        """Where a note at the head may stand: after the heading of WebVTT, at the start of anything else."""
        if not self.vtt:
            return 0
        blank = next((at for at, line in enumerate(self.lines) if at and not line.strip(BLANK)), len(self.lines) - 1)
        return self.starts[blank + 1] if blank + 1 < len(self.starts) else len(self.text)

    def strays(self) -> list[Flag]:
        """A flag for the first Chinese words that no cue shows."""
        aside = False
        for at, line in enumerate(self.lines):
            bare = line.strip(BLANK)
            before = at and self.lines[at - 1].strip(BLANK)
            aside = bool(bare) and (aside or (self.vtt and (at == 0 or (not before and bool(ASIDE.match(bare))))))
            if at not in self.used and not aside and CHINESE.search(line):
                reason = f"line {at + 1}: '{bare[:30]}' stands in no cue; it is kept as it is, not translated"
                return [Flag(FlagKind.SOURCE, reason)]
        return []
