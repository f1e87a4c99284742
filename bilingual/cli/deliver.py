"""`bilingual deliver`: the English document, in the form of its source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.bitext import Bitext, Document
    from bilingual.store import Store

EXAMPLES = """Examples:\n
bilingual deliver report -o report.en.docx\n
bilingual deliver report -o both.docx --bilingual\n
bilingual deliver page.html -o page.en.html --mark\n
bilingual deliver film -o film.en.srt"""


def deliver(
    name: Annotated[
        str,
        typer.Argument(
            help="A translated document: its name in the store, its source file, or an edited file of it, in any "
            "format that `bilingual convert` knows.",
            metavar="NAME",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="File to write: .docx, .html, .md, .txt, .epub, .srt or .vtt.", show_default=False
        ),
    ],
    bilingual: Annotated[
        bool, typer.Option("--bilingual", help="Chinese and English in two columns (.docx, .html).")
    ] = False,
    mark: Annotated[bool, typer.Option("--mark", help="Highlight the sentences that no person has reviewed.")] = False,
    no_notice: Annotated[
        bool,
        typer.Option("--no-notice", help="Do not say at the head of the document that some of it is not reviewed."),
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option(help="The source file, where the store does not have it.", show_default=False),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder with the store.  [default: aligned]", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors.")] = False,
) -> None:
    """Write the English document: headings, lists, tables, emphasis, links, pictures and cue times as in the source.

    A .docx, .html, .md or subtitle file is itself the template, so its styles and page set-up stay; other sources, and
    other forms than the source's own, get a clean new document. Sentences without English go out in Chinese.
    """
    from bilingual.delivery import written
    from bilingual.delivery.assemble import delivery_of
    from bilingual.settings import load

    given = folder or load(Path.cwd()).output
    bitext, template = _found(name, given, source)
    delivery = delivery_of(bitext, mark=mark, notice=not no_notice)
    data, told = written(delivery, output, template, side_by_side=bilingual)
    told += _saved(data, output, given, delivery.document)
    pairs = [pair for block in delivery.blocks for pair in block.pairs]
    left = sum(not pair.reviewed for pair in pairs)
    for warning in told:
        typer.echo(f"warning: {warning}", err=True)
    if left:
        typer.echo(f"warning: {left:,} of {len(pairs):,} sentences have not been reviewed by a person", err=True)
    if not quiet:
        typer.echo(f"→ {output}")


def _saved(data: bytes, output: Path, folder: Path, document: Document) -> tuple[str, ...]:
    """Write the file, never over the source, and never over a file that we did not write or that somebody changed."""
    from bilingual.errors import OutputError
    from bilingual.files import atomic_write, sha256_of
    from bilingual.store import Store
    from bilingual.views import write_file

    if output.is_file() and document.template and sha256_of(output) == document.template.sha256:
        raise OutputError(f"{output}: is the source file itself", "choose another name for the English")
    if not (folder / "workbench.sqlite").is_file() or (output.exists() and not output.is_file()):
        with atomic_write(output) as stream:
            stream.write(data)
        return ()
    with Store(folder / "workbench.sqlite") as store:
        return tuple(write_file(store, output, data))


def _found(name: str, folder: Path, source: Path | None) -> tuple[Bitext, bytes | None]:
    """The document that `name` means, and the file it was read from."""
    from bilingual.errors import InputError
    from bilingual.store import Store

    path, file = Path(name), folder / "workbench.sqlite"
    if not file.is_file():
        if path.is_file() and (edited := _read(path)):
            return _alone(path, edited, source)
        raise InputError(f"there is no store in {folder}", f"first run: bilingual translate {name}", path=name)
    with Store(file, look=True) as store:
        known = _name_in(store, path)
        if known is None:
            if path.is_file() and (edited := _read(path)):
                return _aligned(path, edited, store, source)
            hint = (
                f"first run: bilingual translate {name}" if path.is_file() else f"there is: {', '.join(store.names())}"
            )
            raise InputError("is no document of the store", hint, path=name)
        _tell_of_edits(store, known, folder)
        bitext = store.load(known)
        return bitext, _checked(bitext, source) if source else store.source(known)


def _read(path: Path) -> Bitext | None:
    """The bitext in an aligned file; None where it is a document like those that are translated. InputError where it
    cannot be one, and is no aligned file either."""
    from bilingual.documents import READERS
    from bilingual.errors import InputError
    from bilingual.formats import FORMATS, read_file

    ending = path.suffix.lower()
    if not any(ending in form.suffixes for form in FORMATS):
        return None
    try:
        return read_file(path)
    except InputError:
        if ending in READERS:
            return None
        raise


def _tell_of_edits(store: Store, name: str, folder: Path) -> None:
    """A view that somebody has edited is not in the store yet: say how its words get there."""
    from bilingual.formats import FORMATS

    written = {place for place, _, _ in store.shown(name)}
    for form in FORMATS:
        view = folder / f"{name}{form.suffixes[0]}"
        if view.name in written and view.is_file() and store.view_changed(view):
            told = (
                f"{view} was edited, and its words are not in the store; bring them home with: bilingual merge {view}"
            )
            typer.echo(f"warning: {told}", err=True)


def _name_in(store: Store, path: Path) -> str | None:
    """The document of that name, or the one that was read from the file at `path`."""
    from bilingual.files import sha256_of

    if str(path) in store.names():
        return str(path)
    if not path.is_file():
        return None
    digest = sha256_of(path)
    same = [name for name in store.names() if store.template(name) == digest]
    return path.stem if path.stem in same else next(iter(same), None)


def _alone(path: Path, edited: Bitext, source: Path | None) -> tuple[Bitext, bytes | None]:
    """An aligned file where there is no store: it must hold its document, as our TMX and XLIFF do."""
    from bilingual.errors import InputError

    if not any(document.template for document in edited.documents):
        raise InputError("a table alone is no document", "put the store's folder behind --from", path=path)
    return edited, _checked(edited, source) if source else None


def _aligned(path: Path, edited: Bitext, store: Store, source: Path | None) -> tuple[Bitext, bytes | None]:
    """The bitext in an aligned file, and its source file: the one given, or the one in the store.

    What holds no document (a table): its words and states go into the store's document that it is of.
    """
    from bilingual.merge.origins import document_of

    template = next((document.template for document in edited.documents if document.template), None)
    name = next((name for name in store.names() if template and store.template(name) == template.sha256), None)
    if template is None:
        name = document_of(store, path, edited)
        edited = _with_words(store.load(name), edited, path)
    return edited, _checked(edited, source) if source else store.source(name) if name else None


def _with_words(known: Bitext, edited: Bitext, path: Path) -> Bitext:
    """The document with the words and states of an edited file, where that says states; rows of no unit are told."""
    from dataclasses import replace

    from bilingual.formats import format_of
    from bilingual.views import with_edits

    strange = len({unit.id for unit in edited.units} - {unit.id for unit in known.units} - {""})
    strange += sum(not unit.id for unit in edited.units)
    if strange:
        rows = "1 row" if strange == 1 else f"{strange:,} rows"
        told = f"left out of {path.name}: {rows} without the id of a unit; to bring them home: bilingual merge {path}"
        typer.echo(f"warning: {told}", err=True)
    done = with_edits(known, edited)
    if "state" in format_of(path).holds:
        return done
    units = zip(done.units, known.units, strict=True)
    return replace(done, units=tuple(
        replace(unit, state=was.state) if unit.target.string == was.target.string else unit for unit, was in units
    ))  # fmt: skip


def _checked(bitext: Bitext, source: Path) -> bytes:
    """The bytes of `source`, if it is the very file the document was read from."""
    from bilingual.documents import contents
    from bilingual.errors import InputError
    from bilingual.files import sha256_of

    data = contents(source)
    template = next((document.template for document in bitext.documents if document.template), None)
    if template is None or template.sha256 != sha256_of(data):
        raise InputError("is not the file this document was read from", "translate it again", path=source)
    return data
