"""How English hedges a number."""

from __future__ import annotations

import re

from bilingual.bitext import Span
from bilingual.numbers.quantities import Qualifier

_CLOSE = (
    r"nearly|almost|close to|approaching|approximately|about|around|roughly|some|circa|or so|just under|near|approx\.?|"
    r"estimated|up to"
)
_MORE = (
    r"more|over|above|exceed\w*|at least|in excess|surpass\w*|plus|upwards?|beyond|greater|higher|topp\w*|past|better|"
    r"another|some|odd|no fewer|no less|or so|up to|as many as|as much as|\+|outnumber\w*|further|most|majority|"
    r"minimum|older|longer|within"
)
_LESS = (
    r"less|fewer|under|below|within|not|no|at most|up to|maximum|lower|short|barely|only|younger|in|smaller|"
    r"lesser|never"
)
_SAYS = {
    Qualifier.NEARLY: _CLOSE + r"|in the (?:past|last)|recent|over the (?:past|last)|under|less than",
    Qualifier.ABOUT: _CLOSE + "|more|over|ish",
    Qualifier.OVER: _MORE,
    Qualifier.MORE_THAN: _MORE + "|" + _CLOSE,
    Qualifier.AT_LEAST: _MORE,
    Qualifier.UP_TO: r"up|as|reach\w*|total\w*|high|more|most|maximum|over|at|longest|to|whopping|stand\w*|amount\w*",
    Qualifier.LESS_THAN: _LESS + "|" + _CLOSE,
    Qualifier.AT_MOST: _LESS + "|" + _MORE,
}
_VAGUE = "dozens?|tens|scores|hundreds?|thousands?|millions|billions|decades?|numerous|countless|many|several"
_BEFORE, _AFTER = 45, 30
"""How many characters on either side of a number a hedge may stand in."""


def hedged_like(qualifier: Qualifier, text: str, place: Span) -> bool:
    """Whether the number at `place` is hedged in a way that answers `qualifier`."""
    if qualifier is Qualifier.VAGUE:
        return True
    near = text[max(0, place.start - _BEFORE) : place.end + _AFTER]
    return re.search(rf"(?<![A-Za-z])(?:{_SAYS[qualifier]})(?![A-Za-z])", near, re.IGNORECASE) is not None


def says_vaguely(text: str) -> bool:
    """Whether there are words such as "dozens" and "several" anywhere."""
    return re.search(rf"\b(?:{_VAGUE})\b", text, re.IGNORECASE) is not None
