"""Where an English rendering stands in a translation."""

from __future__ import annotations

import re
from functools import lru_cache

from bilingual.bitext import Span


def find_rendering(text: str, rendering: str, *, case: bool = False) -> tuple[Span, ...]:
    """Where `rendering` stands in `text` as whole words, its plural or possessive included; not overlapping.

    Quotation marks, apostrophes, hyphens and spaces match in any of their shapes; letters in any case unless `case`.
    """
    return tuple(Span(*found.span()) for found in _pattern(rendering, case).finditer(text))


@lru_cache(maxsize=65536)
def _pattern(rendering: str, case: bool) -> re.Pattern[str]:
    parts = [_SHAPES.get(char, re.escape(char)) for char in rendering]
    body = re.sub(r"(?:\\ )+|(?:\s)+", r"\\s+", "".join(parts))
    start = r"(?<!\w)" if rendering[:1].isalnum() else ""
    end = r"(?:(?<=\w)(?:es|s))?(?!\w)" if rendering[-1:].isalpha() else r"(?!\d)" if rendering[-1:].isdigit() else ""
    short = _ABBREVIATION.fullmatch(rendering)
    if short:
        end = r"s?(?!\w)"
    return re.compile(start + body + end, 0 if case or short else re.IGNORECASE)


_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&.-]{1,7}")
"""Capitals only: US is not in “told us”, nor WHO in “who said”, whatever `case` says."""


_SHAPES = {
    **dict.fromkeys("'‘’", "['‘’]"),
    **dict.fromkeys('"“”', '["“”]'),
    **dict.fromkeys("-‐‑–—", "[-‐‑–—]"),
}
