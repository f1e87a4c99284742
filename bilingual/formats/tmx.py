"""TMX 1.4b: the exchange format of translation memories, and the form in which everything we know survives.

Source and target stand where every tool looks for them; what TMX has no place for stands in properties of ours
(`x-bilingual-…`), plain where people read them, canonical JSON where they have parts. So the store can be rebuilt from
the file. Only what a person did carries a name and a date, so equal bitexts have equal bytes.
Specification: TMX 1.4b (LISA OSCAR).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bilingual.bitext import Bitext, Unit
from bilingual.formats.tmx_names import HEADER, PREFIX, TOOL
from bilingual.formats.tmx_writer import extra, prop, unit_writer
from bilingual.formats.xml_text import attribute
from bilingual.serial import dumps

if TYPE_CHECKING:
    from bilingual.formats.tmx_reader import TmxReader

DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
CHUNK = 1 << 20
"""A document's text goes into properties of at most this many code points: parsers limit the length of one."""

BATCH = 256
"""How many units are written at a time."""

TOLD = 1000
"""Most sentences about single units that a writer returns; how many more there were is said at their end."""


class Tmx:
    """TMX 1.4b, complete: what `write` was given comes back from `read`."""

    name = "tmx"
    suffixes: tuple[str, ...] = (".tmx",)
    holds = frozenset(field.name for field in fields(Unit))

    def read(self, stream: BinaryIO, path: Path | str | None = None) -> Bitext:
        """The bitext in our own or another tool's file, UTF-8 or UTF-16; of several languages the first pair."""
        return self.reader(stream, path).bitext()

    def reader(self, stream: BinaryIO, path: Path | str | None = None, source: str = "", target: str = "") -> TmxReader:
        """One pass over a file of any size: `units()` gives each unit in turn, in constant memory.

        `source` and `target` choose the languages, however the file spells them; else the file's first pair is read.
        """
        from bilingual.formats.tmx_reader import TmxReader

        return TmxReader(stream, path, source, target)

    def write(self, bitext: Bitext, stream: BinaryIO) -> tuple[str, ...]:
        """UTF-8 without BOM; says which units had characters that XML cannot hold.

        Those are left out of the segment; a property keeps the exact text, so that reading it again loses nothing.
        """
        return self.write_units(bitext, bitext.units, stream)

    def write_units(self, head: Bitext, units: Iterable[Unit], stream: BinaryIO) -> tuple[str, ...]:
        """As `write`, with the units of an iterator in place of those in `head`, in constant memory."""
        told: list[str] = []
        more = 0

        def tell(sentence: str) -> None:
            nonlocal more
            if len(told) < TOLD:
                told.append(sentence)
            else:
                more += 1

        stream.write("".join(_head(head)).encode())
        write, waiting = unit_writer(head.source_language, head.target_language, tell), iter(units)
        while batch := [write(unit) for unit in islice(waiting, BATCH)]:
            stream.write("".join(batch).encode())
        stream.write(b"</body></tmx>\n")
        return (*told, f"{more} more units had such characters") if more else tuple(told)


def _head(bitext: Bitext) -> Iterator[str]:
    from bilingual import __version__

    facts = HEADER | {"creationtool": TOOL, "creationtoolversion": __version__, "srclang": bitext.source_language}
    yield f"<?xml version='1.0' encoding='UTF-8'?>\n{DOCTYPE}\n<tmx version=\"1.4\">\n<header"
    yield from (f' {name}="{attribute(value)}"' for name, value in facts.items())
    yield ">"
    yield from (f"\n  {prop(name, value)}" for name, value in _header_properties(bitext))
    yield "\n</header>\n<body>\n"


def _header_properties(bitext: Bitext) -> Iterator[tuple[str, str]]:
    yield f"{PREFIX}target-language", bitext.target_language
    yield from map(extra, bitext.metadata)
    for document in bitext.documents:
        yield f"{PREFIX}document", dumps(replace(document, text="", blocks=()))
        for start in range(0, len(document.text), CHUNK):
            yield f"{PREFIX}text", dumps(document.text[start : start + CHUNK])
        for block in document.blocks:
            yield f"{PREFIX}block", dumps(block)
