"""Other tools' files of aligned text: each sound one is read, and written again keeps everything; each broken one is
refused with its line and the cause. What came out of them is a table by tool and format, written down below."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bench.common import Rows, row
from bilingual.bitext import Bitext, Unit
from bilingual.errors import InputError
from bilingual.formats import FORMATS, Format, format_of

KEPT = ("id", "source", "target", "notes", "extra")
"""Fields of a unit that must be the same after writing and reading, as far as the format holds them."""


class Counts(NamedTuple):
    """What the files of one tool hold, in one format."""

    files: int = 0
    refused: int = 0
    units: int = 0
    translated: int = 0
    codes: int = 0
    notes: int = 0
    extra: int = 0


TABLE: dict[tuple[str, str], Counts] = {
    ("OpenXLIFF", "tmx"): Counts(files=1, units=519, translated=519, extra=2595),
    ("TMXEditor", "tmx"): Counts(files=5, units=570, translated=570, codes=132, extra=3418),
    ("TMXEditor", "xliff"): Counts(files=2, units=88, translated=88, extra=88),
    ("neokapi", "tmx"): Counts(files=5, units=214, translated=214, extra=811),
    ("neokapi", "xliff"): Counts(files=1, units=3, translated=2),
    ("okapi", "tmx"): Counts(files=27, units=124, translated=120, codes=264, notes=13, extra=292),
    ("okapi", "xliff"): Counts(files=35, units=878, translated=822, codes=1452, notes=16, extra=182),
    ("xliff", "xliff"): Counts(files=35, units=111, translated=100, codes=49, notes=28, extra=14),
}
"""Tool and format, and what its files hold; a tool or format that is not here is not held to anything."""


class Outcome(NamedTuple):
    """What became of one file: whether it is sound, and whether it was treated as it should be."""

    sound: bool
    right: bool
    filled: bool | None
    counts: Counts


def run(data: Path | None) -> Rows:
    """The area `formats`: `readable`, `refused`, `filled`, and the table's agreement."""
    if data is None:
        return {}
    outcomes = {path: _outcome(path) for path in _files(data / "formats")}
    sound = [outcome for outcome in outcomes.values() if outcome.sound]
    broken = [outcome for outcome in outcomes.values() if not outcome.sound]
    filled = [outcome.filled for outcome in outcomes.values() if outcome.filled is not None]
    found = table(outcomes)
    same = sum(found.get(key) == counts for key, counts in TABLE.items())
    told = "; ".join(f"{tool} {name}: {_shown(counts)}" for (tool, name), counts in sorted(found.items()))
    return {
        "formats.readable": row(_share([outcome.right for outcome in sound]), "share", f"{len(sound)} sound files"),
        "formats.refused": row(_share([outcome.right for outcome in broken]), "share", f"{len(broken)} broken files"),
        "formats.filled": row(_share(filled), "share", f"{len(filled)} files filled with their own units: same bytes"),
        "formats.table": row(same / len(TABLE) if TABLE else 1.0, "share", told),
    }


def table(outcomes: dict[Path, Outcome]) -> dict[tuple[str, str], Counts]:
    """The counts of the files, by tool (their folder) and format."""
    found: dict[tuple[str, str], Counts] = {}
    for path, outcome in outcomes.items():
        key = (path.parent.name, format_of(path).name)
        found[key] = Counts(*(a + b for a, b in zip(found.get(key, Counts()), outcome.counts, strict=True)))
    return found


def _files(folder: Path) -> list[Path]:
    """Every file that by its name is of a format of ours."""
    known = {suffix for form in FORMATS for suffix in form.suffixes}
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in known]


def _outcome(path: Path) -> Outcome:
    form, data = format_of(path), path.read_bytes()
    sound = _sound(data)
    try:
        bitext = form.read(io.BytesIO(data), path)
    except InputError as error:
        told = str(error).startswith(f"{path}:{error.line}: ") if error.line else str(error).startswith(f"{path}: ")
        return Outcome(sound, not sound and told, None, Counts(files=1, refused=1))
    return Outcome(sound, sound and _survives(form, bitext), _fills(form, bitext, data), _counts(bitext))


def _sound(data: bytes) -> bool:
    """Whether XML's own parser takes the file, and it declares no entities, which we refuse for safety."""
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        return False
    return next(iter(root.iter(etree.Entity)), None) is None


def _survives(form: Format, bitext: Bitext) -> bool:
    """Whether the units are the same after they were written and read again."""
    stream = io.BytesIO()
    form.write(bitext, stream)
    back = form.read(io.BytesIO(stream.getvalue()))
    names = [name for name in KEPT if name in form.holds]
    return [_fields(unit, names) for unit in back.units] == [_fields(unit, names) for unit in bitext.units]


def _fields(unit: Unit, names: list[str]) -> list[object]:
    return [getattr(unit, name) for name in names]


def _fills(form: Format, bitext: Bitext, data: bytes) -> bool | None:
    """Whether a file that takes back its own units has the same bytes; None where the format fills no files."""
    fill = getattr(form, "fill", None)
    if fill is None:
        return None
    stream = io.BytesIO()
    return fill(bitext, data, stream) == () and stream.getvalue() == data


def _counts(bitext: Bitext) -> Counts:
    found: Counter[str] = Counter()
    for unit in bitext.units:
        found["translated"] += bool(unit.target.string)
        found["codes"] += len(unit.source.codes) + len(unit.target.codes)
        found["notes"] += len(unit.notes)
        found["extra"] += len(unit.extra)
    return Counts(files=1, units=len(bitext.units), **found)


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def _shown(counts: Counts) -> str:
    return ", ".join(f"{value} {name}" for name, value in counts._asdict().items() if value)
