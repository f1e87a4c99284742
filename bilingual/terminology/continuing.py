"""How a translation that somebody has begun may go on: a few words each, the glossary's own words where it has them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bilingual.bitext import TermMatch
from bilingual.engines import Decode, Engine, Request
from bilingual.glossary import Glossary, find_rendering
from bilingual.phrasing import for_engine
from bilingual.terminology.protect import Protected, Slot, protect, restore

WORDS = 4
"""A suggestion has no more words: what is read in one glance."""

_PIECES = 8
_BEGUN = re.compile(r"[^\W_][\w'’-]*$")
_WORD = re.compile(r"\s*\S+")
_CUT = re.compile(r"\s*(?<![A-Za-z0-9])Q*T\d*X?s?$")
_MANGLED = re.compile(r"\dX")


def continuations(engine: Engine, glossary: Glossary, source: str, typed: str, most: int = 5) -> tuple[str, ...]:
    """What may be put behind `typed`, the beginning of the English of `source`, as it stands; likeliest first.

    Empty where the engine cannot go on from a prefix, and for a sentence that it could only translate in parts.
    """
    if "prefix" not in engine.capabilities or not source.strip() or most < 1:
        return ()
    hidden = _hidden(glossary, source)
    begun = _BEGUN.search(typed)
    head = typed[: begun.start()] if begun else typed
    options = Decode(beam=most + 1, hypotheses=most + 1, more=_PIECES)
    for start in dict.fromkeys(
        [head.rstrip(), typed.rstrip()]
    ):  # from the last whole word on; from within it where nothing fits
        request = Request(hidden.text, prefix=_masked(hidden, start))
        said = [one for one in engine.translate([request], options)[0] if "split" not in one.signs]
        if said and start == typed.rstrip() and len(said[0].text) <= len(request.prefix):
            return ()  # it is the end of the sentence
        new = (_behind(_shown(hidden, one.text, request.prefix), typed[len(start) :]) for one in said)
        if found := _unlike(map(_glance, filter(str.strip, new))):
            return found[:most]
    return ()


def completions(matches: Iterable[TermMatch], typed: str, most: int = 3) -> tuple[str, ...]:
    """What of a term's rendering is missing behind `typed`, where its end is the rendering's beginning."""
    found: list[str] = []
    for match in matches:
        for rendering in match.term.renderings:
            tail = _tail(typed, rendering)
            if tail and tail not in found:
                found.append(tail)
    return tuple(found[:most])


def _tail(typed: str, rendering: str) -> str:
    """The rest of a rendering of which two letters at least were typed, from the start of a word on."""
    low, whole = typed.lower(), rendering.lower()
    for length in range(min(len(low), len(whole) - 1), 1, -1):
        before = low[-length - 1 : -length]
        if low.endswith(whole[:length]) and not (before.isalnum() and before):
            return rendering[length:]
    return ""


def _hidden(glossary: Glossary, source: str) -> Protected:
    text = for_engine(source)
    matches = glossary.match(text)
    return protect(text, [Slot(m.span, m.span.of(text), m.term.renderings, m.term) for m in matches if m.term.target])


def _masked(hidden: Protected, typed: str) -> str:
    """What was typed with placeholders for the renderings in it, each once."""
    for mark, slot in hidden.marks:
        spans = [span for words in slot.renderings for span in find_rendering(typed, words, case=slot.case)]
        if spans:
            span = min(spans, key=lambda span: (span.start, -span.end))
            typed = typed[: span.start] + mark + ("s" if slot.plural else "") + typed[span.end :]
    return typed


def _shown(hidden: Protected, text: str, prefix: str) -> str:
    """What an engine said behind a prefix, with renderings for placeholders; nothing where one of them is mangled."""
    new = text[len(prefix) :] if text.startswith(prefix) else ""
    told = restore(hidden, _CUT.sub("", new) if not _ends_whole(hidden, new) else new).text
    if _MANGLED.search(told):
        return ""
    return f" {told.lstrip()}" if new[:1].isspace() and told.strip() else told


def _ends_whole(hidden: Protected, text: str) -> bool:
    """Whether a placeholder at the end of a text is all there: the engine may have been stopped inside it."""
    cut = _CUT.search(text)
    return cut is None or cut[0].strip().rstrip("s") in {mark for mark, _ in hidden.marks}


def _behind(new: str, done: str) -> str:
    """What of `new` comes behind its beginning `done`, which is typed already; nothing where it begins otherwise."""
    if done.isspace():
        return new.lstrip()
    return new[len(done) :] if new.lower().startswith(done.lower()) else ""


def _glance(text: str) -> str:
    """Its first few words, no further than its first stop."""
    words = _WORD.findall(text)[:WORDS]
    stop = next((at for at, word in enumerate(words, 1) if word[-1:] in ".!?;:"), WORDS)
    return "".join(words[:stop])


def _unlike(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that differ in more than capitals and marks."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(re.sub(r"\W+", " ", text).lower(), text)
    return tuple(found.values())
