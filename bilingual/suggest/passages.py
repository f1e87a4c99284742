"""What candidates are looked for in: sentences, with their English and what people did to it where there is some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bilingual.bitext import Bitext, Document, OriginKind, State, Unit
from bilingual.segmentation import Rules, locators_of, units_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document and the line it stands on where that is known.

    `target` is its English where it has some; `machine` is what the machine said where a person has changed it;
    `approved` says that a person has passed it (reviewed or final), `official` that the English is that of another
    document, which was aligned with this one.
    """

    document: str
    text: str
    line: int | None = None
    target: str = ""
    machine: str = ""
    approved: bool = False
    official: bool = False


def whole(text: str) -> str:
    """The text without halves of surrogate pairs, which no library takes; as long as it was."""
    return _SURROGATES.sub("?", text)


_SURROGATES = re.compile("[\ud800-\udfff]")


def of_document(document: Document, rules: Rules | None = None) -> Iterator[Passage]:
    """The sentences of a document that is not translated."""
    for block, spans in units_of(document, rules or Rules()):
        for span in spans:
            line = next((at.line for at in locators_of(block, span)), None)
            yield Passage(document.name, span.of(block.text.string), line)


def of_bitext(name: str, bitext: Bitext) -> Iterator[Passage]:
    """The sentences of a translated document."""
    for unit in bitext.units:
        line = next((at.line for at in unit.source_locators), None)
        approved = unit.state in {State.REVIEWED, State.FINAL}
        official = unit.origin is not None and unit.origin.kind is OriginKind.ALIGNMENT
        yield Passage(name, unit.source.string, line, unit.target.string, _before(unit), approved, official)


def _before(unit: Unit) -> str:
    """The machine's words for a unit that a person has changed; "" where nobody has."""
    machine = [c.target.string for c in unit.candidates if c.origin.kind is OriginKind.MACHINE]
    if not unit.touched or not machine or unit.target.string in machine:
        return ""
    return machine[0]
