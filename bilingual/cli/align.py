"""`bilingual align`: a Chinese document and its English, sentence beside sentence."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilingual.cli.glossary.paths import PATHS

if TYPE_CHECKING:
    from bilingual.alignment.files import Aligned, Options
    from bilingual.alignment.reading import Read
    from bilingual.engines import Engine
    from bilingual.glossary import Glossary
    from bilingual.settings import Settings

EXAMPLES = """Examples:\n
bilingual align report-zh.docx report-en.docx\n
bilingual align report-zh.docx report-en.docx -o report.tmx -o report.csv\n
bilingual align archive/zh archive/en\n
bilingual align zh.txt en.txt --lines -o page.align"""

INDICES = ".align"


class By(StrEnum):
    """What compares the sentences."""

    ENCODER = "encoder"
    TRANSLATION = "translation"
    LEXICON = "lexicon"


@dataclass(slots=True)
class Done:
    """What came of all pairs."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def align(
    chinese: Annotated[
        Path,
        typer.Argument(help="The Chinese document, or a folder of them.", metavar="ZH", show_default=False),
    ],
    english: Annotated[
        Path,
        typer.Argument(
            help="Its English, or a folder: files are matched by name, else by what they say.",
            metavar="EN",
            show_default=False,
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            help="File to write; its ending says the format (.tmx, .csv, .xlsx, .docx …; .align for lists of indices). "
            "May be given more than once. The store is left alone then, unless --name is given too.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(help="The document's name in the store.  [default: the Chinese file's]", show_default=False)
    ] = "",
    by: Annotated[
        By | None,
        typer.Option(
            help="What compares the sentences: the sentence encoder, the translation model (slow), or words and "
            "figures alone.  [default: the best that is installed]",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--format", help="Forms to write beside the store.  [default: tmx,csv]")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--into", help="Folder with the store.  [default: aligned]", show_default=False)
    ] = None,
    glossary: Annotated[list[Path] | None, PATHS] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Every line of the files is a sentence already.")] = False,
    swap: Annotated[bool, typer.Option("--swap", help="The English file was named first.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Align even what does not look like the same document.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file of -o that is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Tell what was done as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors.")] = False,
) -> None:
    """Put a Chinese document and its English side by side, sentence by sentence.

    The pair goes into the store, where `bilingual review`, `check` and `merge` work on it, and is written as NAME.tmx
    and NAME.csv; with -o only the files you name are written. One sentence may stand beside several; what was left out,
    put in or moved is told. Doubtful pairs are drafts with a flag, the rest counts as translated: `bilingual memory add
    NAME` takes it into the memory, `bilingual glossary suggest NAME` shows how terms were rendered.
    """
    from bilingual.alignment.files import Options
    from bilingual.errors import InputError, SettingsError
    from bilingual.glossary import load as load_glossary
    from bilingual.settings import load

    settings = load(Path.cwd()).with_overrides(
        output=folder,
        glossary=tuple(glossary) if glossary else None,
        formats=tuple(part.strip() for part in formats.split(",")) if formats else None,
    )
    if chinese.is_dir() != english.is_dir():
        file, other = (english, chinese) if chinese.is_dir() else (chinese, english)
        raise SettingsError(f"{other} is a folder and {file} is not", "name two files, or two folders")
    if chinese.is_dir() and (output or name):
        raise SettingsError("-o and --name are for one pair", "folders go into the store: say --into FOLDER, --format")
    _refuse_overwriting(output or [], (chinese, english), force=force)
    options = Options(by.value if by else "", swap, lines, anyway, settings.rules)
    words, engine = load_glossary(settings.glossary_paths()), _engine(by, settings)
    done = Done()
    for first, second, called in _pairs(chinese, english, name, done, quiet=quiet or as_json):
        try:
            _one(first, second, called, options, words, engine, settings, output, bool(name), done,
                 quiet=quiet or as_json)  # fmt: skip
        except InputError as error:
            if not chinese.is_dir():
                raise
            done.refused.append(str(error))
    _tell(done, as_json=as_json, quiet=quiet)
    if done.refused:
        raise typer.Exit(3)


def _engine(by: By | None, settings: Settings) -> Engine | None:
    from bilingual.engines import create

    return create(settings.engine) if by is By.TRANSLATION else None


def _pairs(chinese: Path, english: Path, name: str, done: Done, *, quiet: bool) -> Sequence[tuple[Path, Path, str]]:
    """The pairs to align, with the name each gets; what has no partner is told."""
    from bilingual.alignment.folders import pairs_in

    if not chinese.is_dir():
        return [(chinese, english, name or chinese.stem)]
    pairs = pairs_in(chinese, english)
    done.refused += [f"{path}: no partner was found for it" for path in pairs.alone]
    names: list[str] = []
    for first, second, how in pairs.found:
        called = "-".join(first.relative_to(chinese).with_suffix("").parts)
        names.append(called if called not in names else f"{called}-{len(names)}")
        if not quiet:
            typer.echo(f"{first} – {second} (by {how})", err=True)
    return [(first, second, called) for (first, second, _), called in zip(pairs.found, names, strict=True)]


def _one(
    chinese: Path,
    english: Path,
    name: str,
    options: Options,
    glossary: Glossary,
    engine: Engine | None,
    settings: Settings,
    output: list[Path] | None,
    named: bool,
    done: Done,
    *,
    quiet: bool,
) -> None:
    from bilingual.alignment.files import SwappedError, align_files

    started = time.monotonic()
    with _bar(quiet) as progress:
        try:
            aligned = align_files(chinese, english, name, options, glossary, engine, progress)
        except SwappedError as error:
            if not _agreed(error, quiet=quiet):
                raise
            aligned = align_files(chinese, english, name, replace(options, swap=True), glossary, engine, progress)
    written = [_write(aligned, path, lines=options.lines) for path in output or []]
    warnings = [*aligned.warnings, *(warning for _, told in written for warning in told)]
    paths = [path for path, _ in written]
    if named or not output:
        views = _keep(aligned, name, settings)
        paths += views[0]
        warnings += views[1]
    for warning in warnings:
        typer.echo(f"warning: {warning}", err=True)
    done.rows.append(_facts(name, aligned, time.monotonic() - started, paths, warnings))


def _agreed(error: Exception, *, quiet: bool) -> bool:
    """Whether the person at the terminal wants the files the other way round."""
    if quiet or not (sys.stdin and sys.stdin.isatty()):
        return False
    return typer.confirm(f"{str(error).partition(' – ')[0]}. Align them the other way round?", default=True, err=True)


def _refuse_overwriting(output: Sequence[Path], inputs: tuple[Path, Path], *, force: bool) -> None:
    from bilingual.errors import OutputError
    from bilingual.formats import format_of

    for path in output:
        if path.suffix.lower() != INDICES:
            format_of(path)
        if path.exists() and any(other.exists() and path.samefile(other) for other in inputs):
            raise OutputError(f"{path}: is one of the documents itself", "choose another name")
        if path.exists() and not force:
            raise OutputError(f"{path}: is there already", "choose another name, or say --force")


def _write(aligned: Aligned, path: Path, *, lines: bool) -> tuple[Path, list[str]]:
    """Write one file; what its format has no place for comes back as sentences. With `lines` the indices are those of
    the file's lines."""
    from bilingual.alignment import indices
    from bilingual.files import atomic_write
    from bilingual.formats import format_of

    if path.suffix.lower() == INDICES:
        numbers = [_line_numbers(side) for side in (aligned.source, aligned.target)] if lines else []
        with atomic_write(path) as stream:
            stream.write(indices.written(aligned.alignment.beads, *numbers).encode())
        return path, []
    with atomic_write(path) as stream:
        told = format_of(path).write(aligned.bitext, stream)
    return path, [f"{path.name}: {sentence}" for sentence in told]


def _line_numbers(side: Read) -> list[int]:
    """The lines of the file, counted from 0, that its sentences are."""
    return [(block.locators[0].line or 1) - 1 for block, _ in side.places]


def _keep(aligned: Aligned, name: str, settings: Settings) -> tuple[list[Path], list[str]]:
    """Put the pair into the store and write its views."""
    from bilingual.errors import InputError
    from bilingual.store import Store
    from bilingual.views import check_formats, write_views

    check_formats(settings.formats)
    with Store(settings.output / "workbench.sqlite") as store:
        known = dict(store.load(name).metadata) if name in store.names() else None
        if known is not None and "alignment" not in known:
            what = f"the store has a document {name!r} that was not aligned"
            raise InputError(what, "give this one a name of its own: --name")
        store.save(name, aligned.bitext, aligned.data)
        views = write_views(store, name, settings.output, settings.formats)
    return views.written, views.warnings


def _facts(name: str, aligned: Aligned, seconds: float, written: list[Path], warnings: list[str]) -> dict[str, Any]:
    beads = aligned.alignment.beads
    sizes = [(len(bead.source), len(bead.target)) for bead in beads]
    sentences = len(aligned.source.side), len(aligned.target.side)
    return {
        "name": name,
        "method": aligned.alignment.method,
        "score": aligned.alignment.score,
        "chinese_sentences": sentences[0],
        "english_sentences": sentences[1],
        "pairs": sum(a > 0 and b > 0 for a, b in sizes),
        "one_to_one": sizes.count((1, 1)),
        "left_out": sum(a for a, b in sizes if not b),
        "put_in": sum(b for a, b in sizes if not a),
        "moved": sum(bead.moved for bead in beads),
        "flagged": sum(bool(unit.flags) for unit in aligned.bitext.units),
        "seconds": round(seconds, 2),
        "written": [str(path) for path in written],
        "warnings": warnings,
    }


_TOLD = {
    "score": "alike, of 1",
    "chinese_sentences": "Chinese sentences",
    "english_sentences": "English sentences",
    "pairs": "pairs",
    "one_to_one": "of them one to one",
    "left_out": "Chinese sentences left out",
    "put_in": "English sentences put in",
    "moved": "pairs out of their place",
    "flagged": "flagged for your eye",
    "seconds": "seconds",
}


def _tell(done: Done, *, as_json: bool, quiet: bool) -> None:
    for reason in done.refused:
        typer.echo(f"error: {reason}", err=True)
    if as_json:
        typer.echo(json.dumps({"documents": done.rows, "refused": done.refused}, ensure_ascii=False, indent=2))
    elif not quiet:
        for row in done.rows:
            _table(row)


def _table(row: dict[str, Any]) -> None:
    typer.echo(f"{row['name']}, compared by {row['method']}")
    for key, words in _TOLD.items():
        typer.echo(f"  {words:<28} {row[key]:>8,}")
    for path in row["written"]:
        typer.echo(f"→ {path}")


class _bar:  # noqa: N801 (used as a function)
    """How many sentences have been looked at, on stderr; nothing where that is no terminal."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and bool(sys.stderr) and sys.stderr.isatty()

    def __enter__(self):  # type: ignore[no-untyped-def]
        return self._update if self._shown else None

    def __exit__(self, *_: object) -> None:
        if self._shown:
            typer.echo("\r" + " " * 40 + "\r", err=True, nl=False)

    def _update(self, done: int, total: int) -> None:
        typer.echo(f"\r{done:,} of {total:,} sentences read", err=True, nl=False)
