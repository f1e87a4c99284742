"""The numbers of an English text."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from bilingual.bitext import Span
from bilingual.numbers.en_units import with_scales, with_units
from bilingual.numbers.en_words import Spelt, spelt_numbers
from bilingual.numbers.quantities import Day, Quantity, QuantityKind

_CALENDAR = "January February March April May June July August September October November December"
_NAMES = _CALENDAR.split()
_LOWER = [name.lower() for name in _NAMES if name not in {"March", "May", "August"}]
_FORMS = [form for name in _NAMES for form in (name, name.upper(), name[:3], name[:3].upper(), name[:4])]
_MONTH = rf"(?:(?:{'|'.join(sorted({*_FORMS, *_LOWER}, key=len, reverse=True))})(?![^\W\d_])\.?)"
_HAS_MONTH = re.compile("|".join(sorted({form[:3] for form in (*_FORMS, *_LOWER)})))
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.:]\d|%)"
_YEAR = r"(?:,?\s(?:of\s)?(?P<year>1\d{3}|20\d\d)(?!\d))?"
_TO = r"\s?(?:to|-|–|—|through|until|and)\s?(?:the\s)?"
_DATES = (
    re.compile(
        rf"\b(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY})(?:{_TO}(?:(?P<month2>{_MONTH})\s)?(?P<day2>{_DAY}))?{_YEAR}"
    ),
    re.compile(
        rf"(?<![\d.,])(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?\s(?:of\s)?(?P<month>{_MONTH})"
        rf"(?:{_TO}(?P<day3>{_DAY})\s(?P<month3>{_MONTH}))?{_YEAR}"
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})(?:{_TO}(?P<month2>{_MONTH}))?(?:(?:,|\sof|\sin)?\s(?P<year>1\d{{3}}|20\d\d)(?!\d))?"
    ),
)
_CURRENCY = r"(?:US|HK|A|C|S|NT|AU|AUD|CA|NZ|R)?[$€£¥]|(?:RMB|CNY|USD|HKD|EUR|GBP|JPY|Rs\.?|AUD)(?=\s?\d)"
_HAS_FIGURES = re.compile(r"[\d$€£¥]")
_SAYS_ADDRESS = ("@", "://", "www.")
_SAYS_WORDS = ("ne of ", "ne another", "t once", "nce again", "o one", "one's", "first", "econd")
"""Each of `_ADDRESSES` and of `_NO_NUMBERS` has one of these in it: most texts have none."""
_ADDRESSES = r"(?:https?://|www\.)\S+|(?<![\w.])[\w.]{1,64}+@\S+"
_CODES = (
    r"(?<![A-Za-z])(?!(?:RMB|CNY|USD|HKD|EUR)\d)(?:[A-Z][A-Za-z]*+-?|[a-z]++)\d[\w-]*|"
    r"(?<![\d.,])\d+(?:\.\d+)*(?:[A-Z](?![A-Za-z])|[a-z]\d|[bcdefhijnopqrtuvwxyz](?![A-Za-z]))\w*|\d+(?:\.\d+){2,}|"
    r"(?<![\d/.])\d{1,2}/(?=[\s,;]|$)"
)
_NO_NUMBERS = (
    r"(?:One|one)(?= of (?:the|its|his|her|their|those|these|our)| another)|[Aa]t once|[Oo]nce again|no one|No one|"
    r"[Ss]econd-?hand|"
    r"one's|first[- ]?(?:hand|ly)|(?:for|a|per|every|split|few|the last) seconds?(?! \w)"
)
_ROMANS = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
_ROMAN = re.compile(r"(?<![\w-])(?=[IVX]{2})(?P<tens>X{0,3})(?P<ones>IX|IV|VI{0,3}|I{0,3})(?![\w-])")
_HAS_ROMAN = re.compile("[IVX][IVX]")
_CLOCKS = (
    re.compile(r"(?<![\d.,:])(?P<hour>1[0-2]|0?[1-9])\.(?P<minute>[0-5]\d)(?=\s?[ap]\.?m\b)"),
    re.compile(r"\b[Hh]alf[- ]past (?P<word>\w+)"),
)
_HAS_CLOCK = re.compile(r"\d\.\d|[- ]past ")
_DIGIT = re.compile(r"\d")
_JOINS = re.compile(r"(?<=\d)[-–—/:](?=\d)|(?<=[A-Za-z])-(?=\d)")
"""What parts two numbers, or a word and a number: 2014-16, 10:30, mid-2018."""
_HOURS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})/([2-9]|1\d|20|100)(?![\d/])")
_SUFFIX = re.compile(
    r"(?P<ordinal>st|nd|rd|th)\b|['’]?(?P<decade>s)\b|\s?(?P<scale>bn|mn|tn|k|K|m|M|B|b)\b(?!\.)|\s?(?P<percent>%|per\s?cent|percentage)"
)
_PER_CENT = re.compile(r"\s?per\s?cent")
_SHORT = {"bn": 10**9, "B": 10**9, "b": 10**9, "mn": 10**6, "m": 10**6, "M": 10**6, "tn": 10**12, "k": 1000, "K": 1000}


@lru_cache(maxsize=64)
def find_en(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text in order: in digits, in words, in both; dates as one.

    "8-10 November" is one date of two days, "3 to 5" two numbers. Names like G20 and COVID-19 are none.
    """
    found: list[Quantity] = []
    work = _without_identifiers(text.replace("\u00a0", " "))
    for pattern in _DATES if _HAS_MONTH.search(work) else ():
        for match in pattern.finditer(work):
            found.append(_date(match))
            work = work[: match.start()] + "\0" * len(match[0]) + work[match.end() :]
    for pattern in _CLOCKS if _HAS_CLOCK.search(work) else ():
        for match in pattern.finditer(work):
            found += _clock(match)
            work = work[: match.start()] + "\0" * len(match[0]) + work[match.end() :]
    if "/" in work:
        for match in _SLASHED.finditer(work):
            parts = Fraction(int(match[1])), Fraction(int(match[2]))
            found.append(Quantity(Span(*match.span()), QuantityKind.FRACTION, (parts[0] / parts[1],), also=parts))
        work = _SLASHED.sub(_blank, work)
    apart = _JOINS.sub("\0", work) if _DIGIT.search(work) else work
    found += [_number(text, spelt) for spelt in spelt_numbers(apart)]
    found += [_roman(match) for match in (_ROMAN.finditer(work) if _HAS_ROMAN.search(work) else ())]
    found.sort(key=lambda quantity: quantity.span.start)
    return tuple(with_units(text, with_scales(text, found)))


def _without_identifiers(text: str) -> str:
    """The text without what looks like a number and is none: G20, 2018a, one of the, $ alone."""
    addresses, words = (any(part in text for part in parts) for parts in (_SAYS_ADDRESS, _SAYS_WORDS))
    figures = _HAS_FIGURES.search(text) is not None
    return _identifiers(addresses, figures, words).sub(_blank, text) if addresses or figures or words else text


@cache
def _identifiers(addresses: bool, figures: bool, words: bool) -> re.Pattern[str]:
    """What looks like a number and is none, as far as a text has such a thing."""
    parts = (
        (figures, rf"\d{{16,}}|(?:{_CURRENCY})"),
        (addresses, _ADDRESSES),
        (figures, _CODES),
        (words, _NO_NUMBERS),
    )
    return re.compile("|".join(pattern for there, pattern in parts if there))


def _clock(match: re.Match[str]) -> list[Quantity]:
    """10.30 p.m., half past two."""
    part = match.groupdict()
    word = (part.get("word") or "").lower()
    if word and word not in _HOURS:
        return []
    values = (_HOURS.index(word), 30) if word else (int(part["hour"]), int(part["minute"]))
    return [Quantity(Span(*match.span()), QuantityKind.CLOCK, tuple(map(Fraction, values)))]


def _roman(match: re.Match[str]) -> Quantity:
    number = Fraction(10 * len(match["tens"]) + _ROMANS.index(match["ones"]))
    return Quantity(Span(*match.span()), QuantityKind.ORDINAL, (number,), spelt=True)


def _blank(match: re.Match[str]) -> str:
    return ("\0" if match[0][-1:].isalnum() and not match[0].endswith("$") else " ") * len(match[0])


def _date(match: re.Match[str]) -> Quantity:
    part = match.groupdict()
    first = Day(_int(part.get("year")), _month(part["month"]), _int(part.get("day")))
    days = [first]
    for end in ("2", "3"):
        month, day = part.get("month" + end), part.get("day" + end)
        if month or day:
            days.append(Day(None, _month(month), _int(day)))
    lone = match[0] in {"May", "March"}
    return Quantity(Span(*match.span()), QuantityKind.DATE, days=tuple(days), optional=lone)


def _int(digits: str | None) -> int | None:
    return int(re.sub(r"\D", "", digits)) if digits else None


def _month(name: str | None) -> int | None:
    return _NAMES.index(next(full for full in _NAMES if full.startswith(name[:3].capitalize()))) + 1 if name else None


def _number(text: str, spelt: Spelt) -> Quantity:
    end, number, kind, also = spelt.end, spelt.value, QuantityKind.CARDINAL, spelt.also
    suffix = _SUFFIX.match(text, end) if spelt.digits or _PER_CENT.match(text, end) else None
    if spelt.ordinal:
        kind = QuantityKind.ORDINAL
    if suffix:
        end = suffix.end()
        if suffix["ordinal"]:
            kind = QuantityKind.ORDINAL
        elif suffix["decade"]:
            kind = QuantityKind.DECADE
        elif suffix["percent"]:
            kind, also = QuantityKind.PERCENT, (number / 100,)
        elif suffix["scale"]:
            number, also = number * _SHORT[suffix["scale"]], (number,)
    return Quantity(Span(spelt.start, end), kind, (number,), also=also, spelt=not spelt.digits)
