"""Terms inside longer terms: where the English of the longer one does not hold that of the shorter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilingual.bitext import Term, TermStatus
from bilingual.glossary.matching import Glossary
from bilingual.glossary.priority import sources_of
from bilingual.glossary.problems import Problem, Row, Severity

MOST = 40
"""How many longer entries are looked at for one shorter."""

LONGEST = 120
"""Characters of the longest entry that is looked into: what is longer is a sentence."""

_TOKEN = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"[A-Z0-9][A-Za-z0-9&/-]*[A-Z0-9]")
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_STEM = 5
"""Letters by which two words are taken for one: cooperation and cooperative."""


def nested(rows: Sequence[Row]) -> dict[int, list[int]]:
    """For each row (by its number) whose source stands inside others', the numbers of those, MOST at the most."""
    from ahocorasick_rs import AhoCorasick

    live = [n for n, row in enumerate(rows) if row.term.status is not TermStatus.DEPRECATED]
    sources = sources_of([rows[number] for number in live])
    by_source: dict[str, list[int]] = {}
    for number, source in zip(live, sources, strict=True):
        by_source.setdefault(source, []).append(number)
    patterns = list(by_source)
    automaton = AhoCorasick(patterns)
    inside: dict[int, list[int]] = {}
    for outer in (pattern for pattern in patterns if len(pattern) <= LONGEST):
        for index in {found[0] for found in automaton.find_matches_as_indexes(outer, overlapping=True)}:
            if patterns[index] != outer:
                for inner in by_source[patterns[index]]:
                    outers = inside.setdefault(inner, [])
                    outers += by_source[outer][: MOST - len(outers)]
    return inside


def differing(rows: Sequence[Row], inside: dict[int, list[int]]) -> Iterator[Problem]:
    """A note for each term that longer entries translate otherwise, though it stands in them as a word.

    It goes away when the shorter entry admits the other rendering, or the longer one uses the settled one.
    """
    for inner in sorted(inside):
        row = rows[inner]
        alone = Glossary((row.term,))
        outers = [rows[n] for n in inside[inner] if not _agree(row.term, rows[n].term)]
        outers = [outer for outer in outers if alone.match(outer.term.source)]
        if outers:
            first = outers[0]
            more = f" and {len(outers) - 1} more" if len(outers) > 1 else ""
            message = (
                f"'{row.term.source}' is '{row.term.target}', "
                f"but '{first.term.source}' is '{first.term.target}' ({first.place}{more})"
            )
            yield Problem(row.path, row.line, message, Severity.NOTE, "differs")


def _agree(inner: Term, outer: Term) -> bool:
    """Whether some rendering of the longer one has at least half of the words of some rendering of the shorter, or is
    an abbreviation, which holds no words."""
    if any(_SHORT.fullmatch(rendering) for rendering in outer.renderings):
        return True
    longer = [_words(rendering) for rendering in outer.renderings]
    for rendering in inner.renderings:
        wanted = _words(rendering)
        if not wanted or any(2 * len(wanted & words) >= len(wanted) for words in longer):
            return True
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", rendering) if word not in _SMALL).lower()
        if len(initials) > 1 and any(initials in words for words in longer):
            return True
    return False


def _words(rendering: str) -> set[str]:
    return {word[:_STEM] for word in _TOKEN.findall(rendering.lower()) if word not in _SMALL}
