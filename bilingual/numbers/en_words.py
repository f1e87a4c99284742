"""English number words to exact values: two hundred and five, half a million, two-thirds, twenty-first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_CARDINALS = {word: size for size, word in enumerate(f"{_ONES} eighteen nineteen".split())} | {
    word: 10 * size
    for size, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_ORDINALS = {
    word: size
    for size, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
}
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9,
    "mn": 10**6,
    "tn": 10**12, "crore": 10**7, "dozen": 12, "hundredth": 10**2, "thousandth": 10**3, "millionth": 10**6,
}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4} | {
    f"{word}{ending}": size for word, size in _ORDINALS.items() if 3 < size <= 20 for ending in ("", "s")
}
_ALONE: dict[str, int | Fraction] = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twice": 2, "both": 2, "pair": 2, "couple": 2, "twin": 2,
    "dual": 2,
    "triple": 3, "tripled": 3, "tripling": 3, "thrice": 3, "quadruple": 4, "quadrupled": 4, "once": 1, "single": 1,
    "fortnight": 14, "decade": 10, "decades": 10, "score": 20, "dozens": 12, "century": 100,
    "millennium": 1000, "millennia": 1000, "halved": Fraction(1, 2),
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4), "noon": 12,
    "midnight": 12, "semi": Fraction(1, 2), "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
    "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "twenties": 20, "thirties": 30, "forties": 40, "bi": 2, "tri": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelt:
    """A number in words (or digits and a scale word) at [start, end): its value and what else it may mean."""

    start: int
    end: int
    value: Fraction
    also: tuple[Fraction, ...] = ()
    digits: bool = False
    ordinal: bool = False


_WORDS = frozenset({"a", "an", *_CARDINALS, *_ORDINALS, *_SCALES, *_PARTS, *_ALONE}).union(
    (f"{word}s" for word in _SCALES), (f"{word}ly" for word in _ORDINALS)
)
"""All words that have a part in numbers: any other ends one."""
_TOKEN = re.compile(
    r"(?P<digits>(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d|,\d)|\d+)(?:\.\d+)?)(?!\d)|"
    r"(?P<word>(?<![A-Za-z])(?!and\b)[A-Za-z]+)"
)
_BRIDGE = re.compile(r"[ \u00a0]?-?[ \u00a0]?(?:and )?")


def spelt_numbers(text: str) -> list[Spelt]:
    """The numbers of `text` that words have a part in, and those in plain digits, in order."""
    tokens = [token for token in _TOKEN.finditer(text) if token.lastgroup == "digits" or token[0].lower() in _WORDS]
    found: list[Spelt] = []
    place = 0
    while place < len(tokens):
        run = _run(text, tokens, place)
        found += [run[0]] if run else []
        place = run[1] if run else place + 1
    return found


def _run(text: str, tokens: list[re.Match[str]], place: int) -> tuple[Spelt, int] | None:
    """The number that begins with token `place`, and the token after it."""
    adder = _Adder()
    end = place
    while end < len(tokens):
        gap = text[tokens[end - 1].end() : tokens[end].start()] if end > place else ""
        if end > place and not _BRIDGE.fullmatch(gap):
            break
        if not adder.take(tokens[end], "and" in gap):
            break
        end += 1
    while end > place and tokens[end - 1]["word"] in {"a", "an", "A", "An", "and"}:
        end -= 1
    if end == place or adder.value is None:
        return None
    first = tokens[place]
    also = adder.also
    return Spelt(first.start(), tokens[end - 1].end(), adder.value, also, adder.digits, adder.ordinal), end


_NOTHING = Fraction(0)


class _Adder:
    """Adds up one number, token by token."""

    def __init__(self) -> None:
        self.total = _NOTHING
        self.pending: Fraction | None = None
        self.value: Fraction | None = None
        self.also: tuple[Fraction, ...] = ()
        self.digits = False
        self.ordinal = False
        self.closed = False
        self.waiting = ""
        self.last_scale = False

    def take(self, token: re.Match[str], after_and: bool) -> bool:
        """Whether the token belongs to the number begun, which it then has joined."""
        if self.closed:
            return False
        if token["digits"]:
            return self._digits(token["digits"], after_and)
        word = token["word"].lower()
        word = word[:-2] if word.endswith("ly") and word[:-2] in _ORDINALS else word  # fourthly
        taken = self._glue(word, after_and) or self._word(word, after_and)
        if taken and not self.waiting and self.pending is not None:
            self.value = self.total + self.pending
        elif taken and not self.waiting:
            self.value = self.total
        return taken

    def _digits(self, digits: str, after_and: bool) -> bool:
        if self.value is not None or self.waiting or after_and:
            return False
        self.pending = Fraction(re.sub(r"[, \u00a0]", "", digits))
        self.value, self.digits = self.pending, True
        return True

    def _glue(self, word: str, after_and: bool) -> bool:
        """ "a" before hundred, "and a half", "half a million": they mean something only with what follows."""
        if word not in {"a", "an"} or self.waiting:
            return False
        if self.value is None or self.value == Fraction(1, 2) or after_and:
            self.waiting = "and a" if after_and and self.value is not None else "a"
            return True
        return False

    def _word(self, word: str, after_and: bool) -> bool:
        if self.waiting == "and a":
            return word == "half" and self._close((self.value or 0) + Fraction(1, 2))
        scale = _SCALES.get(word) or (_SCALES.get(word.rstrip("s")) if self.pending is not None else None)
        if scale:
            return self._scale(scale, word.endswith("th"))
        if self.waiting:
            return word in _PARTS and self._part(word, Fraction(1))
        if self.pending is not None and self.pending == self.value and word in _PARTS and not after_and:
            return self._denominator(word)
        return self._plain(word)

    def _plain(self, word: str) -> bool:
        if word in _CARDINALS:
            return self._add(_CARDINALS[word])
        if word in _ORDINALS:
            return self._add(_ORDINALS[word], ordinal=True)
        return self.value is None and word in _ALONE and self._alone(word)

    def _alone(self, word: str) -> bool:
        self.pending = Fraction(_ALONE[word])
        self.value = self.pending
        if word not in {"half"}:
            self.closed = True
        return True

    def _scale(self, scale: int, ordinal: bool) -> bool:
        if self.waiting == "a" and self.value is None:
            self.pending = Fraction(1)
        self.waiting = ""
        size = self.pending if self.pending is not None else Fraction(1)
        if self.last_scale and self.pending is None:
            self.total *= scale
        elif scale == 100 and size < 100:
            self.pending = size * 100
            self.value, self.ordinal, self.closed = self.total + self.pending, ordinal, ordinal
            return True
        else:
            self.total += size * scale
        self.pending, self.last_scale, self.ordinal, self.closed = None, True, ordinal, ordinal
        self.value = self.total
        return True

    def _add(self, size: int, ordinal: bool = False) -> bool:
        pending = self.pending or Fraction(0)
        fits = (
            pending == 0
            or (pending % 100 == 0 and size < 100)
            or (pending % 10 == 0 and pending % 100 >= 20 and size < 10)
        )
        if self.digits or not fits or (self.pending is not None and size == 0):
            return False
        self.pending, self.last_scale = pending + size, False
        if ordinal:
            self.ordinal = self.closed = True
            self.also = (Fraction(1, size),) if size > 2 and not pending else ()
        return True

    def _denominator(self, word: str) -> bool:
        size = _PARTS[word]
        assert self.pending is not None
        if self.pending >= 20 and self.pending % 10 == 0 and not word.endswith("s") and word in _ORDINALS:
            return self._add(_ORDINALS[word], ordinal=True)
        return self._part(word, self.pending) if size > self.pending or self.pending < 4 else False

    def _part(self, word: str, parts: Fraction) -> bool:
        self.waiting = ""
        quarters = (parts,) if word == "quarters" else ()  # the first three quarters are no fraction
        self.also = (Fraction(_PARTS[word]),) if parts == 1 else quarters
        return self._close(parts / _PARTS[word])

    def _close(self, number: Fraction) -> bool:
        self.total, self.pending, self.value, self.closed, self.waiting = number, None, number, True, ""
        return True
