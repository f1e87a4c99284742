"""Where do the sentences of a text end? One door, every offset kept.

Chinese by rules of our own, English by a library's boundaries that we correct, either by an SRX file where one is set.
"""

from __future__ import annotations

from bilingual.bitext import Block, Document, Kind, Locator, Span
from bilingual.segmentation import chinese, english, srx
from bilingual.segmentation.spans import Segmentation, between_cuts, trimmed
from bilingual.settings import Rules

__all__ = ["Rules", "Segmentation", "locators_of", "segment", "units_of"]

WHOLE = frozenset({Kind.TITLE, Kind.HEADING, Kind.BYLINE, Kind.CREDIT, Kind.STAFF, Kind.RUNNING_HEAD, Kind.MARK})
"""Kinds of block that are one unit, whatever stops they hold."""


_BY_LANGUAGE = {"zh": chinese.cuts, "en": english.cuts}


def segment(text: str, rules: Rules = Rules(), language: str = "zh") -> Segmentation:  # noqa: B008 (frozen)
    """The sentences of `text`, in order. Offsets count code points; no segment begins or ends in white space.

    `language` is a code as "zh", "en" or "zh-TW"; what is not English is cut as Chinese. Where `rules.srx` names a file
    its rules decide alone; raises InputError where it cannot be used or has none for the language.
    """
    if rules.srx is not None:
        return between_cuts(text, srx.cuts(text, rules.srx, language), strict=True)
    cuts = _BY_LANGUAGE.get(language.lower().replace("_", "-").partition("-")[0], chinese.cuts)
    return between_cuts(text, cuts(text, rules))


def units_of(document: Document, rules: Rules = Rules()) -> tuple[tuple[Block, tuple[Span, ...]], ...]:  # noqa: B008
    """Each block that is not blank, in reading order, and its sentences as spans of the block's text."""
    found = ((block, _sentences(block, rules, document.language)) for block in document.blocks)
    return tuple((block, spans) for block, spans in found if spans)


def locators_of(block: Block, span: Span) -> tuple[Locator, ...]:
    """Where in the file a span of the block's text stands: the locators of the pieces it touches, each once."""
    touched: dict[Locator, None] = {}
    start = 0
    for piece, locator in zip(block.spans, block.locators, strict=True):
        if start >= span.end:
            break
        if span.start < start + len(piece):
            touched[locator] = None
        start += len(piece)
    return tuple(touched)


def _sentences(block: Block, rules: Rules, language: str) -> tuple[Span, ...]:
    text = block.text.string
    if block.kind not in WHOLE:
        return segment(text, rules, language).segments
    whole = trimmed(text, 0, len(text))
    return (whole,) if whole else ()
