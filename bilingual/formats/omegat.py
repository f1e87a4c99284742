"""OmegaT: a bitext as a project folder a translator opens, and what was translated there taken back.

`source/` holds a PO file (its ids are in `msgctxt`), `tm/auto/` what people have translated, `tm/mt/` what the machine
proposes, `tm/` what comes from memories, `glossary/` our terms; `glossary/glossary.txt` is left to the translator.
OmegaT keeps its work in `omegat/project_save.tmx`. User manual: "OmegaT files and folders".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from pathlib import Path

from bilingual.bitext import Bitext, OriginKind, State, Term, Text, Unit
from bilingual.errors import InputError, OutputError
from bilingual.files import atomic_write, output_error
from bilingual.formats.po import Po
from bilingual.formats.tmx import Tmx
from bilingual.formats.tmx_reader import TmxReader
from bilingual.glossary import exchange

SAVED = Path("omegat") / "project_save.tmx"
TERMS = Path("glossary") / "bilingual.txt"
_FOLDERS = ("source", "target", "tm/auto", "tm/mt", "glossary", "dictionary", "omegat")
_PLACES = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
_TOKENIZERS = {"zh": "LuceneSmartChineseTokenizer", "en": "LuceneEnglishTokenizer"}
_HUMAN = frozenset({State.TRANSLATED, State.REVIEWED, State.FINAL})


class OmegaT(Po):
    """What a project holds of a bitext: a PO file, and the proposals in its memories."""

    name = "omegat"
    holds = frozenset({"id", "source", "target", "candidates"})


def is_project(folder: Path) -> bool:
    """Whether the folder is an OmegaT project."""
    return (folder / "omegat.project").is_file()


def write_project(bitext: Bitext, folder: Path, name: str, terms: Iterable[Term] = ()) -> tuple[str, ...]:
    """The project in `folder`; gives back what it cannot hold. In a folder that is a project already the files we
    write are written anew; what OmegaT or the translator wrote (project_save.tmx, glossary.txt) stays.

    OutputError for a folder with other things in it.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not is_project(folder)):
        what = "is a file" if folder.is_file() else "holds other files"
        raise OutputError(f"{folder}: {what}, and is no OmegaT project", "name a new folder")
    try:
        for part in _FOLDERS:
            (folder / part).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(folder, error) from error
    with atomic_write(folder / "omegat.project") as stream:
        stream.write(_settings(bitext).encode())
    person = replace(bitext, units=tuple(u if _human(u) else replace(u, target=Text("")) for u in bitext.units))
    with atomic_write(folder / "source" / f"{name}.po") as stream:
        told = Po().write(_bare(person), stream)
    for place, target_of in _MEMORIES:
        _memory(bitext, folder / place / f"{name}.tmx", target_of)
    listed = [*terms]
    if listed and exchange.write(listed, folder / TERMS):
        told += ("a glossary of OmegaT says only source, target and note of a term: all else of yours stays behind",)
    return told


def read_project(folder: Path) -> Bitext:
    """The units of the files in `source/` with the targets of `project_save.tmx`: by id where a translator gave one
    place its own words, else by source. InputError where the folder is no project of ours."""
    if not is_project(folder):
        raise InputError("is no OmegaT project: it has no omegat.project", "name the project's folder", path=folder)
    files = sorted((folder / "source").glob("*.po"))
    if not files:
        raise InputError("its source folder holds no PO file", "`convert … --to omegat` puts one there", path=folder)
    own, general = _saved(folder / SAVED)
    whole: Bitext | None = None
    for file in files:
        with file.open("rb") as stream:
            bitext = Po().read(stream, file)
        whole = replace(whole, units=whole.units + bitext.units) if whole else bitext
    assert whole is not None
    return replace(whole, units=tuple(_translated(unit, own, general) for unit in whole.units))


def _saved(path: Path) -> tuple[dict[tuple[str, str], Unit], dict[str, Unit]]:
    """What the translator has saved: for one place by its id and source, and for every place by source."""
    own: dict[tuple[str, str], Unit] = {}
    general: dict[str, Unit] = {}
    if not path.is_file():
        return own, general
    with path.open("rb") as stream:
        for unit in TmxReader(stream, path).units():
            properties = dict(unit.extra)
            place = properties.get("path") or properties.get("id") or ""
            if place or "file" in properties:
                own[place, unit.source.string] = unit
            elif unit.target.string:
                general[unit.source.string] = unit
    return own, general


def _translated(unit: Unit, own: dict[tuple[str, str], Unit], general: dict[str, Unit]) -> Unit:
    found = own.get((unit.id, unit.source.string)) or general.get(unit.source.string)
    if found is None or not found.target.string:
        return unit
    return replace(unit, target=found.target, state=State.TRANSLATED, changed=found.changed,
                   notes=unit.notes + tuple(note for note in found.notes if note not in unit.notes))  # fmt: skip


def _human(unit: Unit) -> bool:
    return unit.state in _HUMAN or (unit.touched and not unit.unconfirmed)


def _approved(unit: Unit) -> Text:
    return unit.target if _human(unit) else Text("")


def _proposed(kind: OriginKind) -> Callable[[Unit], Text]:
    def first(unit: Unit) -> Text:
        return next((candidate.target for candidate in unit.candidates if candidate.origin.kind is kind), Text(""))

    return first


_MEMORIES: tuple[tuple[str, Callable[[Unit], Text]], ...] = (
    ("tm/auto", _approved), ("tm/mt", _proposed(OriginKind.MACHINE)), ("tm", _proposed(OriginKind.MEMORY)),
)  # fmt: skip
"""The folders OmegaT takes targets from, and which of a unit's targets goes there."""


def _memory(bitext: Bitext, path: Path, target_of: Callable[[Unit], Text]) -> None:
    """A TMX of the units that have such a target; none where no unit has."""
    pairs = ((unit, target_of(unit)) for unit in bitext.units)
    units = tuple(
        Unit(unit.id, "", Text(unit.source.string), Text(target.string), changed=unit.changed)
        for unit, target in pairs
        if target.string
    )
    if units:
        with atomic_write(path) as stream:
            Tmx().write(replace(bitext, documents=(), units=units, metadata=()), stream)
    else:
        path.unlink(missing_ok=True)


def _bare(bitext: Bitext) -> Bitext:
    """The bitext without what the PO file would only tell that it cannot say."""
    return replace(bitext, units=tuple(replace(u, state=_plain(u), extra=(), locked=False) for u in bitext.units))


def _plain(unit: Unit) -> State:
    return State.TRANSLATED if unit.target.string else State.NEW


def _settings(bitext: Bitext) -> str:
    places = "".join(f"        <{place}>__DEFAULT__</{place}>\n" for place in _PLACES)
    sides = (("source", bitext.source_language), ("target", bitext.target_language))
    languages = "".join(f"        <{side}_lang>{escape(tag)}</{side}_lang>\n" for side, tag in sides)
    words = "".join(
        f"        <{side}_tok>org.omegat.tokenizer.{_TOKENIZERS[tag[:2].lower()]}</{side}_tok>\n"
        for side, tag in sides
        if tag[:2].lower() in _TOKENIZERS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat>\n    <project version="1.0">\n'
        f"{places}{languages}{words}        <sentence_seg>false</sentence_seg>\n"
        "        <support_default_translations>true</support_default_translations>\n"
        "        <remove_tags>false</remove_tags>\n        <external_command></external_command>\n"
        "    </project>\n</omegat>\n"
    )
