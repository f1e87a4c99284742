"""PO, the files of gettext: an entry a unit, `msgctxt` its id, `fuzzy` a draft, translator comments its notes.

Specification: GNU gettext manual, "The Format of PO Files". Of an entry with plural forms each form is a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bilingual.bitext import Bitext, Note, State, Text, Unit
from bilingual.formats.delimited import left_out
from bilingual.formats.po_lines import Entry, PoFile, parsed, quoted
from bilingual.safexml import Cleaner, clean

GENERATOR = "X-Generator: bilingual"
_KEPT = {"#.": "extracted", "#:": "reference", "#|": "previous"}
"""Comments that programs write, by their mark, and the names they have in `extra`."""

_ORDER = ("extracted", "reference")


class Po:
    """A PO file."""

    name = "po"
    suffixes: tuple[str, ...] = (".po", ".pot")
    holds = frozenset({"id", "source", "target"})
    partly = frozenset({"state", "notes", "extra"})
    words_only = True
    plain_notes = True

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The live entries as units; obsolete ones are left alone, and `fill` keeps them."""
        file = parsed(stream.read(), path)
        units = tuple(unit for _, _, unit in _units(file))
        fields = file.header
        metadata = tuple((name, value) for name, value in fields.items() if name not in _OWN)
        return Bitext(fields.get("X-Source-Language", "und"), fields.get("Language") or "und", (), units, metadata)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """UTF-8; an entry a unit. Tells what states and notes PO has no place for."""
        kept = Cleaner()
        own = [
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Language: {bitext.target_language}",
            f"X-Source-Language: {bitext.source_language}",
            GENERATOR,
        ]
        head = "".join(f"{_line(kept(line))}\n" for line in own)
        stream.write(f'msgid ""\nmsgstr {quoted(head)}\n'.encode())
        for unit in bitext.units:
            stream.write("\n".join(["", *_written(unit, kept)]).encode() + b"\n")
        return (*left_out(kept.removed, "a PO file"), *_in_part(bitext))

    def fill(
        self, bitext: Bitext, original: bytes, stream: BinaryIO, path: Path | str | None = None
    ) -> tuple[str, ...]:
        """`original` with the targets, the fuzzy marks and the new comments of the bitext; all other lines stay."""
        file = parsed(original, path)
        changed = {unit.id: unit for unit in bitext.units}
        told: list[str] = []
        edits: dict[int, tuple[int, list[str]]] = {}
        for entry in file.entries:
            for at, was in _of_entry(entry, file):
                now = changed.pop(was.id, None)
                if now is not None and now != was:
                    _edit(entry, at, was, now, edits)
        told += [f"unit {name:.40} is not in the file" for name in changed]
        stream.write(file.with_lines(edits, told))
        return tuple(told)


_OWN = frozenset({"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language", "X-Source-Language",
                  "X-Generator"})  # fmt: skip


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _in_part(bitext: Bitext) -> Iterator[str]:
    states = Counter(unit.state for unit in bitext.units)
    above = [f"{states[state]:,} {state}" for state in (State.REVIEWED, State.FINAL) if states[state]]
    if above:
        yield f"{' and '.join(above)} units are only translated there: PO knows no more than fuzzy and translated"
    signed = sum(bool(note.author or note.when) for unit in bitext.units for note in unit.notes)
    if signed:
        whose = "1 note keeps its" if signed == 1 else f"{signed:,} notes keep their"
        yield f"{whose} words, not who wrote them and when: PO has no place for that"
    extra = sum(name not in _ORDER for unit in bitext.units for name, _ in unit.extra)
    if extra:
        yield f"{extra:,} properties of other tools stay behind: PO has no place for them"


def _written(unit: Unit, kept: Callable[[str], str]) -> Iterator[str]:
    for note in unit.notes:
        yield from _comment(kept(note.text))
    for mark, name in _KEPT.items():
        for given, value in unit.extra:
            if given == name and name in _ORDER:
                yield f"{mark} {_line(kept(value))}"
    if _fuzzy(unit):
        yield "#, fuzzy"
    yield f"msgctxt {quoted(kept(unit.id))}"
    yield f"msgid {quoted(kept(unit.source.string))}"
    yield f"msgstr {quoted(kept(unit.target.string))}"


def _fuzzy(unit: Unit) -> bool:
    return unit.state in {State.NEW, State.DRAFT} and bool(unit.target.string)


def _comment(text: str) -> Iterator[str]:
    """A note as lines of translator comments; no line of it can be taken for a program's."""
    yield from (f"# {line}".rstrip(" ") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _units(file: PoFile) -> Iterator[tuple[Entry, int, Unit]]:
    for entry in file.entries:
        yield from ((entry, at, unit) for at, unit in _of_entry(entry, file))


def _of_entry(entry: Entry, file: PoFile) -> Iterator[tuple[int, Unit]]:
    """The units of an entry, one for each plural form. Our own ids stand in `msgctxt`; others' entries are numbered,
    for their contexts are no names."""
    ours = GENERATOR.partition(": ")[2] in file.header.get("X-Generator", "") and entry.context is not None
    name = entry.context if ours and entry.context is not None else f"po{entry.number}"
    extra = [] if ours or entry.context is None else [("context", entry.context)]
    extra += [(_KEPT[mark], text) for mark, text in entry.comments if mark in _KEPT]
    extra += [("flags", flag) for flag in entry.flags if flag != "fuzzy"]
    said = "\n".join(text for mark, text in entry.comments if mark == "#")
    notes = (Note(said.strip("\n")),) if said.strip() else ()
    for at, words in enumerate(entry.targets):
        source = entry.source if at == 0 or entry.plural is None else entry.plural
        state = State.NEW if not words else State.DRAFT if "fuzzy" in entry.flags else State.TRANSLATED
        yield at, Unit(
            f"{name}[{at}]" if entry.plural is not None else name, "", Text(source), Text(words), state=state,
            notes=notes, extra=tuple(extra),
        )  # fmt: skip


def _edit(entry: Entry, at: int, was: Unit, now: Unit, edits: dict[int, tuple[int, list[str]]]) -> None:
    """Put what has changed of a unit into the lines of its entry."""
    if now.target.string != was.target.string:
        start, end = entry.target_lines[at]
        word = f"msgstr[{at}]" if entry.plural is not None else "msgstr"
        edits[start] = (end, [f"{word} {quoted(clean(now.target.string)[0])}"])
    if _fuzzy(now) != ("fuzzy" in entry.flags):
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        flags = ["fuzzy", *flags] if _fuzzy(now) else flags
        new = [f"#, {', '.join(flags)}"] if flags else []
        if entry.flag_lines:
            edits |= {line: (line + 1, []) for line in entry.flag_lines}
        first = entry.flag_lines[0] if entry.flag_lines else entry.first
        edits[first] = (first + 1 if entry.flag_lines else first, new)
    said = [line for note in now.notes if note not in was.notes for line in _comment(clean(note.text)[0])]
    if said:
        end, lines = edits.get(entry.start, (entry.start, []))
        edits[entry.start] = (end, said + lines)
