"""Units as the text of a TMX body, several times as fast as a tree of elements and character for character the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from bilingual.bitext import Change, NoteKind, Origin, OriginKind, Unit
from bilingual.formats.seg import clean_text, held, markup, spelled
from bilingual.formats.tmx_names import PARTS, PREFIX, iso_date, tmx_date
from bilingual.formats.xml_text import attribute, escaped
from bilingual.safexml import clean, names
from bilingual.serial import dumps

SIDES = ("source", "target")


def prop(name: str, value: str) -> str:
    """A property as an element."""
    return f'<prop type="{attribute(name)}">{escaped(value)}</prop>'


def extra(pair: tuple[str, str]) -> tuple[str, str]:
    """What another tool said, under its own name where XML can hold it and it cannot be taken for ours."""
    name, value = pair
    plain = name and not name.startswith(PREFIX) and not clean(name)[1] and not clean(value)[1]
    return pair if plain else (f"{PREFIX}extra", dumps(pair))


def unit_writer(source_language: str, target_language: str, told: Callable[[str], object]) -> Callable[[Unit], str]:
    """A function from a unit to its <tu>; `told` is called with a sentence for each unit that XML cannot hold whole."""
    source_tag = f'  <tuv xml:lang="{attribute(source_language)}">'
    target_tag = f'  <tuv xml:lang="{attribute(target_language)}"'

    def write(unit: Unit) -> str:
        kept: dict[str, str] = {}
        if unit.extra:
            unit, kept = _kept(unit)
        source, target = unit.source, unit.target
        if source.codes or target.codes or not (source.string.isprintable() and target.string.isprintable()):
            lines = _exact(unit, told)
            segments = markup(clean_text(source)[0]), markup(clean_text(target)[0])
        else:
            lines = ""
            segments = escaped(source.string), escaped(target.string)
        written = [kept.get(side) or f"<seg>{segment}</seg>" for side, segment in zip(SIDES, segments, strict=True)]
        changed = _changed(unit.changed) if unit.changed else ""
        created = _created(unit.origin) if unit.origin else ""
        return (
            f'<tu tuid="{attribute(unit.id)}">\n{_facts(unit)}{lines}{source_tag}{written[0]}</tuv>\n'
            f"{target_tag}{changed}{created}>{written[1]}</tuv>\n</tu>\n"
        )

    return write


def _kept(unit: Unit) -> tuple[Unit, dict[str, str]]:
    """The segments that other tools spelled with more than our codes, and the unit without them."""
    kept: dict[str, str] = {}
    for side in SIDES:
        own = next((value for name, value in unit.extra if name == f"{side} seg"), "")
        if own and (written := spelled(getattr(unit, side), own)):
            kept[side] = written
            unit = replace(unit, extra=tuple(pair for pair in unit.extra if pair != (f"{side} seg", own)))
    return unit, kept


def _facts(unit: Unit) -> str:
    """Notes and properties, a line each."""
    lines = [_note(unit)] if unit.notes else []
    lines.append(f'  <prop type="{PREFIX}state">{unit.state.value}</prop>\n')
    if unit.block or unit.span.end or unit.span.start or unit.locked or unit.original is not None:
        lines += _lines(_place(unit))
    if unit.origin:
        lines.append(_origin(unit.origin))
    if unit.changed and not _exact_date(unit.changed.when):
        lines += _lines([(f"{PREFIX}changed", dumps(unit.changed))])
    for name, field, _ in PARTS:
        if parts := getattr(unit, field):
            lines += _lines((f"{PREFIX}{name}", dumps(part)) for part in parts)
    if unit.extra:
        lines += _lines(map(extra, unit.extra))
    return "".join(lines)


def _lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"  {prop(name, value)}\n" for name, value in pairs)


def _note(unit: Unit) -> str:
    """Each note, and after it who wrote it and when, and whether it is a query."""
    lines = []
    for note in unit.notes:
        lines.append(f"  <note>{escaped(note.text)}</note>\n")
        told = [("note-author", note.author), ("note-when", note.when)]
        told += [("note-kind", note.kind.value)] if note.kind is not NoteKind.NOTE else []
        told += [("note-answered", "yes")] if note.answered else []
        lines += _lines((f"{PREFIX}{name}", value) for name, value in told if value)
    return "".join(lines)


def _place(unit: Unit) -> Iterator[tuple[str, str]]:
    if unit.block:
        yield f"{PREFIX}block", unit.block
    if unit.span.start or unit.span.end:
        yield f"{PREFIX}span", f"{unit.span.start} {unit.span.end}"
    if unit.locked:
        yield f"{PREFIX}locked", "yes"
    if unit.original is not None:
        yield f"{PREFIX}original", dumps(unit.original)


@lru_cache(maxsize=4096)
def _origin(origin: Origin) -> str:
    told = [(f"{PREFIX}origin", origin.kind.value)]
    if origin.name:
        told.append((f"{PREFIX}origin-name", origin.name))
    if origin.score is not None:
        told.append((f"{PREFIX}origin-score", dumps(origin.score)))
    return "".join(_lines(told))


@lru_cache(maxsize=4096)
def _exact_date(when: str) -> bool:
    """Whether a date and time comes back from a TMX date as it was."""
    return iso_date(tmx_date(when)) == when


@lru_cache(maxsize=4096)
def _changed(change: Change) -> str:
    """Who changed the unit and when: only people have a name here."""
    date = tmx_date(change.when)
    dated = f' changedate="{date}"' if date else ""
    return f'{dated} changeid="{attribute(change.by)}"'


@lru_cache(maxsize=4096)
def _created(origin: Origin) -> str:
    """Which person made the target, for other tools: our own property says it too."""
    made = origin.kind is OriginKind.PERSON and origin.name
    return f' creationid="{attribute(origin.name)}"' if made else ""


def _exact(unit: Unit, told: Callable[[str], object]) -> str:
    """The properties that keep what a <seg> cannot hold of the texts."""
    pairs, removed = [], ""
    for side, text in (("source", unit.source), ("target", unit.target)):
        gone = clean_text(text)[1]
        if gone or held(text) != text:
            pairs.append((f"{PREFIX}{side}-text", dumps(text)))
        removed += gone
    if removed:
        told(f"unit {unit.id}: {names(removed)} cannot stand in XML and was left out")
    return "".join(_lines(pairs))
