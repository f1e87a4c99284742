"""Checks of a translation: one file a check, run in this order over each unit by `checker.Checker`."""

from bilingual.checks import empty, untranslated
from bilingual.checks.context import Check

CHECKS: tuple[Check, ...] = (
    empty.CHECK,
    untranslated.CHECK,
)
"""Every check there is. To add one: a module with `look(unit, context)`, or with an index, and a line here."""
