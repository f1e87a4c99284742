"""Numbers, dates and amounts in both languages: found, held against each other, and said right in English."""

from bilingual.numbers.compare import compare
from bilingual.numbers.currency import yuan_of
from bilingual.numbers.en import find_en
from bilingual.numbers.quantities import Day, Problem, Qualifier, Quantity, QuantityKind
from bilingual.numbers.render import options, render
from bilingual.numbers.zh import find_zh

__all__ = [
    "Day",
    "Problem",
    "Qualifier",
    "Quantity",
    "QuantityKind",
    "compare",
    "find_en",
    "find_zh",
    "options",
    "render",
    "yuan_of",
]
