"""What is shown before an item of a list: the marks that are not numbers, and numbers in letters."""

from __future__ import annotations

BULLET, UNDONE, DONE = "•", "☐", "☑"

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
"""Larger numbers are shown in figures."""

LONGEST = 64
"""No mark is longer: a file may spell one out without end, and it stands before each of its items."""


def roman(number: int) -> str:
    """A number in small Roman numerals; in figures where there are none for it."""
    if not 0 < number <= LARGEST_ROMAN:
        return str(number)
    numeral = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def letters(number: int) -> str:
    """A number in small letters, after z come aa and ab; in figures from 0 down."""
    if number < 1:
        return str(number)
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("a") + rest) + name
    return name
