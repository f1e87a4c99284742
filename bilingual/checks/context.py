"""What a check may ask besides the unit itself, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bilingual.bitext import Bitext, Block, Kind, Unit
from bilingual.checks.findings import Finding
from bilingual.glossary import Glossary
from bilingual.glossary.ordinary import is_ordinary
from bilingual.numbers import yuan_of
from bilingual.settings import Settings
from bilingual.terminology.protect import Slot
from bilingual.terminology.verify import Verdict, verify

_REMEMBERED = 4096
"""How many pairs and sources are kept with what was found in them: the checks of one unit run one after the other, and
headings, cells and set phrases come again and again."""


class Context:
    """What holds for the whole document: the glossary, the settings, its blocks by their ids, and what 元 alone means
    in it ("yuan" or "$")."""

    def __init__(
        self, glossary: Glossary, settings: Settings, blocks: Mapping[str, Block] | None = None, yuan: str = "yuan"
    ) -> None:
        self.glossary = glossary
        self.settings = settings
        self.yuan = yuan
        self._blocks = blocks or {}
        self._verdict = lru_cache(_REMEMBERED)(self._judge)
        self._slots = lru_cache(_REMEMBERED)(self._terms)

    def kind(self, unit: Unit) -> Kind | None:
        """What the unit's block is on its page; None where that is not known."""
        block = self._blocks.get(unit.block)
        return block.kind if block else None

    def before(self, unit: Unit) -> str:
        """What stands before the unit in its block, without the space between; "" at the start and where not known."""
        block = self._blocks.get(unit.block)
        return block.text.string[: unit.span.start].rstrip() if block else ""

    def verdict(self, unit: Unit) -> Verdict:
        """The unit's terms and numbers held against its target; several checks look at it, it is made once."""
        return self._verdict(unit.source.string, unit.target.string)

    def _judge(self, source: str, target: str) -> Verdict:
        slots = self._slots(source)
        verdict = verify(source, target, slots, self.yuan)
        if self.yuan == "yuan" or not verdict.numbers:
            return verdict
        return min(verdict, verify(source, target, slots), key=lambda judged: judged.faults)  # one sum may be in yuan

    def _terms(self, source: str) -> tuple[Slot, ...]:
        """The terms of a source, which stay while its translation is typed."""
        return tuple(
            Slot(m.span, m.span.of(source), m.term.renderings, m.term, ordinary=is_ordinary(m.term))
            for m in self.glossary.match(source)
        )


def context_of(bitext: Bitext, glossary: Glossary, settings: Settings) -> Context:
    """The context of the units of one bitext."""
    blocks = {block.id: block for document in bitext.documents for block in document.blocks}
    whole = "\n".join(unit.source.string for unit in bitext.units)
    return Context(glossary, settings, blocks, yuan_of(whole))


Look = Callable[[Unit, Context], Iterable[Finding]]
"""Looks at one unit for itself."""


class Index(Protocol):
    """What a check knows of a whole document; it is told of each unit that changes."""

    def put(self, unit: Unit) -> Collection[str]:
        """Take the unit as it is now; the ids of the units (itself too) whose findings may be others for it."""

    def drop(self, unit_id: str) -> Collection[str]:
        """Forget a unit that is no more; the ids of the units whose findings may be others for it."""

    def look(self, unit: Unit) -> Iterable[Finding]:
        """The findings of the unit as it is given, held against the other units that were put in."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its `name` (as it stands in findings, settings and silences), what it finds, in words for people, and
    how it looks: at each unit for itself, or over an index of the whole document."""

    name: str
    finds: str
    look: Look | None = None
    index: Callable[[Context], Index] | None = None
