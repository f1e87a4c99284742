"""American and British spelling: which words are spelled in which way, and how the other side spells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

AMERICAN, BRITISH, OXFORD, BOTH = "american", "british", "oxford", "both"


@dataclass(frozen=True, slots=True)
class Variety:
    """The words of one house style: `wrong` are those of the other side, each with its spelling here."""

    wrong: dict[str, str]

    def instead(self, word: str) -> str | None:
        """How the house spells a word of the other side, its capitals kept; None where it is no such word."""
        here = self.wrong.get(word.lower())
        if here is None or not (word.islower() or word.istitle() or word.isupper()):
            return None
        return here.upper() if word.isupper() else here.capitalize() if word[0].isupper() else here


@cache
def variety(spelling: str) -> Variety:
    """The words of "american", "british" or "oxford" (British with -ize)."""
    wrong: dict[str, str] = {}
    for american, british, sure, is_ize in _pairs():
        if sure not in {BOTH, AMERICAN if spelling == AMERICAN else BRITISH}:
            continue
        if spelling == AMERICAN or (spelling == OXFORD and is_ize):
            wrong[british] = american
        else:
            wrong[american] = british
    return Variety(wrong)


@cache
def spelled_somewhere() -> frozenset[str]:
    """Every word of the table, on either side."""
    return frozenset(word for american, british, _, _ in _pairs() for word in (american, british))


def _pairs() -> Iterator[tuple[str, str, str, bool]]:
    """Each word's American and British spelling, the side on which it is certain, and whether it is of -ize."""
    import tomllib

    table = tomllib.loads(files("bilingual.checks").joinpath("spellings.toml").read_text(encoding="utf-8"))
    for stem, ending in product(table["ize"]["stems"].split(), table["ize"]["endings"]):
        yield f"{stem}iz{ending}", f"{stem}is{ending}", BOTH, True
    for group in table["pairs"]:
        for stem, ending in product(group["stems"].split(), group["endings"]):
            american, british = _sides(stem)
            here, there = _sides(ending)
            yield american + here, british + there, group["sure"], False


def _sides(spelled: str) -> tuple[str, str]:
    american, slash, british = spelled.partition("/")
    return american, british if slash else american
