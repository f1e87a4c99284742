"""The lines of a PO file: its entries, where each of their parts stands, and the file with some lines made anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.errors import InputError

LARGEST = 256 << 20
_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)\s*(".*)$')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*$')
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]+)")
_MEANS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "v": "\v", "f": "\f"}
_SPELT = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_HINT = 'an entry is msgid "…" and msgstr "…", perhaps after msgctxt "…"'


@dataclass(slots=True)
class Entry:
    """An entry and its lines (from 0): `start` where its comments begin, `first` its first keyword."""

    number: int
    start: int
    first: int = -1
    context: str | None = None
    source: str = ""
    plural: str | None = None
    targets: list[str] = field(default_factory=list)
    target_lines: list[tuple[int, int]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    flag_lines: list[int] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Each comment's mark ("#", "#.", "#:", "#|") and what it says."""

    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class PoFile:
    """A PO file: its lines with their ends, its encoding, what its header says, its live entries."""

    lines: list[str]
    encoding: str
    path: Path | str | None = None
    header: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def with_lines(self, edits: Mapping[int, tuple[int, list[str]]], told: list[str]) -> bytes:
        """The file's bytes with the lines from each key up to its number made anew, in the file's own encoding and
        line ends; what that encoding cannot say stays as it was and is told."""
        end = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"
        done: list[str] = []
        at = 0
        for start in sorted(edits):
            stop, new = edits[start]
            done += self.lines[at:start]
            text = "".join(f"{line}{end}" for line in new)
            if _says(text, self.encoding):
                done.append(text)
            else:
                told.append(f"line {start + 1} stays as it was: {self.encoding} has no such characters")
                done += self.lines[start:stop]
            at = max(at, stop)
        return "".join(done + self.lines[at:]).encode(self.encoding)


def quoted(text: str) -> str:
    """`text` as PO strings, a line of the file for each of its own lines."""
    lines = re.findall("[^\n]*\n|[^\n]+$", text)
    if len(lines) < 2:
        return f'"{escaped(text)}"'
    return "\n".join(['""', *(f'"{escaped(line)}"' for line in lines)])


def escaped(text: str) -> str:
    """`text` as it stands between the quotation marks of a PO string."""
    return text.translate(_SPELT)


def parsed(data: bytes, path: Path | str | None) -> PoFile:
    """The file in `data`, in the encoding its header names; InputError naming the line that is none of PO's."""
    if len(data) > LARGEST:
        raise InputError(f"larger than {LARGEST >> 20} MB", "split the file", path=path)
    if not data.strip():
        raise InputError("the file is empty", _HINT, path=path)
    text, encoding = _decoded(data, path)
    file = PoFile(re.findall("[^\n]*\n|[^\n]+$", text), encoding, path)
    reader = _Reader(file)
    for number, line in enumerate(file.lines):
        reader.take(number, line.strip("\r\n"))
    reader.end(len(file.lines))
    if not file.entries and not file.header:
        raise InputError("there is no entry in it", _HINT, path=path)
    return file


class _Reader:
    """Takes a file's lines one by one."""

    def __init__(self, file: PoFile) -> None:
        self._file = file
        self._entry: Entry | None = None
        self._into = ""
        self._pieces: list[str] = []
        self._begun = 0

    def take(self, number: int, line: str) -> None:
        """One line, its number from 0."""
        bare = line.strip("\ufeff \t") if number == 0 else line.strip(" \t")
        if not bare or bare.startswith("#~"):
            self.end(number)
        elif bare.startswith("#"):
            if self._into:
                self.end(number)
            self._comment(number, bare)
        elif bare.startswith('"') and self._into:
            self._pieces.append(self._string(number, bare))
        elif found := _KEYWORD.match(bare):
            self._keyword(number, found)
        else:
            raise self._broken(number, f"{bare[:40]!r} is no line of a PO file")

    def end(self, number: int) -> None:
        """The entry is complete."""
        self._close(number)
        entry, self._entry = self._entry, None
        if entry is None or entry.first < 0:
            return
        if "msgid" not in entry.seen or not entry.targets:
            missing = "msgid" if "msgid" not in entry.seen else "msgstr"
            raise self._broken(entry.first, f"the entry has no {missing}")
        if entry.source == "" and entry.context is None:
            fields = (line.partition(":") for line in entry.targets[0].split("\n"))
            self._file.header |= {name.strip(): value.strip() for name, _, value in fields if name.strip()}
            return
        entry.number = len(self._file.entries) + 1
        self._file.entries.append(entry)

    def _comment(self, number: int, bare: str) -> None:
        entry = self._open(number)
        mark = bare[:2] if bare[:2] in {"#.", "#:", "#,", "#|"} else "#"
        said = bare[len(mark) :].removeprefix(" ")
        if mark == "#,":
            entry.flags += [flag.strip() for flag in said.split(",") if flag.strip()]
            entry.flag_lines.append(number)
        else:
            entry.comments.append((mark, said))

    def _keyword(self, number: int, found: re.Match[str]) -> None:
        word = found[1]
        if self._entry is not None and (word in self._entry.seen or (word == "msgctxt" and self._entry.seen)):
            self.end(number)
        entry = self._open(number)
        self._close(number)
        entry.first = number if entry.first < 0 else entry.first
        if word.startswith("msgstr") and int(found[2] or 0) != len(entry.targets):
            raise self._broken(number, f"{word} does not come in its turn")
        entry.seen.add(word)
        self._into, self._begun = word, number
        self._pieces = [self._string(number, found[3])]

    def _open(self, number: int) -> Entry:
        if self._entry is None:
            self._entry = Entry(0, number)
        return self._entry

    def _close(self, number: int) -> None:
        """Put the string that was being read into its place."""
        entry, word, text = self._entry, self._into, "".join(self._pieces)
        self._into, self._pieces = "", []
        if entry is None or not word:
            return
        if word == "msgctxt":
            entry.context = text
        elif word == "msgid":
            entry.source = text
        elif word == "msgid_plural":
            entry.plural = text
        else:
            entry.targets.append(text)
            entry.target_lines.append((self._begun, number))

    def _string(self, number: int, text: str) -> str:
        found = _STRING.match(text)
        if found is None:
            raise self._broken(number, "a quotation mark is missing, or one in the text has no \\ before it")
        return _ESCAPE.sub(_meant, found[1]) if "\\" in found[1] else found[1]

    def _broken(self, number: int, what: str) -> InputError:
        return InputError(what, _HINT, path=self._file.path, line=number + 1)


def _meant(found: re.Match[str]) -> str:
    word = found[1]
    if word[0] == "x" and len(word) > 1:
        return chr(int(word[1:], 16))
    return chr(int(word, 8)) if word[0] in "01234567" else _MEANS.get(word, word)


def _decoded(data: bytes, path: Path | str | None) -> tuple[str, str]:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    else:
        declared = _CHARSET.search(data[: 1 << 16])
        encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    for name in (_SAME.get(encoding, encoding), "utf-8", "gb18030"):
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(f"is not in {encoding.upper()}, as it says", "save it as UTF-8", path=path)


_SAME = {"charset": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8"}


def _says(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
