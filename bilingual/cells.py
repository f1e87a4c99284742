"""Cells of a table that Excel would take for formulas: guarded on the way out, and back again on the way in."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+@\t\r\n＝＋－＠-]")
_GUARDED = re.compile("'+[=+@\t\r\n＝＋－＠-]")


def guard(cell: str) -> str:
    """`cell` so that Excel takes it for text: an apostrophe goes before a sign that begins a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The inverse of `guard`."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def shield(cell: str) -> str:
    """`cell` for a file where a formula needs no guard, so that `unguard` leaves it as it is."""
    return f"'{cell}" if _GUARDED.match(cell) else cell
