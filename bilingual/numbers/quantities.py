"""The nouns: a quantity in a text, and a problem with one in a translation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bilingual.bitext import Span


class QuantityKind(StrEnum):
    """What a quantity counts or names."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    FRACTION = "fraction"
    MULTIPLE = "multiple"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    DECADE = "decade"
    CENTURY = "century"
    CLOCK = "clock"
    MARK = "mark"


class Qualifier(StrEnum):
    """How a quantity is hedged; the value is the English that is preferred for it."""

    NONE = ""
    NEARLY = "nearly"
    ABOUT = "about"
    OVER = "over"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    UP_TO = "up to"
    LESS_THAN = "less than"
    AT_MOST = "at most"
    VAGUE = "several"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is said: any part may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or amount where it stands in a text.

    `values` are exact, all zeros counted (30亿 is 3,000,000,000); a range has two. `days` is for dates, one or two.
    `unit` is the English of what is counted where that belongs to the number: a currency sign, "years", "percentage
    points". `scale` is the power of ten the writer counted in. `optional` is what good English often leaves out
    (一个), `exact` tells 十 from 数十. `past` marks a span of time up to now (10年来). `also` are other values the same
    words may stand for ("a third", "5m"), `spelt` tells "ten" from "10".
    """

    span: Span
    kind: QuantityKind
    values: tuple[Fraction, ...] = ()
    days: tuple[Day, ...] = ()
    qualifier: Qualifier = Qualifier.NONE
    unit: str = ""
    scale: int = 1
    optional: bool = False
    past: bool = False
    also: tuple[Fraction, ...] = ()
    spelt: bool = False

    @property
    def exact(self) -> bool:
        """Whether the number itself is said, not only its order of magnitude (数十)."""
        return self.qualifier is not Qualifier.VAGUE


@dataclass(frozen=True, slots=True)
class Problem:
    """A number that did not come over as it is.

    `span` is in the source where `side` is "source", else in the target. `expected` is the English wanted, `found`
    what stands there instead ("" where nothing does). `severity` is "major" (another number) or "minor" (nearly,
    more than and the like left out, or a number rounded).
    """

    span: Span
    source: str
    expected: str
    found: str
    reason: str
    severity: str = "major"
    side: str = "source"
