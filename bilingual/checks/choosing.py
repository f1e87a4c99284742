"""Which checks are made, and how bad each finds what it finds: what the project sets, and what a person asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bilingual.bitext import Unit
from bilingual.checks import CHECKS, SLOW
from bilingual.checks.context import Check, Index
from bilingual.checks.findings import Finding, Severity
from bilingual.errors import SettingsError
from bilingual.settings import Settings

EVERY = (*CHECKS, *SLOW)
"""Every check there is."""


def chosen(
    settings: Settings, only: Sequence[str] = (), skip: Sequence[str] = (), among: Sequence[Check] = EVERY
) -> tuple[Check, ...]:
    """The checks to make, in their order, each with the severity that the project sets.

    What is asked for by name in `only` is made even where the project switches it off. SettingsError for a name that
    no check has.
    """
    wanted, unwanted = {named(name) for name in only}, {named(name) for name in skip}
    level = settings.checks.level
    checks = (check for check in among if check.name not in unwanted and (check.name in wanted or not wanted))
    return tuple(_at(check, level(check.name)) for check in checks if wanted or level(check.name) != "off")


def named(name: str) -> str:
    """The name of a check, however its words are joined; SettingsError with the choices where there is none."""
    import difflib

    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    known = [check.name for check in EVERY]
    if plain in known:
        return plain
    close = difflib.get_close_matches(plain, known, n=1)
    guess = f", did you mean '{close[0]}'?" if close else ""
    raise SettingsError(f"there is no check '{name}'{guess}", f"checks are {', '.join(known)}")


def _at(check: Check, level: str) -> Check:
    """The check, finding all it finds at one severity."""
    if level not in {*Severity}:
        return check
    severity, look, index = Severity(level), check.look, check.index
    return replace(
        check,
        look=look and (lambda unit, context: _all_at(look(unit, context), severity)),
        index=index and (lambda context: _Louder(index(context), severity)),
    )


def _all_at(findings: Iterable[Finding], severity: Severity) -> Iterator[Finding]:
    return (replace(finding, severity=severity) for finding in findings)


class _Louder:
    """An index whose findings are all of one severity."""

    def __init__(self, index: Index, severity: Severity) -> None:
        self._index = index
        self._severity = severity

    def put(self, unit: Unit) -> Collection[str]:
        return self._index.put(unit)

    def drop(self, unit_id: str) -> Collection[str]:
        return self._index.drop(unit_id)

    def look(self, unit: Unit) -> Iterator[Finding]:
        return _all_at(self._index.look(unit), self._severity)
