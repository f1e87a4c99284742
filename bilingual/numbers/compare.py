"""Whether the numbers of a Chinese source came over into its English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from bilingual.bitext import Span
from bilingual.numbers.agree import agrees, otherwise
from bilingual.numbers.currency import wrong_heading
from bilingual.numbers.dates import ends_a_month, likest, wrong_dates
from bilingual.numbers.en import find_en
from bilingual.numbers.en_hedges import hedged_like, says_vaguely
from bilingual.numbers.en_units import MONEY
from bilingual.numbers.facts import Fact, Key, facts, said_by
from bilingual.numbers.numerals import neighbours, plain, value
from bilingual.numbers.order import swapped
from bilingual.numbers.quantities import Problem, Qualifier, Quantity, QuantityKind
from bilingual.numbers.render import render
from bilingual.numbers.small import SMALLEST_SPELT, small_ones
from bilingual.numbers.zh import find_zh


def compare(source_zh: str, target_en: str, ignore: Sequence[Span] = (), yuan: str = "yuan") -> tuple[Problem, ...]:
    """The numbers of `source_zh` that `target_en` lacks or says wrongly, and those of the target that nothing explains.

    30亿 is "3 billion" and "3,000 million" alike, "30 billion" is a problem. What stands in `ignore` (spans of the
    source) is not asked for. A small number with a measure word (一个, 两国) may vanish. A hedge that is lost (近, 多,
    余, 以上, 约) or a rounded number is a problem of severity "minor".
    """
    source, target = find_zh(source_zh, yuan), find_en(target_en)
    problems = _problems(source_zh, target_en, source, target, ignore) if source or target else []
    heading = wrong_heading(source_zh, target_en) if yuan == "yuan" else None
    if heading:
        money = heading.of(target_en)
        problems.append(Problem(heading, "", "", money, f"the source counts in yuan, not in {money}", side="target"))
    return tuple(_once_each(problems))


def _problems(
    source_zh: str, target_en: str, source: Sequence[Quantity], target: Sequence[Quantity], ignore: Sequence[Span]
) -> list[Problem]:
    """What `compare` finds of the quantities of both sides, some of it twice."""
    kept = [q for q in source if not any(q.span.overlaps(span) for span in ignore)]
    wanted = [q for q in kept if not q.optional]
    places = _by_key(target)
    asked = [(q, fact) for q in wanted if not _rough(source_zh, q, target_en) for fact in facts(q)]
    missing = [(q, fact) for q, fact in asked if not _said(source_zh, q, fact, target_en, places)]
    dated = _RELATIVE_YEAR.search(source_zh) is None and any(day.year for quantity in source for day in quantity.days)
    explained = {*_explaining(source_zh, source), *(_LAST_DAYS if ends_a_month(source_zh) else ())}
    strange = list(_unexplained(source_zh, target_en, source, target, explained))
    problems = [_missing(source_zh, target_en, quantity, fact, strange, places) for quantity, fact in missing]
    for quantity in strange:
        problem = _strange(target_en, quantity, dated)
        date = likest(quantity, wanted) if problem.severity == "major" else None
        problems.append(_wrong(source_zh, target_en, date, quantity) if date else problem)
    problems += [_wrong(source_zh, target_en, *pair) for pair in small_ones(kept, target, explained)]
    problems += [_exchanged(source_zh, q) for q in swapped(source_zh, source, target, target_en) if q in wanted]
    lost = {problem.span for problem in problems if problem.side == "source"}
    problems += [_unhedged(source_zh, q) for q in wanted if q.span not in lost and _lost_hedge(target_en, q, target)]
    problems += _other_money(source_zh, target_en, source, target, missing)
    return problems


def _other_money(
    source: str,
    text: str,
    asked: Sequence[Quantity],
    target: Sequence[Quantity],
    missing: Sequence[tuple[Quantity, Fact]],
) -> Iterator[Problem]:
    """The sums of the target that are in another currency than all of the source's of that number: 10元…10元 is not
    "10 dollars … 10 yuan". What is missing is told already."""
    told = {number for quantity, _ in missing for number in quantity.values}
    for place in (q for q in target if q.unit in MONEY and told.isdisjoint(q.values)):
        same = [q for q in asked if q.kind is QuantityKind.MONEY and set(q.values) & set(place.values)]
        if same and not any(agrees(source, q, fact, text, place) for q in same for fact in facts(q)):
            found = place.span.of(text)
            reason = f"{found}: the source counts in {same[0].unit}, not in {place.unit}"
            yield Problem(place.span, "", "", found, reason, side="target")


def _said(source: str, quantity: Quantity, fact: Fact, text: str, places: Places) -> bool:
    """Whether a place of the target says the fact, and says it of the same thing."""
    if any(agrees(source, quantity, fact, text, place) for place in _saying(fact, places)):
        return True
    return otherwise(source, quantity, fact, text)


Places = dict[Key, list[Quantity]]
"""The quantities of the target by what they say."""


def _by_key(target: Iterable[Quantity]) -> Places:
    found: Places = {}
    for quantity in target:
        for key in said_by(quantity):
            found.setdefault(key, []).append(quantity)
    return found


def _saying(fact: Fact, places: Places) -> Iterator[Quantity]:
    return (place for key in fact.keys for place in places.get(key, ()))


def _rough(source_zh: str, quantity: Quantity, target_en: str) -> bool:
    """Whether only an order of magnitude is meant (数十, 上百), and the target has words of that sort, or need not."""
    bare = quantity.qualifier is not Qualifier.NONE and not _DIGIT.search(quantity.span.of(source_zh))
    return not quantity.exact or (bare and says_vaguely(target_en))


_DIGIT = re.compile(r"[\d一二两三四五六七八九]")


def _missing(
    source: str, target: str, quantity: Quantity, fact: Fact, strange: list[Quantity], places: Places
) -> Problem:
    """The problem of a fact that is nowhere; the unexplained number that is likest stands in its place."""
    words, expected = quantity.span.of(source), render(quantity)
    other = next(_saying(fact, places), None)
    if other is not None:
        found = other.span.of(target)
        counts = f"{found} of {other.unit or 'something else'}"
        return Problem(quantity.span, words, expected, found, f"{words}: {expected} wanted, {counts} found")
    wrong = min(strange[:_LOOKED_AT], key=lambda q: _distance(fact, q), default=None)
    if wrong is None:
        return Problem(quantity.span, words, expected, "", f"{words}: {expected} is missing")
    strange.remove(wrong)
    found = wrong.span.of(target)
    if fact.value is not None and any(_rounded(fact.value, number) for number in wrong.values):
        return Problem(quantity.span, words, expected, found, f"{words}: {expected} is rounded to {found}", "minor")
    return Problem(quantity.span, words, expected, found, f"{words}: {expected} wanted, {found} found")


def _wrong(source: str, target: str, quantity: Quantity, wrong: Quantity) -> Problem:
    words, expected, found = quantity.span.of(source), render(quantity), wrong.span.of(target)
    return Problem(quantity.span, words, expected, found, f"{words}: {expected} wanted, {found} found")


def _exchanged(source: str, quantity: Quantity) -> Problem:
    words, expected = quantity.span.of(source), render(quantity)
    return Problem(quantity.span, words, expected, "", f"{words}: {expected} stands in the place of another number")


_LOOKED_AT = 100
"""How many unexplained numbers may stand for a missing one: no sentence has more."""


def _distance(fact: Fact, quantity: Quantity) -> tuple[bool, float]:
    number = fact.value
    if number is None or not quantity.values:
        return (number is None) != bool(quantity.days), 0.0
    return False, abs(float(number - quantity.values[0])) / (float(number) + 1)


def _rounded(exact: Fraction, said: Fraction) -> bool:
    """Whether `said` is `exact` with fewer digits, two at least: 39,700 → 40,000 is, 30亿 → 3.1 billion is not."""
    if not exact or not said or abs(said - exact) * 20 > exact:
        return False
    digits = len(f"{float(said):e}".split("e")[0].rstrip("0").replace(".", ""))
    return float(f"{float(exact):.{digits - 1}e}") == float(said) and _digits(exact) > digits


def _digits(number: Fraction) -> int:
    return len(f"{float(number):.10e}".split("e")[0].rstrip("0").replace(".", ""))


def _strange(target: str, quantity: Quantity, dated: bool) -> Problem:
    """A number of the target that nothing explains; a year that the source only hints at (去年) weighs less."""
    found = quantity.span.of(target)
    said_by_the_way = quantity.spelt or (not dated and _is_year(target, quantity))
    severity = "minor" if said_by_the_way else "major"
    return Problem(quantity.span, "", "", found, f"nothing in the source says {found}", severity, "target")


def _is_year(target: str, quantity: Quantity) -> bool:
    if quantity.days:
        return quantity.days[0].year is not None
    before = re.search(
        r"(?:\b(?:in|since|by|until|till|year|late|early|of|from)|-)\s?$",
        target[max(0, quantity.span.start - 8) : quantity.span.start],
    )
    return before is not None and _FIRST_YEAR < quantity.values[0] < _LAST_YEAR


_RELATIVE_YEAR = re.compile(r"[今去前明同当當翌][年]|本年|年[内內初末底]|現時|目前")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NUMERALS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+")


def _unexplained(
    source_zh: str, target_en: str, source: Sequence[Quantity], target: Sequence[Quantity], explained: set[Key]
) -> Iterator[Quantity]:
    wrong = set(wrong_dates(source_zh, source, target))
    for quantity in target:
        if quantity in wrong or not (
            _soft(quantity, target_en) or explained.issuperset(_numbers(quantity)) or explained & set(quantity.also)
        ):
            yield quantity


_LAST_DAYS = {Fraction(day) for day in (28, 29, 30, 31)}


def _numbers(quantity: Quantity) -> set[Key]:
    """The numbers of a target's quantity that want a reason; a month's name and the 00 of 10:00 want none."""
    return {key for key in said_by(quantity) if isinstance(key, Fraction) and key and key not in quantity.also}


_BY_THE_WAY = re.compile(
    r"(?:an? )?(?:dozens?|decades?|century|score|fortnight|noon|midnight|"
    r"hundreds?|thousands?|millions?|billions?|\w+ties)",
    re.IGNORECASE,
)


def _soft(quantity: Quantity, text: str) -> bool:
    """Whether English says it by itself: the two, first, a hundred, decades."""
    if not quantity.spelt:
        return False
    small = quantity.kind is QuantityKind.ORDINAL or quantity.values[0] < SMALLEST_SPELT
    return small or _BY_THE_WAY.fullmatch(quantity.span.of(text)) is not None


def _explaining(text: str, source: Iterable[Quantity]) -> Iterator[Key]:
    """Every key the source gives a reason for: of its quantities, and of any digits and numerals in it."""
    for quantity in source:
        for fact in facts(quantity):
            yield from fact.keys
    for found in _NUMERALS.finditer(plain(text)):
        number = value(found[0])
        yield from neighbours(found[0]) or ()
        if number is not None:
            yield number
            yield from (Fraction(int(part)) for part in re.findall(r"\d+", found[0]))


def _lost_hedge(target_en: str, quantity: Quantity, target: Iterable[Quantity]) -> bool:
    """Whether every place of the target that says the number says it without the hedge."""
    if quantity.qualifier is Qualifier.NONE or not quantity.values:
        return False
    keys = {key for fact in facts(quantity) for key in fact.keys}
    places = [q.span for q in target if keys.intersection(said_by(q))]
    return bool(places) and not any(hedged_like(quantity.qualifier, target_en, place) for place in places)


def _unhedged(source: str, quantity: Quantity) -> Problem:
    words, expected = quantity.span.of(source), render(quantity)
    reason = f"{words}: “{quantity.qualifier.value}” is lost, {expected} wanted"
    return Problem(quantity.span, words, expected, "", reason, "minor")


def _once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen: set[tuple[Span, str, str]] = set()
    for problem in problems:
        key = (problem.span, problem.side, problem.severity)
        if key not in seen:
            seen.add(key)
            yield problem
