"""`bilingual convert`: an aligned file in another format, and a report of what that format cannot hold."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.cli.glossary.paths import PATHS, paths_of

if TYPE_CHECKING:
    from bilingual.bitext import Bitext
    from bilingual.formats import Format

EXAMPLES = """Examples:\n
bilingual convert aligned/page.tmx page.xlsx\n
bilingual convert memory.sdlxliff review.docx\n
bilingual convert review.docx done.sdlxliff --into memory.sdlxliff\n
bilingual convert aligned/page.tmx project --to omegat"""

OMEGAT = "omegat"


def convert(
    source: Annotated[
        str,
        typer.Argument(
            help="An aligned file (TMX, XLIFF, CSV, Excel, Word, PO …), a folder of an OmegaT project, or - for "
            "standard input.",
            metavar="FILE",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Argument(
            help="File to write; its ending says the format. - is standard output. A folder with --to omegat.",
            metavar="OUTPUT",
            show_default=False,
        ),
    ],
    given: Annotated[
        str | None,
        typer.Option("--from", help="The format of FILE, where its ending does not say.", show_default=False),
    ] = None,
    wanted: Annotated[
        str | None,
        typer.Option("--to", help="The format of OUTPUT, where its ending does not say; omegat.", show_default=False),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            help="Put the targets, states and notes into this file (XLIFF, SDLXLIFF, MQXLIFF, PO), everything else of "
            "it stays; OUTPUT is that file then.",
            show_default=False,
        ),
    ] = None,
    source_language: Annotated[str, typer.Option(help="Where FILE names none: its source language.")] = "zh",
    target_language: Annotated[str, typer.Option(help="Where FILE names none: its target language.")] = "en",
    glossary: Annotated[list[Path] | None, PATHS] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUTPUT.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Tell what was done as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors.")] = False,
) -> None:
    """Write an aligned file in another format, and tell what that format has no place for.

    Formats: tmx, xliff (1.2), xliff2 (2.1), sdlxliff, mqxliff, csv, tsv, xlsx, docx, html, po, jsonl, and omegat, a
    project folder. Nothing is overwritten without --force. What was edited elsewhere comes into the store by
    `bilingual merge`, not by this.
    """
    from dataclasses import replace

    from bilingual.errors import SettingsError
    from bilingual.formats.losses import losses

    to_omegat = (wanted or "").lower() == OMEGAT
    if output == "-" and (as_json or to_omegat):
        raise SettingsError("standard output cannot hold both", "name a file behind FILE")
    _refuse_overwriting(source, output, force=force, folder=to_omegat)
    form = None if to_omegat else _form(output, wanted)
    bitext = _read(source, given)
    bitext = replace(bitext, source_language=_named(bitext.source_language, source_language),
                     target_language=_named(bitext.target_language, target_language))  # fmt: skip
    if form is None:
        told = _project(bitext, Path(output), source, glossary)
    elif into is not None:
        told = _filled(bitext, into, form, output)
    else:
        data = io.BytesIO()
        told = [*losses(bitext, form), *form.write(bitext, data)]
        _write(output, data.getvalue())
    name = form.name if form else OMEGAT
    if as_json:
        facts = {"output": output, "format": name, "units": len(bitext.units), "losses": told}
        typer.echo(json.dumps(facts, ensure_ascii=False))
        return
    for sentence in told:
        typer.echo(f"warning: {sentence}", err=True)
    if not quiet:
        units = "1 unit" if len(bitext.units) == 1 else f"{len(bitext.units):,} units"
        typer.echo(f"→ {output} ({name}): {units}", err=output == "-")


def _named(language: str, otherwise: str) -> str:
    from bilingual.formats.table import UNKNOWN

    return language if language and language != UNKNOWN else otherwise


def _form(path: str, name: str | None) -> Format:
    """The format somebody has named, else that of the file's ending."""
    from bilingual.errors import SettingsError
    from bilingual.formats import format_of, named

    if name:
        return named(name)
    if path == "-":
        raise SettingsError("- says no format", "name it: --from FORMAT for the input, --to FORMAT for the output")
    return format_of(Path(path))


def _refuse_overwriting(source: str, output: str, *, force: bool, folder: bool) -> None:
    from bilingual.errors import OutputError

    path = Path(output)
    if output == "-" or not path.exists():
        return
    if path.is_dir() and not folder:
        raise OutputError(f"{output}: is a folder", "name a file, or say --to omegat for a project folder")
    if source != "-" and Path(source).exists() and path.samefile(source):
        raise OutputError(f"{output}: is the input itself", "choose another name")
    occupied = path.is_file() or (path.is_dir() and any(path.iterdir()))
    if occupied and not force:
        raise OutputError(f"{output}: is there already", "choose another name, or say --force")


def _read(source: str, given: str | None) -> Bitext:
    from bilingual.errors import InputError
    from bilingual.formats.omegat import is_project, read_project

    path = Path(source)
    if (given or "").lower() == OMEGAT or (source != "-" and path.is_dir() and is_project(path)):
        return read_project(path)
    form = _form(source, given)
    if source == "-":
        return _with_ids(form.read(io.BytesIO(sys.stdin.buffer.read()), "standard input"))
    try:
        with path.open("rb") as stream:
            return _with_ids(form.read(stream, path))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=path) from error


def _with_ids(bitext: Bitext) -> Bitext:
    """The bitext with an id for each row that somebody has put into a table without one."""
    from dataclasses import replace

    from bilingual.rematch import new_id

    taken, units = {unit.id for unit in bitext.units}, []
    for unit in bitext.units:
        name = unit.id or new_id("", unit.source.string, taken)
        taken.add(name)
        units.append(unit if unit.id else replace(unit, id=name))
    return replace(bitext, units=tuple(units))


def _write(output: str, data: bytes) -> None:
    from bilingual.files import atomic_write

    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with atomic_write(Path(output)) as stream:
        stream.write(data)


def _filled(bitext: Bitext, into: Path, form: Format, output: str) -> list[str]:
    """Put the bitext's words into the file `into`, and write that to `output`; what had no place is told."""
    from bilingual.errors import InputError, SettingsError
    from bilingual.formats import Fillable, format_of

    own = format_of(into)
    if not isinstance(own, Fillable):
        raise SettingsError(f"{into}: {own.name.upper()} cannot be filled", "leave --into out: it is written anew")
    if own.name != form.name:
        raise SettingsError(f"{output}: is to be {into.name} filled, so it ends in {into.suffix}", "name it so")
    try:
        original = into.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=into) from error
    whole = own.read(io.BytesIO(original), into)
    known = {unit.id for unit in whole.units}
    strange = sum(unit.id not in known for unit in bitext.units)
    if strange == len(bitext.units) and strange:
        raise InputError("none of its units is in that file", f"make FILE from {into.name} first", path=into)
    told = [f"{strange:,} units are not in {into.name}, and stay behind"] if strange else []
    data = io.BytesIO()
    told += own.fill(_merged(whole, bitext, told), original, data, into)
    _write(output, data.getvalue())
    return told


def _merged(whole: Bitext, edited: Bitext, told: list[str]) -> Bitext:
    """The file's own units with the words, states and new notes of the edited ones. Words that come without the inline
    codes of their source get them, where no translation before them says at which words they stand."""
    from dataclasses import replace

    from bilingual.codes import completed
    from bilingual.views import with_edits

    edits = {unit.id: unit for unit in edited.units}
    units, guessed = [], 0
    for unit, was in zip(with_edits(whole, edited).units, whole.units, strict=True):
        target = unit.target
        if unit.source.codes and target.string and not target.codes and not was.target.string:
            target, guessed = completed(unit.source, target), guessed + 1
        known = {note.text for note in unit.notes}
        new = tuple(note for note in edits[unit.id].notes if note.text not in known) if unit.id in edits else ()
        units.append(replace(unit, target=target, notes=unit.notes + new))
    if guessed:
        told.append(f"{guessed:,} targets came without their inline codes (tags): look where they stand now")
    return replace(whole, units=tuple(units))


def _project(bitext: Bitext, folder: Path, source: str, glossary: list[Path] | None) -> list[str]:
    """Write the OmegaT project, with the glossary's terms, and tell what it cannot hold."""
    from bilingual.formats.losses import losses
    from bilingual.formats.omegat import OmegaT, write_project
    from bilingual.glossary import load

    terms = load(paths_of(glossary)).terms
    name = Path(source).stem if source != "-" else "document"
    return [*losses(bitext, OmegaT()), *write_project(bitext, folder, name, terms)]
