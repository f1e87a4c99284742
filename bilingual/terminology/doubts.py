"""What the source itself may have wrong: a title or a name that is nearly, but not quite, one the glossary knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bilingual.bitext import Flag, FlagKind, Span, Term, TermKind, TermMatch
from bilingual.glossary import Glossary
from bilingual.names import Name, find_dotted, guess, personal_name

_TITLE = re.compile(r"《([^《》]{4,60})》")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·・‧•][\u4e00-\u9fff]{1,8})+")
_TITLED = frozenset({TermKind.DOCUMENT, TermKind.INITIATIVE, TermKind.PROGRAMME})
_LEAST_ALIKE = 0.75
"""A title is taken for a known one when it has at least this share of its characters, in order, and no others."""


def near_matches(
    sentence: str, glossary: Glossary, exact: Sequence[TermMatch]
) -> tuple[tuple[TermMatch, ...], tuple[Flag, ...]]:
    """Terms that are meant although they are written otherwise, each with a flag that says how.

    Only where exactly one entry is near enough: 《二十国集团数字经济与合作倡议》 is meant for
    二十国集团数字经济发展与合作倡议, because it lacks two of its characters and has none of its own.
    """
    known = {match.span for match in exact}
    near = [*_near_titles(sentence, glossary, known), *_near_names(sentence, glossary, exact)]
    found = _longest(near)
    flags = tuple(Flag(FlagKind.SOURCE, _told(match, sentence), match.span) for match in found)
    return tuple(found), flags


def _longest(matches: Sequence[TermMatch]) -> list[TermMatch]:
    """The matches, none across another: of 威廉·鲁托托 and 鲁托托 the whole name."""
    chosen: list[TermMatch] = []
    for match in sorted(matches, key=lambda match: (-len(match.span), match.span.start)):
        if not any(match.span.overlaps(other.span) for other in chosen):
            chosen.append(match)
    return chosen


def unknown_names(sentence: str, covered: Sequence[Span]) -> Iterator[Flag]:
    """A flag for each transliterated foreign name (拉斐尔·某某) that is in no glossary, with a guess at it."""
    for span in find_dotted(sentence):
        if not any(span.overlaps(other) for other in covered):
            sounds = guess(span.of(sentence))
            perhaps = f"; by its sounds perhaps something like “{sounds}”" if sounds else ""
            reason = f"“{span.of(sentence)}”: a transliterated name that is not in the glossary{perhaps}"
            yield Flag(FlagKind.NAME, reason, span)


def unsure_names(sentence: str, names: Iterable[Name]) -> Iterator[Flag]:
    """A flag for each Chinese name that is not certain, or that its bearer may spell otherwise than in pinyin."""
    for name in names:
        if name.settled and name.simplified:
            continue
        written = name.span.of(sentence)
        reason = f"“{written}” looks like a name; in pinyin it is “{personal_name(written)}”"
        if not (name.local and name.simplified):
            reason += ", but people outside mainland China often spell theirs otherwise: look it up"
        yield Flag(FlagKind.NAME, reason, name.span)


def _near_titles(sentence: str, glossary: Glossary, known: set[Span]) -> Iterator[TermMatch]:
    for found in _TITLE.finditer(sentence):
        span = Span(*found.span(1))
        if span in known:
            continue
        near = [term for term in _live(glossary, _TITLED) if _alike(found[1], term.source)]
        if len({term.target for term in near}) == 1:
            yield TermMatch(near[0], span)


def _alike(written: str, official: str) -> bool:
    """Whether `written` is `official` with some characters left out; with more of its own it names another thing."""
    rest = iter(official)
    share = len(written) / len(official)
    return _LEAST_ALIKE <= share < 1 and all(char in rest for char in written)


def _near_names(sentence: str, glossary: Glossary, exact: Sequence[TermMatch]) -> Iterator[TermMatch]:
    """A dotted name with one character doubled: 拉克蒂奇奇 for 拉克蒂奇."""
    for found in _DOTTED.finditer(sentence):
        for place in range(found.start() + 1, found.end()):
            if sentence[place] != sentence[place - 1]:
                continue
            mended = sentence[:place] + sentence[place + 1 :]
            for term in _live(glossary, frozenset({TermKind.PERSON})):
                start = mended.find(term.source, max(0, found.start() - len(term.source)))
                span = Span(start, start + len(term.source) + 1)
                if 0 <= start < place < span.end and not any(match.span == span for match in exact):
                    yield TermMatch(term, span)


def _live(glossary: Glossary, kinds: frozenset[TermKind]) -> Iterable[Term]:
    return (term for term in glossary.of_kinds(kinds) if not term.note.startswith("misprint:"))


def _told(match: TermMatch, sentence: str) -> str:
    return f"“{match.span.of(sentence)}” is taken for “{match.term.source}”: check the source"
