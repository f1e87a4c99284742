"""Human translations line by line, and ways to damage a number in one: what the area `numbers` measures with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

Pair = tuple[str, str]
"""A Chinese sentence and its human English."""

CHAMPOLLION = {
    "hansard": ("890621f", "921008f", "930422f"),
    "un": ("UN19930101_020", "UN19990209_010"),
    "magazine": ("198706005", "200110006"),
}
HONG_KONG = frozenset({"hansard", "magazine", "hkma_2016", "hkma_2018"})
"""The corpora of Hong Kong and Taiwan, whose 元 are dollars."""


def report_pairs(data: Path) -> list[Pair]:
    """The year of the terminology task that nothing is made from."""
    return _documents(data / "terms" / "hkma_2018.jsonl")


def human_pairs(data: Path) -> dict[str, list[Pair]]:
    """The human translations of each corpus; of the terminology task the development year alone."""
    found = {name: _lines(data / "mt", name) for name in ("flores200_devtest", "newstest2019")}
    found["hkma_2016"] = _documents(data / "terms" / "hkma_2016.jsonl")
    for name, files in CHAMPOLLION.items():
        found[name] = [pair for file in files for pair in _beads(data / "align" / "champollion", file)]
    return found


def _lines(folder: Path, name: str) -> list[Pair]:
    zh, en = ((folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en"))
    return list(zip(zh, en, strict=True))


def _documents(path: Path) -> list[Pair]:
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (zh, en)
        for document in documents
        for zh, en in zip(document["zh"].split("\n"), document["en"].split("\n"), strict=True)
        if zh.strip() and en.strip()
    ]


_LAST_SOUND = {"890621f": 937}
"""The English quotes Chinese from here on, and what became of it breaks its lines: the gold fits them no longer."""


def _beads(folder: Path, name: str) -> Iterator[Pair]:
    """The sentences that stand one to one in the gold alignment."""
    zh, en = ((folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("zh", "en"))
    for line in (folder / f"{name}.gold.align").read_text(encoding="utf-8").splitlines():
        bead = re.fullmatch(r"\s*(\d+)\s*<=>\s*(\d+)\s*", line)
        if bead and int(bead[1]) <= _LAST_SOUND.get(name, int(bead[1])):
            yield zh[int(bead[2]) - 1].strip(), en[int(bead[1]) - 1].strip()


_DIGITS = re.compile(r"(?<![\w.,/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/-]|[.,]\d)")
"""A number in digits that stands for itself: no part of COVID-19, 3-1 or 5th."""
_WHOLE = re.compile(
    rf"(?:US|HK|A)?[$€£¥]?{_DIGITS.pattern}(?:\s?(?:%|per\s?cent\b|(?:million|billion|trillion|bn)\b))*".replace(
        r"(?<![\w.,/-])", r"(?<![\d.,/-])", 1
    )
)
_SCALES = ("thousand", "million", "billion", "trillion")
_SCALE = re.compile(rf"\b(?:{'|'.join(_SCALES)})\b")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?=,? \d)|(?<=\d )(?:{'|'.join(_MONTHS)})\b")
_MONEY = re.compile(
    r"(?:(?:US|HK) ?\$|€|£|(?<![A-Z])\$)(?=\d)|"
    r"(?:(?<=\d )|(?<=[a-z]on ))(?:yuan|euros?|(?:US |Hong Kong )?dollars?|yen)\b"
)
_OTHER_MONEY = dict(
    pair.split(" > ")
    for pair in (
        *("US$ > HK$", "HK$ > US$", "US $ > HK$", "HK $ > US$", "$ > €", "€ > £", "£ > €", "yuan > dollars"),
        *("euro > yen", "euros > dollars", "dollar > euro", "dollars > euros", "yen > won"),
        *("US dollars > Hong Kong dollars", "Hong Kong dollars > US dollars"),
        *("US dollar > euro", "Hong Kong dollar > euro"),
    )
)


def damaged(source: str, target: str, chance: random.Random) -> dict[str, str]:
    """The English with one number made wrong, in each way that it has a place for.

    "digit": another digit; "scale": ten times as much, or millions for billions; "swap": two numbers in each other's
    place; "drop": a number left out; "money": another currency; "month": another month.
    """
    found: dict[str, str] = {}
    numbers = list(_DIGITS.finditer(target))
    once = [match for match in numbers if target.count(match[0]) == 1]
    if numbers:
        found["digit"] = _replaced(target, chance.choice(numbers), lambda words: _other_digit(words, chance))
        found["scale"] = _scaled(target, chance.choice(numbers))
    if once:
        place = chance.choice(once).start()
        found["drop"] = _replaced(target, next(m for m in _WHOLE.finditer(target) if m.end() > place), lambda _: "")
    if len({match[0] for match in once}) > 1:
        found["swap"] = _swapped(target, *chance.sample(once, 2))
    if (months := list(_MONTH.finditer(target))) and "月" in source:
        found["month"] = _replaced(target, chance.choice(months), lambda words: _other_month(words, chance))
    if money := list(_MONEY.finditer(target)):
        found["money"] = _replaced(target, chance.choice(money), lambda words: _OTHER_MONEY[words])
    return found


def _replaced(text: str, match: re.Match[str], change: Callable[[str], str]) -> str:
    return text[: match.start()] + change(match[0]) + text[match.end() :]


def _other_digit(words: str, chance: random.Random) -> str:
    place = chance.choice([at for at, char in enumerate(words) if char.isdigit()])
    digit = chance.choice([digit for digit in "123456789" if digit != words[place]])
    return words[:place] + digit + words[place + 1 :]


def _scaled(text: str, match: re.Match[str]) -> str:
    scale = _SCALE.match(text, match.end() + 1)
    if scale:
        return _replaced(text, scale, lambda word: _SCALES[(_SCALES.index(word) + 1) % len(_SCALES)])
    whole, _, part = match[0].partition(".")
    grown = whole + part[:1] + "." + part[1:] if part[1:] else whole + (part or "0")
    return _replaced(text, match, lambda _: grown.lstrip("0") or "10")


def _swapped(text: str, one: re.Match[str], other: re.Match[str]) -> str:
    first, last = sorted((one, other), key=re.Match.start)
    return text[: first.start()] + last[0] + text[first.end() : last.start()] + first[0] + text[last.end() :]


def _other_month(name: str, chance: random.Random) -> str:
    return chance.choice([month for month in _MONTHS if month != name])
