"""The pipeline: a document's blocks become sentences, sentences become aligned units, each translated once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bilingual import __version__, formulas, leverage, placing
from bilingual.bitext import (
    UNTRANSLATED,
    Bitext,
    Block,
    Candidate,
    Document,
    Flag,
    FlagKind,
    Kind,
    Origin,
    OriginKind,
    Span,
    State,
    Term,
    Text,
    Unit,
)  # fmt: skip
from bilingual.codes import cut
from bilingual.documents.layout import UNCERTAIN
from bilingual.engines import Engine
from bilingual.english import without_stop
from bilingual.glossary import Glossary
from bilingual.memory import Match, Memory
from bilingual.names import is_credible_name, personal_name
from bilingual.placing import Coded, place_codes
from bilingual.segmentation import Rules, locators_of, units_of
from bilingual.serial import dumps
from bilingual.store import Store
from bilingual.terminology import Explanation, Rendering, Terminologist, join, split
from bilingual.terminology.abbreviations import introduced
from bilingual.terminology.ladder import RULES

Progress = Callable[[int, int], None]
"""Called with the characters done and the characters in all."""

CHUNK = 256
"""Sentences that go through the ladder together and are kept together: what a stop in the middle can cost."""


class Translator:
    """An engine, a glossary and a store that together turn documents into bitexts. Without a store nothing is kept.

    What the `memory` holds of a document's very sentences goes before the engine, what is like them beside it.
    """

    def __init__(
        self,
        engine: Engine,
        glossary: Glossary,
        store: Store | None = None,
        rules: Rules | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._engine = engine
        self._glossary = glossary
        self._terminologist = Terminologist(engine, glossary)
        self._store = store
        self._rules = rules or Rules()
        self._memory = memory

    def translate(self, document: Document, progress: Progress | None = None) -> Bitext:
        """The aligned draft of a document: a unit for each sentence, in reading order."""
        units = self._units(document)
        self._terminologist.meet([unit.source.string for unit in units])
        blocks = {block.id: block for block in document.blocks}
        matches = leverage.recalled(self._memory, units) if self._memory else [()] * len(units)
        done = [
            self._fixed(unit, blocks[unit.block]) or self._recalled(unit, found)
            for unit, found in zip(units, matches, strict=True)
        ]
        open_rows = [row for row, unit in enumerate(done) if unit is None]
        bodies = [_body(units[row], blocks[units[row].block]) for row in open_rows]
        renderings = self.render([body for _, _, body in bodies], progress)
        for row, (span, lead, _), rendering in zip(open_rows, bodies, renderings, strict=True):
            done[row] = _translated(units[row], span, lead, rendering)
        kinds = {block.id: block.kind for block in document.blocks}
        made = [leverage.beside(unit, found) for unit, found in zip(done, matches, strict=True) if unit is not None]
        whole = introduced(made, kinds, self._glossary.terms)
        return Bitext("zh", "en", (document,), tuple(self._coded(whole)))

    def explain(
        self, document: Document, wanted: Callable[[Unit], bool]
    ) -> tuple[Unit, tuple[Explanation, ...]] | None:
        """The first unit that is wanted, and how each part of its sentence is translated, all of it made anew; no parts
        for what needs no engine. None where the document has no such unit."""
        blocks = {block.id: block for block in document.blocks}
        units = self._units(document)
        self._terminologist.meet([unit.source.string for unit in units])
        unit = next(filter(wanted, units), None)
        if unit is None:
            return None
        if fixed := self._fixed(unit, blocks[unit.block]):
            return fixed, ()
        parts = split(_body(unit, blocks[unit.block])[2])
        return unit, tuple(self._terminologist.explain(part) for part in parts)

    def sentences(self, document: Document) -> list[str]:
        """What of a document goes to the engine, in reading order."""
        blocks = {block.id: block for block in document.blocks}
        units = [unit for unit in self._units(document) if self._fixed(unit, blocks[unit.block]) is None]
        return [_body(unit, blocks[unit.block])[2] for unit in units]

    def _units(self, document: Document) -> list[Unit]:
        seen: Counter[str] = Counter()
        return [
            _new_unit(document, block, span, source, seen)
            for block, spans in units_of(document, self._rules)
            for span, source in zip(spans, cut(block.text, spans), strict=True)
        ]

    def _fixed(self, unit: Unit, block: Block) -> Unit | None:
        """The unit where no engine is needed: a lone mark, or a formula of the page; else None."""
        if block.kind in UNTRANSLATED:
            origin = Origin(OriginKind.MACHINE, "copied")
            return replace(unit, target=unit.source, state=State.DRAFT, origin=origin,
                           candidates=(Candidate(unit.source, origin),))  # fmt: skip
        target = formulas.render(block.kind, unit.source.string, self._name)
        if target is None:
            return None
        rendering = self._terminologist.judge(unit.source.string, target, "formula")
        return _translated(unit, Span(0, 0), "", rendering)

    def _recalled(self, unit: Unit, matches: Sequence[Match]) -> Unit | None:
        """The unit as somebody has translated it before, judged like the engine's words; None where nobody has, or
        where the glossary says a term of it otherwise now."""
        match = leverage.whole(matches)
        if match is None:
            return None
        judged = self._terminologist.judge(unit.source.string, match.target.string, "memory")
        if any(flag.kind is FlagKind.TERM for flag in judged.flags):
            return None
        own = leverage.candidate(match)
        return replace(
            unit,
            target=match.target,
            state=State.DRAFT,
            origin=own.origin,
            candidates=(own,),
            terms=judged.terms,
            flags=unit.flags + judged.flags,
        )

    def _name(self, words: str) -> str:
        """A name's glossary rendering where it has one, else its pinyin; "" where it is no name we can tell."""
        for match in self._glossary.match(words):
            if len(match.span) == len(words):
                return match.term.target
        return personal_name(words) if is_credible_name(words) else ""

    def render(self, sentences: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """The renderings of `sentences`, each out of those of its parts."""
        parts = [split(sentence) for sentence in sentences]
        known = self._known([part for row in parts for part in row], progress)
        return [join(row, [known[part] for part in row]) for row in parts]

    def _known(self, sentences: Sequence[str], progress: Progress | None) -> dict[str, Rendering]:
        """The rendering of each: what the store has kept, and the rest made and kept chunk by chunk."""
        keys = {sentence: self._key(sentence) for sentence in dict.fromkeys(sentences)}
        known: dict[str, Rendering] = {}
        if self._store:
            kept = self._store.cached(keys.values(), Rendering)
            known = {sentence: kept[key] for sentence, key in keys.items() if key in kept}
        missing = [sentence for sentence in keys if sentence not in known]
        total, done = sum(map(len, keys)), sum(map(len, known))
        for chunk in _chunks(missing):
            made = dict(zip(chunk, self._terminologist.translate(chunk), strict=True))
            if self._store:
                self._store.remember({keys[sentence]: rendering for sentence, rendering in made.items()})
            known |= made
            done += sum(map(len, chunk))
            if progress:
                progress(done, total)
        return known

    def _coded(self, units: list[Unit]) -> list[Unit]:
        """The units, the codes of their sources put into every proposal; what was placed once stays where it is."""
        coded = [
            (row, Coded(unit.source, candidate.target.string, unit.terms))
            for row, unit in enumerate(units)
            if unit.source.codes
            for candidate in unit.candidates
            if not candidate.target.codes
        ]
        keys = [_code_key(sentence, self._engine.identity) for _, sentence in coded]
        kept = self._store.cached(keys, Text) if self._store else {}
        missing = {key: sentence for key, (_, sentence) in zip(keys, coded, strict=True) if key not in kept}
        made = dict(zip(missing, place_codes(self._engine, [*missing.values()]), strict=True))
        if self._store and made:
            self._store.remember(made)
        texts: dict[int, dict[str, Text]] = {}
        for key, (row, sentence) in zip(keys, coded, strict=True):
            texts.setdefault(row, {})[sentence.target] = kept.get(key) or made[key]
        return [_with_codes(unit, texts[row]) if row in texts else unit for row, unit in enumerate(units)]

    def _key(self, sentence: str) -> str:
        """What a translation depends on: the sentence, the engine, the settled words in it, and our own rules."""
        slots, flags = self._terminologist.slots(sentence)
        parts = (
            sentence,
            self._engine.identity,
            __version__,
            RULES,
            self._terminologist.yuan,
            repr([(s.span, s.renderings, s.term and _bearing(s.term)) for s in slots]),
            repr(flags),
        )
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _bearing(term: Term) -> tuple[object, ...]:
    """What of an entry can change a translation; its notes cannot."""
    return term.id, term.forbidden, term.kind, term.status, term.case


def _code_key(sentence: Coded, identity: str) -> str:
    """What the places of codes depend on."""
    parts = (dumps(sentence.source), sentence.target, dumps(sentence.terms), identity, placing.RULES)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _with_codes(unit: Unit, texts: dict[str, Text]) -> Unit:
    candidates = tuple(c if c.target.codes else replace(c, target=texts[c.target.string]) for c in unit.candidates)
    target = unit.target if unit.target.codes else texts[unit.target.string]
    return replace(unit, target=target, candidates=candidates)


def _new_unit(document: Document, block: Block, span: Span, source: Text, seen: Counter[str]) -> Unit:
    seen[source.string] += 1
    name = f"{document.name}\x00{source.string}\x00{seen[source.string]}"
    return Unit(
        id=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        block=block.id,
        source=source,
        span=span,
        flags=tuple(_doubts(block, span)),
        source_locators=locators_of(block, span),
    )


def _doubts(block: Block, span: Span) -> Iterator[Flag]:
    """What the block says of itself that concerns this sentence, told in the sentence's own offsets."""
    for repair in block.repairs:
        first = span.start == 0
        inside = span.start < repair.position <= span.end
        if repair.confidence < UNCERTAIN and (inside if repair.kind == "join" else first):
            kind = FlagKind.JOIN if repair.kind == "join" else FlagKind.MOVE
            at = repair.position - span.start
            where = Span(max(0, at - 1), at + 1) if repair.kind == "join" else None
            yield Flag(kind, f"{repair.reason} ({repair.confidence:.0%} sure)", where)
    for flag in block.flags:
        if flag.span is None or flag.span.overlaps(span):
            yield flag if flag.span is None else replace(flag, span=_shift(flag.span, -span.start, len(span)))


def _shift(span: Span, by: int, length: int) -> Span:
    return Span(max(0, span.start + by), min(length, span.end + by))


def _body(unit: Unit, block: Block) -> tuple[Span, str, str]:
    """The part of a unit that goes to the engine, behind the label of a caption and the label's English."""
    string = unit.source.string
    span, lead = formulas.label(string) if block.kind is Kind.CAPTION and unit.span.start == 0 else (Span(0, 0), "")
    return span, lead, string[span.end :]


def _translated(unit: Unit, label: Span, lead: str, rendering: Rendering) -> Unit:
    by = label.end
    end = without_stop if unit.source.string[-1:].isalnum() else str
    candidates = tuple(replace(c, target=Text(lead + end(c.target.string))) for c in rendering.candidates)
    flags = tuple(
        replace(flag, span=_moved(flag.span, by if flag.side == "source" else len(lead))) if flag.span else flag
        for flag in rendering.flags
    )
    return replace(
        unit,
        target=Text(lead + end(rendering.target)),
        state=State.DRAFT,
        origin=candidates[0].origin,
        candidates=candidates,
        terms=tuple(replace(use, span=_moved(use.span, by)) for use in rendering.terms),
        flags=unit.flags + flags,
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _chunks(sentences: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(sentences), CHUNK):
        yield sentences[start : start + CHUNK]
