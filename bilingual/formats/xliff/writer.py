"""Writing a new XLIFF file: 1.2 (and the forms of Trados and memoQ) or 2.1, one unit at a time.

What people and tools look for stands where the standard has it; everything else is in elements of our own namespace,
which both standards allow there and other tools pass by. Specifications: XLIFF 1.2, XLIFF 2.1 (OASIS).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from bilingual.bitext import Bitext, Candidate, Note, NoteKind, OriginKind, State, Unit
from bilingual.formats.xliff.kept import packed
from bilingual.formats.xliff.markup import element, escape, opening
from bilingual.formats.xliff.names import (
    DRAFT2,
    GLOSSARY,
    MATCHES,
    MQ,
    OURS,
    QUALIFIERS,
    SDL,
    SDL_ORIGINS,
    TOOL,
    WORDS,
    XLIFF1,
    XLIFF2,
    tag,
)  # fmt: skip
from bilingual.formats.xliff.spelling import NMTOKEN, Speller
from bilingual.safexml import clean, names
from bilingual.serial import dumps

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
PIECE = 1 << 20
"""What we keep of documents goes into elements of at most this many characters: parsers limit the length of one."""


def write(bitext: Bitext, stream: BinaryIO, dialect: str) -> tuple[str, ...]:
    """UTF-8, the same bytes for the same bitext; says which units have characters that XML cannot hold."""
    warnings = []
    stream.write(f"{PROLOG}{''.join(_head(bitext, dialect))}".encode())
    ids: set[str] = set()
    for count, unit in enumerate(bitext.units, 1):
        markup = _unit2(unit, count, ids) if dialect == "2" else _unit1(unit, dialect, count)
        stream.write(f"{markup}\n".encode())
        removed = _removed(unit)
        if removed:
            kept = "is in an element <cp>" if dialect == "2" else "was left out"
            warnings.append(f"unit {unit.id}: {names(removed)} cannot stand in XML and {kept}")
    stream.write(b"</file>\n</xliff>\n" if dialect == "2" else b"</body>\n</file>\n</xliff>\n")
    return tuple(warnings)


def _removed(unit: Unit) -> str:
    texts = [part for text in (unit.source, unit.target) for part in (text.string, *(code.data for code in text.codes))]
    return "".join(clean(text)[1] for text in texts)


def _head(bitext: Bitext, dialect: str) -> Iterator[str]:
    """Everything before the first unit."""
    from bilingual import __version__

    source, target = tag(bitext.source_language), tag(bitext.target_language)
    name = next((document.name for document in bitext.documents), TOOL)
    kept = dumps(replace(bitext, units=()))
    parts = [element("b:part", escape(kept[at : at + PIECE])) + "\n" for at in range(0, len(kept), PIECE)]
    if dialect == "2":
        spaces = {"xmlns": XLIFF2, "xmlns:mtc": MATCHES, "xmlns:gls": GLOSSARY, "xmlns:b": OURS}
        yield opening("xliff", [*spaces.items(), ("version", "2.1"), ("srcLang", source), ("trgLang", target)])
        yield "\n" + opening("file", [("id", "f1"), ("original", name)]) + "\n" + "".join(parts)
        return
    spaces = {"xmlns": XLIFF1, "xmlns:b": OURS} | {"sdl": {"xmlns:sdl": SDL}, "mq": {"xmlns:mq": MQ}}.get(dialect, {})
    yield opening("xliff", [*spaces.items(), ("version", "1.2")]) + "\n"
    languages = [("source-language", source), ("target-language", target)]
    yield opening("file", [("original", name), *languages, ("datatype", "plaintext")]) + "\n<header>\n"
    tool = [("tool-id", TOOL), ("tool-name", TOOL), ("tool-version", __version__)]
    yield opening("tool", tool, empty=True) + "\n" + "".join(parts) + "</header>\n<body>\n"


def _unit1(unit: Unit, dialect: str, count: int) -> str:
    """A <trans-unit>."""
    speller = Speller("1")
    attributes = [("id", unit.id), ("xml:space", "preserve")]
    attributes += [("translate", "no")] if unit.locked and dialect == "1" else []
    attributes += approved(unit) if dialect == "1" else mq_attributes(unit) if dialect == "mq" else []
    source, target = speller.spell(unit.source), speller.spell(unit.target)
    lines = [element("source", source)]
    told = target_attributes(unit) if dialect != "sdl" else []
    if dialect == "sdl":
        marked = [("mtype", "seg"), ("mid", str(count))]
        lines.append(element("seg-source", element("mrk", source, marked)))
        target = element("mrk", target, marked)
    if unit.target.string or unit.target.codes or unit.state is not State.NEW or len(told) > 1 or dialect != "1":
        lines.append(element("target", target, told))
    lines += [_note1(note) for note in unit.notes] if dialect != "mq" else []
    lines += [_alternative(candidate) for candidate in unit.candidates]
    if dialect == "sdl":
        lines.append(
            element("sdl:seg-defs", opening("sdl:seg", [("id", str(count)), *sdl_attributes(unit)], empty=True))
        )
    if dialect == "mq" and unit.notes:
        lines.append(
            element("mq:comments", "".join(mq_comment(note, unit.id, at) for at, note in enumerate(unit.notes, 1)))
        )
    lines.append(element("b:kept", escape(packed(unit, "1"))))
    return opening("trans-unit", attributes) + "\n" + "\n".join(lines) + "\n</trans-unit>"


def approved(unit: Unit) -> list[tuple[str, str]]:
    """Whether XLIFF 1.2 calls a unit approved."""
    return [("approved", "yes")] if unit.state in {State.REVIEWED, State.FINAL} else []


def target_attributes(unit: Unit) -> list[tuple[str, str]]:
    """State and origin of a unit as XLIFF 1.2 has them."""
    kind = unit.origin.kind if unit.origin else None
    told = [("state-qualifier", QUALIFIERS[kind])] if kind in QUALIFIERS else []
    return [("state", WORDS["1"][unit.state]), *told]


def sdl_attributes(unit: Unit) -> list[tuple[str, str]]:
    """State, lock and origin of a unit as Trados Studio has them; what is not so has an empty value."""
    origin = unit.origin
    percent = str(round(origin.score * 100)) if origin and origin.score is not None and 0 <= origin.score <= 1 else ""
    told = [
        ("conf", WORDS["sdl"][unit.state]),
        ("locked", "true" if unit.locked else ""),
        ("origin", SDL_ORIGINS[origin.kind] if origin else ""),
        ("origin-system", origin.name if origin else ""),
        ("percent", percent),
    ]
    return [pair for pair in told if pair[1]]


def mq_attributes(unit: Unit) -> list[tuple[str, str]]:
    """State and lock of a unit as memoQ has them."""
    return [("mq:status", WORDS["mq"][unit.state]), *([("mq:locked", "locked")] if unit.locked else [])]


def mq_comment(note: Note, unit: str, count: int) -> str:
    """A note as a comment of memoQ; its id is made of what it says, so that it is the same every time."""
    from uuid import NAMESPACE_URL, uuid5

    own = str(uuid5(NAMESPACE_URL, clean(f"{unit} {count} {note.text}")[0]))
    given = [
        ("id", own),
        ("creatoruser", note.author),
        ("time", note.when),
        ("appliesto", "Source" if note.kind is NoteKind.QUERY else "Target"),
        ("deleted", "false"),
    ]
    return element("mq:comment", escape(note.text), [pair for pair in given if pair[1]])


def _note1(note: Note) -> str:
    return element("note", escape(note.text), note1_attributes(note))


def note1_attributes(note: Note) -> list[tuple[str, str]]:
    """Who wrote a note, and that a query is about the source, as XLIFF 1.2 has it."""
    given = [("from", note.author), ("annotates", "source" if note.kind is NoteKind.QUERY else "")]
    return [pair for pair in given if pair[1]]


def _alternative(candidate: Candidate) -> str:
    """A proposal as <alt-trans>, its score as a percentage where it is a share."""
    origin, score = candidate.origin, candidate.score
    machine = origin.kind is OriginKind.MACHINE
    quality = [("match-quality", f"{score:.0%}")] if score is not None and 0 <= score <= 1 else []
    told = [("state-qualifier", QUALIFIERS[origin.kind])] if origin.kind in QUALIFIERS else []
    name = origin.name or ("mt" if machine else "")
    inner = element("target", Speller("1").spell(candidate.target), told)
    return element("alt-trans", inner, [*quality, *([("origin", name)] if name else [])])


def _unit2(unit: Unit, count: int, ids: set[str]) -> str:
    """A <unit> of one segment. Its id is ours where XLIFF 2 can have it, else a number; its name says ours then."""
    speller = Speller("2")
    own = unit.id if NMTOKEN.fullmatch(unit.id) and unit.id not in ids else f"unit-{count}"
    while own in ids:
        own += "-"
    ids.add(own)
    attributes = [("id", own), *([("name", unit.id)] if own != unit.id else []), ("xml:space", "preserve")]
    attributes += [("translate", "no")] if unit.locked else []
    source, target = element("source", speller.spell(unit.source)), element("target", speller.spell(unit.target))
    words = Speller("2")  # the codes of a proposal are not those of the unit
    lines = [_matches(unit, words), _glossary(unit), element("b:kept", escape(packed(unit, "2")))]
    lines.append(element("notes", "".join(note2(note, "", words) for note in unit.notes)) if unit.notes else "")
    data = "".join(element("data", speller.words(said), [("id", key)]) for said, key in speller.data.items())
    lines.append(element("originalData", data) if data else "")
    wordless = not unit.target.string and not unit.target.codes and unit.state in {State.NEW, State.DRAFT}
    lines.append(element("segment", source + ("" if wordless else target), [("id", "s1"), *state2_attributes(unit)]))
    return opening("unit", attributes) + "\n" + "\n".join(line for line in lines if line) + "\n</unit>"


def state2_attributes(unit: Unit) -> list[tuple[str, str]]:
    """The state of a unit as XLIFF 2 has it."""
    return [("state", WORDS["2"][unit.state]), *([("subState", DRAFT2)] if unit.state is State.DRAFT else [])]


def _matches(unit: Unit, words: Speller) -> str:
    """The proposals, in words: their codes are in what we keep."""
    found = []
    for at, candidate in enumerate(unit.candidates, 1):
        kind = {OriginKind.MACHINE: "mt", OriginKind.MEMORY: "tm"}.get(candidate.origin.kind, "other")
        score = candidate.score
        quality = [("matchQuality", f"{score * 100:.1f}")] if score is not None and 0 <= score <= 1 else []
        name = [("origin", candidate.origin.name)] if candidate.origin.name else []
        inner = element("source", words.words(unit.source.string)) + element(
            "target", words.words(candidate.target.string)
        )
        found.append(element("mtc:match", inner, [("id", f"m{at}"), ("ref", "#s1"), ("type", kind), *quality, *name]))
    return element("mtc:matches", "".join(found)) if found else ""


def note2(note: Note, prefix: str, words: Speller, declared: bool = True) -> str:
    """A note of XLIFF 2, which knows no author and no date: they are attributes of ours, not `declared` elsewhere."""
    given = [("b:author", note.author), ("b:when", note.when)]
    given = [pair for pair in given if pair[1]]
    head = [] if declared or not given else [("xmlns:b", OURS)]
    kind = [("category", "query")] if note.kind is NoteKind.QUERY else []
    return element(f"{prefix}note", words.words(note.text), [*head, *kind, *given])


def _glossary(unit: Unit) -> str:
    """The terms that the glossary asked for, each with its rendering."""
    entries = [
        element("gls:glossEntry", element("gls:term", escape(source)) + element("gls:translation", escape(target)))
        for source, target in dict.fromkeys((use.source, use.target) for use in unit.terms if use.source and use.target)
    ]
    return element("gls:glossary", "".join(entries)) if entries else ""
