"""A memory of news-like sentences, made by taking real ones apart and putting their parts together anew.

Every sentence of the evaluation data is cut into clauses at commas, semicolons and colons. A new sentence takes the
clauses of one sentence and puts clauses of others in the place of some, or joins two to four clauses of different
sentences, and changes figures; so phrases and titles come again in many of them, as they do in the news, and no two are
the same. Its English is made of the English of the sentences its clauses come from. The same seed gives the same
sentences.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from bilingual.memory.forms import form

_CUT = re.compile(r"(?<=[，；：,;])")
_FIGURE = re.compile(r"\d+")
_PARALLEL = ("mt/newstest2019", "mt/flores200_devtest")


def sentences(data: Path) -> list[tuple[str, str]]:
    """The real sentences, with their English; what is a heading or a line of figures is left out."""
    pairs: list[tuple[str, str]] = []
    for name in _PARALLEL:
        pairs += zip(_lines(data / f"{name}.zh"), _lines(data / f"{name}.en"), strict=True)
    for line in _lines(data / "terms" / "hkma_2016.jsonl"):
        document = json.loads(line)
        pairs += zip(document["zh"].splitlines(), document["en"].splitlines(), strict=False)
    found = [(zh.strip(), en.strip()) for zh, en in pairs]
    return [*{zh: en for zh, en in found if 10 <= len(zh) <= 120 and en and "|" not in zh}.items()]


def units(data: Path, count: int, seed: int = 5) -> Iterator[tuple[str, str]]:
    """`count` sentences and their English, no two of the same words."""
    chance = random.Random(seed)
    real = [([part for part in _CUT.split(zh) if part], en) for zh, en in sentences(data)]
    seen: set[int] = set()
    while len(seen) < count:
        frame, english = chance.choice(real)
        said = [english]
        parts = list(frame) if chance.random() < 0.5 else []
        places = chance.sample(range(len(parts)), chance.randint(1, min(3, len(parts)))) if parts else []
        for at in places:
            parts[at], more = _clause(real, chance, last=at == len(parts) - 1)
            said.append(more)
        for at in range(0 if parts else chance.randint(2, 4), 0, -1):
            clause, more = _clause(real, chance, last=at == 1)
            parts.append(clause)
            said.append(more)
        source = _FIGURE.sub(lambda match: _other(match[0], chance), "".join(parts))
        key = hash(form(source))
        if len(source) <= 200 and key not in seen:
            seen.add(key)
            yield source, " ".join(words[: 400 // len(said)] for words in said)


def edited(sentence: str, share: float, chance: random.Random, others: str) -> str:
    """A sentence with a share of its characters replaced, left out or put in, in stretches of one to four."""
    characters = list(sentence)
    left = max(1, round(share * len(characters)))
    while left > 0 and characters:
        length = min(left, chance.randint(1, 4))
        at = chance.randrange(len(characters))
        start = chance.randrange(len(others) - 4)
        what = chance.random()
        new = others[start : start + length] if what < 0.75 else ""
        end = at if what >= 0.6 and what < 0.75 else at + length
        characters[at:end] = new
        left -= length
    return "".join(characters)


def _clause(real: list[tuple[list[str], str]], chance: random.Random, *, last: bool) -> tuple[str, str]:
    parts, english = chance.choice(real)
    return (parts[-1] if last else chance.choice(parts)), english


def _other(figure: str, chance: random.Random) -> str:
    return str(chance.randint(10 ** (len(figure) - 1), 10 ** len(figure) - 1)) if len(figure) < 9 else figure


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
