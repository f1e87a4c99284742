"""Inline codes through a translation: cut with their sentences, put at the right words, and put together again.

No code is ever lost or doubled: `cut` gives each sentence its share, `placed` moves a sentence's codes to its target,
`joined` makes one text of the sentences, in which each code of the block stands once. Where pairs would cross, the
outer one is made to reach around the inner one, so that every writer can nest them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from bilingual.bitext import Code, Span, Text

Aligned = Callable[[Span], Span]
"""Gives the stretch of the target that says what a stretch of the source says; an empty one is a place."""


def cut(text: Text, spans: Sequence[Span]) -> list[Text]:
    """The parts of `text` at `spans` (in order, none across another), each with its codes.

    A pair that reaches over several parts is opened and closed in each of them. What stands between two parts goes
    with the second; a lone code where two parts meet (the mark of a note) with the first.
    """
    if not text.codes:
        return [Text(span.of(text.string)) for span in spans]
    pairs = _pairs(text.codes)
    return [_part(text, spans, at, pairs) for at in range(len(spans))]


def joined(parts: Sequence[Text], separators: Sequence[str]) -> Text:
    """The parts as one text, `separators` (one fewer) between them; a pair that `cut` divided is one again."""
    if not any(part.codes for part in parts):
        pieces = [part.string + gap for part, gap in zip(parts, [*separators, ""], strict=True)]
        return Text("".join(pieces))
    string, codes = "", []
    for part, gap in zip(parts, [*separators, ""], strict=True):
        codes += [replace(code, position=code.position + len(string)) for code in part.codes]
        string += part.string + gap
    first = {code.id: at for at, code in reversed([*enumerate(codes)]) if code.kind == "open"}
    last = {code.id: at for at, code in enumerate(codes) if code.kind == "close"}
    kept = [
        code
        for at, code in enumerate(codes)
        if code.kind == "empty" or (first if code.kind == "open" else last)[code.id] == at
    ]
    return Text(string, uncrossed(kept))


def placed(source: Text, target: str, aligned: Aligned) -> Text:
    """`target` with the codes of `source` at the words that say the same.

    What encloses the whole source encloses the whole target; the rest goes where `aligned` says.
    """
    whole, everything = Span(0, len(source.string)), Span(0, len(target))
    return _arranged(source, target, lambda t: everything if t.span == whole and len(whole) else aligned(t.span))


def carried(text: Text, string: str) -> Text:
    """`string`, an edited form of `text`, with the codes of `text` at the words that were kept."""
    if not text.codes or string == text.string:
        return Text(string, text.codes)
    places = _moved(text.string, string)

    def aligned(span: Span) -> Span:
        kept = [place for place in places[span.start : span.end] if place is not None]
        if kept:
            return Span(min(place.start for place in kept), max(place.end for place in kept))
        here = max((place.end for place in places[: span.start] if place is not None), default=0)
        return Span(here, here)

    return placed(text, string, aligned)


def completed(source: Text, target: Text) -> Text:
    """`target` with exactly the codes of `source`: what is not in the source is dropped, what is missing put where it
    does least harm, a pair around everything, a lone code at the end."""
    wanted = {(code.id, code.kind): code for code in source.codes}
    given = [code for code in target.codes if (code.id, code.kind) in wanted]
    names = [(code.id, code.kind) for code in given]
    if len(names) == len(wanted) == len(set(names)) and is_nested(given):
        return replace(target, codes=tuple(replace(wanted[c.id, c.kind], position=c.position) for c in given))
    places: dict[str, list[int]] = {}
    for code in given:
        places.setdefault(code.id, []).append(code.position)
    spans = {name: Span(min(at), max(at)) for name, at in places.items()}
    end, everything = Span(len(target.string), len(target.string)), Span(0, len(target.string))
    return _arranged(
        source, target.string, lambda t: spans.get(t.opening.id, everything if t.closing and len(t.span) else end)
    )


def is_nested(codes: Sequence[Code]) -> bool:
    """Whether every pair closes inside the one it opened in."""
    path: list[str] = []
    for code in codes:
        if code.kind == "open":
            path.append(code.id)
        elif code.kind == "close" and (not path or path.pop() != code.id):
            return False
    return not path


def wrapped(text: Text, spans: Sequence[Span], code: Callable[[int], tuple[Code, Code]]) -> Text:
    """The text with a pair around each stretch of `spans` that no code divides; `code` makes the nth pair."""
    ends = (end for span in spans for end in (span.start, span.end))
    edges = sorted({*(own.position for own in text.codes), *ends})
    runs = [Span(a, b) for a, b in itertools.pairwise(edges) if any(s.start <= a and b <= s.end for s in spans)]
    opening, closing = {}, {}
    for number, run in enumerate(runs, 1):
        first, last = code(number)
        opening[run.start] = replace(first, position=run.start)
        closing[run.end] = replace(last, position=run.end)
    codes: list[Code] = []
    for edge in edges:
        codes += [closing[edge]] if edge in closing else []
        codes += [own for own in text.codes if own.position == edge]
        codes += [opening[edge]] if edge in opening else []
    return Text(text.string, tuple(codes))


def spaced(text: Text, types: frozenset[str]) -> Text:
    """The text with a space between its words and lone codes of these types, which show words of their own."""
    string, codes, at = "", [], 0
    for code in text.codes:
        string += text.string[at : code.position]
        at = code.position
        shows = code.kind == "empty" and code.type in types
        if shows and _LATIN_END.search(string[-1:]):
            string += " "
        codes.append(replace(code, position=len(string)))
        if shows and text.string[at : at + 1].isalnum():
            string += " "
    return Text(string + text.string[at:], tuple(codes))


_LATIN_END = re.compile(r"[\w,.;:!?)\]}%”’]", re.ASCII)


def uncrossed(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The codes, in order of position; of two pairs that cross, the first reaches around the second."""
    done: list[Code] = []
    opened: list[str] = []
    waiting: dict[str, list[Code]] = {}
    for code in codes:
        if code.kind == "open":
            opened.append(code.id)
        elif code.kind == "close" and code.id in opened:
            inner = [name for name in opened[opened.index(code.id) + 1 :] if name not in waiting]
            if inner:  # it must wait for what was opened inside it
                waiting[code.id] = [code]
                continue
            done.append(code)
            opened.remove(code.id)
            while opened and opened[-1] in waiting:
                (late,) = waiting.pop(opened.pop())
                done.append(replace(late, position=code.position))
            continue
        done.append(code)
    return tuple(done)


NOWHERE = Span(0, 0)


@dataclass(slots=True)
class _Tree:
    """A pair or a lone code, where it stands in the source and in the target, and what it encloses."""

    opening: Code
    closing: Code | None = None
    span: Span = NOWHERE
    inner: list[_Tree] = field(default_factory=list)
    place: Span = NOWHERE


def _pairs(codes: Sequence[Code]) -> dict[str, Span]:
    """Where each pair opens and closes, in the order they open."""
    closes = {code.id: code.position for code in codes if code.kind == "close"}
    return {code.id: Span(code.position, closes[code.id]) for code in codes if code.kind == "open"}


def _part(text: Text, spans: Sequence[Span], at: int, pairs: dict[str, Span]) -> Text:
    span = spans[at]
    here = {name for name, pair in pairs.items() if _touches(pair, spans, at)}
    inside: list[Code] = []
    for code in text.codes:
        if code.kind == "empty":
            belongs = _home(code.position, spans) == at
        else:
            pair = pairs[code.id]
            edge = pair.start < span.start if code.kind == "open" else pair.end > span.end
            belongs = code.id in here and (not edge or not _shared(pair, spans))
        if belongs:
            position = min(max(code.position, span.start), span.end) - span.start
            inside.append(replace(code, position=position))
    by_id = {(code.id, code.kind): code for code in text.codes}
    known = {(code.id, code.kind) for code in inside}
    before = [
        replace(by_id[name, "open"], position=0) for name in pairs if name in here and (name, "open") not in known
    ]
    after = [
        replace(by_id[name, "close"], position=len(span))
        for name in reversed(pairs)
        if name in here and (name, "close") not in known
    ]
    return Text(span.of(text.string), (*before, *inside, *after))


def _touches(pair: Span, spans: Sequence[Span], at: int) -> bool:
    """Whether a pair belongs to a part: it encloses some of its words, or no words at all and this is its place."""
    return pair.overlaps(spans[at]) if _shared(pair, spans) else _home(pair.start, spans) == at


def _shared(pair: Span, spans: Sequence[Span]) -> bool:
    return len(pair) > 0 and any(pair.overlaps(span) for span in spans)


def _home(position: int, spans: Sequence[Span]) -> int:
    """Which part a place belongs to."""
    return next((at for at, span in enumerate(spans) if position <= span.end), len(spans) - 1)


def _trees(codes: Sequence[Code]) -> list[_Tree]:
    roots: list[_Tree] = []
    path: list[_Tree] = []
    for code in codes:
        if code.kind == "close":
            tree = path.pop()
            tree.closing, tree.span = code, Span(tree.span.start, code.position)
            continue
        tree = _Tree(code, span=Span(code.position, code.position))
        (path[-1].inner if path else roots).append(tree)
        if code.kind == "open":
            path.append(tree)
    return roots


def _arranged(source: Text, target: str, place: Callable[[_Tree], Span]) -> Text:
    """`target` with each code of `source` where `place` wants it, as far as pairs can be nested there."""
    if not source.codes:
        return Text(target)
    trees = _trees(source.codes)
    _place(trees, place)
    _fit(trees, Span(0, len(target)))
    return Text(target, tuple(_written(trees)))


def _place(trees: list[_Tree], place: Callable[[_Tree], Span]) -> None:
    """Give each code its place; a pair reaches around what it encloses."""
    for tree in trees:
        _place(tree.inner, place)
        tree.place = place(tree)
        solid = [inner.place for inner in tree.inner if inner.closing is not None and len(inner.place)]
        if solid and len(tree.span):
            tree.place = Span(
                min(tree.place.start, *(p.start for p in solid)), max(tree.place.end, *(p.end for p in solid))
            )
    trees.sort(key=lambda tree: (tree.place.start, tree.place.end))


def _fit(trees: list[_Tree], room: Span) -> None:
    """Keep everything inside what encloses it, and neighbours apart."""
    start = room.start
    for tree in trees:
        begin = min(max(tree.place.start, start), room.end)
        tree.place = Span(begin, min(max(tree.place.end, begin), room.end))
        start = tree.place.end
        _fit(tree.inner, tree.place)


def _moved(old: str, new: str) -> list[Span | None]:
    """For each character of `old` where it stands in `new`, or the words put in its place; None where it is gone."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    ends = [0, *itertools.accumulate(map(len, after))]
    places: list[Span | None] = []
    for what, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        length = sum(map(len, before[first:last]))
        if what == "equal":
            places += [Span(at, at + 1) for at in range(ends[start], ends[end])]
        elif what == "replace":
            places += [Span(ends[start], ends[end])] * length
        elif what == "delete":
            places += [None] * length
    return places


_WORDS = re.compile(r"\w+|\W")


def _written(trees: list[_Tree]) -> list[Code]:
    codes: list[Code] = []
    for tree in trees:
        codes.append(replace(tree.opening, position=tree.place.start))
        codes += _written(tree.inner)
        if tree.closing is not None:
            codes.append(replace(tree.closing, position=tree.place.end))
    return codes
